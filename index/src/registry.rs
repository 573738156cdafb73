//! Which names are one actor: the built-in list in `data/actors/`, and the rule for names outside it.

use crate::actor::{Actor, ActorId, ActorKind};

/// Which names are one actor.
#[derive(Debug, Default)]
pub struct Registry {}

impl Registry {
    /// The list that the program brings along.
    #[must_use]
    pub fn builtin() -> Self {
        Self::default()
    }

    /// The actor that a name stands for. A name that the list does not know is an actor by itself.
    #[must_use]
    pub fn actor_of(&self, name: &str, kind: ActorKind) -> Actor {
        Actor { id: ActorId(format!("~{name}")), label: name.to_owned(), kind }
    }
}
