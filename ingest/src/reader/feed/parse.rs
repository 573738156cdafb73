//! Reads a feed of one entry, whatever its kind.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use feed_rs::model;
use feed_rs::parser::Builder;

use super::markup;
use crate::raw::Entry;

/// Reads a feed of one entry.
pub(super) fn parse(text: &str) -> Result<Entry, String> {
    let text = markup::without_declaration(text);
    let mut read = feed_of(text);
    if read.is_err() {
        // Loose ampersands and names of HTML's entities are what feeds get wrong most.
        read = feed_of(&markup::with_escaped_ampersands(text)).or(read);
    }
    let (feed, dates) = read?;
    let title = feed.title.map(|title| title.content).filter(|title| !title.is_empty());
    let (feed_language, feed_title) = (feed.language, title);
    let Some(entry) = feed.entries.into_iter().next() else { return Err("the feed's entry is empty".into()) };
    let date = |at: Option<DateTime<Utc>>| {
        let place = usize::try_from(at?.timestamp()).ok()?;
        dates.get(place).cloned()
    };
    let url = link_of(&entry);
    let published = date(entry.published);
    let updated = date(entry.updated).filter(|_| entry.updated != entry.published);
    Ok(Entry {
        url,
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        authors: entry.authors.into_iter().filter_map(name_of).collect(),
        published,
        updated,
        tags: entry.categories.into_iter().map(|tag| tag.label.unwrap_or(tag.term)).collect(),
        language: entry.language.or(feed_language),
        feed: feed_title,
        summary: entry.summary.map(|text| markup::of(text.content, is_plain(&text.content_type))),
        content: entry.content.and_then(|content| {
            let is_plain = is_plain(&content.content_type);
            content.body.map(|body| markup::of(body, is_plain))
        }),
        id: entry.id,
    })
}

fn is_plain(kind: &impl ToString) -> bool {
    kind.to_string() == "text/plain"
}

/// The parser's feed, and the dates of it as they are written: the parser would turn them to UTC, and
/// a day is the day that the publisher printed. It keeps their numbers in this list instead.
fn feed_of(text: &str) -> Result<(model::Feed, Vec<String>), String> {
    let dates = Arc::new(Mutex::new(Vec::<String>::new()));
    let written = dates.clone();
    let keep = move |text: &str| {
        let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
        written.push(text.trim().to_owned());
        DateTime::from_timestamp(i64::try_from(written.len()).ok()? - 1, 0)
    };
    // An id that the parser made up would differ in each run.
    let parser = Builder::new().timestamp_parser(keep).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| format!("the entry is broken: {error}"))?;
    drop(parser);
    let dates = std::mem::take(&mut *dates.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((feed, dates))
}

/// The address of the page that an entry stands for.
fn link_of(entry: &model::Entry) -> Option<String> {
    let is_page = |link: &&model::Link| {
        link.rel.as_deref().is_none_or(|rel| rel == "alternate")
            && link.media_type.as_deref().is_none_or(|kind| kind.contains("html"))
            && link.target.is_none()
    };
    let link = entry.links.iter().find(is_page).map(|link| link.href.as_str());
    let id = Some(entry.id.as_str()).filter(|id| id.starts_with("http://") || id.starts_with("https://"));
    link.or(id).map(|url| url.trim().to_owned()).filter(|url| !url.is_empty())
}

fn name_of(person: model::Person) -> Option<String> {
    person.name.or(person.email).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}
