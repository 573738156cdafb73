//! What a first judgement of all segments of a page says of each: a second forest weighs it with the segment's own
//! values, so that entries of a list and paragraphs of a column stand or fall together (D. H. Wolpert, "Stacked
//! generalization", Neural Networks 5, 1992).

use std::collections::HashMap;

use super::features::{COUNT, Values, count};
use super::segments::Segments;
use super::tree::Tree;

/// How many values a segment has with its context.
pub(super) const ALL: usize = COUNT + NAMES.len();

/// The names of the values of the context, in their order.
pub(super) const NAMES: &[&str] = &[
    "likely-before-3",
    "likely-before-2",
    "likely-before-1",
    "likely-after-1",
    "likely-after-2",
    "likely-after-3",
    // Among five before and five after: their mean, the likeliest before, the likeliest after.
    "likely-near",
    "likeliest-before",
    "likeliest-after",
    // The same of twelve.
    "likely-around",
    "likeliest-above",
    "likeliest-below",
    // The share of the likely words that stand before it; how many there are on the page; its own.
    "likely-part",
    "likely-words",
    "likely",
    // The mean of those around whose parents have the same names, without it and with it.
    "likely-siblings",
    "likely-group",
    // The same of those that have the same names themselves.
    "likely-twins",
    "likely-kind",
];

/// Sums of odds times weights, and of weights.
#[derive(Clone, Copy, Default)]
struct Mean {
    sum: f32,
    weights: f32,
}

impl Mean {
    fn add(&mut self, odds: f32, weight: f32) {
        self.sum += odds * weight;
        self.weights += weight;
    }
}

/// A page, and what the first judgement was.
struct Judged<'a> {
    odds: &'a [f32],
    /// The logarithm of each segment's words.
    lengths: Vec<f32>,
    /// Likely words before each segment, and in all.
    before: Vec<f32>,
    all: f32,
}

/// The values of each segment with those of its context; `odds`: how likely each is the article's, 0 to 1.
pub(super) fn with_context(
    page: &Segments<'_>,
    tree: &Tree,
    values: &[Values],
    odds: &[f32],
) -> Vec<[f32; ALL]> {
    let judged = Judged::of(page, odds);
    let paths: Vec<[u64; 2]> = (0..odds.len()).map(|place| tree.paths(page, place)).collect();
    let mut groups: [HashMap<u64, Mean>; 2] = Default::default();
    for (place, paths) in paths.iter().enumerate() {
        for (group, path) in groups.iter_mut().zip(paths) {
            group.entry(*path).or_default().add(odds[place], judged.weight(place));
        }
    }
    let whole = |place: usize| {
        let [own, up] =
            [0, 1].map(|level| groups[level].get(&paths[place][level]).copied().unwrap_or_default());
        let parts =
            judged.near(place).into_iter().chain(judged.alike(place, up)).chain(judged.alike(place, own));
        let mut all = [0.0; ALL];
        for (value, part) in all.iter_mut().zip(values[place].into_iter().chain(parts)) {
            *value = part;
        }
        all
    };
    (0..odds.len()).map(whole).collect()
}

impl<'a> Judged<'a> {
    fn of(page: &Segments<'_>, odds: &'a [f32]) -> Self {
        let mut all = 0.0;
        let mut before = Vec::with_capacity(odds.len());
        for (segment, odds) in page.segments.iter().zip(odds) {
            before.push(all);
            all += odds * count(segment.words);
        }
        let lengths = page.segments.iter().map(|segment| count(segment.words).ln_1p()).collect();
        Self { odds, lengths, before, all }
    }

    /// What a segment counts in a mean of its like: even one without words counts a little.
    fn weight(&self, place: usize) -> f32 {
        self.lengths[place] + 0.2
    }

    fn near(&self, place: usize) -> [f32; 15] {
        let at = |by: isize| {
            place.checked_add_signed(by).and_then(|at| self.odds.get(at)).copied().unwrap_or_default()
        };
        let [near, before, after] = self.window(place, 5);
        let [around, above, below] = self.window(place, 12);
        [
            at(-3),
            at(-2),
            at(-1),
            at(1),
            at(2),
            at(3),
            near,
            before,
            after,
            around,
            above,
            below,
            self.before[place] / self.all.max(1.0),
            self.all.ln_1p(),
            self.odds[place],
        ]
    }

    /// Of so many segments before and after one: their mean, the likeliest before, the likeliest after.
    fn window(&self, place: usize, far: usize) -> [f32; 3] {
        let before = place.saturating_sub(far)..place;
        let after = place + 1..(place + 1 + far).min(self.odds.len());
        let mut mean = Mean::default();
        before.clone().chain(after.clone()).for_each(|at| mean.add(self.odds[at], self.lengths[at]));
        let most = |places: &[f32]| places.iter().copied().fold(0.0, f32::max);
        [mean.sum / mean.weights.max(1.0), most(&self.odds[before]), most(&self.odds[after])]
    }

    fn alike(&self, place: usize, group: Mean) -> [f32; 2] {
        let (odds, weight) = (self.odds[place], self.weight(place));
        let others = (group.sum - odds * weight) / (group.weights - weight).max(0.2);
        [others, group.sum / group.weights.max(0.2)]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn an_entry_is_judged_by_the_others_of_its_list_and_not_by_another_list() {
        let html = scraper::Html::parse_document(
            "<ul class=steps><li>Flour<li>Water<li>Salt</ul><ul class=links><li>World<li>Sport</ul>",
        );
        let page = Segments::of(&html, &HashSet::new());
        let tree = Tree::of(&page);
        let values = vec![[0.0; COUNT]; page.segments.len()];
        let all = with_context(&page, &tree, &values, &[0.9, 0.3, 0.9, 0.1, 0.1]);
        let place = COUNT + NAMES.iter().position(|name| *name == "likely-siblings").unwrap();
        assert!((all[1][place] - 0.9).abs() < 1e-5, "{}", all[1][place]);
        assert!((all[4][place] - 0.1).abs() < 1e-5, "{}", all[4][place]);
    }

    #[test]
    fn one_segment_has_no_neighbours() {
        let html = scraper::Html::parse_document("<p>Alone.</p>");
        let page = Segments::of(&html, &HashSet::new());
        let all = with_context(&page, &Tree::of(&page), &[[0.0; COUNT]], &[0.5]);
        assert!(all[0].iter().all(|value| value.is_finite()));
        assert_eq!(all[0][COUNT..COUNT + 12], [0.0; 12]);
    }
}
