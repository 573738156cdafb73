//! The best row of labels for a sentence (Viterbi), in whole numbers: the same everywhere.

use super::features::{Looks, Memory};
use super::label::{LABELS, may_follow};
use super::model::Model;

/// Lower than any sum of weights.
const NEVER: i32 = i32::MIN / 4;

/// The labels of the tokens from `first` to before `end`, which make a sentence.
pub(super) fn decode(
    model: &Model,
    looks: &Looks,
    memory: &Memory,
    first: usize,
    end: usize,
    labels: &mut Vec<u8>,
) {
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(end - first);
    let mut best = [0; LABELS];
    for place in first..end {
        let mut scores = [0; 12];
        looks.features(place, memory, |feature| model.add(feature, &mut scores));
        let (mut next, mut from) = ([NEVER; LABELS], [0; LABELS]);
        for label in 0..LABELS {
            if place == first {
                next[label] =
                    if may_follow(None, label) { i32::from(model.steps[LABELS][label]) } else { NEVER };
            } else {
                for (before, so_far) in best.iter().enumerate() {
                    let score = so_far + i32::from(model.steps[before][label]);
                    if score > next[label] && may_follow(Some(before), label) {
                        (next[label], from[label]) = (score, before as u8);
                    }
                }
            }
            next[label] = next[label].saturating_add(scores[label]);
        }
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).max_by_key(|label| (best[*label], LABELS - label)).unwrap_or_default();
    let start = labels.len();
    for from in back.iter().rev() {
        labels.push(label as u8);
        label = usize::from(from[label]);
    }
    labels[start..].reverse();
}
