//! A name as it is compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::sound::sound;

static STOP_WORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| listed(include_str!("../../data/names/stop-words.txt")));
static EDITIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| listed(include_str!("../../data/names/editions.txt")));

fn listed(text: &'static str) -> HashSet<&'static str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
}

/// A folded name, cut up.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) person: bool,
    pub(super) words: Vec<String>,
    /// The words as they sound, in the same order.
    pub(super) sounds: Vec<String>,
    /// All letters, without gaps.
    pub(super) letters: Vec<char>,
}

impl Words {
    pub(super) fn new(folded: &str, person: bool) -> Self {
        let words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let sounds = words.iter().map(|word| sound(word)).collect();
        let letters = folded.chars().filter(|letter| *letter != ' ').collect();
        Self { person, words, sounds, letters }
    }

    /// The words that say what it is, sorted.
    pub(super) fn telling(&self) -> Vec<&str> {
        let mut telling: Vec<&str> =
            self.words.iter().map(String::as_str).filter(|word| !STOP_WORDS.contains(word)).collect();
        telling.sort_unstable();
        telling
    }

    /// Its sounds, sorted.
    pub(super) fn sorted_sounds(&self) -> Vec<&str> {
        let mut sounds: Vec<&str> = self.sounds.iter().map(String::as_str).collect();
        sounds.sort_unstable();
        sounds
    }

    /// The first letters of the words that say what it is.
    pub(super) fn initials(&self) -> String {
        let telling = self.words.iter().filter(|word| !STOP_WORDS.contains(word.as_str()));
        telling.filter_map(|word| word.chars().next()).collect()
    }

    /// Whether its first word is one letter: "J. Biden".
    pub(super) fn has_initial(&self) -> bool {
        self.words.len() > 1 && self.words[0].chars().nth(1).is_none()
    }
}

/// Whether a word tells editions apart, not papers.
pub(super) fn is_edition(word: &str) -> bool {
    EDITIONS.contains(word) || STOP_WORDS.contains(word)
}
