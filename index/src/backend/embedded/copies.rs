//! Articles that are one text saved twice, kept up to date with every put and delete.
//!
//! `likeness` says who is to be compared and who is a copy; here are its tables. Equal bytes need no
//! table: `records` has their digests.

use std::sync::LazyLock;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use super::store::read;
use crate::article::Article;
use crate::backend::SavedCopy;
use crate::likeness::{Fingerprint, Likeness, Profile, SKETCH, likeness, may_be_like};
use crate::published::PartialDate;

/// Grows with every change of `likeness` that should reach archives made before.
const VERSION: &str = "1";
/// Articles of one key that an article is compared with: those that came last.
const COMPARED: usize = 64;
/// Articles of one transaction that makes fingerprints anew: a process that is stopped loses no more.
const BATCH: usize = 2_000;
/// Copies that are told of one article.
const TOLD: usize = 20;

/// Remembers an article as it now is, and which others are its copies.
pub(super) fn note(connection: &Connection, number: i64, article: &Article) -> rusqlite::Result<()> {
    note_profile(connection, number, &Profile::of(article))
}

fn note_profile(connection: &Connection, number: i64, profile: &Profile) -> rusqlite::Result<()> {
    forget(connection, number)?;
    let keys = profile.fingerprint.keys();
    for other in candidates(connection, &keys)? {
        let Some(known) = fingerprint(connection, other)? else { continue };
        if !may_be_like(&profile.fingerprint, &known) {
            continue;
        }
        let Some(other_profile) = stored(connection, other)? else { continue };
        if let Some(why) = likeness(profile, &other_profile) {
            link(connection, number, other, why)?;
        }
    }
    insert(connection, number, &profile.fingerprint, &keys)
}

/// Forgets an article that is deleted or written anew.
pub(super) fn forget(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    let Some(known) = fingerprint(connection, number)? else { return Ok(()) };
    let mut remove =
        connection.prepare_cached("DELETE FROM likeness_keys WHERE key = ?1 AND article = ?2")?;
    for key in known.keys() {
        remove.execute([key, number])?;
    }
    connection.prepare_cached("DELETE FROM fingerprints WHERE article = ?1")?.execute([number])?;
    connection
        .prepare_cached(
            "DELETE FROM same WHERE article IN (SELECT other FROM same WHERE article = ?1) AND other = ?1",
        )?
        .execute([number])?;
    connection.prepare_cached("DELETE FROM same WHERE article = ?1")?.execute([number])?;
    Ok(())
}

/// Whether every article has its fingerprint.
pub(super) fn is_current(connection: &Connection) -> rusqlite::Result<bool> {
    Ok(super::store::property(connection, "likeness")? == VERSION)
}

/// Makes the next fingerprints of an archive that has none yet, or older ones, and says whether all are
/// made. Inside a transaction: how far it came is written with them, so that it may be stopped between
/// two calls, and several processes may take turns.
pub(super) fn catch_up(connection: &Connection) -> rusqlite::Result<bool> {
    catch_up_with(connection, BATCH)
}

/// [`catch_up`] in steps of so many articles.
pub(super) fn catch_up_with(connection: &Connection, batch: usize) -> rusqlite::Result<bool> {
    if is_current(connection)? {
        return Ok(true);
    }
    let reached = reached(connection)?;
    if reached.is_none() {
        connection.execute_batch("DELETE FROM same; DELETE FROM likeness_keys; DELETE FROM fingerprints;")?;
    }
    let numbers = numbers_after(connection, reached.unwrap_or(0), batch)?;
    for &number in &numbers {
        if let Some(profile) = stored(connection, number)? {
            note_profile(connection, number, &profile)?;
        }
    }
    let mut set = connection.prepare_cached("INSERT OR REPLACE INTO archive (key, value) VALUES (?1, ?2)")?;
    if let Some(last) = numbers.last() {
        set.execute([REACHED, &format!("{VERSION} {last}")])?;
        return Ok(false);
    }
    set.execute(["likeness", VERSION])?;
    connection.execute("DELETE FROM archive WHERE key = ?1", [REACHED])?;
    Ok(true)
}

/// The key of the version that is being made, and the last article that has it.
const REACHED: &str = "likeness-reached";

/// The last article that has its fingerprint of this version; `None` before the first.
fn reached(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let reached = super::store::property(connection, REACHED)?;
    let of_this = reached.split_once(' ').filter(|(version, _)| *version == VERSION);
    Ok(of_this.and_then(|(_, number)| number.parse().ok()))
}

fn numbers_after(connection: &Connection, after: i64, limit: usize) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT number FROM articles WHERE revision IS NOT NULL AND number > ?1 ORDER BY number LIMIT ?2",
    )?;
    let numbers = statement.query_map(params![after, limit], |row| row.get(0))?;
    numbers.collect()
}

fn candidates(connection: &Connection, keys: &[i64]) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(&CANDIDATES)?;
    let found = statement.query_map(params_from_iter(all_keys(keys)), |row| row.get(0))?;
    let mut found: Vec<i64> = found.collect::<Result<_, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// One statement for all keys of an article: six would take three times as long.
static CANDIDATES: LazyLock<String> = LazyLock::new(|| {
    let of_key = |number: usize| {
        format!(
            "SELECT article FROM (SELECT article FROM likeness_keys WHERE key = ?{number}
                                   ORDER BY article DESC LIMIT {COMPARED})"
        )
    };
    (1..=Fingerprint::KEYS).map(of_key).collect::<Vec<_>>().join(" UNION ALL ")
});

/// As many keys as an article can have; what it lacks is a key that nobody has.
fn all_keys(keys: &[i64]) -> impl Iterator<Item = i64> {
    keys.iter().copied().chain(std::iter::repeat(-1)).take(Fingerprint::KEYS)
}

fn insert(
    connection: &Connection,
    number: i64,
    fingerprint: &Fingerprint,
    keys: &[i64],
) -> rusqlite::Result<()> {
    let sketch: Vec<u8> = fingerprint.sketch.iter().flat_map(|value| value.to_le_bytes()).collect();
    connection
        .prepare_cached(
            "INSERT INTO fingerprints (article, words, text, title, sketch) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            number,
            fingerprint.words,
            fingerprint.text.cast_signed(),
            fingerprint.title.cast_signed(),
            sketch
        ])?;
    if keys.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = (2..2 + keys.len()).map(|place| format!("(?{place}, ?1)")).collect();
    let sql = format!("INSERT OR IGNORE INTO likeness_keys (key, article) VALUES {}", rows.join(", "));
    let values = std::iter::once(number).chain(keys.iter().copied());
    connection.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn fingerprint(connection: &Connection, number: i64) -> rusqlite::Result<Option<Fingerprint>> {
    connection
        .prepare_cached("SELECT words, text, title, sketch FROM fingerprints WHERE article = ?1")?
        .query_row([number], |row| {
            Ok(Fingerprint {
                words: row.get(0)?,
                text: row.get::<_, i64>(1)?.cast_unsigned(),
                title: row.get::<_, i64>(2)?.cast_unsigned(),
                sketch: sketch(row)?,
            })
        })
        .optional()
}

fn sketch(row: &Row<'_>) -> rusqlite::Result<[u32; SKETCH]> {
    let bytes = row.get_ref(3)?.as_blob()?;
    let mut sketch = [0; SKETCH];
    if bytes.len() != 4 * SKETCH {
        return Err(rusqlite::Error::InvalidColumnType(3, "sketch".into(), Type::Blob));
    }
    for (value, bytes) in sketch.iter_mut().zip(bytes.chunks_exact(4)) {
        *value = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    }
    Ok(sketch)
}

/// The profile of an article's current revision.
fn stored(connection: &Connection, number: i64) -> rusqlite::Result<Option<Profile>> {
    connection
        .prepare_cached(
            "SELECT title, text, published FROM articles JOIN revisions ON revisions.change = articles.revision
              WHERE articles.number = ?1",
        )?
        .query_row([number], |row| {
            let published: Option<String> = row.get(2)?;
            let published = published.as_deref().and_then(PartialDate::parse);
            Ok(Profile::new(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, published.as_ref()))
        })
        .optional()
}

fn link(connection: &Connection, one: i64, other: i64, why: Likeness) -> rusqlite::Result<()> {
    let mut link =
        connection.prepare_cached("INSERT OR REPLACE INTO same (article, other, why) VALUES (?1, ?2, ?3)")?;
    link.execute(params![one, other, why.as_str()])?;
    link.execute(params![other, one, why.as_str()])?;
    Ok(())
}

/// The articles that are copies of one, with their numbers: the surest first.
pub(super) fn of(connection: &Connection, number: u64) -> rusqlite::Result<Vec<(u64, SavedCopy)>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, min(rank) FROM (
            SELECT others.article AS number, 0 AS rank FROM records
              JOIN records AS others ON others.hash = records.hash AND others.article <> records.article
             WHERE records.article = ?1 AND records.hash <> ''
            UNION ALL
            SELECT other, CASE why WHEN 'text' THEN 1 ELSE 2 END FROM same WHERE article = ?1)
          GROUP BY number ORDER BY min(rank), number LIMIT ?2",
    )?;
    let found =
        statement.query_map(params![number, TOLD], |row| Ok((row.get(0)?, row.get::<_, usize>(1)?)))?;
    let mut copies = Vec::new();
    for copy in found {
        let (number, rank) = copy?;
        let why = Likeness::ALL[rank.min(Likeness::ALL.len() - 1)];
        if let Some((id, about)) = read::about(connection, number)? {
            let copy =
                SavedCopy { id, why, title: about.title, source: about.source, published: about.published };
            copies.push((number, copy));
        }
    }
    Ok(copies)
}

/// How many articles have a copy.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<u64> {
    connection.query_row(
        "SELECT count(*) FROM (
            SELECT article FROM same
            UNION
            SELECT records.article FROM records JOIN articles ON articles.number = records.article
             WHERE revision IS NOT NULL AND hash IN (
                SELECT hash FROM records JOIN articles ON articles.number = records.article
                 WHERE revision IS NOT NULL AND hash <> '' GROUP BY hash HAVING count(DISTINCT article) > 1))",
        [],
        |row| row.get(0),
    )
}
