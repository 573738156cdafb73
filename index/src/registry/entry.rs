//! One line of the list of actors.

use jiff::civil::Date;

use crate::actor::{Actor, ActorId};
use crate::language::Language;

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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The spelling.
    pub text: String,
    /// How it leads to the actor.
    pub rule: NameRule,
    /// Whether it is a common word, a given name or a surname too, so that its neighbours matter.
    pub wary: bool,
    /// The only language in which it is the actor's name; without one, it is in every language.
    pub language: Option<Language>,
    /// The first day of its meaning this actor; before, it means another one or nobody.
    pub from: Option<Date>,
    /// The last day of its meaning this actor.
    pub to: Option<Date>,
}

impl Name {
    /// A name that holds in every language and at all times.
    #[must_use]
    pub fn new(text: &str, rule: NameRule) -> Self {
        Self { text: text.to_owned(), rule, wary: false, language: None, from: None, to: None }
    }

    /// Whether it means the actor on that day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it is to be looked for in a text of that language. A name of one language is not
    /// looked for where the language is unknown: in another it may be a common word.
    #[must_use]
    pub fn is_of(&self, language: Option<Language>) -> bool {
        self.language.is_none() || self.language == language
    }

    /// Whether there is a day on which both this and the other name hold.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let ends_before = |one: &Self, two: &Self| one.to.zip(two.from).is_some_and(|(to, from)| to < from);
        !ends_before(self, other) && !ends_before(other, self)
    }
}

/// How a name leads to its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
