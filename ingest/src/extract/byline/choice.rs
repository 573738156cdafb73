//! Which of the claims on an article's authors holds, and why: a pure function.

use super::claim::{Claim, Standing};
use super::names::is_organisation;
use crate::extract::candidate::Found;
use crate::extract::lists::{AGENCIES, listed};
use crate::extract::text::{bare, fold, word_count};

/// The claim that holds, and why; or why none does.
pub(super) fn choose(claims: &[Claim], sites: &[String]) -> (Option<usize>, &'static str) {
    let of_people = |claim: &Claim| !claim.organisations && claim.names().first().is_some_and(|name| !is_outlet(name, sites));
    let full = |claim: &Claim| claim.names().iter().all(|name| is_full_name(name));
    type Holds<'a> = &'a dyn Fn(&Claim) -> bool;
    let steps: [(Holds<'_>, &'static str); 11] = [
        (
            &|claim| is_head(claim) && of_people(claim) && full(claim) && claim.standing <= Standing::Beside,
            "readers see beside the headline whom the head names",
        ),
        (
            &|claim| of_people(claim) && full(claim) && claim.standing == Standing::Byline,
            "readers see it as a byline beside the headline",
        ),
        (
            &|claim| is_head(claim) && of_people(claim) && claim.standing <= Standing::Beside,
            "readers see beside the headline whom the head names",
        ),
        (&|claim| of_people(claim) && claim.standing == Standing::Byline, "readers see it as a byline beside the headline"),
        (
            &|claim| {
                let least = if claim.candidate.found == Found::JsonLd { Standing::Elsewhere } else { Standing::Line };
                is_head(claim) && of_people(claim) && claim.standing <= least
            },
            "the head names whom readers see",
        ),
        (&|claim| of_people(claim) && full(claim) && claim.standing == Standing::Signed, "it signs the text"),
        (
            &|claim| of_people(claim) && claim.standing == Standing::Signed && (claim.candidate.found == Found::Microdata || claim.candidate.place.ends_with("date")),
            "it signs the text2",
        ),
        (&|claim| of_people(claim) && full(claim) && claim.standing == Standing::Beside, "readers see it beside the headline"),
        (
            &|claim| is_news(claim) && of_people(claim) && full(claim),
            "the page's data on the article names somebody",
        ),
        (
            &|claim| (claim.standing == Standing::Byline || claim.standing == Standing::Signed && is_sure(claim)) && claim.names().iter().any(|name| !is_site(name, sites)),
            "readers see it as a byline, though it names nobody",
        ),
        (&|claim| claim.standing == Standing::Byline && is_sure(claim), "readers see it as a byline"),
    ];
    for (holds, why) in steps {
        let place = (0..claims.len()).filter(|&place| holds(&claims[place])).max_by_key(|&place| {
            (agreeing(claims, place), std::cmp::Reverse(place))
        });
        if place.is_some() {
            return (place, why);
        }
    }
    (None, "nobody is named")
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

/// Whether a place leaves no doubt that its names are the author's: it says so.
fn is_sure(claim: &Claim) -> bool {
    claim.candidate.found == Found::Microdata || claim.candidate.place.starts_with("line")
}

/// Whether it is what a newsroom says of an article, and not what its tools say of whoever uploaded it.
fn is_news(claim: &Claim) -> bool {
    claim.candidate.found == Found::JsonLd && claim.candidate.place.contains("NewsArticle")
}

fn is_head(claim: &Claim) -> bool {
    matches!(claim.candidate.found, Found::JsonLd | Found::Meta)
}

/// Whether a name is the site's, or says that it is an outlet's.
pub(super) fn is_outlet(name: &str, sites: &[String]) -> bool {
    is_site(name, sites) || is_organisation(name)
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
    word_count(name) >= 2 && small < word_count(name) && !name.contains(['_', '@'])
        || listed(&AGENCIES, &fold(name))
}

/// Whether a name is written as in Chinese, Japanese and Korean, where names have no spaces.
fn is_unspaced(name: &str) -> bool {
    name.chars().all(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}
