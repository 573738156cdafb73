//! Which files there are, in an order that never depends on the file system or on threads.
//!
//! Entries of a folder come sorted by name (their names are held in memory, folder by folder).
//! Hidden files and folders, whose name begins with a dot, belong to other programs: unless it was
//! given itself, each is found as one hidden thing, which is listed as skipped, and what lies in such
//! a folder is not looked at. The files that a browser saved beside a page are skipped too. A path
//! that lies inside another given path, or is given twice, is read once. A link to a file is followed if it stays inside the
//! given folder and leads where the walk does not go; any other is a skipped record with its reason.

use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use dateline_index::article::Origin;
use walkdir::{DirEntry, WalkDir};

use crate::reader::{BELONGS, Unread, saved_page_of};

/// One thing that a walk finds.
pub(super) enum Found {
    /// A file to read.
    File(File),
    /// Something that is not read, and why.
    NotRead(Origin, Unread),
    /// A given path that cannot be read, and why.
    Unreadable(Origin, Unread),
    /// A given path that is not there, in words.
    Missing(Origin, String),
    /// A hidden file or folder.
    Hidden(Origin),
}

/// A file.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) origin: Origin,
    /// In nanoseconds since 1970.
    pub(super) modified: i64,
}

/// A path as it was given.
struct Root {
    path: PathBuf,
    name: String,
}

/// Walks all given paths.
pub(super) fn walk(paths: &[PathBuf]) -> impl Iterator<Item = Found> {
    let given: Vec<_> = paths.iter().map(|path| find_root(path)).collect();
    let folders: Vec<_> = given.iter().flatten().map(|root| root.path.clone()).collect();
    let mut kept: Vec<Result<Root, Box<Found>>> = Vec::new();
    for found in given {
        let is_twice = found.as_ref().is_ok_and(|root| {
            let earlier = kept.iter().flatten().any(|kept| kept.path == root.path);
            earlier || folders.iter().any(|folder| is_reached_from(folder, &root.path))
        });
        if !is_twice {
            kept.push(found);
        }
    }
    kept.into_iter().flat_map(|root| -> Box<dyn Iterator<Item = Found>> {
        match root {
            Ok(root) => Box::new(walk_root(root)),
            Err(unreadable) => Box::new(std::iter::once(*unreadable)),
        }
    })
}

/// Whether walking a folder comes by a path inside it.
fn is_reached_from(folder: &Path, path: &Path) -> bool {
    let inside = path.strip_prefix(folder).ok().filter(|inside| !inside.as_os_str().is_empty());
    inside.is_some_and(|inside| !inside.components().any(|part| is_hidden(part.as_os_str())))
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn find_root(given: &Path) -> Result<Root, Box<Found>> {
    match given.canonicalize() {
        Ok(path) => {
            let own_name = match given.components().next_back() {
                Some(Component::Normal(name)) => Some(name),
                _ => path.file_name(),
            };
            let name = own_name.map_or_else(String::new, |name| readable(Path::new(name)));
            Ok(Root { path, name })
        }
        Err(error) => {
            let path = std::path::absolute(given).unwrap_or_else(|_| given.to_owned());
            let name = given.file_name().map_or_else(String::new, |name| readable(Path::new(name)));
            let origin = Origin { file: readable(&path), place: name, ..Origin::default() };
            Err(Box::new(match error.kind() {
                io::ErrorKind::NotFound => Found::Missing(origin, explain(&error)),
                _ => Found::Unreadable(origin, Unread::Failed(explain(&error))),
            }))
        }
    }
}

/// What the system says, in words that help.
pub(super) fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "no permission to read it".into(),
        _ => format!("cannot be read: {error}"),
    }
}

/// A path as text. Bytes that are no UTF-8 are written out, so that two paths stay two.
fn readable(path: &Path) -> String {
    let escaped = || path.as_os_str().as_encoded_bytes().escape_ascii().to_string();
    path.to_str().map_or_else(escaped, str::to_owned)
}

fn walk_root(root: Root) -> impl Iterator<Item = Found> {
    let mut entries = WalkDir::new(&root.path).sort_by_file_name().into_iter();
    // The folder of a saved page, and the page's name.
    let mut companion: Option<(PathBuf, String)> = None;
    std::iter::from_fn(move || {
        loop {
            let entry = entries.next()?;
            if let (Some((folder, page)), Ok(entry)) = (&companion, &entry) {
                match entry.path().starts_with(folder) {
                    false => companion = None,
                    true if entry.file_type().is_dir() => continue,
                    true => {
                        let reason = format!("{BELONGS} {page}");
                        return Some(Found::NotRead(root.origin(entry.path()), Unread::Skipped(reason)));
                    }
                }
            }
            match entry {
                Ok(entry) if entry.depth() > 0 && is_hidden(entry.file_name()) => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    return Some(Found::Hidden(root.origin(entry.path())));
                }
                Ok(entry) if entry.file_type().is_dir() => companion = page_beside(&entry),
                Ok(entry) => return Some(root.found(&entry)),
                Err(error) => return Some(root.refused(&error)),
            }
        }
    })
}

/// A folder that a browser put beside a page, with the page's name.
fn page_beside(folder: &DirEntry) -> Option<(PathBuf, String)> {
    let around = folder.path().parent().filter(|_| folder.depth() > 0)?;
    let page = saved_page_of(folder.file_name().to_str()?, |name| around.join(name).is_file())?;
    Some((folder.path().to_owned(), page))
}

impl Root {
    fn origin(&self, path: &Path) -> Origin {
        let inside = path.strip_prefix(&self.path).unwrap_or(path);
        let parts = inside.components().map(|part| readable(Path::new(part.as_os_str())));
        let place: Vec<_> = std::iter::once(self.name.clone()).chain(parts).collect();
        Origin { file: readable(path), place: place.join("/"), ..Origin::default() }
    }

    fn found(&self, entry: &DirEntry) -> Found {
        let origin = self.origin(entry.path());
        if entry.file_type().is_symlink() {
            return match self.follow(entry.path()) {
                Ok(metadata) => self.file(entry.path(), origin, &metadata),
                Err(reason) => Found::NotRead(origin, Unread::Skipped(reason.into())),
            };
        }
        match entry.metadata() {
            Ok(metadata) => self.file(entry.path(), origin, &metadata),
            Err(error) => self.refused(&error),
        }
    }

    fn file(&self, path: &Path, mut origin: Origin, metadata: &Metadata) -> Found {
        if !metadata.is_file() {
            return Found::NotRead(origin, Unread::Skipped("not a regular file".into()));
        }
        let modified = metadata.modified().ok().map_or(0, |time| match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
        });
        origin.size = metadata.len();
        origin.modified = modified.div_euclid(1_000_000_000);
        Found::File(File { path: path.to_owned(), origin, modified })
    }

    /// What a link leads to, if it is to be read here.
    fn follow(&self, link: &Path) -> Result<Metadata, &'static str> {
        let target = link.canonicalize().map_err(|_| "a link that leads nowhere")?;
        let metadata = target.metadata().map_err(|_| "a link that leads nowhere")?;
        if metadata.is_dir() {
            return Err("a link to a folder");
        }
        if !target.starts_with(&self.path) {
            return Err("a link that leads out of the folder");
        }
        match is_reached_from(&self.path, &target) {
            true => Err("a link to a file that is read where it lies"),
            false => Ok(metadata),
        }
    }

    fn refused(&self, error: &walkdir::Error) -> Found {
        let path = error.path().unwrap_or(&self.path);
        let reason = match error.io_error() {
            Some(error) => explain(error),
            None => format!("cannot be walked: {error}"),
        };
        let origin = self.origin(path);
        match path == self.path {
            true => Found::Unreadable(origin, Unread::Failed(reason)),
            false => Found::NotRead(origin, Unread::Failed(reason)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(paths: &[PathBuf]) -> Vec<String> {
        let shown = walk(paths).map(|found| match found {
            Found::File(file) => file.origin.place,
            Found::NotRead(origin, why) => {
                let why = why.reason();
                format!("{}: {why}", origin.place)
            }
            Found::Unreadable(origin, why) => {
                let why = why.reason();
                format!("! {}: {why}", origin.place)
            }
            Found::Missing(origin, why) => format!("? {}: {why}", origin.place),
            Found::Hidden(origin) => format!("hidden {}", origin.place),
        });
        shown.collect()
    }

    fn folder(files: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("news");
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        (folder, root)
    }

    #[test]
    fn files_come_in_the_order_of_their_names_and_of_a_hidden_folder_no_more_than_itself() {
        let (_keep, root) = folder(&["b.txt", "a/z.txt", "a/b/c.txt", ".git/x.txt", ".DS_Store", "c.txt"]);
        let all = [
            "hidden news/.DS_Store",
            "hidden news/.git",
            "news/a/b/c.txt",
            "news/a/z.txt",
            "news/b.txt",
            "news/c.txt",
        ];
        assert_eq!(walked(std::slice::from_ref(&root)), all);
        assert_eq!(walked(&[root.join(".git")]), [".git/x.txt"]);
        assert_eq!(walked(&[root.join("a/z.txt")]), ["z.txt"]);
        assert_eq!(walked(&[root.join("a/.")]), ["a/b/c.txt", "a/z.txt"]);
        assert_eq!(walked(&[root.join("a/b/..")])[0], "a/b/c.txt");
    }

    #[test]
    fn the_folder_of_a_saved_page_holds_no_news_and_one_without_a_page_may() {
        let (_keep, root) =
            folder(&["t.html", "t-Dateien/ad/frame.html", "t-Dateien/x.css", "news_files/a.html", "u.html"]);
        let expected = [
            "news/news_files/a.html",
            "news/t-Dateien/ad/frame.html: belongs to the saved page t.html",
            "news/t-Dateien/x.css: belongs to the saved page t.html",
            "news/t.html",
            "news/u.html",
        ];
        assert_eq!(walked(std::slice::from_ref(&root)), expected);
        assert_eq!(walked(&[root.join("t-Dateien")]).len(), 2);
        assert_eq!(walked(&[root.join("t-Dateien/x.css")]), ["x.css"]);
    }

    #[test]
    fn what_is_given_twice_is_read_once() {
        let (_keep, root) = folder(&["a/b.txt", ".x/c.txt"]);
        let twice = [root.join("a/b.txt"), root.clone(), root.join("a"), root.clone(), root.join(".x/c.txt")];
        assert_eq!(walked(&twice), ["hidden news/.x", "news/a/b.txt", "c.txt"]);
    }

    #[test]
    fn a_path_that_is_not_there_is_named_and_the_others_are_walked() {
        let (_keep, root) = folder(&["b.txt"]);
        assert_eq!(walked(&[root.join("nope"), root]), ["? nope: no such file or folder", "news/b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_only_where_they_add_a_file_of_the_folder() {
        use std::os::unix::fs::symlink;
        let (keep, root) = folder(&["a.txt", ".store/real.txt", "sub/s.txt"]);
        std::fs::write(keep.path().join("outside.txt"), "x").unwrap();
        symlink(root.join("a.txt"), root.join("l1.txt")).unwrap();
        symlink(".store/real.txt", root.join("l2.txt")).unwrap();
        symlink("../outside.txt", root.join("l3.txt")).unwrap();
        symlink("l4.txt", root.join("l4.txt")).unwrap();
        symlink("..", root.join("sub/up")).unwrap();
        assert_eq!(
            walked(&[root]),
            [
                "hidden news/.store",
                "news/a.txt",
                "news/l1.txt: a link to a file that is read where it lies",
                "news/l2.txt",
                "news/l3.txt: a link that leads out of the folder",
                "news/l4.txt: a link that leads nowhere",
                "news/sub/s.txt",
                "news/sub/up: a link to a folder",
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_permission_is_a_failure_that_says_so() {
        use std::os::unix::fs::PermissionsExt;
        let (_keep, root) = folder(&["a/x.txt", "b.txt"]);
        let locked = root.join("a");
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o0)).unwrap();
        let found = walked(std::slice::from_ref(&root));
        let is_privileged = std::fs::read_dir(&locked).is_ok();
        std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o755)).unwrap();
        let expected = if is_privileged { "news/a/x.txt" } else { "news/a: no permission to read it" };
        assert_eq!(found, [expected, "news/b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let paths = [&b"a\xff.txt"[..], b"a\xfe.txt"]
            .map(|name| readable(Path::new(std::ffi::OsStr::from_bytes(name))));
        assert_eq!(paths, ["a\\xff.txt", "a\\xfe.txt"]);
    }
}
