//! Classes of words by their neighbours: the exchange algorithm for predictive class models
//! (Uszkoreit and Brants, "Distributed word clustering for large scale class-based language modeling
//! in machine translation", 2008), counting the neighbours on both sides.

use std::collections::HashMap;

use dateline_index::actor::Field;
use dateline_ingest::actors::FieldText;
use dateline_ingest::actors::tagger::{Hashed, KEYS, Lexicon, key, tokens};

use crate::corpus::Text;

const FINE: usize = 600;
const COARSE: usize = 80;
const ROUNDS: usize = 8;
/// Rarer words have no class.
const FLOOR: u32 = 4;
/// Words whose neighbourhood is looked at.
const CONTEXTS: usize = 6_000;

/// Learns the classes of the words of all texts.
pub(crate) fn learn(corpus: &[Text]) -> Lexicon {
    let words = Words::new(corpus);
    let (fine, coarse) = (words.exchange(FINE), words.exchange(COARSE));
    let mut lexicon = Lexicon::default();
    for (place, word) in words.keys.iter().enumerate() {
        lexicon.insert(*word, (fine[place] as u16 + 1, coarse[place] as u16 + 1));
    }
    lexicon
}

struct Words {
    keys: Vec<u32>,
    counts: Vec<u32>,
    /// For each word, how often each frequent word stands left (even) and right (odd) of it.
    neighbours: Vec<Vec<(u32, f32)>>,
}

impl Words {
    /// The words of all texts from the most frequent on, with their neighbours.
    fn new(corpus: &[Text]) -> Self {
        let rows: Vec<Vec<u32>> = corpus.iter().flat_map(rows).collect();
        let mut counts: HashMap<u32, u32, KEYS> = HashMap::default();
        rows.iter().flatten().for_each(|word| *counts.entry(*word).or_default() += 1);
        let mut frequent: Vec<_> = counts.into_iter().filter(|(_, count)| *count >= FLOOR).collect();
        frequent.sort_unstable_by_key(|(word, count)| (std::cmp::Reverse(*count), *word));
        let numbers: HashMap<u32, usize> =
            frequent.iter().enumerate().map(|(n, (word, _))| (*word, n)).collect();
        let mut pairs: HashMap<(u32, u32), u32> = HashMap::new();
        for pair in rows.iter().flat_map(|row| row.windows(2)) {
            let (left, right) = (numbers.get(&pair[0]).copied(), numbers.get(&pair[1]).copied());
            let (Some(left), Some(right)) = (left, right) else { continue };
            if left < CONTEXTS {
                *pairs.entry((right as u32, 2 * left as u32)).or_default() += 1;
            }
            if right < CONTEXTS {
                *pairs.entry((left as u32, 2 * right as u32 + 1)).or_default() += 1;
            }
        }
        let mut neighbours = vec![Vec::new(); frequent.len()];
        for ((word, context), count) in pairs {
            neighbours[word as usize].push((context, count as f32));
        }
        neighbours.iter_mut().for_each(|list| list.sort_unstable_by_key(|(context, _)| *context));
        let (keys, counts) = frequent.into_iter().unzip();
        Self { keys, counts, neighbours }
    }

    /// Moves every word to the class in which its neighbours are told best, until little changes.
    fn exchange(&self, classes: usize) -> Vec<usize> {
        let mut class: Vec<usize> = (0..self.keys.len()).map(|word| word % classes).collect();
        let mut table = vec![0f32; 2 * CONTEXTS * classes];
        let mut sizes = vec![0f32; classes];
        for (word, list) in self.neighbours.iter().enumerate() {
            for (context, count) in list {
                table[*context as usize * classes + class[word]] += count;
                sizes[class[word]] += count;
            }
        }
        for _ in 0..ROUNDS {
            let mut moved = 0u64;
            for (word, list) in self.neighbours.iter().enumerate() {
                let total: f32 = list.iter().map(|(_, count)| count).sum();
                let old = class[word];
                for (context, count) in list {
                    table[*context as usize * classes + old] -= count;
                }
                sizes[old] -= total;
                let best = best(list, total, &table, &sizes);
                for (context, count) in list {
                    table[*context as usize * classes + best] += count;
                }
                sizes[best] += total;
                class[word] = best;
                moved += u64::from(best != old) * u64::from(self.counts[word]);
            }
            if moved == 0 {
                break;
            }
        }
        class
    }
}

/// The class that gains most by a word's coming: the likelihood's growth is a sum over the word's
/// neighbours of `f(n + k) - f(n)`, less the same for the class's size, where `f(n) = n log n`.
fn best(list: &[(u32, f32)], total: f32, table: &[f32], sizes: &[f32]) -> usize {
    let classes = sizes.len();
    let mut gains: Vec<f32> = sizes.iter().map(|size| f(*size) - f(size + total)).collect();
    for (context, count) in list {
        let row = &table[*context as usize * classes..][..classes];
        let alone = f(*count);
        for (gain, held) in gains.iter_mut().zip(row) {
            *gain += if *held > 0.0 { f(held + count) - f(*held) } else { alone };
        }
    }
    let mut best = 0;
    for (place, gain) in gains.iter().enumerate() {
        if *gain > gains[best] {
            best = place;
        }
    }
    best
}

fn f(count: f32) -> f32 {
    if count > 0.5 { count * count.ln() } else { 0.0 }
}

/// The sentences of a text as keys of words.
fn rows(text: &Text) -> Vec<Vec<u32>> {
    let field = FieldText::new(Field::Text, &text.document.text, None);
    let mut rows: Vec<Vec<u32>> = Vec::new();
    for token in tokens(&field) {
        let word = key(Hashed::new(&field.text[token.start..token.end]).word);
        match rows.last_mut().filter(|_| !token.opens) {
            Some(row) => row.push(word),
            None => rows.push(vec![0, word]),
        }
    }
    rows
}
