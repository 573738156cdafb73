//! A second look at what was labelled: parts of a name come together, a name is of one sort within an article, and a town's name
//! that nobody bears is a town.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::hash::{Hashed, KEYS};
use super::join::join;
use super::label::Sort;
use super::lexicon::{self, Lexicon, known};
use super::places::{Text, towns};
use super::split::split;
use super::{Tagged, Token};
use crate::actors::lists::{entries, no_actor_heads, organisation_heads};
use crate::actors::words::{Case, FieldText, fold_word};

static PLACES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/place-heads.txt")));

/// A field with its tokens and the names in it.
pub(super) type Labelled = (Vec<Token>, Vec<Tagged>);

/// How many labels a sort outvotes that the name itself or the words beside it tell.
const SURE: u32 = 3;

/// Gives every name the sort that most of its mentions have.
pub(super) fn agree(fields: &[FieldText<'_>], labelled: &mut [Labelled], lexicon: &Lexicon) {
    let mut votes: HashMap<u64, [u32; 4], KEYS> = HashMap::default();
    let mut surnames: HashSet<u64, KEYS> = HashSet::default();
    for (field, (tokens, names)) in fields.iter().zip(labelled.iter_mut()) {
        join(field, tokens, names);
        split(field, tokens, names, lexicon);
        let text = Text { field, tokens, lexicon };
        towns(&text, names);
        let people = names.iter().filter(|name| name.sort == Sort::Person && name.first < name.last);
        surnames.extend(people.map(|name| word(field, &tokens[name.last])));
        for name in names {
            let told = told_sort(&text, name, &surnames);
            name.sort = told.unwrap_or(name.sort);
            let votes = votes.entry(number(field, &tokens[name.first..=name.last])).or_default();
            votes[name.sort as usize] += if told.is_some() { SURE } else { 1 };
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

/// The sort that a name's own words or those beside it tell, in an article whose people have these surnames.
fn told_sort(text: &Text<'_, '_>, name: &Tagged, surnames: &HashSet<u64, KEYS>) -> Option<Sort> {
    let words = &text.tokens[name.first..=name.last];
    let person =
        |token: &Token| text.lexicon.names(word(text.field, token)) & (known::GIVEN | known::SURNAME) != 0;
    match head_sort(text.field, words, text.lexicon) {
        // "Lind Tower" beside Ada Lind: named after somebody, while works with such a head ("Jurassic Park") are not.
        Some(Sort::Place) if words.len() == 2 && surnames.contains(&word(text.field, &words[0])) => {
            return Some(Sort::Place);
        }
        Some(sort) if sort == Sort::Other || name.sort != Sort::Other => return Some(sort),
        _ if name.sort == Sort::Other => return None,
        _ => {}
    }
    if name.sort != Sort::Place && text.is_place(name) || is_town(text.field, words, text.lexicon) {
        return Some(Sort::Place);
    }
    let acronym = name.sort == Sort::Person && is_acronym(text.tokens, name);
    (acronym && !words.iter().any(person)).then_some(Sort::Organisation)
}

/// The sort that a name's head tells: the last word, or the one before "of".
fn head_sort(field: &FieldText<'_>, words: &[Token], lexicon: &Lexicon) -> Option<Sort> {
    let folded = |token: &Token| fold_word(&field.text[token.start..token.end]);
    let links =
        |token: &Token| matches!(&field.text[token.start..token.end], "of" | "for" | "on" | "against");
    let link = words.iter().position(links);
    let head = link.unwrap_or(words.len()).checked_sub(1)?;
    if words.len() < 2 || words[head].mark {
        return None;
    }
    let surname = lexicon.names(word(field, &words[head])) & known::SURNAME != 0;
    let head = folded(&words[head]);
    if no_actor_heads().contains(head.as_str()) && (!surname || link.is_some()) {
        return Some(Sort::Other);
    }
    if PLACES.contains(head.as_str()) {
        return Some(Sort::Place);
    }
    organisation_heads().contains(head.as_str()).then_some(Sort::Organisation)
}

/// Whether a name is one word in capitals among words that are not: nobody is called so.
fn is_acronym(tokens: &[Token], name: &Tagged) -> bool {
    let loud = |place: usize| {
        tokens
            .get(place)
            .filter(|token| token.case == Case::Capitals)
            .map_or(0, |token| token.end - token.start)
    };
    let beside = name.first.checked_sub(1).map_or(0, loud).max(loud(name.last + 1));
    name.first == name.last && loud(name.first) > 2 && beside < 2
}

/// Whether words are the name of a town or a region, and no part of them is a person's.
fn is_town(field: &FieldText<'_>, words: &[Token], lexicon: &Lexicon) -> bool {
    let what = lexicon.names(number(field, words));
    let named = |token: &Token| lexicon.names(word(field, token)) & (known::GIVEN | known::SURNAME) != 0;
    what & (known::CITY | known::TOWN | known::REGION) != 0 && !words.iter().any(named)
}

fn number(field: &FieldText<'_>, words: &[Token]) -> u64 {
    words.iter().fold(0, |number, token| lexicon::join(number, word(field, token)))
}

fn word(field: &FieldText<'_>, token: &Token) -> u64 {
    Hashed::new(&field.text[token.start..token.end]).word
}
