//! The standfirst: the line or two under the headline that sum the article up.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::candidate::{Candidate, Found};
use super::linked;
use super::lists::STANDFIRST_MARKS;
use super::page::{Page, attribute, selector, text_of};
use super::text::{bare, plain, word_count};

/// The marks of the list, looked for in one pass: pages have thousands of classes.
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    let marks: Vec<String> = STANDFIRST_MARKS.iter().map(|mark| regex::escape(mark)).collect();
    Regex::new(&format!("(?i-u){}", marks.join("|"))).expect("the marks are escaped")
});

const LONGEST: usize = 1_000;
const FEWEST_WORDS: usize = 4;

/// Each standfirst that the page offers: what readers see before what machines are told.
pub(super) fn candidates(page: &Page, title: &str) -> Vec<Candidate<String>> {
    let mut found: Vec<Candidate<String>> = Vec::new();
    let title = bare(title);
    let mut add = |text: String, kind: Found, place: String| {
        if word_count(&text) >= FEWEST_WORDS && text.len() <= LONGEST && bare(&text) != title {
            found.push(Candidate::new(text, kind, place));
        }
    };
    seen(page).into_iter().for_each(|text| add(text, Found::Heading, "line under the headline".to_owned()));
    let marked = page.first_text(selector!("[itemprop~='alternativeHeadline']"));
    marked
        .into_iter()
        .for_each(|text| add(text, Found::Microdata, "itemprop alternativeHeadline".to_owned()));
    if let Some(node) = page.linked.article() {
        let place = format!("{}.description", linked::type_of(node));
        linked::text(node, "description")
            .into_iter()
            .for_each(|text| add(text, Found::JsonLd, place.clone()));
    }
    for name in
        ["og:description", "description", "twitter:description", "dc.description", "sailthru.description"]
    {
        page.meta_all(name).take(1).for_each(|text| add(plain(text), Found::Meta, name.to_owned()));
    }
    found
}

/// Chooses what readers see, else what the head states.
pub(super) fn choose(candidates: &[Candidate<String>]) -> (Option<usize>, &'static str) {
    let why = match candidates.first().map(|first| first.found) {
        Some(Found::Heading | Found::Microdata) => "readers see it under the headline",
        Some(_) => "no line stands under the headline; the head states what it is about",
        None => "the page sums itself up nowhere",
    };
    ((!candidates.is_empty()).then_some(0), why)
}

/// Whether readers see it: what only the head states may be no more than the beginning of the text.
pub(super) fn is_seen(candidate: &Candidate<String>) -> bool {
    matches!(candidate.found, Found::Heading | Found::Microdata)
}

/// The first element that is called a standfirst.
fn seen(page: &Page) -> Option<String> {
    let known = selector!(
        "[class*='standfirst'], [class*='dek'], [class*='entry-summary'], h2[class*='subtitle'], p[class*='subtitle'], \
         [class*='article-lead'], [class*='article__lead']"
    );
    let text = page.first_text(known).filter(|text| fits(text));
    text.or_else(|| {
        let elements = page.html.select(selector!("p[class], h2[class], h3[class], div[class], span[class]"));
        let mut known: HashMap<&str, bool> = HashMap::new();
        let called = elements.filter(|element| {
            let class = attribute(element.value(), "class").unwrap_or_default();
            *known.entry(class).or_insert_with(|| {
                let marks: String = class.chars().filter(|c| !matches!(c, '-' | '_')).collect();
                MARKS.is_match(&marks)
            })
        });
        called.filter(|element| !page.is_apart(*element)).map(text_of).find(|text| fits(text))
    })
}

fn fits(text: &str) -> bool {
    word_count(text) >= FEWEST_WORDS && text.len() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standfirst(source: &str) -> Option<(String, bool)> {
        let page = Page::parse(source);
        let found = candidates(&page, "Guns fall silent at the canal");
        choose(&found).0.map(|place| (found[place].value.clone(), is_seen(&found[place])))
    }

    #[test]
    fn what_readers_see_comes_before_what_machines_are_told() {
        let head = "<meta property=og:description content='Ships wait at both ends.'>";
        let seen = format!("{head}<div class='Article-Vorspann'>The canal is blocked for weeks.</div>");
        assert_eq!(standfirst(&seen), Some(("The canal is blocked for weeks.".to_owned(), true)));
        assert_eq!(standfirst(head), Some(("Ships wait at both ends.".to_owned(), false)));
    }

    #[test]
    fn the_headline_again_is_no_standfirst() {
        assert_eq!(standfirst("<meta name=description content='Guns fall silent at the canal'>"), None);
        assert_eq!(standfirst("<meta name=description content='GUNS FALL SILENT AT THE CANAL – '>"), None);
    }
}
