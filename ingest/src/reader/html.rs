//! Pages. One file is one record.

use dateline_index::article::Origin;
use dateline_index::identity::digest;

use super::{Claim, Opened, Piece, Probe, Reader, Unread, saved};
use crate::charset;
use crate::mapping::Mapping;
use crate::prescan::{LIMITS, make_safe};
use crate::raw::{RawBody, RawDocument};

pub(super) struct Html;

/// How a page begins, after comments.
const OPENINGS: &[&str] = &["<!doctype html", "<html", "<head", "<body", "<title", "<meta"];

impl Reader for Html {
    fn name(&self) -> &'static str {
        "a page"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml", "shtml", "xht"]
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        match probe.extension().as_str() {
            extension if self.extensions().contains(&extension) => Claim::Certain,
            _ if is_page(probe.start()) => Claim::Likely,
            _ => Claim::No,
        }
    }

    fn open(&self, piece: Piece, origin: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        open_page(&bytes, None, origin)
    }
}

/// Opens a page, of which its container states that charset.
pub(super) fn open_page(bytes: &[u8], label: Option<&str>, origin: &mut Origin) -> Result<Opened, Unread> {
    let page = charset::decode_page(bytes, label).text;
    saved::note(&page, origin);
    let safe = make_safe(saved::without_data(page), &LIMITS).map_err(Unread::Failed)?;
    let raw = RawDocument { origin: origin.clone(), body: RawBody::Html(safe.page) };
    Ok(Opened { raw, doubt: safe.rewritten })
}

/// Whether content is a page, whatever its name.
fn is_page(start: &[u8]) -> bool {
    let lower = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut rest = lower.as_str();
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?xml") => "?>",
            _ => break,
        };
        let Some(place) = rest.find(end) else { return false };
        rest = &rest[place + end.len()..];
    }
    OPENINGS.iter().any(|opening| rest.starts_with(opening))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_page_is_known_by_its_name_or_else_by_its_opening() {
        let claim = |path, head: &str| Html.claims(&Probe { path: Path::new(path), head: head.as_bytes() });
        assert_eq!(claim("a.HTML", ""), Claim::Certain);
        assert_eq!(claim("a.htm.gz", "x"), Claim::Certain);
        assert_eq!(claim("story?id=7", "\u{feff}\n<!-- saved -->\n<!DOCTYPE HTML PUBLIC"), Claim::Likely);
        assert_eq!(claim("story.php", "<?xml version='1.0'?><html xmlns='x'>"), Claim::Likely);
        for other in ["<?xml version='1.0'?><rss>", "<?php echo 1 ?>", "", "a < b", "<!-- open"] {
            assert_eq!(claim("x", other), Claim::No, "{other}");
        }
    }
}
