//! What people decided about actors: the log in `archive.db`, and what it makes of the list.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Embedded, lock, locks};
use crate::actor::{ActorId, ActorKind};
use crate::authority::{self, Authority, Decided, Decision, Entry, Growing, Logged};
use crate::backend::{NameCount, NewEntry, Result};

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

    /// The list with what people decided, as the newest entry of the log leaves it, and its number.
    pub(super) fn current_authority(&self) -> Result<(u64, Arc<Authority>)> {
        self.with_connection(|connection| {
            let read = || {
                let newest = last(connection)?;
                let mut known = lock(&self.authority);
                if known.0 != newest {
                    let log = log(connection)?;
                    // Another may have appended since the number was asked for.
                    let newest = log.last().map_or(newest, |last| last.number.max(newest));
                    let decisions = authority::standing(&log).into_iter().map(|(_, decision)| decision);
                    *known = (newest, Arc::new(Authority::new(Arc::clone(&self.registry), decisions)));
                }
                Ok(known.clone())
            };
            read().map_err(|error| self.database.failed(&error))
        })
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
