//! One line of the list of actors.

use crate::actor::{Actor, ActorId};

/// An actor or a place with everything that the list knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who it is.
    pub actor: Actor,
    /// Its label first, then its aliases, demonyms and capital.
    pub names: Vec<Name>,
    /// The actor that it belongs to, though it is counted apart.
    pub part_of: Option<ActorId>,
    /// The code of its country, as `ir`; of two letters where ISO 3166 has one.
    pub country: Option<String>,
}

/// A name as it is spelled in print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The spelling.
    pub text: String,
    /// How it leads to the actor.
    pub rule: NameRule,
    /// Whether it is a common word, a given name or a surname too, so that its neighbours matter.
    pub wary: bool,
}

/// How a name leads to its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRule {
    /// It is the actor's name.
    Alias,
    /// It is the adjective of the actor or the name of its people: "Iranian".
    Demonym,
    /// It is a capital that can stand for its state's government: "Tehran said".
    Capital,
}

impl Entry {
    /// An actor that has one name.
    #[must_use]
    pub fn of(actor: Actor, name: Name) -> Self {
        Self { actor, names: vec![name], part_of: None, country: None }
    }
}

impl Name {
    /// A name that leads to its actor wherever it stands.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { text: text.to_owned(), rule: NameRule::Alias, wary: false }
    }
}
