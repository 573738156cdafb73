//! One pass over the matching articles: the best hits, the total and every facet's counts.
//!
//! An article that fails exactly one "any of these" facet counts in that facet alone, so that the
//! facet can say what choosing another value would give; an article that only one exclusion takes
//! away counts beside that exclusion.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

use tantivy::query::{EnableScoring, Query as TantivyQuery};
use tantivy::{DocAddress, DocId, Score};

use super::rows::{Rows, UNDATED};
use super::snapshot::Snapshot;
use crate::search::{Facet, Mode, Role, Sort};

/// What is chosen in one facet, as ordinals.
#[derive(Clone, Debug)]
pub(super) struct Narrow {
    pub(super) facet: Facet,
    pub(super) mode: Mode,
    pub(super) include: Vec<u32>,
    pub(super) exclude: Vec<u32>,
}

/// A request in the archive's numbers.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) narrows: Vec<Narrow>,
    /// What part actors and places must play to count.
    pub(super) about: Role,
    /// The first and the last day, both included.
    pub(super) from: Option<i32>,
    pub(super) to: Option<i32>,
    pub(super) sort: Sort,
    pub(super) limit: usize,
    /// Where the page before ended.
    pub(super) after: Option<Place>,
}

/// An article's place in the order: larger keys come first, then smaller numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) key: i64,
    pub(super) article: u32,
}

impl Ord for Place {
    /// What comes first is less.
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key).then(self.article.cmp(&other.article))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A hit and where it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) address: DocAddress,
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place.cmp(&other.place)
    }
}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What the pass gathered.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) total: u64,
    /// This page, best first.
    pub(super) found: Vec<Found>,
    /// Whether more come after this page.
    pub(super) more: bool,
    /// Per facet, the articles of each ordinal.
    pub(super) counts: [Vec<u32>; Facet::ALL.len()],
    /// The articles that each exclusion takes away.
    pub(super) taken: BTreeMap<(Facet, u32), u64>,
}

/// Runs the pass.
pub(super) fn collect(
    snapshot: &Snapshot,
    query: &dyn TantivyQuery,
    plan: &Plan,
) -> tantivy::Result<Gathered> {
    let searcher = &snapshot.searcher;
    let scoring = plan.sort == Sort::Relevance;
    let enable = if scoring {
        EnableScoring::enabled_from_searcher(searcher)
    } else {
        EnableScoring::disabled_from_searcher(searcher)
    };
    let weight = query.weight(enable)?;
    let mut pass = Pass::new(plan, snapshot);
    for (segment, reader) in searcher.segment_readers().iter().enumerate() {
        let Some(rows) = snapshot.rows.get(&reader.segment_id()) else { continue };
        let segment = u32::try_from(segment).unwrap_or(u32::MAX);
        let alive = reader.alive_bitset();
        let is_alive = |document| alive.is_none_or(|alive| alive.is_alive(document));
        if scoring {
            weight.for_each(reader, &mut |document, score| {
                if is_alive(document) {
                    pass.meet(rows, segment, document, score);
                }
            })?;
        } else {
            weight.for_each_no_score(reader, &mut |documents| {
                for document in documents.iter().filter(|document| is_alive(**document)) {
                    pass.meet(rows, segment, *document, 0.0);
                }
            })?;
        }
    }
    Ok(pass.finish())
}

/// How an article stands to the choices.
enum Verdict {
    Hit,
    /// Only this "any" facet keeps it out.
    FailsOnly(Facet),
    /// Only this exclusion keeps it out.
    TakenBy(Facet, u32),
    Out,
}

struct Pass<'p> {
    plan: &'p Plan,
    gathered: Gathered,
    /// The worst of the best on top; one more than the page, to know whether more come.
    best: BinaryHeap<Found>,
}

impl<'p> Pass<'p> {
    fn new(plan: &'p Plan, snapshot: &Snapshot) -> Self {
        let counts = Facet::ALL.map(|facet| vec![0; snapshot.bound(facet) as usize + 1]);
        let gathered = Gathered { total: 0, found: Vec::new(), more: false, counts, taken: BTreeMap::new() };
        Self { plan, gathered, best: BinaryHeap::with_capacity(plan.limit + 2) }
    }

    fn meet(&mut self, rows: &Rows, segment: u32, document: DocId, score: Score) {
        if !self.is_in_days(rows, document) {
            return;
        }
        match self.judge(rows, document) {
            Verdict::Hit => {
                self.gathered.total += 1;
                for facet in Facet::ALL {
                    self.count(rows, document, facet);
                }
                self.offer(rows, segment, document, score);
            }
            Verdict::FailsOnly(facet) => self.count(rows, document, facet),
            Verdict::TakenBy(facet, ordinal) => {
                *self.gathered.taken.entry((facet, ordinal)).or_default() += 1
            }
            Verdict::Out => {}
        }
    }

    fn is_in_days(&self, rows: &Rows, document: DocId) -> bool {
        if self.plan.from.is_none() && self.plan.to.is_none() {
            return true;
        }
        let document = document as usize;
        let (first, last) = rows.days[document];
        rows.published[document] != UNDATED
            && self.plan.from.is_none_or(|from| first >= from)
            && self.plan.to.is_none_or(|to| last <= to)
    }

    fn judge(&self, rows: &Rows, document: DocId) -> Verdict {
        let mut verdict = Verdict::Hit;
        for narrow in &self.plan.narrows {
            let values = rows.counting(narrow.facet, self.plan.about).values(document);
            for ordinal in narrow.exclude.iter().filter(|ordinal| values.contains(ordinal)) {
                verdict = match verdict {
                    Verdict::Hit => Verdict::TakenBy(narrow.facet, *ordinal),
                    _ => return Verdict::Out,
                };
            }
            let mut include = narrow.include.iter();
            let fits = match narrow.mode {
                Mode::Any => narrow.include.is_empty() || include.any(|ordinal| values.contains(ordinal)),
                Mode::All => include.all(|ordinal| values.contains(ordinal)),
            };
            if !fits {
                verdict = match (verdict, narrow.mode) {
                    (Verdict::Hit, Mode::Any) => Verdict::FailsOnly(narrow.facet),
                    _ => return Verdict::Out,
                };
            }
        }
        verdict
    }

    fn count(&mut self, rows: &Rows, document: DocId, facet: Facet) {
        let counts = &mut self.gathered.counts[facet as usize];
        for ordinal in rows.counting(facet, self.plan.about).values(document) {
            counts[*ordinal as usize] += 1;
        }
    }

    fn offer(&mut self, rows: &Rows, segment: u32, document: DocId, score: Score) {
        let published = rows.published[document as usize];
        let key = match self.plan.sort {
            // Scores are not negative, so their bits are in their order.
            Sort::Relevance => i64::from(score.to_bits()),
            Sort::Newest => published,
            Sort::Oldest if published == UNDATED => UNDATED,
            Sort::Oldest => -published,
        };
        let place = Place { key, article: rows.articles[document as usize] };
        if self.plan.after.is_some_and(|after| place <= after) {
            return;
        }
        let found = Found { place, address: DocAddress::new(segment, document) };
        if self.best.len() <= self.plan.limit {
            self.best.push(found);
        } else if let Some(mut worst) = self.best.peek_mut()
            && found < *worst
        {
            *worst = found;
        }
    }

    fn finish(mut self) -> Gathered {
        self.gathered.found = self.best.into_sorted_vec();
        self.gathered.more = self.gathered.found.len() > self.plan.limit;
        self.gathered.found.truncate(self.plan.limit);
        self.gathered
    }
}
