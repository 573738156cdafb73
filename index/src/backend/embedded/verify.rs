//! Does everything agree? SQLite's own check, tantivy's checksums, and article by article.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Embedded, locks, store, writer};
use crate::backend::Result;

/// The most disagreements that are spelled out.
const SPELLED_OUT: usize = 100;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// The articles that `archive.db` holds.
    pub articles: u64,
    /// The articles that the index holds.
    pub indexed: u64,
    /// The last change, if database and index agree on it.
    pub change: u64,
    /// What does not agree, one sentence each. Empty: all is well.
    pub disagreements: Vec<String>,
}

impl Verified {
    fn disagree(&mut self, sentence: String) {
        if self.disagreements.len() < SPELLED_OUT {
            self.disagreements.push(sentence);
        }
    }
}

impl Embedded {
    /// Brings the index up to the database, then checks both and compares them.
    pub fn verify(&self) -> Result<Verified> {
        let mut verified = Verified::default();
        self.check_database(&mut verified)?;
        if let Err(error) = self.catch_up() {
            verified.disagree(error.to_string());
            return Ok(verified);
        }
        self.check_index_files(&mut verified)?;
        if let Err(error) = self.compare(&mut verified) {
            verified.disagree(error.to_string());
        }
        Ok(verified)
    }

    fn check_database(&self, verified: &mut Verified) -> Result<()> {
        self.with_connection(|connection| {
            let failed = |error| self.database.failed(&error);
            let mut statement = connection.prepare("PRAGMA quick_check").map_err(failed)?;
            let lines = statement.query_map([], |row| row.get::<_, String>(0)).map_err(failed)?;
            for line in lines {
                let line = line.map_err(failed)?;
                if line != "ok" {
                    verified.disagree(format!("archive.db: {line}"));
                }
            }
            verified.articles = store::count_articles(connection).map_err(failed)?;
            Ok(())
        })
    }

    fn check_index_files(&self, verified: &mut Verified) -> Result<()> {
        let generation = self.generations.current().map_err(|error| self.index_failed(&error))?;
        let Some(generation) = generation else {
            verified.disagree("there is no index; `dateline reindex` builds it".into());
            return Ok(());
        };
        let index = match self.open_index(&generation) {
            Ok(index) => index,
            Err(error) => {
                verified.disagree(error.to_string());
                return Ok(());
            }
        };
        match index.validate_checksum() {
            Ok(damaged) => {
                for path in damaged {
                    let path = generation.path.join(path);
                    verified.disagree(format!(
                        "{}: damaged; `dateline reindex` builds the index anew",
                        path.display()
                    ));
                }
            }
            Err(error) => verified.disagree(self.index_failed(&error).to_string()),
        }
        Ok(())
    }

    /// Every article that is not deleted stands in the index once, in its current revision.
    fn compare(&self, verified: &mut Verified) -> Result<()> {
        let snapshot = self.snapshot()?;
        let mut indexed: HashMap<u64, Vec<u64>> = HashMap::new();
        for reader in snapshot.searcher.segment_readers() {
            let fast = reader.fast_fields();
            let columns = fast.u64("article").and_then(|article| Ok((article, fast.u64("revision")?)));
            let (article, revision) = columns.map_err(|error| self.index_failed(&error))?;
            for document in reader.doc_ids_alive() {
                let number = article.first(document).unwrap_or(0);
                indexed.entry(number).or_default().push(revision.first(document).unwrap_or(0));
            }
        }
        verified.indexed = indexed.values().map(|revisions| revisions.len() as u64).sum();
        self.with_connection(|connection| {
            let failed = |error| self.database.failed(&error);
            let now = writer::Position::now(connection).map_err(failed)?;
            verified.change = snapshot.change;
            // Whoever ingests now publishes in a while: until then, only what is published is compared.
            let being_written = !locks::is_free(&self.ingest_lock());
            if snapshot.change != now.change && !being_written {
                let (reached, last) = (snapshot.change, now.change);
                verified.disagree(format!(
                    "the index reaches change {reached} of {last}; `dateline reindex` builds it anew"
                ));
            }
            let later = later_changes(connection, snapshot.change).map_err(failed)?;
            let mut statement = connection
                .prepare("SELECT number, id, revision FROM articles ORDER BY number")
                .map_err(failed)?;
            let rows = statement
                .query_map([], |row| {
                    Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<u64>>(2)?))
                })
                .map_err(failed)?;
            for row in rows {
                let (number, id, revision) = row.map_err(failed)?;
                let found = indexed.remove(&number).unwrap_or_default();
                if !later.contains(&number) && found.as_slice() != revision.as_slice() {
                    verified.disagree(format!(
                        "article {id}: archive.db has {}, the index has {}",
                        said(revision.as_slice()),
                        said(&found)
                    ));
                }
            }
            Ok(())
        })?;
        for (number, revisions) in indexed.into_iter().collect::<BTreeMap<_, _>>() {
            verified.disagree(format!(
                "article number {number}: archive.db does not know it, the index has {}",
                said(&revisions)
            ));
        }
        Ok(())
    }
}

/// The articles that changed after a change.
fn later_changes(connection: &rusqlite::Connection, change: u64) -> rusqlite::Result<HashSet<u64>> {
    let mut statement = connection.prepare("SELECT DISTINCT article FROM changes WHERE change > ?1")?;
    statement.query_map([change], |row| row.get(0))?.collect()
}

fn said(revisions: &[u64]) -> String {
    match revisions {
        [] => "none".to_owned(),
        [revision] => format!("revision {revision}"),
        several => format!("it {} times", several.len()),
    }
}
