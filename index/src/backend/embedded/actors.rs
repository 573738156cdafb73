//! Which numbers of names are one actor: the authority's knowledge, said in the archive's numbers.
//!
//! An actor's ordinal is the smallest number among its names. Most names are actors by themselves,
//! so only names that a rule or a decision moves are held here.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::actor::{Actor, ActorId, ActorKind};
use crate::authority::Authority;

/// Names that are not their own actor's first name.
#[derive(Clone, Debug, Default)]
pub(super) struct ActorMap {
    moved: HashMap<u32, u32>,
    /// The first number of each actor (of each place: `true`) that the archive names and the list or a
    /// decision knows.
    listed: HashMap<(bool, ActorId), u32>,
    /// All names of those.
    listed_names: HashSet<u32>,
    /// Names that stand for nobody, or for somebody who is hidden.
    nobody: HashSet<u32>,
    /// The first number of each actor that the list does not know, where it is spelled like one
    /// that the list knows (a man called after a city).
    homonyms: HashMap<(bool, ActorId), u32>,
    /// By article: the actors that people took from it.
    absent: HashMap<u32, Vec<u32>>,
    /// By number of a name: the kind of its actor.
    kinds: Vec<ActorKind>,
    /// Names up to this number are known here.
    upto: i64,
}

impl ActorMap {
    /// The actor that a name stands for in an article.
    pub(super) fn ordinal(&self, article: u32, name: u32) -> Option<u32> {
        if !self.nobody.is_empty() && self.nobody.contains(&name) {
            return None;
        }
        let ordinal = self.first(name);
        let absent = if self.absent.is_empty() { None } else { self.absent.get(&article) };
        absent.is_none_or(|absent| !absent.contains(&ordinal)).then_some(ordinal)
    }

    /// The kind of an actor.
    pub(super) fn kind(&self, ordinal: u32) -> ActorKind {
        self.kinds.get(ordinal as usize).copied().unwrap_or(ActorKind::Organisation)
    }

    /// Whether it is a place.
    pub(super) fn is_place(&self, ordinal: u32) -> bool {
        self.kind(ordinal) == ActorKind::Place
    }

    fn first(&self, name: u32) -> u32 {
        self.moved.get(&name).copied().unwrap_or(name)
    }

    /// Takes in the names that came into the archive since.
    pub(super) fn catch_up(
        &mut self,
        connection: &Connection,
        authority: &Authority,
    ) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT number, name, kind, same_as FROM names WHERE number > ?1 ORDER BY number",
        )?;
        let mut rows = statement.query([self.upto])?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            let (name, kind): (String, String) = (row.get(1)?, row.get(2)?);
            let kind = ActorKind::from_name(&kind).unwrap_or(ActorKind::Place);
            self.upto = i64::from(number);
            self.take_in(number, authority.actor_of(&name, kind), row.get(3)?, authority);
        }
        self.note_absences(connection, authority)
    }

    /// Takes in a name; `same_as` is the first that is spelled like it.
    fn take_in(&mut self, number: u32, actor: Option<Actor>, same_as: u32, authority: &Authority) {
        let Some(actor) = actor else {
            self.nobody.insert(number);
            return;
        };
        if self.kinds.len() <= number as usize {
            self.kinds.resize(number as usize + 1, ActorKind::Place);
        }
        self.kinds[number as usize] = actor.kind;
        let is_place = actor.kind == ActorKind::Place;
        let first = if !actor.id.0.starts_with('~') || authority.is_told(&actor.id) {
            self.listed_names.insert(number);
            *self.listed.entry((is_place, actor.id)).or_insert(number)
        } else if same_as != number && self.is_another(same_as) {
            *self.homonyms.entry((is_place, actor.id)).or_insert(number)
        } else {
            same_as
        };
        if first != number {
            self.moved.insert(number, first);
        }
    }

    /// Whether a name stands for somebody known, or for nobody: names spelled like it are not the same.
    fn is_another(&self, name: u32) -> bool {
        self.listed_names.contains(&name) || self.nobody.contains(&name)
    }

    fn note_absences(&mut self, connection: &Connection, authority: &Authority) -> rusqlite::Result<()> {
        self.absent.clear();
        for (article, actor) in authority.absences() {
            let number: Option<u32> = connection
                .prepare_cached("SELECT number FROM articles WHERE id = ?1")?
                .query_row([article.as_str()], |row| row.get(0))
                .optional()?;
            let Some(number) = number else { continue };
            let mut ordinals = vec![self.find_id(connection, authority, &actor, false)?];
            if !actor.0.starts_with('~') {
                ordinals.push(self.find_id(connection, authority, &actor, true)?);
            }
            self.absent.entry(number).or_default().extend(ordinals.into_iter().flatten());
        }
        Ok(())
    }

    /// The ordinal of an actor (of a place) as an address names it, if the archive names it, or the one whom an
    /// id of earlier leads to.
    pub(super) fn find(
        &self,
        connection: &Connection,
        authority: &Authority,
        value: &str,
        is_place: bool,
    ) -> rusqlite::Result<Option<u32>> {
        let id = authority.meant(&ActorId(value.to_owned()), is_place);
        let found = self.find_id(connection, authority, &id, is_place)?;
        match authority.elsewhere(&id).filter(|_| found.is_none() && !is_place) {
            Some(elsewhere) => self.find_id(connection, authority, &elsewhere, is_place),
            None => Ok(found),
        }
    }

    fn find_id(
        &self,
        connection: &Connection,
        authority: &Authority,
        id: &ActorId,
        is_place: bool,
    ) -> rusqlite::Result<Option<u32>> {
        if let Some(listed) = self.listed.get(&(is_place, id.clone())) {
            return Ok(Some(*listed));
        }
        let Some(slug) = id.0.strip_prefix('~').filter(|_| is_place || !authority.is_hidden(id)) else {
            return Ok(None);
        };
        let mut statement = connection.prepare_cached(
            "SELECT number FROM names WHERE slug = ?1 AND (kind = 'place') = ?2 ORDER BY number",
        )?;
        let mut numbers = statement.query_map(params![slug, is_place], |row| row.get::<_, u32>(0))?;
        let unlisted = numbers.find(|number| !matches!(number, Ok(number) if self.is_another(*number)));
        Ok(unlisted.transpose()?.map(|number| self.first(number)))
    }
}

/// The actor of an ordinal.
pub(super) fn actor(
    connection: &Connection,
    authority: &Authority,
    ordinal: u32,
) -> rusqlite::Result<Option<Actor>> {
    let mut statement = connection.prepare_cached("SELECT name, kind FROM names WHERE number = ?1")?;
    let named =
        statement.query_row([ordinal], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
    Ok(named.optional()?.and_then(|(name, kind)| {
        let kind = ActorKind::from_name(&kind).unwrap_or(ActorKind::Organisation);
        authority.actor_of(&name, kind)
    }))
}
