//! zip: members by the directory at its end; where that is missing, one after another from the start.

use std::io::{self, Read, Seek, SeekFrom};

use ::zip::CompressionMethod;
use ::zip::read::{Config, ZipReadOptions, read_zipfile_from_stream_with_options};
use ::zip::result::ZipError;
use dateline_index::article::Origin;
// The stable reader holds all names in memory, and drops all but the last of equal ones.
use ::zip::unstable::read::ZipIterable;

use super::container::{self, Container, path_text};
use super::whole::ReadSeek;
use super::{Claim, Emit, Opened, Piece, Probe, Reader, Source, Unread};
use crate::mapping::Mapping;

pub(super) struct Zip;

impl Reader for Zip {
    fn name(&self) -> &'static str {
        "a zip archive"
    }

    fn extensions(&self) -> &'static [&'static str] {
        // Mozilla's archives of pages are zip archives.
        &["zip", "maff"]
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        let extension = probe.extension();
        match self.extensions().contains(&extension.as_str()) {
            true => Claim::Certain,
            // Office documents are zip archives, too, but they have a name.
            false if extension.is_empty() && probe.head.starts_with(b"PK\x03\x04") => Claim::Likely,
            false => Claim::No,
        }
    }

    fn is_container(&self) -> bool {
        true
    }

    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        let Some(mut container) = Container::begin(input, emit) else { return Ok(()) };
        let bytes = input.whole()?;
        match ZipIterable::try_new(bytes.uncounted()?, Config::default()) {
            Ok(directory) => by_directory(directory, bytes.reader()?, &mut container),
            Err(_) => {
                let read = from_the_start(bytes.reader()?, &mut container);
                let _ = container.finish();
                read
            }
        }
    }

    fn open(&self, piece: Piece, _: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        Err(container::nothing_to_open(piece))
    }
}

fn by_directory(
    mut directory: ZipIterable<Box<dyn ReadSeek>>,
    mut bytes: Box<dyn ReadSeek>,
    container: &mut Container<'_, '_>,
) -> io::Result<()> {
    let mut packed = 0_u64;
    // The members lie before the directory.
    let mut most = None;
    for entry in directory.files().map_err(|error| broken(&error))? {
        container.meet(&path_text(entry.map_err(|error| broken(&error))?.name_raw()));
    }
    container.knows_all = true;
    for entry in directory.files().map_err(|error| broken(&error))? {
        let entry = entry.map_err(|error| broken(&error))?;
        if entry.is_dir() {
            continue;
        }
        let path = path_text(entry.name_raw());
        packed = packed.saturating_add(entry.compressed_size());
        if packed > *most.get_or_insert(entry.central_header_start()) {
            // The way of a bomb: many names for the same bytes.
            let reason = "the archive is damaged: its members overlap";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        let flow = if entry.is_symlink() {
            container.not_read(&path, Unread::Skipped("a link".into()))
        } else if entry.encrypted() {
            container.not_read(&path, encrypted())
        } else if !is_read(entry.compression()) {
            container
                .not_read(&path, Unread::Unsupported(format!("packed by {}: not read", entry.compression())))
        } else {
            match entry.with_reader(&mut bytes, Default::default()) {
                Ok(member) => container.member(&path, Named(member), true)?,
                Err(error) => container.not_read(&path, unread(&error)),
            }
        };
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// Whether members that are packed so can be read.
fn is_read(method: CompressionMethod) -> bool {
    matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated | CompressionMethod::Zstd)
}

/// Reads what there is of an archive whose directory is missing: it was cut off. Ends in an error, so
/// that nobody takes it for the whole.
fn from_the_start(mut bytes: Box<dyn ReadSeek>, container: &mut Container<'_, '_>) -> io::Result<()> {
    let mut start = 0;
    loop {
        bytes.seek(SeekFrom::Start(start))?;
        let Some((length, end)) = extent(&mut *bytes, start)? else { return Err(cut_off()) };
        bytes.seek(SeekFrom::Start(start))?;
        let options = match length {
            // The checksum, too, stands behind the member.
            Some(length) => ZipReadOptions::new().override_compressed_size(length).ignore_crc32(true),
            None => ZipReadOptions::new(),
        };
        let Ok(Some(member)) = read_zipfile_from_stream_with_options(&mut bytes, options) else {
            return Err(cut_off());
        };
        start = end;
        if member.is_dir() {
            continue;
        }
        let path = path_text(member.name_raw());
        container.meet(&path);
        if container.member(&path, Named(member), true)?.is_break() {
            return Ok(());
        }
    }
}

/// Where the member that begins at a place ends, and its packed length where its header leaves that to
/// what stands behind it: the length is then found by the marks that follow. `None` if no member begins there.
fn extent(bytes: &mut dyn ReadSeek, start: u64) -> io::Result<Option<(Option<u64>, u64)>> {
    let mut header = [0; 30];
    if bytes.read_exact(&mut header).is_err() || !header.starts_with(MEMBER) {
        return Ok(None);
    }
    let short = |at: usize| u64::from(u16::from_le_bytes([header[at], header[at + 1]]));
    let content = start + 30 + short(26) + short(28);
    if short(6) & 8 == 0 {
        let length = short(18) | short(20) << 16;
        return Ok(Some((None, content + length)));
    }
    let Some(behind) = find(bytes, content, BEHIND)? else { return Ok(None) };
    let next = find(bytes, behind, MEMBER)?;
    Ok(Some((Some(behind - content), next.unwrap_or(u64::MAX >> 1))))
}

/// What a member begins with, and what stands behind one.
const MEMBER: &[u8] = b"PK\x03\x04";
const BEHIND: &[u8] = b"PK\x07\x08";

/// The first place of four bytes from a place on.
fn find(bytes: &mut dyn ReadSeek, from: u64, wanted: &[u8]) -> io::Result<Option<u64>> {
    bytes.seek(SeekFrom::Start(from))?;
    let mut window = Vec::new();
    let mut passed = from;
    loop {
        let before = window.len();
        (&mut *bytes).take(64 << 10).read_to_end(&mut window)?;
        if let Some(place) = window.windows(wanted.len()).position(|four| four == wanted) {
            return Ok(Some(passed + place as u64));
        }
        if window.len() == before {
            return Ok(None);
        }
        // The bytes may begin at the end of this window.
        let kept = window.len().min(wanted.len() - 1);
        passed += (window.len() - kept) as u64;
        window.drain(..window.len() - kept);
    }
}

fn cut_off() -> io::Error {
    let reason = "the archive is cut off or damaged: its directory is missing";
    io::Error::new(io::ErrorKind::UnexpectedEof, reason)
}

fn encrypted() -> Unread {
    Unread::Failed("encrypted: unpack it with its password and add the files".into())
}

/// Why a member is not read.
fn unread(error: &ZipError) -> Unread {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => encrypted(),
        ZipError::CompressionMethodNotSupported(method) => {
            Unread::Unsupported(format!("packed in a way that is not read (method {method} of zip)"))
        }
        ZipError::UnsupportedArchive(what) => Unread::Unsupported(format!("not read: {what}")),
        other => Unread::Failed(format!("damaged: {other}")),
    }
}

fn broken(error: &ZipError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("the archive is damaged: {error}"))
}

/// The bytes of a member, with errors that say what they mean.
struct Named<R>(R);

impl<R: Read> Read for Named<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.0.read(into).map_err(|error| {
            let reason = match error.kind() {
                io::ErrorKind::UnexpectedEof => "the archive ends in the middle of it".to_owned(),
                _ => format!("damaged: {error}"),
            };
            io::Error::new(error.kind(), reason)
        })
    }
}
