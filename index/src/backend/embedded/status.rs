//! What an archive holds and how it stands, for `dateline status`.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::{LAST_SEEN, REASON};
use super::{Behind, Embedded, Pinned, copies, doubts, files, locks, store};
use crate::backend::Result;
use crate::doubts::KindCount;
use crate::record::Bins;

/// How an archive stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The folder of the archive.
    pub folder: PathBuf,
    /// Its random id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was made, UTC.
    pub created: String,
    /// The articles that it holds.
    pub articles: u64,
    /// The last change of `archive.db`.
    pub change: u64,
    /// Files that were looked at.
    pub files: u64,
    /// Records by the bin that each ended in.
    pub records: Bins,
    /// The reasons of failed records, the most frequent first.
    pub failures: Vec<(String, u64)>,
    /// The first and the last date of publication.
    pub dates: Option<(String, String)>,
    /// Articles without a date.
    pub undated: u64,
    /// How many articles have a doubt about a field.
    pub doubtful: u64,
    /// How many articles have a doubt of each kind.
    pub doubts: Vec<KindCount>,
    /// How many articles are the text of another, saved a second time.
    pub copied: u64,
    /// The list of actors that the archive is pinned to, where the program brings another one.
    pub other_list: Option<Pinned>,
    /// Whether the index holds all of `archive.db`.
    pub index: IndexState,
    /// Bytes of `archive.db` with its log.
    pub database_bytes: u64,
    /// Bytes of `index/`.
    pub index_bytes: u64,
    /// Whether somebody is ingesting now.
    pub being_written: bool,
}

/// How the index stands to the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexState {
    /// It holds everything.
    #[default]
    Current,
    /// It lacks the last changes; the next search brings it up to date.
    Behind,
    /// There is none, or none of this archive; the next search builds it.
    Missing,
}

/// The most reasons that are told.
const REASONS: i64 = 20;

impl Embedded {
    /// How the archive stands now. Changes nothing.
    pub fn status(&self) -> Result<Status> {
        let index = self.index_state()?;
        let mut status = self.with_connection(|connection| {
            self.counted(connection).map_err(|error| self.database.failed(&error))
        })?;
        status.folder.clone_from(&self.folder);
        status.index = index;
        status.database_bytes =
            ["archive.db", "archive.db-wal"].iter().map(|name| bytes(&self.folder.join(name))).sum();
        status.index_bytes = bytes(self.generations.folder());
        status.being_written = !locks::is_free(&self.ingest_lock());
        Ok(status)
    }

    fn index_state(&self) -> Result<IndexState> {
        let generation = self.generations.current().map_err(|error| self.index_failed(&error))?;
        let Some(generation) = generation else { return Ok(IndexState::Missing) };
        let Ok(index) = self.open_index(&generation) else { return Ok(IndexState::Missing) };
        let behind = self.with_connection(|connection| self.is_behind(&index, connection))?;
        Ok(match behind {
            Behind::No => IndexState::Current,
            Behind::Yes => IndexState::Behind,
            Behind::Misled => IndexState::Missing,
        })
    }

    fn counted(&self, connection: &rusqlite::Connection) -> rusqlite::Result<Status> {
        let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, u64)>> {
            let mut statement = connection.prepare(sql)?;
            statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
        let dates: (Option<String>, Option<String>) = connection.query_row(
            "SELECT min(published), max(published) FROM current_articles",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(Status {
            id: store::property(connection, "id")?,
            title: store::property(connection, "title")?,
            created: store::property(connection, "created")?,
            articles: store::count_articles(connection)?,
            change: store::last_change(connection)?,
            files: count("SELECT count(*) FROM files")?,
            records: files::bins(connection)?,
            failures: pairs(&format!(
                "SELECT {REASON}, count(*) FROM {LAST_SEEN} WHERE records.bin = 'failed'
                  GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {REASONS}"
            ))?,
            dates: dates.0.zip(dates.1),
            undated: count("SELECT count(*) FROM current_articles WHERE published IS NULL")?,
            doubtful: count("SELECT count(DISTINCT article) FROM current_doubts")?,
            doubts: doubts::kinds(connection, "")?,
            copied: copies::count(connection)?,
            other_list: self.other_list(connection)?,
            ..Status::default()
        })
    }
}

/// Bytes of a file, or of everything in a folder.
fn bytes(path: &Path) -> u64 {
    let Ok(meta) = std::fs::symlink_metadata(path) else { return 0 };
    if !meta.is_dir() {
        return meta.len();
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries.map(|entry| bytes(&entry.path())).sum()
}
