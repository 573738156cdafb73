//! What all containers of files share: each member goes to whoever reads its kind, one at a time, and
//! what is wrong with one costs no other.

use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::companion::{BELONGS, Pages};
use super::source::{Inside, Source};
use super::{Emit, Piece, Unread, reader_of};
use crate::charset;

/// Containers inside each other that are looked into.
const DEEPEST: usize = 3;

/// A container while its members are read.
pub(super) struct Container<'e, 'f> {
    emit: &'e mut (dyn FnMut(Piece) -> ControlFlow<()> + 'f),
    inside: Inside,
    /// Its pages, as far as they are known: their folders hold no news.
    pages: Pages,
    /// Pieces of members that lie in a folder as saved pages have them, whose page may still come.
    held: Vec<Piece>,
    held_bytes: usize,
    /// Whether all its pages are known: then nothing needs to be held back.
    pub(super) knows_all: bool,
}

/// Bytes of members that are held back at most.
const MOST_HELD: usize = 32 << 20;

impl<'e, 'f> Container<'e, 'f> {
    /// Begins to read one; fails where it lies too deep.
    pub(super) fn begin(
        source: &Source<'_>,
        emit: &'e mut (dyn FnMut(Piece) -> ControlFlow<()> + 'f),
    ) -> Option<Self> {
        if source.depth() >= DEEPEST {
            let reason = format!("an archive inside {DEEPEST} archives: not looked into");
            let _ = emit(Piece::whole(Err(Unread::Unsupported(reason))));
            return None;
        }
        let inside = source.inside();
        Some(Self {
            emit,
            inside,
            pages: Pages::default(),
            held: Vec::new(),
            held_bytes: 0,
            knows_all: false,
        })
    }

    /// Remembers a member whose folder holds no news, if it is a page.
    pub(super) fn meet(&mut self, path: &str) {
        self.pages.meet(path);
    }

    /// Hands on what was held back, the archive being at its end, or more held back than fits.
    pub(super) fn finish(&mut self) -> ControlFlow<()> {
        self.held_bytes = 0;
        for piece in std::mem::take(&mut self.held) {
            let owner = self.pages.owner_of(&piece.member);
            let piece = match owner {
                Some(page) => {
                    let why = Unread::Skipped(format!("{BELONGS} {page}"));
                    Piece { member: piece.member, ..Piece::whole(Err(why)) }
                }
                None => piece,
            };
            (self.emit)(piece)?;
        }
        ControlFlow::Continue(())
    }

    /// Says that a member is not read.
    pub(super) fn not_read(&mut self, member: &str, why: Unread) -> ControlFlow<()> {
        let piece = Piece { member: member.to_owned(), ..Piece::whole(Err(why)) };
        match self.waits(member) {
            true => self.hold(vec![piece]),
            false => (self.emit)(piece),
        }
    }

    /// Reads a member. `is_unpacked` if its bytes are more than the container holds. An error ends the
    /// container.
    pub(super) fn member(
        &mut self,
        member: &str,
        bytes: impl Read,
        is_unpacked: bool,
    ) -> io::Result<ControlFlow<()>> {
        if let Some(why) = self.passed_over(member) {
            return Ok(self.not_read(member, why));
        }
        let mut count = 0_u64;
        let mut flow = ControlFlow::Continue(());
        let waits = self.waits(member);
        let mut held = Vec::new();
        let read = self.read(member, bytes, is_unpacked, &mut |emit, piece| {
            count += 1;
            if waits && piece.reader.is_some_and(|reader| reader.is_whole()) {
                held.push(piece);
            } else {
                flow = emit(piece);
            }
            flow
        });
        if flow.is_continue() {
            flow = self.hold(held);
        }
        if flow.is_break() {
            return Ok(flow);
        }
        match read {
            Err(Unread::Failed(reason)) if count > 0 => {
                let rest = Piece {
                    member: member.to_owned(),
                    record: "the rest".into(),
                    ..Piece::whole(Err(Unread::Failed(reason)))
                };
                flow = (self.emit)(rest);
            }
            Err(why) => flow = self.not_read(member, why),
            Ok(()) if count == 0 => flow = self.not_read(member, Unread::Skipped("empty".into())),
            Ok(()) => {}
        }
        self.inside.check()?;
        Ok(flow)
    }

    /// Whether a member lies in a folder whose page may still come.
    fn waits(&self, member: &str) -> bool {
        !self.knows_all && Pages::suspect(member).is_some()
    }

    /// Keeps pieces until it is known whether they belong to a page.
    fn hold(&mut self, pieces: Vec<Piece>) -> ControlFlow<()> {
        self.held_bytes +=
            pieces.iter().filter_map(|piece| piece.bytes.as_ref().ok()).map(Vec::len).sum::<usize>();
        self.held.extend(pieces);
        if self.held_bytes > MOST_HELD { self.finish() } else { ControlFlow::Continue(()) }
    }

    fn read(
        &mut self,
        member: &str,
        bytes: impl Read,
        is_unpacked: bool,
        count: &mut dyn FnMut(Emit<'_>, Piece) -> ControlFlow<()>,
    ) -> Result<(), Unread> {
        let failed = |error: io::Error| Unread::Failed(error.to_string());
        let mut source = self.inside.source(Path::new(member), bytes, is_unpacked).map_err(failed)?;
        let reader = reader_of(&mut source)?;
        let emit = &mut self.emit;
        let split = reader.split(&mut source, &mut |mut piece| {
            piece.member = match piece.member.is_empty() {
                true => member.to_owned(),
                false => format!("{member}/{}", piece.member),
            };
            piece.reader.get_or_insert(reader);
            count(*emit, piece)
        });
        split.map_err(failed)
    }

    /// Why a member is none that anybody reads, as its path tells.
    fn passed_over(&self, member: &str) -> Option<Unread> {
        let mut parts = member.split('/').filter(|part| !matches!(*part, "." | ".."));
        if parts.any(|part| part.starts_with('.') || part == "__MACOSX") {
            return Some(Unread::Skipped("hidden: it belongs to another program".into()));
        }
        let page = self.pages.owner_of(member)?;
        Some(Unread::Skipped(format!("{BELONGS} {page}")))
    }
}

/// What is said of a piece of a container: its members have readers of their own.
pub(super) fn nothing_to_open(piece: Piece) -> Unread {
    piece.bytes.err().unwrap_or_else(|| Unread::Failed("an archive inside an archive".into()))
}

/// A member's path as text. Old archives name them in the charset of their country.
pub(super) fn path_text(raw: &[u8]) -> String {
    let text = match std::str::from_utf8(raw) {
        Ok(text) => text.to_owned(),
        Err(_) => charset::decode_text(raw, None).text,
    };
    let text: String = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    // Windows once wrote its own separators.
    let text = if text.contains('/') { text } else { text.replace('\\', "/") };
    text.strip_prefix("./").map_or_else(|| text.clone(), str::to_owned)
}

/// Bytes of a member of known length: fewer are an error, which `take` would not tell.
pub(super) struct Exact<R> {
    pub(super) inner: R,
    pub(super) left: u64,
}

impl<R: Read> Read for Exact<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.left = self.left.saturating_sub(length as u64);
        if length == 0 && self.left > 0 && !into.is_empty() {
            let reason = "the archive ends in the middle of it";
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, reason));
        }
        Ok(length)
    }
}
