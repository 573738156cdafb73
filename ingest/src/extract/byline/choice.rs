//! Which of the claims on an article's authors holds, and why: a pure function.

use super::claim::{Claim, Standing};
use super::names::{is_organisation, is_unspaced};
use crate::extract::candidate::Found;
use crate::extract::lists::{AGENCIES, BYLINE_LABELS, listed};
use crate::extract::text::{bare, fold, word_count};

/// A reason why a claim holds, the better before the worse.
type Reason = (fn(&Claim, &[String]) -> bool, &'static str);

const REASONS: &[Reason] = &[
    (
        |claim, sites| is_head(claim) && names_people(claim, sites) && is_beside(claim),
        "readers see beside the headline whom the head names",
    ),
    (
        |claim, sites| names_people(claim, sites) && claim.standing == Standing::Byline,
        "readers see it as a byline",
    ),
    (
        |claim, sites| is_head(claim) && names_somebody(claim, sites) && is_beside(claim),
        "readers see beside the headline whom the head names, though not by full name",
    ),
    (
        |claim, sites| names_somebody(claim, sites) && claim.standing == Standing::Byline,
        "readers see it as a byline, though not by full name",
    ),
    (
        |claim, sites| {
            // `<meta>` names the owner of a site, too, who stands in its foot.
            let least =
                if claim.candidate.found == Found::JsonLd { Standing::Elsewhere } else { Standing::Line };
            is_head(claim) && names_somebody(claim, sites) && claim.standing <= least
        },
        "the head names whom readers see on the page",
    ),
    (|claim, sites| names_people(claim, sites) && signs(claim) && !is_agency(claim), "it signs the text"),
    (
        |claim, sites| names_people(claim, sites) && (is_news(claim) || is_head(claim) && claim.states),
        "the page's data on the article names them",
    ),
    (
        |claim, sites| names_somebody(claim, sites) && signs(claim) && claim.logins && !is_agency(claim),
        "it signs the text, though not by full name",
    ),
    (
        |claim, sites| {
            let fits = claim.logins || names_people(claim, sites);
            names_somebody(claim, sites) && fits && claim.standing == Standing::Beside
        },
        "readers see it beside the headline",
    ),
    (
        |claim, sites| {
            let is_person = names_people(claim, sites) && claim.names().len() == 1;
            is_person
                && claim.candidate.place == "element about the author"
                && claim.standing <= Standing::Elsewhere
        },
        "the page tells about this author, and about no other",
    ),
    (
        |claim, sites| {
            let is_desk =
                signs(claim) && claim.states && claim.names().iter().any(|name| is_organisation(name));
            (is_desk || claim.standing == Standing::Byline)
                && claim.names().iter().any(|name| !is_site(name, sites))
        },
        "readers see it as a byline, though it names no person",
    ),
    (
        |claim, _| claim.standing == Standing::Byline && claim.states,
        "readers see the outlet's name as a byline",
    ),
    (
        |claim, _| is_news(claim) && claim.names().iter().any(|name| listed(&AGENCIES, &fold(name))),
        "the page's data on the article name an agency",
    ),
    (|claim, _| is_agency(claim), "the text is an agency's, and names nobody else"),
];

/// The number of the claim that holds, and why; or why none does. `sites`: the names of the site.
pub(super) fn choose(claims: &[Claim], sites: &[String]) -> (Option<usize>, &'static str) {
    for (holds, why) in REASONS {
        let holding = (0..claims.len()).filter(|&place| holds(&claims[place], sites));
        let best = holding.max_by_key(|&place| (agreeing(claims, place), std::cmp::Reverse(place)));
        if let Some(place) = best {
            return (Some(fullest(claims, place)), why);
        }
    }
    let why =
        if claims.is_empty() { "no place names anybody" } else { "readers see none of them as the author" };
    (None, why)
}

/// The claim of the head, seen beside the headline, that names all whom this one names, and most others.
fn fullest(claims: &[Claim], place: usize) -> usize {
    let chosen = &claims[place];
    let names_all = |claim: &Claim| {
        chosen.names().iter().all(|name| claim.names().iter().any(|other| bare(other) == bare(name)))
    };
    let is_fuller = |claim: &Claim| {
        is_head(claim)
            && is_beside(claim)
            && !claim.organisations
            && claim.names().len() > chosen.names().len()
            && claim.names().iter().all(|name| is_full_name(name))
            && names_all(claim)
    };
    let fuller = (0..claims.len()).filter(|&other| is_beside(chosen) && is_fuller(&claims[other]));
    fuller.max_by_key(|&other| claims[other].names().len()).unwrap_or(place)
}

/// In how many sorts of place the same people are named.
fn agreeing(claims: &[Claim], place: usize) -> usize {
    let names = |claim: &Claim| claim.names().iter().map(|name| bare(name)).collect::<Vec<_>>();
    let own = names(&claims[place]);
    let mut sorts: Vec<Found> = Vec::new();
    for claim in claims.iter().filter(|claim| names(claim) == own) {
        if !sorts.contains(&claim.candidate.found) {
            sorts.push(claim.candidate.found);
        }
    }
    sorts.len()
}

/// Whether a claim names somebody who is neither the site nor an organisation.
fn names_somebody(claim: &Claim, sites: &[String]) -> bool {
    !claim.organisations && claim.names().first().is_some_and(|name| !is_outlet(name, sites))
}

/// Whether it does so by their full names.
pub(super) fn names_people(claim: &Claim, sites: &[String]) -> bool {
    names_somebody(claim, sites) && claim.names().iter().all(|name| is_full_name(name))
}

/// Whether it is an agency's mark, and no byline.
fn is_agency(claim: &Claim) -> bool {
    claim.candidate.found == Found::Text
}

fn is_beside(claim: &Claim) -> bool {
    claim.standing <= Standing::Beside
}

fn signs(claim: &Claim) -> bool {
    claim.standing == Standing::Signed
}

/// Whether it is what a newsroom says of an article, and not what its tools say of whoever uploaded it.
fn is_news(claim: &Claim) -> bool {
    claim.candidate.found == Found::JsonLd && claim.candidate.place.contains("NewsArticle")
}

pub(super) fn is_head(claim: &Claim) -> bool {
    matches!(claim.candidate.found, Found::JsonLd | Found::Meta)
}

/// Whether a name is the site's, or says that it is an outlet's.
pub(super) fn is_outlet(name: &str, sites: &[String]) -> bool {
    is_site(name, sites) || is_organisation(name)
}

/// Takes the site's names from what the head says, where that names others, too.
pub(super) fn drop_site(claim: &mut Claim, sites: &[String]) {
    if is_head(claim) && claim.names().iter().any(|name| !is_site(name, sites)) {
        claim.candidate.value.retain(|name| !is_site(name, sites));
    }
}

/// Whether a name is one that the page gives its site.
fn is_site(name: &str, sites: &[String]) -> bool {
    let joined = |text: &str| bare(text).replace(' ', "");
    let own = joined(name);
    sites.iter().any(|site| joined(site) == own)
}

/// Whether a name is no login: two words or more, not all in small letters.
fn is_full_name(name: &str) -> bool {
    if is_unspaced(name) {
        return name.chars().count() >= 2;
    }
    let small = name.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    // "vom Hafenblogger", "de Witt".
    let opens_byline = |word: &str| word.starts_with(char::is_lowercase) && listed(&BYLINE_LABELS, word);
    let is_half = word_count(name) == 2 && name.split_whitespace().next().is_some_and(opens_byline);
    word_count(name) >= 2 && small < word_count(name) && !is_half && !name.contains(['_', '@'])
        || listed(&AGENCIES, &fold(name))
}
