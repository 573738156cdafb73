//! What the files of actors owe each other.

use std::collections::{HashMap, HashSet};

use super::*;
use crate::actor::ActorId;
use crate::registry::{Entry, Name, NameRule, fold, parse, parse_names, slug, tally};

/// Every entry with its file, the further names among those of their entries.
fn entries() -> Vec<(&'static str, Entry)> {
    let mut all = Vec::new();
    for (kind, file, text) in FILES {
        let (entries, faults) = parse(file, *kind, text);
        assert!(faults.is_empty(), "{}", faults[0]);
        all.extend(entries.into_iter().map(|entry| (*file, entry)));
    }
    for (id, names) in further_names() {
        let entry = all.iter_mut().find(|(_, entry)| entry.actor.id == id);
        entry.expect("another test holds it to be listed").1.names.extend(names);
    }
    all
}

fn further_names() -> Vec<(ActorId, Vec<Name>)> {
    let mut all = Vec::new();
    for (file, text) in FURTHER_NAMES {
        let (names, faults) = parse_names(file, text);
        assert!(faults.is_empty(), "{}", faults[0]);
        all.extend(names);
    }
    all
}

/// Names of different sorts may be spelled alike.
fn sort(kind: ActorKind, name: &Name) -> &'static str {
    match (kind, name.rule) {
        (_, NameRule::Capital) => "capital",
        (Person, _) => "person",
        (Place, _) => "place",
        _ => "other",
    }
}

#[test]
fn every_id_is_a_slug_of_its_own_and_files_are_sorted_by_it() {
    let (mut seen, mut before) = (HashMap::new(), ("", String::new()));
    for (file, entry) in entries() {
        let id = entry.actor.id.0;
        assert_eq!(id, slug(&id), "{file}: {id} is not a slug");
        assert!(before.0 != file || before.1 < id, "{file}: {id} must stand before {}", before.1);
        let other = seen.insert((entry.actor.kind == Place, id.clone()), file);
        assert_eq!(other, None, "{file}: {id} is taken");
        before = (file, id);
    }
}

#[test]
fn further_names_are_of_listed_actors_and_sorted() {
    let listed: HashSet<_> = FILES
        .iter()
        .flat_map(|(kind, file, text)| parse(file, *kind, text).0)
        .map(|entry| entry.actor.id)
        .collect();
    let further = further_names();
    for (id, _) in &further {
        assert!(listed.contains(id), "{id} is no actor");
    }
    for pair in further.windows(2) {
        assert!(pair[0].0.0 < pair[1].0.0, "{} must stand before {}", pair[1].0, pair[0].0);
    }
}

#[test]
fn no_name_is_listed_twice() {
    let mut spellings: HashMap<_, &str> = HashMap::new();
    for (file, entry) in entries() {
        for name in &entry.names {
            let spelling = (sort(entry.actor.kind, name), name.language, name.to, name.text.clone());
            let other = spellings.insert(spelling, file);
            assert_eq!(other, None, "{file}: {} is listed twice", name.text);
        }
    }
}

/// Two may share a name when it changed hands. A language does not part them: a mention keeps its name
/// alone.
#[test]
fn no_two_actors_claim_one_name_at_one_time() {
    let mut owners: HashMap<_, Vec<(ActorId, Name)>> = HashMap::new();
    for (file, entry) in entries() {
        for name in entry.names {
            let others = owners.entry((sort(entry.actor.kind, &name), fold(&name.text))).or_default();
            for (other, theirs) in others.iter().filter(|(other, _)| *other != entry.actor.id) {
                let clash = theirs.meets(&name);
                assert!(!clash, "{file}: {} and {other} both claim {}", entry.actor.id, name.text);
            }
            others.push((entry.actor.id.clone(), name));
        }
    }
}

#[test]
fn whatever_an_actor_is_part_of_is_listed_and_is_no_circle() {
    let all = entries();
    let parents: HashMap<_, _> =
        all.iter().map(|(_, entry)| (&entry.actor.id, entry.part_of.as_ref())).collect();
    for (file, entry) in &all {
        let mut at = Some(&entry.actor.id);
        for _ in 0..5 {
            at = at.and_then(|id| {
                *parents
                    .get(id)
                    .unwrap_or_else(|| panic!("{file}: {} is part of {id}, unknown", entry.actor.id))
            });
        }
        assert_eq!(at, None, "{file}: {} is part of itself", entry.actor.id);
    }
}

#[test]
fn labels_are_spelled_out() {
    for (file, entry) in entries() {
        let label = &entry.actor.label;
        assert!(!label.contains(['(', ')', '[', ']']), "{file}: {label}");
        assert!(!label.starts_with("the "), "{file}: {label}");
        assert!(!label.contains(" - "), "{file}: {label} needs an en dash");
        assert_eq!(label.trim(), label);
    }
}

#[test]
fn every_capital_is_a_place_as_well() {
    let all = entries();
    let places: HashSet<_> = all
        .iter()
        .filter(|(_, entry)| entry.actor.kind == Place)
        .flat_map(|(_, entry)| entry.names.iter().map(|name| fold(&name.text)))
        .collect();
    for (file, entry) in &all {
        for name in entry.names.iter().filter(|name| name.rule == NameRule::Capital) {
            assert!(places.contains(&fold(&name.text)), "{file}: {} is no place", name.text);
        }
    }
}

/// Codes of ISO 3166 that are no state's.
const TERRITORIES: [&str; 1] = ["hk"];

#[test]
fn every_country_is_written_as_the_code_of_a_state() {
    let all = entries();
    let states: HashSet<_> = all
        .iter()
        .filter(|(_, entry)| entry.actor.kind == State)
        .filter_map(|(_, entry)| entry.country.as_deref())
        .collect();
    for (file, entry) in &all {
        if let Some(country) = &entry.country {
            let known = states.contains(country.as_str()) || TERRITORIES.contains(&country.as_str());
            assert!(known, "{file}: {}: {country} is no state's", entry.actor.id);
        }
    }
}

#[test]
fn the_list_is_as_long_as_promised() {
    let all = entries();
    let tallies = tally(all.iter().map(|(_, entry)| entry));
    let counted = [State, Institution, ArmedGroup].map(|kind| tallies[&kind]);
    let actors: usize = counted.iter().map(|tally| tally.actors).sum();
    let aliases: usize = counted.iter().map(|tally| tally.aliases).sum();
    assert!(actors >= 1_300, "{actors}");
    assert!(aliases >= 6_500, "{aliases}");
    let all: Vec<_> = tallies.iter().filter(|(kind, _)| **kind != Place).map(|(_, tally)| tally).collect();
    assert!(all.iter().map(|tally| tally.actors).sum::<usize>() >= 3_000);
    assert!(all.iter().map(|tally| tally.aliases).sum::<usize>() >= 12_000);
    assert!(tallies[&ArmedGroup].actors >= 350, "{:?}", tallies[&ArmedGroup]);
}
