//! Precision, recall and their mean, as corpora and as readers of a facet see them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Named, set};
use crate::actors::tagger::Sort;

/// How many are there, found, and both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// What is there.
    pub gold: usize,
    /// What was found.
    pub found: usize,
    /// What is there of what was found.
    pub right: usize,
    /// What was found of what is there. It differs from `right` only where names need not be equal.
    pub reached: usize,
}

impl Counts {
    /// The share of what was found that is right, from 0 to 1.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what is there that was found, from 0 to 1.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.reached, self.gold)
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }

    /// Counts members of two sets.
    pub fn sets<T: Ord>(&mut self, gold: &BTreeSet<T>, found: &BTreeSet<T>) {
        let both = gold.intersection(found).count();
        self.gold += gold.len();
        self.found += found.len();
        self.right += both;
        self.reached += both;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// All that is measured of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Every mention by itself: its place and its sort must agree.
    pub mentions: Counts,
    /// Each document's names, each once: name and sort must agree.
    pub typed: Counts,
    /// The same for each sort by itself.
    pub sorts: BTreeMap<Sort, Counts>,
    /// Each document's names, each once: the name must agree.
    pub untyped: Counts,
    /// The same, where it is enough that one of two names holds the other.
    pub lenient: Counts,
}

impl Scores {
    /// Counts a document.
    pub fn add(&mut self, gold: &[Named], found: &[Named]) {
        let places =
            |names: &[Named]| -> BTreeSet<_> { names.iter().map(|n| (n.start, n.end, n.sort)).collect() };
        self.mentions.sets(&places(gold), &places(found));
        let (gold, found) = (set(gold), set(found));
        self.typed.sets(&gold, &found);
        for sort in [Sort::Person, Sort::Organisation, Sort::Place] {
            let of_sort = |names: &BTreeSet<(String, Sort)>| -> BTreeSet<String> {
                names.iter().filter(|(_, other)| *other == sort).map(|(name, _)| name.clone()).collect()
            };
            self.sorts.entry(sort).or_default().sets(&of_sort(&gold), &of_sort(&found));
        }
        let names = |names: BTreeSet<(String, Sort)>| -> BTreeSet<String> {
            names.into_iter().map(|n| n.0).collect()
        };
        let (gold, found) = (names(gold), names(found));
        self.untyped.sets(&gold, &found);
        let near = |name: &String, others: &BTreeSet<String>| others.iter().any(|other| holds(name, other));
        self.lenient.gold += gold.len();
        self.lenient.found += found.len();
        self.lenient.reached += gold.iter().filter(|name| near(name, &found)).count();
        self.lenient.right += found.iter().filter(|name| near(name, &gold)).count();
    }
}

/// Whether one of two names holds the words of the other.
fn holds(one: &str, other: &str) -> bool {
    let pad = |name: &str| format!(" {name} ");
    let (one, other) = (pad(one), pad(other));
    one.contains(&other) || other.contains(&one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(start: usize, name: &str, sort: Sort) -> Named {
        Named { start, end: start + name.len(), name: name.to_owned(), sort, found_by: String::new() }
    }

    #[test]
    fn a_name_found_twice_counts_once_and_a_wrong_sort_counts_only_untyped() {
        let gold = [named(0, "ada lind", Sort::Person), named(20, "acme", Sort::Organisation)];
        let found = [
            named(0, "ada lind", Sort::Person),
            named(20, "acme", Sort::Place),
            named(40, "acme", Sort::Place),
            named(60, "bern union", Sort::Organisation),
        ];
        let mut scores = Scores::default();
        scores.add(&gold, &found);
        assert_eq!((scores.mentions.right, scores.mentions.found), (1, 4));
        assert_eq!((scores.typed.right, scores.typed.found, scores.typed.gold), (1, 3, 2));
        assert_eq!((scores.untyped.right, scores.untyped.found), (2, 3));
        assert!((scores.untyped.f1() - 0.8).abs() < 1e-9);
    }

    #[test]
    fn whole_words_that_hold_each_other_are_enough_where_that_is_asked() {
        let mut scores = Scores::default();
        let gold = [named(0, "president ada lind", Sort::Person), named(30, "bern", Sort::Place)];
        scores.add(&gold, &[named(10, "ada lind", Sort::Person), named(30, "ber", Sort::Place)]);
        assert_eq!((scores.lenient.reached, scores.lenient.right), (1, 1));
        assert_eq!(scores.untyped.right, 0);
    }
}
