//! Rows of `archive.db` become articles.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::actor::{ActorKind, Field, Mention};
use crate::article::{Article, ArticleId, Byline, Doubt, Origin, Source};
use crate::language::Language;
use crate::prominence::Prominence;
use crate::published::{PartialDate, Published};

/// Something that is stored as text and read back by a function that knows it.
struct Parsed<T>(T);

macro_rules! stored_as_text {
    ($type:ty, $read:expr) => {
        impl FromSql for Parsed<$type> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let read: fn(&str) -> Option<$type> = $read;
                read(value.as_str()?).map(Self).ok_or(FromSqlError::InvalidType)
            }
        }
    };
}

stored_as_text!(PartialDate, PartialDate::parse);
stored_as_text!(ArticleId, |text| ArticleId::new(text));
stored_as_text!(Language, Language::from_code);
stored_as_text!(Field, Field::from_name);
stored_as_text!(ActorKind, ActorKind::from_name);

/// A column that holds JSON.
struct Json<T>(T);

impl<T: serde::de::DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// Reads one revision of an article, with its mentions if they are wanted.
pub(in super::super) fn article(
    connection: &Connection,
    revision: u64,
    with_mentions: bool,
) -> rusqlite::Result<Option<Article>> {
    let mut statement = connection.prepare_cached(
        "SELECT articles.id, title, standfirst, published, published_found, updated, updated_found,
                sources.name, domain, sections.name, languages.name, url, collection, text, blocks, doubts, extra, found
           FROM revisions
           JOIN articles ON articles.number = revisions.article
           LEFT JOIN sources ON sources.number = revisions.source
           LEFT JOIN sections ON sections.number = revisions.section
           LEFT JOIN languages ON languages.number = revisions.language
          WHERE revisions.change = ?1",
    )?;
    let Some(mut article) = statement.query_row([revision], from_row).optional()? else {
        return Ok(None);
    };
    article.bylines = names_of(connection, revision, AUTHORS)?.into_iter().map(Byline).collect();
    article.tags = names_of(connection, revision, TAGS)?;
    if with_mentions {
        article.mentions = mentions(connection, revision)?;
    }
    Ok(Some(article))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Article> {
    let id: Parsed<ArticleId> = row.get(0)?;
    let source: Option<String> = row.get(7)?;
    let domain: Option<String> = row.get(8)?;
    let blocks: Json<_> = row.get(14)?;
    let doubts: Json<_> = row.get(15)?;
    let extra: Json<_> = row.get(16)?;
    let found: Json<_> = row.get(17)?;
    Ok(Article {
        title: row.get(1)?,
        standfirst: row.get(2)?,
        published: published(row, 3)?,
        updated: published(row, 5)?,
        source: source.map(|name| Source { name, domain }),
        section: row.get(9)?,
        language: row.get::<_, Option<Parsed<Language>>>(10)?.map(|language| language.0),
        url: row.get(11)?,
        collection: row.get(12)?,
        text: row.get(13)?,
        blocks: blocks.0,
        doubts: doubts.0,
        extra: extra.0,
        found: found.0,
        ..Article::empty(id.0)
    })
}

fn published(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Published>> {
    let date: Option<Parsed<PartialDate>> = row.get(column)?;
    let found: Option<String> = row.get(column + 1)?;
    Ok(date.map(|date| Published { date: date.0, found: found.unwrap_or_default() }))
}

const AUTHORS: &str = "SELECT authors.name FROM revision_authors JOIN authors ON authors.number = author
                        WHERE revision = ?1 ORDER BY position";
const TAGS: &str = "SELECT tags.name FROM revision_tags JOIN tags ON tags.number = tag
                     WHERE revision = ?1 ORDER BY position";

fn names_of(connection: &Connection, revision: u64, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map([revision], |row| row.get(0))?.collect()
}

fn mentions(connection: &Connection, revision: u64) -> rusqlite::Result<Vec<Mention>> {
    let mut statement = connection.prepare_cached(
        "SELECT field, start, end, text, names.name, names.kind, found_by, resolved_by
           FROM mentions JOIN names ON names.number = mentions.name
          WHERE revision = ?1 ORDER BY position",
    )?;
    let mentions = statement.query_map([revision], |row| {
        let field: Parsed<Field> = row.get(0)?;
        let kind: Parsed<ActorKind> = row.get(5)?;
        Ok(Mention {
            field: field.0,
            start: usize::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
            end: usize::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
            text: row.get(3)?,
            name: row.get(4)?,
            kind: kind.0,
            found_by: row.get(6)?,
            resolved_by: row.get(7)?,
        })
    })?;
    mentions.collect()
}

/// Every place that an article was found in: first the one whose text its current revision has, and of
/// several the one that was met last.
pub(in super::super) fn origins(connection: &Connection, article: u64) -> rusqlite::Result<Vec<Origin>> {
    let mut statement = connection.prepare_cached(
        "SELECT files.path, place, member, record, offset, url, hash, records.size, records.modified
           FROM records JOIN files ON files.number = records.file
          WHERE article = ?1
          ORDER BY records.digest IS (SELECT digest FROM articles JOIN revisions ON change = revision
                                       WHERE number = ?1) DESC, records.run DESC, records.number",
    )?;
    let origins = statement.query_map([article], |row| {
        Ok(Origin {
            file: row.get(0)?,
            place: row.get(1)?,
            member: row.get(2)?,
            record: row.get(3)?,
            offset: row.get::<_, Option<i64>>(4)?.map(i64::unsigned_abs),
            url: row.get(5)?,
            hash: row.get(6)?,
            size: row.get::<_, i64>(7)?.unsigned_abs(),
            modified: row.get(8)?,
        })
    })?;
    origins.collect()
}

/// What a list says of an article.
#[derive(Clone, Debug)]
pub(in super::super) struct About {
    pub(in super::super) title: String,
    pub(in super::super) source: Option<String>,
    pub(in super::super) published: Option<Published>,
    pub(in super::super) doubts: Vec<Doubt>,
}

/// What a list says of the article of a number; nothing of one that is deleted.
pub(in super::super) fn about(
    connection: &Connection,
    article: u64,
) -> rusqlite::Result<Option<(ArticleId, About)>> {
    let mut statement = connection.prepare_cached(
        "SELECT articles.id, title, sources.name, published, published_found, doubts
           FROM articles JOIN revisions ON revisions.change = articles.revision
           LEFT JOIN sources ON sources.number = revisions.source
          WHERE articles.number = ?1",
    )?;
    let about = statement.query_row([article], |row| {
        let id: Parsed<ArticleId> = row.get(0)?;
        let doubts: Json<_> = row.get(5)?;
        let about = About {
            title: row.get(1)?,
            source: row.get(2)?,
            published: published(row, 3)?,
            doubts: doubts.0,
        };
        Ok((id.0, about))
    });
    about.optional()
}

/// What the index holds of an article beside its words: numbers, never names.
#[derive(Debug, Default)]
pub(in super::super) struct Numbers {
    /// Names of actors and places, and how prominently the article names them.
    pub(in super::super) names: Vec<(u64, Prominence)>,
    pub(in super::super) authors: Vec<u64>,
    pub(in super::super) tags: Vec<u64>,
    pub(in super::super) source: Option<u64>,
    pub(in super::super) section: Option<u64>,
    pub(in super::super) language: Option<u64>,
}

/// Reads the numbers of one revision, the lead of whose text ends at that byte.
pub(in super::super) fn numbers(
    connection: &Connection,
    revision: u64,
    lead_end: usize,
) -> rusqlite::Result<Numbers> {
    let mut numbers = Numbers::default();
    let column = |sql: &str| -> rusqlite::Result<Vec<u64>> {
        let mut statement = connection.prepare_cached(sql)?;
        statement.query_map([revision], |row| row.get(0))?.collect()
    };
    numbers.names = names(connection, revision, lead_end)?;
    numbers.authors = column("SELECT author FROM revision_authors WHERE revision = ?1 ORDER BY position")?;
    numbers.tags = column("SELECT tag FROM revision_tags WHERE revision = ?1 ORDER BY position")?;
    let mut statement =
        connection.prepare_cached("SELECT source, section, language FROM revisions WHERE change = ?1")?;
    statement.query_row([revision], |row| {
        numbers.source = row.get(0)?;
        numbers.section = row.get(1)?;
        numbers.language = row.get(2)?;
        Ok(())
    })?;
    Ok(numbers)
}

/// The names that one revision has, each once, and how prominently it has them.
fn names(
    connection: &Connection,
    revision: u64,
    lead_end: usize,
) -> rusqlite::Result<Vec<(u64, Prominence)>> {
    let mut statement = connection
        .prepare_cached("SELECT name, field, start FROM mentions WHERE revision = ?1 ORDER BY name")?;
    let mut rows = statement.query([revision])?;
    let mut names: Vec<(u64, Prominence)> = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, field): (u64, Parsed<Field>) = (row.get(0)?, row.get(1)?);
        let start = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(0);
        let mention = Prominence::of(field.0, start, lead_end);
        match names.last_mut() {
            Some((last, prominence)) if *last == name => *prominence = prominence.and(mention),
            _ => names.push((name, mention)),
        }
    }
    Ok(names)
}

/// An article that changed, as it is now.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Changed {
    pub(in super::super) article: u64,
    /// None: it is deleted.
    pub(in super::super) revision: Option<u64>,
}

/// What changed above one number of the sequence, up to another: each article once, in the order in
/// which it came into the archive.
pub(in super::super) fn changed(
    connection: &Connection,
    above: u64,
    each: &mut dyn FnMut(Changed) -> Result<(), crate::backend::Error>,
) -> rusqlite::Result<Result<(), crate::backend::Error>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, revision FROM articles
          WHERE number IN (SELECT article FROM changes WHERE change > ?1) ORDER BY number",
    )?;
    let mut rows = statement.query([above])?;
    while let Some(row) = rows.next()? {
        let changed = Changed { article: row.get(0)?, revision: row.get(1)? };
        if let Err(error) = each(changed) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}
