//! The list of actors that an archive is pinned to: kept in `archive.db`, read back from there where the
//! program brings another one.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Embedded, locks};
use crate::actor::ActorId;
use crate::backend::Result;
use crate::edit;
use crate::registry::{self, Registry};

/// How hard the text is packed: a third of its size in some milliseconds.
const LEVEL: i32 = 3;
/// Who pins the list of a new archive.
const PROGRAM: &str = "dateline";

/// A list that an archive was pinned to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// A digest of its text.
    pub digest: String,
    /// The version of the program that brought it.
    pub program: String,
    /// Who pinned it.
    pub who: String,
    /// When: UTC, ISO 8601.
    pub at: String,
}

/// The number of the list that holds; 0 where the archive has none yet.
pub(super) fn last(connection: &Connection) -> rusqlite::Result<u64> {
    connection.prepare_cached("SELECT coalesce(max(number), 0) FROM lists")?.query_row([], |row| row.get(0))
}

/// What is told of the list that holds.
pub(super) fn pinned(connection: &Connection) -> rusqlite::Result<Option<Pinned>> {
    let newest = "SELECT digest, program, who, at FROM lists ORDER BY number DESC LIMIT 1";
    let pinned = connection.query_row(newest, [], |row| {
        Ok(Pinned { digest: row.get(0)?, program: row.get(1)?, who: row.get(2)?, at: row.get(3)? })
    });
    pinned.optional()
}

/// The list of a number, where it is not the one that the program brings.
pub(super) fn read(
    connection: &Connection,
    number: u64,
    brought: &Arc<Registry>,
) -> rusqlite::Result<Arc<Registry>> {
    let row = connection
        .prepare_cached("SELECT digest, text FROM lists WHERE number = ?1")?
        .query_row([number], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))
        .optional()?;
    let Some((_, packed)) = row.filter(|(digest, _)| digest != brought.version()) else {
        return Ok(Arc::clone(brought));
    };
    let text = zstd::decode_all(packed.as_slice()).map_err(damaged)?;
    let text = String::from_utf8(text).map_err(damaged)?;
    // A line that this version cannot read is left out, as one of its own would be.
    Ok(Arc::new(Registry::read(text).0))
}

fn damaged(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(1, rusqlite::types::Type::Blob, Box::new(error))
}

/// Whom the ids lead to that only earlier lists had.
pub(super) fn former(connection: &Connection, number: u64) -> rusqlite::Result<HashMap<ActorId, ActorId>> {
    let former: Option<String> = connection
        .prepare_cached("SELECT former FROM lists WHERE number = ?1")?
        .query_row([number], |row| row.get(0))
        .optional()?;
    Ok(former.and_then(|former| serde_json::from_str(&former).ok()).unwrap_or_default())
}

/// Pins another list, if it is another one.
fn pin(
    connection: &Connection,
    before: Option<&Registry>,
    list: &Registry,
    who: &str,
    at: &str,
) -> rusqlite::Result<bool> {
    if pinned(connection)?.is_some_and(|pinned| pinned.digest == list.version()) {
        return Ok(false);
    }
    let mut gone = former(connection, last(connection)?)?;
    if let Some(before) = before {
        gone.extend(registry::former(before, list));
    }
    let packed = zstd::encode_all(list.text().as_bytes(), LEVEL).map_err(damaged)?;
    connection.execute(
        "INSERT INTO lists (digest, text, former, program, who, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            list.version(),
            packed,
            serde_json::to_string(&gone).unwrap_or_default(),
            env!("CARGO_PKG_VERSION"),
            who,
            at
        ],
    )?;
    Ok(true)
}

impl Embedded {
    /// Pins an archive that has no list yet to the one that the program brings: a new one, and one that was
    /// made before lists were pinned. Tells whether it had none.
    pub(super) fn pin_first_list(&self) -> Result<bool> {
        self.with_connection(|connection| {
            let pinned = last(connection).and_then(|last| match last {
                0 => pin(connection, None, &self.brought, PROGRAM, &edit::now()),
                _ => Ok(false),
            });
            pinned.map_err(|error| self.database.failed(&error))
        })
    }

    /// Pins another list. Not while a run ingests: what it finds goes by the list that it began with.
    pub(super) fn pin_list(&self, list: &Arc<Registry>, who: &str, at: &str) -> Result<bool> {
        let _alone = locks::take(&self.ingest_lock(), "upgrade")?;
        let _turn = locks::wait_for(&self.edit_lock(), "edit")?;
        let before = self.current_authority()?.1;
        self.with_connection(|connection| {
            pin(connection, Some(before.registry()), list, who, at)
                .map_err(|error| self.database.failed(&error))
        })
    }

    /// The list that the archive is pinned to, where that is not the one which the program brings.
    pub(super) fn other_list(&self, connection: &Connection) -> rusqlite::Result<Option<Pinned>> {
        Ok(pinned(connection)?.filter(|pinned| pinned.digest != self.brought.version()))
    }
}
