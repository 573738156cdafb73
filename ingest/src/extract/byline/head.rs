//! The authors that a page names to machines: JSON-LD, `<meta>`.

use serde_json::{Map, Value};

use super::claim::Claim;
use super::names::names_in;
use crate::extract::candidate::Found;
use crate::extract::linked;
use crate::extract::lists::{AGENCIES, BYLINE_LABELS, BYLINE_OPENERS, ROLES, listed, opens_with};
use crate::extract::page::Page;
use crate::extract::text::{fold, plain};

/// Names under which a page's head gives authors, best first.
const NAMES: &[&str] = &[
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "article:author",
    "article:author_name",
    "og:article:author",
    "cxenseparse:author",
    "shareaholic:article_author_name",
    "citation_author",
];

/// What the head names, best first.
pub(super) fn claims(page: &Page) -> Vec<Claim> {
    let mut claims = linked_authors(page);
    for name in NAMES {
        let texts: Vec<String> = page.meta_all(name).map(plain).collect();
        let names = texts.iter().flat_map(|text| names_in(text, false)).collect();
        // "Von Jane Doe", "Jane Doe, reporter": whoever wrote that meant a byline.
        let states = texts.iter().any(|text| {
            let folded = fold(text);
            let last = folded.split_whitespace().last().unwrap_or_default();
            opens_with(&BYLINE_OPENERS, &folded).is_some() || folded != last && listed(&ROLES, last)
        });
        claims.push(Claim { states, ..Claim::new(names, Found::Meta, format!("meta {name}")) });
    }
    if let Some(text) = written_by(page) {
        claims.push(Claim::new(names_in(text, false), Found::Meta, "meta twitter:data1"));
    }
    claims
}

/// People who are given as the publisher: of a site of their own. Their names are no outlet's.
pub(super) fn people_who_publish(page: &Page) -> Vec<String> {
    let publishers =
        page.linked.articles().chain(page.linked.of_type("WebSite")).filter_map(|node| node.get("publisher"));
    let people = publishers
        .filter(|value| page.linked.node(value).is_some_and(|node| linked::is_a(node, &["Person"])));
    people.flat_map(|value| page.linked.names(value)).collect()
}

/// The authors in the page's JSON-LD: people before organisations, which stand behind people that the
/// page names elsewhere.
fn linked_authors(page: &Page) -> Vec<Claim> {
    let nodes = page.linked.article().into_iter().chain(page.linked.articles().take(3));
    for node in nodes.chain(page.linked.of_type("WebPage")) {
        for key in ["author", "creator"] {
            let Some(value) = node.get(key) else { continue };
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let (organisations, people): (Vec<_>, Vec<_>) =
                values.iter().partition(|value| is_organisation(page, value));
            let names = |values: &[&Value]| -> Vec<String> {
                let texts = values.iter().flat_map(|value| page.linked.names(value));
                texts.flat_map(|text| names_in(&text, false)).collect()
            };
            let place = format!("{}.{key}", kind(node));
            // An agency that stands beside people is an author like them.
            let (people, desks) = (names(&people), names(&organisations));
            let agencies = desks.iter().filter(|name| listed(&AGENCIES, &fold(name)) && !people.is_empty());
            let people = people.iter().chain(agencies).cloned().collect();
            let people = Claim::new(people, Found::JsonLd, place.clone());
            let organisations = Claim::new(desks, Found::JsonLd, place).of_organisations();
            if !people.names().is_empty() || !organisations.names().is_empty() {
                return vec![people, organisations];
            }
        }
    }
    Vec::new()
}

fn is_organisation(page: &Page, value: &Value) -> bool {
    const KINDS: &[&str] = &["Organization", "NewsMediaOrganization", "Corporation"];
    page.linked.node(value).is_some_and(|node| linked::is_a(node, KINDS) && !linked::is_a(node, &["Person"]))
}

/// The type of a node.
fn kind(node: &Map<String, Value>) -> &str {
    let kind = node.get("@type").map(|kind| kind.get(0).unwrap_or(kind));
    kind.and_then(Value::as_str).unwrap_or("Article")
}

/// "Written by" as cards of social networks show it: a label in one element, the name in another.
fn written_by(page: &Page) -> Option<&str> {
    let pairs = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let is_label = |label: &&str| listed(&BYLINE_LABELS, &fold(label));
    let labelled = pairs.iter().find_map(|(label, data)| {
        page.meta_all(label).find(is_label)?;
        page.meta_all(data).next()
    });
    labelled.or_else(|| page.meta_all("twitter:misc:written by").next())
}
