//! Unpacks gzip and Zstandard as it goes, and stops at what can only be a bomb.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::Packing;

/// Unpacked bytes that are never suspicious.
const ALWAYS_FINE: u64 = 64 << 20;
/// How many times its size a file may unpack to beyond that. News packs to a tenth at most times.
const MOST_TIMES: u64 = 300;

/// How many bytes of a packed file have been read.
type Count = Arc<AtomicU64>;

/// A stream of unpacked bytes that knows how far into the packed file it is.
pub struct Unpacked {
    inner: Box<dyn BufRead + Send>,
    packed: Count,
    given: u64,
    packing: Packing,
}

/// Unpacks a stream.
pub fn unpack(file: impl Read + Send + 'static, packing: Packing) -> io::Result<Unpacked> {
    let packed = Count::default();
    let counted = BufReader::with_capacity(64 << 10, Counted { file, count: packed.clone() });
    let inner: Box<dyn BufRead + Send> = match packing {
        Packing::None => Box::new(counted),
        Packing::Gzip => Box::new(BufReader::with_capacity(64 << 10, MultiGzDecoder::new(counted))),
        Packing::Zstd => {
            Box::new(BufReader::with_capacity(64 << 10, zstd::stream::read::Decoder::with_buffer(counted)?))
        }
    };
    Ok(Unpacked { inner, packed, given: 0, packing })
}

impl Unpacked {
    /// Bytes of the packed file that have been read.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.packed.load(Ordering::Relaxed)
    }

    /// A counter of those bytes that stays readable while the stream is lent out.
    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        self.packed.clone()
    }

    fn check(&self) -> io::Result<()> {
        let most = ALWAYS_FINE.max(self.position().saturating_mul(MOST_TIMES));
        if self.packing != Packing::None && self.given > most {
            let reason = format!("unpacks to more than {MOST_TIMES} times its size");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
        }
        Ok(())
    }
}

impl Read for Unpacked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let found = self.fill_buf()?;
        let length = found.len().min(into.len());
        into[..length].copy_from_slice(&found[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Unpacked {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.check()?;
        let packing = self.packing;
        self.inner.fill_buf().map_err(|error| explain(packing, &error))
    }

    fn consume(&mut self, amount: usize) {
        self.given += amount as u64;
        self.inner.consume(amount);
    }
}

/// A decoder's error in words.
fn explain(packing: Packing, error: &io::Error) -> io::Error {
    let reason = match (packing, error.kind()) {
        (Packing::None, _) => format!("cannot be read: {error}"),
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

struct Counted<R> {
    file: R,
    count: Count,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(into)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}
