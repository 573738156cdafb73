//! JSON-LD: what a page tells search engines about itself, read with patience.
//!
//! Pages wrap it in comments or CDATA, leave trailing commas, put line feeds into strings, spread it
//! over several scripts and refer from one node to another by `@id`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::lists::ARTICLE_TYPES;
use super::text::plain;

/// The nodes of all scripts of a page, in document order.
#[derive(Default)]
pub(super) struct Linked {
    nodes: Vec<Map<String, Value>>,
    by_id: HashMap<String, usize>,
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

    /// The node that describes the article of this page: the one that names it, else the first.
    pub(super) fn article(&self) -> Option<&Map<String, Value>> {
        let telling = |node: &&Map<String, Value>| {
            ["headline", "datePublished", "author", "articleBody"].iter().any(|key| node.contains_key(*key))
        };
        self.articles().find(telling).or_else(|| self.articles().next())
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
    static TRAILING_COMMA: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r",\s*([}\]])").expect("the pattern is well formed"));
    let script = script.replace("<![CDATA[", "").replace("]]>", "").replace("<!--", "");
    let start = script.find(['{', '[']).unwrap_or(script.len());
    let script: String = script[start..].chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let values = stream(&script);
    if !values.is_empty() {
        return values;
    }
    stream(&TRAILING_COMMA.replace_all(&script, "$1"))
}

fn stream(script: &str) -> Vec<Value> {
    serde_json::Deserializer::from_str(script).into_iter::<Value>().map_while(Result::ok).collect()
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
    fn references_between_nodes_are_followed() {
        let script = r##"{"@graph":[
            {"@type":"NewsArticle","author":[{"@id":"#p"},"Second Writer"],"headline":"H"},
            {"@type":"Person","@id":"#p","name":"First Writer"}]}"##;
        let linked = Linked::parse(&[script.to_owned()]);
        let names = linked.article().map(|node| linked.names(&node["author"]));
        assert_eq!(names, Some(vec!["First Writer".to_owned(), "Second Writer".to_owned()]));
    }
}
