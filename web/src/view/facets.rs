//! The facets beside the hits: each value a link that narrows, with its count and its share.

use dateline_index::actor::ActorKind;
use dateline_index::archive::MAX_FACET_LIMIT;
use dateline_index::search::{Facet, FacetCount, Mode, NONE, Role, SearchResponse};

use super::{facet_name, number, value_name};
use crate::limits;
use crate::params::Links;

/// One facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FacetView {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// The ways to combine several chosen values: what it says, where it leads, whether it is so now.
    pub(crate) modes: Vec<(&'static str, String, bool)>,
    /// Beside the actors: all that are mentioned, or those that an article is mainly about.
    pub(crate) roles: Vec<(&'static str, String, bool)>,
    /// Beside the actors: their kinds, each with how many there are of it.
    pub(crate) kinds: Vec<KindView>,
    /// What is seen at once: the first values and all that are chosen.
    pub(crate) rows: Vec<Row>,
    /// What unfolds.
    pub(crate) rest: Vec<Row>,
    /// Whether it is unfolded already: the person asked for more.
    pub(crate) unfolded: bool,
    /// The link to more values than were counted out.
    pub(crate) more: Option<String>,
}

/// A kind that the list of actors can be narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KindView {
    pub(crate) label: &'static str,
    /// `armed_group`; none for all kinds.
    pub(crate) kind: Option<&'static str>,
    pub(crate) count: String,
    pub(crate) link: String,
    pub(crate) now: bool,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) unknown: bool,
    /// `armed_group` and `armed group`, in the actor facet.
    pub(crate) kind: Option<(&'static str, &'static str)>,
    pub(crate) count: String,
    /// Hundredths of the longest bar.
    pub(crate) share: u64,
    pub(crate) included: bool,
    pub(crate) excluded: bool,
    /// Chooses the value, or takes it off. None where the query is too long to repeat in each row.
    pub(crate) link: Option<String>,
    /// Excludes the value, or chooses it where it is excluded.
    pub(crate) flip: Option<String>,
}

/// How many values are seen before the rest unfolds.
fn at_once(facet: Facet) -> usize {
    match facet {
        Facet::Actor => 12,
        Facet::Year => 8,
        Facet::Place | Facet::Author | Facet::Source | Facet::Section | Facet::Language => 6,
        // Asked for now and then: folded at the end.
        Facet::DateFound => 0,
    }
}

/// All facets that have a value.
pub(crate) fn facets(links: &Links<'_>, response: &SearchResponse) -> Vec<FacetView> {
    let linked = linked(links);
    let view = |facet: Facet| {
        let counts = response.facets.get(&facet)?;
        let kinds = if facet == Facet::Actor { kinds(links, response) } else { Vec::new() };
        (!counts.is_empty() || !kinds.is_empty())
            .then(|| FacetView { kinds, ..view(links, facet, counts, linked) })
    };
    Facet::ALL.into_iter().filter_map(view).collect()
}

/// Whether the search is short enough to be repeated in the link of every value.
pub(crate) fn linked(links: &Links<'_>) -> bool {
    links.here().len() <= limits::LINKED_QUERY
}

fn view(links: &Links<'_>, facet: Facet, counts: &[FacetCount], linked: bool) -> FacetView {
    let longest = counts.iter().map(|count| count.count).max().unwrap_or(0).max(1);
    let mut counts: Vec<_> = counts.iter().collect();
    if facet == Facet::Year {
        // Years read as a row of years; the unknown ones still come last.
        counts.sort_by_key(|count| (count.value == NONE, std::cmp::Reverse(&count.value)));
    }
    let limit = links.request.facet_limit;
    let listed = counts.len();
    let (mut rows, mut rest) = (Vec::new(), Vec::new());
    for count in counts {
        let chosen = count.included || count.excluded;
        let list = if chosen || rows.len() < at_once(facet) { &mut rows } else { &mut rest };
        list.push(row(links, facet, count, longest, linked));
    }
    let more = (listed >= limit && limit < MAX_FACET_LIMIT)
        .then(|| format!("{}#{facet}", links.more((limit * limits::MORE_FACTOR).clamp(1, MAX_FACET_LIMIT))));
    FacetView {
        id: facet.as_str(),
        name: facet_name(facet),
        modes: modes(links, facet),
        roles: if facet == Facet::Actor && linked { roles(links) } else { Vec::new() },
        kinds: Vec::new(),
        rows,
        rest,
        unfolded: limit > dateline_index::search::SearchRequest::FACET_LIMIT,
        more,
    }
}

fn modes(links: &Links<'_>, facet: Facet) -> Vec<(&'static str, String, bool)> {
    let chosen = links.request.choices.get(&facet).map_or(0, |choice| choice.include.len());
    if chosen < 2 {
        return Vec::new();
    }
    let now = links.request.mode(facet);
    [Mode::All, Mode::Any].map(|mode| (mode.as_str(), links.mode(facet, mode), mode == now)).into()
}

fn roles(links: &Links<'_>) -> Vec<(&'static str, String, bool)> {
    let now = links.request.about;
    let role = |role: Role| {
        let word = match role {
            Role::Any => "mentioned",
            Role::Main => "mainly about",
        };
        (word, format!("{}#actor", links.about(role)), role == now)
    };
    Role::ALL.map(role).into()
}

/// The kinds to choose from; none where there is nothing to choose.
fn kinds(links: &Links<'_>, response: &SearchResponse) -> Vec<KindView> {
    let now = links.request.actor_kind;
    let counts = &response.actor_kinds;
    if !linked(links) || (now.is_none() && counts.len() < 2) {
        return Vec::new();
    }
    let view = |kind: Option<ActorKind>, values: u64| KindView {
        label: kind.map_or("all", kinds_name),
        kind: kind.map(ActorKind::as_str),
        count: number(values),
        link: format!("{}#actor", links.kind(kind)),
        now: kind == now,
    };
    let all = view(None, counts.iter().map(|count| count.values).sum());
    let mut kinds: Vec<_> = counts.iter().map(|count| view(Some(count.kind), count.values)).collect();
    // What is chosen is seen, though nobody is of it.
    kinds.extend(
        now.filter(|now| counts.iter().all(|count| count.kind != *now)).map(|now| view(Some(now), 0)),
    );
    kinds.insert(0, all);
    kinds
}

fn kinds_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "people",
        ActorKind::State => "states",
        ActorKind::Institution => "institutions",
        ActorKind::ArmedGroup => "armed groups",
        ActorKind::Organisation => "organisations",
        ActorKind::Place => "places",
    }
}

fn row(links: &Links<'_>, facet: Facet, count: &FacetCount, longest: u64, linked: bool) -> Row {
    let value = &count.value;
    let chosen = count.included || count.excluded;
    let unknown = value == NONE;
    let label = match (unknown, links.request.about) {
        (true, Role::Main) if facet.is_named() => {
            (if facet == Facet::Place { "no place mainly" } else { "nobody mainly" }).to_owned()
        }
        _ if unknown || count.label.is_empty() => value_name(facet, value),
        _ => count.label.clone(),
    };
    let link = || if chosen { links.off(facet, value) } else { links.with(facet, value) };
    let flip = || if count.excluded { links.with(facet, value) } else { links.without(facet, value) };
    Row {
        label,
        unknown,
        kind: count.kind.map(|kind| (kind.as_str(), kind.label())),
        count: number(count.count),
        share: count.count.saturating_mul(100).div_ceil(longest),
        included: count.included,
        excluded: count.excluded,
        link: linked.then(link),
        flip: linked.then(flip),
    }
}
