//! The corpora of a folder: which files there are, and how they are read.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;

use super::{Annotated, Document, read, read_articles};

/// How a corpus may be packed; the last is none at all.
const PACKINGS: [&str; 4] = [".xz", ".gz", ".zst", ""];

/// A file of a folder that holds a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corpus {
    /// The file's name without its endings.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// Whether it holds articles (JSON Lines) and not labelled tokens.
    pub holds_articles: bool,
}

/// What a corpus holds.
#[derive(Debug)]
pub enum Content {
    /// Labelled tokens.
    Tokens(Vec<Document>),
    /// Whole articles.
    Articles(Vec<Annotated>),
}

/// The corpora of a folder, by their names: `NAME.conll` and `NAME.jsonl`, also with `.xz`, `.gz` or `.zst`.
///
/// # Errors
///
/// What listing the folder fails with.
pub fn corpora(folder: &Path) -> io::Result<Vec<Corpus>> {
    let mut corpora = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(file) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let unpacked = PACKINGS.iter().find_map(|packing| file.strip_suffix(packing)).unwrap_or(file);
        let tokens = unpacked.strip_suffix(".conll");
        let Some(name) = tokens.or_else(|| unpacked.strip_suffix(".jsonl")).map(str::to_owned) else {
            continue;
        };
        let holds_articles = tokens.is_none();
        corpora.push(Corpus { name, path, holds_articles });
    }
    corpora.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(corpora)
}

impl Corpus {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// What reading fails with, and lines that are not as they should be, with their number.
    pub fn read(&self) -> io::Result<Content> {
        let file = BufReader::new(File::open(&self.path)?);
        let input: Box<dyn BufRead> = match self.path.extension().and_then(|extension| extension.to_str()) {
            Some("xz") => Box::new(BufReader::new(XzReader::new(file, true))),
            Some("gz") => Box::new(BufReader::new(MultiGzDecoder::new(file))),
            Some("zst") => Box::new(BufReader::new(zstd::Decoder::with_buffer(file)?)),
            _ => Box::new(file),
        };
        if self.holds_articles {
            return Ok(Content::Articles(read_articles(input)?));
        }
        let documents = read(input)?;
        if documents.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "it has no line with a token"));
        }
        Ok(Content::Tokens(documents))
    }
}
