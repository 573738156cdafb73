//! A field cut into what the tagger labels: words, abbreviations with their dots, numbers and marks.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::actors::lists::entries;
use crate::actors::words::{Case, FieldText, Word, fold_word};

/// What the tagger gives a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its first byte in the field.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// How it hangs on the token before.
    pub joint: Joint,
    /// Whether it is a mark and no word.
    pub mark: bool,
    /// How it is written.
    pub case: Case,
    /// Whether a sentence opens here.
    pub opens: bool,
}

/// How a token hangs on the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// Parted by white space, or by marks that are tokens.
    Space,
    /// By a hyphen: "Hojat-Ansari".
    Hyphen,
    /// By an apostrophe: "O'Neill", "Iran's".
    Apostrophe,
    /// By any other mark: "AT&T", "example.org", "9/11".
    Other,
    /// By nothing: a mark behind its word.
    Nothing,
}

/// Abbreviations that take their dot along, so that it ends no sentence.
static ABBREVIATIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/abbreviations.txt")));

/// Cuts a field into tokens, in order and without overlaps.
#[must_use]
pub fn tokens(field: &FieldText<'_>) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(field.words.len() * 5 / 4 + 4);
    let mut cutter = Cutter { field, tokens: &mut tokens, opens: true };
    let mut before = 0;
    for place in 0..field.words.len() {
        let word = field.words[place];
        // An abbreviation has taken its dot along.
        let start = before.max(cutter.end());
        let joint = cutter.gap(start, word.start);
        cutter.word(word, joint);
        before = word.end;
    }
    let start = before.max(cutter.end());
    cutter.gap(start, field.text.len());
    tokens
}

struct Cutter<'a, 'f> {
    field: &'a FieldText<'f>,
    tokens: &'a mut Vec<Token>,
    /// Whether the next token opens a sentence.
    opens: bool,
}

impl Cutter<'_, '_> {
    fn end(&self) -> usize {
        self.tokens.last().map_or(0, |token| token.end)
    }

    /// The marks between two words, as tokens or as the way in which the words hang together.
    fn gap(&mut self, start: usize, end: usize) -> Joint {
        let gap = self.field.text.get(start..end).unwrap_or_default();
        if gap == " " {
            return Joint::Space;
        }
        if let Some(joint) = joint(gap).filter(|_| start > 0 && end < self.field.text.len()) {
            return joint;
        }
        let (mut breaks, mut parted) = (0, true);
        let mut at = start;
        for (place, letter) in gap.char_indices() {
            let (first, last) = (start + place, start + place + letter.len_utf8());
            if letter.is_whitespace() {
                breaks += u32::from(letter == '\n');
                parted = true;
                self.opens |= breaks > 1;
                at = last;
                continue;
            }
            breaks = 0;
            // A run of one mark is one token.
            let repeats = at == first
                && !parted
                && self.tokens.last().is_some_and(|token| self.field.text[token.start..].starts_with(letter));
            match self.tokens.last_mut().filter(|_| repeats) {
                Some(token) => token.end = last,
                None => self.push(first, last, if parted { Joint::Space } else { Joint::Nothing }),
            }
            (at, parted) = (last, false);
        }
        if gap.is_empty() { Joint::Nothing } else { Joint::Space }
    }

    fn push(&mut self, start: usize, end: usize, joint: Joint) {
        self.tokens.push(Token { start, end, joint, mark: true, case: Case::Lower, opens: self.opens });
        self.opens = false;
    }

    fn word(&mut self, word: Word, joint: Joint) {
        let text = &self.field.text[word.start..word.end];
        let before = self.tokens.last().copied();
        // "U.S.", "J.R.": the dot was taken along, and the word goes on behind it.
        let goes_on =
            joint == Joint::Nothing && before.is_some_and(|before| before.end == word.start && !before.mark);
        let end = self.with_dot(word, text);
        if let Some(last) = self.tokens.last_mut().filter(|_| goes_on) {
            last.end = end;
            return;
        }
        let number = joint == Joint::Other
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && before.is_some_and(|before| {
                self.field.text[before.start..before.end]
                    .bytes()
                    .all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b','))
            });
        if let Some(last) = self.tokens.last_mut().filter(|_| number) {
            last.end = word.end;
            return;
        }
        if joint == Joint::Space && ends_sentence(self.field.text, self.tokens) {
            self.opens |= self.parts_sentences(word);
        }
        self.tokens.push(Token {
            start: word.start,
            end,
            joint,
            mark: false,
            case: word.case,
            opens: self.opens,
        });
        self.opens = false;
    }

    /// Whether a word behind a full stop opens a sentence.
    fn parts_sentences(&self, word: Word) -> bool {
        word.case != Case::Lower || self.field.text.as_bytes()[word.start].is_ascii_digit()
    }

    /// The end of a word with the dot that belongs to it.
    fn with_dot(&self, word: Word, text: &str) -> usize {
        let dotted = self.field.text[word.end..].starts_with('.')
            && (text.len() == 1 && text.as_bytes()[0].is_ascii_alphabetic()
                || text.len() <= 5
                    && ABBREVIATIONS.contains(fold_word(text).as_str())
                    && word.case == Case::Capital);
        if dotted { word.end + 1 } else { word.end }
    }
}

/// How two words hang together by a mark without white space.
fn joint(gap: &str) -> Option<Joint> {
    match gap {
        "-" | "\u{2010}" | "\u{2011}" => Some(Joint::Hyphen),
        "'" | "’" | "‘" | "`" => Some(Joint::Apostrophe),
        "." | "&" | "/" | "_" | "@" | ":" | "," => Some(Joint::Other),
        _ => None,
    }
}

/// Whether the tokens so far end a sentence: a full stop, perhaps with a closing quote behind it.
fn ends_sentence(text: &str, tokens: &[Token]) -> bool {
    let letter = |token: &Token| text[token.start..token.end].chars().next().filter(|_| token.mark);
    let mut marks = tokens.iter().rev().map_while(letter);
    let closes = |letter: &char| matches!(letter, '"' | '”' | '’' | '\'' | ')' | '»' | ']');
    matches!(marks.find(|letter| !closes(letter)), Some('.' | '!' | '?' | '…' | '|' | '•' | '。'))
}

#[cfg(test)]
mod tests {
    use dateline_index::actor::Field;

    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let field = FieldText::new(Field::Text, text, None);
        tokens(&field).iter().map(|token| &text[token.start..token.end]).collect()
    }

    fn openings(text: &str) -> Vec<&str> {
        let field = FieldText::new(Field::Text, text, None);
        let opens = |token: &&Token| token.opens;
        tokens(&field).iter().filter(opens).map(|token| &text[token.start..token.end]).collect()
    }

    #[test]
    fn abbreviations_numbers_and_compounds_are_cut_as_people_read_them() {
        assert_eq!(cut("The U.S. and J.R. Okoro's men"), ["The", "U.S.", "and", "J.R.", "Okoro", "s", "men"]);
        assert_eq!(cut("Gen. Lind paid 1,000.5 francs."), ["Gen.", "Lind", "paid", "1,000.5", "francs", "."]);
        assert_eq!(
            cut("“Mona Hojat-Ansari” (ABC)..."),
            ["“", "Mona", "Hojat", "Ansari", "”", "(", "ABC", ")", "..."]
        );
    }

    #[test]
    fn a_sentence_opens_behind_a_full_stop_and_a_paragraph_but_not_behind_an_abbreviation() {
        assert_eq!(
            openings("Gen. Lind left. She came “back.” Then\n\nrain\nfell."),
            ["Gen.", "She", "Then", "rain"]
        );
        assert_eq!(openings("He paid. 5 men saw it. iPhones"), ["He", "5"]);
    }
}
