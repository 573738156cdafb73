//! The threads that open and extract records. Each takes jobs from one queue; a panic costs one
//! record; a thread that takes too long over a record is left behind and replaced.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use dateline_index::article::{Doubt, DoubtKind, Origin};

use super::feed::{File, Message, Step};
use super::{Options, Work, walk};
use crate::raw::Extracted;
use crate::reader::{Opened, Piece, Source, Unread};

/// Parsers recurse as deep as a page is nested: 512 levels fit many times over.
const STACK: usize = 64 << 20;

/// A record's place in the order, and what it weighs.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    /// Its place in the order of the walk.
    pub(super) number: u64,
    /// Bytes of the budget that it holds.
    pub(super) cost: usize,
    /// Bytes of the file on disk that are done with it.
    pub(super) progress: u64,
    /// Whether it is the first of its file.
    pub(super) opens_file: bool,
}

/// What one thread does in one go.
#[derive(Clone)]
pub(super) enum Job {
    /// Read a file that is one record.
    Whole(Arc<File>, Ticket),
    /// Open pieces of a file, each once, whoever comes by.
    Pieces(Arc<File>, Arc<Mutex<VecDeque<(Ticket, Piece)>>>),
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Jobs on their way to the threads.
#[derive(Default)]
pub(super) struct Queue {
    state: Mutex<(VecDeque<Job>, bool)>,
    changed: Condvar,
}

impl Queue {
    pub(super) fn push(&self, job: Job) {
        lock(&self.state).0.push_back(job);
        self.changed.notify_one();
    }

    /// Puts back what must be done before anything else.
    fn push_front(&self, job: Job) {
        lock(&self.state).0.push_front(job);
        self.changed.notify_one();
    }

    /// Waits for a job; `None` when the run is over.
    fn pop(&self) -> Option<Job> {
        let idle = |state: &mut (VecDeque<Job>, bool)| state.0.is_empty() && !state.1;
        let waited = self.changed.wait_while(lock(&self.state), idle);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.1 { None } else { state.0.pop_front() }
    }

    pub(super) fn close(&self) {
        lock(&self.state).1 = true;
        self.changed.notify_all();
    }
}

/// What a thread is at, for the watch.
#[derive(Default)]
struct Desk {
    at: Option<(Instant, Job, Ticket, Origin)>,
    is_abandoned: bool,
}

/// What all threads share.
struct Floor {
    queue: Arc<Queue>,
    work: Work,
    sender: Sender<Message>,
}

/// The threads.
pub(super) struct Workers {
    floor: Arc<Floor>,
    patience: Duration,
    staff: Vec<(Arc<Mutex<Desk>>, JoinHandle<()>)>,
}

impl Workers {
    pub(super) fn start(
        options: &Options,
        queue: Arc<Queue>,
        work: &Work,
        sender: &Sender<Message>,
    ) -> std::io::Result<Self> {
        let floor = Arc::new(Floor { queue, work: work.clone(), sender: sender.clone() });
        let mut workers = Self { floor, patience: options.patience, staff: Vec::new() };
        for _ in 0..options.threads() {
            workers.hire()?;
        }
        Ok(workers)
    }

    fn hire(&mut self) -> std::io::Result<()> {
        let desk = Arc::new(Mutex::new(Desk::default()));
        let (floor, own_desk) = (self.floor.clone(), desk.clone());
        let thread = std::thread::Builder::new()
            .name("extract".into())
            .stack_size(STACK)
            .spawn(move || floor.work_on(&own_desk))?;
        self.staff.push((desk, thread));
        Ok(())
    }

    /// Gives up the records that take too long: leaves their threads behind, and starts others.
    pub(super) fn give_up_the_stuck(&mut self) -> std::io::Result<Vec<(Ticket, Step)>> {
        let mut given_up = Vec::new();
        let mut staff = std::mem::take(&mut self.staff);
        staff.retain(|(desk, _)| match abandon(desk, self.patience) {
            Some((job, ticket, origin)) => {
                if matches!(job, Job::Pieces(..)) {
                    self.floor.queue.push_front(job);
                }
                let reason = format!("took longer than {} s", self.patience.as_secs_f32());
                given_up.push((ticket, Step::Record(origin, Extracted::Failed(reason), String::new())));
                false
            }
            None => true,
        });
        self.staff = staff;
        for _ in &given_up {
            self.hire()?;
        }
        Ok(given_up)
    }

    /// Waits for the threads to end, after the queue was closed.
    pub(super) fn join(self) {
        for (_, thread) in self.staff {
            let _ = thread.join();
        }
    }
}

fn abandon(desk: &Mutex<Desk>, patience: Duration) -> Option<(Job, Ticket, Origin)> {
    let mut desk = lock(desk);
    if desk.at.as_ref().is_none_or(|(since, ..)| since.elapsed() < patience) {
        return None;
    }
    desk.is_abandoned = true;
    desk.at.take().map(|(_, job, ticket, origin)| (job, ticket, origin))
}

impl Floor {
    fn work_on(&self, desk: &Mutex<Desk>) {
        while let Some(job) = self.queue.pop() {
            let goes_on = match &job {
                Job::Whole(file, ticket) => self.one(desk, &job, file, ticket.clone(), read_whole(file)),
                Job::Pieces(file, pieces) => loop {
                    let Some((ticket, piece)) = lock(pieces).pop_front() else { break true };
                    if !self.one(desk, &job, file, ticket, piece) {
                        break false;
                    }
                },
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Works on one record. False if the thread was left behind meanwhile.
    fn one(&self, desk: &Mutex<Desk>, job: &Job, file: &File, ticket: Ticket, piece: Piece) -> bool {
        let mut origin = file.found.origin.clone();
        origin.member.clone_from(&piece.member);
        origin.record.clone_from(&piece.record);
        origin.offset = piece.offset;
        let name = piece.record.clone();
        lock(desk).at = Some((Instant::now(), job.clone(), ticket, origin.clone()));
        let worked = catch_unwind(AssertUnwindSafe(|| self.extract(file, piece, &mut origin)));
        let extracted = worked.unwrap_or_else(|panic| Extracted::Failed(explain_panic(&*panic)));
        let mut desk = lock(desk);
        let Some((_, _, ticket, _)) = desk.at.take().filter(|_| !desk.is_abandoned) else { return false };
        drop(desk);
        let step = Box::new(Step::Record(origin, extracted, name));
        self.sender.send(Message::Step(ticket, step)).is_ok()
    }

    fn extract(&self, file: &File, piece: Piece, origin: &mut Origin) -> Extracted {
        let opened = piece.reader.or(file.reader).map(|reader| reader.open(piece, origin, &file.mapping));
        match opened {
            Some(Ok(Opened { raw, doubt })) => with_doubt((self.work)(raw, &file.wishes), doubt),
            Some(Err(unread)) => unread.into(),
            None => Extracted::Failed("nobody reads this kind of file".into()),
        }
    }
}

fn with_doubt(mut extracted: Extracted, doubt: Option<String>) -> Extracted {
    if let (Extracted::Article { article, .. }, Some(reason)) = (&mut extracted, doubt) {
        article.doubts.push(Doubt { kind: DoubtKind::PageMended, field: "text".into(), reason });
    }
    extracted
}

fn explain_panic(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("dateline stumbled over it, which is a fault of dateline ({})", text.unwrap_or("no reason given"))
}

/// Reads a file that is one record.
fn read_whole(file: &File) -> Piece {
    let mut read = None;
    let result =
        Source::open(&file.found.path).map_err(|error| walk::explain(&error)).and_then(|mut input| {
            let mut keep = |piece| {
                read = Some(piece);
                std::ops::ControlFlow::Break(())
            };
            file.reader
                .map_or(Ok(()), |reader| reader.split(&mut input, &mut keep))
                .map_err(|error| error.to_string())
        });
    match (result, read) {
        (Err(reason), _) => Piece::whole(Err(Unread::Failed(reason))),
        (Ok(()), Some(piece)) => piece,
        (Ok(()), None) => Piece::whole(Err(Unread::Skipped("empty".into()))),
    }
}
