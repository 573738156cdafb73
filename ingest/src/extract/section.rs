//! The section of the outlet that an article ran in.

use scraper::ElementRef;
use serde_json::{Map, Value};
use url::Url;

use super::candidate::{Candidate, Found};
use super::linked;
use super::lists::{HOME_LABELS, NO_SECTIONS, listed};
use super::page::{Page, attribute, selector, text_of};
use super::site::{self, joined};
use super::text::{bare, fold, plain, squeeze, word_count};

/// Each section that the page names, best first; what names none is left out.
pub(super) fn candidates(
    page: &Page,
    url: Option<&Url>,
    sites: &[String],
    title: &str,
) -> Vec<Candidate<String>> {
    let mut found: Vec<Candidate<String>> = Vec::new();
    let mut add = |names: Vec<String>, kind: Found, place: String| {
        // Of "Home > Politics > Elections", the first that says something is the section.
        let named = names.into_iter().find(|name| is_section(name, sites, title));
        found.extend(named.map(|name| Candidate::new(name, kind, place)));
    };
    if let Some(node) = page.linked.article() {
        let place = format!("{}.articleSection", linked::type_of(node));
        let value = node.get("articleSection").map(|value| page.linked.names(value)).unwrap_or_default();
        add(value.iter().flat_map(|text| split(text)).collect(), Found::JsonLd, place);
    }
    for name in ["article:section", "og:article:section", "parsely-section", "sailthru.section", "section"] {
        add(page.meta_all(name).flat_map(|text| split(&plain(text))).collect(), Found::Meta, name.to_owned());
    }
    let marked = page.select(selector!("[itemprop~='articleSection'], [property~='articleSection']"));
    let marked =
        marked.map(|element| element.value().attr("content").map_or_else(|| text_of(element), squeeze));
    add(marked.collect(), Found::Microdata, "itemprop articleSection".to_owned());
    add(linked_crumbs(page), Found::JsonLd, "BreadcrumbList".to_owned());
    add(crumbs(page), Found::Byline, "crumbs".to_owned());
    let categories = page.select(selector!("a[rel~='category']"));
    add(categories.map(text_of).collect(), Found::Microdata, "rel=category".to_owned());
    add(url.and_then(|url| of_address(page, url)).into_iter().collect(), Found::Url, "address".to_owned());
    if let Some(tag) = site::title_tag(page) {
        let (_, taken) = site::without_site(&tag, sites);
        let taken = taken.into_iter().filter(|piece| word_count(piece) <= 2 && !site::is_site(piece, sites));
        add(taken.collect(), Found::TitleTag, "title".to_owned());
    }
    found
}

/// Chooses the first, as the one is spelled that was written for readers: "Deutschland & Welt" where
/// another place says "deutschland-welt".
pub(super) fn choose(candidates: &[Candidate<String>]) -> (Option<usize>, &'static str) {
    let Some(first) = candidates.first() else { return (None, "the page names no section") };
    let is_slug = |name: &str| !name.contains(char::is_uppercase) && name.is_ascii();
    if is_slug(&first.value) {
        let same = |other: &Candidate<String>| {
            !is_slug(&other.value) && joined(&fold(&other.value)) == joined(&fold(&first.value))
        };
        if let Some(place) = candidates.iter().position(same) {
            return (Some(place), "the first place that names a section, as readers see it spelled");
        }
    }
    (Some(0), "the first place that names a section")
}

fn split(text: &str) -> Vec<String> {
    text.split([',', ';', '|', '/']).map(squeeze).collect()
}

/// Whether a name can be a section's: short, and neither the site's name, nor the headline, nor "Home".
fn is_section(name: &str, sites: &[String], title: &str) -> bool {
    const LONGEST: usize = 60;
    let folded = fold(name);
    name.chars().any(char::is_alphabetic)
        && name.len() <= LONGEST
        && word_count(name) <= 5
        && !name.contains("://")
        && (name.contains(' ') || !name.contains('.'))
        && !name.ends_with([':', '.', '…'])
        && bare(name) != bare(title)
        && !listed(&HOME_LABELS, &folded)
        && !listed(&NO_SECTIONS, &folded)
        && !sites.iter().any(|site| joined(site) == joined(name))
}

/// The crumbs of the page's JSON-LD, in their order.
fn linked_crumbs(page: &Page) -> Vec<String> {
    let Some(list) = page.linked.of_type("BreadcrumbList").next() else { return Vec::new() };
    let Some(Value::Array(items)) = list.get("itemListElement") else { return Vec::new() };
    let position = |item: &Map<String, Value>| {
        item.get("position").and_then(|at| at.as_u64().or_else(|| at.as_str()?.parse().ok()))
    };
    let mut items: Vec<&Map<String, Value>> = items.iter().filter_map(Value::as_object).collect();
    items.sort_by_key(|item| position(item));
    let name = |item: &&Map<String, Value>| {
        linked::text(item, "name").or_else(|| linked::text(item.get("item")?.as_object()?, "name"))
    };
    items.iter().filter_map(name).collect()
}

/// The crumbs that readers see.
fn crumbs(page: &Page) -> Vec<String> {
    const MOST: usize = 8;
    let lists = page.html.select(selector!(
        "[class*='breadcrumb' i], [id*='breadcrumb' i], nav[aria-label*='breadcrumb' i], \
         [itemtype*='BreadcrumbList'], [typeof*='BreadcrumbList']"
    ));
    let links = lists.take(2).flat_map(|list| list.select(selector!("a")));
    links.filter(|link| !site::leads_home(*link)).take(MOST).map(text_of).collect()
}

/// The first word of the address's path, where a link of the page leads to a front page of that name:
/// the link says how the section is called.
fn of_address(page: &Page, url: &Url) -> Option<String> {
    let mut words = url.path_segments()?.filter(|word| !word.is_empty());
    let first = words.next()?;
    // A page of its own in the root has no section.
    words.next()?;
    let leads_there = |link: &ElementRef<'_>| {
        let href = attribute(link.value(), "href").unwrap_or_default();
        let path = href
            .split_once("://")
            .map_or(href, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        path.trim_matches('/') == first
    };
    let link = page
        .html
        .select(selector!("a[href]"))
        .filter(leads_there)
        .map(text_of)
        .find(|text| !text.is_empty())?;
    // Links say "Read more", too: the name must be the word of the address.
    (joined(&fold(&link)).contains(&joined(first)) || joined(first).contains(&joined(&fold(&link))))
        .then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(source: &str, url: Option<&str>) -> Option<String> {
        let page = Page::parse(source);
        let url = url.and_then(|url| Url::parse(url).ok());
        let found = candidates(&page, url.as_ref(), &["The Wire".to_owned()], "Guns fall silent");
        choose(&found).0.map(|place| found[place].value.clone())
    }

    #[test]
    fn neither_home_nor_site_nor_headline_is_a_section() {
        let page = "<ol class=breadcrumb><li><a href=/x>Home</a><li><a href=/y>The Wire</a>\
            <li><a href=/w>World</a><li><a href=/z>Guns fall silent</a></ol>";
        assert_eq!(section(page, None).as_deref(), Some("World"));
        assert_eq!(section("<meta property='article:section' content='Uncategorized'>", None), None);
    }

    #[test]
    fn a_section_is_spelled_as_readers_see_it() {
        let page = "<meta property='article:section' content='espana'><div class=breadcrumb><a href=/espana/>España</a></div>";
        assert_eq!(section(page, None).as_deref(), Some("España"));
    }

    #[test]
    fn a_word_of_the_address_counts_only_where_a_link_names_the_section() {
        let linked = "<nav><a href='https://a.example/sport/'>Sport</a></nav>";
        assert_eq!(section(linked, Some("https://a.example/sport/x.html")).as_deref(), Some("Sport"));
        assert_eq!(section("<a href=/x>Sport</a>", Some("https://a.example/sport/x.html")), None);
        assert_eq!(section(linked, Some("https://a.example/sport")), None);
    }
}
