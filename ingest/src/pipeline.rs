//! Walks files and folders, reads what is there, and hands over one record after another: in the
//! order of the walk, whatever the threads do, and in memory that does not grow with the folder.
//!
//! One thread walks and cuts files into pieces, many threads open and extract them, and the calling
//! thread puts the results back in order and feeds a [`Sink`]. A budget of bytes in flight ties the
//! three together.

mod budget;
mod feed;
mod ingest;
mod order;
mod summary;
mod walk;
mod workers;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use dateline_index::article::Origin;
use dateline_index::backend;
use dateline_index::record::{FileState, KnownFile, Outcome};
use dateline_index::wishes::{Asked, Wishes};

use crate::raw::{Extracted, RawDocument};

pub use self::ingest::{Event, extract_paths, ingest};
pub use self::order::run;
pub use self::summary::{Progress, Summary, Trouble};

/// Makes an article of a document, as people asked for its file. Called by many threads at once; a panic costs one record. It is
/// shared, not borrowed, so that a thread that hangs in it can be left behind.
pub type Work = Arc<dyn Fn(RawDocument, &Wishes) -> Extracted + Send + Sync>;

/// What stops a whole run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The archive cannot go on.
    #[error(transparent)]
    Archive(#[from] backend::Error),
    /// The system gives no more threads.
    #[error("no thread could be started: {0}")]
    Threads(#[from] std::io::Error),
}

/// How often what was put is made safe, and searchable.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Records between two commits, at most.
    pub commit_records: u64,
    /// Time between two commits, at most.
    pub commit_every: Duration,
    /// New or changed articles between two times of publishing, at most.
    pub publish_articles: u64,
    /// How long something committed stays unpublished, at most.
    pub publish_every: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            commit_records: 2_000,
            commit_every: Duration::from_secs(5),
            publish_articles: 10_000,
            publish_every: Duration::from_secs(10),
        }
    }
}

/// How to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads that extract; 0 is one for each core.
    pub threads: usize,
    /// What is asked of every file: labels, names of fields in JSON Lines. What stands of earlier runs
    /// stays where this does not speak of it.
    pub asked: Asked,
    /// Stops after so many records.
    pub limit: Option<u64>,
    /// Set from outside, ends the run: what is in flight is still handed over, in order.
    pub stop: Arc<AtomicBool>,
    /// How files are read, in one line: a file read otherwise before is read again.
    pub reading: String,
    /// How often to commit and to publish.
    pub pace: Pace,
    /// How long one record may take before it is given up.
    pub patience: Duration,
    /// Bytes of records in flight, at most: read, and not handed over yet.
    pub budget: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: 0,
            asked: Asked::default(),
            limit: None,
            stop: Arc::default(),
            reading: String::new(),
            pace: Pace::default(),
            patience: Duration::from_secs(20),
            budget: 8 << 20,
        }
    }
}

impl Options {
    fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }
}

/// Takes what a run finds, in order, on the calling thread. An error ends the run.
pub trait Sink {
    /// What stands of what people asked for of a file.
    fn wishes(&mut self, _file: &FileState) -> Result<Wishes, Error> {
        Ok(Wishes::default())
    }

    /// What is known of a file; with `Some`, it is not read again.
    fn known(&mut self, _file: &FileState) -> Result<Option<KnownFile>, Error> {
        Ok(None)
    }

    /// Hears that the records of a file follow.
    fn begin_file(&mut self, _file: &FileState) -> Result<(), Error> {
        Ok(())
    }

    /// Takes one record.
    fn record(&mut self, origin: Origin, extracted: Extracted) -> Result<Outcome, Error>;

    /// Hears that all records of a file have been handed over.
    fn end_of_file(&mut self, _file: &FileState) -> Result<(), Error> {
        Ok(())
    }

    /// Hears of a record that broke.
    fn trouble(&mut self, _trouble: &Trouble) {}

    /// Called several times a second, and while nothing else happens.
    fn tick(&mut self, _progress: &Progress) -> Result<(), Error> {
        Ok(())
    }
}
