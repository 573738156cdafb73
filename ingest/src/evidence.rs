//! What each field of an article could have been, where each was found, and why one won: what
//! `dateline inspect` shows. Plain data.

use serde::Serialize;

/// The evidence on one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The field: `title`, `authors`, `published`, `text` …
    pub field: &'static str,
    /// What it could have been, the more trustworthy first.
    pub candidates: Vec<Offer>,
    /// Why the chosen one was chosen, or why none was, as a sentence.
    pub why: String,
}

/// One value that a record offers for a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The value as text; lists are parted by "; ".
    pub value: String,
    /// The sort of place: `json-ld`, `meta`, `byline` …
    pub found: &'static str,
    /// The place itself: `article:published_time`, `NewsArticle.datePublished`, `h1` …
    pub place: String,
    /// Whether it was chosen.
    pub chosen: bool,
}
