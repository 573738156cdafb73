//! What was seen: every file and record by path, with the bin that it ended in and why.

use serde::{Deserialize, Serialize};

use crate::article::ArticleId;
use crate::record::{Bin, Bins};
use crate::search::Problem;

/// Records a page unless asked otherwise.
pub const LIMIT: usize = 50;

/// Which of the records that were seen are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesRequest {
    /// The bin; all of them without one.
    pub bin: Option<Bin>,
    /// Words, each of which path, member or record must contain, whatever its case and accents.
    pub path: String,
    /// An absolute path: that file alone, or what lies below that folder.
    pub below: Option<String>,
    /// The reason, without the line and column in front; a part of one where no record has it whole.
    pub reason: String,
    /// Whether files are told and found by their place inside the folder that was given, so that
    /// nobody learns where on this machine that folder lies.
    pub by_place: bool,
    /// How many records.
    pub limit: usize,
    /// How many of them to pass over: `next` of the page before.
    pub offset: usize,
}

impl Default for FilesRequest {
    fn default() -> Self {
        Self {
            bin: None,
            path: String::new(),
            below: None,
            reason: String::new(),
            by_place: false,
            limit: LIMIT,
            offset: 0,
        }
    }
}

/// What was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Files {
    /// How many records that answer the request are in each bin, whichever bin it asks for.
    pub bins: Bins,
    /// How many records answer it.
    pub total: u64,
    /// Why those among them are no articles: the most frequent reasons first.
    pub reasons: Vec<ReasonCount>,
    /// This page, by path.
    pub records: Vec<SeenRecord>,
    /// The offset of the next page, where there is one.
    pub next: Option<usize>,
    /// Where nothing answers: the folders and files that were given to ingest, so that a person sees
    /// whether a file lies among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roots: Vec<String>,
    /// What of the question could not be honoured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// How many records have a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonCount {
    /// Their bin.
    pub bin: Bin,
    /// The reason, without the line and column in front.
    pub reason: String,
    /// How many.
    pub count: u64,
}

/// A record as the last run that read its file saw it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenRecord {
    /// The file.
    pub path: String,
    /// The member inside a container; empty for the file itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub member: String,
    /// Which record of a file that holds many; empty where file and record are one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub record: String,
    /// Where it ended.
    pub bin: Bin,
    /// Why it is no article.
    pub reason: Option<String>,
    /// The article that it is; or was, if it can no longer be read.
    pub article: Option<ArticleId>,
    /// That article's headline.
    pub title: Option<String>,
}

impl SeenRecord {
    /// Where it lies, in one line: file, member, record.
    #[must_use]
    pub fn place(&self) -> String {
        let parts = [&self.path, &self.member, &self.record].into_iter().filter(|part| !part.is_empty());
        parts.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}
