//! Dates in a page's inline scripts and comments: `"publishDate":"2024-01-17"`, `dc:date="2005-01-03"`.

use std::sync::LazyLock;

use dateline_index::published::PartialDate;
use regex::Regex;
use scraper::Node;

use super::order::PageOrder;
use super::stated::for_machines;
use super::{Says, Stated};
use crate::extract::candidate::{Candidate, Found};
use crate::extract::page::{Page, selector};
use crate::extract::written::Order;

/// Scripts beyond this are data of something else.
const LONGEST: usize = 2 << 20;

/// A key that speaks of publication, and a date as computers write it.
static IN_SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?i)(?:(?:date)?publi(?:sh|cation|cad)[a-z _.-]{0,24}|pub[_-]?date[a-z_-]{0,12})\\?["']?\s*[:=,]\s*\[?\\?["']?"#,
        r#"(\d{4}-\d\d-\d\d[T ]?[0-9:.+Z-]{0,20}|\d{4}/\d\d/\d\d|\d{8}\b|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{13}\b|\d{10}\b)"#
    ))
    .expect("the pattern is well formed")
});

/// Resource descriptions that weblogs put into comments.
static IN_COMMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"dc:date\s*=\s*["']([^"']{8,40})["']"#).expect("the pattern is well formed")
});

/// Each date that scripts and comments give for a publication.
pub(super) fn candidates(page: &Page) -> Vec<Candidate<Stated>> {
    let mut found = Vec::new();
    // JSON-LD that is too broken to be read may still state a date.
    let is_read = page.linked.with_key("datePublished").next().is_some();
    for script in page.html.select(selector!("script:not([src])")) {
        let is_linked = script.value().attr("type").is_some_and(|kind| kind.contains("ld+json"));
        let text: String = script.text().collect();
        if text.len() <= LONGEST && !(is_linked && is_read) {
            found.extend(IN_SCRIPT.captures_iter(&text).filter_map(|captures| {
                let key = text.get(captures.get(0)?.start().saturating_sub(12)..captures.get(1)?.start());
                is_first(key.unwrap_or_default()).then(|| date(&captures[1])).flatten()
            }));
        }
    }
    let mut candidates = weigh(&found);
    let comments = page.html.tree.nodes().filter_map(|node| match node.value() {
        Node::Comment(comment) if comment.contains("dc:date") => Some(comment.to_string()),
        _ => None,
    });
    for comment in comments {
        if let Some(date) = IN_COMMENT.captures(&comment).and_then(|captures| date(&captures[1])) {
            let stated = Stated { date, other: None, says: Says::First, trust: 70 };
            candidates.push(Candidate::new(stated, Found::Microdata, "dc:date in a comment"));
        }
    }
    candidates
}

fn date(text: &str) -> Option<PartialDate> {
    for_machines(text, PageOrder { order: Order::DayFirst, is_shown: true }).map(|(date, _)| date)
}

/// Whether a key says that it is the first publication.
fn is_first(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    !["last", "latest", "updat", "modif", "until", "end", "expir", "unpubl", "publisher"]
        .iter()
        .any(|word| key.contains(word))
}

/// One date is the page's; where scripts give several, they list other articles, too.
fn weigh(found: &[PartialDate]) -> Vec<Candidate<Stated>> {
    let Some(first) = found.first() else { return Vec::new() };
    let alone = found.iter().all(|date| date.first_day() == first.first_day());
    let trust = if alone { 45 } else { 20 };
    let stated = Stated { date: *first, other: None, says: Says::First, trust };
    vec![Candidate::new(stated, Found::Script, "script")]
}
