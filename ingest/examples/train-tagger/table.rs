//! The corpora as numbers: each token's features and the labels that it may have.

use std::collections::HashMap;

use dateline_index::actor::Field;
use dateline_ingest::actors::FieldText;
use dateline_ingest::actors::evaluate::Name;
use dateline_ingest::actors::tagger::{KEYS, Lexicon, Looks, Memory, Sort, Token, tokens};

use crate::corpus::Text;

/// Features met less often are left out.
const FLOOR: u32 = 2;

/// All tokens of all texts.
pub(crate) struct Table {
    /// The keys of the features, sorted.
    pub(crate) features: Vec<u32>,
    /// The features of all tokens, one after another.
    pub(crate) rows: Vec<u32>,
    /// Where each token's features end.
    pub(crate) ends: Vec<usize>,
    /// The labels that each token may have, one bit a label.
    pub(crate) labels: Vec<u16>,
    /// First token, end, and weight of each sentence.
    pub(crate) sentences: Vec<(usize, usize, f32)>,
}

impl Table {
    /// Looks at all tokens.
    pub(crate) fn new(corpus: &[Text], lexicon: &Lexicon) -> Self {
        let (rows, ends, labels, sentences) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut table = Self { features: Vec::new(), rows, ends, labels, sentences };
        for text in corpus {
            table.add(text, lexicon);
        }
        table.cut_off();
        table
    }

    /// How many tokens there are.
    pub(crate) fn tokens(&self) -> usize {
        self.ends.len()
    }

    /// The features of a token.
    pub(crate) fn row(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.rows[start..self.ends[token]]
    }

    fn add(&mut self, text: &Text, lexicon: &Lexicon) {
        let field = FieldText::new(Field::Text, &text.document.text, None);
        let tokens = tokens(&field);
        let looks = Looks::new(&field, &tokens, lexicon);
        let mut memory = Memory::default();
        memory.learn(&looks);
        let first = self.tokens();
        for place in 0..tokens.len() {
            looks.features(place, &memory, |feature| self.rows.push(feature));
            self.ends.push(self.rows.len());
        }
        self.labels.extend(labels(text, &tokens));
        let mut start = 0;
        for place in 1..=tokens.len() {
            if place == tokens.len() || tokens[place].opens {
                self.sentences.push((first + start, first + place, text.weight));
                start = place;
            }
        }
    }

    /// Drops rare features, and numbers the others by their place among the sorted keys.
    fn cut_off(&mut self) {
        let mut counts: HashMap<u32, u32, KEYS> = HashMap::default();
        self.rows.iter().for_each(|feature| *counts.entry(*feature).or_default() += 1);
        counts.retain(|_, count| *count >= FLOOR);
        self.features = counts.keys().copied().collect();
        self.features.sort_unstable();
        for (number, feature) in self.features.iter().enumerate() {
            counts.insert(*feature, number as u32);
        }
        let (mut rows, mut start) = (Vec::with_capacity(self.rows.len()), 0);
        for end in &mut self.ends {
            rows.extend(self.rows[start..*end].iter().filter_map(|feature| counts.get(feature)));
            start = *end;
            *end = rows.len();
        }
        self.rows = rows;
    }
}

/// The labels that each token may have.
fn labels(text: &Text, tokens: &[Token]) -> Vec<u16> {
    let mut labels = certain(&text.document.names, tokens);
    for doubt in &text.doubts {
        let within = |token: &&Token| doubt.start < token.end && token.start < doubt.end;
        let Some(first) = tokens.iter().position(|token| within(&token)) else { continue };
        let tokens = &tokens[first..];
        let count = tokens.iter().take_while(within).count();
        labels[first..first + count].fill(0);
        for names in &doubt.readings {
            let read = certain(names, &tokens[..count]);
            labels[first..].iter_mut().zip(read).for_each(|(label, other)| *label |= other);
        }
    }
    if text.three_sorts {
        let other = 1 << Sort::Other.begin() | 1 << Sort::Other.inside();
        labels.iter_mut().filter(|label| **label == 1).for_each(|label| *label |= other);
    }
    labels
}

/// The label of each token, if these are its names.
fn certain(names: &[Name], tokens: &[Token]) -> Vec<u16> {
    let mut labels = vec![1u16; tokens.len()];
    for name in names {
        let mut begun = false;
        for (label, token) in labels.iter_mut().zip(tokens) {
            if token.start < name.end && name.start < token.end {
                let inside = begun && !token.opens;
                *label = 1 << if inside { name.sort.inside() } else { name.sort.begin() };
                begun = true;
            }
        }
    }
    labels
}
