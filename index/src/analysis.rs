//! Text becomes words: one analysis for every backend and for the passages, free of any engine.
//!
//! At each position of a text stands the folded word; beside it, marked, its stem in the article's
//! language where that differs, and the word again, marked, where it is printed in capitals. So a
//! quoted word can match itself only, a bare word its whole family, and `IS` can be told from "is".

mod fold;

use std::borrow::Cow;
use std::collections::HashMap;

use frostem::Stemmer;

pub use fold::{fold, fold_into, fold_letter};

use crate::language::Language;

/// Stands before a stem, so that no stem is taken for a word.
pub const STEM_MARK: char = '~';
/// Stands before a word that is printed in capitals.
pub const CAPITALS_MARK: char = '^';
/// Longer words are cut here, in bytes of the folded word: nobody types them, and the index would
/// refuse them.
pub const MAX_WORD: usize = 200;

/// One word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
    /// Which word of the text it is, from 0.
    pub position: usize,
}

/// Walks the words of a text.
#[derive(Debug)]
pub struct Words<'t> {
    text: &'t str,
    at: usize,
    position: usize,
}

impl<'t> Words<'t> {
    /// The words of a text from its beginning.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, position: 0 }
    }
}

impl Iterator for Words<'_> {
    type Item = Word;

    fn next(&mut self) -> Option<Word> {
        let rest = &self.text[self.at..];
        let (skipped, first) = rest.char_indices().find(|(_, c)| starts_word(*c))?;
        let start = self.at + skipped;
        let after_first = start + first.len_utf8();
        // Scripts that write without spaces have no word ends to go by: each of their characters
        // is a word, and what was typed is looked for as a phrase of them.
        let alone = is_unspaced(first);
        let length = self.text[after_first..]
            .char_indices()
            .find(|(_, c)| !continues_word(*c) || (!joins_word(*c) && (alone || is_unspaced(*c))))
            .map_or(self.text.len() - after_first, |(length, _)| length);
        self.at = after_first + length;
        let position = self.position;
        self.position += 1;
        Some(Word { start, end: self.at, position })
    }
}

fn starts_word(c: char) -> bool {
    c.is_alphanumeric()
}

fn continues_word(c: char) -> bool {
    c.is_alphanumeric() || joins_word(c)
}

/// Marks that belong to the letter before them, and what joins letters without being seen: the soft
/// hyphen, the zero-width joiner and non-joiner.
fn joins_word(c: char) -> bool {
    !c.is_ascii()
        && (matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')
            || unicode_normalization::char::is_combining_mark(c))
}

/// Han, Hiragana, Katakana, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3134f}')
}

/// Whether a word is printed in capitals: two letters or more, none of them small.
#[must_use]
pub fn is_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.all(char::is_uppercase)
}

/// Folds a word and cuts what is too long.
pub fn fold_word(word: &str, folded: &mut String) {
    folded.clear();
    fold_into(word, folded);
    if folded.len() > MAX_WORD {
        let cut = (0..=MAX_WORD).rev().find(|at| folded.is_char_boundary(*at)).unwrap_or(0);
        folded.truncate(cut);
    }
}

/// A word as the index holds it: folded, and cut if it is too long.
#[must_use]
pub fn folded_word(word: &str) -> String {
    let mut folded = String::new();
    fold_word(word, &mut folded);
    folded
}

/// Stems words of one language. Snowball's algorithms (<https://snowballstem.org>), fed the word in
/// lower case with its accents, since they go by them; the stem is folded afterwards.
#[derive(Default)]
pub struct Stems {
    stemmer: Option<Stemmer>,
    /// Most words of a text are met again and again, and stemming is the dearest step.
    known: HashMap<String, Option<String>>,
}

/// Words whose stems are remembered: beyond it the memory starts anew.
const REMEMBERED: usize = 50_000;

impl Stems {
    /// The stems of a language; none for a language without an algorithm.
    #[must_use]
    pub fn new(language: Option<Language>) -> Self {
        let stemmer = language.and_then(|language| Stemmer::try_from_name(algorithm(&language)).ok());
        Self { stemmer, known: HashMap::new() }
    }

    /// Whether this language's words have stems.
    #[must_use]
    pub fn any(&self) -> bool {
        self.stemmer.is_some()
    }

    /// The folded stem of a printed word, where it differs from the folded word.
    #[must_use]
    pub fn stem(&mut self, printed: &str, folded: &str) -> Option<String> {
        let stemmer = self.stemmer.as_ref()?;
        // Two printed forms with one folded form can have different stems (accents): the printed
        // form is the key, in lower case where that is cheap to tell.
        let key = if printed.is_ascii() { folded } else { printed };
        if let Some(stem) = self.known.get(key) {
            return stem.clone();
        }
        let lower =
            if printed.is_ascii() { Cow::Borrowed(folded) } else { Cow::Owned(printed.to_lowercase()) };
        let stem = Some(fold(&stemmer.stem(&lower))).filter(|stem| stem != folded && !stem.is_empty());
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(key.to_owned(), stem.clone());
        stem
    }
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stems").field("any", &self.any()).finish_non_exhaustive()
    }
}

/// Snowball's name for a language where its own code does not lead there.
fn algorithm(language: &Language) -> &str {
    match language.code() {
        "nb" | "nn" | "no" => "norwegian",
        code => code,
    }
}

/// The tokens at one position, as a bare word looks for them: a position matches if it has one.
///
/// They are the folded word, and for each of the archive's languages its stem, marked (as words
/// that differ from their stem carry it) and plain (as words that are their own stem stand).
#[must_use]
pub fn word_family(printed: &str, languages: &[Language]) -> Vec<String> {
    let folded = folded_word(printed);
    let mut family = vec![folded.clone()];
    let mut add = |token: String| {
        if !family.contains(&token) {
            family.push(token);
        }
    };
    for language in languages {
        let mut stems = Stems::new(Some(*language));
        if !stems.any() {
            continue;
        }
        let stem = stems.stem(printed, &folded).unwrap_or_else(|| folded.clone());
        add(format!("{STEM_MARK}{stem}"));
        add(stem);
    }
    family
}

/// A word of a text with its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analyzed {
    /// Where it stands.
    pub word: Word,
    /// The folded word.
    pub folded: String,
    /// The folded stem, where it differs.
    pub stem: Option<String>,
    /// Whether it is printed in capitals.
    pub capitals: bool,
}

impl Analyzed {
    /// Whether this position carries a token of the family.
    #[must_use]
    pub fn is_of(&self, family: &[String]) -> bool {
        family.iter().any(|token| match token.strip_prefix(STEM_MARK) {
            Some(stem) => self.stem.as_deref() == Some(stem),
            None => self.folded == *token,
        })
    }
}

/// All words of a text with their tokens.
#[must_use]
pub fn analyze(text: &str, language: Option<Language>) -> Vec<Analyzed> {
    let mut stems = Stems::new(language);
    Words::new(text)
        .map(|word| {
            let printed = &text[word.start..word.end];
            let folded = folded_word(printed);
            let stem = stems.stem(printed, &folded);
            Analyzed { word, folded, stem, capitals: is_capitals(printed) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        analyze(text, None).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_end_where_a_reader_sees_them_end() {
        assert_eq!(
            folded("Iran's U.S.-backed “peace”—now"),
            ["iran", "s", "u", "s", "backed", "peace", "now"]
        );
        assert_eq!(folded("2024-01-17, IS-K!"), ["2024", "01", "17", "is", "k"]);
        assert_eq!(folded(""), Vec::<String>::new());
        assert_eq!(folded("… — \u{301}"), Vec::<String>::new());
    }

    #[test]
    fn characters_of_scripts_without_spaces_are_words() {
        assert_eq!(folded("宣称IS负责"), ["宣", "称", "is", "负", "责"]);
    }

    #[test]
    fn offsets_are_those_of_the_text_as_printed() {
        let text = "Qāsem Soleīmānī";
        let spans: Vec<_> = analyze(text, None).iter().map(|w| &text[w.word.start..w.word.end]).collect();
        assert_eq!(spans, ["Qāsem", "Soleīmānī"]);
    }

    #[test]
    fn a_bare_word_meets_its_family_and_no_other() {
        let english = Language::ENGLISH;
        let family = word_family("Attacks", &[english]);
        let matched = |text: &str| analyze(text, Some(english)).iter().any(|word| word.is_of(&family));
        assert!(matched("an attack") && matched("they ATTACKED") && matched("attacking"));
        assert!(!matched("attaché") && !matched("a tack"));
    }

    #[test]
    fn a_word_without_accents_finds_the_word_with_them() {
        let french = Language::from_code("fr").unwrap();
        let family = word_family("negociations", &[french]);
        assert!(analyze("Les négociations", Some(french)).iter().any(|word| word.is_of(&family)));
    }

    #[test]
    fn capitals_are_told_from_a_capital() {
        assert!(is_capitals("IS") && is_capitals("F16A") && is_capitals("НАТО"));
        assert!(!is_capitals("Is") && !is_capitals("I") && !is_capitals("2024") && !is_capitals("داعش"));
    }

    #[test]
    fn a_word_of_a_megabyte_is_cut_at_a_character() {
        let mut cut = String::new();
        fold_word(&"é§ü".replace('§', "ñ").repeat(100_000).replace('é', "ж"), &mut cut);
        assert!(cut.len() <= MAX_WORD && cut.len() > MAX_WORD - 4);
    }
}
