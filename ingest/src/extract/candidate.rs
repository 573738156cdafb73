//! What a field may be, and where that was found. Each field gathers candidates; one pure function
//! of the field chooses among them.

use std::borrow::Cow;

use crate::evidence::{Evidence, Offer};

/// Where a candidate was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The page's JSON-LD.
    JsonLd,
    /// A `<meta>` of its head.
    Meta,
    /// `itemprop`, hNews classes, `rel`.
    Microdata,
    /// A `<time>` element.
    Time,
    /// What readers see beside the headline.
    Byline,
    /// The page's heading.
    Heading,
    /// `<title>`.
    TitleTag,
    /// Data in a script of the page that is no JSON-LD.
    Script,
    /// The page's address.
    Url,
    /// The text itself.
    Text,
    /// The extractor's own search through a page's text: the last resort.
    Search,
    /// A field of a record.
    Record,
    /// The entry of a feed.
    Feed,
    /// The name of the file: the last resort.
    File,
}

impl Found {
    /// The word that an article keeps.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::JsonLd => "json-ld",
            Self::Meta => "meta",
            Self::Microdata => "microdata",
            Self::Time => "time",
            Self::Byline => "byline",
            Self::Heading => "heading",
            Self::TitleTag => "title",
            Self::Script => "script",
            Self::Url => "url",
            Self::Text => "text",
            Self::Search => "search",
            Self::Record => "record",
            Self::Feed => "feed",
            Self::File => "file",
        }
    }
}

/// A value with its provenance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate<T> {
    pub(super) value: T,
    pub(super) found: Found,
    /// The place itself: `article:published_time`, `NewsArticle.datePublished`, `h1` …
    pub(super) place: Cow<'static, str>,
}

impl<T> Candidate<T> {
    pub(super) fn new(value: T, found: Found, place: impl Into<Cow<'static, str>>) -> Self {
        Self { value, found, place: place.into() }
    }
}

/// The evidence on a field: its candidates as text, the one of number `chosen` marked, and why.
pub(super) fn evidence<T>(
    field: &'static str,
    candidates: &[Candidate<T>],
    chosen: Option<usize>,
    why: impl Into<String>,
    show: impl Fn(&T) -> String,
) -> Evidence {
    let offer = |(place, candidate): (usize, &Candidate<T>)| Offer {
        value: show(&candidate.value),
        found: candidate.found.name(),
        place: candidate.place.clone().into_owned(),
        chosen: chosen == Some(place),
    };
    Evidence { field, candidates: candidates.iter().enumerate().map(offer).collect(), why: why.into() }
}
