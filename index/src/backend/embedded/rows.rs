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
use crate::prominence::Prominence;
use crate::search::{Facet, Role};

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
    /// The actors and the places that each article is mainly about.
    main: [Column; 2],
    /// One above the largest ordinal of each facet.
    bounds: [u32; Facet::ALL.len()],
}

impl Rows {
    /// The ordinals of one facet.
    pub(super) fn column(&self, facet: Facet) -> &Column {
        &self.columns[facet as usize]
    }

    /// The ordinals of one facet that count where actors and places play this part.
    pub(super) fn counting(&self, facet: Facet, role: Role) -> &Column {
        match (facet, role) {
            (Facet::Actor, Role::Main) => &self.main[0],
            (Facet::Place, Role::Main) => &self.main[1],
            _ => self.column(facet),
        }
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
        let [actors, places] = named_columns(&articles, &fast.u64("name")?, &maps.actors);
        let column = |facet: Facet| -> tantivy::Result<Column> {
            let column = fast.u64(facet.as_str())?;
            Ok(match facet {
                Facet::Author => many(documents, &column, |author| maps.authors.ordinal(author)),
                Facet::Source => match one(documents, &column) {
                    Column::One(values) => {
                        Column::One(values.into_iter().map(|source| maps.sources.ordinal(source)).collect())
                    }
                    many => many,
                },
                _ => one(documents, &column),
            })
        };
        let day = |column: &FastColumn<i64>, document| {
            column.first(document).and_then(|day| i32::try_from(day).ok()).unwrap_or(0)
        };
        let columns = [
            actors.all,
            places.all,
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
            main: [actors.main, places.main],
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

fn many(documents: u32, column: &FastColumn<u64>, map: impl Fn(u32) -> u32) -> Column {
    let mut lists = Lists::new(documents);
    let mut met: Vec<u32> = Vec::new();
    for document in 0..documents {
        met.clear();
        for number in column.values_for_doc(document) {
            let value = map(ordinal(number));
            // Few values a document: looking through them beats any set.
            if !met.contains(&value) {
                met.push(value);
            }
        }
        lists.push(met.iter().copied());
    }
    lists.into()
}

/// Lists of values, one after the other.
struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    fn new(documents: u32) -> Self {
        let mut starts = Vec::with_capacity(documents as usize + 1);
        starts.push(0);
        Self { starts, values: Vec::new() }
    }

    /// Adds the list of the next document.
    fn push(&mut self, values: impl IntoIterator<Item = u32>) {
        self.values.extend(values);
        self.starts.push(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
    }
}

impl From<Lists> for Column {
    fn from(lists: Lists) -> Self {
        Self::Many { starts: lists.starts, values: lists.values }
    }
}

/// What the field `name` holds of a name: its number, and how prominently the article has it.
pub(super) fn named(name: u64, prominence: Prominence) -> u64 {
    name << Prominence::BITS | prominence.to_bits()
}

/// The name of such a value.
pub(super) fn name_of(value: u64) -> u32 {
    ordinal(value >> Prominence::BITS)
}

/// The columns of actors or of places: all that are mentioned, and those that an article is mainly about.
struct Named {
    all: Column,
    main: Column,
}

/// Names become actors and places. All names of one together say whether an article is about it.
fn named_columns(articles: &[u32], column: &FastColumn<u64>, map: &ActorMap) -> [Named; 2] {
    let documents = u32::try_from(articles.len()).unwrap_or(u32::MAX);
    let mut lists = [false, true].map(|_| (Lists::new(documents), Lists::new(documents)));
    let mut met: Vec<(u32, Prominence)> = Vec::new();
    for (document, article) in (0..documents).zip(articles) {
        met.clear();
        for value in column.values_for_doc(document) {
            let Some(ordinal) = map.ordinal(*article, name_of(value)) else { continue };
            let prominence = Prominence::from_bits(value);
            // Few values a document: looking through them beats any set.
            match met.iter_mut().find(|(known, _)| *known == ordinal) {
                Some((_, known)) => *known = known.and(prominence),
                None => met.push((ordinal, prominence)),
            }
        }
        for (is_place, (all, main)) in [false, true].into_iter().zip(&mut lists) {
            let of_sort = || met.iter().filter(|(ordinal, _)| map.is_place(*ordinal) == is_place);
            all.push(of_sort().map(|(ordinal, _)| *ordinal));
            main.push(of_sort().filter(|(_, prominence)| prominence.is_main()).map(|(ordinal, _)| *ordinal));
        }
    }
    lists.map(|(all, main)| Named { all: all.into(), main: main.into() })
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
