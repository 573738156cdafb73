//! Files to records: who understands which kind of file, and how its records are cut out.
//!
//! Reading has two halves. `split` runs in one thread, in order, and cuts a file into [`Piece`]s
//! without looking into them; `open` runs in many threads and turns a piece into a [`RawDocument`].

mod companion;
mod container;
mod feed;
mod html;
mod jsonl;
mod kinds;
mod mhtml;
mod plain;
mod probe;
mod saved;
mod source;
mod tar;
mod whole;
mod xml;
mod zip;

use std::fmt;
use std::io::{self, Read};
use std::ops::ControlFlow;

use dateline_index::article::Origin;

use crate::mapping::Mapping;
use crate::raw::{Extracted, RawDocument};

pub(crate) use self::companion::{BELONGS, saved_page_of};
pub use self::probe::{Packing, Probe, looks_like};
pub use self::source::Source;

/// The largest record that is read, unpacked.
pub const MAX_RECORD: usize = 64 << 20;

/// How sure a reader is that it understands a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// It does not.
    No,
    /// The content looks like it.
    Likely,
    /// The name says so.
    Certain,
}

/// The bytes of one record, before anybody looked into them.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The path of the member that it lies in, inside a container; empty for the file itself.
    pub member: String,
    /// Who opens it, where that is not the reader of the file.
    pub reader: Option<&'static dyn Reader>,
    /// What the record is called as long as nobody knows its id: `line 7`, `item 7`; empty where
    /// file and record are one.
    pub record: String,
    /// First byte in the unpacked file; `None` where file and record are one.
    pub offset: Option<u64>,
    /// The line that it begins on, counted from 1.
    pub line: u64,
    /// The byte of that line that it begins at, counted from 1.
    pub column: u64,
    /// The record's bytes, or why there are none.
    pub bytes: Result<Vec<u8>, Unread>,
}

impl Piece {
    /// A file or a member that is one record.
    #[must_use]
    pub fn whole(bytes: Result<Vec<u8>, Unread>) -> Self {
        Self {
            member: String::new(),
            reader: None,
            record: String::new(),
            offset: None,
            line: 1,
            column: 1,
            bytes,
        }
    }
}

/// Why a record did not become a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is no article, and what it is.
    NotArticle(String),
    /// There is nothing to read, and why.
    Skipped(String),
    /// Nobody reads this kind of file, and why.
    Unsupported(String),
    /// Something is broken, and what.
    Failed(String),
}

impl Unread {
    /// Why it is not read.
    #[must_use]
    pub fn reason(&self) -> &str {
        match self {
            Self::NotArticle(reason)
            | Self::Skipped(reason)
            | Self::Unsupported(reason)
            | Self::Failed(reason) => reason,
        }
    }
}

impl From<Unread> for Extracted {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::NotArticle(reason) => Self::NotArticle(reason),
            Unread::Skipped(reason) => Self::Skipped(reason),
            Unread::Unsupported(reason) => Self::Unsupported(reason),
            Unread::Failed(reason) => Self::Failed(reason),
        }
    }
}

/// A record that is ready to be extracted.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The record.
    pub raw: RawDocument,
    /// What had to be changed about it to read it at all, as a sentence.
    pub doubt: Option<String>,
}

/// Where pieces go. `Break` says that no more are wanted.
pub type Emit<'e> = &'e mut dyn FnMut(Piece) -> ControlFlow<()>;

/// Understands one kind of file.
pub trait Reader: Sync {
    /// What the kind is called.
    fn name(&self) -> &'static str;

    /// The endings of names that it takes, without dots, the usual one first.
    fn extensions(&self) -> &'static [&'static str];

    /// How sure it is that it understands a file.
    fn claims(&self, probe: &Probe<'_>) -> Claim {
        match self.extensions().contains(&probe.extension().as_str()) {
            true => Claim::Certain,
            false => Claim::No,
        }
    }

    /// Whether a file is one record, so that any thread may read it as a whole.
    fn is_whole(&self) -> bool {
        !self.is_container()
    }

    /// Whether it holds other files, which have readers of their own.
    fn is_container(&self) -> bool {
        false
    }

    /// Cuts a file into records. An error ends the file; the pieces before it stand.
    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        split_whole(input, emit)
    }

    /// Turns a piece into a document. Fills in what of the origin only the content tells; on
    /// failure, too.
    fn open(&self, piece: Piece, origin: &mut Origin, mapping: &Mapping) -> Result<Opened, Unread>;
}

impl fmt::Debug for dyn Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// All readers. Where two are equally sure, the first wins.
pub static READERS: &[&dyn Reader] =
    &[&feed::Feed, &html::Html, &mhtml::Mhtml, &jsonl::Jsonl, &plain::Plain, &zip::Zip, &tar::Tar];

/// All kinds of files that are read, with the endings of their names: "a feed (.rss .atom …), …".
#[must_use]
pub fn formats() -> String {
    let kinds =
        READERS.iter().map(|reader| format!("{} (.{})", reader.name(), reader.extensions().join(" .")));
    kinds.collect::<Vec<_>>().join(", ")
}

/// The reader that is surest of a file.
#[must_use]
pub fn choose(probe: &Probe<'_>) -> Option<&'static dyn Reader> {
    let mut best: Option<(Claim, &'static dyn Reader)> = None;
    for reader in READERS {
        let claim = reader.claims(probe);
        if claim > best.map_or(Claim::No, |(surest, _)| surest) {
            best = Some((claim, *reader));
        }
    }
    best.map(|(_, reader)| reader)
}

/// Finds out who reads a source, from its name and its first bytes, or why nobody does.
pub fn reader_of(source: &mut Source<'_>) -> Result<&'static dyn Reader, Unread> {
    let broken = source.broken_at_once();
    let probe = source.probe();
    let chosen = choose(&probe);
    // Only what is read is looked into: a broken picture is a picture.
    let Some(reader) = chosen else {
        return Err(match source.misnamed() {
            Some(packing) => Unread::Failed(misnamed(packing)),
            None => Unread::Unsupported(kinds::unsupported(&probe)),
        });
    };
    if let Some(error) = broken {
        return Err(Unread::Failed(error.to_string()));
    }
    if probe.head.is_empty() {
        return Err(Unread::Skipped("empty".into()));
    }
    if let Some(kind) = looks_like(probe.head)
        && !reader.is_container()
    {
        return Err(Unread::Failed(match source.misnamed() {
            Some(packing) => misnamed(packing),
            None => format!("looks like {kind}, not {}", reader.name()),
        }));
    }
    Ok(reader)
}

/// Says that a file is not packed as its name says, and what to do about it.
fn misnamed(packing: Packing) -> String {
    let packing = packing.name();
    format!("its name says that it is {packing} data, and it is not: give it the ending of what it is")
}

/// Emits a whole input as one piece.
fn split_whole(input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
    let mut bytes = Vec::new();
    input.take(MAX_RECORD as u64 + 1).read_to_end(&mut bytes)?;
    let is_too_large = bytes.len() > MAX_RECORD;
    let bytes = match is_too_large {
        true => Err(Unread::Failed(too_large())),
        false if bytes.iter().all(u8::is_ascii_whitespace) => Err(Unread::Skipped("empty".into())),
        false => Ok(bytes),
    };
    let _ = emit(Piece::whole(bytes));
    Ok(())
}

fn too_large() -> String {
    format!("larger than {} MB", MAX_RECORD >> 20)
}
