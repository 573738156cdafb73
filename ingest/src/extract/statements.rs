//! What a page's head states as its headline, and the line of the page that its `<title>` repeats.

use super::candidate::{Candidate, Found};
use super::headings::Heading;
use super::headline::Headline;
use super::linked;
use super::page::{Page, raw_text, selector};
use super::site::{self, title_tag};
use super::text::{bare, plain, squeeze, word_count};

/// What the head of a page states, the more trustworthy first.
pub(super) fn of_head(page: &Page, sites: &[String]) -> Vec<Candidate<Headline>> {
    let mut found: Vec<Candidate<Headline>> = Vec::new();
    let mut add = |raw: String, kind: Found, place: String| {
        let text = site::without_site(&raw, sites).0;
        let is_site = sites.iter().any(|site| bare(site) == bare(&text));
        if text.chars().any(char::is_alphanumeric) && text.len() < 600 && !is_site {
            found.push(Candidate::new(Headline::Stated { text, raw }, kind, place));
        }
    };
    if let Some(node) = page.linked.article() {
        for key in ["headline", "name"] {
            let place = format!("{}.{key}", linked::type_of(node));
            linked::text(node, key).into_iter().for_each(|text| add(text, Found::JsonLd, place.clone()));
        }
    }
    for name in
        ["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title", "headline"]
    {
        page.meta_all(name).for_each(|text| add(plain(text), Found::Meta, name.to_owned()));
    }
    for (name, text) in page.meta_matching(is_headline_name) {
        add(plain(text), Found::Meta, name.to_owned());
    }
    if let Some(text) = title_tag(page) {
        add(text, Found::TitleTag, "title".to_owned());
    }
    found
}

/// "parsely-title", "sailthru.title", "ob_headline" …: makers of tools each have their own name.
fn is_headline_name(name: &str) -> bool {
    const KNOWN: &[&str] =
        &["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title", "headline"];
    const OTHERS: &[&str] =
        &["app", "site", "image", "sub", "album", "banner", "alt", "journal", "book", "series"];
    (name.ends_with("title") || name.ends_with("headline"))
        && !KNOWN.contains(&name)
        && !OTHERS.iter().any(|other| name.contains(other))
}

/// The first piece of `<title>` where it stands as a line of a page that has no first heading: old pages
/// have none, and other languages part headline and site with other signs.
pub(super) fn line_of_title(page: &Page, seen: &[Candidate<Headline>]) -> Option<Candidate<Headline>> {
    const FEWEST: usize = 2;
    let title = title_tag(page)?;
    let whole = bare(&title);
    let serves = |candidate: &Candidate<Headline>| match &candidate.value {
        Headline::Seen(heading) => heading.is_first || whole.contains(&bare(&heading.text)),
        Headline::Stated { .. } => false,
    };
    if seen.iter().any(serves) {
        return None;
    }
    let body = page.html.select(selector!("body")).next()?;
    let text = raw_text(body);
    let begins = |line: &String| {
        title.strip_prefix(line.as_str()).is_some_and(|rest| !rest.is_empty() && is_end(rest))
    };
    let line = text.lines().map(squeeze).find(|line| word_count(line) >= FEWEST && begins(line))?;
    let heading = Heading { text: line, place: "line of the page", is_first: true, ..Heading::default() };
    Some(Candidate::new(Headline::Seen(heading), Found::Heading, "line that the title repeats"))
}

fn is_end(rest: &str) -> bool {
    rest.trim_start().starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '\'' | '’'))
}
