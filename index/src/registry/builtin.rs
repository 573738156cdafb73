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

/// Names of actors of the files above, in files of their own for where they come from.
pub(super) const FURTHER_NAMES: &[(&str, &str)] =
    &[("names/cldr.txt", include_str!("../../data/actors/names/cldr.txt"))];

#[cfg(test)]
mod tests;
