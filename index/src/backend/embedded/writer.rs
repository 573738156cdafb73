//! Brings the tantivy index up to `archive.db`.
//!
//! There is one way to write the index, whether after a commit, after a crash or for a rebuild:
//! read from `archive.db` what changed above the position that the index recorded, delete each of
//! those articles by its number, add what is left of it, commit with the new position. The position
//! can lie (a merge may save an older one over newer documents), so replay is idempotent by design.
//! A failed add or commit leaves tantivy's writer in a state in which it eats documents, so no
//! writer outlives a batch, and a failed batch is rolled back before anything else. tantivy's commit
//! renames `meta.json` without syncing the folder, so the folder is synced before the batch counts.

use std::num::NonZero;
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use tantivy::directory::Directory as _;
use tantivy::indexer::NoMergePolicy;
use tantivy::{Index, IndexMeta, IndexSettings, IndexWriter, TantivyDocument, Term};

use super::document::document;
use super::generations::Generation;
use super::schema::{self, Fields};
use super::store::{self, read};
use crate::backend::{Error, Result};
use crate::prominence;

/// Segments that an index has at most: prefixes and fuzzy words read the words of each. Fewer would be
/// a little faster to search, and would map larger files into memory at once when they are merged.
const MAX_SEGMENTS: usize = 8;
/// Bytes that one thread gathers before it writes a segment.
const MEMORY_PER_THREAD: usize = 96 << 20;
/// Changed articles from which on another thread is worth its segment.
const ARTICLES_PER_THREAD: u64 = 5_000;

/// Up to where an index reaches, as its commit records it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    /// The id of the archive that it was made from.
    pub(super) archive: String,
    /// The last change that it holds.
    pub(super) change: u64,
    /// When that change was made, and on which article. A backup that is put back and goes on from
    /// there gives its numbers a second time, but not with the same words.
    #[serde(default)]
    pub(super) made: String,
}

impl Position {
    /// The position that an index recorded; nothing where it recorded none.
    pub(super) fn of(metas: &IndexMeta) -> Self {
        let recorded = metas.payload.as_deref().and_then(|payload| serde_json::from_str(payload).ok());
        recorded.unwrap_or_default()
    }

    /// Where an archive stands now.
    pub(super) fn now(connection: &Connection) -> rusqlite::Result<Self> {
        let change = store::last_change(connection)?;
        let made = store::made(connection, change)?;
        Ok(Self { archive: store::property(connection, "id")?, change, made })
    }

    /// Whether an index at this position can be brought up to an archive by adding to it.
    pub(super) fn is_part_of(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let same = self.archive == store::property(connection, "id")?;
        Ok(self.change == 0 || (same && self.made == store::made(connection, self.change)?))
    }
}

/// How folders of the index are opened: on disk, or as a test wants it.
pub(super) type OpenDirectory = fn(&Path) -> tantivy::Result<Box<dyn tantivy::Directory>>;

/// The folder on disk, mapped into memory.
pub(super) fn on_disk(path: &Path) -> tantivy::Result<Box<dyn tantivy::Directory>> {
    Ok(Box::new(tantivy::directory::MmapDirectory::open(path)?))
}

/// Opens the index of a generation.
pub(super) fn open(directory: OpenDirectory, generation: &Generation) -> tantivy::Result<Index> {
    let index = Index::open(directory(&generation.path)?)?;
    schema::register_tokenizer(&index);
    Ok(index)
}

/// Makes an empty index in a new generation.
pub(super) fn create(directory: OpenDirectory, generation: &Generation) -> tantivy::Result<Index> {
    let (schema, _) = Fields::schema();
    let index = Index::create(directory(&generation.path)?, schema, IndexSettings::default())?;
    schema::register_tokenizer(&index);
    Ok(index)
}

/// Brings an index up to `archive.db`, as the connection sees it now. Returns the position reached.
/// The caller holds the index lock, or nobody else knows the index yet.
pub(super) fn catch_up(index: &Index, connection: &Connection) -> Result<Position> {
    let database = |error: rusqlite::Error| database_failed(connection, &error);
    let transaction = connection.unchecked_transaction().map_err(database)?;
    let target = Position::now(connection).map_err(database)?;
    let recorded = index.load_metas().map(|metas| Position::of(&metas)).map_err(index_failed)?;
    if recorded == target {
        return Ok(target);
    }
    let threads = threads_for(target.change.saturating_sub(recorded.change));
    let mut writer: IndexWriter =
        index.writer_with_num_threads(threads, threads * MEMORY_PER_THREAD).map_err(index_failed)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let written = replay(&mut writer, connection, &recorded, &target).and_then(|()| sync(index));
    drop(transaction);
    match written {
        Ok(()) => {
            // What is committed and synced counts, whether it could be tidied or not.
            if tidy(&mut writer, index).is_ok() {
                let _ = writer.wait_merging_threads();
            }
            Ok(target)
        }
        Err(error) => {
            // Whether it succeeds or not: the next batch begins with a writer of its own.
            let _ = writer.rollback();
            Err(error)
        }
    }
}

fn replay(
    writer: &mut IndexWriter,
    connection: &Connection,
    recorded: &Position,
    target: &Position,
) -> Result<()> {
    let (_, fields) = Fields::schema();
    let replayed = read::changed(connection, recorded.change, &mut |changed| {
        writer.delete_term(Term::from_field_u64(fields.article, changed.article));
        let Some(revision) = changed.revision else { return Ok(()) };
        let document = match read_document(connection, &fields, changed.article, revision) {
            Ok(document) => document,
            // One article that somebody's tool has made unreadable keeps no other from being found;
            // `verify` names it.
            Err(error) if is_of_one_row(&error) => return Ok(()),
            Err(error) => return Err(database_failed(connection, &error)),
        };
        writer.add_document(document).map(|_| ()).map_err(index_failed)
    });
    replayed.map_err(|error| database_failed(connection, &error))??;
    let mut prepared = writer.prepare_commit().map_err(index_failed)?;
    prepared.set_payload(&serde_json::to_string(target).unwrap_or_default());
    prepared.commit().map_err(index_failed)?;
    Ok(())
}

fn read_document(
    connection: &Connection,
    fields: &Fields,
    number: u64,
    revision: u64,
) -> rusqlite::Result<TantivyDocument> {
    let article = read::article(connection, revision, false)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let numbers = read::numbers(connection, revision, prominence::lead_end(&article))?;
    Ok(document(fields, number, revision, &article, &numbers))
}

/// Whether it is the row that cannot be read, and not the database.
fn is_of_one_row(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, QueryReturnedNoRows,
    };
    matches!(
        error,
        FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | QueryReturnedNoRows
    )
}

/// Keeps few, large segments: the smallest are merged into one where there are too many, and a
/// segment that is mostly deleted articles is written anew.
fn tidy(writer: &mut IndexWriter, index: &Index) -> Result<()> {
    let mut segments = index.searchable_segment_metas().map_err(index_failed)?;
    segments.sort_by_key(tantivy::SegmentMeta::num_docs);
    let surplus = segments.len().saturating_sub(MAX_SEGMENTS);
    let smallest = if surplus > 0 { surplus + 1 } else { 0 };
    let (merged, kept) = segments.split_at(smallest);
    let mut merges = vec![merged.iter().map(tantivy::SegmentMeta::id).collect::<Vec<_>>()];
    let hollow = kept.iter().filter(|segment| segment.num_deleted_docs() > segment.num_docs());
    merges.extend(hollow.map(|segment| vec![segment.id()]));
    merges.retain(|segments| !segments.is_empty());
    if merges.is_empty() {
        return Ok(());
    }
    for segments in merges {
        writer.merge(&segments).wait().map_err(index_failed)?;
    }
    writer.garbage_collect_files().wait().map_err(index_failed)?;
    sync(index)
}

fn sync(index: &Index) -> Result<()> {
    index.directory().sync_directory().map_err(|error| index_failed(error.into()))
}

fn threads_for(changes: u64) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get).min(8);
    usize::try_from(changes / ARTICLES_PER_THREAD).unwrap_or(usize::MAX).clamp(1, cores)
}

/// The folder is named by whoever knows it.
fn index_failed(error: tantivy::TantivyError) -> Error {
    Error::Index { path: "index".into(), reason: error.to_string() }
}

fn database_failed(connection: &Connection, error: &rusqlite::Error) -> Error {
    Error::Database { path: connection.path().unwrap_or("archive.db").into(), reason: error.to_string() }
}
