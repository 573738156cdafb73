//! Where a query matches in a text, and the passages worth showing: for every backend, on the
//! analysed text and the query's tree.
//!
//! A range is given for what truly matched: a phrase as one, a word by its family, a prefix by the
//! whole word. What stands under a NOT, or in a field not asked, is never marked.

mod sentences;

use std::ops::Range;

use crate::actor::Field;
use crate::analysis::{self, Analyzed};
use crate::article::Article;
use crate::language::Language;
use crate::query::{Query, Words};
use crate::search::Passage;

/// The most passages of the text that one hit shows.
pub const PASSAGES: usize = 3;
/// A passage is as many whole sentences as fit in these bytes; one longer sentence is cut at words.
pub const PASSAGE_LENGTH: usize = 320;

/// Finds the matches of one query.
#[derive(Debug)]
pub struct Highlighter {
    leaves: Vec<Matcher>,
}

#[derive(Debug)]
struct Matcher {
    field: Option<Field>,
    pattern: Pattern,
}

#[derive(Debug)]
enum Pattern {
    Family(Vec<String>),
    Phrase(Vec<String>),
    Prefix(String),
}

/// A match and the leaf that it belongs to.
struct Match {
    range: Range<usize>,
    leaf: usize,
}

impl Highlighter {
    /// What a query looks for, in an archive of these languages.
    #[must_use]
    pub fn new(query: &Query, languages: &[Language]) -> Self {
        let mut leaves = Vec::new();
        query.positive_leaves(&mut |leaf| {
            let pattern = match &leaf.words {
                Words::Word(word) => Pattern::Family(analysis::word_family(word, languages)),
                Words::Phrase(words) => {
                    Pattern::Phrase(words.iter().map(|word| analysis::folded_word(word)).collect())
                }
                Words::Prefix(start) => Pattern::Prefix(analysis::folded_word(start)),
            };
            leaves.push(Matcher { field: leaf.field, pattern });
        });
        Self { leaves }
    }

    /// The matches in one field, in order and not overlapping.
    #[must_use]
    pub fn ranges(&self, field: Field, text: &str, language: Option<Language>) -> Vec<Range<usize>> {
        merged(self.matches(field, text, language).into_iter().map(|found| found.range).collect())
    }

    /// What to show of an article: headline and standfirst where they match, then the best passages
    /// of the text in reading order; the text's beginning where none of it matches.
    #[must_use]
    pub fn passages(&self, article: &Article) -> Vec<Passage> {
        let mut passages = Vec::new();
        let short = [(Field::Title, Some(&article.title)), (Field::Standfirst, article.standfirst.as_ref())];
        for (field, text) in short {
            let Some(text) = text else { continue };
            let ranges = self.ranges(field, text, article.language);
            if !ranges.is_empty() {
                passages.push(passage(field, text, 0..text.len(), &ranges));
            }
        }
        passages.extend(self.text_passages(&article.text, article.language));
        passages
    }

    fn text_passages(&self, text: &str, language: Option<Language>) -> Vec<Passage> {
        let matches = self.matches(Field::Text, text, language);
        let ranges = merged(matches.iter().map(|found| found.range.clone()).collect());
        let windows = if matches.is_empty() {
            sentences::first_window(text, PASSAGE_LENGTH).into_iter().collect()
        } else {
            best_windows(text, &matches)
        };
        windows.into_iter().map(|window| passage(Field::Text, text, window, &ranges)).collect()
    }

    fn matches(&self, field: Field, text: &str, language: Option<Language>) -> Vec<Match> {
        let asked: Vec<_> = self
            .leaves
            .iter()
            .enumerate()
            .filter(|(_, leaf)| leaf.field.is_none_or(|f| f == field))
            .collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let words = analysis::analyze(text, language);
        let mut matches = Vec::new();
        for at in 0..words.len() {
            for (leaf, matcher) in &asked {
                if let Some(length) = matcher.pattern.matches_at(&words[at..]) {
                    let range = words[at].word.start..words[at + length - 1].word.end;
                    matches.push(Match { range, leaf: *leaf });
                }
            }
        }
        matches
    }
}

impl Pattern {
    /// How many words match from the first on.
    fn matches_at(&self, words: &[Analyzed]) -> Option<usize> {
        let first = words.first()?;
        match self {
            Self::Family(family) => first.is_of(family).then_some(1),
            Self::Prefix(start) => first.folded.starts_with(start.as_str()).then_some(1),
            Self::Phrase(phrase) => {
                let same =
                    words.len() >= phrase.len() && phrase.iter().zip(words).all(|(p, w)| *p == w.folded);
                same.then_some(phrase.len())
            }
        }
    }
}

/// The sentence around each place of a text, at most so many bytes of it. Places are in order of their
/// starts and lie on letters' boundaries.
pub(crate) fn sentences_around(text: &str, length: usize, places: &[Range<usize>]) -> Vec<Range<usize>> {
    sentences::around(text, length, places)
}

/// The windows with the most different leaves, then the most matches; shown in reading order. Matches
/// and windows are both in the order of the text, so one walk counts what lies in each.
fn best_windows(text: &str, matches: &[Match]) -> Vec<Range<usize>> {
    let mut windows: Vec<(Range<usize>, usize, usize)> = Vec::new();
    let mut next = 0;
    for window in sentences::windows(text, PASSAGE_LENGTH, matches.iter().map(|found| found.range.clone())) {
        while matches.get(next).is_some_and(|found| found.range.start < window.start) {
            next += 1;
        }
        let behind = matches[next..].iter().take_while(|found| found.range.start < window.end);
        let inside = behind.filter(|found| found.range.end <= window.end);
        let mut leaves: Vec<usize> = inside.map(|found| found.leaf).collect();
        let count = leaves.len();
        leaves.sort_unstable();
        leaves.dedup();
        windows.push((window, leaves.len(), count));
    }
    windows.sort_by(|a, b| (b.1, b.2, a.0.start).cmp(&(a.1, a.2, b.0.start)));
    windows.truncate(PASSAGES);
    let mut best: Vec<_> = windows.into_iter().map(|(window, _, _)| window).collect();
    best.sort_by_key(|window| window.start);
    best
}

/// Sorted, with what touches or overlaps made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

fn passage(field: Field, text: &str, window: Range<usize>, ranges: &[Range<usize>]) -> Passage {
    let inside = ranges.iter().filter(|range| window.start <= range.start && range.end <= window.end);
    let ranges = inside.map(|range| (range.start - window.start, range.end - window.start)).collect();
    Passage { field, start: window.start, text: text[window].to_owned(), ranges }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::article::ArticleId;
    use crate::query::parse::parse;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let highlighter = Highlighter::new(&parse(query).0, &[Language::ENGLISH]);
        let ranges = highlighter.ranges(Field::Text, text, Some(Language::ENGLISH));
        ranges.into_iter().map(|range| text[range].to_owned()).collect()
    }

    fn article(text: &str) -> Article {
        Article {
            title: "A headline".into(),
            language: Some(Language::ENGLISH),
            text: text.into(),
            ..Article::empty(ArticleId::new("a").unwrap())
        }
    }

    fn shown(query: &str, text: &str) -> Vec<Passage> {
        Highlighter::new(&parse(query).0, &[Language::ENGLISH]).passages(&article(text))
    }

    #[test]
    fn what_matched_is_marked_and_nothing_else() {
        let text = "Attacks on Kerman: the Islamic State attacked, an Islamic scholar said. Iran’s state.";
        assert_eq!(marked("attack", text), ["Attacks", "attacked"]);
        assert_eq!(marked("\"islamic state\"", text), ["Islamic State"]);
        assert_eq!(marked("isl*", text), ["Islamic", "Islamic"]);
        assert_eq!(marked("\"attack\"", text), Vec::<String>::new());
        assert_eq!(marked("kerman -attack", text), ["Kerman"]);
        assert_eq!(marked("title:kerman scholar", text), ["scholar"]);
        assert_eq!(marked("\"islamic state\" state", text), ["Islamic State", "state"]);
    }

    #[test]
    fn passages_are_sentences_and_the_best_come_in_reading_order() {
        let filler = "Nothing of note was said about anything in this sentence, which goes on for a while, as sentences in the news often do when there is little to tell. ";
        let text = format!(
            "{0}{0}The convoy left Kabul. {0}{0}{0}{0}Kabul fell when the convoy came. {0}{0}{0}Kabul. {0}{0}{0}The end of Kabul.",
            filler
        );
        let passages = shown("convoy kabul", &text);
        assert_eq!(passages.len(), PASSAGES);
        assert!(passages.is_sorted_by_key(|p| p.start));
        assert!(
            passages[0].text.starts_with("The convoy left Kabul.")
                && passages[1].text.starts_with("Kabul fell")
        );
        for passage in &passages {
            assert_eq!(&text[passage.start..passage.start + passage.text.len()], passage.text);
            assert!(passage.text.len() <= PASSAGE_LENGTH);
        }
    }

    #[test]
    fn a_match_in_the_headline_shows_the_headline_and_how_the_text_begins() {
        let passages = shown("headline", "First sentence. Second sentence.");
        assert_eq!(passages[0].field, Field::Title);
        assert_eq!(passages[0].ranges, [(2, 10)]);
        assert_eq!(passages[1].text, "First sentence. Second sentence.");
        assert!(passages[1].ranges.is_empty());
    }

    #[test]
    fn an_article_without_text_has_no_passage_of_it() {
        assert_eq!(shown("", ""), []);
        assert_eq!(shown("x", "\n\n…"), []);
    }

    proptest! {
        #[test]
        fn every_passage_lies_in_its_text_with_its_matches(text in "([a-cß]{1,3}[ .!,\n]{1,2}|\\PC){0,60}", query in "[a-c]{1,2}( [a-c]{1,2}|\\*){0,2}") {
            for passage in shown(&query, &text) {
                if passage.field != Field::Text { continue; }
                prop_assert_eq!(text.get(passage.start..passage.start + passage.text.len()), Some(passage.text.as_str()));
                for (start, end) in &passage.ranges {
                    prop_assert!(passage.text.get(*start..*end).is_some_and(|found| !found.is_empty()));
                }
            }
            let (query, _) = parse(&query);
            let found = !Highlighter::new(&query, &[Language::ENGLISH]).ranges(Field::Text, &text, Some(Language::ENGLISH)).is_empty();
            let passages = Highlighter::new(&query, &[Language::ENGLISH]).passages(&article(&text));
            prop_assert_eq!(found, passages.iter().any(|p| p.field == Field::Text && !p.ranges.is_empty()));
        }
    }
}
