//! What people corrected: the log, what stands of it laid over each new revision, and the turn that an
//! edit gets between two commits of an ingest.
//!
//! A revision that was corrected holds the person's values, and the digest of the article as extraction
//! made it, so that a file that has not changed is still unchanged. What the values cover lies in
//! `extracted`, in the words of the last extraction.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::store::read;
use super::store::write::{self, ArticleRows, Known};
use super::{Embedded, EmbeddedIntake, locks};
use crate::article::{Article, ArticleId};
use crate::backend::Result;
use crate::edit::{self, Correction, Edit, EditOutcome, Edited, Extracted, Field, Value};

impl EmbeddedIntake<'_> {
    /// Writes an article as extraction made it, with what people said laid over, and makes it current.
    pub(super) fn put_current(
        &mut self,
        number: i64,
        article: &Article,
        digest: &str,
    ) -> rusqlite::Result<()> {
        put_corrected(&self.connection, &mut self.rows, number, article, digest)
    }

    /// Lets an edit that is waiting go first: without that, a run that writes without a pause would begin
    /// its next transaction before anybody else could.
    pub(super) fn let_edits_pass(&self) {
        locks::let_pass(&self.archive.edit_lock());
    }
}

/// Lays over an article that is about to be written what stands of its log.
fn put_corrected(
    connection: &Connection,
    rows: &mut ArticleRows,
    number: i64,
    article: &Article,
    digest: &str,
) -> rusqlite::Result<()> {
    let standing = edit::standing(log_of(connection, number)?);
    if standing.is_empty() {
        rows.put(connection, number, article, digest, true)?;
        return Ok(());
    }
    let mut corrected = article.clone();
    let covered = edit::lay(&mut corrected, &edit::values(&standing));
    keep(connection, number, &covered)?;
    rows.put(connection, number, &corrected, digest, true)?;
    Ok(())
}

/// Keeps what extraction says of corrected fields.
fn keep(connection: &Connection, number: i64, covered: &Extracted) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM extracted WHERE article = ?1")?.execute([number])?;
    for (field, value) in covered {
        connection
            .prepare_cached("INSERT INTO extracted (article, field, value) VALUES (?1, ?2, ?3)")?
            .execute(params![number, field, value.to_string()])?;
    }
    Ok(())
}

fn covered(connection: &Connection, number: i64) -> rusqlite::Result<Extracted> {
    let mut statement = connection.prepare_cached("SELECT field, value FROM extracted WHERE article = ?1")?;
    let rows = statement.query_map([number], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let mut covered = Extracted::new();
    for row in rows {
        let (field, value) = row?;
        covered.insert(field, serde_json::from_str(&value).map_err(|error| unreadable(&error))?);
    }
    Ok(covered)
}

/// Takes off an article what people said: claims compare what extraction made.
pub(super) fn uncorrect(connection: &Connection, number: i64, article: &mut Article) -> rusqlite::Result<()> {
    edit::lift(article, &covered(connection, number)?);
    Ok(())
}

/// What people said of an article and still stands, beside what extraction says.
pub(super) fn corrections(connection: &Connection, number: i64) -> rusqlite::Result<Vec<Correction>> {
    let standing = edit::standing(log_of(connection, number)?);
    Ok(edit::corrections(standing, &covered(connection, number)?))
}

fn log_of(connection: &Connection, number: i64) -> rusqlite::Result<Vec<Edit>> {
    let mut statement =
        connection.prepare_cached(&format!("{LOG} WHERE article = ?1 ORDER BY edits.number"))?;
    let rows = statement.query_map([number], from_row)?;
    rows.filter_map(Result::transpose).collect()
}

const LOG: &str =
    "SELECT articles.id, field, value, who, at FROM edits JOIN articles ON articles.number = article";

/// An entry of the log; `None` where its field is one that this version does not know.
fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Edit>> {
    let (id, field): (String, String) = (row.get(0)?, row.get(1)?);
    let (Some(article), Some(field)) = (ArticleId::new(id), Field::from_name(&field)) else {
        return Ok(None);
    };
    let value: Option<String> = row.get(2)?;
    let value = value.map(|value| serde_json::from_str::<Value>(&value)).transpose();
    let value = value.map_err(|error| unreadable(&error))?;
    Ok(Some(Edit { article, field, value, who: row.get(3)?, at: row.get(4)? }))
}

fn unreadable(error: &serde_json::Error) -> rusqlite::Error {
    rusqlite::types::FromSqlError::other(std::io::Error::other(error.to_string())).into()
}

impl Embedded {
    /// Held by whoever is about to edit; an ingest waits for it before each of its transactions.
    pub(super) fn edit_lock(&self) -> std::path::PathBuf {
        self.folder.join("edit.lock")
    }

    /// Whether somebody is ingesting now: an edit then waits for its next commit.
    #[must_use]
    pub fn is_being_written(&self) -> bool {
        !locks::is_free(&self.ingest_lock())
    }

    pub(super) fn write_edits(&self, edits: &[Edit]) -> Result<Edited> {
        let outcomes = {
            let _turn = locks::wait_for(&self.edit_lock(), "edit")?;
            self.with_connection(|connection| {
                append(connection, edits).map_err(|error| self.database.failed(&error))
            })?
        };
        // What is written is written, whether it can be shown now or not.
        let problem = if outcomes.contains(&EditOutcome::Written) {
            self.publish().err().map(|error| error.to_string())
        } else {
            None
        };
        Ok(Edited { outcomes, problem })
    }

    /// Has the mentions of articles found anew, each in a transaction of its own: a run that ingests need
    /// not wait for all of them.
    pub(super) fn recognise_anew(
        &self,
        articles: &[ArticleId],
        recognise: &mut dyn FnMut(&mut Article),
    ) -> Result<u64> {
        let mut changed = 0;
        for id in articles {
            let _turn = locks::wait_for(&self.edit_lock(), "edit")?;
            let is_changed = self.with_connection(|connection| {
                reread(connection, id, recognise).map_err(|error| self.database.failed(&error))
            })?;
            changed += u64::from(is_changed);
        }
        if changed > 0 {
            self.publish()?;
        }
        Ok(changed)
    }

    pub(super) fn read_edits(&self, of: Option<&ArticleId>) -> Result<Vec<Edit>> {
        self.with_connection(|connection| {
            let read = (|| {
                let known = of.map(|id| write::known_by_id(connection, id)).transpose()?;
                match known {
                    Some(None) => Ok(Vec::new()),
                    Some(Some(known)) => log_of(connection, known.number),
                    None => {
                        let mut statement = connection.prepare(&format!("{LOG} ORDER BY edits.number"))?;
                        statement.query_map([], from_row)?.filter_map(Result::transpose).collect()
                    }
                }
            })();
            read.map_err(|error| self.database.failed(&error))
        })
    }
}

/// Appends edits to the log, and gives each article that they change a new revision.
fn append(connection: &Connection, edits: &[Edit]) -> rusqlite::Result<Vec<EditOutcome>> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let mut outcomes = Vec::with_capacity(edits.len());
    let mut changed: BTreeMap<i64, Known> = BTreeMap::new();
    for edit in edits {
        let known = write::known_by_id(&transaction, &edit.article)?.filter(|known| known.revision.is_some());
        let Some(known) = known else {
            outcomes.push(EditOutcome::NoArticle);
            continue;
        };
        let outcome = append_one(&transaction, known.number, edit)?;
        outcomes.push(outcome);
        if outcome == EditOutcome::Written {
            changed.insert(known.number, known);
        }
    }
    let mut rows = ArticleRows::default();
    for known in changed.values() {
        lay_anew(&transaction, &mut rows, known)?;
    }
    transaction.commit()?;
    Ok(outcomes)
}

/// Writes an article's next revision if other mentions are found in it now.
fn reread(
    connection: &Connection,
    id: &ArticleId,
    recognise: &mut dyn FnMut(&mut Article),
) -> rusqlite::Result<bool> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let known = write::known_by_id(&transaction, id)?.filter(|known| known.revision.is_some());
    let Some(known) = known else { return Ok(false) };
    let mut article = as_extracted(&transaction, &known)?;
    let before = article.mentions.clone();
    recognise(&mut article);
    if article.mentions == before {
        return Ok(false);
    }
    put_anew(&transaction, &mut ArticleRows::default(), &known, &article)?;
    transaction.commit()?;
    Ok(true)
}

fn append_one(connection: &Connection, number: i64, edit: &Edit) -> rusqlite::Result<EditOutcome> {
    let value = edit.value.as_ref().map(|value| serde_json::to_string(value).unwrap_or_default());
    let before: Option<Option<String>> = connection
        .prepare_cached(
            "SELECT value FROM edits WHERE article = ?1 AND field = ?2 ORDER BY number DESC LIMIT 1",
        )?
        .query_row(params![number, edit.field.as_str()], |row| row.get(0))
        .optional()?;
    if before.flatten() == value {
        return Ok(EditOutcome::Unchanged);
    }
    connection
        .prepare_cached("INSERT INTO edits (article, field, value, who, at) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![number, edit.field.as_str(), value, edit.who, edit.at])?;
    Ok(EditOutcome::Written)
}

/// Writes an article's next revision from what extraction made of it and what now stands of its log.
fn lay_anew(connection: &Connection, rows: &mut ArticleRows, known: &Known) -> rusqlite::Result<()> {
    let article = as_extracted(connection, known)?;
    put_anew(connection, rows, known, &article)
}

/// An article as extraction made it.
fn as_extracted(connection: &Connection, known: &Known) -> rusqlite::Result<Article> {
    let revision = known.revision.unwrap_or_default().unsigned_abs();
    let article = read::article(connection, revision, true)?;
    let mut article = article.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    uncorrect(connection, known.number, &mut article)?;
    Ok(article)
}

fn put_anew(
    connection: &Connection,
    rows: &mut ArticleRows,
    known: &Known,
    article: &Article,
) -> rusqlite::Result<()> {
    keep(connection, known.number, &Extracted::new())?;
    let digest = known.digest.as_deref().unwrap_or_default();
    put_corrected(connection, rows, known.number, article, digest)
}
