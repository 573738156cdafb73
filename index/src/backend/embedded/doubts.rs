//! The doubts of current revisions: kept with every put and delete, counted and listed.

use std::fmt::Write;

use rusqlite::{Connection, params};

use super::store::read;
use super::{Embedded, Result};
use crate::article::{Doubt, DoubtKind};
use crate::doubts::{DoubtfulArticle, Doubts, DoubtsRequest, FieldCount, KindCount, sort_counts};

/// Keeps what an article's current revision is unsure of; nothing, once it is deleted.
pub(super) fn note(connection: &Connection, article: i64, doubts: &[Doubt]) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM current_doubts WHERE article = ?1")?.execute([article])?;
    for (position, doubt) in doubts.iter().enumerate() {
        connection
            .prepare_cached(
                "INSERT INTO current_doubts (article, position, kind, field) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![article, position, doubt.kind.as_str(), doubt.field])?;
    }
    Ok(())
}

/// How many articles have a doubt of each kind, about a field or any: most first.
pub(super) fn kinds(connection: &Connection, field: &str) -> rusqlite::Result<Vec<KindCount>> {
    let mut statement = connection.prepare_cached(
        "SELECT kind, count(DISTINCT article) FROM current_doubts WHERE ?1 = '' OR field = ?1 GROUP BY kind",
    )?;
    let counted = statement.query_map([field], |row| {
        let kind = DoubtKind::from_name(row.get_ref(0)?.as_str()?).unwrap_or_default();
        Ok(KindCount { kind, label: kind.label().to_owned(), count: row.get(1)? })
    })?;
    let mut kinds: Vec<KindCount> = counted.collect::<Result<_, _>>()?;
    sort_counts(&mut kinds, &mut []);
    Ok(kinds)
}

fn fields(connection: &Connection, kind: Option<DoubtKind>) -> rusqlite::Result<Vec<FieldCount>> {
    let mut statement = connection.prepare_cached(
        "SELECT field, count(DISTINCT article) FROM current_doubts WHERE ?1 IS NULL OR kind = ?1 GROUP BY field",
    )?;
    let counted = statement.query_map([kind.map(DoubtKind::as_str)], |row| {
        Ok(FieldCount { field: row.get(0)?, count: row.get(1)? })
    })?;
    let mut fields: Vec<FieldCount> = counted.collect::<Result<_, _>>()?;
    sort_counts(&mut Vec::new(), &mut fields);
    Ok(fields)
}

/// The weights of kinds, as SQL.
fn weights() -> String {
    DoubtKind::ALL.into_iter().fold(String::from("CASE kind"), |mut sql, kind| {
        let _ = write!(sql, " WHEN '{}' THEN {}", kind.as_str(), kind.weight());
        sql
    }) + " ELSE 1 END"
}

impl Embedded {
    pub(super) fn list_doubts(&self, request: &DoubtsRequest) -> Result<Doubts> {
        self.with_connection(|connection| {
            let transaction = connection.unchecked_transaction();
            let listed = transaction.and_then(|_reading| list(connection, request));
            listed.map_err(|error| self.database.failed(&error))
        })
    }
}

fn list(connection: &Connection, request: &DoubtsRequest) -> rusqlite::Result<Doubts> {
    let kind = request.kind.map(DoubtKind::as_str);
    let wanted =
        "SELECT article FROM current_doubts WHERE (?1 IS NULL OR kind = ?1) AND (?2 = '' OR field = ?2)";
    let total = connection
        .prepare_cached(&format!("SELECT count(*) FROM ({wanted} GROUP BY article)"))?
        .query_row(params![kind, request.field], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(&format!(
        "SELECT article FROM current_doubts WHERE article IN ({wanted})
          GROUP BY article ORDER BY sum({}) DESC, article LIMIT ?3 OFFSET ?4",
        weights()
    ))?;
    let page = params![kind, request.field, request.limit, request.offset];
    let numbers: Vec<u64> = statement.query_map(page, |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut articles = Vec::with_capacity(numbers.len());
    for number in numbers {
        let Some((id, about)) = read::about(connection, number)? else { continue };
        let read::About { title, source, published, doubts } = about;
        articles.push(DoubtfulArticle { id, title, source, published, doubts });
    }
    let reached = request.offset.saturating_add(articles.len());
    Ok(Doubts {
        total,
        kinds: kinds(connection, &request.field)?,
        fields: fields(connection, request.kind)?,
        next: (!articles.is_empty() && (reached as u64) < total).then_some(reached),
        articles,
        problems: Vec::new(),
    })
}
