//! Counts what a list holds, as a reader would: how many actors, and how many names of them that no
//! rule of matching reaches by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::entry::{Entry, NameRule};
use super::fold::fold;
use crate::actor::ActorKind;

/// What the list holds of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Actors.
    pub actors: usize,
    /// Names of one actor that differ from its label, and from each other, in more than case,
    /// diacritics, dots, hyphens, spaces, a possessive or a leading "the"; without its capitals.
    pub aliases: usize,
    /// How many of the aliases are adjectives and names of peoples.
    pub demonyms: usize,
    /// How many of the aliases are names in single languages.
    pub of_languages: usize,
    /// Capitals that stand for a government.
    pub capitals: usize,
}

/// What a list holds, by kind.
#[must_use]
pub fn tally<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> BTreeMap<ActorKind, Tally> {
    let mut tallies: BTreeMap<ActorKind, Tally> = BTreeMap::new();
    for entry in entries {
        let tally = tallies.entry(entry.actor.kind).or_default();
        tally.actors += 1;
        let mut seen = BTreeSet::from([reached(&entry.actor.label)]);
        for name in &entry.names {
            if name.rule == NameRule::Capital {
                tally.capitals += 1;
            } else if seen.insert(reached(&name.text)) {
                tally.aliases += 1;
                tally.demonyms += usize::from(name.rule == NameRule::Demonym);
                tally.of_languages += usize::from(name.language.is_some());
            }
        }
    }
    tallies
}

/// What is left of a name when all that matching overlooks is gone.
fn reached(name: &str) -> String {
    let words: Vec<_> = name.split(' ').map(without_possessive).collect();
    fold(&words.join(" ")).replace(' ', "")
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::parse;

    #[test]
    fn a_spelling_that_matching_reaches_by_itself_is_no_alias() {
        let text = "iran | Iran | IRAN; The Iran; Irán; Persia; I.R. Iran; IR-Iran; Persia's | \
                    people=Iranian; capital=Tehran; ru=Иран; de=Iran, Persien";
        let (entries, faults) = parse("x", ActorKind::State, text);
        assert!(faults.is_empty(), "{}", faults[0]);
        let expected = Tally { actors: 1, aliases: 5, demonyms: 1, of_languages: 2, capitals: 1 };
        assert_eq!(tally(&entries)[&ActorKind::State], expected);
    }
}
