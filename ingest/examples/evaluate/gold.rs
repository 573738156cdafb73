//! Pages with what people or their publishers say of them: `SOURCE/NNN.html` beside `SOURCE/gold.jsonl`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dateline_index::identity::digest;
use serde::Deserialize;
use serde_json::Value;

/// What is known of a page. Fields that a source has no truth for are absent.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Gold {
    pub(crate) id: String,
    pub(crate) file: String,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    publisher_key: Option<String>,
    #[serde(default)]
    pub(crate) title: Option<String>,
    /// A list of names, or a line of them.
    #[serde(default)]
    pub(crate) authors: Value,
    #[serde(default)]
    pub(crate) authors_annotated: bool,
    #[serde(default)]
    pub(crate) published: Option<String>,
    #[serde(default)]
    pub(crate) body: Option<String>,
    #[serde(default)]
    pub(crate) must_contain: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) must_not_contain: Vec<String>,
}

impl Gold {
    /// Whether the page's publisher is one of the third that nobody looks at while rules are chosen.
    pub(crate) fn is_held_back(&self) -> bool {
        const PARTS: u32 = 3;
        number(self.who()).is_multiple_of(PARTS)
    }

    /// Whether the page's publisher is of one of several parts of all publishers: those that
    /// `learn-segments --without` leaves out.
    pub(crate) fn is_of(&self, part: Part) -> bool {
        number(&format!("fold {}", self.who())) % part.of == part.number - 1
    }

    fn who(&self) -> &str {
        self.publisher_key.as_deref().or(self.publisher.as_deref()).unwrap_or(&self.id)
    }
}

/// "2/5": the second of five parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    number: u32,
    of: u32,
}

impl Part {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, of) = text.split_once('/')?;
        let (number, of) = (number.parse().ok()?, of.parse().ok()?);
        (1..=of).contains(&number).then_some(Self { number, of })
    }
}

/// The first 32 bits of a text's SHA-256.
fn number(text: &str) -> u32 {
    let hash = digest(text.as_bytes());
    u32::from_str_radix(&hash[..8], 16).unwrap_or_default()
}

/// A page, the folder that it lies in, and its truth.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) source: String,
    pub(crate) path: PathBuf,
    pub(crate) gold: Gold,
}

/// Reads all cases below a folder, by source and line.
pub(crate) fn read(pages: &Path) -> io::Result<Vec<Case>> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(pages)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    folders.sort();
    let mut cases = Vec::new();
    for folder in folders {
        let list = folder.join("gold.jsonl");
        if !list.is_file() {
            continue;
        }
        let source = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (number, line) in fs::read_to_string(&list)?.lines().enumerate() {
            let gold: Gold = serde_json::from_str(line).map_err(|error| {
                io::Error::other(format!("{}, line {}: {error}", list.display(), number + 1))
            })?;
            let path = folder.join(&gold.file);
            cases.push(Case { source: source.clone(), path, gold });
        }
    }
    if cases.is_empty() {
        let message = format!("no SOURCE/gold.jsonl below {}", pages.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    Ok(cases)
}
