//! The dates that a page states for machines: JSON-LD, `<meta>`, microdata, RDFa, hNews.

use dateline_index::published::PartialDate;
use jiff::Timestamp;
use scraper::ElementRef;
use serde_json::{Map, Value};

use super::order::PageOrder;
use super::{Says, Stated, read_both};
use crate::extract::candidate::{Candidate, Found};
use crate::extract::linked;
use crate::extract::page::{Page, selector, text_of};

/// Names under which a page's head states the date of publication, and what each is worth.
const PUBLISHED_NAMES: &[(u32, &[&str])] = &[
    (
        90,
        &[
            "article:published_time",
            "og:article:published_time",
            "og:published_time",
            "article:published",
            "article:publicationdate",
            "parsely-pub-date",
            "sailthru.date",
            "datepublished",
            "date.published",
            "date_published",
            "originalpublicationdate",
            "article_date_original",
            "article.published",
            "article:post_time",
            "rnews:datepublished",
            "citation_publication_date",
            "citation_online_date",
            "prism.publicationdate",
        ],
    ),
    (
        70,
        &[
            "dc.date.issued",
            "dcterms.issued",
            "dc.issued",
            "dc.date.published",
            "cxenseparse:recs:publishtime",
            "cxenseparse:publishtime",
            "cxenseparse:recs:pub-date",
            "pubdate",
            "publishdate",
            "publish_date",
            "publish-date",
            "published-date",
            "published_date",
            "publication_date",
            "publication-date",
            "pub_date",
            "displaydate",
            "news_date",
            "eprints.date",
            "search.date",
            "article.date",
            "article-date",
            "citation_date",
            "releasedate",
            "release_date",
        ],
    ),
    (
        50,
        &[
            "dcterms.date",
            "dc.date",
            "date",
            "created",
            "dcterms.created",
            "dc.date.created",
            "dc.created",
            "creation_date",
        ],
    ),
];

/// Names under which it states the last change.
const UPDATED_NAMES: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
    "article.updated",
];

/// Each date that the page states.
pub(super) fn candidates(page: &Page, order: PageOrder) -> Vec<Candidate<Stated>> {
    let mut found = Gathered { order, found: Vec::new() };
    found.linked(page);
    found.head(page);
    found.elements(page);
    found.found
}

struct Gathered {
    order: PageOrder,
    found: Vec<Candidate<Stated>>,
}

impl Gathered {
    fn add(&mut self, text: &str, says: Says, trust: u32, found: Found, place: String) {
        if let Some((date, other)) = for_machines(text, self.order) {
            self.found.push(Candidate::new(Stated { date, other, says, trust }, found, place));
        }
    }

    fn linked(&mut self, page: &Page) {
        let article = page.linked.article();
        if let Some(node) = article {
            self.node(node, 110);
        }
        let others = page.linked.with_key("datePublished");
        for node in others.filter(|node| article.is_none_or(|article| !std::ptr::eq(*node, article))) {
            let kinds: &[(&str, u32)] =
                &[("WebPage", 60), ("VideoObject", 30), ("Comment", 0), ("Review", 0)];
            let kind = kinds.iter().find(|(kind, _)| linked::is_a(node, &[kind]));
            // Where no article is described, what is described is the page's subject.
            self.node(node, kind.map_or(if article.is_none() { 60 } else { 30 }, |(_, trust)| *trust));
        }
    }

    fn node(&mut self, node: &Map<String, Value>, trust: u32) {
        let kind = match node.get("@type") {
            Some(Value::String(kind)) => kind.clone(),
            Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str).unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        if trust == 0 {
            return;
        }
        for (key, says, trust) in [
            ("datePublished", Says::First, trust),
            ("dateCreated", Says::Nothing, trust / 3),
            ("dateModified", Says::Change, trust),
        ] {
            let number = node.get(key).and_then(Value::as_u64).map(|number| number.to_string());
            if let Some(text) = linked::text(node, key).or(number) {
                self.add(&text, says, trust, Found::JsonLd, format!("{kind}.{key}"));
            }
        }
    }

    fn head(&mut self, page: &Page) {
        for (trust, names) in PUBLISHED_NAMES {
            for name in *names {
                let says = if *trust > 50 { Says::First } else { Says::Nothing };
                for text in page.meta_all(name) {
                    self.add(text, says, *trust, Found::Meta, (*name).to_owned());
                }
            }
        }
        for name in UPDATED_NAMES {
            for text in page.meta_all(name) {
                self.add(text, Says::Change, 80, Found::Meta, (*name).to_owned());
            }
        }
    }

    fn elements(&mut self, page: &Page) {
        for element in page.select(selector!(
            "[itemprop~='datePublished'], [property~='datePublished'], [property='schema:datePublished'], \
             [property='dc:date'], [property='dc:issued'], [property='dcterms:issued']"
        )) {
            self.element(element, Says::First, 80, Found::Microdata, "datePublished");
        }
        for element in page.select(selector!("[itemprop~='dateCreated'], [property='dc:created']")) {
            self.element(element, Says::Nothing, 40, Found::Microdata, "dateCreated");
        }
        for element in page.select(selector!("[itemprop~='dateModified'], [property~='dateModified']")) {
            self.element(element, Says::Change, 70, Found::Microdata, "dateModified");
        }
    }

    fn element(&mut self, element: ElementRef<'_>, says: Says, trust: u32, found: Found, place: &str) {
        // A page has one article; what comes later under the same name is a list of others.
        let again =
            self.found.iter().filter(|known| known.found == found && known.value.says == says).count();
        let trust = if again == 0 { trust } else { trust / 4 };
        self.add(&of_element(element), says, trust, found, place.to_owned());
    }
}

/// The date that an element states, for machines or for readers.
pub(super) fn of_element(element: ElementRef<'_>) -> String {
    let value = element.value();
    let attribute = ["content", "datetime", "title"].iter().find_map(|name| value.attr(name));
    attribute
        .filter(|text| text.contains(|c: char| c.is_ascii_digit()))
        .map_or_else(|| text_of(element), str::to_owned)
}

/// A date in any spelling, or as seconds or milliseconds since 1970; the other way of reading its figures,
/// where the page leaves that open.
pub(super) fn for_machines(text: &str, order: PageOrder) -> Option<(PartialDate, Option<PartialDate>)> {
    let text = text.trim();
    if let Some(date) = since_1970(text) {
        return Some((date, None));
    }
    let (date, other) = read_both(text, order.order)?;
    Some((date, other.filter(|_| !order.is_shown)))
}

fn since_1970(text: &str) -> Option<PartialDate> {
    if !matches!(text.len(), 10 | 13) || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() == 13 { number / 1000 } else { number };
    let time = Timestamp::from_second(seconds).ok()?;
    Some(PartialDate::instant(jiff::tz::Offset::UTC.to_datetime(time), Some(0)))
}
