//! The facets beside the hits: each value a link that narrows, with its count and its share.

use dateline_index::archive::MAX_FACET_LIMIT;
use dateline_index::search::{Facet, FacetCount, Mode, NONE, SearchResponse};

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
    /// What is seen at once: the first values and all that are chosen.
    pub(crate) rows: Vec<Row>,
    /// What unfolds.
    pub(crate) rest: Vec<Row>,
    /// Whether it is unfolded already: the person asked for more.
    pub(crate) unfolded: bool,
    /// The link to more values than were counted out.
    pub(crate) more: Option<String>,
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
        Facet::Author | Facet::Source | Facet::Section | Facet::Language => 6,
        // Asked for now and then: folded at the end.
        Facet::DateFound => 0,
    }
}

/// All facets that have a value.
pub(crate) fn facets(links: &Links<'_>, response: &SearchResponse) -> Vec<FacetView> {
    let counted = |facet: &Facet| response.facets.get(facet).filter(|counts| !counts.is_empty());
    let linked = linked(links);
    Facet::ALL.into_iter().filter_map(|facet| Some(view(links, facet, counted(&facet)?, linked))).collect()
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

fn row(links: &Links<'_>, facet: Facet, count: &FacetCount, longest: u64, linked: bool) -> Row {
    let value = &count.value;
    let chosen = count.included || count.excluded;
    let unknown = value == NONE;
    let label =
        if unknown || count.label.is_empty() { value_name(facet, value) } else { count.label.clone() };
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
