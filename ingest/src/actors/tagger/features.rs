//! What the tagger sees of each token: hashed features of the word, its neighbours and the document.
//!
//! The templates are the usual ones of linear-chain taggers (Ratinov and Roth, "Design challenges and
//! misconceptions in named entity recognition", 2009): words, prefixes, suffixes, shapes and word
//! clusters in a window, and what the same word does elsewhere in the document. Clusters are of two
//! kinds: by the words beside a word in the labelled texts, and by its vector from a far larger text,
//! which knows words that the labelled texts never hold (Guo and others, "Revisiting embedding features
//! for simple semi-supervised learning", 2014).

use std::collections::HashMap;

use super::hash::{KEYS, mix};
use super::lexicon::Lexicon;
use super::look::{EDGE, Look, note_names};
use super::token::Token;
use crate::actors::words::FieldText;

/// Templates of the classes of the vectors around a token are numbered from here on.
const VECTORS: u64 = 100;

/// What a word does in a document.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// It is written small somewhere.
    small: bool,
    /// It has a capital within a sentence.
    large: bool,
    /// A title stands before it.
    titled: bool,
    /// The capitalised word before it, and the one behind it.
    before: u64,
    after: u64,
    /// The last word of the longest run of capitalised words that it opens or is in.
    end: u64,
}

/// What the words of a document do in it, gathered from all its fields.
#[derive(Debug, Default)]
pub struct Memory {
    seen: HashMap<u64, Seen, KEYS>,
}

/// A field as the tagger sees it.
#[derive(Debug)]
pub struct Looks {
    looks: Vec<Look>,
    /// Whether capitals say nothing in it.
    loud: bool,
}

impl Looks {
    /// Looks at the tokens of a field.
    #[must_use]
    pub fn new(field: &FieldText<'_>, tokens: &[Token], lexicon: &Lexicon) -> Self {
        let mut looks: Vec<_> = tokens.iter().map(|token| Look::new(field, token, lexicon)).collect();
        note_names(&mut looks, lexicon);
        let words = tokens.iter().filter(|token| !token.mark).count();
        let large = looks.iter().filter(|look| look.large).count();
        Self { looks, loud: field.title_case || words > 3 && large * 4 >= words * 3 }
    }

    fn at(&self, place: usize, offset: isize) -> &Look {
        place.checked_add_signed(offset).and_then(|place| self.looks.get(place)).unwrap_or(&EDGE)
    }

    /// Gives the features of a token, each a number that is never 0.
    pub fn features(&self, place: usize, memory: &Memory, mut give: impl FnMut(u32)) {
        let [l2, l1, here, r1, r2] = [-2, -1, 0, 1, 2].map(|offset| self.at(place, offset));
        let mut number = 0;
        let mut one = |value: u64| {
            number += 1;
            if value != 0 {
                give(mix(number, value, 0));
            }
        };
        one(1);
        for look in [l2, l1, here, r1, r2] {
            one(look.word);
            one(look.fine);
        }
        for look in [l1, here, r1] {
            one(look.shape);
            one(look.coarse);
            one(look.known);
        }
        one(l1.suffixes[2]);
        one(r1.suffixes[2]);
        here.prefixes.iter().chain(&here.suffixes).for_each(|affix| one(*affix));
        let flags = u64::from(here.opens) | u64::from(self.loud) << 1;
        let mut two = |first: u64, second: u64| {
            number += 1;
            give(mix(number, first, second));
        };
        two(here.shape, flags);
        two(here.word, here.shape);
        two(here.shape, here.joint << 4 | r1.joint);
        two(l1.word, here.word);
        two(here.word, r1.word);
        two(l1.word, here.shape);
        two(here.shape, r1.word);
        two(l1.shape, here.shape);
        two(here.shape, r1.shape);
        two(l1.shape ^ here.shape.rotate_left(20), r1.shape);
        two(l1.fine, here.fine);
        two(here.fine, r1.fine);
        two(l1.coarse ^ here.coarse << 16, here.shape);
        two(here.coarse ^ r1.coarse << 16, here.shape);
        two(l1.coarse ^ r1.coarse << 16, here.shape);
        two(l2.word, l1.word);
        two(r1.word, r2.word);
        if here.known != 0 {
            two(here.known, here.shape ^ flags);
            two(l1.known, here.known);
            two(here.known, r1.known);
            two(l1.shape, here.known);
            two(here.known, r1.shape);
        }
        Self::vectors([l2, l1, here, r1, r2], &mut give);
        if here.large {
            self.document(place, memory, number, give);
        }
    }

    /// The classes of the vectors of the words around.
    fn vectors(window: [&Look; 5], mut give: impl FnMut(u32)) {
        let [l2, l1, here, r1, r2] = window;
        let mut vector = VECTORS;
        let mut three = |first: u64, second: u64, third: u64| {
            vector += 1;
            if first != 0 {
                give(mix(vector, first ^ third << 32, second));
            }
        };
        for look in [l2, l1, here, r1, r2] {
            three(look.vector_fine, 0, 0);
            three(look.vector_coarse, 0, 0);
        }
        three(here.vector_fine, here.shape, 0);
        three(here.vector_coarse, here.shape, 0);
        three(l1.vector_coarse, here.shape, 0);
        three(r1.vector_coarse, here.shape, 0);
        three(l1.vector_coarse, here.vector_coarse, 0);
        three(here.vector_coarse, r1.vector_coarse, 0);
        three(l1.vector_coarse, here.vector_coarse, r1.vector_coarse);
        three(l2.vector_coarse, l1.vector_coarse, 0);
        three(r1.vector_coarse, r2.vector_coarse, 0);
    }

    /// What the word does elsewhere in the document, and the words around its run of capitals.
    fn document(&self, place: usize, memory: &Memory, number: u64, mut give: impl FnMut(u32)) {
        let here = &self.looks[place];
        let mut number = number.max(60);
        let mut two = |first: u64, second: u64| {
            number += 1;
            if first != 0 {
                give(mix(number, first, second));
            }
        };
        let (before, after) = self.run(place);
        let (left, right) = (self.at(before, -1), self.at(after, 1));
        let (first, last) = (self.at(before, 0), self.at(after, 0));
        two(left.word, 0);
        two(right.word, 0);
        two(left.fine, right.fine);
        two(last.word, 0);
        two(first.word, 0);
        two(1 + (after - before).min(5) as u64, (place - before).min(5) as u64);
        let seen = memory.seen.get(&here.word).copied().unwrap_or_default();
        let flags = 1 + (u64::from(seen.small) | u64::from(seen.large) << 1 | u64::from(seen.titled) << 2);
        two(flags, u64::from(here.opens) | u64::from(self.loud) << 1);
        two(flags, here.shape);
        let other = |word: u64, printed: u64| if word == printed { 0 } else { word };
        two(other(seen.before, self.at(place, -1).word), 0);
        two(other(seen.after, self.at(place, 1).word), 0);
        two(other(seen.end, last.word), 0);
    }

    /// The first and the last token of the run of capitalised words around a token.
    fn run(&self, place: usize) -> (usize, usize) {
        let (mut first, mut last) = (place, place);
        while first > 0 && place - first < 6 && self.looks[first - 1].large && !self.looks[first].opens {
            first -= 1;
        }
        while last - place < 6 && self.looks.get(last + 1).is_some_and(|look| look.large && !look.opens) {
            last += 1;
        }
        (first, last)
    }
}

impl Memory {
    /// Takes in what the words of a field do.
    pub fn learn(&mut self, looks: &Looks) {
        for (place, look) in looks.looks.iter().enumerate() {
            if look.mark {
                continue;
            }
            if !look.large {
                self.seen.entry(look.word).or_default().small = true;
                continue;
            }
            if looks.loud {
                continue;
            }
            let (before, after) = (looks.at(place, -1), looks.at(place, 1));
            let end = looks.looks[looks.run(place).1].word;
            let seen = self.seen.entry(look.word).or_default();
            seen.large |= !look.opens;
            seen.titled |= before.title;
            if seen.before == 0 && before.large && !look.opens {
                seen.before = before.word;
            }
            if seen.after == 0 && after.large && !after.opens {
                seen.after = after.word;
            }
            if (seen.end == 0 || seen.end == look.word) && !look.opens {
                seen.end = end;
            }
        }
    }
}
