//! The one hand that writes to `archive.db`: takes records in, settles which article each is.
//!
//! A known origin keeps its article. Otherwise the record's identity decides: its own id, its
//! address, its place. Where that identity belongs to an article whose file is gone, the file was
//! moved and the article goes with it. Where the other file still stands, the two are one article if
//! their headlines agree or half of their text does (an id or an address can be wrong: home pages
//! give themselves as canonical), and two articles with a doubt otherwise; two files that merely lie
//! alike are two articles always.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::locks::{self, Lock};
use super::store::write::{self, ArticleRows, Known};
use super::store::{self, read};
use super::{Embedded, Result};
use crate::article::{Article, ArticleId, Doubt, Origin};
use crate::backend::Writer;
use crate::identity;
use crate::record::{Acknowledged, Content, FileState, Identity, Intake, KnownFile, Outcome, Record};

/// Writes to an archive. There is one at a time: it holds `ingest.lock`.
pub struct EmbeddedIntake<'a> {
    archive: &'a Embedded,
    connection: Connection,
    rows: ArticleRows,
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

/// Articles of one stated id or address that a record is compared with.
const CONTENDERS: u32 = 8;

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
    reason: Option<&'f str>,
    /// The article's number and digest.
    article: Option<(i64, &'f str)>,
}

impl EmbeddedIntake<'_> {
    /// Runs something inside the transaction; on failure everything since the last commit is undone.
    fn write<T>(&mut self, run: impl FnOnce(&mut Self) -> rusqlite::Result<T>) -> Result<T> {
        let begun = if self.open { Ok(()) } else { self.connection.execute_batch("BEGIN IMMEDIATE") };
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
        match record.content {
            Content::Skipped(reason) => {
                let fate = Fate { outcome: "skipped", reason: Some(&reason), article: None };
                self.note(file, &origin, known.as_ref(), &fate)?;
                Ok(Outcome::Skipped)
            }
            Content::Failed(reason) => {
                let fate = Fate { outcome: "failed", reason: Some(&reason), article: None };
                self.note(file, &origin, known.as_ref(), &fate)?;
                Ok(Outcome::Failed)
            }
            Content::Article(article) => self.take_article(file, &origin, known, &record.identity, *article),
        }
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
        let said_before = known.as_ref().is_some_and(|record| record.digest.as_ref() == Some(&digest));
        let outcome = if claimed.digest.as_ref() == Some(&digest) || said_before {
            Outcome::Unchanged
        } else if self.is_older(number, origin)? {
            self.rows.put(&self.connection, number, &article, false)?;
            Outcome::Unchanged
        } else {
            self.rows.put(&self.connection, number, &article, true)?;
            let existed = claimed.revision.is_some();
            self.articles += i64::from(!existed);
            if existed { Outcome::Updated } else { Outcome::Added }
        };
        let fate = Fate { outcome: "article", reason: None, article: Some((number, &digest)) };
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
                    "UPDATE records SET run = ?2, offset = ?3, article = ?4, reason = ?5 WHERE number = ?1",
                )?
                .execute(params![record.number, self.run, origin.offset.map(size), article, fate.reason])?;
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO records (file, member, record, place, offset, url, hash, size, modified, outcome, reason,
                    article, digest, run)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                 ON CONFLICT (file, member, record) DO UPDATE SET place = ?4, offset = ?5, url = ?6, hash = ?7,
                    size = ?8, modified = ?9, outcome = ?10, reason = ?11, article = ?12, digest = ?13, run = ?14",
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
            ])?;
        Ok(())
    }

    /// Finds the article that an identity stands for, or makes a new one.
    fn claim(
        &mut self,
        identity: &Identity,
        origin: &Origin,
        article: &mut Article,
    ) -> rusqlite::Result<Known> {
        let stated = identity::key(identity, origin);
        let mut doubt = None;
        for copy in 1.. {
            let key = match copy {
                1 => stated.clone(),
                2..=CONTENDERS => format!("{stated}\n#{copy}"),
                // An id or address that everything carries tells nothing: where it lies must do.
                _ => format!("{stated}\n{}\n#{copy}", identity::key(&Identity::Place, origin)),
            };
            let Some(known) = self.owner(&key)? else {
                article.doubts.extend(doubt);
                if let (Identity::Place, Some(moved)) = (identity, self.moved(origin)?) {
                    return Ok(moved);
                }
                let id =
                    if copy == 1 { identity::id_of(identity, origin) } else { identity::id_of_key(&key) };
                return self.new_article(&key, id);
            };
            match self.rival(&known, origin)? {
                // A disk that is not plugged in looks like files that are gone: where nothing but the
                // place speaks for it, the text must speak for it, too.
                Rival::Gone if *identity != Identity::Place || self.is_same(&known, article)? => {
                    return Ok(known);
                }
                Rival::Gone => {}
                Rival::Stands if *identity == Identity::Place => {}
                Rival::Stands if self.is_same(&known, article)? => {
                    return Ok(known);
                }
                Rival::Stands => {
                    doubt.get_or_insert_with(|| shared_identity(identity, &known.id));
                }
            }
        }
        unreachable!("copies do not end")
    }

    /// The doubt of a record whose stated id or address belongs to another article.
    fn doubt_of(&self, identity: &Identity, origin: &Origin, own: i64) -> rusqlite::Result<Option<Doubt>> {
        if *identity == Identity::Place {
            return Ok(None);
        }
        let owner = self.owner(&identity::key(identity, origin))?;
        let other = owner.filter(|owner| owner.number != own && owner.revision.is_some());
        Ok(other.map(|other| shared_identity(identity, &other.id)))
    }

    fn owner(&self, key: &str) -> rusqlite::Result<Option<Known>> {
        let owner: Option<i64> = self
            .connection
            .prepare_cached("SELECT article FROM identities WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?;
        owner.map(|number| write::known(&self.connection, number)).transpose().map(Option::flatten)
    }

    fn new_article(&self, key: &str, wanted: ArticleId) -> rusqlite::Result<Known> {
        let mut id = wanted;
        // The id can be taken by an article that got it in another way.
        while write::known_by_id(&self.connection, &id)?.is_some() {
            id = identity::id_of_key(&format!("{key}\n{id}"));
        }
        let number = write::new_article(&self.connection, &id)?;
        self.connection
            .prepare_cached("INSERT INTO identities (key, article) VALUES (?1, ?2)")?
            .execute(params![key, number])?;
        Ok(Known { number, id, revision: None, digest: None })
    }

    /// The article of a line that is no longer what it was. Lines are known by their number only, and
    /// a line that is put in or taken out moves all below it: equal bytes in the same file are the same
    /// article still; a line that tells the same story was edited; anything else is another article.
    fn owner_of_line(
        &self,
        file: i64,
        own: Known,
        origin: &Origin,
        article: &Article,
    ) -> rusqlite::Result<Option<Known>> {
        let elsewhere: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT article FROM records WHERE hash = ?1 AND file = ?2 AND article IS NOT NULL LIMIT 1",
            )?
            .query_row(params![origin.hash, file], |row| row.get(0))
            .optional()?;
        match elsewhere {
            Some(number) => write::known(&self.connection, number),
            None if self.is_same(&own, article)? => Ok(Some(own)),
            None => Ok(None),
        }
    }

    /// The article of equal bytes whose file is gone: it was renamed, or its folder was.
    fn moved(&self, origin: &Origin) -> rusqlite::Result<Option<Known>> {
        if origin.hash.is_empty() {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT article FROM records WHERE hash = ?1 AND article IS NOT NULL LIMIT 16",
        )?;
        let numbers: Vec<i64> =
            statement.query_map([&origin.hash], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for number in numbers {
            if let Some(known) = write::known(&self.connection, number)?
                && known.revision.is_some()
                && matches!(self.rival(&known, origin)?, Rival::Gone)
            {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    /// Whether another origin of an article still stands.
    fn rival(&self, known: &Known, origin: &Origin) -> rusqlite::Result<Rival> {
        if known.revision.is_none() {
            return Ok(Rival::Gone);
        }
        let others = self.files_of_others(known.number, origin, i64::MIN)?;
        Ok(if others.iter().any(|file| stands(file)) { Rival::Stands } else { Rival::Gone })
    }

    /// The files of other origins of an article that were saved after a moment; enough of them to ask.
    fn files_of_others(&self, number: i64, origin: &Origin, after: i64) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT path FROM records JOIN files ON files.number = records.file
              WHERE article = ?1 AND records.modified > ?2 AND NOT (path = ?3 AND member = ?4 AND record = ?5)
              LIMIT 16",
        )?;
        let key = params![number, after, origin.file, origin.member, origin.record];
        statement.query_map(key, |row| row.get(0))?.collect()
    }

    fn is_same(&self, known: &Known, article: &Article) -> rusqlite::Result<bool> {
        let revision = known.revision.unwrap_or(0).unsigned_abs();
        let stored = read::article(&self.connection, revision, false)?;
        Ok(stored.is_some_and(|stored| identity::is_same_article(&stored, article)))
    }

    /// Whether another copy of the article was saved after this one.
    fn is_older(&self, number: i64, origin: &Origin) -> rusqlite::Result<bool> {
        let newer = self.files_of_others(number, origin, origin.modified)?;
        Ok(newer.iter().any(|file| stands(file)))
    }
}

enum Rival {
    Gone,
    Stands,
}

/// Whether a record is known by its number in a file, and by nothing else.
fn is_positional(identity: &Identity, origin: &Origin) -> bool {
    *identity == Identity::Place && !origin.record.is_empty()
}

fn is_changed(known: Option<&KnownRecord>, origin: &Origin) -> bool {
    known.is_some_and(|record| record.hash != origin.hash)
}

/// Whether a file is still there. One that cannot be asked about is.
fn stands(file: &str) -> bool {
    Path::new(file).try_exists().unwrap_or(true)
}

fn shared_identity(identity: &Identity, other: &ArticleId) -> Doubt {
    let (field, what) = match identity {
        Identity::Given(_) => ("id", "id"),
        Identity::Url(_) | Identity::Place => ("url", "address"),
    };
    Doubt {
        field: field.to_owned(),
        reason: format!("another article with another text ({other}) has the same {what}"),
    }
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
                "SELECT count(CASE outcome WHEN 'article' THEN 1 END), count(CASE outcome WHEN 'skipped' THEN 1 END),
                        count(CASE outcome WHEN 'failed' THEN 1 END)
                   FROM files LEFT JOIN records ON records.file = files.number AND records.run = files.run
                  WHERE path = ?1 AND files.size = ?2 AND files.modified = ?3 AND reading = ?4 AND complete = 1
                  GROUP BY files.number",
            )
            .and_then(|mut statement| {
                let key = params![file.path, size(file.size), file.modified, file.reading];
                let count = |row: &rusqlite::Row<'_>, column| row.get::<_, i64>(column).map(i64::unsigned_abs);
                statement
                    .query_row(key, |row| {
                        Ok(KnownFile { articles: count(row, 0)?, skipped: count(row, 1)?, failed: count(row, 2)? })
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
            let digest = known.and_then(|known| known.digest);
            if digest.as_deref() != Some(write::digest(&article).as_str()) {
                intake.rows.put(&intake.connection, number, &article, true)?;
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
