//! What the words of a segment say, wherever it stands.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::edges::ends_sentence;
use super::features::{count, ratio};
use super::furniture::is_furniture_folded;
use super::learned::learned;
use super::lists::{RELATED_HEADINGS, lines, listed, opens_with};
use super::segments::{Segment, words_of};
use super::shingles::{of_form, of_word};
use super::text::{fold, squeeze};

/// What a word weighs as a part of a segment: above 0 it speaks for the article. By the hash of its
/// form; `ingest/data/learn-segments` learns them.
static WORD_WEIGHTS: LazyLock<HashMap<u64, f32>> = LazyLock::new(|| {
    let weight = |(_, line): (&str, &str)| {
        let (word, hundredths) = line.split_once(' ')?;
        Some((of_form(word), hundredths.parse::<f32>().ok()? / 100.0))
    };
    let file = learned("segment-words.txt", include_str!("../../data/segment-words.txt"));
    lines(file).filter_map(weight).collect()
});

/// What is known of a segment's words.
pub(super) struct Facts {
    /// Its words, as hashes.
    pub(super) words: Vec<u64>,
    /// Those of four bytes and more, each once.
    pub(super) long: Vec<u64>,
    pub(super) ends_sentence: bool,
    pub(super) furniture: bool,
    /// Whether it stands over other stories, or begins with what does.
    pub(super) heads_related: bool,
    pub(super) opens_related: bool,
    /// Commas and their like.
    pub(super) commas: usize,
    /// Its first character, and whether a question stands in it.
    pub(super) first: char,
    pub(super) asks: bool,
    /// How many sentences end in it; how many words begin with a digit.
    pub(super) sentences: usize,
    pub(super) numbers: usize,
    /// Whether marks stand in it that part the entries of menus.
    pub(super) bars: bool,
    /// Shares of its characters: digits, capitals.
    pub(super) digits: f32,
    pub(super) capitals: f32,
    /// Shares of its words: with a capital, short ones in small letters.
    pub(super) capitalised: f32,
    pub(super) short: f32,
    /// Letters a word.
    pub(super) word_length: f32,
    /// What its words weigh together.
    pub(super) weight: f32,
}

impl Facts {
    pub(super) fn of(segment: &Segment) -> Self {
        let text = segment.text.as_str();
        let folded = if text.len() <= FOLDED { fold(&squeeze(text)) } else { String::new() };
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        let mut facts = Self {
            words: Vec::new(),
            long: Vec::new(),
            ends_sentence: ends_sentence(text),
            furniture: text.len() <= FOLDED && is_furniture_folded(&folded),
            heads_related: segment.words <= 8 && listed(&RELATED_HEADINGS, bare),
            opens_related: opens_with(&RELATED_HEADINGS, bare).is_some(),
            commas: 0,
            first: text.chars().next().unwrap_or(' '),
            asks: false,
            sentences: 0,
            numbers: 0,
            bars: false,
            digits: 0.0,
            capitals: 0.0,
            capitalised: 0.0,
            short: 0.0,
            word_length: 0.0,
            weight: 0.0,
        };
        facts.count_characters(text);
        facts.count_words(text);
        facts
    }

    fn count_characters(&mut self, text: &str) {
        let (mut all, mut digits, mut capitals) = (0, 0, 0);
        let mut may_end = false;
        for c in text.chars().chain([' ']) {
            self.sentences += usize::from(may_end && (c.is_whitespace() || "\"”»“)".contains(c)));
            may_end = matches!(c, '.' | '!' | '?' | '。' | '।' | '؟');
            self.asks |= matches!(c, '?' | '؟');
            all += 1;
            digits += usize::from(c.is_numeric());
            capitals += usize::from(c.is_uppercase());
            self.commas += usize::from(matches!(c, ',' | '،' | '、' | '，' | ';'));
            self.bars |= matches!(c, '|' | '·' | '›' | '•' | '»');
        }
        self.digits = ratio(digits, all);
        self.capitals = ratio(capitals, all);
    }

    fn count_words(&mut self, text: &str) {
        /// The words of longer segments say little that their length does not.
        const WEIGHED: usize = 400;
        let (mut letters, mut capitalised, mut short) = (0, 0, 0);
        let mut forms = Vec::new();
        for word in words_of(text) {
            let length = word.chars().count();
            letters += length;
            self.numbers += usize::from(word.starts_with(char::is_numeric));
            capitalised += usize::from(word.starts_with(char::is_uppercase));
            short += usize::from(length <= 3 && word.starts_with(char::is_lowercase));
            let hash = of_word(word);
            self.words.push(hash);
            if word.len() >= 4 {
                self.long.push(hash);
            }
            forms.push(if word.contains(char::is_numeric) { of_form(word) } else { hash });
        }
        self.long.sort_unstable();
        self.long.dedup();
        forms.sort_unstable();
        forms.dedup();
        let all = self.words.len();
        if all <= WEIGHED {
            self.weight = forms.iter().filter_map(|form| WORD_WEIGHTS.get(form)).sum();
        }
        self.capitalised = ratio(capitalised, all);
        self.short = ratio(short, all);
        self.word_length = count(letters) / count(all.max(1));
    }
}

/// Longer texts are no furniture, and head nothing.
const FOLDED: usize = 400;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn facts(text: &str) -> Facts {
        let html = scraper::Html::parse_document(&format!("<p>{text}</p>"));
        let page = super::super::segments::Segments::of(&html, &HashSet::new());
        Facts::of(&page.segments[0])
    }

    #[test]
    fn sentences_are_counted_and_figures_are_not_their_ends() {
        let found = facts("It rose by 3.5 per cent. “Why?” he asked. Nobody knew.");
        assert_eq!((found.sentences, found.numbers), (4, 2));
        assert!(found.asks && found.ends_sentence && !found.furniture);
    }

    #[test]
    fn a_line_over_other_stories_is_known() {
        assert!(facts("Related stories").heads_related);
        assert!(!facts("The stories that were related to the court took two days.").heads_related);
    }
}
