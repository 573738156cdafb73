//! What stands between an acknowledged article and its loss.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::{Mutex, PoisonError};

use tantivy::directory::error::{DeleteError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, IndexWriter};

use super::*;
use crate::backend::embedded::schema::Fields;

/// What was done to the folders of each test's archive, and which of them are broken.
static LOG: Mutex<Option<HashMap<PathBuf, Vec<&'static str>>>> = Mutex::new(None);
static BROKEN: Mutex<Option<HashSet<PathBuf>>> = Mutex::new(None);

/// A folder on disk that keeps a log, and whose disk can be full.
#[derive(Clone, Debug)]
struct Watched {
    inner: MmapDirectory,
    path: PathBuf,
}

fn watched(path: &Path) -> tantivy::Result<Box<dyn Directory>> {
    Ok(Box::new(Watched { inner: MmapDirectory::open(path)?, path: path.to_owned() }))
}

impl Watched {
    fn log(&self, what: &'static str) {
        let mut log = LOG.lock().unwrap_or_else(PoisonError::into_inner);
        log.get_or_insert_default().entry(self.path.clone()).or_default().push(what);
    }

    fn check(&self) -> io::Result<()> {
        let broken = BROKEN.lock().unwrap_or_else(PoisonError::into_inner);
        let full =
            broken.as_ref().is_some_and(|broken| broken.iter().any(|folder| self.path.starts_with(folder)));
        if full { Err(io::Error::from(io::ErrorKind::StorageFull)) } else { Ok(()) }
    }
}

fn disk_full(folder: &Path, full: bool) {
    let mut broken = BROKEN.lock().unwrap_or_else(PoisonError::into_inner);
    let broken = broken.get_or_insert_default();
    if full {
        broken.insert(folder.to_owned())
    } else {
        broken.remove(folder)
    };
}

impl Directory for Watched {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.check().map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.check()?;
        if path == Path::new("meta.json") {
            self.log("commit");
        }
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.log("sync");
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, tantivy::directory::error::LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

fn create_watched(folder: &Path) -> Embedded {
    Embedded::create_with(folder, registry(), store::STEPS, watched).unwrap().0
}

#[test]
fn a_commit_of_the_database_is_synced_before_it_is_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    archive
        .with_connection(|connection| {
            let pragma =
                |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, String>(0));
            let number = |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            assert_eq!(pragma("journal_mode").unwrap(), "wal");
            assert_eq!(number("synchronous").unwrap(), 2, "2 is FULL");
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_batch_counts_only_once_its_folder_is_synced() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create_watched(folder.path());
    for batch in 0..8 {
        publish(&archive, [article(&format!("n{batch}"), "peace")]);
        let log = LOG.lock().unwrap();
        let mine = log.as_ref().unwrap().iter().filter(|(path, _)| path.starts_with(folder.path()));
        for (path, done) in mine {
            let commit = done.iter().rposition(|what| *what == "commit").unwrap();
            let sync = done.iter().rposition(|what| *what == "sync");
            assert!(sync > Some(commit), "{}: a rename that a power cut can undo: {done:?}", path.display());
        }
    }
}

#[test]
fn a_full_disk_loses_nothing_once_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create_watched(folder.path());
    publish(&archive, numbered(10));
    for round in 0..3 {
        put(&archive, (0..50).map(|n| article(&format!("r{round}-{n}"), "war")));
        disk_full(folder.path(), true);
        let failed = archive.publish().unwrap_err().to_string();
        assert!(failed.contains("reindex"), "{failed}");
        assert_eq!(total(&archive, "peace"), 10, "what was published is still found");
        disk_full(folder.path(), false);
        archive.publish().unwrap();
        assert_eq!(total(&archive, "war"), 50 * (round + 1));
    }
    well(&archive);
}

#[test]
fn a_position_that_lies_makes_no_article_count_twice() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(5));
    let first = archive.generations.current().unwrap().unwrap();
    let index = archive.open_index(&first).unwrap();
    let honest = index.load_metas().unwrap().payload.unwrap();
    publish(&archive, numbered(20));
    // A merge can save the position of an older commit over the documents of a newer one.
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
    let mut commit = writer.prepare_commit().unwrap();
    commit.set_payload(&honest);
    commit.commit().unwrap();
    drop(writer);
    archive.publish().unwrap();
    assert_eq!(total(&archive, "peace"), 20);
    well(&archive);
}

#[test]
fn what_was_committed_but_not_published_is_found_by_whoever_comes_next() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(3));
    put(&archive, [article("late", "armistice")]);
    drop(archive);
    let archive = Embedded::open(folder.path(), registry()).unwrap();
    assert_eq!(total(&archive, "armistice"), 1);
    well(&archive);
}

#[test]
fn an_index_that_was_deleted_is_built_again() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(30));
    drop(archive);
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    let archive = Embedded::open(folder.path(), registry()).unwrap();
    assert_eq!(total(&archive, "peace"), 30);
    std::fs::remove_dir_all(folder.path().join("index")).unwrap();
    std::fs::create_dir(folder.path().join("index")).unwrap();
    assert_eq!(total(&archive, "peace"), 30, "also under a server that is running");
    well(&archive);
}

#[test]
fn an_index_of_another_archive_or_of_a_later_state_is_built_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, other) = (folder.path().join("mine"), folder.path().join("other"));
    publish(&create(&mine), numbered(3));
    publish(&create(&other), (0..9).map(|n| article(&format!("other{n}"), "war")));
    std::fs::remove_dir_all(mine.join("index")).unwrap();
    std::fs::rename(other.join("index"), mine.join("index")).unwrap();
    let archive = Embedded::open(&mine, registry()).unwrap();
    assert_eq!((total(&archive, "peace"), total(&archive, "war")), (3, 0));
    well(&archive);
}

#[test]
fn a_backup_that_is_put_back_and_goes_on_is_indexed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(5));
    drop(archive);
    let (path, backup) = (folder.path().join("archive.db"), folder.path().join("backup"));
    std::fs::copy(&path, &backup).unwrap();
    publish(&create(folder.path()), (0..5).map(|n| article(&format!("lost{n}"), "war")));
    std::fs::copy(&backup, &path).unwrap();
    let archive = create(folder.path());
    put(&archive, (0..9).map(|n| article(&format!("new{n}"), "armistice")));
    assert_eq!((total(&archive, "peace"), total(&archive, "war"), total(&archive, "armistice")), (5, 0, 9));
    well(&archive);
}

#[test]
fn one_article_that_cannot_be_read_keeps_no_other_from_being_found() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    put(&archive, numbered(5));
    let damage = "UPDATE revisions SET published = 'yesterday' WHERE change = 3";
    let connection = archive.connection().unwrap();
    connection.execute_batch(damage).unwrap();
    assert_eq!(total(&archive, "peace"), 4);
    let found = archive.verify().unwrap().disagreements;
    assert!(found.len() == 1 && found[0].contains("n2"), "{found:?}");
}

#[test]
fn segments_stay_few_and_deleted_articles_leave() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    for batch in 0..12 {
        publish(&archive, (0..5).map(|n| article(&format!("n{n}"), &format!("draft {batch}"))));
    }
    let snapshot = archive.snapshot().unwrap();
    assert!(snapshot.searcher.segment_readers().len() <= 8);
    let stored: u32 = snapshot.searcher.segment_readers().iter().map(|reader| reader.max_doc()).sum();
    assert!(stored <= 15, "{stored} documents for 5 articles");
    assert_eq!((total(&archive, "draft"), total(&archive, "\"draft 11\"")), (5, 5));
}

#[test]
fn verify_finds_what_was_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    publish(&archive, numbered(50));
    well(&archive);
    let generation = archive.generations.current().unwrap().unwrap();
    let index = archive.open_index(&generation).unwrap();
    // An article that the index lacks although its position says otherwise.
    let (_, fields) = Fields::schema();
    let mut writer: IndexWriter = index.writer_with_num_threads(1, 20 << 20).unwrap();
    writer.delete_term(tantivy::Term::from_field_u64(fields.article, 7));
    let payload = index.load_metas().unwrap().payload.unwrap();
    let mut commit = writer.prepare_commit().unwrap();
    commit.set_payload(&payload);
    commit.commit().unwrap();
    drop(writer);
    let found = archive.verify().unwrap().disagreements;
    assert!(found.len() == 1 && found[0].contains("n6"), "{found:?}");
    // A bit that flipped on the disk.
    let path = std::fs::read_dir(&generation.path).unwrap().map(|entry| entry.unwrap().path());
    let path = path.into_iter().find(|path| path.extension().is_some_and(|e| e == "idx")).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[5] ^= 4;
    std::fs::write(&path, bytes).unwrap();
    let fresh = Embedded::open(folder.path(), registry()).unwrap();
    let found = fresh.verify().unwrap().disagreements;
    assert!(found.iter().any(|line| line.contains("damaged")), "{found:?}");
    fresh.reindex().unwrap();
    well(&fresh);
}
