//! Finds people, organisations and places that no list knows, in English: a linear-chain tagger
//! whose weights are learned from labelled news (`ingest/examples/train-tagger`).

mod agree;
mod decode;
mod features;
mod hash;
mod join;
mod label;
mod lexicon;
mod look;
mod model;
mod places;
mod span;
mod split;
#[cfg(test)]
mod tests;
mod token;

use std::sync::LazyLock;

use dateline_index::actor::Mention;
use dateline_index::language::Language;

use super::Recognizer;
use super::words::FieldText;

pub use features::{Looks, Memory};
pub use hash::{Hashed, KEYS};
pub use label::{LABELS, Sort, may_follow};
pub use lexicon::{Lexicon, key, known};
pub use model::{Model, Weights};
pub(super) use span::mention;
pub use token::{Joint, Token, tokens};

static WEIGHTS: &[u8] = include_bytes!("../../data/tagger/weights.bin");

/// The built-in weights, read when they are first asked for.
static BUILTIN: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(WEIGHTS));

/// The trained tagger.
#[derive(Debug, Default)]
pub struct Tagger {
    /// Weights in place of the built-in ones.
    model: Option<Model>,
}

/// A name that the tagger sees: the first and the last token, and its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Its first token.
    pub first: usize,
    /// Its last token.
    pub last: usize,
    /// Its sort.
    pub sort: Sort,
}

impl Tagger {
    /// A tagger with other weights than the built-in ones.
    #[must_use]
    pub fn new(model: Model) -> Self {
        Self { model: Some(model) }
    }

    /// The names that the tagger sees in fields of one article, each with its tokens.
    #[must_use]
    pub fn tag(&self, fields: &[FieldText<'_>]) -> Vec<(Vec<Token>, Vec<Tagged>)> {
        let Some(model) = self.model.as_ref().or(BUILTIN.as_ref()) else {
            return vec![<_>::default(); fields.len()];
        };
        let cut: Vec<_> = fields.iter().map(tokens).collect();
        let looks: Vec<_> = fields
            .iter()
            .zip(&cut)
            .map(|(field, tokens)| Looks::new(field, tokens, &model.lexicon))
            .collect();
        let mut memory = Memory::default();
        looks.iter().for_each(|looks| memory.learn(looks));
        let name = |(tokens, looks): (Vec<Token>, &Looks)| {
            let names = names(model, &tokens, looks, &memory);
            (tokens, names)
        };
        let mut labelled: Vec<_> = cut.into_iter().zip(&looks).map(name).collect();
        agree::agree(fields, &mut labelled, &model.lexicon);
        labelled
    }
}

impl Recognizer for Tagger {
    fn name(&self) -> &'static str {
        "tagger"
    }

    fn mentions(&self, field: &FieldText<'_>) -> Vec<Mention> {
        self.read(std::slice::from_ref(field)).pop().unwrap_or_default()
    }

    fn read(&self, fields: &[FieldText<'_>]) -> Vec<Vec<Mention>> {
        let english =
            fields.iter().all(|field| field.language.is_none_or(|language| language == Language::ENGLISH));
        if !english {
            return vec![Vec::new(); fields.len()];
        }
        let tagged = self.tag(fields).into_iter().zip(fields);
        tagged
            .map(|((tokens, names), field)| {
                names.iter().filter_map(|name| mention(field, &tokens, name, self.name())).collect()
            })
            .collect()
    }
}

fn names(model: &Model, tokens: &[Token], looks: &Looks, memory: &Memory) -> Vec<Tagged> {
    let mut labels = Vec::with_capacity(tokens.len());
    let mut first = 0;
    while first < tokens.len() {
        let rest = tokens[first + 1..].iter().position(|token| token.opens);
        let end = rest.map_or(tokens.len(), |length| first + 1 + length);
        decode::decode(model, looks, memory, first, end, &mut labels);
        first = end;
    }
    let mut names: Vec<Tagged> = Vec::new();
    for (place, label) in labels.iter().map(|label| usize::from(*label)).enumerate() {
        let Some(sort) = Sort::of_label(label) else { continue };
        match names.last_mut().filter(|_| label == sort.inside()) {
            Some(name) => name.last = place,
            None => names.push(Tagged { first: place, last: place, sort }),
        }
    }
    names
}
