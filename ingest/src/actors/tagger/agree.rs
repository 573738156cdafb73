//! A second look at what was labelled: a name is of one sort within an article, and a town's name
//! that nobody bears is a town.

use std::collections::HashMap;

use super::hash::{Hashed, KEYS};
use super::label::Sort;
use super::lexicon::{Lexicon, join, known};
use super::{Tagged, Token};
use crate::actors::words::FieldText;

/// A field with its tokens and the names in it.
pub(super) type Labelled = (Vec<Token>, Vec<Tagged>);

/// Gives every name the sort that most of its mentions have.
pub(super) fn agree(fields: &[FieldText<'_>], labelled: &mut [Labelled], lexicon: &Lexicon) {
    let mut votes: HashMap<u64, [u32; 4], KEYS> = HashMap::default();
    for (field, (tokens, names)) in fields.iter().zip(labelled.iter_mut()) {
        for name in names {
            let words = &tokens[name.first..=name.last];
            if is_town(field, words, lexicon) && matches!(name.sort, Sort::Person | Sort::Organisation) {
                name.sort = Sort::Place;
            }
            votes.entry(number(field, words)).or_default()[name.sort as usize] += 1;
        }
    }
    for (field, (tokens, names)) in fields.iter().zip(labelled) {
        for name in names {
            let Some(votes) = votes.get(&number(field, &tokens[name.first..=name.last])) else { continue };
            let most = votes.iter().max().copied().unwrap_or_default();
            let leads = |sort: &Sort| votes[*sort as usize] == most;
            if votes[name.sort as usize] < most
                && let Some(sort) = Sort::ALL.into_iter().find(leads)
            {
                name.sort = sort;
            }
        }
    }
}

/// Whether words are the name of a town or a region, and no part of them is a person's.
fn is_town(field: &FieldText<'_>, words: &[Token], lexicon: &Lexicon) -> bool {
    let what = lexicon.names(number(field, words));
    let named = |token: &Token| lexicon.names(word(field, token)) & (known::GIVEN | known::SURNAME) != 0;
    what & (known::CITY | known::TOWN | known::REGION) != 0 && !words.iter().any(named)
}

fn number(field: &FieldText<'_>, words: &[Token]) -> u64 {
    words.iter().fold(0, |number, token| join(number, word(field, token)))
}

fn word(field: &FieldText<'_>, token: &Token) -> u64 {
    Hashed::new(&field.text[token.start..token.end]).word
}
