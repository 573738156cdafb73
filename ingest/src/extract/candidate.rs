//! What a field may be, and where that was found. Each field gathers candidates; one pure function
//! of the field chooses among them.

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
    /// The page's address.
    Url,
    /// The text itself.
    Text,
    /// A field of a record.
    Record,
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
            Self::Url => "url",
            Self::Text => "text",
            Self::Record => "record",
        }
    }
}

/// A value with its provenance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate<T> {
    pub(super) value: T,
    pub(super) found: Found,
}

impl<T> Candidate<T> {
    pub(super) fn new(value: T, found: Found) -> Self {
        Self { value, found }
    }
}
