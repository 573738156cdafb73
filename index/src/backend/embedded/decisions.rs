//! What people decided about actors: the log in `archive.db`, and what it makes of the list.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Embedded, lists, lock, locks};
use crate::actor::{ActorId, ActorKind};
use crate::authority::{self, Authority, Decided, Decision, Entry, Growing, Kindred, Logged};
use crate::backend::{NameCount, Named, NewEntry, Result};
use crate::registry::Registry;

/// What names and the log of decisions make of the list, as far as all three had come when they were read.
pub(super) struct Laid {
    state: State,
    kindred: Kindred,
    /// Names up to this number are taken in.
    upto: i64,
    authority: Arc<Authority>,
}

/// Names the state of an authority. With the list that holds, the log, and the actors that are safely one,
/// it only grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    /// The number of the list.
    list: u64,
    /// The number of the newest entry of the log.
    decision: u64,
    /// How many actors are safely another.
    joined: usize,
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.list, self.decision, self.joined)
    }
}

impl Laid {
    pub(super) fn new(registry: &Arc<Registry>) -> Self {
        let authority = Arc::new(Authority::of_list(Arc::clone(registry)));
        Self { state: State::default(), kindred: Kindred::default(), upto: 0, authority }
    }

    /// Brings it up to what the database says now.
    fn catch_up(&mut self, connection: &Connection, brought: &Arc<Registry>) -> rusqlite::Result<()> {
        let (list, decision) = (lists::last(connection)?, last(connection)?);
        let registry = if self.state.list == list {
            Arc::clone(self.authority.registry())
        } else {
            (self.kindred, self.upto) = (Kindred::default(), 0);
            lists::read(connection, list, brought)?
        };
        self.take_in_names(connection, &registry)?;
        let state = State { list, decision, joined: self.kindred.joined().len() };
        if self.state != state {
            let log = log(connection)?;
            let decisions = authority::standing(&log).into_iter().map(|(_, decision)| decision);
            let laid = Authority::joined(registry, self.kindred.joined().clone(), decisions);
            self.authority = Arc::new(laid.with_former(lists::former(connection, list)?));
            self.state = state;
        }
        Ok(())
    }

    fn take_in_names(&mut self, connection: &Connection, list: &Registry) -> rusqlite::Result<()> {
        let mut statement = connection
            .prepare_cached("SELECT number, name, kind FROM names WHERE number > ?1 ORDER BY number")?;
        let mut rows = statement.query([self.upto])?;
        while let Some(row) = rows.next()? {
            self.upto = row.get(0)?;
            let kind = ActorKind::from_name(row.get_ref(2)?.as_str()?).unwrap_or(ActorKind::Place);
            self.kindred.take_in(list, row.get_ref(1)?.as_str()?, kind);
        }
        Ok(())
    }
}

/// The number of the newest entry of the log.
pub(super) fn last(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT coalesce(max(number), 0) FROM decisions")?
        .query_row([], |row| row.get(0))
}

fn log(connection: &Connection) -> rusqlite::Result<Vec<Logged>> {
    let mut statement = connection
        .prepare_cached("SELECT number, decision, undoes, who, at FROM decisions ORDER BY number")?;
    let entries = statement.query_map([], |row| {
        let (decision, undo): (Option<String>, Option<u64>) = (row.get(1)?, row.get(2)?);
        let decision = decision.map(|decision| serde_json::from_str::<Decision>(&decision));
        let entry = match (decision, undo) {
            (Some(Ok(decision)), _) => Entry::Decision(decision),
            (_, Some(undo)) => Entry::Undo { undo },
            // A decision that only a newer version understands.
            _ => return Ok(None),
        };
        Ok(Some(Logged { number: row.get(0)?, entry, who: row.get(3)?, at: row.get(4)? }))
    })?;
    entries.filter_map(Result::transpose).collect()
}

/// Appends entries; what stands already is not said again.
fn append(connection: &Connection, entries: &[NewEntry]) -> rusqlite::Result<Vec<Option<u64>>> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut log = Growing::new(log(&transaction)?);
    let mut numbers = Vec::with_capacity(entries.len());
    for NewEntry { entry, who, at } in entries {
        if !log.is_news(entry) {
            numbers.push(None);
            continue;
        }
        let (decision, undo) = match entry {
            Entry::Decision(decision) => (serde_json::to_string(decision).ok(), None),
            Entry::Undo { undo } => (None, Some(*undo)),
        };
        let number: u64 = transaction
            .prepare_cached(
                "INSERT INTO decisions (decision, undoes, who, at) VALUES (?1, ?2, ?3, ?4) RETURNING number",
            )?
            .query_row(params![decision, undo, who, at], |row| row.get(0))?;
        log.push(Logged { number, entry: entry.clone(), who: who.clone(), at: at.clone() });
        numbers.push(Some(number));
    }
    transaction.commit()?;
    Ok(numbers)
}

impl Embedded {
    pub(super) fn write_decisions(&self, entries: &[NewEntry]) -> Result<Decided> {
        let _turn = locks::wait_for(&self.edit_lock(), "edit")?;
        self.with_connection(|connection| {
            let numbers = append(connection, entries).map_err(|error| self.database.failed(&error))?;
            Ok(Decided { numbers })
        })
    }

    pub(super) fn read_decisions(&self) -> Result<Vec<Logged>> {
        self.with_connection(|connection| log(connection).map_err(|error| self.database.failed(&error)))
    }

    /// The list with what names and people make of it, as the newest of both leave it, and its state.
    pub(super) fn current_authority(&self) -> Result<(State, Arc<Authority>)> {
        self.with_connection(|connection| {
            let read = || {
                // One reading of the database: list, names and log belong together.
                let transaction = connection.unchecked_transaction()?;
                let mut laid = lock(&self.authority);
                laid.catch_up(&transaction, &self.brought)?;
                Ok((laid.state, Arc::clone(&laid.authority)))
            };
            read().map_err(|error| self.database.failed(&error))
        })
    }

    /// Every name of articles that are not deleted.
    pub(super) fn all_names(&self) -> Result<Named> {
        let snapshot = self.snapshot()?;
        let mut named = Named::default();
        let mut places: HashMap<u32, usize> = HashMap::new();
        let told = snapshot.each_name(|article, name| {
            let place = *places.entry(name).or_insert_with(|| {
                named.articles.push(Vec::new());
                named.articles.len() - 1
            });
            named.articles[place].push(article);
        });
        told.map_err(|error| self.index_failed(&error))?;
        self.with_connection(|connection| {
            let read = || {
                let mut numbers: Vec<_> = places.into_iter().collect();
                numbers.sort_unstable();
                let mut articles = std::mem::take(&mut named.articles);
                let mut statement =
                    connection.prepare_cached("SELECT name, kind FROM names WHERE number = ?1")?;
                for (number, place) in numbers {
                    let named_so = statement
                        .query_row([number], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
                    let (name, kind) = named_so.optional()?.unwrap_or_default();
                    // A place is no actor; neither is a number without a name.
                    named.names.push((name, ActorKind::from_name(&kind).unwrap_or(ActorKind::Place)));
                    named.articles.push(std::mem::take(&mut articles[place]));
                }
                let mut number = connection.prepare_cached("SELECT number FROM articles WHERE id = ?1")?;
                for (article, actor) in snapshot.authority.absences() {
                    let article = number.query_row([article.as_str()], |row| row.get(0)).optional()?;
                    named.absent.extend(article.map(|article| (article, actor)));
                }
                Ok(())
            };
            read().map_err(|error| self.database.failed(&error))
        })?;
        named.settle();
        Ok(named)
    }

    /// Counts the names that articles have for an actor.
    pub(super) fn count_names(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        let snapshot = self.snapshot()?;
        self.with_connection(|connection| {
            let found = snapshot.actors().find(connection, &snapshot.authority, &actor.0, false);
            let Some(ordinal) = found.map_err(|error| self.database.failed(&error))? else {
                return Ok(Vec::new());
            };
            let mut counts: HashMap<u32, u64> = HashMap::new();
            let counted = snapshot.each_name(|article, name| {
                if snapshot.actors().ordinal(article, name) == Some(ordinal) {
                    *counts.entry(name).or_default() += 1;
                }
            });
            counted.map_err(|error| self.index_failed(&error))?;
            named(connection, counts).map_err(|error| self.database.failed(&error))
        })
    }
}

fn named(connection: &Connection, counts: HashMap<u32, u64>) -> rusqlite::Result<Vec<NameCount>> {
    let mut statement = connection.prepare_cached("SELECT name, kind FROM names WHERE number = ?1")?;
    let mut named = Vec::with_capacity(counts.len());
    for (number, articles) in counts {
        let row =
            statement.query_row([number], |row| Ok((row.get(0)?, row.get::<_, String>(1)?))).optional()?;
        let Some((name, kind)) = row else { continue };
        let kind = ActorKind::from_name(&kind).unwrap_or(ActorKind::Organisation);
        named.push(NameCount { name, kind, articles });
    }
    named.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
    Ok(named)
}
