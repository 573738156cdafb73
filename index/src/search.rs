//! What can be asked of an archive, and what it answers: plain data, the same for the browser, the
//! API and the command line.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::actor::{ActorKind, Field};
use crate::article::{Article, ArticleId};
use crate::backend::SavedCopy;
use crate::published::{PartialDate, Published};

/// The value that stands for "unknown" in every facet: no author, no date, no actor.
pub const NONE: &str = "_none";

/// A field to count by and to narrow by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Facet {
    /// Who it is about. Values are actor ids.
    Actor,
    /// Where it plays. Values are a place's id, or `~` and the slug of a name that the list does not know.
    Place,
    /// Who signed it. Values are names.
    Author,
    /// Who ran it. Values are names.
    Source,
    /// The section it ran in. Values are names.
    Section,
    /// The language of its text. Values are codes.
    Language,
    /// The year it was published in. Values are years.
    Year,
    /// Where its date of publication was found. Values are the words of [`crate::found`].
    #[serde(rename = "date_found")]
    DateFound,
}

impl Facet {
    /// All facets, in the order in which people see them.
    pub const ALL: [Self; 8] = [
        Self::Actor,
        Self::Place,
        Self::Author,
        Self::Source,
        Self::Section,
        Self::Language,
        Self::Year,
        Self::DateFound,
    ];

    /// The name that addresses and JSON use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Author => "author",
            Self::Source => "source",
            Self::Section => "section",
            Self::Language => "language",
            Self::Year => "year",
            Self::DateFound => "date_found",
        }
    }

    /// The facet of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.as_str() == name)
    }

    /// Whether its values are named in an article's text, so that an article can be mainly about them.
    #[must_use]
    pub fn is_named(self) -> bool {
        matches!(self, Self::Actor | Self::Place)
    }

    /// How several chosen values combine unless the person says otherwise: an article can name many
    /// actors, so two chosen actors mean both; it has one source, so two sources mean either.
    #[must_use]
    pub fn default_mode(self) -> Mode {
        match self {
            Self::Actor | Self::Place => Mode::All,
            Self::Author | Self::Source | Self::Section | Self::Language | Self::Year | Self::DateFound => {
                Mode::Any
            }
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How several chosen values of one facet combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// An article has one of them.
    Any,
    /// An article has each of them.
    All,
}

impl Mode {
    /// The name that addresses use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::All => "all",
        }
    }
}

/// What was chosen in one facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Values that an article must have (one or all of them, by `mode`).
    pub include: Vec<String>,
    /// Values that an article must not have.
    pub exclude: Vec<String>,
    /// How the included values combine, where the person said so.
    pub mode: Option<Mode>,
}

impl Choice {
    /// The same choice, each value named once.
    #[must_use]
    pub fn distinct(&self) -> Self {
        let once = |values: &[String]| {
            let mut kept: Vec<String> = Vec::with_capacity(values.len());
            for value in values {
                if !kept.contains(value) {
                    kept.push(value.clone());
                }
            }
            kept
        };
        Self { include: once(&self.include), exclude: once(&self.exclude), mode: self.mode }
    }

    /// Whether it narrows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }
}

/// What part actors and places must play in an article to count in its facets and in what is chosen there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Any: it mentions them.
    #[default]
    Any,
    /// The main one: it is mainly about them, as [`crate::prominence`] defines it.
    Main,
}

impl Role {
    /// All parts, the default first.
    pub const ALL: [Self; 2] = [Self::Any, Self::Main];

    /// The name that addresses use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Main => "main",
        }
    }

    /// The part of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.as_str() == name)
    }
}

/// The order of the hits. Ties are broken by the order in which articles came into the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best match first.
    Relevance,
    /// Latest publication first; undated last.
    Newest,
    /// Earliest publication first; undated last.
    Oldest,
}

impl Sort {
    /// All orders.
    pub const ALL: [Self; 3] = [Self::Relevance, Self::Newest, Self::Oldest];

    /// The name that addresses use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.as_str() == name)
    }
}

/// A question: words, choices, order, page. `Archive::search` parses the words and caps the sizes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// What was typed.
    pub q: String,
    /// Which actors and places of an article count, in their facets and in what is chosen there.
    pub about: Role,
    /// The one kind of actors that their facet lists, besides those that are chosen; all where there is
    /// none. It changes no hits and no counts.
    pub actor_kind: Option<ActorKind>,
    /// What was chosen in the facets.
    pub choices: BTreeMap<Facet, Choice>,
    /// The first day: an article matches if its whole span lies at or after it.
    pub from: Option<PartialDate>,
    /// The last day, at the precision typed: `2014` ends with 31 December 2014.
    pub to: Option<PartialDate>,
    /// The order; by default relevance where there are words, newest first where there are none.
    pub sort: Option<Sort>,
    /// How many hits.
    pub limit: usize,
    /// Where the page before this one ended: `next` of its answer.
    pub cursor: Option<String>,
    /// How many values of each facet. Chosen values are listed beyond it.
    pub facet_limit: usize,
}

impl SearchRequest {
    /// Hits a page unless asked otherwise.
    pub const LIMIT: usize = 20;
    /// Facet values unless asked otherwise.
    pub const FACET_LIMIT: usize = 20;

    /// A question of words alone.
    #[must_use]
    pub fn words(q: impl Into<String>) -> Self {
        Self { q: q.into(), ..Self::default() }
    }

    /// What is chosen in a facet, to change it.
    pub fn choice(&mut self, facet: Facet) -> &mut Choice {
        self.choices.entry(facet).or_default()
    }

    /// Whether a facet's choices are "all of these".
    #[must_use]
    pub fn mode(&self, facet: Facet) -> Mode {
        self.choices.get(&facet).and_then(|choice| choice.mode).unwrap_or(facet.default_mode())
    }

    /// The first and last day that the person asked for, both included.
    #[must_use]
    pub fn days(&self) -> (Option<Date>, Option<Date>) {
        (self.from.map(|date| date.first_day()), self.to.map(|date| date.last_day()))
    }
}

impl Default for SearchRequest {
    fn default() -> Self {
        Self {
            q: String::new(),
            about: Role::Any,
            actor_kind: None,
            choices: BTreeMap::new(),
            from: None,
            to: None,
            sort: None,
            limit: Self::LIMIT,
            cursor: None,
            facet_limit: Self::FACET_LIMIT,
        }
    }
}

/// Something in a question that could not be honoured, and where it stands in what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What was wrong and what was done about it, as a sentence.
    pub message: String,
    /// First byte in `q`, where it is about a place in `q`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past the last byte in `q`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// A stretch of an article's field with the matches in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The field that it was taken from.
    pub field: Field,
    /// Where it begins in that field.
    pub start: usize,
    /// The passage: plain text.
    pub text: String,
    /// The matches, as byte offsets within `text` of this passage, in order, not overlapping.
    pub ranges: Vec<(usize, usize)>,
}

/// One article that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Its public name.
    pub id: ArticleId,
    /// Its headline.
    pub title: String,
    /// Who ran it.
    pub source: Option<String>,
    /// Who signed it.
    pub authors: Vec<String>,
    /// When it was published; null where that is not known.
    pub published: Option<Published>,
    /// The section it ran in.
    pub section: Option<String>,
    /// The language of its text.
    pub language: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// What matched, or the article's first sentences where nothing was asked.
    pub passages: Vec<Passage>,
    /// Other articles that are the same text saved a second time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<SavedCopy>,
}

impl Hit {
    /// What a hit tells of an article.
    #[must_use]
    pub fn new(article: &Article, passages: Vec<Passage>) -> Self {
        Self {
            id: article.id.clone(),
            title: article.title.clone(),
            source: article.source.as_ref().map(|source| source.name.clone()),
            authors: article.bylines.iter().map(|byline| byline.0.clone()).collect(),
            published: article.published.clone(),
            section: article.section.clone(),
            language: article.language.map(|language| language.code().to_owned()),
            url: article.url.clone(),
            passages,
            copies: Vec::new(),
        }
    }
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetCount {
    /// What the parameter takes.
    pub value: String,
    /// What people read.
    pub label: String,
    /// What sort of actor it is, in the facets of actors and places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ActorKind>,
    /// The articles that one gets by choosing it: alone in an "any" facet, in addition in an "all"
    /// facet; beside an excluded value, the articles that its exclusion takes away.
    pub count: u64,
    /// Whether it is chosen.
    #[serde(default, skip_serializing_if = "is_false")]
    pub included: bool,
    /// Whether it is excluded.
    #[serde(default, skip_serializing_if = "is_false")]
    pub excluded: bool,
}

/// How many values of the actor facet are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindCount {
    /// The kind.
    pub kind: ActorKind,
    /// The actors of that kind in the matches: the rows that the facet has for it where nothing limits it.
    pub values: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Facets by name, each with its values: most articles first, then by label; unknown last.
pub type Facets = BTreeMap<Facet, Vec<FacetCount>>;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SearchResponse {
    /// How many articles match.
    pub total: u64,
    /// How the words were read: a query that reads as itself.
    pub reading: String,
    /// What could not be honoured.
    pub problems: Vec<Problem>,
    /// The cursor of the next page, where there is one.
    pub next: Option<String>,
    /// The order that was used.
    pub sort: Sort,
    /// This page.
    pub hits: Vec<Hit>,
    /// The counts, over all matches.
    pub facets: Facets,
    /// The kinds of actors that the matches name, whichever of them the facet lists.
    #[serde(default)]
    pub actor_kinds: Vec<KindCount>,
}
