//! Which numbers of names are one actor: the registry's knowledge, said in the archive's numbers.
//!
//! An actor's ordinal is the smallest number among its names. Most names are actors by themselves,
//! so only names that a rule moves are held here.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension};

use crate::actor::{Actor, ActorId, ActorKind};
use crate::registry::Registry;

/// Names that are not their own actor's first name.
#[derive(Clone, Debug, Default)]
pub(super) struct ActorMap {
    moved: HashMap<u32, u32>,
    /// The first number of each registry actor that the archive names.
    listed: HashMap<ActorId, u32>,
    /// All names that the registry knows.
    listed_names: HashSet<u32>,
    /// The first number of each actor that the registry does not know, where it is spelled like one
    /// that the registry knows (a man called after a city).
    homonyms: HashMap<ActorId, u32>,
    /// Names up to this number are known here.
    upto: i64,
}

impl ActorMap {
    /// The actor of a name.
    pub(super) fn ordinal(&self, name: u32) -> u32 {
        self.moved.get(&name).copied().unwrap_or(name)
    }

    /// Takes in the names that came into the archive since.
    pub(super) fn catch_up(&mut self, connection: &Connection, registry: &Registry) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT number, name, kind, same_as FROM names WHERE number > ?1 ORDER BY number",
        )?;
        let mut rows = statement.query([self.upto])?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            let (name, kind): (String, String) = (row.get(1)?, row.get(2)?);
            let kind = ActorKind::from_name(&kind).unwrap_or(ActorKind::Place);
            self.upto = i64::from(number);
            if kind == ActorKind::Place {
                continue;
            }
            let actor = registry.actor_of(&name, kind);
            let first = if actor.id.0.starts_with('~') {
                let same_as: u32 = row.get(3)?;
                if same_as != number && self.listed_names.contains(&same_as) {
                    *self.homonyms.entry(actor.id).or_insert(number)
                } else {
                    same_as
                }
            } else {
                self.listed_names.insert(number);
                *self.listed.entry(actor.id).or_insert(number)
            };
            if first != number {
                self.moved.insert(number, first);
            }
        }
        Ok(())
    }

    /// The ordinal of an actor as an address names it, if the archive names that actor.
    pub(super) fn find(&self, connection: &Connection, value: &str) -> rusqlite::Result<Option<u32>> {
        let Some(slug) = value.strip_prefix('~') else {
            return Ok(self.listed.get(&ActorId(value.to_owned())).copied());
        };
        let mut statement = connection
            .prepare_cached("SELECT number FROM names WHERE slug = ?1 AND kind <> 'place' ORDER BY number")?;
        let mut numbers = statement.query_map([slug], |row| row.get::<_, u32>(0))?;
        let unlisted =
            numbers.find(|number| !matches!(number, Ok(number) if self.listed_names.contains(number)));
        Ok(unlisted.transpose()?.map(|number| self.ordinal(number)))
    }
}

/// The actor of an ordinal.
pub(super) fn actor(
    connection: &Connection,
    registry: &Registry,
    ordinal: u32,
) -> rusqlite::Result<Option<Actor>> {
    let mut statement = connection.prepare_cached("SELECT name, kind FROM names WHERE number = ?1")?;
    let named =
        statement.query_row([ordinal], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
    Ok(named.optional()?.map(|(name, kind)| {
        let kind = ActorKind::from_name(&kind).unwrap_or(ActorKind::Organisation);
        registry.actor_of(&name, kind)
    }))
}
