//! What an article is: one published piece of journalism, freed from its page.
//!
//! Everything here is plain data. Offsets are UTF-8 bytes of the field that they name.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::actor::Mention;
use crate::language::Language;
use crate::published::Published;

/// An article's public name: `[A-Za-z0-9._~-]{1,100}`, stable across runs, safe in a URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleId(String);

impl ArticleId {
    /// The longest id that is kept as it was given.
    pub const MAX_LENGTH: usize = 100;

    /// Takes an id as it is, if it has the shape of one.
    pub fn new(text: impl Into<String>) -> Option<Self> {
        let text = text.into();
        let shaped = (1..=Self::MAX_LENGTH).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"._~-".contains(&b))
            // "." and ".." are path segments that browsers resolve away.
            && !text.bytes().all(|b| b == b'.');
        shaped.then_some(Self(text))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ArticleId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::new(text.clone())
            .ok_or_else(|| format!("{text:?} is not an article id (1 to 100 of letters, digits, . _ ~ -)"))
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.0
    }
}

/// Who signed an article: one person, desk or agency, in the page's own spelling.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Byline(pub String);

/// The outlet that ran an article.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    /// Its name as people write it, or its domain where no name is known.
    pub name: String,
    /// The host of its site without `www.`, where the article's address is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
}

/// What a stretch of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A paragraph of running text.
    Paragraph,
    /// A subhead.
    Heading,
    /// An item of a list.
    List,
    /// A block quotation.
    Quote,
    /// The caption of a picture.
    Caption,
}

/// A stretch of the text and what it is: `text[start..end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte in the text.
    pub end: usize,
}

/// What sort of doubt it is: what doubts are counted and found by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// Two places state different days of publication.
    DatesDisagree,
    /// A stated date cannot be one of publication.
    DateImpossible,
    /// Day and month could be meant the other way round.
    DateAmbiguous,
    /// The date stands only where dates are looked for last.
    DateWeak,
    /// Two places state different headlines.
    TitlesDisagree,
    /// Two places name different authors.
    AuthorsDisagree,
    /// An author may be the outlet.
    AuthorMayBeOutlet,
    /// The text has fewer words than its description.
    TextShort,
    /// The text comes from where texts are looked for last.
    TextRescued,
    /// The page is kept though it looks like no article.
    NotAnArticle,
    /// The page states another language than its text is in.
    LanguagesDisagree,
    /// A field holds something else than it should.
    WrongType,
    /// Another article claims the same identity.
    IdentityShared,
    /// The page was cut or mended before it could be read.
    PageMended,
    /// A later copy of the article holds less, so that the fuller one is shown.
    CopyPoorer,
    /// Any other.
    #[default]
    #[serde(other)]
    Other,
}

impl DoubtKind {
    /// All kinds.
    pub const ALL: [Self; 16] = [
        Self::DatesDisagree,
        Self::DateImpossible,
        Self::DateAmbiguous,
        Self::DateWeak,
        Self::TitlesDisagree,
        Self::AuthorsDisagree,
        Self::AuthorMayBeOutlet,
        Self::TextShort,
        Self::TextRescued,
        Self::NotAnArticle,
        Self::LanguagesDisagree,
        Self::WrongType,
        Self::IdentityShared,
        Self::PageMended,
        Self::CopyPoorer,
        Self::Other,
    ];

    /// The name that commands, addresses and JSON use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DatesDisagree => "dates-disagree",
            Self::DateImpossible => "date-impossible",
            Self::DateAmbiguous => "date-ambiguous",
            Self::DateWeak => "date-weak",
            Self::TitlesDisagree => "titles-disagree",
            Self::AuthorsDisagree => "authors-disagree",
            Self::AuthorMayBeOutlet => "author-may-be-outlet",
            Self::TextShort => "text-short",
            Self::TextRescued => "text-rescued",
            Self::NotAnArticle => "not-an-article",
            Self::LanguagesDisagree => "languages-disagree",
            Self::WrongType => "wrong-type",
            Self::IdentityShared => "identity-shared",
            Self::PageMended => "page-mended",
            Self::CopyPoorer => "copy-poorer",
            Self::Other => "other",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::DatesDisagree => "two dates of publication",
            Self::DateImpossible => "an impossible date",
            Self::DateAmbiguous => "day or month first",
            Self::DateWeak => "a date from an unlikely place",
            Self::TitlesDisagree => "two headlines",
            Self::AuthorsDisagree => "different authors",
            Self::AuthorMayBeOutlet => "an author that may be the outlet",
            Self::TextShort => "a text that may be cut short",
            Self::TextRescued => "a text from an unlikely place",
            Self::NotAnArticle => "perhaps no article",
            Self::LanguagesDisagree => "two languages",
            Self::WrongType => "a field of the wrong kind",
            Self::IdentityShared => "an id or address of another article",
            Self::PageMended => "a page that was cut or mended",
            Self::CopyPoorer => "a later copy that holds less",
            Self::Other => "something else",
        }
    }

    /// How much it matters, 1 to 3: what orders the articles worth a look. A wrong date, a missing text
    /// and a page that is no article mislead whoever searches; a mended page hardly does.
    #[must_use]
    pub fn weight(self) -> u32 {
        match self {
            Self::DatesDisagree
            | Self::DateImpossible
            | Self::DateAmbiguous
            | Self::DateWeak
            | Self::TextShort
            | Self::NotAnArticle => 3,
            Self::TitlesDisagree
            | Self::AuthorsDisagree
            | Self::AuthorMayBeOutlet
            | Self::TextRescued
            | Self::IdentityShared => 2,
            Self::LanguagesDisagree | Self::WrongType | Self::PageMended | Self::CopyPoorer | Self::Other => {
                1
            }
        }
    }
}

/// Something extraction was unsure of, kept with the article so that a person can look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// What sort it is.
    #[serde(default)]
    pub kind: DoubtKind,
    /// The field in question: `published`, `authors`, `text` …
    pub field: String,
    /// What was uncertain, as a sentence.
    pub reason: String,
}

/// Where an article came from: enough to find it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file, as an absolute path.
    pub file: String,
    /// The name of the folder (or file) that was given to ingest, followed by the path inside it:
    /// the part of the path that stays when the folder is moved.
    pub place: String,
    /// The member inside a container (`page.html` in a zip); empty for the file itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub member: String,
    /// Which record of a file that holds many: the record's own id or address, else `line N`;
    /// empty where file and record are one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub record: String,
    /// First byte of the record in the (unpacked) file, where it holds many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// The address the record states for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A digest of the record's bytes, in hexadecimal: tells whether it has changed.
    #[serde(default)]
    pub hash: String,
    /// Bytes of the file.
    #[serde(default)]
    pub size: u64,
    /// When the file was last modified, as seconds since 1970. Says when somebody saved the page;
    /// never a publication date.
    #[serde(default)]
    pub modified: i64,
}

/// One published piece of journalism.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Its public name.
    pub id: ArticleId,
    /// The headline; empty where the article has none.
    #[serde(default)]
    pub title: String,
    /// The line or two under the headline that sum it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standfirst: Option<String>,
    /// Who signed it; empty where nobody is named.
    #[serde(default)]
    pub bylines: Vec<Byline>,
    /// When it was first published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Published>,
    /// When it was last changed by its publisher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Published>,
    /// Who ran it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The section of the outlet it ran in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Topics that its publisher gave it.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Its canonical address, cleaned of tracking.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// A label that the person who added it chose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// The text: paragraphs separated by an empty line, no page around it.
    #[serde(default)]
    pub text: String,
    /// What each stretch of the text is.
    #[serde(default)]
    pub blocks: Vec<Block>,
    /// Where actors and places are named in title and text, in order.
    #[serde(default)]
    pub mentions: Vec<Mention>,
    /// What extraction was unsure of.
    #[serde(default)]
    pub doubts: Vec<Doubt>,
    /// Where the value of a field was found: `title`, `authors`, `source` … and `json-ld`, `meta`,
    /// `byline` … Dates carry their own (`Published::found`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub found: BTreeMap<String, String>,
    /// Fields of the record that nobody asked for: kept, neither indexed nor trusted.
    #[serde(default, skip_serializing_if = "serde_json::Map::is_empty")]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Article {
    /// An article of which nothing is known but its name.
    #[must_use]
    pub fn empty(id: ArticleId) -> Self {
        Self {
            id,
            title: String::new(),
            standfirst: None,
            bylines: Vec::new(),
            published: None,
            updated: None,
            source: None,
            section: None,
            tags: Vec::new(),
            language: None,
            url: None,
            collection: None,
            text: String::new(),
            blocks: Vec::new(),
            mentions: Vec::new(),
            doubts: Vec::new(),
            found: BTreeMap::new(),
            extra: serde_json::Map::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_would_break_an_address_is_refused() {
        for good in ["a", "hw-1956-11-05", "A.b_c~d", &"x".repeat(100)] {
            assert!(ArticleId::new(good).is_some(), "{good}");
        }
        for bad in ["", "a/b", "a b", "é", "..", ".", "a?b", "a#b", "%20", &"x".repeat(101)] {
            assert!(ArticleId::new(bad).is_none(), "{bad}");
        }
    }
}
