//! The files of `data/actors/`, with what kind of actor each lists.

use crate::actor::ActorKind::{self, ArmedGroup, Institution, Organisation, Person, Place, State};

/// A folder a kind; within it, files by region.
#[rustfmt::skip]
pub(super) const FILES: &[(ActorKind, &str, &str)] = &[
    (ArmedGroup, "armed-groups/africa.txt", include_str!("../../data/actors/armed-groups/africa.txt")),
    (ArmedGroup, "armed-groups/americas.txt", include_str!("../../data/actors/armed-groups/americas.txt")),
    (ArmedGroup, "armed-groups/asia.txt", include_str!("../../data/actors/armed-groups/asia.txt")),
    (ArmedGroup, "armed-groups/europe.txt", include_str!("../../data/actors/armed-groups/europe.txt")),
    (ArmedGroup, "armed-groups/middle-east.txt", include_str!("../../data/actors/armed-groups/middle-east.txt")),
    (Institution, "institutions/africa.txt", include_str!("../../data/actors/institutions/africa.txt")),
    (Institution, "institutions/americas.txt", include_str!("../../data/actors/institutions/americas.txt")),
    (Institution, "institutions/asia.txt", include_str!("../../data/actors/institutions/asia.txt")),
    (Institution, "institutions/europe.txt", include_str!("../../data/actors/institutions/europe.txt")),
    (Institution, "institutions/international.txt", include_str!("../../data/actors/institutions/international.txt")),
    (Institution, "institutions/middle-east.txt", include_str!("../../data/actors/institutions/middle-east.txt")),
    (Institution, "institutions/oceania.txt", include_str!("../../data/actors/institutions/oceania.txt")),
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
];

/// Names of actors of the files above, in files of their own for where they come from.
pub(super) const FURTHER_NAMES: &[(&str, &str)] =
    &[("names/cldr.txt", include_str!("../../data/actors/names/cldr.txt"))];

#[cfg(test)]
mod tests;
