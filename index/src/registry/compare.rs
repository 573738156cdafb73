//! What is different in another list: who comes, goes, is made one, split or called otherwise.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::Registry;
use super::entry::{Entry, Name};
use crate::actor::{Actor, ActorId, ActorKind};

/// How one list differs from another, in the order of the lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Actors that only the new list has.
    pub come: Vec<Actor>,
    /// Actors that only the old list had.
    pub gone: Vec<Actor>,
    /// Actors that only the old list had by themselves, each with the one whose name theirs is now.
    pub merged: Vec<(Actor, Actor)>,
    /// Actors of the old list, each with one that has a name of theirs now and is new.
    pub split: Vec<(Actor, Actor)>,
    /// Actors that have another label or another kind: as they were, as they are.
    pub renamed: Vec<(Actor, Actor)>,
    /// Names that are looked for in texts in another way than before, or from now on, or no longer.
    pub names: BTreeSet<String>,
}

impl Changes {
    /// Whether the lists give equal answers.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a list differs from the one before.
#[must_use]
pub fn changes(old: &Registry, new: &Registry) -> Changes {
    let mut changes = Changes { names: names(old, new), ..Changes::default() };
    for entry in old.entries() {
        let actor = &entry.actor;
        match new.actor(&actor.id) {
            Some(now) if now != actor => changes.renamed.push((actor.clone(), now.clone())),
            Some(_) => {}
            None => match new.entry_of(&actor.label, actor.kind) {
                Some(into) => changes.merged.push((actor.clone(), into.actor.clone())),
                None => changes.gone.push(actor.clone()),
            },
        }
    }
    for entry in new.entries().filter(|entry| old.actor(&entry.actor.id).is_none()) {
        let actor = &entry.actor;
        // One that only has another id now was told above.
        let before = old.entry_of(&actor.label, actor.kind).filter(|old| new.actor(&old.actor.id).is_some());
        match before {
            Some(from) => changes.split.push((from.actor.clone(), actor.clone())),
            None if changes.merged.iter().any(|(_, into)| into == actor) => {}
            None => changes.come.push(actor.clone()),
        }
    }
    changes
}

/// Whom ids lead to that only the list before had: the one whose name theirs is now, or the name by itself.
#[must_use]
pub fn former(old: &Registry, new: &Registry) -> HashMap<ActorId, ActorId> {
    let gone = old.entries().map(|entry| &entry.actor).filter(|actor| new.actor(&actor.id).is_none());
    gone.map(|actor| (actor.id.clone(), new.actor_of(&actor.label, actor.kind).id)).collect()
}

/// The names that only one of the lists looks for, or that they look for in different ways.
fn names(old: &Registry, new: &Registry) -> BTreeSet<String> {
    fn looked_for(list: &Registry) -> HashSet<(ActorKind, &Name)> {
        let of_entry = |entry: &'_ Entry| entry.actor.kind;
        list.entries().flat_map(|entry| entry.names.iter().map(move |name| (of_entry(entry), name))).collect()
    }
    let (old, new) = (looked_for(old), looked_for(new));
    old.symmetric_difference(&new).map(|(_, name)| name.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Registry {
        let (list, faults) = Registry::read(text.to_owned());
        assert_eq!(faults, []);
        list
    }

    #[test]
    fn who_comes_goes_is_made_one_split_and_renamed_is_told_apart() {
        let old = list(
            "[organisation]\nwire | Harbour Wire | HW; Quay News\npost | Meridian Post\nchoir | Zeta Choir\n\
             mail | Hill Mail\nsame | Same Society",
        );
        let new = list(
            "[organisation]\nwire | Harbour Wire Service | HW; Harbour Wire; Meridian Post\n\
             quay | Quay News\nband | Eta Band\nhill | Hill Mail\nsame | Same Society",
        );
        let told = changes(&old, &new);
        let ids = |actors: &[Actor]| actors.iter().map(|actor| actor.id.0.clone()).collect::<Vec<_>>();
        let pairs = |pairs: &[(Actor, Actor)]| {
            pairs.iter().map(|(one, other)| format!("{} {}", one.id, other.id)).collect::<Vec<_>>()
        };
        assert_eq!(ids(&told.come), ["band"]);
        assert_eq!(ids(&told.gone), ["choir"]);
        assert_eq!(pairs(&told.merged), ["post wire", "mail hill"]);
        assert_eq!(pairs(&told.split), ["wire quay"]);
        assert_eq!(pairs(&told.renamed), ["wire wire"]);
        let names: Vec<_> = told.names.iter().map(String::as_str).collect();
        assert_eq!(names, ["Eta Band", "Harbour Wire Service", "Zeta Choir"], "others only changed hands");
        assert!(changes(&new, &new).is_empty());
        let former = former(&old, &new);
        let leads = |id: &str| former.get(&ActorId(id.into())).map(|id| id.0.as_str());
        assert_eq!((leads("post"), leads("choir"), leads("wire")), (Some("wire"), Some("~zeta-choir"), None));
    }
}
