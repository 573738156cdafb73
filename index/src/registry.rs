//! Which names are one actor: the built-in list in `data/actors/`, and the rule for names outside it.
//!
//! The index stores names; what they mean is asked here. A name is looked up among names of its own
//! sort: people, places, and everything else, so that the city of a name, the state it governs and
//! the man called after it never answer for each other.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::actor::{Actor, ActorId, ActorKind};
use crate::authority::kindred_keys;
use crate::identity::digest;

mod builtin;
mod compare;
mod dated;
mod entry;
mod fold;
mod parse;
mod tally;
mod text;

pub use compare::{Changes, changes, former};
pub use dated::Meaning;
pub use entry::{Entry, Name, NameRule};
pub use fold::{fold, slug};
pub use parse::{Fault, parse, parse_names};
pub use tally::{Tally, tally};

/// Which names are one actor.
#[derive(Debug, Default)]
pub struct Registry {
    entries: Vec<Entry>,
    by_id: HashMap<ActorId, usize>,
    exact: HashMap<(Sort, String), usize>,
    folded: HashMap<(Sort, String), usize>,
    /// Names that mean different actors at different times, or nobody at some: all that claim them.
    dated: HashMap<(Sort, String), Vec<dated::Claim>>,
    /// What it was read from; empty where it was made of entries.
    text: String,
    version: OnceLock<String>,
    /// By what makes names safely one: whose they are, where only one claims them.
    kindred: OnceLock<HashMap<u64, Option<usize>>>,
}

/// Names of different sorts may be spelled alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Sort {
    Person,
    Place,
    /// A capital where it stands for the government: asked only for states.
    Capital,
    Other,
}

impl Registry {
    /// The list that the program brings along. Building it takes some hundredths of a second: do it once.
    #[must_use]
    pub fn builtin() -> Self {
        // The tests hold the files free of faults; a line that has one is left out here.
        Self::read(text::builtin()).0
    }

    /// A list from its text: lines as the files have them, under headings that tell what they list
    /// (`[person]`, `[armed_group]` …, `[names]` for further names of actors above). A line that cannot be
    /// read is told and left out.
    #[must_use]
    pub fn read(text: String) -> (Self, Vec<Fault>) {
        let (entries, faults) = text::entries(&text);
        (Self { text, ..Self::new(entries) }, faults)
    }

    /// The text that it was read from, without comments; empty for a list that was made of entries.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A registry of these entries. Where two claim one name, a name that still holds goes before one
    /// of the past, a name of every language before one of a single language, and then the first.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        let names = entries.iter().map(|entry| entry.names.len()).sum();
        let mut registry = Self {
            by_id: HashMap::with_capacity(entries.len()),
            exact: HashMap::with_capacity(names),
            folded: HashMap::with_capacity(names),
            ..Self::default()
        };
        let mut claims = Vec::with_capacity(names);
        for (place, entry) in entries.iter().enumerate() {
            registry.by_id.entry(entry.actor.id.clone()).or_insert(place);
            claims.extend(entry.names.iter().map(|name| (place, sort_of_name(entry, name), name)));
        }
        registry.dated = dated::dated(&claims);
        claims.sort_by_key(|(.., name)| (name.to.is_some(), name.language.is_some()));
        for (place, sort, name) in claims {
            registry.exact.entry((sort, name.text.clone())).or_insert(place);
            let folded = (sort, fold(&name.text));
            if let Some(claims) = registry.dated.get_mut(&folded) {
                claims.push(dated::Claim::new(place, name));
            }
            registry.folded.entry(folded).or_insert(place);
        }
        registry.entries = entries;
        registry
    }

    /// The actor that a name stands for: exactly as spelled if the list has it so, else without
    /// regard to case, diacritics, hyphens, dots and a leading "the", else without regard to gaps and, for
    /// a person, to which end the family's name stands at. A name that the list does not know is an actor
    /// by itself.
    #[must_use]
    pub fn actor_of(&self, name: &str, kind: ActorKind) -> Actor {
        match self.entry_of(name, kind) {
            Some(entry) => entry.actor.clone(),
            None => Self::unlisted(name, kind),
        }
    }

    /// The actor that a name is by itself, where no list knows it.
    pub(crate) fn unlisted(name: &str, kind: ActorKind) -> Actor {
        Actor { id: ActorId(format!("~{}", slug(name))), label: label_of_unknown(name), kind }
    }

    /// The entry that a name of that kind belongs to, if the list knows it. The kinds of a state, an
    /// institution, an armed group and an organisation find each other's names, for lists differ
    /// and change in that; people and places only their own.
    #[must_use]
    pub fn entry_of(&self, name: &str, kind: ActorKind) -> Option<&Entry> {
        let found = self.find(Sort::of_kind(kind), name);
        let found = found.or_else(|| (kind == ActorKind::State).then(|| self.find(Sort::Capital, name))?);
        let found = found.or_else(|| self.find_kindred(Sort::of_kind(kind), name));
        found.map(|place| &self.entries[place])
    }

    /// The actor with that id.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<&Actor> {
        self.entry(id).map(|entry| &entry.actor)
    }

    /// The entry with that id.
    #[must_use]
    pub fn entry(&self, id: &ActorId) -> Option<&Entry> {
        self.by_id.get(id).map(|place| &self.entries[*place])
    }

    /// Everything in the list.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Every label, alias, demonym and capital as spelled, with its actor. A capital comes twice:
    /// with its state and as a place; so does a name that several languages or times share.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Actor)> {
        self.entries
            .iter()
            .flat_map(|entry| entry.names.iter().map(|name| (name.text.as_str(), &entry.actor)))
    }

    /// A digest of its text: lists of one version give equal answers.
    #[must_use]
    pub fn version(&self) -> &str {
        self.version.get_or_init(|| digest(self.text.as_bytes()))
    }

    /// The entry that a name belongs to which is folded already.
    pub(crate) fn find_folded(&self, sort: Sort, folded: &str) -> Option<&Entry> {
        self.folded.get(&(sort, folded.to_owned())).map(|place| &self.entries[*place])
    }

    /// The entry that a name safely belongs to though it is spelled otherwise: none where two claim it.
    fn find_kindred(&self, sort: Sort, name: &str) -> Option<usize> {
        let kindred = self.kindred.get_or_init(|| self.name_kindred());
        let words = fold(name);
        let words: Vec<&str> = words.split(' ').collect();
        kindred_keys(sort, &words).into_iter().flatten().find_map(|key| kindred.get(&key).copied()).flatten()
    }

    fn name_kindred(&self) -> HashMap<u64, Option<usize>> {
        let mut kindred = HashMap::with_capacity(2 * self.folded.len());
        for ((sort, folded), place) in &self.folded {
            let words: Vec<&str> = folded.split(' ').collect();
            for key in kindred_keys(*sort, &words).into_iter().flatten() {
                let claimed = kindred.entry(key).or_insert(Some(*place));
                if claimed.is_some_and(|other| other != *place) {
                    *claimed = None;
                }
            }
        }
        kindred
    }

    fn find(&self, sort: Sort, name: &str) -> Option<usize> {
        let exact = self.exact.get(&(sort, name.to_owned()));
        exact.or_else(|| self.folded.get(&(sort, fold(name)))).copied()
    }
}

impl Sort {
    /// The sort of names that an actor of this kind has.
    pub(crate) fn of_kind(kind: ActorKind) -> Self {
        match kind {
            ActorKind::Person => Self::Person,
            ActorKind::Place => Self::Place,
            _ => Self::Other,
        }
    }
}

fn sort_of_name(entry: &Entry, name: &Name) -> Sort {
    match name.rule {
        NameRule::Capital => Sort::Capital,
        _ => Sort::of_kind(entry.actor.kind),
    }
}

/// A name as a label: without the "the" that its identity ignores.
fn label_of_unknown(name: &str) -> String {
    let name = name.trim();
    let without = name.strip_prefix("the ").or_else(|| name.strip_prefix("The "));
    without.map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str, kind: ActorKind) -> String {
        Registry::builtin().actor_of(name, kind).id.0
    }

    #[test]
    fn spellings_that_differ_in_nothing_that_matters_are_one_actor() {
        for name in
            ["IS-K", "ISIS-K", "ISKP", "Islamic State- Khorasan Province", "the islamic state khorasan"]
        {
            assert_eq!(id(name, ActorKind::ArmedGroup), "islamic-state-khorasan-province", "{name}");
        }
        for name in ["Iran", "Iranian", "Iranians", "The Islamic Republic of Iran", "IRAN"] {
            assert_eq!(id(name, ActorKind::State), "iran", "{name}");
        }
        assert_eq!(id("Slobodan Milosevic", ActorKind::Person), id("Slobodan Milošević", ActorKind::Person));
    }

    #[test]
    fn a_capital_is_a_place_unless_it_stands_for_its_state() {
        assert_eq!(id("Tehran", ActorKind::Place), "tehran");
        assert_eq!(id("Tehran", ActorKind::State), "iran");
        assert_eq!(id("Tehran", ActorKind::Organisation), "~tehran");
        assert_eq!(id("Iran", ActorKind::Place), "~iran", "a place never becomes an actor");
    }

    #[test]
    fn a_name_outside_the_list_is_an_actor_by_itself_however_it_is_spelled() {
        let registry = Registry::builtin();
        let actor = registry.actor_of("the Mona Hojat-Ansari", ActorKind::Person);
        assert_eq!((actor.id.0.as_str(), actor.label.as_str()), ("~mona-hojat-ansari", "Mona Hojat-Ansari"));
        assert_eq!(actor.id, registry.actor_of("MONA HOJAT ANSARI", ActorKind::Person).id);
    }

    #[test]
    fn a_name_and_a_kind_are_one_actor() {
        let registry = Registry::builtin();
        for entry in registry.entries() {
            for name in entry.names.iter().filter(|name| name.to.is_none()) {
                let kind = if name.rule == NameRule::Capital { ActorKind::State } else { entry.actor.kind };
                assert_eq!(registry.actor_of(&name.text, kind).id, entry.actor.id, "{}", name.text);
            }
        }
    }

    #[test]
    fn a_name_that_changed_hands_is_whose_it_is_today() {
        let text = "west | West | FRG | to=FRG:1990-10-02\nall | All | FRG | from=FRG:1990-10-03";
        let (entries, faults) = parse("x", ActorKind::State, text);
        assert!(faults.is_empty(), "{}", faults[0]);
        assert_eq!(Registry::new(entries).actor_of("F.R.G.", ActorKind::State).id.0, "~f-r-g");
        let (entries, _) = parse("x", ActorKind::State, text);
        assert_eq!(Registry::new(entries).actor_of("FRG", ActorKind::State).id.0, "all");
    }

    #[test]
    fn a_name_of_another_language_finds_its_actor() {
        for name in ["Vereinigte Staaten", "Соединенные Штаты", "الولايات المتحدة", "ایالات متحده"]
        {
            assert_eq!(id(name, ActorKind::State), "united-states", "{name}");
        }
    }

    #[test]
    fn the_version_changes_with_the_list_alone() {
        let list = |aliases: &str| Registry::read(format!("[state]\niran | Iran | {aliases}\n")).0;
        assert_ne!(list("Persia").version(), list("Persia; Eran").version());
        assert_eq!(Registry::builtin().version(), Registry::builtin().version());
    }
}
