//! The chips: all that a search is narrowed by, each of which can be taken off or turned round.

use dateline_index::search::{Facet, Facets, Role, SearchRequest};

use super::date::in_words;
use super::value_name;
use crate::params::Links;

/// One thing that narrows the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chip {
    /// `with`, `without`, `from`, `to`, `author` …
    pub(crate) before: String,
    pub(crate) label: String,
    pub(crate) excluded: bool,
    /// The link that takes it off.
    pub(crate) off: String,
    /// The link that turns it round, and what it says.
    pub(crate) flip: Option<(String, &'static str)>,
}

/// All chips of a search, in the order of its address.
pub(crate) fn chips(links: &Links<'_>, facets: &Facets) -> Vec<Chip> {
    let mut chips = Vec::new();
    for (&facet, choice) in &links.request.choices {
        let label = |value: &str| label(facets, facet, value);
        let about = links.request.about;
        chips.extend(choice.include.iter().map(|value| Chip {
            before: before(facet, false, about),
            label: label(value),
            excluded: false,
            off: links.off(facet, value),
            flip: Some((links.without(facet, value), "not")),
        }));
        chips.extend(choice.exclude.iter().map(|value| Chip {
            before: before(facet, true, about),
            label: label(value),
            excluded: true,
            off: links.off(facet, value),
            flip: Some((links.with(facet, value), "with")),
        }));
    }
    chips.extend(days(links, links.request));
    chips
}

fn days(links: &Links<'_>, request: &SearchRequest) -> Vec<Chip> {
    let chip = |before: &str, label: String, off| {
        let label = label.trim_start_matches("about ").to_owned();
        Chip { before: before.into(), label, excluded: false, off, flip: None }
    };
    let from = request.from.map(|date| chip("from", in_words(&date), links.without_from()));
    let to = request.to.map(|date| chip("to", in_words(&date), links.without_to()));
    from.into_iter().chain(to).collect()
}

fn before(facet: Facet, excluded: bool, about: Role) -> String {
    match (facet, excluded) {
        (Facet::Actor | Facet::Place, false) if about == Role::Main => "mainly about".into(),
        (Facet::Actor | Facet::Place, true) if about == Role::Main => "not mainly about".into(),
        (Facet::Actor, false) => "with".into(),
        (Facet::Actor, true) => "without".into(),
        // The label says where: "date in the text".
        (Facet::DateFound, false) => "date".into(),
        (Facet::DateFound, true) => "without date".into(),
        (_, false) => facet.to_string(),
        (_, true) => format!("without {facet}"),
    }
}

fn label(facets: &Facets, facet: Facet, value: &str) -> String {
    let listed = facets.get(&facet).and_then(|counts| counts.iter().find(|count| count.value == value));
    match listed {
        Some(count) if !count.label.is_empty() => count.label.clone(),
        _ => value_name(facet, value),
    }
}
