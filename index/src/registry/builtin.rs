//! The files of `data/actors/`, with what kind of actor each lists.

use crate::actor::ActorKind::{self, ArmedGroup, Institution, Organisation, Person, Place, State};

/// A folder a kind; within it, files by region.
#[rustfmt::skip]
pub(super) const FILES: &[(ActorKind, &str, &str)] = &[
    (ArmedGroup, "armed-groups/africa.txt", include_str!("../../data/actors/armed-groups/africa.txt")),
    (ArmedGroup, "armed-groups/asia.txt", include_str!("../../data/actors/armed-groups/asia.txt")),
    (ArmedGroup, "armed-groups/europe-americas.txt", include_str!("../../data/actors/armed-groups/europe-americas.txt")),
    (ArmedGroup, "armed-groups/middle-east.txt", include_str!("../../data/actors/armed-groups/middle-east.txt")),
    (Institution, "institutions/africa-asia.txt", include_str!("../../data/actors/institutions/africa-asia.txt")),
    (Institution, "institutions/americas.txt", include_str!("../../data/actors/institutions/americas.txt")),
    (Institution, "institutions/europe.txt", include_str!("../../data/actors/institutions/europe.txt")),
    (Institution, "institutions/international.txt", include_str!("../../data/actors/institutions/international.txt")),
    (Institution, "institutions/middle-east.txt", include_str!("../../data/actors/institutions/middle-east.txt")),
    (Organisation, "organisations/companies-and-societies.txt", include_str!("../../data/actors/organisations/companies-and-societies.txt")),
    (Organisation, "organisations/media.txt", include_str!("../../data/actors/organisations/media.txt")),
    (Organisation, "organisations/parties.txt", include_str!("../../data/actors/organisations/parties.txt")),
    (Person, "people/africa.txt", include_str!("../../data/actors/people/africa.txt")),
    (Person, "people/americas.txt", include_str!("../../data/actors/people/americas.txt")),
    (Person, "people/asia.txt", include_str!("../../data/actors/people/asia.txt")),
    (Person, "people/europe.txt", include_str!("../../data/actors/people/europe.txt")),
    (Person, "people/iran.txt", include_str!("../../data/actors/people/iran.txt")),
    (Person, "people/middle-east.txt", include_str!("../../data/actors/people/middle-east.txt")),
    (Place, "places/capitals.txt", include_str!("../../data/actors/places/capitals.txt")),
    (Place, "places/cities.txt", include_str!("../../data/actors/places/cities.txt")),
    (Place, "places/regions.txt", include_str!("../../data/actors/places/regions.txt")),
    (State, "states/africa.txt", include_str!("../../data/actors/states/africa.txt")),
    (State, "states/americas.txt", include_str!("../../data/actors/states/americas.txt")),
    (State, "states/asia.txt", include_str!("../../data/actors/states/asia.txt")),
    (State, "states/europe.txt", include_str!("../../data/actors/states/europe.txt")),
    (State, "states/historical-and-disputed.txt", include_str!("../../data/actors/states/historical-and-disputed.txt")),
    (State, "states/oceania.txt", include_str!("../../data/actors/states/oceania.txt")),
    (Organisation, "organisations/companies-americas.txt", include_str!("../../data/actors/organisations/companies-americas.txt")),
    (Organisation, "organisations/companies-asia-africa-oceania.txt", include_str!("../../data/actors/organisations/companies-asia-africa-oceania.txt")),
    (Organisation, "organisations/companies-europe.txt", include_str!("../../data/actors/organisations/companies-europe.txt")),
    (Organisation, "organisations/exchanges.txt", include_str!("../../data/actors/organisations/exchanges.txt")),
    (Organisation, "organisations/media-americas.txt", include_str!("../../data/actors/organisations/media-americas.txt")),
    (Organisation, "organisations/media-asia-africa.txt", include_str!("../../data/actors/organisations/media-asia-africa.txt")),
    (Organisation, "organisations/media-europe.txt", include_str!("../../data/actors/organisations/media-europe.txt")),
    (Organisation, "organisations/parties-europe.txt", include_str!("../../data/actors/organisations/parties-europe.txt")),
    (Organisation, "organisations/parties-world.txt", include_str!("../../data/actors/organisations/parties-world.txt")),
    (Organisation, "organisations/religion-and-learning.txt", include_str!("../../data/actors/organisations/religion-and-learning.txt")),
    (Organisation, "organisations/societies-and-think-tanks.txt", include_str!("../../data/actors/organisations/societies-and-think-tanks.txt")),
    (Organisation, "organisations/sport.txt", include_str!("../../data/actors/organisations/sport.txt")),
    (Person, "people/britain-and-ireland.txt", include_str!("../../data/actors/people/britain-and-ireland.txt")),
    (Person, "people/eastern-europe.txt", include_str!("../../data/actors/people/eastern-europe.txt")),
    (Person, "people/iranian-figures.txt", include_str!("../../data/actors/people/iranian-figures.txt")),
    (Person, "people/northern-europe.txt", include_str!("../../data/actors/people/northern-europe.txt")),
    (Person, "people/russia-and-neighbours.txt", include_str!("../../data/actors/people/russia-and-neighbours.txt")),
    (Person, "people/united-states-and-canada.txt", include_str!("../../data/actors/people/united-states-and-canada.txt")),
    (Person, "people/western-europe.txt", include_str!("../../data/actors/people/western-europe.txt")),
    (Person, "people/arab-world-israel-turkey.txt", include_str!("../../data/actors/people/arab-world-israel-turkey.txt")),
    (Person, "people/east-asia-and-oceania.txt", include_str!("../../data/actors/people/east-asia-and-oceania.txt")),
    (Person, "people/south-asia.txt", include_str!("../../data/actors/people/south-asia.txt")),
    (Person, "people/business-and-world-bodies.txt", include_str!("../../data/actors/people/business-and-world-bodies.txt")),
    (Person, "people/latin-america.txt", include_str!("../../data/actors/people/latin-america.txt")),
    (Person, "people/sub-saharan-africa.txt", include_str!("../../data/actors/people/sub-saharan-africa.txt")),
];

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use crate::registry::{Entry, Name, NameRule, fold, parse, slug};

    fn entries() -> Vec<(&'static str, Entry)> {
        let read = FILES.iter().map(|(kind, file, text)| (*file, parse(file, *kind, text)));
        let mut all = Vec::new();
        for (file, (entries, faults)) in read {
            assert!(faults.is_empty(), "{}", faults[0]);
            all.extend(entries.into_iter().map(|entry| (file, entry)));
        }
        all
    }

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
    fn no_name_is_listed_twice_and_no_two_actors_share_one() {
        let (mut owners, mut spellings) = (HashMap::new(), HashSet::new());
        for (file, entry) in entries() {
            for name in &entry.names {
                let sort = sort(entry.actor.kind, name);
                assert!(spellings.insert((sort, name.text.clone())), "{file}: {} is listed twice", name.text);
                let owner = owners.entry((sort, fold(&name.text))).or_insert_with(|| entry.actor.id.clone());
                assert_eq!(*owner, entry.actor.id, "{file}: both claim {}", name.text);
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
}
