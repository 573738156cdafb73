//! Numbers for words and for features: the same on every machine.

use std::hash::{BuildHasherDefault, Hasher};

use crate::actors::words::fold_word;

const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A word and its parts as numbers.
#[derive(Clone, Copy, Debug)]
pub struct Hashed {
    /// The word in small letters, digits made 0.
    pub word: u64,
    /// Its first two, three and four letters.
    pub prefixes: [u64; 3],
    /// Its last one to four letters.
    pub suffixes: [u64; 4],
    /// How it is written: "Xx", "XX", "xx-00".
    pub shape: u64,
}

impl Hashed {
    /// The numbers of a word.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let shape = shape(text);
        if text.is_ascii() {
            return Self::of_bytes(text.bytes().map(|byte| byte.to_ascii_lowercase()), text.len(), shape);
        }
        let folded = match text {
            "’" | "‘" | "`" => "'".to_owned(),
            "“" | "”" | "«" | "»" | "„" => "\"".to_owned(),
            "–" | "—" | "−" => "-".to_owned(),
            "…" => "...".to_owned(),
            _ => Some(fold_word(text)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| text.to_owned()),
        };
        Self::of_bytes(folded.bytes(), folded.len(), shape)
    }

    fn of_bytes(bytes: impl Iterator<Item = u8>, length: usize, shape: u64) -> Self {
        let (mut word, mut prefixes, mut tail) = (FACTOR, [0; 3], 0u32);
        for (place, byte) in bytes.enumerate() {
            let byte = if byte.is_ascii_digit() { b'0' } else { byte };
            word = step(word, u64::from(byte));
            tail = tail << 8 | u32::from(byte);
            if (1..4).contains(&place) && place + 1 < length {
                prefixes[place - 1] = word;
            }
        }
        let suffix = |count: usize| match count < length {
            true if count == 4 => u64::from(tail) | 4 << 32,
            true => u64::from(tail) & ((1 << (8 * count)) - 1) | (count as u64) << 32,
            false => 0,
        };
        Self { word: word | 2, prefixes, suffixes: [1, 2, 3, 4].map(suffix), shape }
    }
}

/// One letter for each run of capitals, small letters and digits (two where it is longer), marks as
/// they are.
fn shape(text: &str) -> u64 {
    let (mut shape, mut before, mut run) = (FACTOR, 0, 0);
    for letter in text.chars().take(24) {
        let class = match letter {
            'a'..='z' => 'x',
            'A'..='Z' => 'X',
            '0'..='9' => '0',
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            _ if letter.is_lowercase() => 'x',
            _ if letter.is_uppercase() => 'X',
            _ if letter.is_alphanumeric() => 'o',
            _ => letter,
        } as u64;
        run = if class == before { run + 1 } else { 1 };
        if run <= 2 {
            shape = step(shape, class);
        }
        before = class;
    }
    shape
}

pub(super) fn step(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(FACTOR)
}

/// The number of a feature: its template's number and what it holds. Never 0.
#[must_use]
pub(super) fn mix(template: u64, first: u64, second: u64) -> u32 {
    let hash = step(step(step(template.wrapping_mul(0xD6E8_FEB8_6659_FD93), first), second), 1);
    (((hash ^ hash >> 29) >> 32) as u32).max(1)
}

/// A hasher for keys that are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub struct Same(u64);

/// Builds hashers for keys that are hashes already.
pub type KEYS = BuildHasherDefault<Same>;

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = step(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value.wrapping_mul(FACTOR);
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = u64::from(value).wrapping_mul(FACTOR);
    }
}
