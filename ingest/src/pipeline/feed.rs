//! The thread that walks, asks what is known already, and cuts files into jobs.

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};

use dateline_index::article::Origin;
use dateline_index::record::{FileState, KnownFile};
use dateline_index::wishes::Wishes;

use super::Options;
use super::budget::{Budget, RECORD};
use super::walk::{self, Found, walk};
use super::workers::{Job, Queue, Ticket};
use crate::mapping::Mapping;
use crate::raw::Extracted;
use crate::reader::{Packing, Piece, Reader, Source, Unread, reader_of};

/// Files that are asked about at once.
const ASK: usize = 256;
/// A job is full with so many bytes or so many records.
const JOB_BYTES: usize = 128 << 10;
const JOB_RECORDS: usize = 64;

/// A file with who reads it.
pub(super) struct File {
    pub(super) found: walk::File,
    pub(super) reader: Option<&'static dyn Reader>,
    pub(super) wishes: Wishes,
    pub(super) mapping: Mapping,
}

impl File {
    /// A mapping was read when it was asked for; one that a newer version wrote is none here.
    fn new(found: walk::File, reader: &'static dyn Reader, wishes: Wishes) -> Self {
        let mapping = Mapping::parse(&wishes.mapping).unwrap_or_default();
        Self { found, reader: Some(reader), wishes, mapping }
    }
}

/// A file with what is asked of it, and what is known of it if it was read so before.
pub(super) type Asked = (FileState, Option<KnownFile>);

/// What the calling thread is told.
pub(super) enum Message {
    /// What is known of these files?
    Ask(Vec<FileState>, Sender<Vec<Asked>>),
    /// A step, anywhere in the order.
    Step(Ticket, Box<Step>),
    /// There are so many steps, and no more.
    End(u64),
}

/// What happens, in the order of the walk.
pub(super) enum Step {
    /// A record, and what it is called as long as nobody knows its id.
    Record(Origin, Extracted, String),
    /// A given path that cannot be read: a record without a file.
    Unreadable(Origin, String),
    /// A given path that is not there: no record.
    Missing(Origin, String),
    /// The records of a file follow.
    BeginFile(FileState),
    /// A file that is still as it was.
    Known(KnownFile),
    /// The end of a file.
    EndOfFile(FileState),
    /// A hidden file or folder: a record without a file.
    Hidden(Origin),
}

/// The feeding thread's own.
pub(super) struct Feed {
    pub(super) options: Options,
    pub(super) sender: Sender<Message>,
    pub(super) queue: Arc<Queue>,
    pub(super) budget: Arc<Budget>,
    /// Set when the run was stopped before all was read.
    pub(super) interrupted: Arc<AtomicBool>,
    pub(super) steps: u64,
    pub(super) records: u64,
}

/// Nothing more is wanted: stopped, over the limit, or nobody listens.
struct Over;

impl Feed {
    /// Walks until all is read or nothing more is wanted.
    pub(super) fn run(mut self, paths: &[PathBuf]) {
        let _ = self.walk(paths);
        let _ = self.sender.send(Message::End(self.steps));
    }

    fn walk(&mut self, paths: &[PathBuf]) -> Result<(), Over> {
        let mut found = walk(paths).peekable();
        while found.peek().is_some() {
            let mut group = Vec::new();
            while group.len() < ASK
                && let Some(next) = found.next()
            {
                self.check()?;
                group.push(next);
            }
            self.group(group)?;
        }
        Ok(())
    }

    fn check(&self) -> Result<(), Over> {
        if self.options.stop.load(Ordering::Relaxed) {
            self.interrupted.store(true, Ordering::Relaxed);
            return Err(Over);
        }
        if self.options.limit.is_some_and(|limit| self.records >= limit) { Err(Over) } else { Ok(()) }
    }

    fn group(&mut self, group: Vec<Found>) -> Result<(), Over> {
        let states = group.iter().filter_map(|found| match found {
            Found::File(file) => Some(self.state(file)),
            _ => None,
        });
        let mut known = self.ask(states.collect())?.into_iter();
        for found in group {
            self.check()?;
            match found {
                Found::File(file) => match known.next() {
                    Some((_, Some(known))) => self.step(Step::Known(known), true, file.origin.size)?,
                    Some((state, None)) => self.file(file, state)?,
                    None => return Err(Over),
                },
                Found::NotRead(origin, why) => self.not_read(origin, why, true, 0)?,
                Found::Unreadable(origin, unread) => {
                    let why = unread.reason().to_owned();
                    self.records += 1;
                    self.step(Step::Unreadable(origin, why), false, 0)?;
                }
                Found::Missing(origin, why) => self.step(Step::Missing(origin, why), false, 0)?,
                Found::Hidden(origin) => {
                    self.records += 1;
                    self.step(Step::Hidden(origin), false, 0)?;
                }
            }
        }
        Ok(())
    }

    fn state(&self, file: &walk::File) -> FileState {
        FileState {
            path: file.origin.file.clone(),
            size: file.origin.size,
            modified: file.modified,
            reading: self.options.reading.clone(),
            ..FileState::default()
        }
    }

    fn ask(&self, states: Vec<FileState>) -> Result<Vec<Asked>, Over> {
        if states.is_empty() {
            return Ok(Vec::new());
        }
        let (reply, answer) = channel();
        self.sender.send(Message::Ask(states, reply)).map_err(|_| Over)?;
        answer.recv().map_err(|_| Over)
    }

    fn ticket(&mut self, cost: usize, progress: u64, opens_file: bool) -> Ticket {
        self.steps += 1;
        Ticket { number: self.steps - 1, cost, progress, opens_file }
    }

    /// Hands over what needs no work.
    fn step(&mut self, step: Step, opens_file: bool, progress: u64) -> Result<(), Over> {
        if !self.budget.acquire(RECORD) {
            return Err(Over);
        }
        let ticket = self.ticket(RECORD, progress, opens_file);
        self.sender.send(Message::Step(ticket, Box::new(step))).map_err(|_| Over)
    }

    fn not_read(&mut self, origin: Origin, why: Unread, opens_file: bool, progress: u64) -> Result<(), Over> {
        self.records += 1;
        let extracted = Extracted::from(why);
        let name = origin.record.clone();
        self.step(Step::Record(origin, extracted, name), opens_file, progress)
    }

    fn file(&mut self, found: walk::File, state: FileState) -> Result<(), Over> {
        self.step(Step::BeginFile(state.clone()), false, 0)?;
        let (origin, size) = (found.origin.clone(), found.origin.size);
        let rest = match open(&found) {
            Err(why) => {
                self.not_read(origin, why, true, size)?;
                0
            }
            Ok((reader, _)) if reader.is_whole() => {
                self.whole(File::new(found, reader, state.wishes.clone()))?;
                0
            }
            Ok((reader, mut input)) => {
                let position = input.counter();
                let file = Arc::new(File::new(found, reader, state.wishes.clone()));
                let mut pieces =
                    Pieces { feed: self, file, job: VecDeque::new(), bytes: 0, count: 0, done: 0 };
                let split = reader.split(&mut input, &mut |piece| {
                    let flow = pieces.take(piece, position.load(Ordering::Relaxed).min(size));
                    if flow.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
                pieces.end(split)?
            }
        };
        self.step(Step::EndOfFile(state), false, rest)
    }

    fn whole(&mut self, file: File) -> Result<(), Over> {
        let size = file.found.origin.size;
        let packed = Packing::of(&file.found.path) != Packing::None;
        // A packed page is several times its size, and nobody knows how many before it is read.
        let likely = usize::try_from(size).unwrap_or(usize::MAX).saturating_mul(if packed { 6 } else { 1 });
        let cost = RECORD + likely.min(self.options.budget);
        if !self.budget.acquire(cost) {
            return Err(Over);
        }
        self.records += 1;
        let ticket = self.ticket(cost, size, true);
        self.queue.push(Job::Whole(Arc::new(file), ticket));
        Ok(())
    }
}

/// Opens a file and finds out who reads it.
fn open(found: &walk::File) -> Result<(&'static dyn Reader, Source<'static>), Unread> {
    let mut source = Source::open(&found.path).map_err(|error| Unread::Failed(walk::explain(&error)))?;
    Ok((reader_of(&mut source)?, source))
}

/// The pieces of one file on their way into jobs.
struct Pieces<'f> {
    feed: &'f mut Feed,
    file: Arc<File>,
    job: VecDeque<(Ticket, Piece)>,
    bytes: usize,
    count: u64,
    /// Bytes of the packed file that earlier pieces account for.
    done: u64,
}

impl Pieces<'_> {
    fn take(&mut self, piece: Piece, position: u64) -> Result<(), Over> {
        self.feed.check()?;
        let cost = RECORD + piece.bytes.as_ref().map_or(0, Vec::len);
        // A record that alone is larger than the budget must find it empty: nothing may wait here.
        if self.bytes + cost > JOB_BYTES.min(self.feed.options.budget / 4) || self.job.len() >= JOB_RECORDS {
            self.flush()?;
        }
        let progress = position.saturating_sub(self.done);
        self.done += progress;
        let ticket = self.feed.ticket(cost, progress, self.count == 0);
        self.feed.records += 1;
        self.count += 1;
        self.bytes += cost;
        self.job.push_back((ticket, piece));
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Over> {
        let (job, bytes) = (std::mem::take(&mut self.job), std::mem::take(&mut self.bytes));
        if job.is_empty() {
            return Ok(());
        }
        if !self.feed.budget.acquire(bytes) {
            return Err(Over);
        }
        self.feed.queue.push(Job::Pieces(self.file.clone(), Arc::new(Mutex::new(job))));
        Ok(())
    }

    /// Sends what is left. A file that cannot be read on ends in a record that failed; one in which
    /// nothing was found is a record that was skipped. Returns the bytes that no record accounts for.
    fn end(mut self, split: std::io::Result<()>) -> Result<u64, Over> {
        self.flush()?;
        self.feed.check()?;
        let mut origin = self.file.found.origin.clone();
        let rest = origin.size.saturating_sub(self.done);
        match split {
            Err(error) => {
                origin.record = if self.count > 0 { "the rest".into() } else { String::new() };
                let kept = match self.count {
                    0 => String::new(),
                    1 => "; the record before it was kept".into(),
                    count => format!("; the {count} records before it were kept"),
                };
                let why = Unread::Failed(format!("{error}{kept}"));
                self.feed.not_read(origin, why, self.count == 0, 0)?;
            }
            Ok(()) if self.count == 0 => {
                self.feed.not_read(origin, Unread::Skipped("empty".into()), true, 0)?;
            }
            Ok(()) => {}
        }
        Ok(rest)
    }
}
