//! Words that stand in like company, as numbers: what the tagger knows of words that its labelled
//! texts lack.

use std::collections::HashMap;

use super::hash::KEYS;

/// The classes of words: a fine one and a coarse one each, from 1 on.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    classes: HashMap<u32, (u16, u16), KEYS>,
}

impl Clusters {
    /// The classes of a word by its number; 0 where it has none.
    #[must_use]
    pub fn of(&self, word: u64) -> (u16, u16) {
        self.classes.get(&key(word)).copied().unwrap_or_default()
    }

    /// Puts a word into its classes.
    pub fn insert(&mut self, key: u32, classes: (u16, u16)) {
        self.classes.insert(key, classes);
    }

    /// Every word's key with its classes, in the order of the keys.
    #[must_use]
    pub fn sorted(&self) -> Vec<(u32, (u16, u16))> {
        let mut all: Vec<_> = self.classes.iter().map(|(key, classes)| (*key, *classes)).collect();
        all.sort_unstable();
        all
    }
}

/// The key of a word by its number.
#[must_use]
pub fn key(word: u64) -> u32 {
    (word >> 32) as u32
}
