//! What the tagger sees of one token by itself: its letters as numbers, and what is known of it.

use super::hash::Hashed;
use super::lexicon::{LONGEST, Lexicon, join, known};
use super::token::{Joint, Token};
use crate::actors::lists::{TITLES, holds};
use crate::actors::words::{Case, FieldText, fold_word};

/// What a token looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) word: u64,
    pub(super) prefixes: [u64; 3],
    pub(super) suffixes: [u64; 4],
    pub(super) shape: u64,
    pub(super) fine: u64,
    pub(super) coarse: u64,
    pub(super) vector_fine: u64,
    pub(super) vector_coarse: u64,
    pub(super) known: u64,
    pub(super) joint: u64,
    pub(super) opens: bool,
    pub(super) mark: bool,
    pub(super) large: bool,
    pub(super) title: bool,
}

/// Beyond either end of a text.
pub(super) const EDGE: Look = Look {
    word: 1,
    prefixes: [1; 3],
    suffixes: [1; 4],
    shape: 1,
    fine: 1,
    coarse: 1,
    vector_fine: 2000,
    vector_coarse: 2000,
    known: 0,
    joint: 7,
    opens: false,
    mark: true,
    large: false,
    title: false,
};

impl Look {
    pub(super) fn new(field: &FieldText<'_>, token: &Token, lexicon: &Lexicon) -> Self {
        let text = &field.text[token.start..token.end];
        let hashed = Hashed::new(text);
        let (fine, coarse) = lexicon.classes(hashed.word);
        let (vector_fine, vector_coarse) = lexicon.vector_classes(hashed.word);
        Self {
            word: hashed.word,
            prefixes: hashed.prefixes,
            suffixes: hashed.suffixes,
            shape: hashed.shape,
            fine: u64::from(fine),
            coarse: u64::from(coarse),
            vector_fine: u64::from(vector_fine),
            vector_coarse: u64::from(vector_coarse),
            known: 0,
            joint: match token.joint {
                Joint::Space => 0,
                Joint::Hyphen => 1,
                Joint::Apostrophe => 2,
                Joint::Other => 3,
                Joint::Nothing => 4,
            },
            opens: token.opens,
            mark: token.mark,
            large: !token.mark && token.case != Case::Lower,
            title: !token.mark
                && token.case != Case::Lower
                && holds(TITLES, &fold_word(text.trim_end_matches('.'))),
        }
    }
}

/// Notes which tokens are known names, or parts of the longest known names of towns.
pub(super) fn note_names(looks: &mut [Look], lexicon: &Lexicon) {
    let mut place = 0;
    while place < looks.len() {
        let mut longest = 0;
        if looks[place].large {
            let mut words = 0;
            for length in 1..=LONGEST.min(looks.len() - place) {
                words = join(words, looks[place + length - 1].word);
                let what = lexicon.names(words);
                if length == 1 {
                    looks[place].known = u64::from(what & !known::OPENS);
                } else if what & (known::TOWN | known::CITY | known::REGION) != 0 {
                    longest = length;
                }
                if what & known::OPENS == 0 {
                    break;
                }
            }
        }
        for (offset, look) in looks[place..place + longest].iter_mut().enumerate() {
            look.known = if offset == 0 { 256 } else { 257 };
        }
        place += longest.max(1);
    }
}
