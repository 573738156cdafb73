//! Every record that was seen, as the last run that read its file saw it: counted and listed.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{Embedded, Result};
use crate::analysis::fold;
use crate::article::ArticleId;
use crate::files::{Files, FilesRequest, ReasonCount, SeenRecord};
use crate::record::{Bin, Bins};

/// Records as the last run that read their file met them: a line that was mended is no failure any more.
pub(super) const LAST_SEEN: &str = "records JOIN files ON files.number = records.file
    AND (files.complete = 0 OR records.run = files.run)";
/// Reasons that are told apart.
const REASONS: i64 = 50;
/// Given folders that are told.
const ROOTS: i64 = 50;
/// A record's reason without the line and column in front.
pub(super) const REASON: &str =
    "CASE WHEN reason GLOB 'line [0-9]*: *' THEN substr(reason, instr(reason, ': ') + 2)
    ELSE coalesce(reason, '') END";

/// How many records are in each bin.
pub(super) fn bins(connection: &Connection) -> rusqlite::Result<Bins> {
    count_bins(connection, &Condition::default())
}

impl Embedded {
    pub(super) fn list_files(&self, request: &FilesRequest) -> Result<Files> {
        self.with_connection(|connection| {
            let transaction = connection.unchecked_transaction();
            let listed = transaction.and_then(|_reading| list(connection, request));
            listed.map_err(|error| self.database.failed(&error))
        })
    }
}

fn list(connection: &Connection, request: &FilesRequest) -> rusqlite::Result<Files> {
    let mut condition = Condition::of(request);
    if !request.reason.is_empty() {
        let mut whole = condition.clone();
        whole.add(&format!("{REASON} = ?"), &request.reason);
        if exists(connection, &whole)? {
            condition = whole;
        } else {
            condition.add("instr(folded(reason), ?) > 0", &fold(&request.reason));
        }
    }
    let bins = count_bins(connection, &condition)?;
    let total = request.bin.map_or_else(|| bins.sum(), |bin| bins.get(bin));
    if let Some(bin) = request.bin {
        condition.add("records.bin = ?", bin.as_str());
    }
    let records = page(connection, &condition, request)?;
    let reached = request.offset.saturating_add(records.len());
    Ok(Files {
        bins,
        total,
        reasons: reasons(connection, &condition)?,
        next: (!records.is_empty() && (reached as u64) < total).then_some(reached),
        records,
        roots: if total == 0 { roots(connection, request.by_place)? } else { Vec::new() },
        problems: Vec::new(),
    })
}

/// What a record must be, as SQL and the values in it.
#[derive(Clone, Debug, Default)]
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    fn of(request: &FilesRequest) -> Self {
        let mut condition = Self::default();
        let path = told_path(request.by_place);
        for word in request.path.split_whitespace() {
            let whole = format!("{path} || ' ' || records.member || ' ' || records.record");
            condition.add(&format!("instr(folded({whole}), ?) > 0"), &fold(word));
        }
        if let Some(below) = &request.below {
            let folder = format!("{}/", below.trim_end_matches('/'));
            condition.add(&format!("({path} = ?"), below);
            condition.sql.push_str(&format!(" OR substr({path}, 1, length(?)) = ?)"));
            condition.values.extend([Value::from(folder.clone()), Value::from(folder)]);
        }
        condition
    }

    fn add(&mut self, sql: &str, value: &str) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.values.push(Value::from(value.to_owned()));
    }

    /// A query over what was seen last; nothing but constants of this file stands in its text.
    fn query(&self, columns: &str, rest: &str) -> String {
        format!("SELECT {columns} FROM {LAST_SEEN} WHERE 1 {} {rest}", self.sql)
    }
}

fn told_path(by_place: bool) -> &'static str {
    if by_place { "records.place" } else { "files.path" }
}

fn exists(connection: &Connection, condition: &Condition) -> rusqlite::Result<bool> {
    connection.prepare(&condition.query("1", "LIMIT 1"))?.exists(params_from_iter(&condition.values))
}

fn count_bins(connection: &Connection, condition: &Condition) -> rusqlite::Result<Bins> {
    let mut bins = Bins::default();
    let mut statement =
        connection.prepare(&condition.query("records.bin, count(*)", "GROUP BY records.bin"))?;
    let mut rows = statement.query(params_from_iter(&condition.values))?;
    while let Some(row) = rows.next()? {
        bins.add(bin(row.get_ref(0)?.as_str()?), row.get(1)?);
    }
    Ok(bins)
}

/// A bin of a newer version is one that this version can do nothing with.
pub(super) fn bin(name: &str) -> Bin {
    Bin::from_name(name).unwrap_or(Bin::Skipped)
}

fn reasons(connection: &Connection, condition: &Condition) -> rusqlite::Result<Vec<ReasonCount>> {
    let rest = format!("AND records.bin <> 'article' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {REASONS}");
    let mut statement =
        connection.prepare(&condition.query(&format!("records.bin, {REASON}, count(*)"), &rest))?;
    let counted = statement.query_map(params_from_iter(&condition.values), |row| {
        Ok(ReasonCount { bin: bin(row.get_ref(0)?.as_str()?), reason: row.get(1)?, count: row.get(2)? })
    })?;
    counted.collect()
}

fn page(
    connection: &Connection,
    condition: &Condition,
    request: &FilesRequest,
) -> rusqlite::Result<Vec<SeenRecord>> {
    let columns = format!(
        "{}, records.member, records.record, records.bin, records.reason,
         (SELECT id FROM articles WHERE number = records.article AND revision IS NOT NULL),
         (SELECT title FROM articles JOIN revisions ON change = revision WHERE number = records.article)",
        told_path(request.by_place)
    );
    let rest = format!(
        "ORDER BY files.path, records.member, records.offset, records.number LIMIT {} OFFSET {}",
        request.limit, request.offset
    );
    let mut statement = connection.prepare(&condition.query(&columns, &rest))?;
    let records = statement.query_map(params_from_iter(&condition.values), |row| {
        let id: Option<String> = row.get(5)?;
        Ok(SeenRecord {
            path: row.get(0)?,
            member: row.get(1)?,
            record: row.get(2)?,
            bin: bin(row.get_ref(3)?.as_str()?),
            reason: row.get(4)?,
            article: id.and_then(ArticleId::new),
            title: row.get(6)?,
        })
    })?;
    records.collect()
}

/// What was given to ingest: the part of a path before the place inside what was given, and the
/// place's first name.
fn roots(connection: &Connection, by_place: bool) -> rusqlite::Result<Vec<String>> {
    let name = "CASE instr(place, '/') WHEN 0 THEN place ELSE substr(place, 1, instr(place, '/') - 1) END";
    let before = "substr(path, 1, length(path) - length(place))";
    let root = if by_place { name.to_owned() } else { format!("{before} || {name}") };
    let is_known = "substr(path, -length(place)) = place";
    let sql = format!("SELECT DISTINCT {root} FROM {LAST_SEEN} WHERE {is_known} ORDER BY 1 LIMIT {ROOTS}");
    connection.prepare(&sql)?.query_map([], |row| row.get(0))?.collect()
}
