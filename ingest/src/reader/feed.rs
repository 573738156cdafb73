//! Feeds: RSS, Atom, JSON Feed, and WordPress's exports, which are RSS. Each entry is a record.
//!
//! A feed is cut into feeds of one entry each, which keep the title and the language of the whole:
//! one entry that is broken costs no other, and no feed is too long.

mod cut;
mod json;
mod markup;
mod parse;
mod wordpress;

use std::io::{self, Cursor, Read};

use dateline_index::article::Origin;
use dateline_index::identity::digest;

use super::xml;
use super::{Claim, Emit, MAX_RECORD, Opened, Piece, Probe, Reader, Source, Unread, too_large};
use crate::charset;
use crate::mapping::Mapping;
use crate::prescan::{LIMITS, make_safe};
use crate::raw::{RawBody, RawDocument};

pub(super) struct Feed;

impl Reader for Feed {
    fn name(&self) -> &'static str {
        "a feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom", "rdf", "xml"]
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        let start = probe.start();
        if start.starts_with(b"{") {
            let is_feed = json::is_feed(&String::from_utf8_lossy(start));
            return if is_feed { Claim::Certain } else { Claim::No };
        }
        let root = match charset::is_utf_16(probe.head) {
            true => xml::root(charset::decode_page(probe.head, None).text.as_bytes()),
            false => xml::root(start),
        };
        match root.as_deref() {
            Some("rss" | "feed" | "RDF" | "entry") => Claim::Certain,
            Some(_) => Claim::No,
            None if matches!(probe.extension().as_str(), "rss" | "atom") => Claim::Likely,
            None => Claim::No,
        }
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        let probe = input.probe();
        if probe.start().starts_with(b"{") {
            return json::split(&whole(input)?, emit);
        }
        if charset::is_utf_16(probe.head) {
            let text = charset::decode_page(&whole(input)?, None).text;
            return cut::split(&mut Cursor::new(text), emit);
        }
        cut::split(input, emit)
    }

    fn open(&self, piece: Piece, origin: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        origin.record.clone_from(&piece.record);
        origin.offset = piece.offset;
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        let text = charset::decode_page(&bytes, None).text;
        let mut entry = parse::parse(&text).map_err(Unread::Failed)?;
        origin.url.clone_from(&entry.url);
        if let Some(name) =
            [Some(&entry.id), entry.url.as_ref()].into_iter().flatten().find(|id| !id.is_empty())
        {
            origin.record.clone_from(name);
        }
        let mut doubt = None;
        for part in [&mut entry.content, &mut entry.summary].into_iter().flatten() {
            let safe = make_safe(std::mem::take(part), &LIMITS).map_err(Unread::Failed)?;
            *part = safe.page;
            doubt = doubt.or(safe.rewritten);
        }
        let raw = RawDocument { origin: origin.clone(), body: RawBody::Entry(Box::new(entry)) };
        Ok(Opened { raw, doubt })
    }
}

fn whole(input: &mut Source<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_RECORD as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > MAX_RECORD {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, too_large())),
        false => Ok(bytes),
    }
}
