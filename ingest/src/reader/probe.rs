//! What can be told of a file from its name and its first bytes.

use std::path::Path;

/// What a file is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Nothing.
    None,
    /// gzip: `.gz`.
    Gzip,
    /// Zstandard: `.zst`.
    Zstd,
}

impl Packing {
    /// Tells by the name.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        match extension(path).as_str() {
            "gz" => Self::Gzip,
            "zst" | "zstd" => Self::Zstd,
            _ => Self::None,
        }
    }
}

/// A file's name and its first bytes, unpacked.
#[derive(Clone, Copy, Debug)]
pub struct Probe<'a> {
    /// Its path.
    pub path: &'a Path,
    /// A few thousand bytes at most.
    pub head: &'a [u8],
}

impl Probe<'_> {
    /// The name's extension in lower case, without that of the packing; empty where there is none.
    #[must_use]
    pub fn extension(&self) -> String {
        match Packing::of(self.path) {
            Packing::None => extension(self.path),
            Packing::Gzip | Packing::Zstd => extension(Path::new(self.path.file_stem().unwrap_or_default())),
        }
    }

    /// The first bytes without byte-order mark and white space.
    #[must_use]
    pub fn start(&self) -> &[u8] {
        self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.head).trim_ascii_start()
    }
}

fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

/// A file's kind as people name it: `.jpg`, `.tar.gz`, or that the name has none.
#[must_use]
pub fn kind_of(path: &Path) -> String {
    let outer = extension(path);
    let inner = Probe { path, head: &[] }.extension();
    match (outer.is_empty(), inner.is_empty() || inner == outer) {
        (true, _) => "its name has no extension".into(),
        (false, true) => format!(".{outer}"),
        (false, false) => format!(".{inner}.{outer}"),
    }
}

/// First bytes that only one kind of file has.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"\x1f\x8b", "gzip data (a name that ends in .gz is unpacked)"),
    (b"\x28\xb5\x2f\xfd", "zstd data (a name that ends in .zst is unpacked)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or a film"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"wOF2", "a font"),
    (b"wOFF", "a font"),
];

/// What binary data looks like; `None` where it may be text.
#[must_use]
pub fn looks_like(head: &[u8]) -> Option<&'static str> {
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic));
    // "MZ", "BZh", "ID3" and the like may open a sentence: a control character must follow.
    let is_control = |byte: &u8| *byte < 9 || (14..32).contains(byte) && *byte != 0x1b;
    let controls = head.iter().take(1_024).filter(|byte| is_control(byte)).count();
    if let Some((magic, kind)) = known
        && (controls > 0 || magic.iter().any(|byte| !byte.is_ascii_alphanumeric()))
    {
        return Some(kind);
    }
    let marked = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let utf_16 = marked || matches!(head, [b'<', 0, _, 0, ..] | [0, b'<', 0, _, ..]);
    (!utf_16 && head.iter().take(1_024).any(|byte| *byte == 0)).then_some("binary data")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_data_is_called_by_its_name_and_text_is_not_mistaken_for_it() {
        assert_eq!(looks_like(b"\x89PNG\r\n\x1a\n"), Some("a PNG picture"));
        assert_eq!(looks_like(b"%PDF-1.7\n"), Some("a PDF document"));
        assert_eq!(looks_like(b"MZ\x90\0\x03"), Some("a Windows program"));
        assert_eq!(looks_like(b"text\0more"), Some("binary data"));
        for text in
            [&b"MZ is a postcode"[..], b"ID3 tags", b"", b"<html>", b"\xff\xfeh\0i\0", b"<\0h\0", b"caf\xe9"]
        {
            assert_eq!(looks_like(text), None, "{text:?}");
        }
    }

    #[test]
    fn kinds_are_told_by_the_name() {
        assert_eq!(kind_of(Path::new("a/b.JPG")), ".jpg");
        assert_eq!(kind_of(Path::new("b.tar.gz")), ".tar.gz");
        assert_eq!(kind_of(Path::new("b.gz")), ".gz");
        assert_eq!(kind_of(Path::new("README")), "its name has no extension");
        let probe = Probe { path: Path::new("x.JSONL.gz"), head: b"\xef\xbb\xbf \n{" };
        assert_eq!((probe.extension().as_str(), probe.start()), ("jsonl", &b"{"[..]));
    }
}
