//! What can be told of a file from its name and its first bytes.

use std::path::Path;

use crate::charset;

/// First bytes that are looked at.
pub(super) const HEAD: usize = 4 << 10;

/// What a file is packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Nothing.
    None,
    /// gzip: `.gz`, `.tgz`.
    Gzip,
    /// Zstandard: `.zst`, `.tzst`.
    Zstd,
}

impl Packing {
    /// Tells by the name.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        match extension(path).as_str() {
            "gz" | "tgz" => Self::Gzip,
            "zst" | "zstd" | "tzst" => Self::Zstd,
            _ => Self::None,
        }
    }

    /// Tells by the first bytes.
    pub(super) fn by_content(head: &[u8]) -> Self {
        match head {
            [0x1f, 0x8b, 8, ..] => Self::Gzip,
            // The second is a frame to be skipped, which some programs write first.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::None => "unpacked",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
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
        match extension(self.path).as_str() {
            "tgz" | "tzst" => "tar".into(),
            "gz" | "zst" | "zstd" => extension(Path::new(self.path.file_stem().unwrap_or_default())),
            other => other.into(),
        }
    }

    /// The first bytes without byte-order mark and white space.
    #[must_use]
    pub fn start(&self) -> &[u8] {
        self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self.head).trim_ascii_start()
    }
}

/// The end of a name after its last dot, in lower case.
pub(super) fn extension(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
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
    (b"\x1f\x8b", "gzip data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "a rich text document"),
    (b"\x00\x00\x00\x0cjP", "a JPEG picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"fLaC", "a sound"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x00\x01\x00\x00\x00", "a font"),
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
    let holds_nothing = head.iter().take(1_024).any(|byte| *byte == 0);
    (holds_nothing && !charset::is_utf_16(head)).then_some("binary data")
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
        let extension = |name| Probe { path: Path::new(name), head: &[] }.extension();
        assert_eq!(
            ["a/b.JPG", "b.tar.gz", "b.TGZ", "b.gz", "README"].map(extension),
            ["jpg", "tar", "tar", "", ""]
        );
        let probe = Probe { path: Path::new("x.JSONL.gz"), head: b"\xef\xbb\xbf \n{" };
        assert_eq!((probe.extension().as_str(), probe.start()), ("jsonl", &b"{"[..]));
    }
}
