//! What files are that nobody reads: told by content, by the root of an XML document, by name.

use super::probe::{Probe, looks_like};
use super::xml;

/// Endings of names with what they stand for.
const BY_NAME: &[(&str, &str)] = &[
    ("7z", "a 7z archive"),
    ("aac", "a sound"),
    ("avi", "a film"),
    ("avif", "an AVIF picture"),
    ("bmp", "a BMP picture"),
    ("bz2", "bzip2 data"),
    ("css", "a style sheet"),
    ("csv", "a table (CSV)"),
    ("db", "a database"),
    ("doc", "an old Word document"),
    ("docx", "a Word document"),
    ("eml", "a mail"),
    ("epub", "an EPUB book"),
    ("gif", "a GIF picture"),
    ("heic", "a HEIC picture"),
    ("ico", "an icon"),
    ("jpeg", "a JPEG picture"),
    ("jpg", "a JPEG picture"),
    ("js", "a script"),
    ("m4a", "a sound"),
    ("map", "a source map"),
    ("mbox", "a mailbox"),
    ("mjs", "a script"),
    ("mkv", "a film"),
    ("mov", "a film"),
    ("mp3", "a sound"),
    ("mp4", "a film"),
    ("msg", "an Outlook mail"),
    ("odt", "an OpenDocument text"),
    ("ogg", "a sound"),
    ("otf", "a font"),
    ("parquet", "a table (Parquet)"),
    ("pdf", "a PDF document"),
    ("png", "a PNG picture"),
    ("ppt", "old PowerPoint slides"),
    ("pptx", "PowerPoint slides"),
    ("rar", "a RAR archive"),
    ("rtf", "a rich text document"),
    ("sqlite", "an SQLite database"),
    ("svg", "an SVG drawing"),
    ("swf", "a Flash film"),
    ("tif", "a TIFF picture"),
    ("tiff", "a TIFF picture"),
    ("tsv", "a table (TSV)"),
    ("ttf", "a font"),
    ("wacz", "a web archive (WACZ)"),
    ("warc", "a web archive (WARC)"),
    ("wasm", "a program"),
    ("wav", "a sound"),
    ("webarchive", "a web archive of Safari"),
    ("webm", "a film"),
    ("webp", "a WebP picture"),
    ("woff", "a font"),
    ("woff2", "a font"),
    ("xls", "an old Excel sheet"),
    ("xlsx", "an Excel sheet"),
    ("xz", "xz data"),
];

/// Roots of XML documents with what they are.
const BY_ROOT: &[(&str, &str)] = &[
    ("NewsML", "a NewsML document"),
    ("conceptItem", "a NewsML-G2 document"),
    ("newsItem", "a NewsML-G2 document"),
    ("newsMessage", "a NewsML-G2 document"),
    ("nitf", "an NITF document"),
    ("packageItem", "a NewsML-G2 document"),
    ("sitemapindex", "a site map"),
    ("svg", "an SVG drawing"),
    ("urlset", "a site map"),
];

/// Beginnings of text formats that are not read.
const BY_START: &[(&str, &str)] = &[
    ("WARC/", "a web archive (WARC)"),
    ("%!PS", "a PostScript document"),
    ("BEGIN:VCALENDAR", "a calendar"),
    ("BEGIN:VCARD", "an address card"),
];

/// Kinds that hold news, and will be read one day.
const LATER: &[&str] = &[
    "a NewsML document",
    "a NewsML-G2 document",
    "a PDF document",
    "a mail",
    "a mailbox",
    "a web archive (WACZ)",
    "a web archive (WARC)",
    "an NITF document",
];

fn reason(kind: &str) -> String {
    format!("{kind}: not read{}", if LATER.contains(&kind) { " yet" } else { "" })
}

/// What a file is, as the reason that nobody reads it.
pub(super) fn unsupported(probe: &Probe<'_>) -> String {
    let extension = probe.extension();
    let named = BY_NAME.binary_search_by_key(&extension.as_str(), |(name, _)| *name).ok();
    let named = named.map(|place| BY_NAME[place].1);
    let start = probe.start();
    let text = BY_START.iter().find(|(opening, _)| start.starts_with(opening.as_bytes()));
    // A zip is many kinds of file, and so is what holds zeros: there the name knows more.
    let is_vague = start.starts_with(b"PK") || looks_like(probe.head) == Some("binary data");
    let seen = text.map(|(_, kind)| *kind).or_else(|| looks_like(probe.head));
    if let Some(kind) = if is_vague { named.or(seen) } else { seen.or(named) } {
        return reason(kind);
    }
    if let Some(root) = xml::root(start) {
        return match BY_ROOT.iter().find(|(name, _)| *name == root) {
            Some((_, kind)) => reason(kind),
            None => format!("an XML document whose root is <{root}>: not read"),
        };
    }
    match extension.as_str() {
        "" => "an unknown kind of file: its name has no ending that tells".into(),
        other => format!("an unknown kind of file: .{other}"),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn kind(path: &str, head: &[u8]) -> String {
        unsupported(&Probe { path: Path::new(path), head })
    }

    #[test]
    fn a_file_is_called_by_what_it_is_and_not_by_what_it_is_named() {
        assert_eq!(kind("a.png", b"%PDF-1.7\n"), "a PDF document: not read yet");
        assert_eq!(kind("a.docx", b"PK\x03\x04\x14\0"), "a Word document: not read");
        assert_eq!(kind("a.webarchive", b"bplist00\xd1\0"), "a web archive of Safari: not read");
        assert_eq!(kind("a", b"WARC/1.0\r\n"), "a web archive (WARC): not read yet");
        assert_eq!(kind("a.JPEG.gz", b"no picture"), "a JPEG picture: not read");
        assert_eq!(
            kind("a.xml", b"<?xml version='1.0'?><!-- x --><n:nitf a='b'>"),
            "an NITF document: not read yet"
        );
        let other = "an XML document whose root is <RBNews>: not read";
        assert_eq!(kind("a.xml", b"\xef\xbb\xbf<?xml version='1.0'?>\n<RBNews xmlns=''>"), other);
        assert_eq!(kind("a.quux", b"words"), "an unknown kind of file: .quux");
        assert_eq!(kind("README", b"words"), "an unknown kind of file: its name has no ending that tells");
    }

    #[test]
    fn the_table_of_names_is_sorted() {
        assert!(BY_NAME.is_sorted());
    }
}
