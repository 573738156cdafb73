//! What one answer is drawn from: one state of the index, with its rows and its actors.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;
use tantivy::index::SegmentId;
use tantivy::{Index, IndexMeta, IndexReader, ReloadPolicy, Searcher};

use super::actors::ActorMap;
use super::decisions::State;
use super::generations::Generation;
use super::rows::{self, Column, Maps, Rows};
use super::schema;
use super::writer;
use crate::authority::Authority;
use crate::language::Language;
use crate::search::Facet;

/// A generation of the index, opened to read.
#[derive(Clone)]
pub(super) struct Opened {
    pub(super) generation: Generation,
    pub(super) index: Index,
    reader: IndexReader,
}

impl Opened {
    pub(super) fn new(generation: Generation, index: Index) -> tantivy::Result<Self> {
        schema::register_tokenizer(&index);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { generation, index, reader })
    }

    /// The index as it is now, with the very commit that it was read from.
    fn read(&self) -> tantivy::Result<(Searcher, IndexMeta)> {
        loop {
            let before = self.index.load_metas()?;
            self.reader.reload()?;
            if self.index.load_metas()?.opstamp == before.opstamp {
                return Ok((self.reader.searcher(), before));
            }
        }
    }
}

/// One state of the index.
pub(super) struct Snapshot {
    /// Names it in cursors.
    pub(super) name: String,
    /// The last change of `archive.db` that it holds.
    pub(super) change: u64,
    pub(super) opened: Opened,
    pub(super) searcher: Searcher,
    pub(super) rows: HashMap<SegmentId, Arc<Rows>>,
    /// Which names are one actor, and of which state that is.
    pub(super) authority: Arc<Authority>,
    pub(super) state: State,
    pub(super) maps: Maps,
    /// The languages of its articles.
    pub(super) languages: Vec<Language>,
    /// One above the largest ordinal of each facet.
    bounds: [u32; Facet::ALL.len()],
    named: AtomicBool,
}

impl Snapshot {
    /// Its name, for a cursor.
    pub(super) fn name_for_cursor(&self) -> &str {
        self.named.store(true, Ordering::Relaxed);
        &self.name
    }

    /// Whether a cursor names it.
    pub(super) fn is_named(&self) -> bool {
        self.named.load(Ordering::Relaxed)
    }

    /// The index as it is now. What `before` knew of the same segments is taken over, unless people
    /// decided something since, or other names are one now.
    pub(super) fn load(
        opened: Opened,
        connection: &Connection,
        (state, authority): (State, Arc<Authority>),
        before: Option<&Self>,
    ) -> Result<Self, Failed> {
        let (searcher, metas) = opened.read()?;
        let position = writer::Position::of(&metas);
        let before = before.filter(|before| before.state == state);
        let mut maps = before.map(|before| before.maps.clone()).unwrap_or_default();
        maps.actors.catch_up(connection, &authority)?;
        maps.authors.catch_up(connection, Facet::Author, "authors", &authority)?;
        maps.sources.catch_up(connection, Facet::Source, "sources", &authority)?;
        let none = HashMap::new();
        let rows = rows::rows_of(&searcher, &maps, before.map_or(&none, |before| &before.rows))?;
        let languages = languages(&searcher, &rows, connection)?;
        let bounds = Facet::ALL.map(|facet| rows.values().map(|rows| rows.bound(facet)).max().unwrap_or(0));
        let name = format!("{}.{}.{state}", opened.generation.name, metas.opstamp);
        Ok(Self {
            named: AtomicBool::new(false),
            name,
            change: position.change,
            opened,
            searcher,
            rows,
            authority,
            state,
            maps,
            languages,
            bounds,
        })
    }

    /// Which numbers of names are one actor.
    pub(super) fn actors(&self) -> &ActorMap {
        &self.maps.actors
    }

    /// Every name of every article that is not deleted, each once an article: their numbers.
    pub(super) fn each_name(&self, mut tell: impl FnMut(u32, u32)) -> tantivy::Result<()> {
        for reader in self.searcher.segment_readers() {
            let Some(rows) = self.rows.get(&reader.segment_id()) else { continue };
            let names = reader.fast_fields().u64("name")?;
            for document in reader.doc_ids_alive() {
                for name in names.values_for_doc(document) {
                    tell(rows.articles[document as usize], rows::name_of(name));
                }
            }
        }
        Ok(())
    }

    /// One above the largest ordinal of a facet.
    pub(super) fn bound(&self, facet: Facet) -> u32 {
        self.bounds[facet as usize]
    }
}

/// What can go wrong while loading.
#[derive(Debug)]
pub(super) enum Failed {
    Index(tantivy::TantivyError),
    Database(rusqlite::Error),
}

impl From<tantivy::TantivyError> for Failed {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Index(error)
    }
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// The languages of the articles that are not deleted.
fn languages(
    searcher: &Searcher,
    rows: &HashMap<SegmentId, Arc<Rows>>,
    connection: &Connection,
) -> rusqlite::Result<Vec<Language>> {
    let mut seen = Vec::new();
    for reader in searcher.segment_readers() {
        let Some(rows) = rows.get(&reader.segment_id()) else { continue };
        let Column::One(values) = rows.column(Facet::Language) else { continue };
        for document in reader.doc_ids_alive() {
            let ordinal = values[document as usize];
            if ordinal != rows::UNKNOWN && !seen.contains(&ordinal) {
                seen.push(ordinal);
            }
        }
    }
    let mut languages = Vec::with_capacity(seen.len());
    let mut name = connection.prepare_cached("SELECT name FROM languages WHERE number = ?1")?;
    for ordinal in seen {
        let code: String = name.query_row([ordinal], |row| row.get(0))?;
        languages.extend(Language::from_code(&code));
    }
    languages.sort();
    Ok(languages)
}
