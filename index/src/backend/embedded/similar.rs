//! Which article somebody may mean who typed what is no id: its address, its file, or nearly its id.

use rusqlite::Connection;

use super::Embedded;
use crate::article::ArticleId;
use crate::backend::{Result, near};

/// Articles that are looked at for one that may be meant.
const LOOKED_AT: i64 = 2_000;

impl Embedded {
    pub(super) fn find_ids_like(&self, typed: &str) -> Result<Vec<(ArticleId, String)>> {
        self.with_connection(|connection| {
            ids_like(connection, typed.trim()).map_err(|error| self.database.failed(&error))
        })
    }
}

/// Articles of which a person may have typed the address, the file or nearly the id.
fn ids_like(connection: &Connection, typed: &str) -> rusqlite::Result<Vec<(ArticleId, String)>> {
    const CURRENT: &str = "SELECT DISTINCT articles.id, title FROM articles
        JOIN revisions ON revisions.change = articles.revision";
    let listed = |sql: &str, key: &[&dyn rusqlite::ToSql]| -> rusqlite::Result<Vec<(ArticleId, String)>> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map(key, |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        let pairs = rows.map(|row| row.map(|(id, title)| ArticleId::new(id).map(|id| (id, title))));
        pairs.filter_map(Result::transpose).collect()
    };
    let offered = near::OFFERED;
    let mut named = listed(
        &format!(
            "{CURRENT} LEFT JOIN records ON records.article = articles.number
               LEFT JOIN files ON files.number = records.file
              WHERE revisions.url = ?1 OR files.path = ?1 OR substr(files.path, -length(?1) - 1) IN ('/' || ?1, '\\' || ?1)
              LIMIT {offered}"
        ),
        &[&typed],
    )?;
    if named.is_empty() {
        let candidates = listed(
            &format!(
                "{CURRENT} WHERE instr(lower(articles.id), lower(?1)) > 0
                   OR (abs(length(articles.id) - length(?1)) <= 2
                       AND (substr(articles.id, 1, 2) = substr(?1, 1, 2) OR substr(articles.id, -2) = substr(?1, -2)))
                 LIMIT {LOOKED_AT}"
            ),
            &[&typed],
        )?;
        named = near::nearest(typed, candidates);
    }
    Ok(named)
}
