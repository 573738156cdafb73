//! What an ingest run hands to the archive: records, each an article, or skipped, or failed.
//!
//! A record is what a reader emits. An HTML or text file is one; a JSON Lines file is as many as it
//! has lines. Every record seen ends in exactly one of the counts of a [`Tally`].

use serde::{Deserialize, Serialize};

use crate::article::{Article, Origin};
use crate::backend::Result;
use crate::wishes::Wishes;

/// What makes a record the same article when it is met again from another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The record gave its own id.
    Given(String),
    /// The page's canonical address, absolute, cleaned of tracking, with a path.
    Url(String),
    /// Nothing but where it lies: `Origin::place`, member and record.
    Place,
}

/// Where a record ends: each in exactly one bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bin {
    /// It is an article.
    Article,
    /// It was read, and is no article: a section front, an error page, a paywall without text.
    NotArticle,
    /// It should have been an article, but something in it is broken.
    Failed,
    /// Nobody reads this kind of file.
    Unsupported,
    /// There was nothing to read: an empty file, a file that belongs to another.
    Skipped,
}

impl Bin {
    /// All bins.
    pub const ALL: [Self; 5] =
        [Self::Article, Self::NotArticle, Self::Failed, Self::Unsupported, Self::Skipped];

    /// The name that commands, addresses and JSON use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::NotArticle => "not-article",
            Self::Failed => "failed",
            Self::Unsupported => "unsupported",
            Self::Skipped => "skipped",
        }
    }

    /// The bin of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bin| bin.as_str() == name)
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Article => "articles",
            Self::NotArticle => "not articles",
            Self::Failed => "failed",
            Self::Unsupported => "of no supported kind",
            Self::Skipped => "nothing to read",
        }
    }

    /// What is said of one record in it.
    #[must_use]
    pub fn of_one(self) -> &'static str {
        match self {
            Self::Article => "an article",
            Self::NotArticle => "not an article",
            Self::Failed => "failed",
            Self::Unsupported => "unsupported",
            Self::Skipped => "skipped",
        }
    }

    /// What that means for the files in it, as a sentence; nothing for articles.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        match self {
            Self::Article => "",
            Self::NotArticle => {
                "Read, and no article: ingest with --keep-all keeps such pages all the same, each with a doubt, until --no-keep-all."
            }
            Self::Failed => "Broken, or not readable: each is tried again at every ingest.",
            Self::Unsupported => "Nobody here reads this kind of file.",
            Self::Skipped => "There was nothing to read, or the file belongs to another.",
        }
    }
}

/// How many records ended in each bin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Bins {
    /// Articles.
    pub article: u64,
    /// Read, and no article.
    pub not_article: u64,
    /// Broken.
    pub failed: u64,
    /// Of a kind that nobody reads.
    pub unsupported: u64,
    /// Nothing to read.
    pub skipped: u64,
}

impl Bins {
    /// How many are in a bin.
    #[must_use]
    pub fn get(&self, bin: Bin) -> u64 {
        match bin {
            Bin::Article => self.article,
            Bin::NotArticle => self.not_article,
            Bin::Failed => self.failed,
            Bin::Unsupported => self.unsupported,
            Bin::Skipped => self.skipped,
        }
    }

    /// Puts so many more into a bin.
    pub fn add(&mut self, bin: Bin, count: u64) {
        *match bin {
            Bin::Article => &mut self.article,
            Bin::NotArticle => &mut self.not_article,
            Bin::Failed => &mut self.failed,
            Bin::Unsupported => &mut self.unsupported,
            Bin::Skipped => &mut self.skipped,
        } += count;
    }

    /// Puts all of others into the same bins.
    pub fn add_all(&mut self, others: &Self) {
        for bin in Bin::ALL {
            self.add(bin, others.get(bin));
        }
    }

    /// How many are neither articles nor failed.
    #[must_use]
    pub fn passed_over(&self) -> u64 {
        self.not_article + self.unsupported + self.skipped
    }

    /// How many there are in all bins together.
    #[must_use]
    pub fn sum(&self) -> u64 {
        Bin::ALL.into_iter().map(|bin| self.get(bin)).sum()
    }
}

/// What became of a record before it reached the archive.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// An article. Its `id` is only a proposal: the archive settles it by the identity.
    Article(Box<Article>),
    /// It was read and is no article, and why.
    NotArticle(String),
    /// Nobody reads this kind of file, and why.
    Unsupported(String),
    /// There was nothing to read, and why.
    Skipped(String),
    /// It should have been one, but something broke, and what.
    Failed(String),
}

impl Content {
    /// The bin that it ends in.
    #[must_use]
    pub fn bin(&self) -> Bin {
        match self {
            Self::Article(_) => Bin::Article,
            Self::NotArticle(_) => Bin::NotArticle,
            Self::Unsupported(_) => Bin::Unsupported,
            Self::Skipped(_) => Bin::Skipped,
            Self::Failed(_) => Bin::Failed,
        }
    }
}

/// One record with where it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it came from.
    pub origin: Origin,
    /// What makes it the same article elsewhere.
    pub identity: Identity,
    /// What it is.
    pub content: Content,
}

/// What became of a record in the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new article.
    Added,
    /// A new revision of an article that the archive had.
    Updated,
    /// The archive had it just so.
    Unchanged,
    /// Not an article: it is no article, unsupported, or there was nothing to read.
    Skipped,
    /// Not an article any more: the article that it was has been taken away.
    Removed,
    /// Broken.
    Failed,
}

/// How many records went which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Files that were looked at.
    pub files: u64,
    /// Records that were seen: the sum of the five below.
    pub seen: u64,
    /// New articles.
    pub added: u64,
    /// New revisions of known articles.
    pub updated: u64,
    /// Articles that the archive had just so.
    pub unchanged: u64,
    /// Records that are no article.
    pub skipped: u64,
    /// Those among the skipped whose article was taken away.
    #[serde(default)]
    pub removed: u64,
    /// Records that broke.
    pub failed: u64,
    /// The records that were seen, by the bin that each ended in.
    pub bins: Bins,
}

impl Tally {
    /// Counts one record.
    pub fn count(&mut self, outcome: Outcome) {
        self.seen += 1;
        match outcome {
            Outcome::Added => self.added += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Skipped => self.skipped += 1,
            Outcome::Removed => {
                self.skipped += 1;
                self.removed += 1;
            }
            Outcome::Failed => self.failed += 1,
        }
    }
}

/// A file as a run finds it, or as the archive remembers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileState {
    /// Its absolute path.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// When it was last modified, in nanoseconds since 1970.
    pub modified: i64,
    /// How it is read: the program's extraction version. A file read otherwise than before is read
    /// again.
    pub reading: String,
    /// What people asked for, which makes for another reading, too.
    pub wishes: Wishes,
}

/// What the archive knows of a file that it read to the end before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownFile {
    /// Its records, by bin. A file with failed ones is read again.
    pub bins: Bins,
    /// Why those among them are no articles, without the line in front, and how many.
    pub reasons: Vec<(String, u64)>,
}

/// What a commit made safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    /// The last number of the archive's sequence of changes.
    pub change: u64,
    /// The articles that the archive now holds.
    pub articles: u64,
}

/// The hand through which one ingest run writes: one at a time for an archive.
pub trait Intake {
    /// What stands of what people asked for of a file, whatever the state says of it: nothing of one that
    /// is new, and has not come from elsewhere.
    fn wishes(&mut self, file: &FileState) -> Result<Wishes>;

    /// What is known of a file that is still just so; `None` if it is new, has changed, is read
    /// otherwise than before, or was not read to its end.
    fn known(&mut self, file: &FileState) -> Result<Option<KnownFile>>;

    /// Says that the records of a file follow, and how it is read.
    fn begin_file(&mut self, file: &FileState) -> Result<()>;

    /// Stores one record. Nothing is safe before `commit`.
    fn put(&mut self, record: Record) -> Result<Outcome>;

    /// Says that all records of a file have been put.
    fn finish_file(&mut self, file: &FileState) -> Result<()>;

    /// Makes safe all that was put: `archive.db`'s own synced commit.
    fn commit(&mut self) -> Result<Acknowledged>;

    /// Makes searchable all that was committed.
    fn publish(&mut self) -> Result<()>;
}
