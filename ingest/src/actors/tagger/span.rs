//! From what the tagger labels to a name: titles and roles come off, parts of a name that a hyphen
//! ties to it come in, and what is nobody's name is left out.

use std::collections::HashSet;
use std::sync::LazyLock;

use dateline_index::actor::{ActorKind, Mention};

use super::Tagged;
use super::label::Sort;
use super::token::{Joint, Token};
use crate::actors::context::is_currency;
use crate::actors::lists::{
    ARMED_WORDS, INSTITUTION_WORDS, ROLES, TAILS, entries, holds, is_title_or_rank, kept_titles,
};
use crate::actors::words::{Case, FieldText, fold_word};

/// How far into a name a title is looked for: "Union Finance Minister Ada Lind".
const TITLE_REACH: usize = 6;

static SHIPS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/ship-signs.txt")));
static NEVER: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/never-names.txt")));

/// The mention that a labelled name makes, if it makes one.
pub(in crate::actors) fn mention(
    field: &FieldText<'_>,
    tokens: &[Token],
    name: &Tagged,
    found_by: &str,
) -> Option<Mention> {
    let cut = Cut { field, tokens };
    let (first, last) = match name.sort {
        Sort::Person => cut.person(name.first, name.last)?,
        Sort::Organisation | Sort::Place => cut.trimmed(name.first, name.last)?,
        Sort::Other => return None,
    };
    let (start, end) = (tokens[first].start, tokens[last].end);
    let text = field.text.get(start..end)?;
    if is_currency(field, end) {
        return None;
    }
    Some(Mention {
        field: field.field,
        start,
        end,
        text: text.to_owned(),
        name: text.split_whitespace().collect::<Vec<_>>().join(" "),
        kind: match name.sort {
            Sort::Person => ActorKind::Person,
            Sort::Place => ActorKind::Place,
            _ => cut.kind(first, last),
        },
        found_by: found_by.to_owned(),
        resolved_by: "alias".to_owned(),
    })
}

/// A field with its tokens.
struct Cut<'a, 'f> {
    field: &'a FieldText<'f>,
    tokens: &'a [Token],
}

impl Cut<'_, '_> {
    fn folded(&self, place: usize) -> String {
        let token = self.tokens[place];
        fold_word(self.field.text[token.start..token.end].trim_end_matches('.'))
    }

    /// A name without marks, articles and a possessive at its ends.
    fn trimmed(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let (mut first, mut last) = (first, last);
        let text = |place: usize| &self.field.text[self.tokens[place].start..self.tokens[place].end];
        while first < last
            && (self.tokens[first].mark || matches!(self.folded(first).as_str(), "the" | "a" | "an"))
        {
            first += 1;
        }
        let possessive =
            |place: usize| matches!(text(place), "s" | "S") && self.tokens[place].joint == Joint::Apostrophe;
        while first < last && (self.tokens[last].mark && text(last) != ")" || possessive(last)) {
            last -= 1;
        }
        let words = (first..=last).filter(|place| !self.tokens[*place].mark);
        let named = words.clone().any(|place| !NEVER.contains(self.folded(place).as_str()));
        let letters = words.clone().any(|place| text(place).chars().any(char::is_alphabetic));
        (named && letters && text(first) != "'s").then_some((first, last))
    }

    /// A person's name without titles and with all that a hyphen ties to it.
    fn person(&self, first: usize, last: usize) -> Option<(usize, usize)> {
        let (first, last) = self.trimmed(first, last)?;
        let reach = (first..last).take(TITLE_REACH);
        let title = reach.rev().find(|place| self.is_title(*place) && self.is_named_behind(*place, last));
        let mut first = title.map_or(first, |title| title + 1);
        while first < last && self.tokens[first].mark {
            first += 1;
        }
        let mut last = last;
        while first > 0
            && self.tokens[first].joint == Joint::Hyphen
            && self.tokens[first - 1].case == Case::Capital
        {
            first -= 1;
        }
        while self.tokens.get(last + 1).is_some_and(|token| token.joint == Joint::Hyphen)
            && self.is_tied(last + 1)
        {
            last += 1;
        }
        let named = first < last || !self.is_title(last);
        (named && !self.is_ship(first)).then_some((first, last))
    }

    /// Whether it is the name of a ship: "USS Ronald Reagan".
    fn is_ship(&self, first: usize) -> bool {
        let before = first.checked_sub(1).map(|before| self.tokens[before]);
        before.is_some_and(|before| {
            let sign = &self.field.text[before.start..before.end];
            before.case == Case::Capitals && SHIPS.contains(fold_word(sign).as_str())
        })
    }

    fn is_title(&self, place: usize) -> bool {
        let (token, folded) = (self.tokens[place], self.folded(place));
        match token.case {
            Case::Lower => holds(ROLES, &folded),
            _ if token.mark || kept_titles().contains(folded.as_str()) => false,
            _ => is_title_or_rank(&folded),
        }
    }

    fn is_named_behind(&self, place: usize, last: usize) -> bool {
        let mut behind = place + 1..=last;
        behind.any(|place| {
            let token = self.tokens[place];
            !token.mark && token.case != Case::Lower && !self.is_title(place)
        })
    }

    /// Whether a word behind a hyphen is part of the name: "Shu-kai", but not "Lind-led".
    fn is_tied(&self, place: usize) -> bool {
        let token = self.tokens[place];
        let short = token.end - token.start <= 5 && !holds(TAILS, &self.folded(place));
        token.case == Case::Capital || token.case == Case::Lower && short && !token.mark
    }

    /// What sort of organisation the words of a name tell.
    fn kind(&self, first: usize, last: usize) -> ActorKind {
        let any = |list: &[&str]| (first..=last).any(|place| holds(list, &self.folded(place)));
        if any(ARMED_WORDS) {
            ActorKind::ArmedGroup
        } else if any(INSTITUTION_WORDS) {
            ActorKind::Institution
        } else {
            ActorKind::Organisation
        }
    }
}
