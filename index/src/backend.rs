//! The seam between the archive and whoever stores and finds: a memory twin that is obviously
//! right, the embedded one on disk, and later a distributed one. `contract.rs` says what each owes.

pub mod memory;
mod named;
mod near;

#[cfg(feature = "embedded")]
pub mod embedded;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::actor::{ActorId, ActorKind};
use crate::article::{Article, ArticleId, Origin};
use crate::authority::{self, Authority, Decided, Entry, Logged};
use crate::doubts::{Doubts, DoubtsRequest};
use crate::edit::{self, Correction, Edit, Edited};
use crate::files::{Files, FilesRequest};
use crate::found;
use crate::language::Language;
use crate::likeness::Likeness;
use crate::published::Published;
use crate::query::Query;
use crate::registry::Registry;
use crate::search::{Facet, FacetCount, KindCount, NONE, SearchRequest, SearchResponse, Sort};

pub use named::{Count, Named};

/// What can go wrong in an archive, in words that a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no archive in that folder.
    #[error("{0}: there is no archive here yet; `dateline ingest PATH --archive {0}` makes one")]
    Missing(PathBuf),
    /// The folder cannot be used.
    #[error("{path}: {reason}")]
    Unusable {
        /// The folder or file.
        path: PathBuf,
        /// What is wrong with it and what to do.
        reason: String,
    },
    /// Another process is writing.
    #[error(
        "{path}: another {who} is writing to this archive (process {process}); wait for it to end, or stop it"
    )]
    Locked {
        /// The archive's folder.
        path: PathBuf,
        /// `ingest`, `reindex` …
        who: String,
        /// Its process number, where known.
        process: String,
    },
    /// Made by a newer version of the program.
    #[error(
        "{path}: this archive was made by a newer version of dateline (its format is {found}, this version reads up to {known}); update dateline"
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The version it has.
        found: u32,
        /// The newest version known here.
        known: u32,
    },
    /// Made by an older version, and opened only to read.
    #[error(
        "{path}: this archive was made by an older version of dateline (its format is {found}, this version writes {known}); run `dateline reindex` once to bring it up to date"
    )]
    Older {
        /// The database.
        path: PathBuf,
        /// The version it has.
        found: u32,
        /// The version it needs.
        known: u32,
    },
    /// A cursor that no answer gave out.
    #[error(
        "the cursor {0:?} is not one that this archive gave out for this question; start again from the first page"
    )]
    Cursor(String),
    /// There is no article of that id.
    #[error("there is no article {id:?} in this archive{}", said(like))]
    NoArticle {
        /// What was asked for.
        id: String,
        /// Articles that may be meant, with their headlines.
        like: Vec<(ArticleId, String)>,
    },
    /// An edit that cannot be made.
    #[error(transparent)]
    Refused(#[from] edit::Refused),
    /// A decision that cannot be made.
    #[error(transparent)]
    Undecided(#[from] authority::Refused),
    /// There is no actor of that id or name.
    #[error("there is no actor {name:?} in this archive{}", named(like))]
    NoActor {
        /// What was asked for.
        name: String,
        /// Actors that may be meant: their ids and labels.
        like: Vec<(ActorId, String)>,
    },
    /// The database failed.
    #[error("{path}: the archive's database failed: {reason}")]
    Database {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// The derived index failed. It can always be rebuilt.
    #[error("{path}: the search index failed: {reason}; `dateline reindex` builds it anew, nothing is lost")]
    Index {
        /// The index folder.
        path: PathBuf,
        /// What tantivy says.
        reason: String,
    },
}

/// Articles that may be meant, as the end of a sentence.
fn said(like: &[(ArticleId, String)]) -> String {
    let named: Vec<_> = like.iter().map(|(id, title)| format!("{id} (“{title}”)")).collect();
    match named.as_slice() {
        [] => "; `dateline search` shows the ids of articles beside their dates".to_owned(),
        [one] => format!("; is it {one}?"),
        several => format!("; is it one of {}?", several.join(", ")),
    }
}

/// Actors that may be meant, as the end of a sentence.
fn named(like: &[(ActorId, String)]) -> String {
    let named: Vec<_> = like.iter().map(|(id, label)| format!("{id} ({label})")).collect();
    match named.as_slice() {
        [] => "; `dateline actors list` shows who is there".to_owned(),
        [one] => format!("; is it {one}?"),
        several => format!("; is it one of {}?", several.join(", ")),
    }
}

/// The result of asking an archive.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An article as it is stored, with where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredArticle {
    /// The article.
    pub article: Article,
    /// Every place that it was found in.
    pub origins: Vec<Origin>,
    /// Other articles that are the same text saved a second time, the surest first.
    pub copies: Vec<SavedCopy>,
    /// The change that wrote this revision.
    pub revision: u64,
    /// What people corrected in it.
    #[serde(default)]
    pub edits: Vec<Correction>,
}

/// Another article that is the same text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedCopy {
    /// Its public name.
    pub id: ArticleId,
    /// Why it is taken for the same.
    pub why: Likeness,
    /// Its headline.
    pub title: String,
    /// Who ran it.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
}

/// What is to be appended to the log of decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// What it does.
    pub entry: Entry,
    /// Who decided so.
    pub who: String,
    /// When: UTC, ISO 8601, with milliseconds.
    pub at: String,
}

/// A name that articles have for an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameCount {
    /// The name.
    pub name: String,
    /// What sort of thing it was taken for.
    pub kind: ActorKind,
    /// The articles that have it.
    pub articles: u64,
}

/// A thing that stores articles and finds them.
pub trait Backend: Send + Sync {
    /// Answers a question whose words have been read as `query` and whose sizes are within the caps.
    fn search(&self, query: &Query, request: &SearchRequest) -> Result<SearchResponse>;

    /// Reads one article, in the revision that searches see.
    fn article(&self, id: &ArticleId) -> Result<Option<StoredArticle>>;

    /// The languages that the articles are in: a bare word is looked for by its stem in each.
    fn languages(&self) -> Result<Vec<Language>>;

    /// The single hand that changes articles. A second one is told `Locked`.
    fn writer(&self) -> Result<Box<dyn Writer + '_>>;

    /// Appends to the log what people said of articles, in this order and all at once, and lays what
    /// stands over each of them: it shows with the next answer. Works while another writes, too.
    fn edit(&self, edits: &[Edit]) -> Result<Edited>;

    /// The log of edits, the oldest first: of one article, or all of it.
    fn edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>>;

    /// Appends to the log of decisions, in this order and all at once; each holds with the next answer.
    /// Entries are written as they are: the façade has checked them. Works while another writes, too.
    fn decide(&self, entries: &[NewEntry]) -> Result<Decided>;

    /// The log of decisions, the oldest first.
    fn decisions(&self) -> Result<Vec<Logged>>;

    /// Which names are one actor, as the newest decision leaves it.
    fn authority(&self) -> Result<Arc<Authority>>;

    /// Pins the archive to another list, which holds with the next answer. Tells whether it is another one.
    fn pin(&self, list: &Arc<Registry>, who: &str, at: &str) -> Result<bool>;

    /// The names that articles have for an actor, each with the articles that have it, most first.
    fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>>;

    /// Every name of an actor that articles have, with the articles that have it.
    fn named(&self) -> Result<Named>;

    /// Has the mentions of these articles found anew: `recognise` gets each as extraction made it, and
    /// sets its mentions. Returns how many articles have others now; they show with the next answer.
    fn reread(&self, articles: &[ArticleId], recognise: &mut dyn FnMut(&mut Article)) -> Result<u64>;

    /// Articles that somebody may mean who typed this for an id, with their headlines: a few.
    fn ids_like(&self, typed: &str) -> Result<Vec<(ArticleId, String)>>;
    /// The articles worth a look, in their current revisions.
    fn doubts(&self, request: &DoubtsRequest) -> Result<Doubts>;

    /// The files that were seen. Articles that were put by hand came from none.
    fn files(&self, request: &FilesRequest) -> Result<Files> {
        let _ = request;
        Ok(Files::default())
    }

    /// What the archive is called, and how much it holds.
    fn about(&self) -> Result<About>;

    /// Gives the archive another title.
    fn set_title(&self, title: &str) -> Result<()>;
}

/// Changes articles. Nothing shows before `publish`; nothing is safe before `commit`.
pub trait Writer {
    /// Adds an article, or replaces the one of that id.
    fn put(&mut self, article: Article) -> Result<()>;

    /// Takes an article away. Tells whether there was one.
    fn delete(&mut self, id: &ArticleId) -> Result<bool>;

    /// Makes safe what was put and deleted. Returns the last number of the sequence of changes.
    fn commit(&mut self) -> Result<u64>;

    /// Makes searchable what was committed.
    fn publish(&mut self) -> Result<()>;
}

/// What an archive says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its random id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The articles that can be found.
    pub articles: u64,
    /// The last change that can be found.
    pub change: u64,
}

/// The order of an answer: as asked; else best match first where words are looked for, newest first
/// where there are none to match.
fn sort_of(query: &Query, request: &SearchRequest) -> Sort {
    let by_default = if *query == Query::All { Sort::Newest } else { Sort::Relevance };
    request.sort.unwrap_or(by_default)
}

/// The kinds of actors with how many there are of each, in the order of kinds.
fn kind_counts(kinds: impl IntoIterator<Item = ActorKind>) -> Vec<KindCount> {
    let mut counts = ActorKind::ALL.map(|kind| KindCount { kind, values: 0 });
    for kind in kinds {
        counts[kind as usize].values += 1;
    }
    counts.into_iter().filter(|count| count.values > 0).collect()
}

/// Most articles first, then by label and value; unknown last.
fn sort_counts(counts: &mut [FacetCount]) {
    counts.sort_by(|a, b| {
        let key = |count: &FacetCount| (count.value == NONE, std::cmp::Reverse(count.count));
        key(a).cmp(&key(b)).then_with(|| a.label.cmp(&b.label)).then_with(|| a.value.cmp(&b.value))
    });
}

/// What people read for a value that is no actor.
fn plain_label(facet: Facet, value: &str) -> String {
    match (facet, value) {
        (_, NONE) => "unknown".to_owned(),
        (Facet::DateFound, word) => found::label(word).to_owned(),
        (Facet::Language, code) => {
            Language::from_code(code).map_or_else(|| code.to_owned(), |language| language.name().to_owned())
        }
        _ => value.to_owned(),
    }
}

/// A value with what people read for it, chosen by nobody.
fn plain_count(facet: Facet, value: &str, count: u64) -> FacetCount {
    let label = plain_label(facet, value);
    FacetCount { value: value.to_owned(), label, kind: None, count, included: false, excluded: false }
}

/// A value that no article has: an actor that is hidden is still called by its name.
fn absent_count(authority: &Authority, facet: Facet, value: &str, count: u64) -> FacetCount {
    let plain = plain_count(facet, value, count);
    if !facet.is_named() || value == NONE {
        return plain;
    }
    let known = authority.actor(&ActorId(value.to_owned()));
    let known = known.filter(|actor| (actor.kind == ActorKind::Place) == (facet == Facet::Place));
    known.map_or(plain.clone(), |actor| FacetCount { label: actor.label, kind: Some(actor.kind), ..plain })
}
