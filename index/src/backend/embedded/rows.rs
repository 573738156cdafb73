//! The values of every article in memory, flat, so that facets are counted in one pass.
//!
//! Rows are kept per segment, since a segment never changes (what is deleted in it is a set of
//! bits): a commit builds rows for its new segments only. Names have become actors here, each once.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::columnar::Column as FastColumn;
use tantivy::index::SegmentId;
use tantivy::{Searcher, SegmentReader};

use super::actors::ActorMap;
use super::spellings::SpellingMap;
use crate::search::Facet;

/// The ordinal of "unknown". Numbers in the database begin with 1.
pub(super) const UNKNOWN: u32 = 0;

/// Stands for "no date".
pub(super) const UNDATED: i64 = i64::MIN;

/// The ordinals of one facet: per document none, one or many.
#[derive(Debug)]
pub(super) enum Column {
    /// One a document; [`UNKNOWN`] where it has none.
    One(Vec<u32>),
    /// Many a document: `values[starts[document]..starts[document + 1]]`.
    Many { starts: Vec<u32>, values: Vec<u32> },
}

impl Column {
    /// The ordinals of a document; [`UNKNOWN`] alone where it has none.
    pub(super) fn values(&self, document: u32) -> &[u32] {
        let document = document as usize;
        match self {
            Self::One(values) => std::slice::from_ref(&values[document]),
            Self::Many { starts, values } => {
                let values = &values[starts[document] as usize..starts[document + 1] as usize];
                if values.is_empty() { &[UNKNOWN] } else { values }
            }
        }
    }
}

impl Column {
    /// One above the largest ordinal.
    fn bound(&self) -> u32 {
        let (Self::One(values) | Self::Many { values, .. }) = self;
        values.iter().max().map_or(1, |largest| largest.saturating_add(1))
    }
}

/// Which numbers are one value.
#[derive(Clone, Debug, Default)]
pub(super) struct Maps {
    pub(super) actors: ActorMap,
    pub(super) authors: SpellingMap,
    pub(super) sources: SpellingMap,
}

/// The rows of one segment.
#[derive(Debug)]
pub(super) struct Rows {
    /// The number of each document's article.
    pub(super) articles: Vec<u32>,
    /// Local seconds from 1970, [`UNDATED`] where no date is known.
    pub(super) published: Vec<i64>,
    /// The first and the last day that the date can mean.
    pub(super) days: Vec<(i32, i32)>,
    columns: [Column; Facet::ALL.len()],
    /// One above the largest ordinal of each facet.
    bounds: [u32; Facet::ALL.len()],
}

impl Rows {
    /// The ordinals of one facet.
    pub(super) fn column(&self, facet: Facet) -> &Column {
        &self.columns[facet as usize]
    }

    /// One above the largest ordinal of a facet.
    pub(super) fn bound(&self, facet: Facet) -> u32 {
        self.bounds[facet as usize]
    }

    fn build(reader: &SegmentReader, maps: &Maps) -> tantivy::Result<Self> {
        let fast = reader.fast_fields();
        let documents = reader.max_doc();
        let article = fast.u64("article")?;
        let articles: Vec<u32> =
            (0..documents).map(|document| ordinal(article.first(document).unwrap_or(0))).collect();
        let published = fast.i64("published")?;
        let (first_day, last_day) = (fast.i64("first_day")?, fast.i64("last_day")?);
        let column = |facet: Facet| -> tantivy::Result<Column> {
            let column = fast.u64(facet.as_str())?;
            Ok(match facet {
                Facet::Actor => many(documents, &column, |document, name| {
                    maps.actors.ordinal(articles[document as usize], name)
                }),
                Facet::Author => many(documents, &column, |_, author| Some(maps.authors.ordinal(author))),
                Facet::Source => match one(documents, &column) {
                    Column::One(values) => {
                        Column::One(values.into_iter().map(|source| maps.sources.ordinal(source)).collect())
                    }
                    many => many,
                },
                Facet::Section | Facet::Language | Facet::Year | Facet::DateFound => one(documents, &column),
            })
        };
        let day = |column: &FastColumn<i64>, document| {
            column.first(document).and_then(|day| i32::try_from(day).ok()).unwrap_or(0)
        };
        let columns = [
            column(Facet::Actor)?,
            column(Facet::Author)?,
            column(Facet::Source)?,
            column(Facet::Section)?,
            column(Facet::Language)?,
            column(Facet::Year)?,
            column(Facet::DateFound)?,
        ];
        let bounds = std::array::from_fn(|facet| columns[facet].bound());
        Ok(Self {
            articles,
            published: (0..documents).map(|document| published.first(document).unwrap_or(UNDATED)).collect(),
            days: (0..documents)
                .map(|document| (day(&first_day, document), day(&last_day, document)))
                .collect(),
            columns,
            bounds,
        })
    }
}

/// Numbers in the database are given one by one: four billion names will not come.
fn ordinal(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn one(documents: u32, column: &FastColumn<u64>) -> Column {
    let values = (0..documents).map(|document| column.first(document).map_or(UNKNOWN, ordinal));
    Column::One(values.collect())
}

fn many(documents: u32, column: &FastColumn<u64>, map: impl Fn(u32, u32) -> Option<u32>) -> Column {
    let mut starts = Vec::with_capacity(documents as usize + 1);
    let mut values: Vec<u32> = Vec::new();
    for document in 0..documents {
        starts.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
        let begin = values.len();
        for number in column.values_for_doc(document) {
            let Some(value) = map(document, ordinal(number)) else { continue };
            // Few values a document: looking through them beats any set.
            if !values[begin..].contains(&value) {
                values.push(value);
            }
        }
    }
    starts.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
    Column::Many { starts, values }
}

/// The rows of all segments of a searcher, those that are known already taken over.
pub(super) fn rows_of(
    searcher: &Searcher,
    maps: &Maps,
    known: &HashMap<SegmentId, Arc<Rows>>,
) -> tantivy::Result<HashMap<SegmentId, Arc<Rows>>> {
    let mut rows = HashMap::new();
    for reader in searcher.segment_readers() {
        let id = reader.segment_id();
        let built = match known.get(&id) {
            Some(known) => Arc::clone(known),
            None => Arc::new(Rows::build(reader, maps)?),
        };
        rows.insert(id, built);
    }
    Ok(rows)
}
