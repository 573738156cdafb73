//! What speaks for and against a segment of a page being part of its article, as numbers. The
//! forest of `ingest/data/segments.txt` weighs them.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use super::edges::ends_sentence;
use super::furniture::is_furniture;
use super::lists::lines;
use super::segments::{Segment, Segments, words_of};

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

/// Runs of words of a text, as hashes: how much of one text stands in another.
pub(super) struct Shingles {
    length: usize,
    runs: HashSet<u64>,
}

impl Shingles {
    /// The runs of `length` words of some texts; a shorter text is one run.
    pub(super) fn of<'a>(texts: impl IntoIterator<Item = &'a str>, length: usize) -> Self {
        let mut runs = HashSet::new();
        for text in texts {
            runs.extend(runs_of(text, length));
        }
        Self { length, runs }
    }

    /// The share of a text's runs that stand here: 0 to 1.
    pub(super) fn share(&self, text: &str) -> f32 {
        let (mut all, mut here) = (0, 0);
        for run in runs_of(text, self.length) {
            all += 1;
            here += usize::from(self.runs.contains(&run));
        }
        ratio(here, all)
    }
}

fn runs_of(text: &str, length: usize) -> Vec<u64> {
    let words: Vec<u64> = words_of(text).map(|word| hash(&word.to_lowercase())).collect();
    if words.len() < length {
        return if words.is_empty() { Vec::new() } else { vec![hash(&words)] };
    }
    words.windows(length).map(hash).collect()
}

fn hash<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and segments of one page")]
fn ratio(part: usize, whole: usize) -> f32 {
    if whole == 0 { 0.0 } else { part as f32 / whole as f32 }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words and segments of one page")]
fn count(number: usize) -> f32 {
    number as f32
}

/// Words of class names and ids that say what an element holds: tenths of log-odds, the more
/// negative the less the article's.
static CLASS_WORDS: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
    lines(include_str!("../../data/lists/class-words.txt"))
        .filter_map(|(_, line)| {
            let (word, tenths) = line.split_once(' ')?;
            Some((word, tenths.parse::<f32>().ok()? / 10.0))
        })
        .collect()
});

/// The words of class names: apart by hyphens, digits and changes of case.
pub(super) fn class_words(labels: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in labels.chars() {
        if !c.is_ascii_alphabetic()
            || (c.is_ascii_uppercase() && word.ends_with(|l: char| l.is_ascii_lowercase()))
        {
            words.push(std::mem::take(&mut word));
        }
        if c.is_ascii_alphabetic() {
            word.push(c);
        }
    }
    words.push(word);
    words.retain(|word| word.len() > 1);
    words.iter_mut().for_each(|word| word.make_ascii_lowercase());
    words
}

/// The least and the sum of what an element's names say against it.
fn label_scores(name: &str, labels: &str) -> (f32, f32) {
    let mut words: Vec<String> = class_words(labels);
    words.push(format!("<{name}>"));
    words.sort_unstable();
    words.dedup();
    let scores = words.iter().filter_map(|word| CLASS_WORDS.get(word.as_str()));
    scores.fold((0.0, 0.0), |(least, sum), score| {
        (score.min(least), if *score < -1.0 { sum + score } else { sum })
    })
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
    /// Block elements around each segment, innermost first.
    chains: Vec<Vec<usize>>,
    /// Of each element: words of prose, words, words in links.
    inside: Vec<[f32; 3]>,
    /// The element that holds most of the prose most closely.
    main: usize,
    all_words: usize,
    all_prose: usize,
    /// Segments of prose in the main element.
    marks: Vec<usize>,
    taken: Vec<f32>,
    labels: Vec<(f32, f32)>,
    texts: HashMap<u64, usize>,
    heading: Option<usize>,
}

/// The values of each segment of a page, in the order of [`NAMES`].
pub(super) fn of_page(page: &Segments, hints: &Hints<'_>) -> Vec<[f32; COUNT]> {
    let whole = Whole::of(page, hints);
    (0..page.segments.len()).map(|place| whole.values(place)).collect()
}

fn is_prose(segment: &Segment) -> bool {
    const FEWEST: usize = 12;
    const MANY: usize = 25;
    segment.words >= FEWEST
        && segment.linked < 0.35
        && (segment.words >= MANY || ends_sentence(&segment.text))
}

impl<'a> Whole<'a> {
    fn of(page: &'a Segments, hints: &'a Hints<'a>) -> Self {
        let segments = &page.segments;
        let prose: Vec<usize> =
            segments.iter().map(|segment| if is_prose(segment) { segment.words } else { 0 }).collect();
        let chains: Vec<Vec<usize>> = segments
            .iter()
            .map(|segment| page.chain(segment.element).filter(|&id| page.elements[id].block).collect())
            .collect();
        let mut inside = vec![[0.0; 3]; page.elements.len()];
        let mut closeness = vec![0.0_f32; page.elements.len()];
        for ((segment, chain), &words) in segments.iter().zip(&chains).zip(&prose) {
            let mut weight = count(words);
            for (steps, &id) in chain.iter().enumerate() {
                inside[id][0] += count(words);
                inside[id][1] += count(segment.words);
                inside[id][2] += count(segment.words) * segment.linked;
                weight *= if steps > 2 { 0.75 } else { 1.0 };
                closeness[id] += weight;
            }
        }
        let main = (0..closeness.len()).max_by(|&a, &b| closeness[a].total_cmp(&closeness[b])).unwrap_or(0);
        let marks: Vec<usize> =
            (0..segments.len()).filter(|&place| prose[place] > 0 && chains[place].contains(&main)).collect();
        let mut texts = HashMap::new();
        for segment in segments {
            *texts.entry(hash(&segment.text)).or_default() += 1;
        }
        let before = marks.first().map_or(segments.len(), |first| first + 4);
        let heading = (0..segments.len().min(before))
            .rfind(|&place| chains[place].iter().take(2).any(|&id| &*page.elements[id].name == "h1"));
        Self {
            page,
            hints,
            taken: segments.iter().map(|segment| hints.taken.share(&segment.text)).collect(),
            labels: page
                .elements
                .iter()
                .map(|element| label_scores(&element.name, &element.labels))
                .collect(),
            all_words: segments.iter().map(|segment| segment.words).sum(),
            all_prose: prose.iter().sum(),
            chains,
            inside,
            main,
            marks,
            texts,
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
            .chain([count(self.all_words).ln_1p(), ratio(self.all_prose, self.all_words)]);
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
        let title: HashSet<String> = words_of(self.hints.title).map(str::to_lowercase).collect();
        let words: HashSet<String> = words_of(text).map(str::to_lowercase).collect();
        let shared = words.iter().filter(|word| title.contains(*word)).count();
        [
            self.taken[place],
            self.hints.linked.map_or(0.5, |linked| linked.share(text)),
            self.hints.described.share(text),
            ratio(shared, words.len()),
            f32::from(!title.is_empty() && words == title),
            count(self.texts.get(&hash(text)).map_or(0, |times| times - 1).min(3)),
        ]
    }

    fn of_element(&self, place: usize) -> [f32; 9] {
        let names =
            |steps: usize| self.chains[place].iter().take(steps).map(|&id| &*self.page.elements[id].name);
        let is = |steps: usize, wanted: &[&str]| f32::from(names(steps).any(|name| wanted.contains(&name)));
        // Labels of the elements that hold most of the page's prose say nothing about a segment.
        let most = 0.6 * count(self.all_prose);
        let near = self
            .page
            .chain(self.page.segments[place].element)
            .filter(|&id| self.inside[id][0] <= most || most == 0.0);
        let (least, sum) = near
            .map(|id| self.labels[id])
            .fold((0.0_f32, 0.0), |(least, sum), (low, part)| (least.min(low), sum + part));
        [
            is(1, &["p"]),
            is(1, &["li", "dd", "dt"]),
            is(1, &["h1", "h2", "h3", "h4", "h5", "h6"]),
            is(4, &["figcaption", "figure"]),
            is(usize::MAX, &["blockquote"]),
            is(usize::MAX, &["table"]),
            is(usize::MAX, &["article", "main"]),
            least,
            sum,
        ]
    }

    fn of_place(&self, place: usize) -> [f32; 9] {
        const FAR: usize = 10;
        let chain = &self.chains[place];
        let up = chain.iter().position(|&id| id == self.main);
        // From the main element up to the first that holds the segment, too.
        let apart = if up.is_some() {
            0
        } else {
            self.page.chain(self.main).take_while(|id| !chain.contains(id)).count()
        };
        let (first, last) = match self.marks[..] {
            [first, .., last] => (first, last),
            [only] => (only, only),
            [] => (0, self.page.segments.len().saturating_sub(1)),
        };
        let split = self.marks.partition_point(|&mark| mark < place);
        let from_last = split.checked_sub(1).map_or(FAR, |mark| place - self.marks[mark]).min(FAR);
        let here = self.marks.get(split) == Some(&place);
        let next = if here { split + 1 } else { split };
        let to_next = self.marks.get(next).map_or(FAR, |mark| mark - place).min(FAR);
        [
            up.map_or(0.0, |_| 1.0),
            up.map_or(-count(apart.min(6)), |steps| count(steps.min(6))),
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
        let chain = &self.chains[place];
        let inside = |steps: usize| chain.get(steps).or(chain.last()).map_or([0.0; 3], |&id| self.inside[id]);
        let share = |steps: usize| inside(steps)[0] / count(self.all_prose.max(1));
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
        let segments = &self.page.segments;
        let (before, after) = (place.checked_sub(1), Some(place + 1).filter(|&next| next < segments.len()));
        let words = |near: Option<usize>| near.map_or(0.0, |near| count(segments[near].words).ln_1p());
        let linked = |near: Option<usize>| near.map_or(1.0, |near| segments[near].linked);
        let taken = |near: Option<usize>| near.map_or(0.0, |near| self.taken[near]);
        let parent = |near: usize| self.chains[near].get(1);
        let same = |near: Option<usize>| near.map_or(0.0, |near| f32::from(parent(near) == parent(place)));
        let most = |places: &[f32]| places.iter().copied().fold(0.0, f32::max);
        const SEEN: usize = 6;
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
