//! What people decided about actors: the log in `archive.db`, and what it makes of the list.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Embedded, lists, lock, locks};
use crate::actor::{ActorId, ActorKind};
use crate::authority::{self, Authority, Decided, Decision, Entry, Growing, Logged};
use crate::backend::{NameCount, Named, NewEntry, Result};
use crate::registry::Registry;

/// What the log of decisions makes of the list, as far as both had come when they were read.
pub(super) struct Laid {
    /// The number of the list.
    list: u64,
    /// The number of the newest entry of the log.
    decision: u64,
    authority: Arc<Authority>,
}

impl Laid {
    pub(super) fn new(registry: &Arc<Registry>) -> Self {
        let authority = Arc::new(Authority::of_list(Arc::clone(registry)));
        Self { list: 0, decision: 0, authority }
    }

    /// Names the state: lists and log only grow, and so does this with each of them.
    fn state(&self) -> u64 {
        self.list + self.decision
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

    /// The list with what people decided, as the newest entries leave it, and the state that it is of.
    pub(super) fn current_authority(&self) -> Result<(u64, Arc<Authority>)> {
        self.with_connection(|connection| {
            let read = || {
                // One reading of the database: list and log belong together.
                let transaction = connection.unchecked_transaction()?;
                let (list, decision) = (lists::last(&transaction)?, last(&transaction)?);
                let mut laid = lock(&self.authority);
                if (laid.list, laid.decision) != (list, decision) {
                    let registry = if laid.list == list {
                        Arc::clone(laid.authority.registry())
                    } else {
                        lists::read(&transaction, list, &self.brought)?
                    };
                    let log = log(&transaction)?;
                    let decisions = authority::standing(&log).into_iter().map(|(_, decision)| decision);
                    let authority = Arc::new(Authority::new(registry, decisions));
                    *laid = Laid { list, decision, authority };
                }
                Ok((laid.state(), Arc::clone(&laid.authority)))
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
            let mut read = || {
                let mut numbers: Vec<_> = places.iter().map(|(number, place)| (*place, *number)).collect();
                numbers.sort_unstable();
                let mut statement =
                    connection.prepare_cached("SELECT name, kind FROM names WHERE number = ?1")?;
                for (_, number) in numbers {
                    let named_so = statement
                        .query_row([number], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
                    let (name, kind) = named_so.optional()?.unwrap_or_default();
                    // A place is no actor; neither is a number without a name.
                    named.names.push((name, ActorKind::from_name(&kind).unwrap_or(ActorKind::Place)));
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
            let found = snapshot.actors().find(connection, &snapshot.authority, &actor.0);
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
