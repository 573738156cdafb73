//! Plain text: a copy that somebody made of an article. One file is one record.

use std::io::{self, BufRead};

use dateline_index::article::Origin;
use dateline_index::identity::digest;

use super::{Claim, Emit, Opened, Piece, Probe, Reader, Unread, looks_like, split_whole};
use crate::charset;
use crate::mapping::Mapping;
use crate::raw::{RawBody, RawDocument};

pub(super) struct Plain;

impl Reader for Plain {
    fn name(&self) -> &'static str {
        "plain text"
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        match probe.extension().as_str() {
            "txt" | "text" | "md" | "markdown" => Claim::Certain,
            _ => Claim::No,
        }
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn split(&self, input: &mut dyn BufRead, emit: Emit<'_>) -> io::Result<()> {
        split_whole(input, emit)
    }

    fn open(&self, piece: Piece, origin: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        if let Some(kind) = looks_like(&bytes) {
            return Err(Unread::Failed(format!("looks like {kind}, not a text")));
        }
        let text = charset::decode_text(&bytes).text.replace("\r\n", "\n");
        Ok(Opened { raw: RawDocument { origin: origin.clone(), body: RawBody::Text(text) }, doubt: None })
    }
}
