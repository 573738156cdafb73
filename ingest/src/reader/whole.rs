//! The bytes of a source to be read from any place on, as formats want it whose directory is at their
//! end; and how many bytes were read of them.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many bytes of a packed stream have been read.
pub(super) type Count = Arc<AtomicU64>;

/// A thing that can be read from any place on.
pub(super) trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// The bytes of a source that must be read from its end.
pub(super) enum Whole {
    /// A file on disk.
    File(PathBuf, Count),
    /// All bytes of a source that is a member, or packed.
    Memory(Arc<[u8]>),
}

impl Whole {
    /// A reader of its own on them, whose bytes are counted as read.
    pub(super) fn reader(&self) -> io::Result<Box<dyn ReadSeek>> {
        match self {
            Self::File(path, count) => {
                Ok(Box::new(BufReader::new(Counted { inner: File::open(path)?, count: count.clone() })))
            }
            Self::Memory(_) => self.uncounted(),
        }
    }

    /// A reader of its own on them, to look something up.
    pub(super) fn uncounted(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Self::File(path, _) => Box::new(BufReader::new(File::open(path)?)),
            Self::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
        })
    }
}

/// Counts what is read.
pub(super) struct Counted<R> {
    pub(super) inner: R,
    pub(super) count: Count,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, place: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(place)
    }
}
