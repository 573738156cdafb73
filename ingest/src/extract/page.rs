//! A parsed page, and the few ways in which the fields look at it.

use std::collections::HashSet;

use scraper::node::Element;
use scraper::{ElementRef, Node};

use super::document::Document;
use super::linked::Linked;
use super::lists::{APART, CONSENT, CUT};
pub(super) use super::selector::{Selector, selector};
use super::text::squeeze;

/// A page, parsed once, with what its head says about it.
pub(super) struct Page {
    pub(super) html: Document,
    /// `name` or `property` in lower case, and what it says, in document order.
    meta: Vec<(String, String)>,
    /// The JSON-LD of the page.
    pub(super) linked: Linked,
    /// Elements whose contents speak of something else: comments, other articles, the site.
    pub(super) apart: HashSet<ego_tree::NodeId>,
}

impl Page {
    pub(super) fn parse(source: &str) -> Self {
        let html = Document::parse(source);
        let meta = collect_meta(&html);
        let scripts: Vec<String> = html
            .select(selector!("script[type*='ld+json' i]"))
            .map(|script| script.text().collect())
            .collect();
        let mut linked = Linked::parse(&scripts);
        let canonical = html.select(selector!("link[rel~='canonical' i][href]")).next();
        let address = canonical.and_then(|link| link.value().attr("href"));
        let title: Option<String> =
            html.select(selector!("title")).next().map(|title| title.text().collect());
        let graph = meta.iter().find(|(name, _)| name == "og:title").map(|(_, value)| value.clone());
        linked.find_own(address, &title.into_iter().chain(graph).collect::<Vec<_>>());
        let apart = [selector!(APART), selector!(CUT)];
        let apart = apart.iter().flat_map(|them| html.select(them));
        let asking = html.select(selector!(CONSENT)).filter(|element| !holds_article(*element));
        let apart = apart.chain(asking).map(|element| element.id()).collect();
        Self { meta, linked, apart, html }
    }

    /// What the head says under the first of these names that says anything.
    pub(super) fn meta<'a>(&'a self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.meta_all(name).next())
    }

    /// All that the head says under a name.
    pub(super) fn meta_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.meta.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All that the head says under names that fit, with the name.
    pub(super) fn meta_matching(&self, fits: impl Fn(&str) -> bool) -> impl Iterator<Item = (&str, &str)> {
        let fitting = self.meta.iter().filter(move |(name, _)| fits(name));
        fitting.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All values of the head.
    pub(super) fn all_meta(&self) -> impl Iterator<Item = &str> {
        self.meta.iter().map(|(_, value)| value.as_str())
    }

    /// What the head says that the page is about: each description under any of its names.
    pub(super) fn descriptions(&self) -> impl Iterator<Item = &str> {
        let described = |name: &str| name.contains("description");
        self.meta.iter().filter(move |(name, _)| described(name)).map(|(_, value)| value.as_str())
    }

    /// The elements that match, comments, related stories and the page's own furniture left out.
    pub(super) fn select<'a>(
        &'a self,
        selector: &'static Selector,
    ) -> impl Iterator<Item = ElementRef<'a>> + 'a {
        self.html.select(selector).filter(|element| !self.is_apart(*element))
    }

    /// Whether an element lies in a part of the page that speaks of something else.
    pub(super) fn is_apart(&self, element: ElementRef<'_>) -> bool {
        self.apart.contains(&element.id()) || element.ancestors().any(|node| self.apart.contains(&node.id()))
    }

    /// Whether such a part begins with this element.
    pub(super) fn begins_apart(&self, element: ego_tree::NodeId) -> bool {
        self.apart.contains(&element)
    }

    /// The text of the first match that has any.
    pub(super) fn first_text(&self, selector: &'static Selector) -> Option<String> {
        self.select(selector).map(text_of).find(|text| !text.is_empty())
    }

    /// What `<html lang>` or its kin says.
    pub(super) fn stated_language(&self) -> Option<&str> {
        let root = self.html.root_element().value();
        root.attr("lang")
            .or_else(|| root.attr("xml:lang"))
            .or_else(|| self.meta(&["content-language", "language", "dc.language", "og:locale"]))
            .map(str::trim)
            .filter(|text| !text.is_empty())
    }
}

/// Whether an element that is named after a request for consent holds what such a request does not.
fn holds_article(element: ElementRef<'_>) -> bool {
    let mut inside = element.descendants().filter_map(|node| node.value().as_element());
    inside.any(|inner| matches!(inner.name(), "body" | "article" | "main" | "h1"))
}

fn collect_meta(html: &Document) -> Vec<(String, String)> {
    let mut meta = Vec::new();
    for element in html.select(selector!("meta[content], meta[value]")) {
        let value = element.value();
        let content = squeeze(value.attr("content").or_else(|| value.attr("value")).unwrap_or_default());
        if content.is_empty() {
            continue;
        }
        for key in ["property", "name", "http-equiv"] {
            if let Some(name) = value.attr(key) {
                meta.push((name.trim().to_lowercase(), content.clone()));
            }
        }
    }
    meta
}

/// The value of an attribute. `Element::attr` gives the same, but looks the name up among all known names first.
pub(super) fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let (_, value) = element.attrs.iter().find(|(own, _)| &*own.local == name && own.ns.is_empty())?;
    Some(value)
}

/// The text in an element as a reader sees it, on one line; scripts and styles left out.
pub(super) fn text_of(element: ElementRef<'_>) -> String {
    squeeze(&raw_text(element))
}

/// The text in an element, its text nodes apart by " | ": "<a>A B</a><a>C D</a>" is no "A BC D".
pub(super) fn parts_of(element: ElementRef<'_>) -> String {
    let texts =
        element.descendants().filter(|node| !in_script(*node)).filter_map(|node| node.value().as_text());
    let mut parts: Vec<String> = Vec::new();
    let mut before = ' ';
    for text in texts {
        let part = squeeze(text);
        // "Toma<span>s</span>": a letter of a word in an element of its own is no word.
        let is_letter = part.chars().count() == 1;
        let goes_on = is_letter && before.is_alphabetic() && text.starts_with(char::is_lowercase);
        match parts.last_mut().filter(|_| goes_on) {
            Some(last) => last.push_str(&part),
            None if !part.is_empty() => parts.push(part),
            None => {}
        }
        before = text.chars().next_back().unwrap_or(before);
    }
    let words_of_one_name =
        parts.len() <= 3 && parts.iter().all(|part| !part.contains(' ') && part.len() > 2);
    parts.join(if words_of_one_name { " " } else { " | " })
}

/// The text in an element, each block on a line of its own.
pub(super) fn raw_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for edge in element.traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => match node.value() {
                Node::Text(piece) if !in_script(node) => text.push_str(piece),
                Node::Element(inner) if super::blocks::breaks_line(inner.name()) => text.push('\n'),
                _ => {}
            },
            ego_tree::iter::Edge::Close(node) => {
                if node.value().as_element().is_some_and(|inner| super::blocks::breaks_line(inner.name())) {
                    text.push('\n');
                }
            }
        }
    }
    text
}

fn in_script(node: ego_tree::NodeRef<'_, Node>) -> bool {
    node.parent().and_then(|parent| parent.value().as_element()).is_some_and(|element| {
        matches!(element.name(), "script" | "style" | "noscript" | "template" | "svg" | "title")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_for_consent_is_no_part_of_the_article_and_a_page_named_after_one_is() {
        let page = Page::parse(
            "<body class=cookies-unknown><div id=has-consent><article><h1>Ferry stays</h1><p>It blows.</article></div>\
             <div class=cookielawinfo-table><p>This cookie counts.</div>",
        );
        let texts: Vec<String> = page.select(selector!("p")).map(text_of).collect();
        assert_eq!(texts, ["It blows."]);
    }
}
