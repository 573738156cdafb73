//! A transformer that people bring along finds names beside the trained tagger (feature `neural`):
//! any model for token classification in ONNX, as `optimum-cli export onnx --task
//! token-classification` writes it.
//!
//! The folder holds `model.onnx`, `tokenizer.json` and `config.json` (its `id2label` tells what the
//! model's answers mean: `B-PER`, `I-ORG`, `LOC` …). Nothing is fetched: the model runs in this process.

mod labels;
mod network;

use std::path::Path;

use dateline_index::actor::Mention;
use dateline_index::identity::digest;
use thiserror::Error;
use tokenizers::{Encoding, Tokenizer};

use super::Recognizer;
use super::tagger::{Tagged, Token, mention, tokens};
use super::words::FieldText;
use labels::{Labels, Spot, spans};
use network::Network;

/// Tokens that a window takes unless the model's `config.json` allows fewer: what a model of
/// everyday size reads at once without time growing with the square of the length.
const LONGEST: usize = 256;

/// The transformer of a folder.
#[derive(Debug)]
pub struct Neural {
    tokenizer: Tokenizer,
    network: Network,
    labels: Labels,
    longest: usize,
    fingerprint: String,
}

/// Why a folder's model cannot be used.
#[derive(Debug, Error)]
pub enum NeuralError {
    /// A file is missing or cannot be read.
    #[error(
        "{file}: {reason}. A folder with a model for names holds model.onnx, tokenizer.json and config.json"
    )]
    File {
        /// Its path.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The model's labels name nobody.
    #[error("{file}: id2label has no label for people, organisations or places (PER, ORG, LOC, GPE …)")]
    Labels {
        /// The path of `config.json`.
        file: String,
    },
    /// The model answers otherwise than it should.
    #[error("{file}: {reason}")]
    Model {
        /// The path of `model.onnx`.
        file: String,
        /// What it does.
        reason: String,
    },
}

impl Neural {
    /// Opens the model of a folder, and asks it once, so that one that does not fit is found out here.
    ///
    /// # Errors
    ///
    /// If a file is missing or broken, if its labels name nobody, or if it does not answer with a
    /// label for each token.
    pub fn open(folder: &Path) -> Result<Self, NeuralError> {
        let at = |name: &str| folder.join(name);
        let broken = |name: &str, reason: &dyn std::fmt::Display| NeuralError::File {
            file: at(name).display().to_string(),
            reason: reason.to_string(),
        };
        let config = std::fs::read(at("config.json")).map_err(|error| broken("config.json", &error))?;
        let config: serde_json::Value =
            serde_json::from_slice(&config).map_err(|error| broken("config.json", &error))?;
        let labels = Labels::read(&config)
            .ok_or_else(|| NeuralError::Labels { file: at("config.json").display().to_string() })?;
        let mut tokenizer =
            Tokenizer::from_file(at("tokenizer.json")).map_err(|error| broken("tokenizer.json", &error))?;
        tokenizer.with_truncation(None).map_err(|error| broken("tokenizer.json", &error))?;
        tokenizer.with_padding(None);
        let allowed = config.get("max_position_embeddings").and_then(serde_json::Value::as_u64);
        // Some models count their positions from two.
        let allowed = allowed.and_then(|allowed| usize::try_from(allowed).ok()?.checked_sub(2));
        let longest = allowed.unwrap_or(LONGEST).clamp(8, LONGEST);
        let network = Network::open(&at("model.onnx"))?;
        let fingerprint = fingerprint(folder).map_err(|error| broken("model.onnx", &error))?;
        let neural = Self { tokenizer, network, labels, longest, fingerprint };
        neural
            .ask_once()
            .map_err(|reason| NeuralError::Model { file: at("model.onnx").display().to_string(), reason })?;
        Ok(neural)
    }

    /// Equal for equal models: a digest of the three files.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Whether the model answers with as many scores a token as there are labels.
    fn ask_once(&self) -> Result<(), String> {
        for text in ["Ada Lind", &"Ada Lind saw the Harbour Council in Oslo. ".repeat(self.longest / 10)] {
            let window = self.windows(text).first().copied().unwrap_or_default();
            self.spots(text, window)?;
        }
        Ok(())
    }

    /// Stretches of a text that the model takes whole: they end with a paragraph or a sentence where
    /// one ends in their second half, else between two words.
    fn windows(&self, text: &str) -> Vec<(usize, usize)> {
        let Ok(encoded) = self.tokenizer.encode(text, false) else { return Vec::new() };
        let offsets = encoded.get_offsets();
        let room = self.longest - self.tokenizer.get_post_processor().map_or(2, |post| added(post).max(2));
        let mut windows = Vec::new();
        let mut first = 0;
        while first < offsets.len() {
            let end = (first + room).min(offsets.len());
            let end = if end == offsets.len() { end } else { end_of_window(text, &encoded, first, end) };
            let last_byte = offsets.get(end).map_or(text.len(), |next| next.0);
            let first_byte = if first == 0 { 0 } else { offsets[first].0 };
            if first_byte < last_byte {
                windows.push((first_byte, last_byte));
            }
            first = end;
        }
        windows
    }

    /// What the model says of each word of a window.
    fn spots(&self, text: &str, (start, end): (usize, usize)) -> Result<Vec<Spot>, String> {
        let Some(window) = text.get(start..end).filter(|window| !window.trim().is_empty()) else {
            return Ok(Vec::new());
        };
        let encoded = self.tokenizer.encode(window, true).map_err(|error| error.to_string())?;
        let answers = self.network.run(encoded.get_ids(), encoded.get_type_ids(), self.labels.len())?;
        let mut spots: Vec<Spot> = Vec::new();
        let mut word_before = None;
        for (place, label) in answers.into_iter().enumerate() {
            let (first, last) = encoded.get_offsets()[place];
            let word = encoded.get_word_ids()[place];
            if encoded.get_special_tokens_mask()[place] == 1 || first == last {
                continue;
            }
            // A word is labelled by its first piece, as models are trained.
            match spots.last_mut().filter(|_| word.is_some() && word == word_before) {
                Some(spot) => spot.end = start + last,
                None => {
                    let spaces = window[first..last].len() - window[first..last].trim_start().len();
                    let (label, begins) = self.labels.of(label);
                    spots.push(Spot { start: start + first + spaces, end: start + last, label, begins });
                }
            }
            word_before = word;
        }
        Ok(spots)
    }
}

impl Recognizer for Neural {
    fn name(&self) -> &'static str {
        "neural"
    }

    fn mentions(&self, field: &FieldText<'_>) -> Vec<Mention> {
        let cut = tokens(field);
        let windows = self.windows(field.text).into_iter();
        // The model answered when it was opened: it does so for every window of that length.
        let spots = windows.map(|window| self.spots(field.text, window).unwrap_or_default());
        let spans = spots.flat_map(|spots| spans(&spots));
        let tagged = spans.filter_map(|span| tagged(&cut, &span));
        let mut mentions: Vec<Mention> =
            tagged.filter_map(|tagged| mention(field, &cut, &tagged, self.name())).collect();
        mentions.dedup_by(|next, before| next.start < before.end);
        mentions
    }
}

/// The tokens that a span covers, also in part.
fn tagged(cut: &[Token], span: &labels::Span) -> Option<Tagged> {
    let first = cut.partition_point(|token| token.end <= span.start);
    let last = cut.partition_point(|token| token.start < span.end).checked_sub(1)?;
    (first <= last).then_some(Tagged { first, last, sort: span.sort })
}

fn fingerprint(folder: &Path) -> std::io::Result<String> {
    let digests = ["model.onnx", "tokenizer.json", "config.json"]
        .map(|name| std::fs::read(folder.join(name)).map(|bytes| digest(&bytes)));
    let digests: Vec<String> = digests.into_iter().collect::<std::io::Result<_>>()?;
    Ok(digest(digests.concat().as_bytes())[..12].to_owned())
}

/// Tokens that a tokenizer adds around a text.
fn added(post: &impl tokenizers::PostProcessor) -> usize {
    post.added_tokens(false)
}

/// Where a window that opens at a token ends, at the latest before another.
fn end_of_window(text: &str, encoded: &Encoding, first: usize, latest: usize) -> usize {
    let offsets = encoded.get_offsets();
    let middle = first + (latest - first) / 2;
    let gap = |place: usize| &text[offsets[place - 1].1..offsets[place].0.max(offsets[place - 1].1)];
    let stops =
        |place: usize| text[..offsets[place - 1].1].ends_with(['.', '!', '?', '。', '؟', '…', '”', '"']);
    let whole = |place: &usize| {
        let words = encoded.get_word_ids();
        words[*place].is_none() || words[*place] != words[*place - 1]
    };
    let from_the_end = || (middle.max(first + 1)..=latest).rev();
    from_the_end()
        .find(|place| gap(*place).contains('\n'))
        .or_else(|| from_the_end().find(|place| stops(*place) && whole(place)))
        .or_else(|| (first + 1..=latest).rev().find(whole))
        .unwrap_or(latest)
}
