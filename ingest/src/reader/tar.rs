//! tar: files one after another. Packed ones (`.tar.gz`, `.tgz`, `.tar.zst`) are unpacked before.

use std::io;
use std::ops::ControlFlow;

use ::tar::{Archive, EntryType};
use dateline_index::article::Origin;

use super::container::{Container, Exact, path_text};
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

    fn is_whole(&self) -> bool {
        false
    }

    fn is_container(&self) -> bool {
        true
    }

    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        let Some(mut container) = Container::begin(input, emit) else { return Ok(()) };
        let mut archive = Archive::new(input);
        for entry in archive.entries()? {
            let entry = entry.map_err(broken)?;
            let path = path_text(&entry.path_bytes());
            container.pages.meet(&path);
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
                break;
            }
        }
        Ok(())
    }

    fn open(&self, piece: Piece, _: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        Err(piece.bytes.err().unwrap_or_else(|| Unread::Failed("an archive inside an archive".into())))
    }
}

/// The crate's words for an archive that ends too early or is none.
fn broken(error: io::Error) -> io::Error {
    let reason = match error.kind() {
        io::ErrorKind::FileTooLarge => error.to_string(),
        _ if error.to_string().contains("unexpected EOF") => {
            "the archive ends before its end mark".to_owned()
        }
        io::ErrorKind::UnexpectedEof => "the archive ends before its end mark".to_owned(),
        _ => format!("the archive is damaged: {error}"),
    };
    io::Error::new(error.kind(), reason)
}
