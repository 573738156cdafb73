//! The run itself: puts what comes back from the threads in the order of the walk, counts it, and
//! feeds the sink.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use dateline_index::article::Origin;
use dateline_index::record::{Bin, FileState, KnownFile, Outcome};
use dateline_index::wishes::Asked;

use super::budget::Budget;
use super::feed::{Feed, Message, Step};
use super::walk::{Found, walk};
use super::workers::{Queue, Ticket, Workers};
use super::{Error, Options, Progress, Sink, Summary, Work};
use crate::raw::Extracted;

/// How often the sink hears of progress, and how often stuck threads are looked for.
const TICK: Duration = Duration::from_millis(100);

/// Walks `paths` and hands every record to `sink`, in the order of the walk.
pub fn run(paths: &[PathBuf], options: &Options, work: &Work, sink: &mut dyn Sink) -> Result<Summary, Error> {
    let (sender, receiver) = channel();
    let queue = Arc::new(Queue::default());
    let budget = Arc::new(Budget::new(options.budget));
    let interrupted = Arc::new(AtomicBool::new(false));
    let workers = Workers::start(options, queue.clone(), work, &sender).inspect_err(|_| queue.close())?;
    let feed = Feed {
        options: options.clone(),
        sender,
        queue: queue.clone(),
        budget: budget.clone(),
        interrupted: interrupted.clone(),
        steps: 0,
        records: 0,
    };
    let walked = paths.to_vec();
    let feeder = std::thread::Builder::new().name("read".into()).spawn(move || feed.run(&walked))?;
    let over = Arc::new(AtomicBool::new(false));
    let total = Total::count(paths, over.clone())?;

    let mut run = Run {
        sink,
        asked: &options.asked,
        budget: &budget,
        workers,
        receiver,
        total,
        pending: BTreeMap::new(),
        next: 0,
        names: HashMap::new(),
        summary: Summary { paths: paths.len() as u64, ..Summary::default() },
        progress: Progress::default(),
        last_tick: Instant::now(),
    };
    let result = run.until_the_end();
    budget.close();
    queue.close();
    over.store(true, Ordering::Relaxed);
    let Run { workers, receiver, mut summary, .. } = run;
    drop(receiver);
    let _ = feeder.join();
    if result.is_ok() {
        workers.join();
    }
    result?;
    summary.interrupted = interrupted.load(Ordering::Relaxed);
    summary.most_in_flight = budget.peak();
    Ok(summary)
}

struct Run<'s> {
    sink: &'s mut dyn Sink,
    asked: &'s Asked,
    budget: &'s Budget,
    workers: Workers,
    receiver: Receiver<Message>,
    total: Total,
    /// Steps that came before their turn.
    pending: BTreeMap<u64, (Ticket, Step)>,
    next: u64,
    /// Digests of the names of records that the current file has had, and how often.
    names: HashMap<u64, u32>,
    summary: Summary,
    progress: Progress,
    last_tick: Instant,
}

impl Run<'_> {
    fn until_the_end(&mut self) -> Result<(), Error> {
        let mut end = None;
        while end != Some(self.next) {
            match self.receiver.recv_timeout(TICK) {
                Ok(Message::Ask(files, reply)) => {
                    let known: Result<_, _> = files.into_iter().map(|file| self.ask(file)).collect();
                    let _ = reply.send(known?);
                }
                Ok(Message::Step(ticket, step)) => self.later(ticket, *step),
                Ok(Message::End(steps)) => end = Some(steps),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            while let Some((ticket, step)) = self.pending.remove(&self.next) {
                self.next += 1;
                self.take(&ticket, step)?;
                self.budget.release(ticket.cost);
                self.tick()?;
            }
            self.tick()?;
        }
        self.report()
    }

    /// What a file is to be read with, and what is known of it if it was read so before.
    fn ask(&mut self, mut file: FileState) -> Result<(FileState, Option<KnownFile>), Error> {
        file.wishes = self.sink.wishes(&file)?.then(self.asked);
        let known = self.sink.known(&file)?;
        Ok((file, known))
    }

    fn later(&mut self, ticket: Ticket, step: Step) {
        self.pending.insert(ticket.number, (ticket, step));
    }

    fn tick(&mut self) -> Result<(), Error> {
        if self.last_tick.elapsed() < TICK {
            return Ok(());
        }
        self.last_tick = Instant::now();
        self.report()?;
        for (ticket, step) in self.workers.give_up_the_stuck()? {
            self.later(ticket, step);
        }
        Ok(())
    }

    fn report(&mut self) -> Result<(), Error> {
        self.progress.files = self.summary.tally.files;
        self.progress.seen = self.summary.tally.seen;
        (self.progress.files_total, self.progress.bytes_total) = self.total.so_far();
        self.sink.tick(&self.progress)
    }

    fn take(&mut self, ticket: &Ticket, step: Step) -> Result<(), Error> {
        self.summary.tally.files += u64::from(ticket.opens_file);
        self.progress.bytes_done += ticket.progress;
        match step {
            Step::Record(mut origin, extracted, name) => {
                self.tell_apart(&mut origin, &name);
                self.record(origin, extracted)?;
            }
            Step::Unreadable(origin, reason) => {
                self.summary.paths_unreadable += 1;
                self.record(origin, Extracted::Failed(reason))?;
            }
            Step::Missing(origin, reason) => {
                self.summary.paths_unreadable += 1;
                self.missing(&origin, &reason);
            }
            Step::BeginFile(state) => self.sink.begin_file(&state)?,
            Step::Known(known) => self.known(&known),
            Step::EndOfFile(state) => {
                self.names = HashMap::new();
                self.sink.end_of_file(&state)?;
            }
            Step::Hidden(origin) => {
                self.summary.hidden += 1;
                self.record(origin, Extracted::Skipped("hidden: its name begins with a dot".into()))?;
            }
        }
        debug_assert!(self.adds_up(), "every record ends in exactly one count");
        Ok(())
    }

    /// Two records of one file may give the same id: the second is called by its line, too, so that
    /// it is not taken for a newer copy of the first. An archive may hold two members of one name.
    fn tell_apart(&mut self, origin: &mut Origin, name: &str) {
        if origin.record.is_empty() && origin.member.is_empty() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        (&origin.member, &origin.record).hash(&mut hasher);
        let copies = self.names.entry(hasher.finish()).or_default();
        *copies += 1;
        match (*copies, origin.record.is_empty(), name) {
            (1, ..) => {}
            (copies, true, _) => origin.record = format!("copy {copies}"),
            (copies, false, name) if *name == origin.record || copies > 2 => {
                origin.record = format!("{} ({name}, copy {copies})", origin.record);
            }
            (_, false, name) => origin.record = format!("{} ({name})", origin.record),
        }
    }

    fn record(&mut self, origin: Origin, extracted: Extracted) -> Result<(), Error> {
        match &extracted {
            Extracted::Article { .. } => {}
            Extracted::NotArticle(reason) | Extracted::Unsupported(reason) | Extracted::Skipped(reason) => {
                self.summary.skip(reason);
            }
            Extracted::Failed(reason) => {
                let trouble = self.summary.fail(&origin, reason);
                self.sink.trouble(&trouble);
            }
        }
        let bin = extracted.bin();
        let outcome = self.sink.record(origin, extracted)?;
        self.summary.tally.count(outcome);
        self.summary.tally.bins.add(bin, 1);
        Ok(())
    }

    /// A given path that is not there was mistyped: it counts in this run, and is no record of any.
    fn missing(&mut self, origin: &Origin, reason: &str) {
        let trouble = self.summary.fail(origin, reason);
        self.sink.trouble(&trouble);
        self.summary.tally.count(Outcome::Failed);
        self.summary.tally.bins.add(Bin::Failed, 1);
    }

    fn known(&mut self, known: &KnownFile) {
        for (reason, count) in &known.reasons {
            self.summary.retell(reason, *count);
        }
        let tally = &mut self.summary.tally;
        tally.seen += known.bins.sum();
        tally.unchanged += known.bins.article;
        tally.skipped += known.bins.passed_over();
        tally.failed += known.bins.failed;
        tally.bins.add_all(&known.bins);
    }

    fn adds_up(&self) -> bool {
        let tally = &self.summary.tally;
        let outcomes = tally.added + tally.updated + tally.unchanged + tally.skipped + tally.failed;
        tally.seen == outcomes && tally.seen == tally.bins.sum()
    }
}

/// Files and bytes of a whole run, counted beside it so that the time left can be told.
struct Total(Arc<Counts>);

#[derive(Default)]
struct Counts {
    files: AtomicU64,
    bytes: AtomicU64,
    is_complete: AtomicBool,
}

impl Total {
    fn count(paths: &[PathBuf], over: Arc<AtomicBool>) -> std::io::Result<Self> {
        let counts = Arc::new(Counts::default());
        let (shared, paths) = (counts.clone(), paths.to_vec());
        std::thread::Builder::new().name("count".into()).spawn(move || {
            for found in walk(&paths).take_while(|_| !over.load(Ordering::Relaxed)) {
                if let Found::File(file) = found {
                    shared.files.fetch_add(1, Ordering::Relaxed);
                    shared.bytes.fetch_add(file.origin.size, Ordering::Relaxed);
                }
            }
            shared.is_complete.store(true, Ordering::Release);
        })?;
        Ok(Self(counts))
    }

    /// Files and bytes, once all are counted.
    fn so_far(&self) -> (Option<u64>, Option<u64>) {
        let is_complete = self.0.is_complete.load(Ordering::Acquire);
        let read = |count: &AtomicU64| is_complete.then(|| count.load(Ordering::Relaxed));
        (read(&self.0.files), read(&self.0.bytes))
    }
}
