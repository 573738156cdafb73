//! The labelled texts: gold by hand, silver by other taggers, without what the tests hold.

use std::collections::HashSet;
use std::error::Error;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::BufReader;
use std::path::Path;

use dateline_ingest::actors::evaluate::{Document, read as read_conll};
use lzma_rust2::XzReader;

use crate::vote::{Doubt, Reading, vote};

/// A text of the corpora, and what may be believed of it.
#[derive(Debug)]
pub(crate) struct Text {
    /// The text and its names.
    pub(crate) document: Document,
    /// Passages whose names are not certain.
    pub(crate) doubts: Vec<Doubt>,
    /// How much it counts.
    pub(crate) weight: f32,
    /// Whether names that are neither people nor organisations nor places go unlabelled in it.
    pub(crate) three_sorts: bool,
}

/// File, and whether it labels three sorts only. Each is of a licence that lets weights be shared.
const GOLD: &[(&str, bool)] = &[
    ("gum_open.train", false),
    ("wikigold.all", false),
    ("uner_ewt.dev", true),
    ("btc_clean.all", true),
    ("wnut17_clean.train", false),
];
/// How much a text counts that people labelled; the others count one.
const GOLD_WEIGHT: f32 = 1.5;

/// Texts that other taggers labelled, and those: spaCy's middle and small model, and a vote of the two
/// with a tagger that learned from the gold alone.
const SILVER: &[&str] = &["silver_tehrantimes", "silver_gmbtexts"];
const TEACHERS: &[&str] = &["md", "sm", "vm"];

/// Every so manieth text is learned from in small letters too, and in capitals: as people write in mail,
/// and as headlines were printed.
const SMALL: usize = 5;
const CAPITALS: usize = 9;

/// A text as other taggers label it.
#[derive(Debug)]
pub(crate) struct Silver {
    /// The text.
    pub(crate) document: Document,
    /// What each tagger says.
    pub(crate) readings: Vec<Reading>,
}

impl Silver {
    /// The text with the labels that the taggers agree on.
    pub(crate) fn text(&self) -> Text {
        let (names, doubts) = vote(&self.readings);
        let document = Document { names, ..self.document.clone() };
        Text { document, doubts, weight: 1.0, three_sorts: false }
    }
}

/// Texts for measuring: what shares a passage with them is not learned from.
const TESTS: &[&str] = &["worldwide_dev", "uner_ewt.test", "wnut17.test", "gum_open.test", "re3d.open"];

/// Words in a row that make a shared passage.
const PASSAGE: usize = 10;

/// Reads the texts that people labelled, and writes some of them small and in capitals.
pub(crate) fn gold(folder: &Path) -> Result<Vec<Text>, Box<dyn Error>> {
    let mut corpus = Vec::new();
    for (name, three_sorts) in GOLD {
        let (weight, three_sorts) = (GOLD_WEIGHT, *three_sorts);
        let text = |document| Text { document, doubts: Vec::new(), weight, three_sorts };
        corpus.extend(open(folder, name)?.into_iter().map(text));
    }
    let rewritten: Vec<_> =
        corpus.iter().enumerate().flat_map(|(place, text)| rewritten(place, text)).collect();
    corpus.extend(rewritten);
    Ok(corpus)
}

/// A text in small letters, in capitals, in both ways or in none.
fn rewritten(place: usize, text: &Text) -> impl Iterator<Item = Text> {
    let small = place.is_multiple_of(SMALL).then(|| text.document.text.to_ascii_lowercase());
    let capitals = (place + 2).is_multiple_of(CAPITALS).then(|| text.document.text.to_ascii_uppercase());
    small.into_iter().chain(capitals).map(|written| {
        let document = Document { text: written, ..text.document.clone() };
        Text { document, doubts: Vec::new(), ..*text }
    })
}

/// Reads the texts that other taggers labelled, without those that share a passage with the tests.
pub(crate) fn silver(folder: &Path) -> Result<Vec<Silver>, Box<dyn Error>> {
    let mut passages = HashSet::new();
    for name in TESTS {
        for document in open(folder, name)? {
            passages.extend(passages_of(&document.text));
        }
    }
    let mut all = Vec::new();
    for name in SILVER {
        let mut texts = taught(folder, name)?;
        texts.retain(|text| !passages_of(&text.document.text).any(|passage| passages.contains(&passage)));
        all.extend(texts);
    }
    Ok(all)
}

/// Reads what each teacher says of the same texts.
fn taught(folder: &Path, name: &str) -> Result<Vec<Silver>, Box<dyn Error>> {
    let mut texts: Vec<Silver> = Vec::new();
    for teacher in TEACHERS {
        for (place, mut document) in open(folder, &format!("{name}.{teacher}"))?.into_iter().enumerate() {
            let names = std::mem::take(&mut document.names);
            if texts.len() <= place {
                texts.push(Silver { document, readings: Vec::new() });
            } else if texts[place].document.text != document.text {
                return Err(
                    format!("{name}.{teacher}: {} is another text than elsewhere", document.id).into()
                );
            }
            texts[place].readings.push(Reading { names, weight: 1.0 });
        }
    }
    Ok(texts)
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
