//! What a merge of two actors with many articles each takes until it shows, and what it leaves alone.
//!
//! `cargo run --release --example merge-speed -- ARCHIVE [ARTICLES]` picks the two actors of the archive whose
//! articles are nearest to ARTICLES (1000), merges them, asks, takes the merge back, and asks again. It prints the
//! counts and the time of every step, and whether any row of a table but `decisions`, or any file of the index,
//! has changed on the way.

#![expect(clippy::print_stdout, reason = "it prints measures")]

use std::collections::BTreeMap;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use dateline_index::actor::{Actor, ActorId};
use dateline_index::archive::Archive;
use dateline_index::authority::Decision;
use dateline_index::backend::embedded::Embedded;
use dateline_index::registry::Registry;
use dateline_index::search::{Facet, FacetCount, SearchRequest};
use rusqlite::{Connection, OpenFlags};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// The tables that a merge must not touch.
const TABLES: [&str; 5] = ["changes", "articles", "revisions", "names", "mentions"];

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("usage: merge-speed ARCHIVE [ARTICLES]")?);
    let wanted: u64 = arguments.next().map_or(Ok(1_000), |number| number.parse())?;
    let archive = Archive::new(Arc::new(Embedded::open(&folder, Arc::new(Registry::builtin()))?));
    let (from, into) = nearest(&rows(&archive)?, wanted)?;
    let before = digests(&folder)?;
    let counts = [&from, &into].map(|actor| actor.id.clone());
    let asked = Instant::now();
    println!("before:       {} in {:.1} ms", told(&rows(&archive)?, &counts), milliseconds(asked));

    let decided = Instant::now();
    let numbers = archive.decide(&[Decision::Merge { from, into }], "merge-speed")?.numbers;
    println!("merged        in {:.1} ms", milliseconds(decided));
    let asked = Instant::now();
    println!("next answer:  {} in {:.1} ms", told(&rows(&archive)?, &counts), milliseconds(asked));
    let asked = Instant::now();
    println!("and the next: {} in {:.1} ms", told(&rows(&archive)?, &counts), milliseconds(asked));
    let changed = changes(&before, &digests(&folder)?);
    println!("changed by the merge: {changed}");

    let number = numbers.into_iter().flatten().next().ok_or("they were one already")?;
    let undone = Instant::now();
    archive.take_back(number, "merge-speed")?;
    println!("taken back    in {:.1} ms", milliseconds(undone));
    let asked = Instant::now();
    println!("next answer:  {} in {:.1} ms", told(&rows(&archive)?, &counts), milliseconds(asked));
    println!("changed by both: {}", changes(&before, &digests(&folder)?));
    Ok(())
}

/// The facet of actors, as a browser asks for it.
fn rows(archive: &Archive) -> Result<Vec<FacetCount>> {
    let request = SearchRequest { limit: 10, facet_limit: 1_000, ..SearchRequest::default() };
    Ok(archive.search(&request)?.facets.remove(&Facet::Actor).unwrap_or_default())
}

/// The two actors whose articles are nearest to a number.
fn nearest(rows: &[FacetCount], wanted: u64) -> Result<(Actor, Actor)> {
    let mut actors: Vec<_> = rows.iter().filter(|row| row.kind.is_some()).collect();
    actors.sort_by_key(|row| row.count.abs_diff(wanted));
    let actor = |row: &FacetCount| {
        Some(Actor { id: ActorId(row.value.clone()), label: row.label.clone(), kind: row.kind? })
    };
    let mut actors = actors.into_iter().filter_map(actor);
    actors.next().zip(actors.next()).ok_or_else(|| "the archive has no two actors".into())
}

fn told(rows: &[FacetCount], actors: &[ActorId; 2]) -> String {
    let count = |actor: &ActorId| {
        let row = rows.iter().find(|row| row.value == actor.0);
        row.map_or_else(|| format!("{actor} no row"), |row| format!("{actor} {} articles", row.count))
    };
    format!("{}, {};", count(&actors[0]), count(&actors[1]))
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

/// A digest of every row of the tables and of every file of the index.
fn digests(folder: &Path) -> Result<BTreeMap<String, u64>> {
    let mut digests = BTreeMap::new();
    let connection =
        Connection::open_with_flags(folder.join("archive.db"), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    for table in TABLES {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let mut hasher = DefaultHasher::new();
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                format!("{:?}", row.get_ref(column)?).hash(&mut hasher);
            }
        }
        digests.insert(format!("table {table}"), hasher.finish());
    }
    files(&folder.join("index"), &mut digests)?;
    Ok(digests)
}

fn files(folder: &Path, digests: &mut BTreeMap<String, u64>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, digests)?;
        } else {
            let mut hasher = DefaultHasher::new();
            std::fs::read(&path)?.hash(&mut hasher);
            digests.insert(path.display().to_string(), hasher.finish());
        }
    }
    Ok(())
}

fn changes(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> String {
    let names: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changed: Vec<_> =
        names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    let compared = format!("{} tables, {} files of the index", TABLES.len(), before.len() - TABLES.len());
    if changed.is_empty() {
        format!("nothing, of {compared}")
    } else {
        format!("{}, of {compared}", changed.join(", "))
    }
}
