//! The one hand that writes to `archive.db`: takes records in, settles which article each is.
//!
//! A known origin keeps its article; `claims` finds the article of any other.

use rusqlite::{Connection, OptionalExtension, params};

use super::locks::{self, Lock};
use super::store;
use super::store::write::{self, ArticleRows};
use super::{Embedded, Result};
use crate::article::{Article, ArticleId, Origin};
use crate::backend::Writer;
use crate::record::{
    Acknowledged, Bin, Bins, Content, FileState, Identity, Intake, KnownFile, Outcome, Record,
};

/// Memory for pages of the database while writing, in KiB.
const CACHE_KIB: i64 = 16_000;

/// Writes to an archive. There is one at a time: it holds `ingest.lock`.
pub struct EmbeddedIntake<'a> {
    pub(super) archive: &'a Embedded,
    pub(super) connection: Connection,
    pub(super) rows: ArticleRows,
    /// The number of this run, to tell a record met twice from one met again; 0 before its first record.
    run: i64,
    articles: i64,
    open: bool,
    _lock: Lock,
}

impl std::fmt::Debug for EmbeddedIntake<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EmbeddedIntake").field("archive", self.archive).finish_non_exhaustive()
    }
}

impl Embedded {
    /// Begins to write, as `who` (`ingest` …): the name that a second one is told.
    pub fn intake(&self, who: &str) -> Result<EmbeddedIntake<'_>> {
        let lock = locks::take(&self.ingest_lock(), who)?;
        let connection = self.database.open()?;
        let begun = (|| {
            // What is written by digest (identities, bytes, likeness) goes to pages all over the file:
            // those of one batch should stay in memory until it is committed.
            connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
            let articles = store::count_articles(&connection)?;
            Ok(i64::try_from(articles).unwrap_or(i64::MAX))
        })();
        let articles = begun.map_err(|error| self.database.failed(&error))?;
        Ok(EmbeddedIntake {
            archive: self,
            connection,
            rows: ArticleRows::default(),
            run: 0,
            articles,
            open: false,
            _lock: lock,
        })
    }
}

/// A record as the archive remembers it.
struct KnownRecord {
    number: i64,
    article: Option<i64>,
    hash: String,
    outcome: String,
    /// The article as it last gave it.
    digest: Option<String>,
}

/// What is to be remembered of a record.
struct Fate<'f> {
    outcome: &'f str,
    bin: Bin,
    reason: Option<&'f str>,
    /// The article's number and digest.
    article: Option<(i64, &'f str)>,
}

impl EmbeddedIntake<'_> {
    /// Runs something inside the transaction; on failure everything since the last commit is undone.
    fn write<T>(&mut self, run: impl FnOnce(&mut Self) -> rusqlite::Result<T>) -> Result<T> {
        let begun = if self.open {
            Ok(())
        } else {
            self.let_edits_pass();
            self.connection.execute_batch("BEGIN IMMEDIATE")
        };
        let result = begun.and_then(|()| {
            self.open = true;
            run(self)
        });
        result.map_err(|error| {
            self.roll_back();
            self.archive.database.failed(&error)
        })
    }

    fn roll_back(&mut self) {
        let _ = self.connection.execute_batch("ROLLBACK");
        self.open = false;
        self.run = 0;
        self.rows.forget();
        let counted = store::count_articles(&self.connection).unwrap_or(0);
        self.articles = i64::try_from(counted).unwrap_or(i64::MAX);
    }

    fn acknowledge(&mut self) -> Result<Acknowledged> {
        if self.open {
            // A commit that fails leaves the transaction open: then nothing of it may stay.
            if let Err(error) = self.connection.execute_batch("COMMIT") {
                self.roll_back();
                return Err(self.archive.database.failed(&error));
            }
            self.open = false;
        }
        let change =
            store::last_change(&self.connection).map_err(|error| self.archive.database.failed(&error))?;
        Ok(Acknowledged { change, articles: self.articles.unsigned_abs() })
    }

    /// Gives this run its number, which no other run has.
    fn begin_run(&mut self) -> rusqlite::Result<()> {
        if self.run == 0 {
            self.run = self.connection.query_row(
                "INSERT INTO archive (key, value) VALUES ('runs', '1')
                 ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1
                 RETURNING CAST(value AS INTEGER)",
                [],
                |row| row.get(0),
            )?;
        }
        Ok(())
    }

    fn take(&mut self, record: Record) -> rusqlite::Result<Outcome> {
        self.begin_run()?;
        let file = self.file_number(&record.origin)?;
        let (origin, known) = self.known_record(file, record.origin)?;
        let bin = record.content.bin();
        match record.content {
            Content::NotArticle(reason) | Content::Unsupported(reason) | Content::Skipped(reason) => {
                let fate = Fate { outcome: "skipped", bin, reason: Some(&reason), article: None };
                self.note(file, &origin, known.as_ref(), &fate)?;
                if bin == Bin::NotArticle {
                    self.take_back(&origin, known.as_ref())?;
                }
                Ok(Outcome::Skipped)
            }
            Content::Failed(reason) => {
                let fate = Fate { outcome: "failed", bin, reason: Some(&reason), article: None };
                self.note(file, &origin, known.as_ref(), &fate)?;
                Ok(Outcome::Failed)
            }
            Content::Article(article) => self.take_article(file, &origin, known, &record.identity, *article),
        }
    }

    /// The same bytes that were an article before are judged to be none now, as when a page was kept on
    /// demand: the article goes, unless another record is it too, or a correction of it stands. Other
    /// bytes that are no article (an error page saved over the article) take nothing away.
    fn take_back(&mut self, origin: &Origin, known: Option<&KnownRecord>) -> rusqlite::Result<()> {
        let same_bytes = known.filter(|record| record.outcome == "article" && record.hash == origin.hash);
        let Some(article) = same_bytes.and_then(|record| record.article) else { return Ok(()) };
        let is_wanted: bool = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM records WHERE article = ?1 AND bin = 'article')
                     OR EXISTS (SELECT 1 FROM edits WHERE article = ?1 AND value IS NOT NULL AND number IN
                            (SELECT max(number) FROM edits WHERE article = ?1 GROUP BY field))
                     OR (SELECT revision FROM articles WHERE number = ?1) IS NULL",
            )?
            .query_row([article], |row| row.get(0))?;
        if !is_wanted {
            write::delete(&self.connection, article)?;
            self.articles -= 1;
        }
        Ok(())
    }

    fn take_article(
        &mut self,
        file: i64,
        origin: &Origin,
        known: Option<KnownRecord>,
        identity: &Identity,
        mut article: Article,
    ) -> rusqlite::Result<Outcome> {
        let own = known.as_ref().and_then(|record| record.article);
        let own = own.map(|number| write::known(&self.connection, number)).transpose()?.flatten();
        let own = match own {
            Some(own) if is_positional(identity, origin) && is_changed(known.as_ref(), origin) => {
                self.owner_of_line(file, own, origin, &article)?
            }
            own => own,
        };
        let claimed = match own {
            Some(own) => {
                article.doubts.extend(self.doubt_of(identity, origin, own.number)?);
                own
            }
            None => self.claim(identity, origin, &mut article)?,
        };
        article.id = claimed.id.clone();
        let number = claimed.number;
        let digest = write::digest(&article);
        // Where several records are one article, each is weighed once: one that says what it said
        // before does not take the article back from the others.
        let said_before = claimed.revision.is_some()
            && known.as_ref().is_some_and(|record| record.digest.as_ref() == Some(&digest));
        let outcome = if claimed.digest.as_ref() == Some(&digest) || said_before {
            Outcome::Unchanged
        } else if self.is_older(number, origin)? || self.is_poorer(&claimed, origin, &article)? {
            self.rows.put(&self.connection, number, &article, &digest, false)?;
            Outcome::Unchanged
        } else {
            self.put_current(number, &article, &digest)?;
            let existed = claimed.revision.is_some();
            self.articles += i64::from(!existed);
            if existed { Outcome::Updated } else { Outcome::Added }
        };
        let fate =
            Fate { outcome: "article", bin: Bin::Article, reason: None, article: Some((number, &digest)) };
        self.note(file, origin, known.as_ref(), &fate)?;
        Ok(outcome)
    }

    /// The row of the file that a record lies in. Until the file is finished, it is incomplete.
    fn file_number(&mut self, origin: &Origin) -> rusqlite::Result<i64> {
        self.connection
            .prepare_cached(
                "INSERT INTO files (path, size, modified, reading, complete) VALUES (?1, ?2, ?3, '', 0)
                 ON CONFLICT (path) DO UPDATE SET complete = 0 RETURNING number",
            )?
            .query_row(params![origin.file, size(origin.size), origin.modified], |row| row.get(0))
    }

    /// What is known of a record. One file can hold two records of one name: the second that this
    /// run meets is a record of its own.
    fn known_record(&self, file: i64, mut origin: Origin) -> rusqlite::Result<(Origin, Option<KnownRecord>)> {
        let named = origin.record.clone();
        for copy in 2.. {
            let found = self
                .connection
                .prepare_cached(
                    "SELECT number, article, hash, outcome, digest, run, offset FROM records
                      WHERE file = ?1 AND member = ?2 AND record = ?3",
                )?
                .query_row(params![file, origin.member, origin.record], |row| {
                    let known = KnownRecord {
                        number: row.get(0)?,
                        article: row.get(1)?,
                        hash: row.get(2)?,
                        outcome: row.get(3)?,
                        digest: row.get(4)?,
                    };
                    let (run, offset): (i64, Option<i64>) = (row.get(5)?, row.get(6)?);
                    Ok((known, run == self.run && offset != origin.offset.map(size)))
                })
                .optional()?;
            match found {
                Some((_, true)) => origin.record = format!("{named} #{copy}"),
                found => return Ok((origin, found.map(|(known, _)| known))),
            }
        }
        unreachable!("copies do not end")
    }

    /// Remembers what became of a record. One that was an article and now fails keeps its article:
    /// what was read once is not lost because it cannot be read again.
    fn note(
        &self,
        file: i64,
        origin: &Origin,
        known: Option<&KnownRecord>,
        fate: &Fate<'_>,
    ) -> rusqlite::Result<()> {
        let article =
            fate.article.map(|(number, _)| number).or_else(|| known.and_then(|record| record.article));
        let before = known.and_then(|record| record.digest.as_deref());
        let digest = fate.article.map(|(_, digest)| digest).or(before);
        let same = known.filter(|record| {
            record.hash == origin.hash && record.outcome == fate.outcome && record.digest.as_deref() == digest
        });
        if let Some(record) = same {
            // Most records of a second run: only that they were seen is new.
            self.connection
                .prepare_cached(
                    "UPDATE records SET run = ?2, offset = ?3, article = ?4, reason = ?5, bin = ?6 WHERE number = ?1",
                )?
                .execute(params![
                    record.number,
                    self.run,
                    origin.offset.map(size),
                    article,
                    fate.reason,
                    fate.bin.as_str()
                ])?;
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO records (file, member, record, place, offset, url, hash, size, modified, outcome, reason,
                    article, digest, run, bin)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
                 ON CONFLICT (file, member, record) DO UPDATE SET place = ?4, offset = ?5, url = ?6, hash = ?7,
                    size = ?8, modified = ?9, outcome = ?10, reason = ?11, article = ?12, digest = ?13, run = ?14, bin = ?15",
            )?
            .execute(params![
                file,
                origin.member,
                origin.record,
                origin.place,
                origin.offset.map(size),
                origin.url,
                origin.hash,
                size(origin.size),
                origin.modified,
                fate.outcome,
                fate.reason,
                article,
                digest,
                self.run,
                fate.bin.as_str(),
            ])?;
        Ok(())
    }
}

/// Whether a record is known by its number in a file, and by nothing else.
fn is_positional(identity: &Identity, origin: &Origin) -> bool {
    *identity == Identity::Place && !origin.record.is_empty()
}

fn is_changed(known: Option<&KnownRecord>, origin: &Origin) -> bool {
    known.is_some_and(|record| record.hash != origin.hash)
}

/// SQLite's integers are signed.
fn size(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

impl Intake for EmbeddedIntake<'_> {
    fn known(&mut self, file: &FileState) -> Result<Option<KnownFile>> {
        let counted = self
            .connection
            .prepare_cached(
                "SELECT count(CASE bin WHEN 'article' THEN 1 END), count(CASE bin WHEN 'not-article' THEN 1 END),
                        count(CASE bin WHEN 'failed' THEN 1 END), count(CASE bin WHEN 'unsupported' THEN 1 END),
                        count(CASE bin WHEN 'skipped' THEN 1 END)
                   FROM files LEFT JOIN records ON records.file = files.number AND records.run = files.run
                  WHERE path = ?1 AND files.size = ?2 AND files.modified = ?3 AND reading = ?4 AND complete = 1
                  GROUP BY files.number",
            )
            .and_then(|mut statement| {
                let key = params![file.path, size(file.size), file.modified, file.reading];
                let count = |row: &rusqlite::Row<'_>, column| row.get::<_, i64>(column).map(i64::unsigned_abs);
                statement
                    .query_row(key, |row| {
                        let bins = Bins {
                            article: count(row, 0)?,
                            not_article: count(row, 1)?,
                            failed: count(row, 2)?,
                            unsupported: count(row, 3)?,
                            skipped: count(row, 4)?,
                        };
                        Ok(KnownFile { bins })
                    })
                    .optional()
            });
        counted.map_err(|error| self.archive.database.failed(&error))
    }

    fn put(&mut self, record: Record) -> Result<Outcome> {
        self.write(|intake| intake.take(record))
    }

    fn finish_file(&mut self, file: &FileState) -> Result<()> {
        self.write(|intake| {
            intake.begin_run()?;
            intake
                .connection
                .prepare_cached(
                    "INSERT INTO files (path, size, modified, reading, complete, run) VALUES (?1, ?2, ?3, ?4, 1, ?5)
                     ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reading = ?4, complete = 1, run = ?5",
                )?
                .execute(params![file.path, size(file.size), file.modified, file.reading, intake.run])?;
            Ok(())
        })
    }

    fn commit(&mut self) -> Result<Acknowledged> {
        self.acknowledge()
    }

    fn publish(&mut self) -> Result<()> {
        self.acknowledge()?;
        self.archive.publish()
    }
}

impl Writer for EmbeddedIntake<'_> {
    fn put(&mut self, article: Article) -> Result<()> {
        self.write(|intake| {
            let known = write::known_by_id(&intake.connection, &article.id)?;
            let (number, revision) = match &known {
                Some(known) => (known.number, known.revision),
                None => (write::new_article(&intake.connection, &article.id)?, None),
            };
            let before = known.and_then(|known| known.digest);
            let digest = write::digest(&article);
            if before.as_ref() != Some(&digest) {
                intake.put_current(number, &article, &digest)?;
                intake.articles += i64::from(revision.is_none());
            }
            Ok(())
        })
    }

    fn delete(&mut self, id: &ArticleId) -> Result<bool> {
        self.write(|intake| {
            let known = write::known_by_id(&intake.connection, id)?;
            let Some(known) = known.filter(|known| known.revision.is_some()) else { return Ok(false) };
            write::delete(&intake.connection, known.number)?;
            intake.articles -= 1;
            Ok(true)
        })
    }

    fn commit(&mut self) -> Result<u64> {
        self.acknowledge().map(|acknowledged| acknowledged.change)
    }

    fn publish(&mut self) -> Result<()> {
        Intake::publish(self)
    }
}
