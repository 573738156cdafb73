//! What the tagger knows of words beyond its labelled texts: which stand in like company, and which
//! are given names, surnames and towns.

use std::collections::HashMap;

use super::hash::{KEYS, step};

/// What is known of words, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    classes: HashMap<u32, (u16, u16), KEYS>,
    vectors: HashMap<u32, (u16, u16), KEYS>,
    names: HashMap<u32, u8, KEYS>,
}

/// Bits of what a word or a row of words is the name of.
pub mod known {
    /// More words follow in a longer name.
    pub const OPENS: u8 = 1;
    /// A town.
    pub const TOWN: u8 = 2;
    /// A large town.
    pub const CITY: u8 = 4;
    /// A given name.
    pub const GIVEN: u8 = 8;
    /// A surname.
    pub const SURNAME: u8 = 16;
    /// A province or another part of a state.
    pub const REGION: u8 = 32;
}

/// The longest name of a town in words.
pub(super) const LONGEST: usize = 5;

impl Lexicon {
    /// The fine and the coarse class of a word; 0 where it has none.
    #[must_use]
    pub fn classes(&self, word: u64) -> (u16, u16) {
        self.classes.get(&key(word)).copied().unwrap_or_default()
    }

    /// The fine and the coarse class of a word's vector; 0 where it has none.
    #[must_use]
    pub fn vector_classes(&self, word: u64) -> (u16, u16) {
        self.vectors.get(&key(word)).copied().unwrap_or_default()
    }

    /// What a row of words is the name of.
    pub(super) fn names(&self, words: u64) -> u8 {
        self.names.get(&key(words)).copied().unwrap_or_default()
    }

    /// Puts a word into its classes.
    pub fn insert(&mut self, key: u32, classes: (u16, u16)) {
        self.classes.insert(key, classes);
    }

    /// Puts a word's vector into its classes. Of words that fold alike ("abe", "abé") the first keeps its own.
    pub fn insert_vector(&mut self, key: u32, classes: (u16, u16)) {
        self.vectors.entry(key).or_insert(classes);
    }

    /// Notes what a row of words, by their numbers, is the name of.
    pub fn insert_name(&mut self, words: &[u64], what: u8) {
        let mut joined = 0;
        for (place, word) in words.iter().enumerate().take(LONGEST) {
            joined = join(joined, *word);
            let whole = place + 1 == words.len();
            *self.names.entry(key(joined)).or_default() |= if whole { what } else { known::OPENS };
        }
    }

    /// Notes what the words of a key are the name of.
    pub(super) fn insert_key(&mut self, key: u32, what: u8) {
        self.names.insert(key, what);
    }

    /// Every word's key with its classes, in the order of the keys.
    #[must_use]
    pub fn sorted(&self) -> Vec<(u32, (u16, u16))> {
        sorted(&self.classes)
    }

    /// Every word's key with the classes of its vector, in the order of the keys.
    #[must_use]
    pub fn sorted_vectors(&self) -> Vec<(u32, (u16, u16))> {
        sorted(&self.vectors)
    }

    /// Every name's key with what it names, in the order of the keys.
    #[must_use]
    pub fn sorted_names(&self) -> Vec<(u32, u8)> {
        sorted(&self.names)
    }
}

fn sorted<T: Copy + Ord>(map: &HashMap<u32, T, KEYS>) -> Vec<(u32, T)> {
    let mut all: Vec<_> = map.iter().map(|(key, value)| (*key, *value)).collect();
    all.sort_unstable();
    all
}

/// The number of a row of words that goes on with a word.
pub(super) fn join(words: u64, next: u64) -> u64 {
    if words == 0 { next } else { step(words, next) }
}

/// The key of a word, or of a row of words, by its number.
#[must_use]
pub fn key(word: u64) -> u32 {
    (word >> 32) as u32
}
