//! Locks between processes: a file that is locked while its holder lives, and says who that is.
//!
//! The operating system lets go of a lock when its process dies, however it dies, so a dead process
//! never blocks.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::backend::{Error, Result};

/// How often a lock is tried before its holder is taken to be at work.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_millis(20);

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Takes the lock, or tells who holds it. Whoever only looks whether it is free holds it for a
/// moment, so it is tried more than once.
pub(super) fn take(path: &Path, who: &str) -> Result<Lock> {
    let file = open(path)?;
    for attempt in 1.. {
        match file.try_lock() {
            Ok(()) => return Ok(sign(file, who)),
            Err(TryLockError::WouldBlock) if attempt < ATTEMPTS => std::thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => return Err(held(path)),
            Err(TryLockError::Error(error)) => return Err(unusable(path, &error)),
        }
    }
    unreachable!("attempts do not end")
}

/// Takes the lock if it is free.
pub(super) fn take_if_free(path: &Path, who: &str) -> Result<Option<Lock>> {
    let file = open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(sign(file, who))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(unusable(path, &error)),
    }
}

/// Takes the lock, waiting for whoever holds it.
pub(super) fn wait_for(path: &Path, who: &str) -> Result<Lock> {
    let file = open(path)?;
    file.lock().map_err(|error| unusable(path, &error))?;
    Ok(sign(file, who))
}

/// Waits while somebody holds it, and does not take it.
pub(super) fn let_pass(path: &Path) {
    // Where it cannot be asked about, nobody can be waiting by it either.
    if let Ok(file) = File::open(path) {
        let _ = file.lock_shared();
    }
}

/// Whether nobody holds it now.
pub(super) fn is_free(path: &Path) -> bool {
    File::open(path).map_or(true, |file| file.try_lock_shared().is_ok())
}

/// Holds a file together with other readers of it.
pub(super) fn share(path: &Path) -> io::Result<Lock> {
    let file = OpenOptions::new().read(true).write(true).open(path)?;
    file.lock_shared()?;
    Ok(Lock { _file: file })
}

/// Takes a file that readers share, if none of them holds it.
pub(super) fn take_unshared(path: &Path) -> Option<Lock> {
    let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path).ok()?;
    file.try_lock().ok().map(|()| Lock { _file: file })
}

fn open(path: &Path) -> Result<File> {
    let opened = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path);
    opened.map_err(|error| unusable(path, &error))
}

/// Leaves word of who holds the lock. It is a help to people only, so its failure is none.
fn sign(mut file: File, who: &str) -> Lock {
    let _ = file.set_len(0).and_then(|()| write!(file, "{who} {}", std::process::id()));
    Lock { _file: file }
}

/// Who holds a lock, as an error.
pub(super) fn held(path: &Path) -> Error {
    let signed = std::fs::read_to_string(path).unwrap_or_default();
    let (who, process) = signed.split_once(' ').unwrap_or(("dateline", "unknown"));
    let folder = path.parent().unwrap_or(path);
    Error::Locked { path: folder.to_owned(), who: who.to_owned(), process: process.to_owned() }
}

fn unusable(path: &Path, error: &io::Error) -> Error {
    Error::Unusable { path: path.to_owned(), reason: format!("this lock file cannot be used: {error}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_one_is_told_who_holds_the_lock_and_gets_it_when_it_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ingest.lock");
        let first = take(&path, "ingest").unwrap();
        let refused = take(&path, "reindex").unwrap_err().to_string();
        assert!(
            refused.contains("another ingest") && refused.contains(&std::process::id().to_string()),
            "{refused}"
        );
        assert!(!is_free(&path));
        drop(first);
        assert!(is_free(&path));
        assert!(take_if_free(&path, "reindex").unwrap().is_some());
    }
}
