//! JSON-LD: what a page tells search engines about itself, read with patience.
//!
//! Pages wrap it in comments or CDATA, leave trailing commas, put line feeds into strings, spread it
//! over several scripts and refer from one node to another by `@id`.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::lists::ARTICLE_TYPES;
use super::repair::repair;
use super::text::{bare, plain};

/// The nodes of all scripts of a page, in document order.
#[derive(Default)]
pub(super) struct Linked {
    nodes: Vec<Map<String, Value>>,
    by_id: HashMap<String, usize>,
    /// The node that describes the page's own article, where several describe articles.
    own: Option<usize>,
}

/// Nodes of one page that are kept; a page with more is a catalogue.
const MAX_NODES: usize = 5_000;

impl Linked {
    pub(super) fn parse(scripts: &[String]) -> Self {
        let mut linked = Self::default();
        for script in scripts {
            for value in tolerant(script) {
                linked.collect(&value, true);
            }
        }
        linked
    }

    fn collect(&mut self, value: &Value, top: bool) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, top)),
            Value::Object(node) if self.nodes.len() < MAX_NODES => {
                self.keep(node);
                for (key, inner) in node {
                    let held = matches!(key.as_str(), "@graph" | "mainEntity" | "mainEntityOfPage");
                    if held || (top && inner.is_object()) {
                        self.collect(inner, held);
                    }
                }
            }
            _ => {}
        }
    }

    fn keep(&mut self, node: &Map<String, Value>) {
        let place = self.nodes.len();
        if let Some(id) = node.get("@id").and_then(Value::as_str) {
            let known = self.by_id.get(id).map_or(0, |&known| self.nodes[known].len());
            // A bare reference {"@id": …} must not hide the node that it refers to.
            if node.len() > known {
                self.by_id.insert(id.to_owned(), place);
            }
        }
        self.nodes.push(node.clone());
    }

    /// Finds the page's own article among several by what its head says: its address and its titles.
    pub(super) fn find_own(&mut self, address: Option<&str>, titles: &[String]) {
        let titles: Vec<String> = titles.iter().map(|title| bare(title)).collect();
        let agrees = |node: &Map<String, Value>| {
            let same = |text: String| address.is_some_and(|address| same_page(&text, address));
            let has_address =
                ["url", "mainEntityOfPage", "@id"].iter().any(|key| link(node, key).is_some_and(same));
            let headline = text(node, "headline").map(|headline| bare(&headline)).unwrap_or_default();
            let has_title = !headline.is_empty() && titles.iter().any(|title| title.contains(&headline));
            usize::from(has_address) + usize::from(has_title)
        };
        let articles = (0..self.nodes.len()).filter(|&place| is_a(&self.nodes[place], ARTICLE_TYPES));
        let ranked =
            articles.map(|place| (agrees(&self.nodes[place]), is_telling(&self.nodes[place]), place));
        let best = ranked.max_by_key(|&(agrees, telling, place)| (agrees, telling, std::cmp::Reverse(place)));
        self.own = best.filter(|(agrees, ..)| *agrees > 0).map(|(.., place)| place);
    }

    /// The nodes that describe articles, in document order.
    pub(super) fn articles(&self) -> impl Iterator<Item = &Map<String, Value>> {
        self.nodes.iter().filter(|node| is_a(node, ARTICLE_TYPES))
    }

    /// The nodes of a type.
    pub(super) fn of_type<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Map<String, Value>> {
        self.nodes.iter().filter(move |node| is_a(node, &[kind]))
    }

    /// The nodes that say something under a key.
    pub(super) fn with_key<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Map<String, Value>> {
        self.nodes.iter().filter(move |node| node.contains_key(key))
    }

    /// The node that describes the article of this page: the one that agrees with its head, else the
    /// first that tells something.
    pub(super) fn article(&self) -> Option<&Map<String, Value>> {
        let own = self.own.map(|place| &self.nodes[place]);
        own.or_else(|| self.articles().find(|node| is_telling(node))).or_else(|| self.articles().next())
    }

    /// Like [`article`](Self::article), but none of a page whose articles are those that it lists.
    pub(super) fn own_article(&self) -> Option<&Map<String, Value>> {
        const LISTED: usize = 3;
        if self.own.is_none() && self.articles().count() >= LISTED { None } else { self.article() }
    }

    /// The node behind a value: itself, or the one that its `@id` names.
    pub(super) fn node<'a>(&'a self, value: &'a Value) -> Option<&'a Map<String, Value>> {
        let node = value.as_object()?;
        if node.contains_key("name") {
            return Some(node);
        }
        let target = node.get("@id").and_then(Value::as_str).and_then(|id| self.by_id.get(id));
        Some(target.map_or(node, |&place| &self.nodes[place]))
    }

    /// The names that a value holds: texts, nodes with a `name`, references, lists of these.
    pub(super) fn names(&self, value: &Value) -> Vec<String> {
        match value {
            Value::String(text) => vec![plain(text)],
            Value::Array(items) => items.iter().flat_map(|item| self.names(item)).collect(),
            Value::Object(_) => match self.node(value).and_then(|node| node.get("name")) {
                Some(Value::String(name)) => vec![plain(name)],
                Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(plain).collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// Whether a node's `@type` is one of these.
pub(super) fn is_a(node: &Map<String, Value>, kinds: &[&str]) -> bool {
    let named = |value: &Value| {
        let name = value.as_str().unwrap_or_default();
        let name = name.rsplit(['/', ':']).next().unwrap_or_default();
        kinds.contains(&name)
    };
    match node.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(value) => named(value),
        None => false,
    }
}

fn is_telling(node: &Map<String, Value>) -> bool {
    ["headline", "datePublished", "author", "articleBody"].iter().any(|key| node.contains_key(*key))
}

/// The last part of a node's type: "NewsArticle".
pub(super) fn type_of(node: &Map<String, Value>) -> &str {
    let value = match node.get("@type") {
        Some(Value::Array(types)) => types.first(),
        other => other,
    };
    value.and_then(Value::as_str).unwrap_or_default().rsplit(['/', ':']).next().unwrap_or_default()
}

/// An address that a node states: a text, or a node with an `@id` or `url`.
pub(super) fn link(node: &Map<String, Value>, key: &str) -> Option<String> {
    let value = match node.get(key)? {
        Value::Array(items) => items.first()?,
        value => value,
    };
    let text = value.as_str().or_else(|| value.get("@id").or_else(|| value.get("url"))?.as_str())?;
    (!text.trim().is_empty()).then(|| text.trim().to_owned())
}

fn same_page(one: &str, other: &str) -> bool {
    let core = |address: &str| {
        let address = address.split(['#', '?']).next().unwrap_or_default();
        let address = address.split_once("://").map_or(address, |(_, rest)| rest);
        address.strip_prefix("www.").unwrap_or(address).trim_end_matches('/').to_lowercase()
    };
    core(one).contains('/') && core(one) == core(other)
}

/// A text field of a node, without markup and entities.
pub(super) fn text(node: &Map<String, Value>, key: &str) -> Option<String> {
    let value = match node.get(key)? {
        Value::Array(items) => items.first()?,
        value => value,
    };
    let text = plain(value.as_str().or_else(|| value.get("@value")?.as_str())?);
    (!text.is_empty()).then_some(text)
}

/// The values in a script, as many as can be read.
fn tolerant(script: &str) -> Vec<Value> {
    let script = script.replace("<![CDATA[", "").replace("]]>", "").replace("<!--", "");
    let start = script.find(['{', '[']).unwrap_or(script.len());
    let script = &script[start..];
    let (values, whole) = stream(script);
    if whole {
        return values;
    }
    let (repaired, _) = stream(&repair(script));
    if !repaired.is_empty() {
        return repaired;
    }
    // Some tools write the whole script in entities.
    if script.contains("&quot;") || script.contains("&#34;") {
        let decoded = plain(script);
        return stream(&repair(&decoded[decoded.find(['{', '[']).unwrap_or(decoded.len())..])).0;
    }
    values
}

/// The values of a script in their order, and whether any or all could be read. What people leave
/// between and after values ("};", a second "}", a comma) hides nothing.
fn stream(script: &str) -> (Vec<Value>, bool) {
    let mut values = Vec::new();
    let mut rest = script;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '}' | ']'));
        let mut reader = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        match reader.next() {
            Some(Ok(value)) => values.push(value),
            Some(Err(_)) => {
                let any = values.iter().any(Value::is_object);
                return (values, any);
            }
            None => return (values, true),
        }
        rest = &rest[reader.byte_offset()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_scripts_are_read_as_far_as_they_go() {
        let scripts = [
            "//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"One\nline\",}\n//]]>".to_owned(),
            "{\"@type\":\"Person\" oops".to_owned(),
            "null".to_owned(),
            String::new(),
        ];
        let linked = Linked::parse(&scripts);
        let headline = linked.article().and_then(|node| text(node, "headline"));
        assert_eq!(headline.as_deref(), Some("One line"));
    }

    #[test]
    fn of_several_articles_the_one_of_this_page_is_found() {
        let script = r#"[{"@type":"NewsArticle","headline":"Another story","url":"https://a.example/2"},
            {"@type":"NewsArticle","headline":"This story","url":"https://a.example/1?from=ld"}]"#;
        let headline = |address, title: &str| {
            let mut linked = Linked::parse(&[script.to_owned()]);
            linked.find_own(address, &[title.to_owned()]);
            linked.article().and_then(|node| text(node, "headline"))
        };
        assert_eq!(headline(Some("http://www.a.example/1/"), "").as_deref(), Some("This story"));
        assert_eq!(headline(None, "This story - The Wire").as_deref(), Some("This story"));
        assert_eq!(headline(None, "").as_deref(), Some("Another story"));
    }

    #[test]
    fn what_stands_between_values_hides_none() {
        let script = r#"{"@type":"WebSite"}, {"@type":"NewsArticle","headline":"H"}};"#;
        let linked = Linked::parse(&[script.to_owned()]);
        assert_eq!(linked.article().and_then(|node| text(node, "headline")).as_deref(), Some("H"));
    }

    #[test]
    fn references_between_nodes_are_followed() {
        let script = r##"{"@graph":[
            {"@type":"NewsArticle","author":[{"@id":"#p"},"Second Writer"],"headline":"H"},
            {"@type":"Person","@id":"#p","name":"First Writer"}]}"##;
        let linked = Linked::parse(&[script.to_owned()]);
        let names = linked.article().map(|node| linked.names(&node["author"]));
        assert_eq!(names, Some(vec!["First Writer".to_owned(), "Second Writer".to_owned()]));
    }
}
