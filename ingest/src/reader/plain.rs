//! Plain text: a copy that somebody made of an article. One file is one record.

use dateline_index::article::Origin;
use dateline_index::identity::digest;

use super::{Opened, Piece, Reader, Unread};
use crate::charset;
use crate::mapping::Mapping;
use crate::raw::{RawBody, RawDocument};

pub(super) struct Plain;

impl Reader for Plain {
    fn name(&self) -> &'static str {
        "a text"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text", "md", "markdown"]
    }

    fn open(&self, piece: Piece, origin: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        let text = charset::decode_text(&bytes, None).text.replace("\r\n", "\n");
        Ok(Opened { raw: RawDocument { origin: origin.clone(), body: RawBody::Text(text) }, doubt: None })
    }
}
