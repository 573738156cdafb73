//! Names that change hands: what one means on a day.

use std::collections::HashMap;

use jiff::civil::Date;

use super::entry::{Entry, Name, NameRule};
use super::fold::fold;
use super::{Registry, Sort};
use crate::actor::ActorKind;

/// Whose a name is, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    place: usize,
    from: Option<Date>,
    to: Option<Date>,
}

/// What a name means on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning<'r> {
    /// What it means today.
    Usual,
    /// Another actor than today.
    Other(&'r Entry),
    /// Nobody any more: it was a name once.
    Past,
}

impl Claim {
    pub(super) fn new(place: usize, name: &Name) -> Self {
        Self { place, from: name.from, to: name.to }
    }
}

/// The names of which a claim is dated.
pub(super) fn dated(claims: &[(usize, Sort, &Name)]) -> HashMap<(Sort, String), Vec<Claim>> {
    let dated = claims.iter().filter(|(.., name)| name.from.is_some() || name.to.is_some());
    dated.map(|(_, sort, name)| ((*sort, fold(&name.text)), Vec::new())).collect()
}

impl Registry {
    /// What a name of that kind means on a day. Where no day is known, it means what it means today.
    #[must_use]
    pub fn meaning_on(&self, name: &str, kind: ActorKind, day: Option<Date>) -> Meaning<'_> {
        let Some(day) = day.filter(|_| !self.dated.is_empty()) else { return Meaning::Usual };
        let folded = fold(name);
        let sorts = [Sort::of_kind(kind), Sort::Capital].into_iter();
        let sorts = sorts.filter(|sort| *sort != Sort::Capital || kind == ActorKind::State);
        let mut claims = sorts.filter_map(|sort| self.dated.get(&(sort, folded.clone())));
        let (Some(claims), Some(usual)) = (claims.next(), self.entry_of(name, kind)) else {
            return Meaning::Usual;
        };
        let holds =
            |claim: &&Claim| claim.from.is_none_or(|from| from <= day) && claim.to.is_none_or(|to| day <= to);
        let mut meant = claims.iter().filter(holds).map(|claim| &self.entries[claim.place]);
        let ended = |claim: &Claim| claim.to.is_some_and(|to| to < day);
        match meant.next() {
            Some(entry)
                if entry.actor.id == usual.actor.id
                    || meant.any(|other| other.actor.id == usual.actor.id) =>
            {
                Meaning::Usual
            }
            Some(entry) => Meaning::Other(entry),
            None if claims.iter().all(ended) => Meaning::Past,
            None => Meaning::Usual,
        }
    }

    /// A name that leads to an entry at all times: its label, where that does.
    #[must_use]
    pub fn lasting_name<'r>(&self, entry: &'r Entry) -> Option<&'r str> {
        let lasts = |name: &&Name| {
            name.rule == NameRule::Alias
                && name.from.is_none()
                && name.to.is_none()
                && self
                    .entry_of(&name.text, entry.actor.kind)
                    .is_some_and(|other| other.actor.id == entry.actor.id)
        };
        entry.names.iter().find(lasts).map(|name| name.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_name_means_whose_it_was_on_that_day() {
        let text = "[state]\nwest | West | FRG | to=FRG:1990-10-02\nall | All | FRG | from=FRG:1990-10-03\n\
                    quay | Quay | | capital=Old Quay, Bay; to=Old Quay:1991-12-11; from=Bay:1991-12-12\n";
        let (list, faults) = Registry::read(text.to_owned());
        assert_eq!(faults, []);
        let meaning = |name, year| match list.meaning_on(name, ActorKind::State, Some(date(year, 6, 1))) {
            Meaning::Usual => "usual",
            Meaning::Past => "past",
            Meaning::Other(entry) => list.lasting_name(entry).unwrap(),
        };
        assert_eq!(
            (meaning("F R G", 1985), meaning("FRG", 1985), meaning("FRG", 1999)),
            ("usual", "West", "usual")
        );
        assert_eq!((meaning("Old Quay", 1985), meaning("Old Quay", 1999)), ("usual", "past"));
        assert_eq!((meaning("Bay", 1985), meaning("West", 1985)), ("usual", "usual"));
        assert_eq!(list.meaning_on("FRG", ActorKind::State, None), Meaning::Usual, "the latest meaning");
        assert_eq!(list.meaning_on("FRG", ActorKind::Person, Some(date(1985, 6, 1))), Meaning::Usual);
    }
}
