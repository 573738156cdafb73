//! Who ran an article and under what heading: source, section, tags, standfirst.

use dateline_index::article::Source;
use serde_json::Value;
use url::Url;

use super::address;
use super::linked;
use super::page::{Page, selector, text_of};
use super::site;
use super::text::{bare, plain, word_count};

/// The outlet: its name as the page gives it, else the domain.
pub(super) fn source(page: &Page, url: Option<&Url>) -> Option<Source> {
    let domain = url.and_then(address::domain);
    let label =
        domain.as_ref().map(|domain| bare(domain.split('.').max_by_key(|l| l.len()).unwrap_or_default()));
    let named = site::names(page, url).into_iter().find(|name| {
        Some(name) != domain.as_ref()
            && label.as_ref().is_none_or(|label| bare(name) != *label || name != label)
    });
    let name = named.or_else(|| domain.clone())?;
    Some(Source { name, domain })
}

/// The section of the outlet.
pub(super) fn section(page: &Page, sites: &[String]) -> Option<String> {
    let linked = page.linked.article().and_then(|node| linked::text(node, "articleSection"));
    let linked = linked.or_else(|| page.first_text(selector!("[itemprop~='articleSection']")));
    let meta = page.meta(&[
        "article:section",
        "og:article:section",
        "parsely-section",
        "sailthru.section",
        "section",
    ]);
    let crumb = || {
        let crumbs: Vec<String> = page
            .html
            .select(selector!("[class*='breadcrumb'] a, [class*='kicker'], [rel~='category'], p.section a"))
            .filter(|element| !page.is_apart(*element) || element.value().name() == "a")
            .map(text_of)
            .filter(|text| (1..=4).contains(&word_count(text)))
            .collect();
        crumbs.last().cloned()
    };
    let title = || {
        let tag = site::title_tag(page)?;
        let (_, taken) = site::without_site(&tag, sites);
        let is_site = |piece: &String| sites.iter().any(|site| bare(site) == bare(piece));
        taken
            .into_iter()
            .find(|piece| !is_site(piece) && word_count(piece) <= 2 && !contains_site(piece, sites))
    };
    linked.or_else(|| meta.map(plain)).or_else(crumb).or_else(title).filter(|text| text.len() <= 100)
}

fn contains_site(piece: &str, sites: &[String]) -> bool {
    sites.iter().any(|site| bare(piece).contains(&bare(site)))
}

/// The topics that the publisher gave, from the first place that gives any.
pub(super) fn tags(page: &Page) -> Vec<String> {
    const MOST: usize = 40;
    let keywords = page.linked.article().and_then(|node| node.get("keywords"));
    let linked = keywords.map(|value| keyword_list(page, value)).unwrap_or_default();
    let meta = |name: &'static str| page.meta_all(name).flat_map(split_list).collect::<Vec<_>>();
    let links = || page.select(selector!("a[rel~='tag']")).map(text_of).collect::<Vec<_>>();
    let found = [
        linked,
        page.meta_all("article:tag").flat_map(split_list).collect(),
        meta("parsely-tags"),
        meta("news_keywords"),
        meta("sailthru.tags"),
        links(),
        meta("keywords"),
    ];
    let mut tags: Vec<String> = Vec::new();
    for tag in found.into_iter().find(|list| !list.is_empty()).unwrap_or_default() {
        if tag.len() <= 80 && !tag.contains(':') && !tags.contains(&tag) && tags.len() < MOST {
            tags.push(tag);
        }
    }
    tags
}

fn keyword_list(page: &Page, value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => split_list(text),
        Value::Array(items) if items.len() == 1 => items[0].as_str().map(split_list).unwrap_or_default(),
        value => page.linked.names(value),
    }
}

fn split_list(text: &str) -> Vec<String> {
    text.split([',', ';']).map(plain).filter(|tag| !tag.is_empty()).collect()
}

/// The line or two under the headline, and whether readers see it there: what only the head states
/// may be no more than the beginning of the text.
pub(super) fn standfirst(page: &Page) -> Option<(String, bool)> {
    let element = page.first_text(selector!(
        "[class*='standfirst'], [class*='dek'], [class*='entry-summary'], h2[class*='subtitle'], p[class*='subtitle'], \
         [class*='article-lead'], [class*='article__lead'], [itemprop~='alternativeHeadline']"
    ));
    if let Some(text) = element.filter(|text| word_count(text) >= 4 && text.len() <= LONGEST_STANDFIRST) {
        return Some((text, true));
    }
    let meta =
        || page.meta(&["og:description", "description", "twitter:description", "dc.description"]).map(plain);
    let linked = page.linked.article().and_then(|node| linked::text(node, "description"));
    linked.or_else(meta).filter(|text| text.len() <= LONGEST_STANDFIRST).map(|text| (text, false))
}

const LONGEST_STANDFIRST: usize = 1_000;
