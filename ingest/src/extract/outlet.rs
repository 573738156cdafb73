//! Who ran an article: its source.

use super::candidate::{Candidate, Found};
use super::lists::{COMPANY_FORMS, listed};
use super::site::{self, joined};
use super::text::{fold, word_count};

/// Chooses the outlet's name among those that the page gives its site, and says why.
pub(super) fn choose(
    candidates: &[Candidate<String>],
    domain: Option<&str>,
) -> (Option<usize>, &'static str) {
    let best = (0..candidates.len())
        .map(|place| (weight(candidates, place, domain), std::cmp::Reverse(place)))
        .max()
        .map(|(_, std::cmp::Reverse(place))| place);
    let Some(place) = best else { return (None, "the page names no site, and its address is unknown") };
    let chosen = &candidates[place];
    let why = if chosen.found == Found::Url {
        "the page names no site; its domain stands for it"
    } else if domain.is_some_and(|domain| site::names_domain(&chosen.value, domain)) {
        "the name that the domain repeats"
    } else if kinds(candidates, &chosen.value) > 1 {
        "the name that most places give the site"
    } else {
        "the first name that the page gives its site"
    };
    (best, why)
}

/// What speaks for a name: other places that say so, too, and the domain; companies, slogans and
/// domains stand back.
fn weight(candidates: &[Candidate<String>], place: usize, domain: Option<&str>) -> i32 {
    let Candidate { value, found, place: at } = &candidates[place];
    let words = word_count(value);
    let is_company = value
        .split_whitespace()
        .enumerate()
        .any(|(place, word)| place > 0 && listed(&COMPANY_FORMS, fold(word).trim_end_matches(',')));
    let is_address =
        value.rsplit_once('.').is_some_and(|(_, end)| (2..=4).contains(&end.len()) && !end.contains(' '));
    let names_domain = !is_address && domain.is_some_and(|domain| site::names_domain(value, domain));
    let mut weight = 2 * kinds(candidates, value) + 3 * i32::from(names_domain);
    weight += match found {
        Found::JsonLd | Found::Meta => 2,
        Found::TitleTag => 0,
        _ => -1,
    };
    // The publisher of the article, then what social networks are told.
    weight += i32::from(at.ends_with(".publisher") || at == "og:site_name");
    weight -= 4 * i32::from(is_company) + 2 * i32::from(words > 5);
    weight -=
        2 * i32::from(!value.starts_with(char::is_alphanumeric) || value.chars().any(|c| "|»:".contains(c)));
    // "Harbourwire.example" is how machines call it.
    weight - 3 * i32::from(is_address) - 3 * i32::from(*found == Found::Url)
}

/// How many kinds of places give this name.
fn kinds(candidates: &[Candidate<String>], name: &str) -> i32 {
    let name = joined(name);
    let mut kinds: Vec<Found> = Vec::new();
    for candidate in candidates {
        if joined(&candidate.value) == name && !kinds.contains(&candidate.found) {
            kinds.push(candidate.found);
        }
    }
    i32::try_from(kinds.len()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(names: &[(&str, Found, &'static str)], domain: Option<&str>) -> Option<String> {
        let candidates: Vec<_> = names
            .iter()
            .map(|(name, found, place)| Candidate::new((*name).to_owned(), *found, *place))
            .collect();
        choose(&candidates, domain).0.map(|place| candidates[place].value.clone())
    }

    #[test]
    fn the_paper_is_the_source_and_not_the_company_that_prints_it() {
        let names = [
            ("Nordhafen Medien AG", Found::JsonLd, "NewsArticle.publisher"),
            ("Hafen-Zeitung", Found::Meta, "og:site_name"),
            ("hafen-zeitung.example", Found::Url, "domain"),
        ];
        assert_eq!(chosen(&names, Some("hafen-zeitung.example")).as_deref(), Some("Hafen-Zeitung"));
    }

    #[test]
    fn a_name_that_nobody_else_gives_still_beats_the_domain() {
        let names = [("The Wire", Found::Meta, "og:site_name"), ("harbour.example", Found::Url, "domain")];
        assert_eq!(chosen(&names, Some("harbour.example")).as_deref(), Some("The Wire"));
        assert_eq!(chosen(&names[1..], Some("harbour.example")).as_deref(), Some("harbour.example"));
        assert_eq!(chosen(&[], None), None);
    }
}
