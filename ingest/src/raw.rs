//! What a reader found before anyone judged it: the boundary between reading and extracting.
//!
//! Plain data without shared state, so that extraction can move into child processes.

use dateline_index::article::{Article, Origin};
use dateline_index::record::{Bin, Identity};

/// One record as a reader emits it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawDocument {
    /// Where it came from.
    pub origin: Origin,
    /// What it is made of.
    pub body: RawBody,
}

/// What a record is made of. Text is decoded already, whatever its charset was.
#[derive(Clone, Debug, PartialEq)]
pub enum RawBody {
    /// A page. It has passed the pre-scan: no parser will choke on its depth or size.
    Html(String),
    /// A plain-text copy.
    Text(String),
    /// An object of a JSON Lines file.
    Fields(serde_json::Map<String, serde_json::Value>),
    /// An entry of a feed.
    Entry(Box<Entry>),
}

/// An entry of a feed, as the feed states it. Dates are as they are written; `summary` and `content`
/// are markup that has passed the pre-scan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its own id; empty where it has none.
    pub id: String,
    /// The address of its page.
    pub url: Option<String>,
    /// Its headline; may hold markup.
    pub title: String,
    /// Who signed it, as written.
    pub authors: Vec<String>,
    /// When it was published.
    pub published: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// Its topics.
    pub tags: Vec<String>,
    /// The language of the entry or of its feed.
    pub language: Option<String>,
    /// The title of its feed.
    pub feed: Option<String>,
    /// What it is about.
    pub summary: Option<String>,
    /// The text.
    pub content: Option<String>,
}

/// What extraction made of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Extracted {
    /// An article, without its mentions, and what makes it the same article elsewhere. Its id is
    /// the one that the identity leads to.
    Article {
        /// The article.
        article: Box<Article>,
        /// What makes it the same elsewhere.
        identity: Identity,
    },
    /// It was read and is no article, and why: an error page, a section front.
    NotArticle(String),
    /// Nobody reads this kind of file, and why.
    Unsupported(String),
    /// There was nothing to read, and why.
    Skipped(String),
    /// It should have been one, but something in it is broken, and what.
    Failed(String),
}

impl Extracted {
    /// The bin that the record ends in.
    #[must_use]
    pub fn bin(&self) -> Bin {
        match self {
            Self::Article { .. } => Bin::Article,
            Self::NotArticle(_) => Bin::NotArticle,
            Self::Unsupported(_) => Bin::Unsupported,
            Self::Skipped(_) => Bin::Skipped,
            Self::Failed(_) => Bin::Failed,
        }
    }
}
