//! Who the news is about: actors, their kinds, and where a text names them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What sort of actor a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A human being.
    Person,
    /// A country, with its demonym, and its capital where that stands for the government.
    State,
    /// An organ of a state or of states: government, ministry, parliament, army, UN, NATO.
    Institution,
    /// Fights outside a state's regular army.
    ArmedGroup,
    /// A party, company, news agency, newspaper, union, club, university.
    Organisation,
    /// A place. Found like the others, but never in the actor facet.
    Place,
}

impl ActorKind {
    /// All kinds, in the order that people read them.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::State, Self::Institution, Self::ArmedGroup, Self::Organisation, Self::Place];

    /// The name that JSON and the database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::State => "state",
            Self::Institution => "institution",
            Self::ArmedGroup => "armed_group",
            Self::Organisation => "organisation",
            Self::Place => "place",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The name that people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::ArmedGroup => "armed group",
            other => other.as_str(),
        }
    }
}

impl fmt::Display for ActorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What stands in an address for an actor: a registry id (`iran`), or `~` and the slug of a name
/// that the registry does not know (`~mona-hojat-ansari`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActorId(pub String);

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody that news is about: one row of the actor facet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// What addresses and filters use.
    pub id: ActorId,
    /// What people read, spelled out, with no acronym in brackets.
    pub label: String,
    /// What sort of actor it is.
    pub kind: ActorKind,
}

/// The field that a mention or a passage lies in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The headline.
    Title,
    /// The line or two under it.
    Standfirst,
    /// The article's text.
    Text,
}

impl Field {
    /// The fields that bare words search.
    pub const ALL: [Self; 3] = [Self::Title, Self::Standfirst, Self::Text];

    /// The name that JSON and the database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Standfirst => "standfirst",
            Self::Text => "text",
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }
}

/// A place in an article where an actor or a place is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// `title` or `text`.
    pub field: Field,
    /// First byte in that field.
    pub start: usize,
    /// One past the last byte in that field.
    pub end: usize,
    /// What is printed there.
    pub text: String,
    /// The full name that it resolves to within this article ("Soleimani" is "Qassem Soleimani").
    /// Names are indexed; which names are one actor is the registry's knowledge.
    pub name: String,
    /// What sort of thing it names.
    pub kind: ActorKind,
    /// The rule that found it: `registry`, `pattern` …
    pub found_by: String,
    /// The rule that led from what is printed to the name: `alias`, `surname`, `acronym` …
    pub resolved_by: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_written_in_json_as_it_is_in_the_database() {
        for kind in ActorKind::ALL {
            let json = serde_json::to_string(&kind).unwrap_or_default();
            assert_eq!(json, format!("\"{}\"", kind.as_str()));
            assert_eq!(ActorKind::from_name(kind.as_str()), Some(kind));
        }
    }
}
