//! Cuts what was labelled as one name and is two, or one and something else: a dateline and what
//! follows, an office and the person who holds it, "Lind-based".

use super::label::Sort;
use super::lexicon::{Lexicon, known};
use super::{Hashed, Joint, Tagged, Token};
use crate::actors::lists::{NOT_IN_PERSONS, OPENERS, TAILS, holds, is_title_or_rank, organisation_heads};
use crate::actors::words::{Case, FieldText, fold_word};

/// The longest person's name that is looked for behind an office, in tokens.
const PERSON: usize = 6;

/// Cuts names, which stay in order.
pub(super) fn split(field: &FieldText<'_>, tokens: &[Token], names: &mut Vec<Tagged>, lexicon: &Lexicon) {
    let cut = Cut { field, tokens, lexicon };
    if names.iter().all(|name| name.first == name.last) {
        return;
    }
    let mut parts = Vec::with_capacity(names.len() + 2);
    for name in names.drain(..) {
        let (dateline, name) = cut.dateline(name);
        parts.extend(dateline);
        let name = cut.without_tail(cut.without_open_bracket(name));
        let (office, holder) = cut.office_and_holder(name);
        parts.push(office);
        parts.extend(holder);
    }
    *names = parts;
}

/// A field with its tokens.
struct Cut<'a, 'f> {
    field: &'a FieldText<'f>,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
}

impl Cut<'_, '_> {
    fn printed(&self, place: usize) -> &str {
        &self.field.text[self.tokens[place].start..self.tokens[place].end]
    }

    fn folded(&self, place: usize) -> String {
        fold_word(self.printed(place).trim_end_matches('.'))
    }

    /// The place that opens a text and what a hyphen ties to it: "Bern-The Lind Council".
    fn dateline(&self, name: Tagged) -> (Option<Tagged>, Tagged) {
        let next = name.first + 1;
        if !self.tokens[name.first].opens
            || next >= name.last
            || self.tokens[next].joint != Joint::Hyphen
            || self.tokens[next].case == Case::Lower
        {
            return (None, name);
        }
        let what = self.lexicon.names(Hashed::new(self.printed(name.first)).word);
        if !holds(OPENERS, &self.folded(next)) && what & (known::CITY | known::REGION) == 0 {
            return (None, name);
        }
        let place = Tagged { first: name.first, last: name.first, sort: Sort::Place };
        let given = self.lexicon.names(Hashed::new(self.printed(next)).word) & known::GIVEN != 0;
        let person = given && (next..=name.last).all(|place| self.is_of_person(place));
        let sort = if person { Sort::Person } else { name.sort };
        (Some(place), Tagged { first: next, sort, ..name })
    }

    /// A name up to a bracket that does not close in it.
    fn without_open_bracket(&self, name: Tagged) -> Tagged {
        let places = name.first + 1..=name.last;
        let open = places.clone().rev().find(|place| self.printed(*place) == "(");
        match open.filter(|open| !(open + 1..=name.last).any(|place| self.printed(place) == ")")) {
            Some(open) => Tagged { last: open - 1, ..name },
            None => name,
        }
    }

    /// A name up to a word that a hyphen ties to it without being part of it: "Lind-based".
    fn without_tail(&self, name: Tagged) -> Tagged {
        let tail = (name.first + 1..=name.last).find(|place| {
            self.tokens[*place].joint == Joint::Hyphen
                && self.tokens[*place].case == Case::Lower
                && holds(TAILS, &self.folded(*place))
        });
        tail.map_or(name, |tail| Tagged { last: tail - 1, ..name })
    }

    /// An organisation or a place and the person behind it, with the title that parts them: "Lind
    /// Council President Ada Okoro".
    fn office_and_holder(&self, name: Tagged) -> (Tagged, Option<Tagged>) {
        if !matches!(name.sort, Sort::Organisation | Sort::Place) || name.last < name.first + 3 {
            return (name, None);
        }
        let titles = (name.first + 1..name.last - 1).rev();
        let Some(title) = titles.filter(|place| self.is_title(*place)).find(|title| {
            name.last - title <= PERSON && (title + 1..=name.last).all(|place| self.is_of_person(place))
        }) else {
            return (name, None);
        };
        let holder = Tagged { first: title + 1, last: name.last, sort: Sort::Person };
        let mut last = title - 1;
        while last > name.first && self.is_title(last) {
            last -= 1;
        }
        (Tagged { last, ..name }, Some(holder))
    }

    fn is_title(&self, place: usize) -> bool {
        let folded = self.folded(place);
        self.tokens[place].case != Case::Lower && is_title_or_rank(&folded)
    }

    fn is_of_person(&self, place: usize) -> bool {
        let (token, folded) = (self.tokens[place], self.folded(place));
        let initial = token.mark && self.printed(place) == ".";
        let large = token.case != Case::Lower || token.joint == Joint::Hyphen;
        initial
            || !token.mark
                && large
                && !holds(NOT_IN_PERSONS, &folded)
                && !organisation_heads().contains(folded.as_str())
    }
}
