//! Which numbers of names are one actor: the registry's knowledge, said in the archive's numbers.
//!
//! An actor's ordinal is the smallest number among its names. Most names are actors by themselves,
//! so only names that a rule moves are held here.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use crate::actor::{Actor, ActorId, ActorKind};
use crate::registry::Registry;

/// Names that are not their own actor's first name.
#[derive(Clone, Debug, Default)]
pub(super) struct ActorMap {
    moved: HashMap<u32, u32>,
    /// The first number of each registry actor that the archive names.
    listed: HashMap<ActorId, u32>,
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
                row.get(3)?
            } else {
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
        let mut statement =
            connection.prepare_cached("SELECT min(number) FROM names WHERE slug = ?1 AND kind <> 'place'")?;
        let first: Option<u32> = statement.query_row([slug], |row| row.get(0))?;
        // A name that the registry knows is not an actor by itself.
        Ok(first.filter(|first| {
            self.ordinal(*first) == *first && !self.listed.values().any(|listed| listed == first)
        }))
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
