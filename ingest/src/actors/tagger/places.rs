//! Places by the words beside them: "Lind village", "the town of Lind", "in Lind" where a town is
//! called so.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::label::Sort;
use super::lexicon::{self, Lexicon, known};
use super::{Hashed, Joint, Tagged, Token};
use crate::actors::lists::entries;
use crate::actors::words::{Case, FieldText};

/// Before a name they tell that one can be there.
const WHERE: &[&str] = &["in", "near", "outside"];

/// The longest name of a town that is looked for, in tokens.
const LONGEST: usize = 3;

static NOUNS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/place-nouns.txt")));

/// Finds towns that got no label.
pub(super) fn towns(text: &Text<'_, '_>, names: &mut Vec<Tagged>) {
    let mut towns = Vec::new();
    let mut next = names.iter().peekable();
    for first in 1..text.tokens.len() {
        while next.next_if(|name| name.last < first).is_some() {}
        let limit = next.peek().map_or(text.tokens.len(), |name| name.first);
        if let Some(last) = (first < limit).then(|| text.town(first, limit)).flatten() {
            towns.push(Tagged { first, last, sort: Sort::Place });
        }
    }
    if !towns.is_empty() {
        names.extend(towns);
        names.sort_by_key(|name| name.first);
    }
}

/// A field with its tokens.
pub(super) struct Text<'a, 'f> {
    pub(super) field: &'a FieldText<'f>,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a Lexicon,
}

impl Text<'_, '_> {
    fn printed(&self, place: usize) -> &str {
        self.tokens.get(place).map_or("", |token| &self.field.text[token.start..token.end])
    }

    /// Whether a word stands right behind the one before it.
    fn follows(&self, place: usize) -> bool {
        self.tokens.get(place).is_some_and(|token| token.joint == Joint::Space && !token.opens)
    }

    /// Whether the words beside a name tell that it is a place.
    pub(super) fn is_place(&self, name: &Tagged) -> bool {
        let acronym = name.first == name.last && self.tokens[name.first].case == Case::Capitals;
        if acronym || name.last > name.first + 2 || self.tokens[name.last].case == Case::Lower {
            return false;
        }
        let noun_behind = self.follows(name.last + 1) && NOUNS.contains(self.printed(name.last + 1));
        let noun_before = name.first > 1
            && self.follows(name.first)
            && self.printed(name.first - 1) == "of"
            && NOUNS.contains(self.printed(name.first - 2));
        let there = name.first > 0
            && WHERE.contains(&self.printed(name.first - 1))
            && self.what(name.first, name.last) & (known::CITY | known::TOWN | known::REGION) != 0;
        noun_behind || noun_before || there
    }

    fn what(&self, first: usize, last: usize) -> u8 {
        let words = (first..=last)
            .fold(0, |words, place| lexicon::join(words, Hashed::new(self.printed(place)).word));
        self.lexicon.names(words)
    }

    /// The last token of a town's name that opens at a token without a label, before `limit`.
    fn town(&self, first: usize, limit: usize) -> Option<usize> {
        let large = |place: usize| self.tokens[place].case == Case::Capital && self.follows(place);
        if !WHERE.contains(&self.printed(first - 1)) || !large(first) {
            return None;
        }
        let last = (first..limit).take(LONGEST).take_while(|place| large(*place)).last()?;
        let person = known::GIVEN | known::SURNAME;
        let what = self.what(first, last);
        (what & (known::CITY | known::REGION) != 0 && what & person == 0).then_some(last)
    }
}
