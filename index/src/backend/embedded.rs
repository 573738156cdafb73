//! The archive on disk: `archive.db` (SQLite) holds the truth, `index/` (tantivy) what is derived.
//!
//! In reading order: [`store`](self) opens the database; `document` and `schema` say what of an
//! article is indexed; `writer` brings the index up to the database; `generations` and `locks` keep
//! processes out of each other's way; `snapshot`, `rows` and `actors` are what one answer is drawn
//! from; `lower` and `collect` answer; `intake` takes records in, and `claims` says which article each
//! is; `edits` lays over them what people corrected, `similar` helps who mistypes an id; `copies` finds
//! articles that are one text; `files` and `doubts` list what was seen and what is uncertain; `reindex`
//! and `verify` do as they are called.

mod actors;
mod answer;
mod claims;
mod collect;
mod copies;
mod decisions;
mod document;
mod doubts;
mod edits;
mod excluded;
mod files;
mod generations;
mod intake;
mod lists;
mod locks;
mod lower;
mod reindex;
mod rows;
mod schema;
mod seen;
mod similar;
mod snapshot;
mod spellings;
mod status;
mod store;
#[cfg(test)]
mod tests;
mod verify;
mod weigh;
mod writer;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;

pub use intake::EmbeddedIntake;
pub use lists::Pinned;
pub use status::{IndexState, Status};
pub use verify::Verified;

use self::decisions::State;
use self::generations::Generations;
use self::snapshot::{Opened, Snapshot};
use self::store::Database;
use self::store::read;
use super::{About, Backend, Error, NameCount, Named, NewEntry, Result, SavedCopy, StoredArticle, Writer};
use crate::actor::ActorId;
use crate::article::{Article, ArticleId};
use crate::authority::{Authority, Decided, Logged};
use crate::doubts::{Doubts, DoubtsRequest};
use crate::edit::{Edit, Edited};
use crate::files::{Files, FilesRequest};
use crate::language::Language;
use crate::query::Query;
use crate::registry::Registry;
use crate::search::{Problem, SearchRequest, SearchResponse};

/// Snapshots that cursors may name.
const KEPT_SNAPSHOTS: usize = 8;
/// How long nobody tries to bring the index up to date where it has just failed.
const PAUSE: Duration = Duration::from_secs(30);
/// How long a cursor's snapshot is kept.
const KEPT_FOR: Duration = Duration::from_secs(600);

/// An archive in a folder.
pub struct Embedded {
    folder: PathBuf,
    database: Database,
    generations: Generations,
    /// The list that the program brings: the archive's own, unless it is pinned to another one.
    brought: Arc<Registry>,
    authority: Mutex<decisions::Laid>,
    directory: writer::OpenDirectory,
    connections: Mutex<Vec<Connection>>,
    current: Mutex<Current>,
}

/// The snapshot that searches are answered from, and older ones that cursors name.
#[derive(Default)]
struct Current {
    snapshot: Option<(Arc<Snapshot>, Stamp)>,
    /// Until when nobody tries again to bring the index up to date, and why not.
    pause: Option<(Instant, String)>,
    kept: VecDeque<(Arc<Snapshot>, Instant)>,
}

/// Tells without opening anything whether the index is still the one that was loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stamp {
    generation: String,
    length: u64,
    modified: Option<std::time::SystemTime>,
    inode: u64,
}

impl std::fmt::Debug for Embedded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embedded").field("folder", &self.folder).finish_non_exhaustive()
    }
}

impl Embedded {
    /// Opens the archive in a folder, to read. There must be one, and it must be up to date.
    pub fn open(folder: &Path, registry: Arc<Registry>) -> Result<Self> {
        let embedded = Self::at(folder, registry, store::STEPS, writer::on_disk);
        if !embedded.database.exists() {
            if folder.exists() && !folder.is_dir() {
                return Err(not_a_folder(folder));
            }
            return Err(Error::Missing(folder.to_owned()));
        }
        let connection = embedded.database.open()?;
        embedded.make_index_folder()?;
        embedded.give_back(connection);
        Ok(embedded)
    }

    /// Opens the archive in a folder, to write: makes one where there is none, and brings an older
    /// one up to date. An archive that has no list of actors yet is pinned to `registry`. Returns what a
    /// person should be told, too.
    pub fn create(folder: &Path, registry: Arc<Registry>) -> Result<(Self, Option<String>)> {
        Self::create_with(folder, registry, store::STEPS, writer::on_disk)
    }

    fn create_with(
        folder: &Path,
        registry: Arc<Registry>,
        steps: &'static [store::Step],
        directory: writer::OpenDirectory,
    ) -> Result<(Self, Option<String>)> {
        if folder.exists() && !folder.is_dir() {
            return Err(not_a_folder(folder));
        }
        let embedded = Self::at(folder, registry, steps, directory);
        std::fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))?;
        let title = folder
            .file_name()
            .map_or_else(|| "Archive".to_owned(), |name| name.to_string_lossy().into_owned());
        let told = embedded.database.prepare(&title)?;
        embedded.make_index_folder()?;
        let pinned = embedded.pin_first_list()?;
        embedded.catch_up_copies()?;
        if told.is_some() {
            embedded.reindex()?;
        }
        let told = match (told, pinned) {
            (Some(told), true) => {
                Some(format!("{told} From now on it keeps the list of actors of this version."))
            }
            (told, _) => told,
        };
        Ok((embedded, told))
    }

    fn at(
        folder: &Path,
        registry: Arc<Registry>,
        steps: &'static [store::Step],
        directory: writer::OpenDirectory,
    ) -> Self {
        Self {
            folder: folder.to_owned(),
            database: Database::new(folder, steps),
            generations: Generations::new(folder.join("index")),
            authority: Mutex::new(decisions::Laid::new(&registry)),
            brought: registry,
            directory,
            connections: Mutex::default(),
            current: Mutex::default(),
        }
    }

    /// Archives of older versions get what copies are found by.
    fn catch_up_copies(&self) -> Result<()> {
        self.with_connection(|connection| {
            let caught_up = (|| {
                while !copies::is_current(connection)? {
                    connection.execute_batch("BEGIN IMMEDIATE")?;
                    let made = copies::catch_up(connection);
                    connection.execute_batch(if made.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
                    made?;
                }
                Ok(())
            })();
            caught_up.map_err(|error| self.database.failed(&error))
        })
    }

    /// The copies of an article that searches see, too.
    fn copies(&self, snapshot: &Snapshot, connection: &Connection, number: u64) -> Result<Vec<SavedCopy>> {
        let mut copies = Vec::new();
        for (number, copy) in copies::of(connection, number).map_err(|error| self.database.failed(&error))? {
            let published =
                answer::revision_of(snapshot, number).map_err(|error| self.index_failed(&error))?;
            copies.extend(published.map(|_| copy));
        }
        Ok(copies)
    }

    fn make_index_folder(&self) -> Result<()> {
        let folder = self.generations.folder();
        std::fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))
    }

    /// The folder of the archive.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn ingest_lock(&self) -> PathBuf {
        self.folder.join("ingest.lock")
    }

    fn connection(&self) -> Result<Connection> {
        let pooled = lock(&self.connections).pop();
        pooled.map_or_else(|| self.database.open(), Ok)
    }

    fn give_back(&self, connection: Connection) {
        lock(&self.connections).push(connection);
    }

    /// Runs something with a connection of the pool.
    fn with_connection<T>(&self, run: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let connection = self.connection()?;
        let result = run(&connection);
        // Dropping the statement of an early return ends its reading.
        self.give_back(connection);
        result
    }

    /// Brings an index up to the database; what fails is told with the folder's name.
    fn write_index(&self, index: &tantivy::Index) -> Result<()> {
        let written = self.with_connection(|connection| writer::catch_up(index, connection));
        written.map(|_| ()).map_err(|error| match error {
            Error::Index { reason, .. } => self.index_failed(&format!("{reason} (is the disk full?)")),
            other => other,
        })
    }

    fn index_failed(&self, error: &dyn std::fmt::Display) -> Error {
        Error::Index { path: self.generations.folder().to_owned(), reason: error.to_string() }
    }

    /// Brings the index up to the database if nobody else is about to: the first thing that any
    /// command does, and a server before each search. Waits only where there is no index at all.
    pub fn catch_up(&self) -> Result<()> {
        let current = self.generations.current().map_err(|error| self.index_failed(&error))?;
        let Some(generation) = current else {
            // The whole folder may have been deleted, under a running server too.
            self.make_index_folder()?;
            return self.make_index();
        };
        // A run that is under way publishes its own batches.
        if !locks::is_free(&self.ingest_lock()) {
            return Ok(());
        }
        let index = self.open_index(&generation)?;
        let behind = self.with_connection(|connection| self.is_behind(&index, connection))?;
        match behind {
            Behind::No => Ok(()),
            Behind::Misled => self.make_index(),
            Behind::Yes => match locks::take_if_free(&self.generations.lock_path(), "index writer")? {
                Some(_lock) => self.publish_locked(),
                None => Ok(()),
            },
        }
    }

    /// Makes searchable all that was committed, waiting for whoever writes the index now.
    fn publish(&self) -> Result<()> {
        let _lock = locks::wait_for(&self.generations.lock_path(), "index writer")?;
        self.publish_locked()
    }

    /// Under the index lock: brings the current generation up to the database.
    fn publish_locked(&self) -> Result<()> {
        let current = self.generations.current().map_err(|error| self.index_failed(&error))?;
        let Some(generation) = current else { return self.build_locked() };
        let index = self.open_index(&generation)?;
        let behind = self.with_connection(|connection| self.is_behind(&index, connection))?;
        if behind == Behind::Misled {
            return self.build_locked();
        }
        self.write_index(&index)?;
        // What cannot be cleared away now is cleared away by the next writer.
        let _ = self.generations.sweep();
        Ok(())
    }

    fn open_index(&self, generation: &generations::Generation) -> Result<tantivy::Index> {
        writer::open(self.directory, generation).map_err(|error| self.index_failed(&error))
    }

    fn is_behind(&self, index: &tantivy::Index, connection: &Connection) -> Result<Behind> {
        let recorded = index.load_metas().map_err(|error| self.index_failed(&error))?;
        let recorded = writer::Position::of(&recorded);
        let now = writer::Position::now(connection).map_err(|error| self.database.failed(&error))?;
        let part = recorded.is_part_of(connection).map_err(|error| self.database.failed(&error))?;
        Ok(match (recorded == now, part) {
            (true, _) => Behind::No,
            (false, true) => Behind::Yes,
            (false, false) => Behind::Misled,
        })
    }

    /// The index as it is published, loaded if it has changed since the last time.
    fn snapshot(&self) -> Result<Arc<Snapshot>> {
        let (state, authority) = self.current_authority()?;
        let mut current = lock(&self.current);
        current.kept.retain(|(_, since)| since.elapsed() < KEPT_FOR);
        // A generation can be replaced and cleared away while it is being opened.
        let mut attempts = 0;
        loop {
            attempts += 1;
            let stamp = self.stamp();
            if let (Some((snapshot, loaded)), Some(stamp)) = (&current.snapshot, &stamp)
                && loaded == stamp
                && snapshot.state >= state
            {
                return Ok(Arc::clone(snapshot));
            }
            let before = current.snapshot.as_ref().map(|(snapshot, _)| Arc::clone(snapshot));
            match (self.load(before.as_deref(), (state, Arc::clone(&authority))), stamp) {
                (Ok(snapshot), Some(stamp)) => {
                    let snapshot = Arc::new(snapshot);
                    current.replace(Arc::clone(&snapshot), stamp);
                    return Ok(snapshot);
                }
                (Err(error), _) if attempts >= 5 => return Err(error),
                _ => std::thread::sleep(Duration::from_millis(10)),
            }
        }
    }

    fn stamp(&self) -> Option<Stamp> {
        let generation = self.generations.current_name()?;
        let meta = std::fs::metadata(self.generations.folder().join(&generation).join("meta.json")).ok()?;
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(&meta);
        #[cfg(not(unix))]
        let inode = 0;
        Some(Stamp { generation, length: meta.len(), modified: meta.modified().ok(), inode })
    }

    fn load(&self, before: Option<&Snapshot>, authority: (State, Arc<Authority>)) -> Result<Snapshot> {
        let current = self.generations.current().map_err(|error| self.index_failed(&error))?;
        let generation = current.ok_or_else(|| self.index_failed(&"there is no index yet"))?;
        let opened = match before {
            Some(before) if before.opened.generation.name == generation.name => before.opened.clone(),
            _ => {
                let index = self.open_index(&generation)?;
                Opened::new(generation, index).map_err(|error| self.index_failed(&error))?
            }
        };
        self.with_connection(|connection| {
            self.unless_damaged(|| {
                Snapshot::load(opened, connection, authority, before).map_err(|failed| match failed {
                    snapshot::Failed::Index(error) => self.index_failed(&error),
                    snapshot::Failed::Database(error) => self.database.failed(&error),
                })
            })
        })
    }

    /// A damaged file can make tantivy panic; that is told as what it is.
    fn unless_damaged<T>(&self, run: impl FnOnce() -> Result<T>) -> Result<T> {
        let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        ran.unwrap_or_else(|_| Err(self.index_failed(&"one of its files is damaged")))
    }

    /// The snapshot that a cursor names, if it is still kept.
    fn kept(&self, name: &str) -> Option<Arc<Snapshot>> {
        let current = lock(&self.current);
        let newest = current.snapshot.iter().map(|(snapshot, _)| snapshot);
        let kept = current.kept.iter().filter(|(_, since)| since.elapsed() < KEPT_FOR);
        let mut snapshots = newest.chain(kept.map(|(snapshot, _)| snapshot));
        snapshots.find(|snapshot| snapshot.name == name).cloned()
    }

    /// Writes a property of the archive.
    fn set_property(&self, key: &str, value: &str) -> Result<()> {
        self.with_connection(|connection| {
            let written = connection.execute("UPDATE archive SET value = ?2 WHERE key = ?1", [key, value]);
            written.map(|_| ()).map_err(|error| self.database.failed(&error))
        })
    }
}

impl Current {
    fn replace(&mut self, snapshot: Arc<Snapshot>, stamp: Stamp) {
        let old = self.snapshot.replace((snapshot, stamp)).map(|(old, _)| old);
        // A state that no cursor names is not asked for again.
        if let Some(old) = old.filter(|old| old.is_named()) {
            self.kept.push_front((old, Instant::now()));
            self.kept.truncate(KEPT_SNAPSHOTS);
        }
    }
}

/// How an index stands to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Behind {
    /// It holds everything.
    No,
    /// It lacks the last changes.
    Yes,
    /// It is of another archive, or of a later state of this one: it must be built anew.
    Misled,
}

impl Backend for Embedded {
    fn search(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse> {
        let problem = self.catch_up_if_behind()?;
        let mut response = self.answer(query, request)?;
        response.problems.extend(problem);
        Ok(response)
    }

    fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>> {
        self.catch_up_if_behind()?;
        let snapshot = self.snapshot()?;
        self.with_connection(|connection| {
            let failed = |error| self.database.failed(&error);
            let Some(known) = store::write::known_by_id(connection, id).map_err(failed)? else {
                return Ok(None);
            };
            let number = known.number.unsigned_abs();
            let revision =
                answer::revision_of(&snapshot, number).map_err(|error| self.index_failed(&error))?;
            let Some(revision) = revision else { return Ok(None) };
            let article = read::article(connection, revision, true).map_err(failed)?;
            let origins = read::origins(connection, number).map_err(failed)?;
            let copies = self.copies(&snapshot, connection, number)?;
            let edits = edits::corrections(connection, known.number).map_err(failed)?;
            Ok(article.map(|article| StoredArticle { article, origins, copies, revision, edits }))
        })
    }

    fn languages(&self) -> Result<Vec<Language>> {
        Ok(self.snapshot()?.languages.clone())
    }

    fn doubts(&self, request: &DoubtsRequest) -> Result<Doubts> {
        self.catch_up_if_behind()?;
        self.list_doubts(request)
    }

    fn files(&self, request: &FilesRequest) -> Result<Files> {
        self.catch_up_if_behind()?;
        self.list_files(request)
    }

    fn writer(&self) -> Result<Box<dyn Writer + '_>> {
        Ok(Box::new(self.intake("writer")?))
    }

    fn edit(&self, edits: &[Edit]) -> Result<Edited> {
        self.write_edits(edits)
    }

    fn edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>> {
        self.read_edits(of)
    }

    fn decide(&self, entries: &[NewEntry]) -> Result<Decided> {
        self.write_decisions(entries)
    }

    fn decisions(&self) -> Result<Vec<Logged>> {
        self.read_decisions()
    }

    fn authority(&self) -> Result<Arc<Authority>> {
        Ok(self.current_authority()?.1)
    }

    fn pin(&self, list: &Arc<Registry>, who: &str, at: &str) -> Result<bool> {
        self.pin_list(list, who, at)
    }

    fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        self.catch_up_if_behind()?;
        self.count_names(actor)
    }

    fn named(&self) -> Result<Named> {
        self.catch_up_if_behind()?;
        self.all_names()
    }

    fn reread(&self, articles: &[ArticleId], recognise: &mut dyn FnMut(&mut Article)) -> Result<u64> {
        self.recognise_anew(articles, recognise)
    }

    fn ids_like(&self, typed: &str) -> Result<Vec<(ArticleId, String)>> {
        self.find_ids_like(typed)
    }

    fn about(&self) -> Result<About> {
        self.catch_up_if_behind()?;
        let snapshot = self.snapshot()?;
        self.with_connection(|connection| {
            let property =
                |key| store::property(connection, key).map_err(|error| self.database.failed(&error));
            Ok(About {
                id: property("id")?,
                title: property("title")?,
                articles: snapshot.searcher.num_docs(),
                change: snapshot.change,
            })
        })
    }

    fn set_title(&self, title: &str) -> Result<()> {
        self.set_property("title", title)
    }
}

impl Embedded {
    /// The cheap question before each answer: has the database moved on since the snapshot? What
    /// cannot be made searchable now (a full disk) keeps nobody from what is published already.
    fn catch_up_if_behind(&self) -> Result<Option<Problem>> {
        let reached = lock(&self.current).snapshot.as_ref().map(|(snapshot, _)| snapshot.change);
        let last = self.with_connection(|connection| {
            store::last_change(connection).map_err(|error| self.database.failed(&error))
        })?;
        let published = self.generations.current_name().is_some();
        if reached == Some(last) && published {
            lock(&self.current).pause = None;
            return Ok(None);
        }
        lock(&self.current).pause.take_if(|(until, _)| Instant::now() >= *until);
        let paused = lock(&self.current).pause.clone().filter(|(until, _)| Instant::now() < *until);
        let reason = match paused {
            Some((_, reason)) => reason,
            None => match self.catch_up() {
                Ok(()) => return Ok(None),
                Err(error) if published => error.to_string(),
                Err(error) => return Err(error),
            },
        };
        lock(&self.current).pause.get_or_insert_with(|| (Instant::now() + PAUSE, reason.clone()));
        let message = format!("The newest articles cannot be made searchable yet: {reason}");
        Ok(Some(Problem { message, start: None, end: None }))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn not_a_folder(path: &Path) -> Error {
    let reason = "this is a file; an archive is a folder: choose another with --archive";
    Error::Unusable { path: path.to_owned(), reason: reason.into() }
}

fn unusable(path: &Path, error: &std::io::Error) -> Error {
    let reason = format!("this folder cannot be made or written to: {error}");
    Error::Unusable { path: path.to_owned(), reason }
}
