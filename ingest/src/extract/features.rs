//! What speaks for and against a segment of a page being part of its article, as numbers. The
//! forest of `ingest/data/segments.txt` weighs them.

use std::collections::{HashMap, HashSet};

use dateline_index::article::BlockKind;

use super::facts::Facts;
use super::segments::{Segments, words_of};
use super::shingles::{Shingles, of_word};
use super::tree::Tree;

/// What else a page says about its article.
pub(super) struct Hints<'a> {
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

/// The values of a segment, in the order of [`NAMES`].
pub(super) type Values = [f32; COUNT];

/// The names of the values, in their order.
pub(super) const NAMES: &[&str] = &[
    // Of the text.
    "words",
    "ends-sentence",
    "commas",
    "linked",
    "links",
    "bold",
    "digits",
    "capitals",
    "furniture",
    "word-length",
    "bars",
    "capitalised",
    "short-words",
    "opens-related",
    "word-weight",
    "italic",
    "starts-lower",
    "starts-digit",
    "starts-mark",
    "questions",
    "ends-colon",
    "sentences",
    "numbers",
    // Of what else is known.
    "in-json-ld",
    "described",
    "title-words",
    "is-title",
    "repeated",
    "shared-words",
    // Of its element and what surrounds it.
    "paragraph",
    "list",
    "heading",
    "caption",
    "quote",
    "table",
    "in-article",
    "hidden",
    "apart",
    "depth",
    "least-label",
    "sum-of-labels",
    "most-label",
    "label-weight",
    // Of its place.
    "in-main",
    "up-to-main",
    "before-first",
    "after-last",
    "to-nearest",
    "place",
    "before-heading",
    "since-heading",
    "prose-since-heading",
    "prose-before",
    "prose-near",
    "since-related",
    "from-last",
    "to-next",
    "index",
    "prose-close",
    // Of the elements around it.
    "linked-0",
    "linked-2",
    "linked-3",
    "share-4",
    "linked-1",
    "share-0",
    "share-1",
    "share-2",
    "share-3",
    "words-0",
    "words-1",
    "words-2",
    // Of the segments that lie in elements of the same names.
    "alike-0",
    "alike-words-0",
    "alike-linked-0",
    "alike-prose-0",
    "alike-sentences-0",
    "alike-words-1",
    "alike-prose-1",
    "alike-sentences-1",
    "alike-1",
    "alike-linked-1",
    // Of its neighbours.
    "words-before",
    "words-after",
    "linked-before",
    "linked-after",
    "linked-near",
    "words-before-2",
    "words-after-2",
    "linked-before-2",
    "linked-after-2",
    "sentence-before",
    "sentence-after",
    "furniture-before",
    "furniture-after",
    "heading-before",
    "heading-after",
    "capitals-before",
    "capitals-after",
    "same-parent-before",
    "same-parent-after",
    "links-near",
    // Of the page.
    "page-words",
    "page-prose",
    "page-segments",
    "page-linked",
];

/// What is known of a page as a whole, for the values of its segments.
struct Whole<'a> {
    page: &'a Segments<'a>,
    hints: &'a Hints<'a>,
    tree: &'a Tree,
    facts: Vec<Facts>,
    all_words: usize,
    all_linked: f32,
    /// How often each text stands on the page.
    texts: HashMap<&'a str, usize>,
    title: HashSet<u64>,
    heading: Option<usize>,
    /// Words of prose before each segment.
    prose_before: Vec<usize>,
    /// In how many segments of prose each long word stands.
    prose_words: HashMap<u64, u32>,
    /// Segments since one that stands over other stories.
    since_related: Vec<usize>,
}

/// The values of each segment of a page.
pub(super) fn of_page(page: &Segments<'_>, tree: &Tree, hints: &Hints<'_>) -> Vec<Values> {
    let whole = Whole::of(page, tree, hints);
    (0..page.segments.len()).map(|place| whole.values(place)).collect()
}

/// Beyond so many segments, one is far away.
const FAR: usize = 10;

impl<'a> Whole<'a> {
    fn of(page: &'a Segments<'a>, tree: &'a Tree, hints: &'a Hints<'a>) -> Self {
        let segments = &page.segments;
        let facts: Vec<Facts> = segments.iter().map(Facts::of).collect();
        let mut texts = HashMap::new();
        for segment in segments {
            *texts.entry(segment.text.as_str()).or_default() += 1;
        }
        let mut prose_words = HashMap::new();
        let prose = facts.iter().zip(&tree.prose).filter(|(_, prose)| **prose > 0);
        for word in prose.flat_map(|(facts, _)| &facts.long) {
            *prose_words.entry(*word).or_default() += 1;
        }
        let before = tree.marks.first().map_or(segments.len(), |first| first + 4);
        let heading = (0..segments.len().min(before))
            .rfind(|&place| tree.blocks(page, place).take(2).any(|id| page.elements[id].name == "h1"));
        Self {
            page,
            hints,
            all_words: segments.iter().map(|segment| segment.words).sum(),
            all_linked: segments.iter().map(|segment| count(segment.words) * segment.linked).sum(),
            texts,
            title: words_of(hints.title).map(of_word).collect(),
            heading,
            prose_before: sums_before(&tree.prose),
            prose_words,
            since_related: since(facts.iter().map(|facts| facts.heads_related)),
            facts,
            tree,
        }
    }

    fn values(&self, place: usize) -> Values {
        let mut values = [0.0; COUNT];
        let parts = self
            .of_text(place)
            .into_iter()
            .chain(self.of_hints(place))
            .chain(self.of_element(place))
            .chain(self.of_place(place))
            .chain(self.of_ancestors(place))
            .chain(self.of_alike(place))
            .chain(self.of_neighbours(place))
            .chain(self.of_page());
        for (value, part) in values.iter_mut().zip(parts) {
            *value = part;
        }
        values
    }

    fn of_text(&self, place: usize) -> [f32; 23] {
        let (segment, facts) = (&self.page.segments[place], &self.facts[place]);
        [
            count(segment.words).ln_1p(),
            f32::from(facts.ends_sentence),
            count(facts.commas.min(3)),
            segment.linked,
            count(segment.links.min(5)),
            segment.bold,
            facts.digits,
            facts.capitals,
            f32::from(facts.furniture),
            facts.word_length,
            f32::from(facts.bars),
            facts.capitalised,
            facts.short,
            f32::from(facts.opens_related),
            facts.weight,
            segment.italic,
            f32::from(facts.first.is_lowercase()),
            f32::from(facts.first.is_numeric()),
            f32::from(!facts.first.is_alphanumeric()),
            f32::from(facts.asks),
            f32::from(segment.text.ends_with(':')),
            count(facts.sentences.min(8)),
            count(facts.numbers.min(6)),
        ]
    }

    fn of_hints(&self, place: usize) -> [f32; 6] {
        let facts = &self.facts[place];
        let words: HashSet<u64> = facts.words.iter().copied().collect();
        let in_title = words.iter().filter(|word| self.title.contains(word)).count();
        // Its own words don't count.
        let own = u32::from(self.tree.prose[place] > 0);
        let elsewhere = |word: &&u64| self.prose_words.get(word).is_some_and(|times| *times > own);
        let shared = facts.long.iter().filter(elsewhere).count();
        let times = self.texts.get(self.page.segments[place].text.as_str());
        [
            self.hints.linked.map_or(0.5, |linked| linked.share(&facts.words)),
            self.hints.described.share(&facts.words),
            ratio(in_title, words.len()),
            f32::from(!words.is_empty() && words == self.title),
            count(times.map_or(0, |times| times - 1).min(3)),
            ratio(shared, facts.long.len()),
        ]
    }

    fn of_element(&self, place: usize) -> [f32; 14] {
        let segment = &self.page.segments[place];
        let element = &self.page.elements[segment.element];
        let is = |steps: usize, wanted: &[&str]| {
            let mut names = self.tree.blocks(self.page, place).take(steps);
            f32::from(names.any(|id| wanted.contains(&self.page.elements[id].name)))
        };
        let within = self.tree.within[segment.element];
        [
            is(1, &["p"]),
            is(1, &["li", "dd", "dt"]),
            is(1, &["h1", "h2", "h3", "h4", "h5", "h6"]),
            is(4, &["figcaption", "figure"]).max(f32::from(segment.kind == BlockKind::Caption)),
            f32::from(within.quote),
            f32::from(within.table),
            f32::from(within.article),
            f32::from(element.hidden),
            f32::from(element.apart),
            count(within.depth),
            within.label.least,
            within.label.sum,
            within.label.most,
            within.weight(),
        ]
    }

    fn of_place(&self, place: usize) -> [f32; 16] {
        let marks = &self.tree.marks;
        let (inside, up) = self.tree.way_to_main(self.page, place);
        let (first, last) = match marks[..] {
            [first, .., last] => (first, last),
            [only] => (only, only),
            [] => (0, self.page.segments.len().saturating_sub(1)),
        };
        let heading = self.heading.unwrap_or(0);
        let since_heading = if place >= heading {
            count((place - heading).min(100))
        } else {
            -count((heading - place).min(20))
        };
        let prose_since = self.prose_before[place].saturating_sub(self.prose_before[heading]);
        let (from_last, to_next) = self.to_marks(place);
        let near = |far: usize| {
            let near = self.near(place, far).filter(|&near| near != place);
            count(near.map(|near| self.tree.prose[near]).sum()).ln_1p()
        };
        [
            f32::from(inside),
            if inside { count(up.min(6)) } else { -count(up.min(6)) },
            count(first.saturating_sub(place).min(FAR)),
            count(place.saturating_sub(last).min(FAR)),
            if marks.binary_search(&place).is_ok() { 0.0 } else { count(from_last.min(to_next)) },
            ratio(place, last).min(1.5),
            self.heading.map_or(0.0, |heading| if place <= heading { 1.0 } else { -1.0 }),
            since_heading,
            count(prose_since).ln_1p(),
            count(self.prose_before[place]) / count(self.tree.all_prose.max(1)),
            near(5),
            count(self.since_related[place]),
            count(from_last),
            count(to_next),
            ratio(place, self.page.segments.len()),
            near(2),
        ]
    }

    /// How far the main element's prose before and after a segment is.
    fn to_marks(&self, place: usize) -> (usize, usize) {
        let marks = &self.tree.marks;
        let split = marks.partition_point(|&mark| mark < place);
        let before = split.checked_sub(1).map_or(FAR, |mark| place - marks[mark]);
        let next = split + usize::from(marks.get(split) == Some(&place));
        let after = marks.get(next).map_or(FAR, |mark| mark - place);
        (before.min(FAR), after.min(FAR))
    }

    fn of_ancestors(&self, place: usize) -> [f32; 12] {
        let mut around = [[0.0; 3]; 5];
        let mut blocks = self.tree.blocks(self.page, place);
        let mut last = [0.0; 3];
        for level in &mut around {
            last = blocks.next().map_or(last, |id| self.tree.inside[id]);
            *level = last;
        }
        let linked = |[_, words, linked]: [f32; 3]| linked / words.max(1.0);
        let share = |[prose, ..]: [f32; 3]| prose / count(self.tree.all_prose.max(1));
        let words = |[_, words, _]: [f32; 3]| words.ln_1p();
        let [own, one, two, three, four] = around;
        let linked = [linked(own), linked(two), linked(three), share(four), linked(one)];
        let shares = [share(own), share(one), share(two), share(three), words(own), words(one), words(two)];
        let mut values = [0.0; 12];
        values[..5].copy_from_slice(&linked);
        values[5..].copy_from_slice(&shares);
        values
    }

    fn of_alike(&self, place: usize) -> [f32; 10] {
        let [own, up] = [0, 1].map(|level| self.tree.alike(self.page, place, level));
        let prose = count(self.tree.all_prose.max(1));
        let each = |sum: f32, segments: f32| sum / segments.max(1.0);
        [
            own.segments.ln_1p(),
            each(own.words, own.segments).ln_1p(),
            own.linked / own.words.max(1.0),
            own.prose / prose,
            each(own.sentences, own.segments),
            each(up.words, up.segments).ln_1p(),
            up.prose / prose,
            each(up.sentences, up.segments),
            up.segments.ln_1p(),
            up.linked / up.words.max(1.0),
        ]
    }

    fn of_neighbours(&self, place: usize) -> [f32; 20] {
        let segments = &self.page.segments;
        let at = |by: isize| place.checked_add_signed(by).filter(|&at| at < segments.len());
        let words = |by: isize| at(by).map_or(0.0, |at| count(segments[at].words).ln_1p());
        let linked = |by: isize| at(by).map_or(1.0, |at| segments[at].linked);
        let is = |by: isize, what: &dyn Fn(&Facts) -> bool| {
            f32::from(at(by).is_some_and(|at| what(&self.facts[at])))
        };
        let heads = |by: isize| f32::from(at(by).is_some_and(|at| segments[at].kind == BlockKind::Heading));
        let capitals = |by: isize| at(by).map_or(0.0, |at| self.facts[at].capitals);
        let parent = |at: usize| self.tree.blocks(self.page, at).nth(1);
        let same = |by: isize| f32::from(at(by).is_some_and(|at| parent(at) == parent(place)));
        let sum = self.near(place, 3).map(|near| &segments[near]).fold([0.0, 0.0], |sum, near| {
            [sum[0] + near.linked * count(near.words), sum[1] + count(near.words)]
        });
        let links = self.near(place, 4).filter(|&near| segments[near].linked > 0.8).count();
        [
            words(-1),
            words(1),
            linked(-1),
            linked(1),
            sum[0] / sum[1].max(1.0),
            words(-2),
            words(2),
            linked(-2),
            linked(2),
            is(-1, &|facts| facts.ends_sentence),
            is(1, &|facts| facts.ends_sentence),
            is(-1, &|facts| facts.furniture),
            is(1, &|facts| facts.furniture),
            heads(-1),
            heads(1),
            capitals(-1),
            capitals(1),
            same(-1),
            same(1),
            count(links),
        ]
    }

    fn of_page(&self) -> [f32; 4] {
        [
            count(self.all_words).ln_1p(),
            ratio(self.tree.all_prose, self.all_words),
            count(self.page.segments.len()).ln_1p(),
            self.all_linked / count(self.all_words.max(1)),
        ]
    }

    /// The segments no further from one than so many.
    fn near(&self, place: usize, far: usize) -> std::ops::Range<usize> {
        place.saturating_sub(far)..(place + far + 1).min(self.page.segments.len())
    }
}

/// The sum of what stands before each place.
fn sums_before(numbers: &[usize]) -> Vec<usize> {
    let add = |sum: &mut usize, number: &usize| {
        let before = *sum;
        *sum += number;
        Some(before)
    };
    numbers.iter().scan(0, add).collect()
}

/// How many places ago one was marked.
fn since(marked: impl Iterator<Item = bool>) -> Vec<usize> {
    const LONG: usize = 20;
    let mut places = LONG;
    let step = |is_marked: bool| {
        places = if is_marked { 0 } else { (places + 1).min(LONG) };
        places
    };
    marked.map(step).collect()
}
