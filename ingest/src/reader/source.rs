//! A file, or a member of one, as a stream of unpacked bytes: unpacks gzip and Zstandard as it goes,
//! knows its first bytes before they are read, and stops at what can only be a bomb.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::probe::{HEAD, Packing, Probe};
use super::whole::{Count, Counted, Whole};
use super::{MAX_RECORD, too_large};

/// Unpacked bytes that are never suspicious.
const ALWAYS_FINE: u64 = 64 << 20;
/// How many times its size a file may unpack to beyond that. News packs to a tenth at most times.
const MOST_TIMES: u64 = 300;

/// What all members of one file, and the members of its members, may unpack to together.
#[derive(Clone, Debug)]
struct Allowance {
    most: u64,
    given: Count,
}

impl Allowance {
    fn of(size: u64) -> Self {
        Self { most: ALWAYS_FINE.max(size.saturating_mul(MOST_TIMES)), given: Count::default() }
    }

    fn is_spent(&self) -> bool {
        self.given.load(Ordering::Relaxed) > self.most
    }

    fn spend(&self, bytes: usize) {
        self.given.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// A stream of unpacked bytes with a name.
pub struct Source<'s> {
    stream: Box<dyn BufRead + 's>,
    packing: Packing,
    packed: Count,
    /// Unpacked bytes that were read.
    given: u64,
    allowance: Allowance,
    /// Whether its bytes are unpacked ones even where it is not packed itself: a member's of a zip.
    is_unpacked: bool,
    /// The file itself, where it lies on disk as it is read.
    disk: Option<PathBuf>,
    /// Containers around it.
    depth: usize,
    head: Vec<u8>,
    /// Bytes of the head that were read.
    head_read: usize,
    /// What ended the head before its time: told when the head has been read.
    broken: Option<io::Error>,
    name: PathBuf,
    /// What its name says that it is packed with, and is not.
    misnamed: Option<Packing>,
}

/// What a container hands down to its members.
#[derive(Clone, Debug)]
pub(super) struct Inside {
    allowance: Allowance,
    depth: usize,
}

impl Source<'static> {
    /// Opens a file.
    pub fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let allowance = Allowance::of(file.metadata()?.len());
        let mut source = Self::new(path, file, allowance, 0)?;
        source.disk = (source.packing == Packing::None).then(|| path.to_owned());
        Ok(source)
    }
}

impl<'s> Source<'s> {
    fn new(name: &Path, bytes: impl Read + 's, allowance: Allowance, depth: usize) -> io::Result<Self> {
        let packed = Count::default();
        let counted = Counted { inner: bytes, count: packed.clone() };
        let mut counted = BufReader::with_capacity(64 << 10, counted);
        // A page that a server sent packed keeps its plain name, and browsers unpack without renaming.
        let packing = counted.fill_buf().map_or(Packing::None, Packing::by_content);
        let named = Packing::of(name);
        let is_empty = counted.fill_buf().is_ok_and(<[u8]>::is_empty);
        let misnamed = (named != Packing::None && packing != named && !is_empty).then_some(named);
        let stream: Box<dyn BufRead + 's> = match packing {
            Packing::None => Box::new(counted),
            Packing::Gzip => Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(counted))),
            Packing::Zstd => {
                let decoder = zstd::stream::read::Decoder::with_buffer(counted)?;
                Box::new(BufReader::with_capacity(64 << 10, decoder))
            }
        };
        let mut source = Self {
            stream,
            packing,
            packed,
            given: 0,
            allowance,
            is_unpacked: packing != Packing::None,
            disk: None,
            depth,
            head: Vec::new(),
            head_read: 0,
            broken: None,
            name: name.to_owned(),
            misnamed,
        };
        source.read_head();
        Ok(source)
    }

    fn read_head(&mut self) {
        let mut head = vec![0; HEAD];
        let mut length = 0;
        while length < HEAD {
            match self.stream.read(&mut head[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.broken = Some(explain(self.packing, &error));
                    break;
                }
            }
        }
        head.truncate(length);
        self.head = head;
    }

    /// Its name and its first bytes.
    #[must_use]
    pub fn probe(&self) -> Probe<'_> {
        Probe { path: &self.name, head: &self.head }
    }

    /// What its name says that it is packed with, though it is not.
    pub(super) fn misnamed(&self) -> Option<Packing> {
        self.misnamed
    }

    /// What went wrong before the first byte.
    pub(super) fn broken_at_once(&mut self) -> Option<io::Error> {
        if self.head.is_empty() { self.broken.take() } else { None }
    }

    /// A counter of the bytes of the packed file that have been read, which stays readable while the
    /// stream is lent out.
    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        self.packed.clone()
    }

    /// How many containers are around it.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// What it hands down to its members.
    pub(super) fn inside(&self) -> Inside {
        Inside { allowance: self.allowance.clone(), depth: self.depth + 1 }
    }

    /// Its bytes, to be read from any place on. What does not lie on disk is read into memory.
    pub(super) fn whole(&mut self) -> io::Result<Whole> {
        if let Some(path) = &self.disk {
            return Ok(Whole::File(path.clone(), self.packed.clone()));
        }
        let mut bytes = Vec::new();
        self.take(MAX_RECORD as u64 + 1).read_to_end(&mut bytes)?;
        match bytes.len() > MAX_RECORD {
            true => Err(io::Error::new(io::ErrorKind::FileTooLarge, too_large())),
            false => Ok(Whole::Memory(bytes.into())),
        }
    }

    fn check(&self) -> io::Result<()> {
        let packed = self.packed.load(Ordering::Relaxed);
        let most = ALWAYS_FINE.max(packed.saturating_mul(MOST_TIMES));
        let is_bomb = self.packing != Packing::None && self.given > most;
        if is_bomb || self.is_unpacked && self.allowance.is_spent() { Err(bomb()) } else { Ok(()) }
    }
}

impl Inside {
    /// A member as a source; `is_unpacked` if its bytes are more than the container holds.
    pub(super) fn source<'m>(
        &self,
        name: &Path,
        bytes: impl Read + 'm,
        is_unpacked: bool,
    ) -> io::Result<Source<'m>> {
        let mut source = Source::new(name, bytes, self.allowance.clone(), self.depth)?;
        source.is_unpacked |= is_unpacked;
        Ok(source)
    }

    /// Fails if the members have unpacked to more than anybody packs.
    pub(super) fn check(&self) -> io::Result<()> {
        if self.allowance.is_spent() { Err(bomb()) } else { Ok(()) }
    }
}

fn bomb() -> io::Error {
    let reason = format!("unpacks to more than {MOST_TIMES} times its size");
    io::Error::new(io::ErrorKind::FileTooLarge, reason)
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let found = self.fill_buf()?;
        let length = found.len().min(into.len());
        into[..length].copy_from_slice(&found[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Source<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        if self.head_read < self.head.len() {
            return Ok(&self.head[self.head_read..]);
        }
        if let Some(error) = self.broken.take() {
            return Err(error);
        }
        let packing = self.packing;
        self.stream.fill_buf().map_err(|error| explain(packing, &error))
    }

    fn consume(&mut self, amount: usize) {
        self.given += amount as u64;
        if self.is_unpacked {
            self.allowance.spend(amount);
        }
        match self.head_read < self.head.len() {
            true => self.head_read += amount,
            false => self.stream.consume(amount),
        }
    }
}

/// A decoder's error in words.
fn explain(packing: Packing, error: &io::Error) -> io::Error {
    let reason = match (packing, error.kind()) {
        (Packing::None, _) => error.to_string(),
        (Packing::Gzip, io::ErrorKind::UnexpectedEof) => {
            "the file ends in the middle of its gzip data".into()
        }
        (Packing::Gzip, _) => format!("its gzip data is damaged: {error}"),
        (Packing::Zstd, io::ErrorKind::UnexpectedEof) => {
            "the file ends in the middle of its zstd data".into()
        }
        (Packing::Zstd, _) => format!("its zstd data is damaged: {error}"),
    };
    io::Error::new(error.kind(), reason)
}
