//! Makes one name of what was labelled in parts: partners of a firm, "University of" a place, the
//! second half of "Commerce and Industry", a given name behind a surname.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::label::Sort;
use super::{Joint, Tagged, Token};
use crate::actors::lists::{OPENERS, TAILS, TITLES, entries, holds, organisation_heads};
use crate::actors::words::{Case, FieldText, fold_word};

/// How many words with a capital a name may take in on either side.
const REACH: usize = 4;

static SUBJECTS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/subjects.txt")));

/// Joins the parts of names, which stay in order and without overlaps.
pub(super) fn join(field: &FieldText<'_>, tokens: &[Token], names: &mut Vec<Tagged>) {
    let text = Text { field, tokens };
    let mut joined: Vec<Tagged> = Vec::with_capacity(names.len());
    for name in names.iter() {
        match joined.last_mut() {
            // It was taken in by the name before it.
            Some(before) if name.first <= before.last => before.last = before.last.max(name.last),
            Some(before) if text.belong(before, name) => {
                (before.last, before.sort) = (name.last, Sort::Organisation);
                before.last = text.end_of_subjects(before);
            }
            before => {
                let floor = before.map_or(0, |before| before.last + 1);
                let mut name = *name;
                match name.sort {
                    Sort::Organisation => {
                        name.first = text.start_of_subjects(&name, floor);
                        name.last = text.end_of_subjects(&name);
                    }
                    Sort::Person => name.last = text.end_of_given_names(name.last),
                    Sort::Place | Sort::Other => {}
                }
                joined.push(name);
            }
        }
    }
    *names = joined;
}

/// A field with its tokens.
struct Text<'a, 'f> {
    field: &'a FieldText<'f>,
    tokens: &'a [Token],
}

impl Text<'_, '_> {
    fn printed(&self, place: usize) -> &str {
        &self.field.text[self.tokens[place].start..self.tokens[place].end]
    }

    fn folded(&self, place: usize) -> String {
        fold_word(self.printed(place))
    }

    fn is(&self, place: usize, word: &str) -> bool {
        place < self.tokens.len() && self.printed(place) == word && !self.tokens[place].opens
    }

    /// Whether two names are one: "Lind & Okoro Ltd", "University of the Cape".
    fn belong(&self, before: &Tagged, name: &Tagged) -> bool {
        if (before.last + 1..=name.first).any(|place| self.tokens[place].opens) {
            return false;
        }
        let firm = |sort| matches!(sort, Sort::Person | Sort::Organisation);
        match name.first - before.last {
            2 if self.is(before.last + 1, "&") => firm(before.sort) && firm(name.sort),
            2 | 3 if self.is(before.last + 1, "of") => {
                (name.first - before.last == 2 || self.is(before.last + 2, "the"))
                    && (before.sort, name.sort) == (Sort::Organisation, Sort::Place)
                    && organisation_heads().contains(self.folded(before.last).as_str())
            }
            _ => false,
        }
    }

    /// The last token of a name with what stands behind a comma or "and" and is a subject like those
    /// in it: "Ministry of Law, Trade and Industry".
    fn end_of_subjects(&self, name: &Tagged) -> usize {
        let links = (name.first + 1..name.last).any(|place| matches!(self.printed(place), "of" | "for"));
        if name.sort != Sort::Organisation || !links {
            return name.last;
        }
        let mut last = name.last;
        let mut listed = last;
        while self.is(listed + 1, ",") {
            match self.subject_behind(listed + 1) {
                Some(end) => listed = end,
                None => break,
            }
        }
        let joined = if self.is(listed + 1, ",") { listed + 2 } else { listed + 1 };
        if self.is(joined, "and") || self.is(joined, "&") {
            last = self.subject_behind(joined).unwrap_or(last);
        }
        last
    }

    /// The end of the words with capitals behind a token, where the last is a subject.
    fn subject_behind(&self, place: usize) -> Option<usize> {
        let behind = (place + 1..self.tokens.len()).take(REACH);
        let large = behind.take_while(|place| self.is_large(*place));
        large.filter(|place| SUBJECTS.contains(self.folded(*place).as_str())).last()
    }

    /// The first token of a name whose head is at its end, with the subject before an "and" in it:
    /// "Rights and Lind Group". `floor` is the first token that no other name has.
    fn start_of_subjects(&self, name: &Tagged, floor: usize) -> usize {
        let head = organisation_heads().contains(self.folded(name.last).as_str());
        let Some(link) = name.first.checked_sub(1).filter(|link| *link > floor && head) else {
            return name.first;
        };
        let partners = self.is(link, "&");
        if !partners && !self.is(link, "and") {
            return name.first;
        }
        let before = (floor..link).rev().take(REACH).take_while(|place| self.is_large(*place));
        let first = before.last().filter(|first| !self.tokens[*first].opens || partners);
        let subject = SUBJECTS.contains(self.folded(link - 1).as_str());
        first.filter(|_| subject || partners).unwrap_or(name.first)
    }

    /// Whether a token is a word with a capital that may be part of a name.
    fn is_large(&self, place: usize) -> bool {
        let token = self.tokens[place];
        let folded = self.folded(place);
        token.case != Case::Lower
            && !token.mark
            && matches!(token.joint, Joint::Space | Joint::Hyphen)
            && !holds(OPENERS, &folded)
            && !holds(TITLES, &folded)
    }

    /// The last token of a person's name with a given name of two syllables behind it: "Larry Lee" of
    /// "Larry Lee Lap-yip".
    fn end_of_given_names(&self, last: usize) -> usize {
        let free = |place: usize| {
            self.tokens.get(place).is_some_and(|token| {
                token.case == Case::Capital && token.joint == Joint::Space && !token.opens && !token.mark
            })
        };
        let tied = |place: usize| {
            self.tokens.get(place).is_some_and(|token| {
                token.joint == Joint::Hyphen
                    && token.case == Case::Lower
                    && token.end - token.start <= 6
                    && !holds(TAILS, &self.folded(place))
                    && self.printed(place).bytes().all(|byte| byte.is_ascii_lowercase())
            })
        };
        let short = |place: usize| self.tokens[place].end - self.tokens[place].start <= 6;
        match last + 1 {
            next if free(next) && short(next) && tied(next + 1) => next + 1,
            next if free(next) && short(next) && free(next + 1) && short(next + 1) && tied(next + 2) => {
                next + 2
            }
            _ => last,
        }
    }
}
