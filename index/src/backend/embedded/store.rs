//! `archive.db`, opened: made, checked, brought up to date.
//!
//! Its own commit is the acknowledgement (WAL, synchronous=FULL): what it has confirmed survives a
//! crash and a power cut.

pub(super) mod read;
pub(super) mod write;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior};

use super::locks;
use crate::analysis::fold;
use crate::backend::{Error, Result};

/// Says that the file is an archive of Dateline ("DLNE").
const APPLICATION_ID: i32 = 0x444c_4e45;
/// Pages that the write-ahead log may hold before it is folded into the file.
const CHECKPOINT_PAGES: u32 = 8_000;
/// How long one process waits for another's commit.
const BUSY: Duration = Duration::from_secs(30);

/// One step forward: from the version that it stands at in the list to the next.
pub(super) type Step = fn(&rusqlite::Transaction<'_>) -> rusqlite::Result<()>;

/// Steps from version 1 on. Version 1 is `schema.sql`. A released step is never changed.
pub(super) const STEPS: &[Step] = &[
    |transaction| transaction.execute_batch(include_str!("schema-2.sql")),
    |transaction| transaction.execute_batch(include_str!("schema-3.sql")),
    |transaction| transaction.execute_batch(include_str!("schema-4.sql")),
];

/// The file of one archive.
#[derive(Clone, Debug)]
pub(super) struct Database {
    path: PathBuf,
    steps: &'static [Step],
}

impl Database {
    pub(super) fn new(folder: &Path, steps: &'static [Step]) -> Self {
        Self { path: folder.join("archive.db"), steps }
    }

    pub(super) fn exists(&self) -> bool {
        self.path.exists()
    }

    fn version(&self) -> u32 {
        u32::try_from(self.steps.len()).unwrap_or(u32::MAX - 1) + 1
    }

    /// What SQLite says, as an error that names the file.
    pub(super) fn failed(&self, error: &rusqlite::Error) -> Error {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, PermissionDenied, ReadOnly};
        let path = self.path.clone();
        if error.sqlite_error_code() == Some(DatabaseBusy) {
            return locks::held(&self.path.with_file_name("ingest.lock"));
        }
        if matches!(error.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly)) {
            let reason = format!(
                "this archive cannot be written to ({error}); dateline keeps its locks and its log beside it, to read as well: change the folder's permissions, or copy the archive to where you may write"
            );
            return Error::Unusable { path, reason };
        }
        Error::Database { path, reason: error.to_string() }
    }

    /// Opens a connection to an archive that is up to date.
    pub(super) fn open(&self) -> Result<Connection> {
        let connection = self.connect()?;
        let found = self.check(&connection)?;
        if found < self.version() {
            return Err(Error::Older { path: self.path.clone(), found, known: self.version() });
        }
        Ok(connection)
    }

    /// Makes the archive if there is none, and brings an older one up to date. Returns what a person
    /// should be told.
    pub(super) fn prepare(&self, title: &str) -> Result<Option<String>> {
        let mut connection = self.connect()?;
        let fresh: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| self.failed(&error))?;
        if fresh == 0 {
            self.create(&mut connection, title)?;
        }
        if self.check(&connection)? == self.version() {
            return Ok(None);
        }
        // Nobody writes meanwhile; and whoever waited for this finds the work done.
        let _lock = locks::take(&self.path.with_file_name("ingest.lock"), "migration")?;
        let found = self.check(&connection)?;
        if found == self.version() {
            return Ok(None);
        }
        self.step_forward(&mut connection, found).map(Some)
    }

    fn create(&self, connection: &mut Connection, title: &str) -> Result<()> {
        let made = (|| {
            connection.pragma_update(None, "journal_mode", "WAL")?;
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have made it meanwhile.
            if transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?
                > 0
            {
                return Ok(());
            }
            transaction.execute_batch(include_str!("schema.sql"))?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", 1)?;
            transaction.execute(
                "INSERT INTO archive (key, value) VALUES
                 ('id', lower(hex(randomblob(8)))), ('title', ?1),
                 ('created', strftime('%Y-%m-%dT%H:%M:%SZ')), ('program', ?2)",
                [title, env!("CARGO_PKG_VERSION")],
            )?;
            for step in self.steps {
                step(&transaction)?;
            }
            transaction.pragma_update(None, "user_version", self.version())?;
            transaction.commit()
        })();
        made.map_err(|error: rusqlite::Error| self.failed(&error))
    }

    fn connect(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = (|| {
            let connection = Connection::open_with_flags(&self.path, flags)?;
            connection.busy_timeout(BUSY)?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "foreign_keys", true)?;
            connection.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
            // Without this SQLite looks at bound values when it plans, and so plans a kept statement anew
            // for every other value: more than half of the time that writing an article took.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            connection.set_prepared_statement_cache_capacity(128);
            define_folded(&connection)?;
            Ok(connection)
        })();
        opened.map_err(|error| self.failed(&error))
    }

    /// The version of the archive, if it is one and not too new.
    fn check(&self, connection: &Connection) -> Result<u32> {
        let pragma =
            |name: &str| connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
        let application = pragma("application_id").map_err(|error| self.failed(&error))?;
        let version = pragma("user_version").map_err(|error| self.failed(&error))?;
        if application != i64::from(APPLICATION_ID) {
            let reason = "this database is not an archive of dateline; choose another folder with --archive";
            return Err(Error::Unusable { path: self.path.clone(), reason: reason.into() });
        }
        let found = u32::try_from(version).unwrap_or(u32::MAX);
        if found > self.version() {
            return Err(Error::Newer { path: self.path.clone(), found, known: self.version() });
        }
        Ok(found)
    }

    /// Copies an older archive aside, then brings it up to date in one transaction.
    fn step_forward(&self, connection: &mut Connection, found: u32) -> Result<String> {
        let copy = self.path.with_file_name(format!("archive.db.before-{}", self.version()));
        if !copy.exists() {
            // A copy that was cut short must not be taken for one: it gets its name when it is whole.
            let partial = copy.with_extension("partial");
            let _ = std::fs::remove_file(&partial);
            let copied = connection.execute("VACUUM INTO ?1", [partial.to_string_lossy()]);
            copied.map_err(|error| self.failed(&error))?;
            let kept = std::fs::File::open(&partial).and_then(|file| file.sync_all());
            kept.and_then(|()| std::fs::rename(&partial, &copy)).map_err(|error| Error::Unusable {
                path: copy.clone(),
                reason: format!("the copy of the older archive could not be kept: {error}"),
            })?;
        }
        let stepped = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for step in &self.steps[found.saturating_sub(1) as usize..] {
                step(&transaction)?;
            }
            transaction.pragma_update(None, "user_version", self.version())?;
            transaction.commit()
        })();
        stepped.map_err(|error| self.failed(&error))?;
        Ok(format!(
            "This archive was made by an older version: it is now in format {} (a copy of the old one is {}), and its index is built anew.",
            self.version(),
            copy.display()
        ))
    }
}

/// Defines `folded(text)`: a text as search compares it. What SQLite itself does about case ends with
/// ASCII.
fn define_folded(connection: &Connection) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("folded", 1, flags, |context| {
        let text = context.get_raw(0).as_str_or_null()?;
        Ok(text.map(fold))
    })
}

/// A value of the table `archive`.
pub(super) fn property(connection: &Connection, key: &str) -> rusqlite::Result<String> {
    let value = connection.query_row("SELECT value FROM archive WHERE key = ?1", [key], |row| row.get(0));
    value.optional().map(Option::unwrap_or_default)
}

/// The last number of the sequence of changes.
pub(super) fn last_change(connection: &Connection) -> rusqlite::Result<u64> {
    let last: Option<i64> = connection.query_row("SELECT max(change) FROM changes", [], |row| row.get(0))?;
    Ok(last.map_or(0, i64::unsigned_abs))
}

/// When a change was made and on which article, in words; empty where there is no such change.
pub(super) fn made(connection: &Connection, change: u64) -> rusqlite::Result<String> {
    let made = connection.query_row(
        "SELECT at || ' ' || kind || ' ' || article FROM changes WHERE change = ?1",
        [change],
        |row| row.get(0),
    );
    made.optional().map(Option::unwrap_or_default)
}

/// The articles that are not deleted.
pub(super) fn count_articles(connection: &Connection) -> rusqlite::Result<u64> {
    let count: i64 =
        connection
            .query_row("SELECT count(*) FROM articles WHERE revision IS NOT NULL", [], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}
