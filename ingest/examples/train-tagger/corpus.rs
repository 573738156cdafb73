//! The labelled texts: gold by hand, silver by other taggers, without what the tests hold.

use std::collections::HashSet;
use std::error::Error;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufReader;
use std::path::Path;

use dateline_ingest::actors::evaluate::{Document, read as read_conll};
use lzma_rust2::XzReader;

/// A text of the corpora, and what may be believed of it.
#[derive(Debug)]
pub(crate) struct Text {
    /// The text and its names.
    pub(crate) document: Document,
    /// How much it counts.
    pub(crate) weight: f32,
    /// Whether names that are neither people nor organisations nor places go unlabelled in it.
    pub(crate) three_sorts: bool,
}

/// File, weight, whether it labels three sorts only. Each is of a licence that lets weights be shared.
const FILES: &[(&str, f32, bool)] = &[
    ("gum_open.train", 1.0, false),
    ("wikigold.all", 1.0, false),
    ("uner_ewt.dev", 1.0, true),
    ("btc_clean.all", 1.0, true),
    ("wnut17_clean.train", 1.0, false),
    ("silver_tehrantimes.vm", 1.0, false),
    ("silver_gmbtexts.vm", 1.0, false),
];

/// Texts for measuring: what shares a passage with them is not learned from.
const TESTS: &[&str] = &["worldwide_dev", "uner_ewt.test", "wnut17.test", "gum_open.test", "re3d.open"];

/// Words in a row that make a shared passage.
const PASSAGE: usize = 10;

/// Reads the corpora of a folder.
pub(crate) fn read(folder: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut passages = HashSet::new();
    for name in TESTS {
        for document in open(folder, name)? {
            passages.extend(passages_of(&document.text));
        }
    }
    let mut corpus = Vec::new();
    for (name, weight, three_sorts) in FILES {
        for document in open(folder, name)? {
            if !name.starts_with("silver")
                || !passages_of(&document.text).any(|passage| passages.contains(&passage))
            {
                corpus.push(Text { document, weight: *weight, three_sorts: *three_sorts });
            }
        }
    }
    Ok(corpus)
}

fn open(folder: &Path, name: &str) -> Result<Vec<Document>, Box<dyn Error>> {
    let path = folder.join(format!("{name}.conll.xz"));
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let documents = read_conll(BufReader::new(XzReader::new(file, true)));
    Ok(documents.map_err(|error| format!("{}: {error}", path.display()))?)
}

fn passages_of(text: &str) -> impl Iterator<Item = u64> {
    let words: Vec<_> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let passages: Vec<_> = words
        .windows(PASSAGE)
        .map(|words| {
            let mut hasher = DefaultHasher::new();
            words.iter().for_each(|word| word.to_lowercase().hash(&mut hasher));
            hasher.finish()
        })
        .collect();
    passages.into_iter()
}
