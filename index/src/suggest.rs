//! What may be one and is never made one without a person: rows of the facets that look like one, with what
//! speaks for it.
//!
//! Names meet by keys ([`keys`](self)), so that no name is compared with all others; each pair that meets is
//! judged once (`judge`). What comes out is ranked by evidence times the articles that a merge would move.

mod judge;
mod keys;
mod sound;
mod words;

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::actor::{ActorId, ActorKind};
use crate::authority::Authority;
use crate::backend::{Count, Named};
use crate::registry::fold;
use crate::search::{Facet, FacetCount, NONE};

use judge::judge;
use words::Words;

/// Two rows of a facet that may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The row that would be no row of its own any more.
    pub from: Offered,
    /// The row that it would be part of.
    pub into: Offered,
    /// What speaks for it, in words.
    pub why: String,
    /// The articles that have both; none where no article can have two.
    pub shared: Option<u64>,
    /// From 0 to 1: how much speaks for it.
    pub evidence: f64,
}

/// One of two rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What addresses and commands take.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What sort of actor it is.
    pub kind: Option<ActorKind>,
    /// The articles that have it.
    pub articles: u64,
}

impl Suggestion {
    /// How many articles a merge would set right, as far as the evidence goes.
    fn weight(&self) -> f64 {
        // Counts of articles are far below what a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "no archive has 2^52 articles")]
        let articles = self.from.articles as f64;
        self.evidence * articles
    }
}

/// A row with its names.
struct Row {
    offered: Offered,
    /// Whether the list tells who it is: two of those are two.
    listed: bool,
    articles: Vec<u32>,
}

/// A name of a row.
struct Candidate {
    row: usize,
    words: Words,
}

/// The actors that may be one, the weightiest first.
#[must_use]
pub fn actors(named: &Named, authority: &Authority) -> Vec<Suggestion> {
    let mut counts: Vec<Count> = named.count(authority).into_values().collect();
    counts.sort_by(|a, b| a.actor.id.cmp(&b.actor.id));
    let (mut rows, mut candidates) = (Vec::with_capacity(counts.len()), Vec::new());
    for count in counts.into_iter().filter(|count| !count.articles.is_empty()) {
        let names: HashSet<String> = count.names.iter().map(|place| fold(&named.names[*place].0)).collect();
        let is_person = count.actor.kind == ActorKind::Person;
        let mut names: Vec<_> = names.into_iter().collect();
        names.sort();
        let row = rows.len();
        candidates
            .extend(names.into_iter().map(|name| Candidate { row, words: Words::new(&name, is_person) }));
        rows.push(Row {
            listed: authority.registry().actor(&count.actor.id).is_some(),
            offered: Offered {
                value: count.actor.id.0,
                label: count.actor.label,
                kind: Some(count.actor.kind),
                articles: count.articles.len() as u64,
            },
            articles: count.articles,
        });
    }
    let canonical = |value: &str| authority.survivor(&ActorId(value.to_owned())).0;
    suggest(&rows, &candidates, Facet::Actor, &distinct(authority, Facet::Actor, canonical))
}

/// The authors or sources that may be one, the weightiest first. `counts` are all rows of the facet.
#[must_use]
pub fn spellings(facet: Facet, counts: &[FacetCount], authority: &Authority) -> Vec<Suggestion> {
    let (mut rows, mut candidates) = (Vec::new(), Vec::new());
    for count in counts.iter().filter(|count| count.value != NONE && count.count > 0) {
        let words = Words::new(&fold(&count.label), facet == Facet::Author);
        candidates.push(Candidate { row: rows.len(), words });
        rows.push(Row {
            listed: false,
            offered: Offered {
                value: count.value.clone(),
                label: count.label.clone(),
                kind: None,
                articles: count.count,
            },
            articles: Vec::new(),
        });
    }
    let canonical = |value: &str| authority.spelling(facet, value).0;
    let distinct = distinct(authority, facet, canonical);
    let mut suggestions = suggest(&rows, &candidates, facet, &distinct);
    suggestions.retain(|suggestion| {
        !distinct.contains(&pair(canonical(&suggestion.from.value), canonical(&suggestion.into.value)))
    });
    suggestions
}

/// The pairs that people said are two.
fn distinct(
    authority: &Authority,
    facet: Facet,
    canonical: impl Fn(&str) -> String,
) -> HashSet<(String, String)> {
    authority.distinct(facet).map(|(one, other)| pair(canonical(one), canonical(other))).collect()
}

fn pair(one: String, other: String) -> (String, String) {
    if one <= other { (one, other) } else { (other, one) }
}

fn suggest(
    rows: &[Row],
    candidates: &[Candidate],
    facet: Facet,
    distinct: &HashSet<(String, String)>,
) -> Vec<Suggestion> {
    let mut best: HashMap<(usize, usize), Suggestion> = HashMap::new();
    keys::each_pair(candidates.iter().map(|candidate| &candidate.words), |one, other| {
        let (one, other) = (&candidates[one], &candidates[other]);
        let (a, b) = (&rows[one.row], &rows[other.row]);
        if one.row == other.row || a.listed && b.listed {
            return;
        }
        if distinct.contains(&pair(a.offered.value.clone(), b.offered.value.clone())) {
            return;
        }
        let shared = (facet == Facet::Actor).then(|| shared(&a.articles, &b.articles));
        let fewer = a.offered.articles.min(b.offered.articles);
        let Some((evidence, why)) = judge(&one.words, &other.words, shared, fewer) else { return };
        let rank =
            |row: &Row| (row.listed, row.offered.articles, std::cmp::Reverse(row.offered.value.clone()));
        let (from, into) = if rank(a) < rank(b) { (a, b) } else { (b, a) };
        let (from, into) = (from.offered.clone(), into.offered.clone());
        let found = Suggestion { from, into, why, shared, evidence };
        let known =
            best.entry((one.row.min(other.row), one.row.max(other.row))).or_insert_with(|| found.clone());
        if known.evidence < found.evidence {
            *known = found;
        }
    });
    let mut suggestions = doubted(best.into_values().collect());
    suggestions.sort_by(|a, b| {
        let values = |s: &Suggestion| (s.from.value.clone(), s.into.value.clone());
        b.weight().total_cmp(&a.weight()).then_with(|| values(a).cmp(&values(b)))
    });
    suggestions
}

/// Who may be several others is less likely any one of them: of these the likeliest stays, with less evidence.
fn doubted(suggestions: Vec<Suggestion>) -> Vec<Suggestion> {
    let mut by_from: HashMap<String, Vec<Suggestion>> = HashMap::new();
    for suggestion in suggestions {
        by_from.entry(suggestion.from.value.clone()).or_default().push(suggestion);
    }
    let likeliest = |mut several: Vec<Suggestion>| {
        let key = |s: &Suggestion| (s.evidence, s.shared.unwrap_or(0), s.into.articles);
        several.sort_by(|a, b| {
            let (a, b) = (key(a), key(b));
            b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2))
        });
        let rivals =
            several.iter().skip(1).filter(|other| other.evidence >= several[0].evidence * 0.8).count();
        let mut first = several.swap_remove(0);
        first.evidence /= 1.0 + f64::from(u32::try_from(rivals).unwrap_or(u32::MAX)) / 2.0;
        first
    };
    by_from.into_values().map(likeliest).collect()
}

/// How many numbers two ascending lists share.
fn shared(one: &[u32], other: &[u32]) -> u64 {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    few.iter().filter(|number| many.binary_search(number).is_ok()).count() as u64
}
