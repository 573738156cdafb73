//! What speaks for and against a segment of a page being part of its article, as numbers. The
//! forest of `ingest/data/segments.txt` weighs them.

use std::collections::{HashMap, HashSet};

use super::edges::ends_sentence;
use super::furniture::is_furniture;
use super::segments::{Segments, words_of};
use super::shingles::{Shingles, of_word};
use super::tree::Tree;

/// What else a page says about its article.
pub(super) struct Hints<'a> {
    /// What the extractor took for the text.
    pub(super) taken: &'a Shingles,
    /// The text of the page's JSON-LD, if it has one.
    pub(super) linked: Option<&'a Shingles>,
    /// The page's descriptions of itself.
    pub(super) described: &'a Shingles,
    pub(super) title: &'a str,
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and segments of one page")]
pub(super) fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and segments of one page")]
pub(super) fn count(number: usize) -> f32 {
    number as f32
}

/// How many values a segment has.
pub(super) const COUNT: usize = NAMES.len();

/// The names of the values, in their order.
pub(super) const NAMES: &[&str] = &[
    // Of the text.
    "words",
    "ends-sentence",
    "commas",
    "linked",
    "links",
    "bold",
    "italic",
    "digits",
    "capitals",
    "furniture",
    // Of what else is known.
    "taken",
    "in-json-ld",
    "described",
    "title-words",
    "is-title",
    "repeated",
    // Of its element and what surrounds it.
    "paragraph",
    "list",
    "heading",
    "caption",
    "quote",
    "table",
    "in-article",
    "least-label",
    "sum-of-labels",
    // Of its place.
    "in-main",
    "up-to-main",
    "before-first",
    "after-last",
    "to-nearest",
    "from-last",
    "to-next",
    "place",
    "before-heading",
    // Of the elements around it.
    "share-1",
    "share-2",
    "share-3",
    "share-4",
    "linked-1",
    "linked-2",
    "linked-3",
    "words-1",
    "words-2",
    // Of its neighbours.
    "words-before",
    "words-after",
    "linked-before",
    "linked-after",
    "taken-before",
    "taken-after",
    "same-parent-before",
    "same-parent-after",
    "taken-above",
    "taken-below",
    // Of the page.
    "page-words",
    "page-prose",
];

/// What is known of a page as a whole, for the values of its segments.
struct Whole<'a> {
    page: &'a Segments,
    hints: &'a Hints<'a>,
    tree: Tree,
    all_words: usize,
    taken: Vec<f32>,
    /// How often each text stands on the page.
    texts: HashMap<&'a str, usize>,
    title: HashSet<u64>,
    heading: Option<usize>,
}

/// The values of each segment of a page, in the order of [`NAMES`].
pub(super) fn of_page(page: &Segments, hints: &Hints<'_>) -> Vec<[f32; COUNT]> {
    let whole = Whole::of(page, hints);
    (0..page.segments.len()).map(|place| whole.values(place)).collect()
}

impl<'a> Whole<'a> {
    fn of(page: &'a Segments, hints: &'a Hints<'a>) -> Self {
        let segments = &page.segments;
        let tree = Tree::of(page);
        let mut texts = HashMap::new();
        for segment in segments {
            *texts.entry(segment.text.as_str()).or_default() += 1;
        }
        let before = tree.marks.first().map_or(segments.len(), |first| first + 4);
        let heading = (0..segments.len().min(before))
            .rfind(|&place| tree.blocks(page, place).take(2).any(|id| &*page.elements[id].name == "h1"));
        Self {
            page,
            hints,
            taken: segments.iter().map(|segment| hints.taken.share(&segment.text)).collect(),
            all_words: segments.iter().map(|segment| segment.words).sum(),
            tree,
            texts,
            title: words_of(hints.title).map(of_word).collect(),
            heading,
        }
    }

    fn values(&self, place: usize) -> [f32; COUNT] {
        let mut values = [0.0; COUNT];
        let parts = self
            .of_text(place)
            .into_iter()
            .chain(self.of_hints(place))
            .chain(self.of_element(place))
            .chain(self.of_place(place))
            .chain(self.of_ancestors(place))
            .chain(self.of_neighbours(place))
            .chain([count(self.all_words).ln_1p(), ratio(self.tree.all_prose, self.all_words)]);
        for (value, part) in values.iter_mut().zip(parts) {
            *value = part;
        }
        values
    }

    fn of_text(&self, place: usize) -> [f32; 10] {
        let segment = &self.page.segments[place];
        let text = segment.text.as_str();
        let (mut letters, mut digits, mut capitals, mut commas) = (0, 0, 0, 0);
        for c in text.chars() {
            letters += 1;
            digits += usize::from(c.is_numeric());
            capitals += usize::from(c.is_uppercase());
            commas += usize::from(matches!(c, ',' | '،' | '、' | '，' | ';'));
        }
        [
            count(segment.words).ln_1p(),
            f32::from(ends_sentence(text)),
            count(commas.min(3)),
            segment.linked,
            count(segment.links.min(5)),
            segment.bold,
            segment.italic,
            ratio(digits, letters),
            ratio(capitals, letters),
            f32::from(is_furniture(text)),
        ]
    }

    fn of_hints(&self, place: usize) -> [f32; 6] {
        let text = self.page.segments[place].text.as_str();
        let words: HashSet<u64> = words_of(text).map(of_word).collect();
        let shared = words.iter().filter(|word| self.title.contains(word)).count();
        [
            self.taken[place],
            self.hints.linked.map_or(0.5, |linked| linked.share(text)),
            self.hints.described.share(text),
            ratio(shared, words.len()),
            f32::from(!words.is_empty() && words == self.title),
            count(self.texts.get(text).map_or(0, |times| times - 1).min(3)),
        ]
    }

    fn of_element(&self, place: usize) -> [f32; 9] {
        let segment = &self.page.segments[place];
        let is = |steps: usize, wanted: &[&str]| {
            let mut names = self.tree.blocks(self.page, place).take(steps);
            f32::from(names.any(|id| wanted.contains(&&*self.page.elements[id].name)))
        };
        let within = self.tree.within[segment.element];
        [
            is(1, &["p"]),
            is(1, &["li", "dd", "dt"]),
            is(1, &["h1", "h2", "h3", "h4", "h5", "h6"]),
            is(4, &["figcaption", "figure"]),
            f32::from(within.quote),
            f32::from(within.table),
            f32::from(within.article),
            within.least_label,
            within.sum_of_labels,
        ]
    }

    fn of_place(&self, place: usize) -> [f32; 9] {
        const FAR: usize = 10;
        let marks = &self.tree.marks;
        let (inside, up) = self.tree.way_to_main(self.page, place);
        let (first, last) = match marks[..] {
            [first, .., last] => (first, last),
            [only] => (only, only),
            [] => (0, self.page.segments.len().saturating_sub(1)),
        };
        let split = marks.partition_point(|&mark| mark < place);
        let from_last = split.checked_sub(1).map_or(FAR, |mark| place - marks[mark]).min(FAR);
        let here = marks.get(split) == Some(&place);
        let next = if here { split + 1 } else { split };
        let to_next = marks.get(next).map_or(FAR, |mark| mark - place).min(FAR);
        [
            f32::from(inside),
            if inside { count(up.min(6)) } else { -count(up.min(6)) },
            count(first.saturating_sub(place).min(FAR)),
            count(place.saturating_sub(last).min(FAR)),
            if here { 0.0 } else { count(from_last.min(to_next)) },
            count(from_last),
            count(to_next),
            ratio(place, last).min(1.5),
            self.heading.map_or(0.0, |heading| if place <= heading { 1.0 } else { -1.0 }),
        ]
    }

    fn of_ancestors(&self, place: usize) -> [f32; 9] {
        let mut around = [[0.0; 3]; 5];
        let mut blocks = self.tree.blocks(self.page, place);
        let mut last = [0.0; 3];
        for level in &mut around {
            last = blocks.next().map_or(last, |id| self.tree.inside[id]);
            *level = last;
        }
        let inside = |steps: usize| around[steps];
        let share = |steps: usize| inside(steps)[0] / count(self.tree.all_prose.max(1));
        let linked = |steps: usize| inside(steps)[2] / inside(steps)[1].max(1.0);
        [
            share(1),
            share(2),
            share(3),
            share(4),
            linked(1),
            linked(2),
            linked(3),
            inside(1)[1].ln_1p(),
            inside(2)[1].ln_1p(),
        ]
    }

    fn of_neighbours(&self, place: usize) -> [f32; 10] {
        const SEEN: usize = 6;
        let segments = &self.page.segments;
        let (before, after) = (place.checked_sub(1), Some(place + 1).filter(|&next| next < segments.len()));
        let words = |near: Option<usize>| near.map_or(0.0, |near| count(segments[near].words).ln_1p());
        let linked = |near: Option<usize>| near.map_or(1.0, |near| segments[near].linked);
        let taken = |near: Option<usize>| near.map_or(0.0, |near| self.taken[near]);
        let parent = |near: usize| self.tree.blocks(self.page, near).nth(1);
        let same = |near: Option<usize>| near.map_or(0.0, |near| f32::from(parent(near) == parent(place)));
        let most = |places: &[f32]| places.iter().copied().fold(0.0, f32::max);
        [
            words(before),
            words(after),
            linked(before),
            linked(after),
            taken(before),
            taken(after),
            same(before),
            same(after),
            most(&self.taken[place.saturating_sub(SEEN)..place]),
            most(&self.taken[place + 1..(place + 1 + SEEN).min(segments.len())]),
        ]
    }
}
