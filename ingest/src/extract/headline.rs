//! The headline of a page, and the lines around it.
//!
//! A page states its headline twice over: to readers, in a heading, and to machines, in its head. What
//! readers see is the headline; what the head says tells which of the headings it is, and whether what
//! stands over it belongs to it.

use super::agreement::{self, Agreement, Statement, begins, shared};
use super::candidate::{Candidate, Found};
use super::headings::{self, Heading};
use super::page::Page;
use super::site::{self, title_tag};
use super::statements;
use super::text::{bare, word_count};

/// One headline that a page offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Headline {
    /// A heading that readers see.
    Seen(Heading),
    /// What the head states, without the site's name, and as it stands.
    Stated { text: String, raw: String },
}

impl Headline {
    /// The headline itself.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Seen(heading) => &heading.text,
            Self::Stated { text, .. } => text,
        }
    }
}

/// Which headline was chosen, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The number of the candidate.
    pub(super) place: Option<usize>,
    /// The reason, as a sentence.
    pub(super) why: String,
    /// What head and heading disagree about, if they do.
    pub(super) doubt: Option<String>,
}

/// Each headline that the page offers: what readers see before what machines are told.
pub(super) fn candidates(page: &Page, sites: &[String]) -> Vec<Candidate<Headline>> {
    let stated = statements::of_head(page, sites);
    let texts: Vec<&str> = stated.iter().map(|candidate| candidate.value.text()).collect();
    let mut found: Vec<Candidate<Headline>> = headings::of_page(page, sites)
        .into_iter()
        .map(|heading| {
            let heading = heading.settle(&texts);
            let place = if heading.is_crumb { "h1 among the crumbs" } else { heading.place };
            Candidate::new(Headline::Seen(heading), Found::Heading, place)
        })
        .collect();
    if let Some(line) = statements::line_of_title(page, &found) {
        found.push(line);
    }
    found.extend(stated);
    // Pages that are called as their site is.
    if let Some(raw) = title_tag(page).filter(|_| found.is_empty()) {
        let text = site::without_site(&raw, sites).0;
        found.push(Candidate::new(Headline::Stated { text, raw }, Found::TitleTag, "title"));
    }
    found
}

/// Chooses the headline: the heading that the head repeats, else the page's first heading if it looks
/// like one, else what most places of the head state.
pub(super) fn choose(candidates: &[Candidate<Headline>]) -> Choice {
    let stated: Vec<usize> =
        (0..candidates.len()).filter(|&at| matches!(candidates[at].value, Headline::Stated { .. })).collect();
    let statements: Vec<Statement> =
        candidates.iter().filter_map(|candidate| Statement::of(&candidate.value)).collect();
    let seen = candidates.iter().enumerate().filter_map(|(at, candidate)| match &candidate.value {
        Headline::Seen(heading) => Some((at, heading, agreement::best(heading, &statements))),
        Headline::Stated { .. } => None,
    });
    let alone = stated.is_empty();
    let best = seen
        .filter(|(_, heading, agreement)| is_eligible(heading, *agreement, alone))
        .max_by_key(|(at, heading, agreement)| (weight(heading, *agreement), std::cmp::Reverse(*at)));
    let Some((at, heading, agreement)) = best else { return of_head(candidates, &stated) };
    if let Some(whole) = with_kicker(heading, candidates, &stated) {
        let why = format!("{} states the line over the headline as part of it", candidates[whole].place);
        return Choice { place: Some(whole), why, doubt: None };
    }
    let why = match agreement {
        Agreement::Same => "readers see it, and the head states the same",
        Agreement::Part => "readers see it, and the head states it with more around it",
        Agreement::Words => "readers see it, and the head states it in other words",
        Agreement::None => "readers see it as the page's first heading, though the head states another",
    };
    Choice { place: Some(at), why: why.to_owned(), doubt: doubt(heading, candidates, &stated) }
}

/// Whether a heading may be the headline at all.
fn is_eligible(heading: &Heading, agreement: Agreement, alone: bool) -> bool {
    const FEWEST: usize = 3;
    let words = word_count(&heading.text);
    match agreement {
        _ if heading.is_crumb => false,
        Agreement::Same => true,
        Agreement::Part => heading.is_first || words >= FEWEST,
        Agreement::Words => words > 1 && (heading.is_first || heading.in_head && !heading.is_doubtful),
        Agreement::None => alone || heading.is_first && !heading.is_doubtful && words >= FEWEST,
    }
}

/// What speaks for a heading.
fn weight(heading: &Heading, agreement: Agreement) -> i32 {
    let level = match (heading.is_first, heading.place) {
        (true, _) => 4,
        (false, "h2") => 1,
        _ => 0,
    };
    let agreement = match agreement {
        Agreement::Same => 5,
        Agreement::Part => 4,
        Agreement::Words => 2,
        Agreement::None => 0,
    };
    level + agreement + i32::from(heading.in_article) - 3 * i32::from(heading.is_doubtful)
}

/// The statement that takes what stands over the headline as part of it, with a colon between them:
/// then it is. Where any other states the headline alone or before the rest, or with a dash between, it
/// is not. Where no line stands over the headline, two kinds of places must state one.
fn with_kicker(heading: &Heading, candidates: &[Candidate<Headline>], stated: &[usize]) -> Option<usize> {
    let headline = bare(&heading.text);
    let kicker = heading.kicker.as_deref().map(bare);
    let is_kicker =
        |text: &str| kicker.as_ref().is_none_or(|kicker| *kicker == bare(text)) && word_count(text) > 0;
    let is_whole = |text: &str| {
        text.match_indices([':', '：']).any(|(place, sign)| {
            let (before, after) = (&text[..place], &text[place + sign.len()..]);
            bare(after) == headline && is_kicker(before)
                || kicker.is_some() && bare(before) == headline && is_kicker(after)
        })
    };
    let alone = |at: &usize| {
        let text = bare(candidates[*at].value.text());
        candidates[*at].found != Found::TitleTag
            && (text == headline || begins(&text, &headline) && !is_whole(candidates[*at].value.text()))
    };
    let first = stated.iter().copied().find(|&at| is_whole(candidates[at].value.text()))?;
    let kinds = |kind: Found| {
        stated.iter().any(|&at| candidates[at].found == kind && is_whole(candidates[at].value.text()))
    };
    let enough = match kicker {
        Some(_) => !stated.iter().any(alone),
        None => kinds(Found::JsonLd) && kinds(Found::Meta),
    };
    enough.then_some(first)
}

/// The headline that most kinds of places of the head state.
fn of_head(candidates: &[Candidate<Headline>], stated: &[usize]) -> Choice {
    let crumb = candidates.iter().find_map(|candidate| match &candidate.value {
        Headline::Seen(heading) if heading.is_crumb => Some(bare(&heading.text)),
        _ => None,
    });
    let agreeing = |at: usize| {
        let text = bare(candidates[at].value.text());
        let mut kinds: Vec<Found> = Vec::new();
        for &other in stated {
            if bare(candidates[other].value.text()) == text && !kinds.contains(&candidates[other].found) {
                kinds.push(candidates[other].found);
            }
        }
        kinds.len() + usize::from(crumb.as_ref() == Some(&text))
    };
    let place = stated.iter().copied().max_by_key(|&at| (agreeing(at), std::cmp::Reverse(at)));
    let why = match place {
        Some(at) if agreeing(at) > 1 => {
            "no heading of the page is the headline; most places of its head say so"
        }
        Some(_) => "no heading of the page is the headline; its head says so",
        None => "neither heading nor head states a headline",
    };
    Choice { place, why: why.to_owned(), doubt: None }
}

/// What to doubt where head and heading say different things.
fn doubt(heading: &Heading, candidates: &[Candidate<Headline>], stated: &[usize]) -> Option<String> {
    let text = bare(&heading.text);
    let closest = stated.iter().map(|&at| shared(&text, &bare(candidates[at].value.text())));
    let best =
        closest.fold(None, |best: Option<f64>, share| Some(best.map_or(share, |known| known.max(share))));
    let (&first, _) = stated.first().zip(best.filter(|share| *share < 0.5))?;
    let candidate = &candidates[first];
    Some(format!("readers see {:?}, {} states {:?}", heading.text, candidate.place, candidate.value.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(source: &str) -> Option<String> {
        let page = Page::parse(source);
        let sites = site::names(&site::candidates(&page, None));
        let found = candidates(&page, &sites);
        choose(&found).place.map(|place| found[place].value.text().to_owned())
    }

    #[test]
    fn site_and_section_leave_the_title() {
        let page = "<title>Guns &amp; Butter - Harbour Wire | Conflict</title>\
                    <meta property=og:site_name content='Harbour Wire'>";
        assert_eq!(title(page).as_deref(), Some("Guns & Butter"));
        let other = "<title>Meridian: a line on a map - why it holds</title>";
        assert_eq!(title(other).as_deref(), Some("Meridian: a line on a map - why it holds"));
    }

    #[test]
    fn what_two_places_say_beats_what_one_says() {
        let page = "<title>The treaty is signed</title><meta property=og:title content='Shock in Bonn!'>\
                    <h1>The treaty is signed</h1>";
        assert_eq!(title(page).as_deref(), Some("The treaty is signed"));
    }

    #[test]
    fn a_kicker_belongs_to_the_headline_only_where_the_head_says_so_with_a_colon() {
        let heading =
            "<article><h1><span class=kicker>Harbour</span> <span>Guns fall silent at last</span></h1>";
        assert_eq!(title(heading).as_deref(), Some("Guns fall silent at last"));
        let colon = format!("<meta property=og:title content='Harbour: Guns fall silent at last'>{heading}");
        assert_eq!(title(&colon).as_deref(), Some("Harbour: Guns fall silent at last"));
        let dash = format!("<meta property=og:title content='Harbour - Guns fall silent at last'>{heading}");
        assert_eq!(title(&dash).as_deref(), Some("Guns fall silent at last"));
    }

    #[test]
    fn a_heading_among_the_crumbs_is_not_what_readers_see() {
        let page = "<title>Canal war: guns silent</title>\
            <nav class=breadcrumb><ol><li>World<li><h1>Canal war: guns silent</h1></ol></nav>\
            <article><header><h2>The guns at the canal fall silent</h2></header><p>Text.</article>";
        assert_eq!(title(page).as_deref(), Some("The guns at the canal fall silent"));
    }

    #[test]
    fn what_readers_see_wins_and_a_head_that_says_something_else_is_doubted() {
        let page = "<meta property=og:title content='You will not believe this'>\
            <main><h1>Oil must take the long way</h1><p>Text.</main>";
        let page = Page::parse(page);
        let found = candidates(&page, &[]);
        let choice = choose(&found);
        assert_eq!(choice.place.map(|place| found[place].value.text()), Some("Oil must take the long way"));
        assert!(choice.doubt.is_some_and(|doubt| doubt.contains("og:title")));
    }

    #[test]
    fn the_name_of_the_site_is_no_headline_even_as_the_only_first_heading() {
        let page = "<title>Guns fall silent › Nordic Letters</title><h1><a href='/'>Nordic Letters</a></h1>\
            <h2>Guns fall silent</h2><p>Text.";
        assert_eq!(title(page).as_deref(), Some("Guns fall silent"));
    }

    #[test]
    fn a_page_without_headings_has_the_line_that_its_title_repeats() {
        let page =
            "<title>海峡的炮声停了_国际频道_港湾网</title><div>导航</div><div>海峡的炮声停了</div><p>正文。";
        assert_eq!(title(page).as_deref(), Some("海峡的炮声停了"));
    }

    #[test]
    fn words_that_only_looks_part_are_parted_as_the_head_parts_them() {
        let page = "<meta property=og:title content='Storm / North wind at noon'>\
            <h1><span>Storm</span>North wind at noon</h1>";
        assert_eq!(title(page).as_deref(), Some("Storm / North wind at noon"));
    }
}
