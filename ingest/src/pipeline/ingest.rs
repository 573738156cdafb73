//! A run into an archive: what is unchanged is left alone, what is put is made safe and searchable
//! at a steady pace. And the same run without an archive.

use std::path::PathBuf;
use std::time::Instant;

use dateline_index::article::Origin;
use dateline_index::record::{Content, FileState, Identity, Intake, KnownFile, Outcome, Record};
use dateline_index::wishes::Wishes;

use super::{Error, Options, Pace, Progress, Sink, Summary, Trouble, Work, run};
use crate::raw::Extracted;

/// What a run tells while it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// How far it is: several times a second.
    Progress(Progress),
    /// What was put is safe.
    Acknowledged {
        /// Records of this run so far, those of unchanged files among them.
        records: u64,
        /// Articles that the archive holds.
        articles: u64,
    },
    /// What was acknowledged can be found.
    Published,
    /// A record broke.
    Trouble(Trouble),
}

/// Reads `paths` into an archive. Files that it knows and that have not changed since are not read
/// again. An error of the archive ends the run; what was acknowledged stays.
pub fn ingest(
    paths: &[PathBuf],
    options: &Options,
    work: &Work,
    intake: &mut dyn Intake,
    watch: &mut dyn FnMut(&Event),
) -> Result<Summary, Error> {
    let mut into = IntoArchive {
        intake,
        watch,
        pace: options.pace,
        records: 0,
        uncommitted: 0,
        last_commit: Instant::now(),
        unpublished: 0,
        waiting_since: None,
        articles: 0,
    };
    let mut summary = run(paths, options, work, &mut into)?;
    into.commit()?;
    into.publish()?;
    summary.articles = into.articles;
    Ok(summary)
}

struct IntoArchive<'a> {
    intake: &'a mut dyn Intake,
    watch: &'a mut dyn FnMut(&Event),
    pace: Pace,
    records: u64,
    /// Records since the last commit.
    uncommitted: u64,
    last_commit: Instant,
    /// New or changed articles since the last time of publishing.
    unpublished: u64,
    /// When the first commit was made that is not published.
    waiting_since: Option<Instant>,
    articles: u64,
}

impl IntoArchive<'_> {
    fn commit(&mut self) -> Result<(), Error> {
        let acknowledged = self.intake.commit()?;
        self.articles = acknowledged.articles;
        self.uncommitted = 0;
        self.last_commit = Instant::now();
        if self.unpublished > 0 {
            self.waiting_since.get_or_insert(self.last_commit);
        }
        (self.watch)(&Event::Acknowledged { records: self.records, articles: self.articles });
        Ok(())
    }

    fn publish(&mut self) -> Result<(), Error> {
        self.intake.publish()?;
        self.unpublished = 0;
        self.waiting_since = None;
        (self.watch)(&Event::Published);
        Ok(())
    }

    fn keep_pace(&mut self) -> Result<(), Error> {
        let is_full = self.uncommitted >= self.pace.commit_records;
        let is_due = self.uncommitted > 0 && self.last_commit.elapsed() >= self.pace.commit_every;
        if is_full || is_due {
            self.commit()?;
        }
        let is_full = self.uncommitted == 0 && self.unpublished >= self.pace.publish_articles;
        let is_due = self.waiting_since.is_some_and(|since| since.elapsed() >= self.pace.publish_every);
        if is_full || is_due {
            if self.uncommitted > 0 {
                self.commit()?;
            }
            self.publish()?;
        }
        Ok(())
    }
}

impl Sink for IntoArchive<'_> {
    fn wishes(&mut self, file: &FileState) -> Result<Wishes, Error> {
        Ok(self.intake.wishes(file)?)
    }

    fn known(&mut self, file: &FileState) -> Result<Option<KnownFile>, Error> {
        let known = self.intake.known(file)?.filter(|known| known.bins.failed == 0);
        if let Some(known) = &known {
            self.records += known.bins.sum();
        }
        Ok(known)
    }

    fn begin_file(&mut self, file: &FileState) -> Result<(), Error> {
        Ok(self.intake.begin_file(file)?)
    }

    fn record(&mut self, origin: Origin, extracted: Extracted) -> Result<Outcome, Error> {
        let (identity, content) = match extracted {
            Extracted::Article { article, identity } => (identity, Content::Article(article)),
            Extracted::NotArticle(reason) => (Identity::Place, Content::NotArticle(reason)),
            Extracted::Unsupported(reason) => (Identity::Place, Content::Unsupported(reason)),
            Extracted::Skipped(reason) => (Identity::Place, Content::Skipped(reason)),
            Extracted::Failed(reason) => (Identity::Place, Content::Failed(reason)),
        };
        let outcome = self.intake.put(Record { origin, identity, content })?;
        self.records += 1;
        self.uncommitted += 1;
        self.unpublished += u64::from(is_change(outcome));
        self.keep_pace()?;
        Ok(outcome)
    }

    fn end_of_file(&mut self, file: &FileState) -> Result<(), Error> {
        Ok(self.intake.finish_file(file)?)
    }

    fn trouble(&mut self, trouble: &Trouble) {
        (self.watch)(&Event::Trouble(trouble.clone()));
    }

    fn tick(&mut self, progress: &Progress) -> Result<(), Error> {
        (self.watch)(&Event::Progress(progress.clone()));
        self.keep_pace()
    }
}

/// Whether there is something new to be found, or something less.
fn is_change(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Added | Outcome::Updated | Outcome::Removed)
}

/// Reads `paths` and hands over what would be stored, without an archive.
pub fn extract_paths(
    paths: &[PathBuf],
    options: &Options,
    work: &Work,
    emit: &mut dyn FnMut(Origin, Extracted),
) -> Result<Summary, Error> {
    run(paths, options, work, &mut Emit(emit))
}

struct Emit<'a>(&'a mut dyn FnMut(Origin, Extracted));

impl Sink for Emit<'_> {
    fn record(&mut self, origin: Origin, extracted: Extracted) -> Result<Outcome, Error> {
        let outcome = match &extracted {
            Extracted::Article { .. } => Outcome::Added,
            Extracted::NotArticle(_) | Extracted::Unsupported(_) | Extracted::Skipped(_) => Outcome::Skipped,
            Extracted::Failed(_) => Outcome::Failed,
        };
        (self.0)(origin, extracted);
        Ok(outcome)
    }
}
