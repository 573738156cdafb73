//! What was seen: the files and records as `archive.db` remembers them from run to run.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::EmbeddedIntake;
use super::claims::stands;
use super::files::{REASON, bin};
use crate::article::Origin;
use crate::record::{Bin, FileState, KnownFile};
use crate::wishes::Wishes;

/// A record as the archive remembers it.
pub(super) struct KnownRecord {
    pub(super) number: i64,
    pub(super) article: Option<i64>,
    pub(super) hash: String,
    pub(super) outcome: String,
    /// The article as it last gave it.
    pub(super) digest: Option<String>,
}

/// What is to be remembered of a record.
pub(super) struct Fate<'f> {
    pub(super) outcome: &'f str,
    pub(super) bin: Bin,
    pub(super) reason: Option<&'f str>,
    /// The article's number and digest.
    pub(super) article: Option<(i64, &'f str)>,
}

impl EmbeddedIntake<'_> {
    /// The row of the file that a record lies in. Until the file is finished, it is incomplete.
    pub(super) fn file_number(&mut self, origin: &Origin) -> rusqlite::Result<i64> {
        self.connection
            .prepare_cached(
                "INSERT INTO files (path, size, modified, reading, complete) VALUES (?1, ?2, ?3, '', 0)
                 ON CONFLICT (path) DO UPDATE SET complete = 0 RETURNING number",
            )?
            .query_row(params![origin.file, size(origin.size), origin.modified], |row| row.get(0))
    }

    /// What is known of a record. One file can hold two records of one name: the second that this
    /// run meets is a record of its own.
    pub(super) fn known_record(
        &self,
        file: i64,
        mut origin: Origin,
    ) -> rusqlite::Result<(Origin, Option<KnownRecord>)> {
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
    pub(super) fn note(
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

/// Says that a file's records follow. What is asked of it stands from now on, even if the run stops.
pub(super) fn begin_file(connection: &Connection, file: &FileState) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO files (path, size, modified, reading, complete) VALUES (?1, ?2, ?3, ?4, 0)
             ON CONFLICT (path) DO UPDATE SET reading = ?4, complete = 0",
        )?
        .execute(params![file.path, size(file.size), file.modified, file.wishes.written(&file.reading)])?;
    Ok(())
}

/// Says that all records of a file were met.
pub(super) fn finish_file(connection: &Connection, file: &FileState, run: i64) -> rusqlite::Result<()> {
    let reading = file.wishes.written(&file.reading);
    connection
        .prepare_cached(
            "INSERT INTO files (path, size, modified, reading, complete, run) VALUES (?1, ?2, ?3, ?4, 1, ?5)
             ON CONFLICT (path) DO UPDATE SET size = ?2, modified = ?3, reading = ?4, complete = 1, run = ?5",
        )?
        .execute(params![file.path, size(file.size), file.modified, reading, run])?;
    Ok(())
}

/// What stands of what people asked for of a file. One that is new here, and has the name, the size and
/// the moment of one that is gone, was moved with what was asked of it.
pub(super) fn wishes_of(connection: &Connection, file: &FileState) -> rusqlite::Result<Wishes> {
    let reading: Option<String> = connection
        .prepare_cached("SELECT reading FROM files WHERE path = ?1")?
        .query_row([&file.path], |row| row.get(0))
        .optional()?;
    match reading {
        Some(reading) => Ok(Wishes::read(&reading)),
        None => wishes_of_moved(connection, file),
    }
}

fn wishes_of_moved(connection: &Connection, file: &FileState) -> rusqlite::Result<Wishes> {
    // Only files of which something was asked, and on disk: most archives have none, large ones many.
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS asked AS
            SELECT path, size, modified, reading FROM files WHERE instr(reading, char(10)) OR instr(reading, ' ');
         CREATE INDEX IF NOT EXISTS temp.asked_by_moment ON asked (modified, size);",
    )?;
    let mut statement =
        connection.prepare("SELECT path, reading FROM temp.asked WHERE modified = ?1 AND size = ?2")?;
    let alike = statement.query_map(params![file.modified, size(file.size)], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let name = Path::new(&file.path).file_name();
    for found in alike {
        let (path, reading) = found?;
        if Path::new(&path).file_name() == name && !stands(&path) {
            return Ok(Wishes::read(&reading));
        }
    }
    Ok(Wishes::default())
}

/// What is known of a file that is still just so.
pub(super) fn known_file(connection: &Connection, file: &FileState) -> rusqlite::Result<Option<KnownFile>> {
    let key = params![file.path, size(file.size), file.modified, file.wishes.written(&file.reading)];
    let found: Option<(i64, i64)> = connection
        .prepare_cached(
            "SELECT number, run FROM files
              WHERE path = ?1 AND size = ?2 AND modified = ?3 AND reading = ?4 AND complete = 1",
        )?
        .query_row(key, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((number, run)) = found else { return Ok(None) };
    let mut known = KnownFile::default();
    let mut counted = connection.prepare_cached(&format!(
        "SELECT bin, {REASON}, count(*) FROM records WHERE file = ?1 AND run = ?2 GROUP BY 1, 2"
    ))?;
    let mut rows = counted.query([number, run])?;
    while let Some(row) = rows.next()? {
        let (bin, count) = (bin(row.get_ref(0)?.as_str()?), row.get(2)?);
        known.bins.add(bin, count);
        if bin != Bin::Article {
            known.reasons.push((row.get(1)?, count));
        }
    }
    Ok(Some(known))
}

/// Paths that were given to an ingest and are not there were kept as records once: nobody can mend them.
pub(super) fn forget_mistyped(connection: &Connection) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(
        "SELECT files.number, path FROM records JOIN files ON files.number = records.file
          WHERE bin = 'failed' AND reason = 'no such file or folder' AND article IS NULL AND complete = 0",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let found: Vec<(i64, String)> = found.collect::<Result<_, _>>()?;
    for (number, path) in found {
        if !stands(&path) {
            connection.execute("DELETE FROM records WHERE file = ?1 AND article IS NULL", [number])?;
            connection.execute(
                "DELETE FROM files WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM records WHERE file = ?1)",
                [number],
            )?;
        }
    }
    Ok(())
}

/// SQLite's integers are signed.
fn size(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
