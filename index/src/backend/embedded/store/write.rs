//! Articles become rows of `archive.db`, inside a transaction that the caller opened.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::{copies, doubts};
use crate::article::{Article, ArticleId};
use crate::identity;
use crate::published::Published;
use crate::registry;

/// Names that are remembered with their numbers; beyond it the memory starts anew.
const REMEMBERED: usize = 100_000;

/// Writes articles, remembering the numbers of what comes again and again.
#[derive(Debug, Default)]
pub(in super::super) struct ArticleRows {
    numbers: HashMap<(&'static str, String), i64>,
}

impl ArticleRows {
    /// Forgets all numbers: after a rollback they may never have been given.
    pub(in super::super) fn forget(&mut self) {
        self.numbers.clear();
    }

    /// Writes a revision of an article and makes it the current one, unless `current` is false: then
    /// it is kept as an older copy. `digest` is that of the article as extraction made it, whatever
    /// people corrected. Returns its change.
    pub(in super::super) fn put(
        &mut self,
        connection: &Connection,
        number: i64,
        article: &Article,
        digest: &str,
        current: bool,
    ) -> rusqlite::Result<i64> {
        let change = next_change(connection, number, "put")?;
        self.insert_revision(connection, change, number, article, digest)?;
        self.insert_names(connection, change, article)?;
        if current {
            connection
                .prepare_cached("UPDATE articles SET revision = ?2 WHERE number = ?1")?
                .execute([number, change])?;
            doubts::note(connection, number, &article.doubts)?;
            copies::note(connection, number, article)?;
        }
        Ok(change)
    }

    fn insert_revision(
        &mut self,
        connection: &Connection,
        change: i64,
        number: i64,
        article: &Article,
        digest: &str,
    ) -> rusqlite::Result<()> {
        let source = article.source.as_ref();
        let source_number = self.maybe(connection, "sources", source.map(|source| source.name.as_str()))?;
        let section = self.maybe(connection, "sections", article.section.as_deref())?;
        let language = self.maybe(connection, "languages", article.language.as_ref().map(|l| l.code()))?;
        let (published, published_found) = date_columns(article.published.as_ref());
        let (updated, updated_found) = date_columns(article.updated.as_ref());
        connection
            .prepare_cached(
                "INSERT INTO revisions (change, article, title, standfirst, published, published_found, updated,
                    updated_found, source, domain, section, language, url, collection, text, blocks, doubts, extra, digest, found)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
            )?
            .execute(params![
                change,
                number,
                article.title,
                article.standfirst,
                published,
                published_found,
                updated,
                updated_found,
                source_number,
                source.and_then(|source| source.domain.as_deref()),
                section,
                language,
                article.url,
                article.collection,
                article.text,
                json(&article.blocks),
                json(&article.doubts),
                json(&article.extra),
                digest,
                json(&article.found),
            ])?;
        Ok(())
    }

    fn insert_names(
        &mut self,
        connection: &Connection,
        change: i64,
        article: &Article,
    ) -> rusqlite::Result<()> {
        for (position, byline) in article.bylines.iter().enumerate() {
            let author = self.number(connection, "authors", &byline.0)?;
            connection
                .prepare_cached(
                    "INSERT INTO revision_authors (revision, position, author) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![change, position, author])?;
        }
        for (position, tag) in article.tags.iter().enumerate() {
            let tag = self.number(connection, "tags", tag)?;
            connection
                .prepare_cached("INSERT INTO revision_tags (revision, position, tag) VALUES (?1, ?2, ?3)")?
                .execute(params![change, position, tag])?;
        }
        for (position, mention) in article.mentions.iter().enumerate() {
            let name = self.name_number(connection, &mention.name, mention.kind.as_str())?;
            connection
                .prepare_cached(
                    "INSERT INTO mentions (revision, position, field, start, end, text, name, found_by, resolved_by)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    change,
                    position,
                    mention.field.as_str(),
                    mention.start,
                    mention.end,
                    mention.text,
                    name,
                    mention.found_by,
                    mention.resolved_by,
                ])?;
        }
        Ok(())
    }

    fn maybe(
        &mut self,
        connection: &Connection,
        table: &'static str,
        name: Option<&str>,
    ) -> rusqlite::Result<Option<i64>> {
        name.map(|name| self.number(connection, table, name)).transpose()
    }

    /// The number of a name in one of the tables of names; given now if it has none.
    fn number(&mut self, connection: &Connection, table: &'static str, name: &str) -> rusqlite::Result<i64> {
        if let Some(number) = self.numbers.get(&(table, name.to_owned())) {
            return Ok(*number);
        }
        let mut find = connection.prepare_cached(&format!("SELECT number FROM {table} WHERE name = ?1"))?;
        let number = match find.query_row([name], |row| row.get(0)).optional()? {
            Some(number) => number,
            None => connection
                .prepare_cached(&format!("INSERT INTO {table} (name) VALUES (?1) RETURNING number"))?
                .query_row([name], |row| row.get(0))?,
        };
        self.remember(table, name, number);
        Ok(number)
    }

    fn name_number(
        &mut self,
        connection: &Connection,
        name: &str,
        kind: &'static str,
    ) -> rusqlite::Result<i64> {
        if let Some(number) = self.numbers.get(&(kind, name.to_owned())) {
            return Ok(*number);
        }
        let mut find = connection.prepare_cached("SELECT number FROM names WHERE name = ?1 AND kind = ?2")?;
        let number = match find.query_row([name, kind], |row| row.get(0)).optional()? {
            Some(number) => number,
            None => insert_name(connection, name, kind)?,
        };
        self.remember(kind, name, number);
        Ok(number)
    }

    fn remember(&mut self, table: &'static str, name: &str, number: i64) {
        if self.numbers.len() >= REMEMBERED {
            self.numbers.clear();
        }
        self.numbers.insert((table, name.to_owned()), number);
    }
}

fn insert_name(connection: &Connection, name: &str, kind: &str) -> rusqlite::Result<i64> {
    let slug = registry::slug(name);
    let place = kind == "place";
    let first: Option<i64> = connection
        .prepare_cached("SELECT min(number) FROM names WHERE slug = ?1 AND (kind = 'place') = ?2")?
        .query_row(params![slug, place], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO names (name, kind, slug, same_as)
             VALUES (?1, ?2, ?3, coalesce(?4, (SELECT coalesce(max(number), 0) + 1 FROM names))) RETURNING number",
        )?
        .query_row(params![name, kind, slug, first], |row| row.get(0))
}

/// Takes the next number of the sequence of changes.
fn next_change(connection: &Connection, article: i64, kind: &str) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO changes (article, kind, at) VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%fZ')) RETURNING change",
        )?
        .query_row(params![article, kind], |row| row.get(0))
}

/// Makes room for a new article. Returns its number.
pub(in super::super) fn new_article(connection: &Connection, id: &ArticleId) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT INTO articles (id) VALUES (?1) RETURNING number")?
        .query_row([id.as_str()], |row| row.get(0))
}

/// Takes an article away, leaving its tombstone.
pub(in super::super) fn delete(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    next_change(connection, number, "delete")?;
    connection.prepare_cached("UPDATE articles SET revision = NULL WHERE number = ?1")?.execute([number])?;
    doubts::note(connection, number, &[])?;
    copies::forget(connection, number)
}

/// An article as the archive has it now.
#[derive(Clone, Debug)]
pub(in super::super) struct Known {
    pub(in super::super) number: i64,
    pub(in super::super) id: ArticleId,
    pub(in super::super) revision: Option<i64>,
    pub(in super::super) digest: Option<String>,
}

/// The article of a number.
pub(in super::super) fn known(connection: &Connection, number: i64) -> rusqlite::Result<Option<Known>> {
    find(connection, "articles.number = ?1", number)
}

/// The article of a public id.
pub(in super::super) fn known_by_id(
    connection: &Connection,
    id: &ArticleId,
) -> rusqlite::Result<Option<Known>> {
    find(connection, "articles.id = ?1", id.as_str())
}

fn find(connection: &Connection, which: &str, key: impl rusqlite::ToSql) -> rusqlite::Result<Option<Known>> {
    let sql = format!(
        "SELECT articles.number, id, revision, digest FROM articles
           LEFT JOIN revisions ON revisions.change = articles.revision WHERE {which}"
    );
    let found = connection.prepare_cached(&sql)?.query_row([key], |row| {
        let id: String = row.get(1)?;
        let id = ArticleId::new(id).ok_or(rusqlite::Error::InvalidColumnName("id".into()))?;
        Ok(Known { number: row.get(0)?, id, revision: row.get(2)?, digest: row.get(3)? })
    });
    found.optional()
}

/// Equal for equal articles.
pub(in super::super) fn digest(article: &Article) -> String {
    identity::digest(&serde_json::to_vec(article).unwrap_or_default())
}

fn date_columns(published: Option<&Published>) -> (Option<String>, Option<&str>) {
    (published.map(|p| p.date.to_string()), published.map(|p| p.found.as_str()))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
