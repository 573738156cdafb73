//! JSON Feed: told from a file of records, and cut into feeds of one item.

use std::io;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value, json};

use super::cut::NO_ENTRIES;
use crate::charset;
use crate::reader::{Emit, Piece, Unread};

/// Whether an object begins as a JSON Feed does.
pub(super) fn is_feed(start: &str) -> bool {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = r#""version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version"#;
        Regex::new(pattern).expect("the pattern is well formed")
    });
    VERSION.is_match(start)
}

/// Cuts a feed into feeds of one item.
pub(super) fn split(bytes: &[u8], emit: Emit<'_>) -> io::Result<()> {
    let text = charset::decode_text(bytes, None).text;
    let invalid = |reason: String| io::Error::new(io::ErrorKind::InvalidData, reason);
    let feed: Map<String, Value> =
        serde_json::from_str(&text).map_err(|error| invalid(format!("the feed is broken: {error}")))?;
    let items = feed.get("items").and_then(Value::as_array);
    let items = items.ok_or_else(|| invalid("the feed has no list of items".into()))?;
    if items.is_empty() {
        let _ = emit(Piece::whole(Err(Unread::Skipped(NO_ENTRIES.into()))));
    }
    for (number, item) in (1_u64..).zip(items) {
        let bytes = match item {
            Value::Object(item) => Ok(feed_of(&feed, item).to_string().into_bytes()),
            _ => Err(Unread::Failed("the item is no object".into())),
        };
        let piece = Piece { record: format!("entry {number}"), ..Piece::whole(bytes) };
        if emit(piece).is_break() {
            break;
        }
    }
    Ok(())
}

/// A feed of one item, without what the parser minds and nobody needs.
fn feed_of(feed: &Map<String, Value>, item: &Map<String, Value>) -> Value {
    let text = |value: Option<&Value>| match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let mut own = Map::new();
    for name in [
        "id",
        "url",
        "external_url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "date_published",
        "date_modified",
    ] {
        own.extend(text(item.get(name)).map(|text| (name.to_owned(), text.into())));
    }
    let tags = item.get("tags").and_then(Value::as_array).into_iter().flatten();
    own.insert("tags".into(), tags.filter_map(|tag| text(Some(tag))).collect());
    // Who made the feed signed an item that nobody else has signed, the specification says.
    let authors = authors_of(item);
    let authors = if authors.is_empty() { authors_of(feed) } else { authors };
    own.insert("authors".into(), authors.into_iter().map(|name| json!({"name": name})).collect());
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": text(feed.get("title")).unwrap_or_default(),
        "language": text(feed.get("language")),
        "items": [own],
    })
}

fn authors_of(object: &Map<String, Value>) -> Vec<String> {
    let one = object.get("author").into_iter();
    let many = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let mut names: Vec<String> = Vec::new();
    for author in one.chain(many) {
        let name = author.get("name").unwrap_or(author).as_str().map(str::trim).unwrap_or_default();
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
