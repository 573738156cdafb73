//! The tagger's weights: whole numbers in a file, a table in memory.
//!
//! The file: a mark, the weights of label after label (`i16`), the classes of words (count, then for each
//! word the distance to the key before as a varint, and two `u16`), the known names (the same with a byte
//! each), and the features (count, then for
//! each the distance to the key before, a `u16` that says which labels it has weights for, and those
//! as `i8`). Numbers are little-endian.

use super::label::LABELS;
use super::lexicon::Lexicon;

const MARK: &[u8] = b"dateline tagger 2\n";
const SLOTS: usize = 4;

/// A feature's weights, one a label.
pub type Weights = [i8; LABELS];

/// What is learned: clusters, weights of features, and weights of one label after another.
#[derive(Clone, Debug)]
pub struct Model {
    /// What is known of words.
    pub lexicon: Lexicon,
    /// For each label before (the last row: the start of a sentence) the weight of each label.
    pub steps: [[i16; LABELS]; LABELS + 1],
    table: Vec<Bucket>,
}

/// As much of the table as the processor reads at once.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
struct Bucket([Slot; SLOTS]);

/// A feature's key (0: nobody's) with its weights.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u32,
    weights: [i8; 12],
}

impl Model {
    /// Reads a model; none if the bytes are not one.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes.strip_prefix(MARK)?);
        let mut steps = [[0; LABELS]; LABELS + 1];
        for step in steps.iter_mut().flatten() {
            *step = i16::from_le_bytes(bytes.array()?);
        }
        let mut lexicon = Lexicon::default();
        for insert in [Lexicon::insert, Lexicon::insert_vector] {
            let mut key = 0u32;
            for _ in 0..u32::from_le_bytes(bytes.array()?) {
                key = key.checked_add(bytes.varint()?)?;
                let classes = (u16::from_le_bytes(bytes.array()?), u16::from_le_bytes(bytes.array()?));
                insert(&mut lexicon, key, classes);
            }
        }
        let mut key = 0u32;
        for _ in 0..u32::from_le_bytes(bytes.array()?) {
            key = key.checked_add(bytes.varint()?)?;
            lexicon.insert_key(key, u8::from_le_bytes(bytes.array()?));
        }
        let count = u32::from_le_bytes(bytes.array()?);
        let buckets = (count as usize * 5 / 4 / SLOTS).next_power_of_two();
        let mut model = Self { lexicon, steps, table: vec![Bucket::default(); buckets] };
        let mut key = 0u32;
        for _ in 0..count {
            key = key.checked_add(bytes.varint()?)?;
            let mask = u16::from_le_bytes(bytes.array()?);
            let mut weights = [0; LABELS];
            for (label, weight) in weights.iter_mut().enumerate() {
                if mask >> label & 1 == 1 {
                    *weight = i8::from_le_bytes(bytes.array()?);
                }
            }
            model.insert(key, weights)?;
        }
        bytes.0.is_empty().then_some(model)
    }

    /// The bytes of a model with these features, sorted by their keys.
    #[must_use]
    pub fn bytes(
        lexicon: &Lexicon,
        steps: &[[i16; LABELS]; LABELS + 1],
        features: &[(u32, Weights)],
    ) -> Vec<u8> {
        let mut bytes = MARK.to_vec();
        steps.iter().flatten().for_each(|step| bytes.extend(step.to_le_bytes()));
        for classes in [lexicon.sorted(), lexicon.sorted_vectors()] {
            bytes.extend(count(classes.len()));
            let mut before = 0;
            for (key, (fine, coarse)) in classes {
                push_varint(&mut bytes, key - before);
                before = key;
                bytes.extend(fine.to_le_bytes());
                bytes.extend(coarse.to_le_bytes());
            }
        }
        let names = lexicon.sorted_names();
        bytes.extend(count(names.len()));
        let mut before = 0;
        for (key, what) in names {
            push_varint(&mut bytes, key - before);
            before = key;
            bytes.push(what);
        }
        bytes.extend(count(features.len()));
        let mut before = 0;
        for (key, weights) in features {
            push_varint(&mut bytes, key - before);
            before = *key;
            let held = weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            let mask = held.clone().fold(0u16, |mask, (label, _)| mask | 1 << label);
            bytes.extend(mask.to_le_bytes());
            bytes.extend(held.map(|(_, weight)| weight.to_le_bytes()[0]));
        }
        bytes
    }

    /// Adds a feature's weights to a token's scores.
    pub fn add(&self, key: u32, scores: &mut [i32; 12]) {
        let mut bucket = self.bucket(key);
        loop {
            for slot in &self.table[bucket].0 {
                if slot.key == key {
                    for (score, weight) in scores.iter_mut().zip(slot.weights) {
                        *score += i32::from(weight);
                    }
                    return;
                }
                if slot.key == 0 {
                    return;
                }
            }
            bucket = (bucket + 1) & (self.table.len() - 1);
        }
    }

    /// Bytes that the table takes in memory.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.table.len() * size_of::<Bucket>()
    }

    fn bucket(&self, key: u32) -> usize {
        ((u64::from(key) * self.table.len() as u64) >> 32) as usize
    }

    fn insert(&mut self, key: u32, weights: Weights) -> Option<()> {
        if key == 0 {
            return None;
        }
        let mut bucket = self.bucket(key);
        for _ in 0..self.table.len() {
            if let Some(slot) = self.table[bucket].0.iter_mut().find(|slot| slot.key == 0) {
                slot.key = key;
                slot.weights[..LABELS].copy_from_slice(&weights);
                return Some(());
            }
            bucket = (bucket + 1) & (self.table.len() - 1);
        }
        None
    }
}

fn count(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}

fn push_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*first)
    }

    fn varint(&mut self) -> Option<u32> {
        let mut value = 0u32;
        for shift in (0..35).step_by(7) {
            let [byte] = self.array()?;
            value |= u32::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}
