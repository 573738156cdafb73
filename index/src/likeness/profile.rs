//! What is known of one text: its words as digests, its sketch, its numbers.
//!
//! Sketches are kept in archives. Whoever changes what they are made of raises
//! `embedded/copies.rs`'s version, so that archives make theirs anew.

use crate::analysis::{Words, fold_word};
use crate::article::Article;
use crate::published::{PartialDate, days_since_1970};

/// Words of a run.
const RUN: usize = 5;
/// Values of a sketch.
pub const SKETCH: usize = 15;
/// Values of a band.
const BAND: usize = 3;

/// What is kept of an article to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// How many words the text has.
    pub words: u32,
    /// A digest of the text's folded words, in order.
    pub text: u64,
    /// A digest of the headline's folded words, in order; 0 without any.
    pub title: u64,
    /// The MinHash values of the text's runs of words.
    pub sketch: [u32; SKETCH],
}

impl Fingerprint {
    /// The most keys that an article has.
    pub const KEYS: usize = SKETCH / BAND + 1;

    /// What it is found by: articles of one key are compared. 40 bits each, so that a million
    /// articles hardly ever share one by chance.
    #[must_use]
    pub fn keys(&self) -> Vec<i64> {
        let key = |number: u64, values: &[u32]| {
            let hash = values.iter().fold(number, |hash, value| mixed(hash ^ u64::from(*value)));
            i64::try_from(hash >> 24).unwrap_or(i64::MAX)
        };
        let mut keys = Vec::new();
        if self.words >= super::SHORT {
            keys.extend((0..).zip(self.sketch.chunks(BAND)).map(|(number, band)| key(number, band)));
        }
        if self.words > 0 && self.title != 0 {
            keys.push(i64::try_from(mixed(self.title) >> 24).unwrap_or(i64::MAX));
        }
        keys
    }
}

/// An article as it is compared with others.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What is kept of it.
    pub fingerprint: Fingerprint,
    /// The digests of the headline's words, in order, each once.
    title_words: Vec<u64>,
    /// The digests of the headline's numbers, in order, each once.
    title_numbers: Vec<u64>,
    /// The digests of the text's numbers, in order, each once.
    text_numbers: Vec<u64>,
    /// The digests of the text's runs of words, in order, each once.
    runs: Vec<u64>,
    /// The first and last day on which it can have been published, from 1970.
    pub(crate) days: Option<(i64, i64)>,
}

impl Profile {
    /// The profile of an article.
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let published = article.published.as_ref().map(|published| &published.date);
        Self::new(&article.title, &article.text, published)
    }

    /// The profile of a text.
    #[must_use]
    pub fn new(title: &str, text: &str, published: Option<&PartialDate>) -> Self {
        let title = Digested::new(title);
        let text = Digested::new(text);
        let runs = distinct(text.runs().collect());
        let mut sketch = [u32::MAX; SKETCH];
        for run in &runs {
            for (value, multiplier) in sketch.iter_mut().zip(MULTIPLIERS) {
                *value = (*value).min((run.wrapping_mul(multiplier) >> 32) as u32);
            }
        }
        let fingerprint = Fingerprint {
            words: u32::try_from(text.words.len()).unwrap_or(u32::MAX),
            text: digest(&text.words),
            title: if title.words.is_empty() { 0 } else { digest(&title.words) },
            sketch,
        };
        let days =
            published.map(|date| (days_since_1970(date.first_day()), days_since_1970(date.last_day())));
        let title_words = distinct(title.words);
        let [title_numbers, text_numbers] = [title.numbers, text.numbers].map(distinct);
        Self { fingerprint, title_words, title_numbers, text_numbers, runs, days }
    }

    /// The share of runs that two texts have in common, 0 to 1.
    pub(super) fn resemblance(&self, other: &Self) -> f64 {
        let shared = shared(&self.runs, &other.runs);
        let all = self.runs.len() + other.runs.len() - shared;
        share(shared, all)
    }

    /// The share of the shorter text's runs that stand in the other, 0 to 1 (Broder's containment).
    pub(crate) fn containment(&self, other: &Self) -> f64 {
        share(shared(&self.runs, &other.runs), self.runs.len().min(other.runs.len()))
    }

    /// The share of the longer text's runs that stand in the other, 0 to 1.
    pub(crate) fn coverage(&self, other: &Self) -> f64 {
        share(shared(&self.runs, &other.runs), self.runs.len().max(other.runs.len()))
    }

    /// Whether both have a headline, and it is the same but for case, accents and signs.
    pub(crate) fn titles_agree(&self, other: &Self) -> bool {
        self.fingerprint.title != 0 && self.fingerprint.title == other.fingerprint.title
    }

    /// Whether both have a headline, and less than half of the shorter one's words are the other's.
    pub(crate) fn titles_are_strange(&self, other: &Self) -> bool {
        let shorter = self.title_words.len().min(other.title_words.len());
        shorter > 0 && shared(&self.title_words, &other.title_words) * 2 < shorter
    }

    /// Whether each headline has a number that the other lacks.
    pub(crate) fn titles_contradict(&self, other: &Self) -> bool {
        contradict(&self.title_numbers, &other.title_numbers)
    }

    /// Whether each text has a number that the other lacks.
    pub(crate) fn texts_contradict(&self, other: &Self) -> bool {
        contradict(&self.text_numbers, &other.text_numbers)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn distinct(mut digests: Vec<u64>) -> Vec<u64> {
    digests.sort_unstable();
    digests.dedup();
    digests
}

/// How many digests two have in common, each [`distinct`].
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut a, mut b, mut shared) = (a, b, 0);
    while let ([first, after @ ..], [other, after_other @ ..]) = (a, b) {
        let order = first.cmp(other);
        shared += usize::from(order.is_eq());
        a = if order.is_le() { after } else { a };
        b = if order.is_ge() { after_other } else { b };
    }
    shared
}

/// Whether each has a digest that the other lacks, both [`distinct`].
fn contradict(a: &[u64], b: &[u64]) -> bool {
    shared(a, b) < a.len().min(b.len())
}

/// A text as digests of its folded words, and those among them that are numbers.
#[derive(Clone, Debug)]
struct Digested {
    words: Vec<u64>,
    numbers: Vec<u64>,
}

impl Digested {
    fn new(text: &str) -> Self {
        let mut digested = Self { words: Vec::with_capacity(text.len() / 6), numbers: Vec::new() };
        let mut folded = String::new();
        // No word goes on behind a blank; and folding ASCII is making it lower case.
        for piece in text.split_ascii_whitespace() {
            if piece.is_ascii() {
                let words = piece.as_bytes().split(|byte| !byte.is_ascii_alphanumeric());
                words.for_each(|word| digested.push(word));
            } else {
                for word in Words::new(piece) {
                    fold_word(&piece[word.start..word.end], &mut folded);
                    digested.push(folded.as_bytes());
                }
            }
        }
        digested
    }

    /// Adds a word that is folded, but for the case of its ASCII letters.
    fn push(&mut self, word: &[u8]) {
        let Some(first) = word.first() else { return };
        let digest = hash(word.iter().map(u8::to_ascii_lowercase));
        self.words.push(digest);
        if first.is_ascii_digit() {
            self.numbers.push(digest);
        }
    }

    fn runs(&self) -> impl Iterator<Item = u64> {
        self.words.windows(RUN.min(self.words.len()).max(1)).map(digest)
    }
}

/// FNV-1a of 64 bits (Fowler, Noll and Vo).
fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// One number for words in their order.
fn digest(words: &[u64]) -> u64 {
    let all = words.iter().fold(GOLDEN, |all, word| (all ^ word).wrapping_mul(GOLDEN).rotate_left(29));
    mixed(all)
}

/// The golden ratio in 64 bits, odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finisher of SplitMix64 (Steele, Lea and Flood 2014): every bit of the answer hangs on every bit.
const fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// One odd multiplier a value: each orders the runs in another way (multiply-shift hashing).
const MULTIPLIERS: [u64; SKETCH] = {
    let mut multipliers = [0; SKETCH];
    let mut number = 0;
    while number < SKETCH {
        multipliers[number] = mixed(GOLDEN.wrapping_mul(number as u64 + 1)) | 1;
        number += 1;
    }
    multipliers
};

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(text: &str) -> Profile {
        Profile::new("", text, None)
    }

    #[test]
    fn numbers_contradict_where_each_text_has_one_of_its_own_however_often_and_in_whatever_order() {
        let contradict = |a: &str, b: &str| {
            let (a, b) = (profile(a), profile(b));
            assert_eq!(a.texts_contradict(&b), b.texts_contradict(&a));
            a.texts_contradict(&b)
        };
        assert!(contradict("9 dead, 30 hurt", "30 hurt, 8 dead"));
        assert!(!contradict("9 dead, 30 hurt, 9 missing, 9 found", "30 hurt and 9 dead"));
        assert!(!contradict("9 dead, 30 hurt", "9 dead"), "one says more");
        assert!(!contradict("9 dead", "nobody hurt"));
    }

    #[test]
    fn lists_of_a_hundred_thousand_numbers_are_compared_in_one_pass() {
        let list = |last: u32| (0..100_000).chain([last]).map(|n| format!("{n} ")).collect::<String>();
        let (a, b) = (profile(&list(200_001)), profile(&list(200_002)));
        assert!(a.texts_contradict(&b) && !a.texts_contradict(&a));
        assert!(a.resemblance(&b) > 0.999 && a.resemblance(&b) < 1.0);
    }
}
