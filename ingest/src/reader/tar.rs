//! tar: files one after another. Packed ones (`.tar.gz`, `.tgz`, `.tar.zst`) are unpacked before.

use std::io;
use std::ops::ControlFlow;

use ::tar::{Archive, EntryType};
use dateline_index::article::Origin;

use super::container::{self, Container, Exact, path_text};
use super::{Claim, Emit, Opened, Piece, Probe, Reader, Source, Unread};
use crate::mapping::Mapping;

pub(super) struct Tar;

impl Reader for Tar {
    fn name(&self) -> &'static str {
        "a tar archive"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tar"]
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        let is_named = self.extensions().contains(&probe.extension().as_str());
        let is_marked = probe.head.get(257..262) == Some(b"ustar");
        match (is_named, is_marked) {
            (true, _) => Claim::Certain,
            (_, true) => Claim::Likely,
            _ => Claim::No,
        }
    }

    fn is_container(&self) -> bool {
        true
    }

    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        let Some(mut container) = Container::begin(input, emit) else { return Ok(()) };
        let read = members(input, &mut container);
        // What was held back is handed on, whatever ended the archive.
        let _ = container.finish();
        read
    }

    fn open(&self, piece: Piece, _: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        Err(container::nothing_to_open(piece))
    }
}

/// Reads one member after the other.
fn members(input: &mut Source<'_>, container: &mut Container<'_, '_>) -> io::Result<()> {
    let mut archive = Archive::new(input);
    let mut last = String::new();
    for entry in archive.entries()? {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Err(broken(&error, &last)),
        };
        let path = path_text(&entry.path_bytes());
        last.clone_from(&path);
        container.meet(&path);
        let flow = match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => {
                let left = entry.size();
                container.member(&path, Exact { inner: entry, left }, false)?
            }
            EntryType::Symlink | EntryType::Link => {
                container.not_read(&path, Unread::Skipped("a link".into()))
            }
            EntryType::Char | EntryType::Block | EntryType::Fifo => {
                container.not_read(&path, Unread::Skipped("not a regular file".into()))
            }
            // Folders, and notes on what follows.
            _ => ControlFlow::Continue(()),
        };
        if flow.is_break() {
            return Ok(());
        }
    }
    Ok(())
}

/// The crate's words for an archive that ends too early or is none, `last` being the member before.
fn broken(error: &io::Error, last: &str) -> io::Error {
    let reason = match error.kind() {
        io::ErrorKind::FileTooLarge => error.to_string(),
        _ if error.to_string().contains("unexpected EOF") => {
            "the archive ends before its end mark".to_owned()
        }
        io::ErrorKind::UnexpectedEof => "the archive ends before its end mark".to_owned(),
        _ if error.to_string().contains("checksum") && last.is_empty() => {
            "it is no tar archive, or its beginning is damaged: fetch or pack it anew".to_owned()
        }
        _ if error.to_string().contains("checksum") => {
            format!(
                "the archive is damaged after {last:?}, and what follows cannot be read: fetch or pack it anew"
            )
        }
        _ => format!("the archive is damaged: {error}"),
    };
    io::Error::new(error.kind(), reason)
}
