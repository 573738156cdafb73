//! The index on disk: generations side by side, one of them current.
//!
//! `index/current` holds the name of a folder beside it. A rebuild fills a new folder and then
//! swaps `current` by rename and sync; the old folder stays while anybody reads it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::locks::{self, Lock};
use super::schema::SCHEMA_VERSION;

/// The folder of all generations.
#[derive(Clone, Debug)]
pub(super) struct Generations {
    folder: PathBuf,
}

/// One generation, held so that nobody clears it away.
#[derive(Clone, Debug)]
pub(super) struct Generation {
    pub(super) name: String,
    pub(super) path: PathBuf,
    _held: Arc<Lock>,
}

impl Generations {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The lock of whoever writes to the index.
    pub(super) fn lock_path(&self) -> PathBuf {
        self.folder.join("index.lock")
    }

    /// The name of the current generation, if there is one that this version can read.
    pub(super) fn current_name(&self) -> Option<String> {
        let name = fs::read_to_string(self.folder.join("current")).ok()?;
        let name = name.trim();
        let readable = name.starts_with(&prefix()) && self.folder.join(name).join("meta.json").is_file();
        readable.then(|| name.to_owned())
    }

    /// The current generation, held.
    pub(super) fn current(&self) -> io::Result<Option<Generation>> {
        // Between reading the name and holding the folder, it may be replaced and cleared away.
        for _ in 0..10 {
            let Some(name) = self.current_name() else { return Ok(None) };
            match self.hold(&name) {
                Ok(generation) if generation.path.join("meta.json").is_file() => return Ok(Some(generation)),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// A new, empty generation, held.
    pub(super) fn begin(&self) -> io::Result<Generation> {
        let taken = self
            .names("generation-")?
            .iter()
            .filter_map(|name| name.rsplit('-').next()?.parse::<u64>().ok())
            .max();
        for number in taken.unwrap_or(0) + 1.. {
            let name = format!("{}{number}", prefix());
            match fs::create_dir(self.folder.join(&name)) {
                Ok(()) => {
                    File::create(self.folder.join(&name).join(IN_USE))?;
                    return self.hold(&name);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        unreachable!("numbers do not end")
    }

    /// Makes a generation the current one: from the next search on everybody uses it.
    pub(super) fn make_current(&self, generation: &Generation) -> io::Result<()> {
        let next = self.folder.join("current.next");
        let mut file = File::create(&next)?;
        file.write_all(generation.name.as_bytes())?;
        file.sync_all()?;
        fs::rename(&next, self.folder.join("current"))?;
        sync_folder(&self.folder)
    }

    /// Clears away generations that are not current and that nobody holds. Under the index lock.
    pub(super) fn sweep(&self) -> io::Result<()> {
        let current = self.current_name();
        for name in self.names("generation-")? {
            if Some(&name) == current.as_ref() {
                continue;
            }
            let path = self.folder.join(&name);
            // Held until it has another name: nobody can take hold of it in between.
            if let Some(_held) = locks::take_unshared(&path.join(IN_USE)) {
                fs::rename(&path, self.folder.join(format!("{TRASH}{name}")))?;
            }
        }
        for name in self.names(TRASH)? {
            fs::remove_dir_all(self.folder.join(name))?;
        }
        Ok(())
    }

    fn names(&self, prefix: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(prefix) && entry.file_type()?.is_dir() {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn hold(&self, name: &str) -> io::Result<Generation> {
        let path = self.folder.join(name);
        let held = locks::share(&path.join(IN_USE))?;
        Ok(Generation { name: name.to_owned(), path, _held: Arc::new(held) })
    }
}

/// Names of folders that are about to be deleted begin so.
const TRASH: &str = "trash-";

/// The file by which a generation is held.
const IN_USE: &str = "in-use.lock";

/// Generations of another schema have other names: this version does not see them as current.
fn prefix() -> String {
    format!("generation-v{SCHEMA_VERSION}-")
}

/// Makes renames and new files in a folder survive a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows keeps no folder open for that, and its renames are journalled.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_stays_while_somebody_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let generations = Generations::new(folder.path().to_owned());
        let old = generations.begin().unwrap();
        fs::write(old.path.join("meta.json"), "{}").unwrap();
        generations.make_current(&old).unwrap();
        let new = generations.begin().unwrap();
        fs::write(new.path.join("meta.json"), "{}").unwrap();
        generations.make_current(&new).unwrap();
        assert_eq!(generations.current_name(), Some(new.name.clone()));
        generations.sweep().unwrap();
        assert!(old.path.exists());
        let path = old.path.clone();
        drop(old);
        generations.sweep().unwrap();
        assert!(!path.exists() && new.path.exists());
    }
}
