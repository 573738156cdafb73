//! A written line as numbers, words and marks: what the readers of dates and times go by.

use unicode_normalization::UnicodeNormalization;

use crate::extract::lists::{List, listed};
use crate::extract::text::fold;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::extract) enum Token {
    /// Figures, and how many of them.
    Number(u64, usize),
    /// A folded word.
    Word(String),
    /// Any other character that is not white space.
    Mark(char),
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }
}

/// Dates are looked for in what comes first; longer lines are no date lines.
const MAX_TOKENS: usize = 200;

/// A folded line and its tokens, each with the byte where it starts.
pub(super) struct Line {
    pub(super) folded: String,
    pub(super) tokens: Vec<Token>,
    starts: Vec<usize>,
}

impl Line {
    pub(super) fn read(text: &str) -> Self {
        let mut line = Self { folded: fold_written(text), tokens: Vec::new(), starts: Vec::new() };
        let mut at = 0;
        while let Some(first) = line.folded[at..].chars().next() {
            if line.tokens.len() >= MAX_TOKENS {
                break;
            }
            let rest = &line.folded[at..];
            let length = length_of(rest, first);
            if let Some(token) = token(&rest[..length], first) {
                line.tokens.push(token);
                line.starts.push(at);
            }
            at += length;
        }
        line
    }

    /// The folded text from one token to before another.
    pub(super) fn text(&self, from: usize, to: usize) -> &str {
        let place = |token: usize| self.starts.get(token).copied().unwrap_or(self.folded.len());
        &self.folded[place(from)..place(to)]
    }
}

fn is_counter(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn length_of(rest: &str, first: char) -> usize {
    let until = |ends: fn(char) -> bool| rest.find(ends).unwrap_or(rest.len());
    if first.is_ascii_digit() {
        until(|c| !c.is_ascii_digit())
    } else if first.is_alphabetic() && !is_counter(first) {
        until(|c| !c.is_alphabetic() && c != '\'' || is_counter(c))
    } else {
        first.len_utf8()
    }
}

fn token(text: &str, first: char) -> Option<Token> {
    if first.is_ascii_digit() {
        return Some(Token::Number(text.parse().unwrap_or(u64::MAX), text.len()));
    }
    if first.is_alphabetic() && !is_counter(first) {
        return Some(Token::Word(text.to_owned()));
    }
    (!first.is_whitespace()).then_some(Token::Mark(first))
}

/// Like [`fold`], with all the world's figures as 0 to 9.
pub(in crate::extract) fn fold_written(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    // Hangul comes apart when it is folded.
    folded.nfc().map(plain_figure).collect()
}

fn plain_figure(c: char) -> char {
    const ZEROS: [u32; 5] = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];
    let value = |zero: &u32| u32::from(c).checked_sub(*zero).filter(|value| *value < 10);
    match ZEROS.iter().find_map(value) {
        Some(value) => char::from_digit(value, 10).unwrap_or(c),
        None => match c {
            '：' => ':',
            '／' => '/',
            '．' => '.',
            other => other,
        },
    }
}

/// How many tokens to pass over: one, if it is one of these marks or a word of the list.
pub(super) fn skip(tokens: &[Token], marks: &[char], words: Option<&List>) -> usize {
    let skipped = match tokens.first() {
        Some(Token::Mark(mark)) => marks.contains(mark),
        Some(Token::Word(word)) => words.is_some_and(|list| listed(list, word)),
        _ => false,
    };
    usize::from(skipped)
}

/// Passes over marks and words as long as there are any, three at most.
pub(super) fn skip_all(tokens: &[Token], marks: &[char], words: Option<&List>) -> usize {
    let mut at = 0;
    while at < 3 && at < tokens.len() && skip(&tokens[at..], marks, words) == 1 {
        at += 1;
    }
    at
}
