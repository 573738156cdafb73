//! What people correct of an article: the fields, what each may hold, and the log of who said what when.
//!
//! A person's value outranks whatever extraction makes of a page. Edits are a log that only grows: of an
//! article and a field the last entry holds, and an entry without a value takes back what was said before.
//! In reading order: [`check`](fn@check) is what a field may hold; [`Edit`] is an entry of the log; [`lay`](fn@lay) puts the values over an article and keeps
//! what was there, [`lift`] brings it back.

mod check;
mod lay;
mod log;
mod mentions;

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

pub use check::{Refused, check, check_at, check_who, field, typed};
pub use lay::{Extracted, extracted_value, lay, lift};
pub use log::{Correction, Edit, EditOutcome, Edited, corrections, standing, values};

/// A field that people may correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// The headline.
    Title,
    /// The line or two under it.
    Standfirst,
    /// Who signed it: a list.
    Authors,
    /// When it was first published.
    Published,
    /// Who ran it.
    Source,
    /// The section of the outlet.
    Section,
    /// Topics: a list.
    Tags,
    /// The language of the text, as its code.
    Language,
    /// Its address on the web.
    Url,
}

impl Field {
    /// All fields, in the order in which people see them.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Standfirst,
        Self::Authors,
        Self::Published,
        Self::Source,
        Self::Section,
        Self::Tags,
        Self::Language,
        Self::Url,
    ];

    /// The name that commands, addresses and JSON use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Standfirst => "standfirst",
            Self::Authors => "authors",
            Self::Published => "published",
            Self::Source => "source",
            Self::Section => "section",
            Self::Tags => "tags",
            Self::Language => "language",
            Self::Url => "url",
        }
    }

    /// The field of that name, or of a name that records use for it (`author`, `date`, `lang` …).
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        let own = Self::ALL.into_iter().find(|field| field.as_str() == name);
        own.or(match name.as_str() {
            "headline" => Some(Self::Title),
            "description" => Some(Self::Standfirst),
            "author" | "byline" => Some(Self::Authors),
            "date" => Some(Self::Published),
            "tag" | "topics" => Some(Self::Tags),
            "lang" => Some(Self::Language),
            _ => None,
        })
    }

    /// Whether it holds a list.
    #[must_use]
    pub fn is_list(self) -> bool {
        matches!(self, Self::Authors | Self::Tags)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a field holds, as JSON has it: null, a text, or a list of texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing: no headline, an unknown date.
    Nothing,
    /// A text; a date as `PartialDate` writes it, a language as its code.
    Text(String),
    /// Texts: authors, tags. Nobody is the empty list.
    List(Vec<String>),
}

impl fmt::Display for Value {
    /// As people type it; a list's entries are parted by "; ".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::List(texts) => f.write_str(&texts.join("; ")),
        }
    }
}

/// A change that is asked for: a value for a field, or `None` to take back what was said of it.
pub type Change = (Field, Option<Value>);

/// The day that it is, UTC.
#[must_use]
pub fn today() -> Date {
    Offset::UTC.to_datetime(Timestamp::now()).date()
}

/// The moment that it is, as the log writes it.
#[must_use]
pub fn now() -> String {
    written(Timestamp::now())
}

fn written(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
