//! The one hand that writes to `archive.db`: takes records in, settles which article each is.
//!
//! A known origin keeps its article; `claims` finds the article of any other.

use rusqlite::{Connection, OptionalExtension, params};

use super::locks::{self, Lock};
use super::seen::{Fate, KnownRecord, begin_file, finish_file, forget_mistyped, known_file, wishes_of};
use super::store;
use super::store::write::{self, ArticleRows};
use super::weigh::Stand;
use super::{Embedded, Result, claims};
use crate::article::{Article, ArticleId, Origin};
use crate::backend::Writer;
use crate::record::{Acknowledged, Bin, Content, FileState, Identity, Intake, KnownFile, Outcome, Record};
use crate::wishes::{KEPT_ON_DEMAND, Wishes};

/// Memory for pages of the database while writing, in KiB.
const CACHE_KIB: i64 = 16_000;

/// Writes to an archive. There is one at a time: it holds `ingest.lock`.
pub struct EmbeddedIntake<'a> {
    pub(super) archive: &'a Embedded,
    pub(super) connection: Connection,
    pub(super) rows: ArticleRows,
    /// The number of this run, to tell a record met twice from one met again; 0 before its first record.
    pub(super) run: i64,
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
            forget_mistyped(&connection)?;
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

/// Ends the reason of a record whose article was taken away.
const TAKEN_BACK: &str = "; it was an article before, which was taken away: --keep-all keeps such pages";

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
                let removed = bin == Bin::NotArticle && self.take_back(&origin, known.as_ref())?;
                let was_article = removed || self.was_taken_back(bin, known.as_ref())?;
                let reason = if was_article { format!("{reason}{TAKEN_BACK}") } else { reason };
                let fate = Fate { outcome: "skipped", bin, reason: Some(&reason), article: None };
                self.note(file, &origin, known.as_ref(), &fate)?;
                Ok(if removed { Outcome::Removed } else { Outcome::Skipped })
            }
            Content::Failed(reason) => {
                let fate = Fate { outcome: "failed", bin, reason: Some(&reason), article: None };
                self.note(file, &origin, known.as_ref(), &fate)?;
                Ok(Outcome::Failed)
            }
            Content::Article(article) => self.take_article(file, &origin, known, &record.identity, *article),
        }
    }

    /// The same bytes that were an article before are judged to be none now, or a page that was kept on
    /// demand is wanted no longer: the article goes, unless another record is it too, or a correction of it
    /// stands. Other bytes that are no article (an error page saved over the article) take nothing away.
    fn take_back(&mut self, origin: &Origin, known: Option<&KnownRecord>) -> rusqlite::Result<bool> {
        let Some(record) = known.filter(|record| record.outcome == "article") else { return Ok(false) };
        let Some(article) = record.article else { return Ok(false) };
        let goes: bool = self
            .connection
            .prepare_cached(
                "SELECT (?3 OR instr(doubts, ?4) > 0)
                    AND NOT EXISTS (SELECT 1 FROM records WHERE article = ?1 AND bin = 'article' AND number <> ?2)
                    AND NOT EXISTS (SELECT 1 FROM edits WHERE article = ?1 AND value IS NOT NULL AND number IN
                            (SELECT max(number) FROM edits WHERE article = ?1 GROUP BY field))
                   FROM articles JOIN revisions ON change = revision WHERE articles.number = ?1",
            )?
            .query_row(
                params![article, record.number, record.hash == origin.hash, format!("\"{KEPT_ON_DEMAND}")],
                |row| row.get(0),
            )
            .optional()?
            .unwrap_or(false);
        if goes {
            write::delete(&self.connection, article)?;
            self.articles -= 1;
        }
        Ok(goes)
    }

    /// Whether the article that a record was has been taken away.
    fn was_taken_back(&self, bin: Bin, known: Option<&KnownRecord>) -> rusqlite::Result<bool> {
        let article = known.filter(|_| bin == Bin::NotArticle).and_then(|record| record.article);
        let known = article.map(|number| write::known(&self.connection, number)).transpose()?.flatten();
        Ok(known.is_some_and(|known| known.revision.is_none()))
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
            Some(own) if claims::is_changed(known.as_ref(), origin) => {
                self.owner_of_changed(file, own, identity, origin, &article)?
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
        let is_shown = claimed.digest.as_ref() == Some(&digest);
        let outcome = if is_shown || said_before {
            if is_shown && !said_before && known.is_some() {
                // The file is again what is shown: what was doubted of it is settled.
                self.doubt_copy(&claimed, origin, None)?;
            }
            Outcome::Unchanged
        } else {
            let stand = self.weigh(&claimed, origin, known.as_ref(), &article)?;
            self.settle(&claimed, origin, article, &digest, stand)?
        };
        let fate =
            Fate { outcome: "article", bin: Bin::Article, reason: None, article: Some((number, &digest)) };
        self.note(file, origin, known.as_ref(), &fate)?;
        Ok(outcome)
    }

    /// Writes what a record says of its article, as the current revision or behind it.
    fn settle(
        &mut self,
        claimed: &write::Known,
        origin: &Origin,
        mut article: Article,
        digest: &str,
        stand: Stand,
    ) -> rusqlite::Result<Outcome> {
        let number = claimed.number;
        match stand {
            Stand::Behind(doubt) => {
                self.rows.put(&self.connection, number, &article, digest, false)?;
                // Without a doubt, too: a copy that is whole again settles the one there was.
                self.doubt_copy(claimed, origin, doubt)?;
                Ok(Outcome::Unchanged)
            }
            Stand::Current(doubt) => {
                article.doubts.extend(self.doubts_of_copies(claimed, origin)?);
                article.doubts.extend(doubt);
                self.put_current(number, &article, digest)?;
                let existed = claimed.revision.is_some();
                self.articles += i64::from(!existed);
                Ok(if existed { Outcome::Updated } else { Outcome::Added })
            }
        }
    }
}

impl Intake for EmbeddedIntake<'_> {
    fn wishes(&mut self, file: &FileState) -> Result<Wishes> {
        wishes_of(&self.connection, file).map_err(|error| self.archive.database.failed(&error))
    }

    fn known(&mut self, file: &FileState) -> Result<Option<KnownFile>> {
        known_file(&self.connection, file).map_err(|error| self.archive.database.failed(&error))
    }

    fn begin_file(&mut self, file: &FileState) -> Result<()> {
        self.write(|intake| {
            intake.begin_run()?;
            begin_file(&intake.connection, file)
        })
    }

    fn put(&mut self, record: Record) -> Result<Outcome> {
        self.write(|intake| intake.take(record))
    }

    fn finish_file(&mut self, file: &FileState) -> Result<()> {
        self.write(|intake| {
            intake.begin_run()?;
            finish_file(&intake.connection, file, intake.run)
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
