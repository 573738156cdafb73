//! An archive brought to another list of actors: what that would change, and the change.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use serde::Serialize;

use super::Archive;
use crate::actor::{Actor, ActorId};
use crate::authority::{self, Authority, Kindred, Logged};
use crate::backend::{Count, Result};
use crate::edit;
use crate::registry::{Changes, Registry, changes};

/// What another list would change in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Upgrade {
    /// How the lists differ.
    pub changes: Changes,
    /// The rows of the actor facet that change, the largest change first: what articles name already,
    /// counted by the other list. What is found when they are read again comes on top.
    pub rows: Vec<Row>,
    /// The articles that print names which are looked for in another way: they are read again.
    pub read_again: u64,
    /// The decisions that hold and name an actor which the other list does not have. They go on holding.
    pub decisions: Vec<Logged>,
}

/// A row of the actor facet under two lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Who: as the other list has it, or as it was.
    pub actor: Actor,
    /// What it was called, where that is something else.
    pub was: Option<String>,
    /// The articles that name it now.
    pub before: u64,
    /// The articles that would name it.
    pub after: u64,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Upgraded {
    /// Whether the archive is pinned to another list than before.
    pub pinned: bool,
    /// The articles in which other actors were found.
    pub changed: u64,
}

impl Archive {
    /// What another list would change. Changes nothing.
    pub fn preview_upgrade(&self, list: &Arc<Registry>) -> Result<Upgrade> {
        let now = self.authority()?;
        let log = self.decisions()?;
        let standing = authority::standing(&log);
        let named = self.backend.named()?;
        let mut kindred = Kindred::default();
        named.names.iter().for_each(|(name, kind)| kindred.take_in(list, name, *kind));
        let decisions = standing.iter().map(|(_, decision)| *decision);
        let then = Authority::joined(Arc::clone(list), kindred.joined().clone(), decisions);
        let changes = changes(now.registry(), list);
        let names: Vec<&str> = changes.names.iter().map(String::as_str).collect();
        let read_again = self.printing(&names)?.len() as u64;
        let is_gone = |id: &ActorId| now.registry().actor(id).is_some() && list.actor(id).is_none();
        let orphans = standing.iter().filter(|(_, decision)| decision.actors().into_iter().any(is_gone));
        let decisions = orphans.map(|(logged, _)| (*logged).clone()).collect();
        Ok(Upgrade { rows: rows(&named.count(&now), &named.count(&then)), changes, read_again, decisions })
    }

    /// Pins the archive to another list and reads the articles again that print names which are looked for
    /// in another way. Decisions stay and are laid over the other list. `who` does so, now.
    pub fn upgrade(&self, list: &Arc<Registry>, who: &str) -> Result<Upgraded> {
        let (at, who) = (edit::now(), edit::check_who(who)?);
        let before = Arc::clone(self.authority()?.registry());
        let pinned = self.backend.pin(list, &who, &at)?;
        let changed = self.look_for(changes(&before, list).names.iter().map(String::as_str))?;
        Ok(Upgraded { pinned, changed })
    }
}

fn rows(before: &HashMap<ActorId, Count>, after: &HashMap<ActorId, Count>) -> Vec<Row> {
    let ids: BTreeSet<&ActorId> = before.keys().chain(after.keys()).collect();
    let row = |id: &ActorId| {
        let (old, new) = (before.get(id), after.get(id));
        let actor = &new.or(old)?.actor;
        let was = old.map(|old| &old.actor.label).filter(|label| **label != actor.label);
        let articles = |count: Option<&Count>| count.map_or(0, |count| count.articles.len() as u64);
        Some(Row { actor: actor.clone(), was: was.cloned(), before: articles(old), after: articles(new) })
    };
    let mut rows: Vec<Row> = ids.into_iter().filter_map(row).collect();
    rows.retain(|row| (row.before != row.after || row.was.is_some()) && row.before + row.after > 0);
    rows.sort_by_key(|row| std::cmp::Reverse((row.before.abs_diff(row.after), row.before.max(row.after))));
    rows
}
