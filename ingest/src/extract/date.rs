//! When an article was first published, and when it was last changed: what the page offers, and which of
//! it holds.

use dateline_index::published::{PartialDate, Precision, Published};
use jiff::civil::Date;
use scraper::Node;
use url::Url;

use super::candidate::{Candidate, Found};
use super::lists::{DATE_LABELS, listed};
use super::page::Page;
use super::text::fold;
use super::written::{Order, Written, dates};

mod address;
mod choice;
mod doubts;
mod labels;
mod order;
mod outline;
mod parts;
mod script;
mod stated;
mod visible;
mod votes;

pub(super) use choice::decide;

/// What the place of a date says about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// That it is the day of publication.
    First,
    /// Nothing.
    Nothing,
    /// That something was changed then.
    Change,
}

/// A date that a record states.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stated {
    pub(super) date: PartialDate,
    /// What it is with day and month the other way round, where the page leaves that open.
    pub(super) other: Option<PartialDate>,
    pub(super) says: Says,
    /// What the place is worth, up to 100: see [`choice`].
    pub(super) trust: u32,
}

/// Each date that a page offers.
pub(super) fn candidates(page: &Page, url: Option<&Url>, title: &str) -> Vec<Candidate<Stated>> {
    let outline = outline::Outline::read(page, title);
    let order = order::of_page(page, url, &outline);
    let mut found = best(stated::candidates(page, order));
    found.extend(best(visible::candidates(page, &outline, order)));
    found.extend(best(script::candidates(page)));
    found.extend(best(address::candidates(page, url)));
    found
}

/// The candidates with the most trust, in their order: a chronology prints thousands of days, and the
/// choice compares each with each.
fn best(mut candidates: Vec<Candidate<Stated>>) -> Vec<Candidate<Stated>> {
    const MOST: usize = 200;
    if candidates.len() > MOST {
        let mut trusts: Vec<u32> = candidates.iter().map(|candidate| candidate.value.trust).collect();
        trusts.sort_unstable_by_key(|trust| std::cmp::Reverse(*trust));
        let least = trusts[MOST - 1];
        let mut spare = trusts[..MOST].iter().filter(|trust| **trust == least).count();
        candidates.retain(|candidate| {
            let trust = candidate.value.trust;
            let fits = trust > least || trust == least && spare > 0;
            spare -= usize::from(fits && trust == least);
            fits
        });
    }
    candidates
}

/// What the extractor's own search for a date found, if the page prints that day to readers, states it in its
/// head, or has it in the name of a part. The search makes a day of a year in an address or in the copyright
/// line, and takes the day of an event, of another story or of a style sheet for that of the article; a day that
/// nobody wrote is worse than none.
pub(super) fn searched(page: &Page, date: PartialDate) -> Option<Candidate<Stated>> {
    const TRUST: u32 = 25;
    let day = date.first_day();
    let (year, month, day) = (day.year(), day.month(), day.day());
    let spellings = [
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}/{month:02}/{day:02}"),
        format!("{year}{month:02}{day:02}"),
        format!("{day:02}.{month:02}.{year}"),
        format!("{day}.{month}.{year}"),
        format!("{day:02}/{month:02}/{year}"),
    ];
    let has = |text: &str| spellings.iter().any(|figures| text.contains(figures));
    let is_shown = |node: ego_tree::NodeRef<'_, Node>| match node.value() {
        Node::Text(text) => has(text) && !node.parent().is_some_and(|parent| is_code(parent.value())),
        Node::Element(element) => ["id", "datetime"].iter().filter_map(|name| element.attr(name)).any(has),
        _ => false,
    };
    let is_printed = page.all_meta().any(has) || page.html.tree.nodes().any(is_shown);
    let stated = Stated { date, other: None, says: Says::Nothing, trust: TRUST };
    is_printed.then(|| Candidate::new(stated, Found::Search, "search through the page"))
}

fn is_code(node: &Node) -> bool {
    node.as_element().is_some_and(|element| matches!(element.name(), "script" | "style" | "noscript"))
}

/// The date of a field that says nothing but when something was published.
pub(super) fn choose(candidates: &[Candidate<PartialDate>], latest: Date) -> Option<Published> {
    let chosen = candidates.iter().find(|candidate| choice::is_possible(&candidate.value, latest))?;
    Some(Published { date: chosen.value, found: chosen.found.name().to_owned() })
}

/// Whether a language writes the day or the month first.
pub(super) fn order_in(language: Option<&str>) -> Order {
    order::by_language(language, None)
}

/// A stated date in any spelling.
pub(super) fn read(text: &str, order: Order) -> Option<PartialDate> {
    read_both(text, order).map(|(date, _)| date)
}

/// Like [`read`], with what it is with day and month the other way round, where that is open.
pub(super) fn read_both(text: &str, order: Order) -> Option<(PartialDate, Option<PartialDate>)> {
    const LONGEST: usize = 200;
    let text = text.trim();
    if let Some(date) = PartialDate::parse(text) {
        return Some((date, None));
    }
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
    let first = dates(&text[..end], order).into_iter().next()?;
    Some((first.date, first.other))
}

/// The date of a line that says little else and no change: a date line, a byline with a date.
pub(super) fn date_line(line: &str, order: Order) -> Option<PartialDate> {
    const LONGEST: usize = 160;
    if line.len() > LONGEST {
        return None;
    }
    let found = dates(line, order);
    let first = found.iter().find(|written| labels::says(&written.before) != Says::Change)?;
    (is_date_line(line, first) && first.date.precision() >= Precision::Day).then_some(first.date)
}

/// Whether a line with a date says little else.
fn is_date_line(line: &str, written: &Written) -> bool {
    const SPARE: usize = 8;
    let labels = line
        .split_whitespace()
        .filter(|word| listed(&DATE_LABELS, fold(word).trim_matches(|c: char| !c.is_alphanumeric())));
    written.spare_words.saturating_sub(labels.count()) <= SPARE
}

#[cfg(test)]
mod tests;
