//! A folder to read, a stand-in for extraction, and an archive that remembers what it was told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use dateline_index::article::{Article, Origin};
use dateline_index::backend::Result;
use dateline_index::identity::{id_of, key};
use dateline_index::record::{
    Acknowledged, Content, FileState, Identity, Intake, KnownFile, Outcome, Record,
};
use dateline_index::wishes::Wishes;
use dateline_ingest::pipeline::{self, Event, Options, Summary, Work};
use dateline_ingest::raw::{Extracted, RawBody, RawDocument};

pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(folder.root()).unwrap();
        folder
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.0.path().join("news")
    }

    pub(crate) fn write(&self, file: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }
}

/// What a record of the tests' JSON Lines looks like.
pub(crate) fn line(id: usize, text: &str) -> String {
    format!("{{\"id\": \"r{id}\", \"title\": \"{text}\"}}\n")
}

pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// Stands for extraction: the whole text is the article's. Words in capitals make trouble.
pub(crate) fn work() -> Work {
    Arc::new(|raw: RawDocument, _| {
        let (text, identity) = match &raw.body {
            RawBody::Html(text) | RawBody::Text(text) => (text.clone(), Identity::Place),
            RawBody::Entry(entry) => (entry.title.clone(), Identity::Place),
            RawBody::Fields(fields) => {
                let given = fields.get("id").and_then(|id| id.as_str());
                let title = fields.get("title").map(|title| title.as_str().unwrap_or_default().to_owned());
                let identity = given.map_or(Identity::Place, |id| Identity::Given(id.to_owned()));
                (title.unwrap_or_default(), identity)
            }
        };
        match text {
            text if text.contains("PANIC") => panic!("a test's panic"),
            text if text.contains("HANG") => loop {
                std::thread::sleep(Duration::from_secs(60));
            },
            text if text.contains("SKIP") => Extracted::Skipped("an error page".into()),
            text if text.contains("FAIL") => Extracted::Failed("line 1, column 2: broken".into()),
            text => {
                let article = Article { text, ..Article::empty(id_of(&identity, &raw.origin)) };
                Extracted::Article { article: Box::new(article), identity }
            }
        }
    })
}

/// What an archive was told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Call {
    Put(String),
    FinishFile(String),
    Commit,
    Publish,
}

/// An archive in memory, as simple as can be.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) calls: Vec<Call>,
    pub(crate) articles: BTreeMap<String, String>,
    files: BTreeMap<String, FileState>,
    counts: BTreeMap<String, KnownFile>,
}

impl Intake for Memory {
    fn wishes(&mut self, file: &FileState) -> Result<Wishes> {
        Ok(self.files.get(&file.path).map(|file| file.wishes.clone()).unwrap_or_default())
    }

    fn begin_file(&mut self, file: &FileState) -> Result<()> {
        self.counts.insert(file.path.clone(), KnownFile::default());
        Ok(())
    }

    fn known(&mut self, file: &FileState) -> Result<Option<KnownFile>> {
        let is_same = self.files.get(&file.path) == Some(file);
        Ok(self.counts.get(&file.path).filter(|_| is_same).cloned())
    }

    fn put(&mut self, record: Record) -> Result<Outcome> {
        let known = self.counts.entry(record.origin.file.clone()).or_default();
        known.bins.add(record.content.bin(), 1);
        let (what, outcome) = match record.content {
            Content::NotArticle(reason) | Content::Unsupported(reason) | Content::Skipped(reason) => {
                known.reasons.push((reason.clone(), 1));
                (format!("skipped: {reason}"), Outcome::Skipped)
            }
            Content::Failed(reason) => (format!("failed: {reason}"), Outcome::Failed),
            Content::Article(article) => {
                let before =
                    self.articles.insert(key(&record.identity, &record.origin), article.text.clone());
                let outcome = match before {
                    None => Outcome::Added,
                    Some(text) if text == article.text => Outcome::Unchanged,
                    Some(_) => Outcome::Updated,
                };
                (article.text, outcome)
            }
        };
        let Origin { place, member, record, .. } = record.origin;
        let place = if member.is_empty() { place } else { format!("{place}!{member}") };
        let name = if record.is_empty() { place } else { format!("{place}#{record}") };
        self.calls.push(Call::Put(format!("{name}: {what}")));
        Ok(outcome)
    }

    fn finish_file(&mut self, file: &FileState) -> Result<()> {
        self.files.insert(file.path.clone(), file.clone());
        let name = Path::new(&file.path).file_name().unwrap().to_string_lossy().into_owned();
        self.calls.push(Call::FinishFile(name));
        Ok(())
    }

    fn commit(&mut self) -> Result<Acknowledged> {
        self.calls.push(Call::Commit);
        Ok(Acknowledged { change: 0, articles: self.articles.len() as u64 })
    }

    fn publish(&mut self) -> Result<()> {
        self.calls.push(Call::Publish);
        Ok(())
    }
}

impl Memory {
    /// The records that were put since the last call, as `place#record: text`.
    pub(crate) fn puts(&mut self) -> Vec<String> {
        let calls = std::mem::take(&mut self.calls);
        calls
            .into_iter()
            .filter_map(|call| if let Call::Put(put) = call { Some(put) } else { None })
            .collect()
    }
}

pub(crate) fn ingest(memory: &mut Memory, paths: &[PathBuf], options: &Options) -> (Summary, Vec<Event>) {
    let mut events = Vec::new();
    let mut watch = |event: &Event| events.push(event.clone());
    let summary = pipeline::ingest(paths, options, &work(), memory, &mut watch).unwrap();
    let tally = summary.tally;
    assert_eq!(
        tally.seen,
        tally.added + tally.updated + tally.unchanged + tally.skipped + tally.failed,
        "the counts add up"
    );
    assert_eq!(tally.seen, tally.bins.sum(), "each record is in one bin");
    assert_eq!((tally.skipped, tally.failed), (tally.bins.passed_over(), tally.bins.failed));
    (summary, events)
}

/// Reads a folder into a new archive: what was put, and the summary.
pub(crate) fn read(folder: &Folder) -> (Vec<String>, Summary) {
    let mut memory = Memory::default();
    let options = Options { threads: 2, ..Options::default() };
    let (summary, _) = ingest(&mut memory, &[folder.root()], &options);
    (memory.puts(), summary)
}
