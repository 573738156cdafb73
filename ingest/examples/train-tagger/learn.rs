//! The learning: a conditional random field by stochastic gradient descent with AdaGrad's steps
//! (Duchi, Hazan and Singer, 2011). Small steps and few rounds keep the weights small; that some
//! features are left out of every step keeps it from trusting single ones (Wang and Manning, "Fast
//! dropout training", 2013).

use std::ops::Range;

use dateline_ingest::actors::tagger::{LABELS, Lexicon, Model, Weights as Whole, may_follow};

use crate::table::Table;

const ROUNDS: usize = 4;
const STEP: f32 = 0.2;
/// The share of the features that each step leaves out.
const DROPPED: f32 = 0.1;
/// The larger, the smaller are the first steps.
const EPS: f32 = 10.0;
/// What a weight of one is in the file.
const SCALE: f32 = 32.0;
/// Smaller weights are dropped.
const SMALL: f32 = 0.045;
/// The row of a feature: its weights, and the sum of the squares of its gradients.
const WIDTH: usize = LABELS + 1;

type Row = [f32; LABELS];
type Steps = [Row; LABELS + 1];

/// The weights as they are learned.
pub(crate) struct Weights {
    rows: Vec<[f32; WIDTH]>,
    steps: Steps,
    squares: Steps,
}

/// Learns the weights of a table's features.
pub(crate) fn learn(table: &Table) -> Weights {
    let mut weights = Weights {
        rows: vec![[0.0; WIDTH]; table.features.len()],
        steps: [[0.0; LABELS]; LABELS + 1],
        squares: [[0.0; LABELS]; LABELS + 1],
    };
    let mut order: Vec<usize> = (0..table.sentences.len()).collect();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for round in 0..ROUNDS {
        for place in (1..order.len()).rev() {
            order.swap(place, (random.next() % (place as u64 + 1)) as usize);
        }
        let mut loss = 0.0;
        for sentence in &order {
            let (first, end, weight) = table.sentences[*sentence];
            let rows = Rows::drawn(table, first..end, &mut random);
            loss += f64::from(weights.learn_sentence(&rows, &table.labels[first..end], weight));
        }
        eprintln!("round {}: loss {:.4} a token", round + 1, loss / table.tokens() as f64);
    }
    weights
}

/// Numbers at random, the same ones in every run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

/// The features of a sentence's tokens that one step looks at.
struct Rows {
    features: Vec<u32>,
    ends: Vec<usize>,
}

impl Rows {
    fn drawn(table: &Table, tokens: Range<usize>, random: &mut Random) -> Self {
        let dropped = (f64::from(DROPPED) * 2f64.powi(32)) as u64;
        let mut rows = Self { features: Vec::new(), ends: Vec::new() };
        for token in tokens {
            rows.features.extend(table.row(token).iter().filter(|_| random.next() >> 32 >= dropped));
            rows.ends.push(rows.features.len());
        }
        rows
    }

    fn row(&self, place: usize) -> &[u32] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.features[start..self.ends[place]]
    }
}

impl Weights {
    fn scores(&self, features: &[u32]) -> Row {
        let mut scores = [0.0; LABELS];
        for feature in features {
            for (score, weight) in scores.iter_mut().zip(&self.rows[*feature as usize]) {
                *score += weight;
            }
        }
        scores
    }

    /// One step for one sentence; how far the labels were from certain.
    fn learn_sentence(&mut self, rows: &Rows, labels: &[u16], weight: f32) -> f32 {
        let scores: Vec<Row> = (0..labels.len()).map(|place| self.scores(rows.row(place))).collect();
        let all = vec![u16::MAX; labels.len()];
        let model = Marginals::new(&scores, &self.steps, &all);
        let truth = Marginals::new(&scores, &self.steps, labels);
        if !truth.log.is_finite() || truth.log < -1e4 {
            return 0.0;
        }
        for place in 0..labels.len() {
            let mut gradient = [0.0; LABELS];
            for (label, part) in gradient.iter_mut().enumerate() {
                *part = weight * (truth.tokens[place][label] - model.tokens[place][label]);
            }
            self.step(rows.row(place), &gradient);
        }
        for (before, row) in self.steps.iter_mut().enumerate() {
            for (label, value) in row.iter_mut().enumerate() {
                let gradient = weight * (truth.steps[before][label] - model.steps[before][label]);
                let square = &mut self.squares[before][label];
                *square += gradient * gradient;
                *value += STEP * gradient / (EPS + *square).sqrt();
            }
        }
        (model.log - truth.log) * weight
    }

    fn step(&mut self, features: &[u32], gradient: &Row) {
        let square: f32 = gradient.iter().map(|part| part * part).sum();
        if square < 1e-6 {
            return;
        }
        for feature in features {
            let row = &mut self.rows[*feature as usize];
            row[LABELS] += square;
            let rate = STEP / (EPS + row[LABELS]).sqrt();
            for (weight, part) in row.iter_mut().zip(gradient) {
                *weight += rate * part;
            }
        }
    }

    /// The weights as whole numbers, in the model's file format.
    pub(crate) fn bytes(&self, table: &Table, lexicon: &Lexicon) -> Vec<u8> {
        let mut steps = [[0i16; LABELS]; LABELS + 1];
        for (whole, step) in steps.iter_mut().flatten().zip(self.steps.iter().flatten()) {
            *whole = (step * SCALE).round() as i16;
        }
        let mut features: Vec<(u32, Whole)> = Vec::new();
        for (key, row) in table.features.iter().zip(&self.rows) {
            let mut whole = [0; LABELS];
            for (whole, weight) in whole.iter_mut().zip(row) {
                // Where all features are there, each counts for a little less.
                let weight = weight * (1.0 - DROPPED);
                if weight.abs() >= SMALL {
                    *whole = (weight * SCALE).round().clamp(-127.0, 127.0) as i8;
                }
            }
            if whole.iter().any(|weight| *weight != 0) {
                features.push((*key, whole));
            }
        }
        eprintln!("{} features of {} kept", features.len(), self.rows.len());
        Model::bytes(lexicon, &steps, &features)
    }
}

/// How probable each label and each step is, by the forward-backward algorithm.
struct Marginals {
    tokens: Vec<Row>,
    steps: Steps,
    log: f32,
}

impl Marginals {
    fn new(scores: &[Row], weights: &Steps, allowed: &[u16]) -> Self {
        let mut steps = [[0.0; LABELS]; LABELS + 1];
        for (before, row) in steps.iter_mut().enumerate() {
            for (label, step) in row.iter_mut().enumerate() {
                let may = may_follow((before < LABELS).then_some(before), label);
                *step = if may { weights[before][label].exp() } else { 0.0 };
            }
        }
        let (mut log, count) = (0.0, scores.len());
        let mut local: Vec<Row> = Vec::with_capacity(count);
        for (scores, allowed) in scores.iter().zip(allowed) {
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            log += top;
            let mut row = [0.0; LABELS];
            for (label, value) in row.iter_mut().enumerate() {
                *value = if allowed >> label & 1 == 1 { (scores[label] - top).exp().max(1e-30) } else { 0.0 };
            }
            local.push(row);
        }
        let mut forward: Vec<Row> = Vec::with_capacity(count);
        let mut scale = Vec::with_capacity(count);
        for place in 0..count {
            let mut row = [0.0; LABELS];
            for (label, value) in row.iter_mut().enumerate() {
                let reach: f32 = match place {
                    0 => steps[LABELS][label],
                    _ => (0..LABELS).map(|before| forward[place - 1][before] * steps[before][label]).sum(),
                };
                *value = reach * local[place][label];
            }
            let sum = row.iter().sum::<f32>().max(1e-37);
            row.iter_mut().for_each(|value| *value /= sum);
            log += sum.ln();
            scale.push(sum);
            forward.push(row);
        }
        let mut marginals = Self { tokens: forward.clone(), steps: [[0.0; LABELS]; LABELS + 1], log };
        let mut backward = [1.0; LABELS];
        for place in (0..count).rev() {
            let token = &mut marginals.tokens[place];
            token.iter_mut().zip(&backward).for_each(|(value, back)| *value *= back);
            if place == 0 {
                marginals.steps[LABELS] = *token;
                break;
            }
            let mut row = [0.0; LABELS];
            for (before, value) in row.iter_mut().enumerate() {
                for label in 0..LABELS {
                    let onward = steps[before][label] * local[place][label] * backward[label] / scale[place];
                    marginals.steps[before][label] += forward[place - 1][before] * onward;
                    *value += onward;
                }
            }
            backward = row;
        }
        marginals
    }
}
