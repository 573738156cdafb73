//! A folder becomes articles in the archive.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use dateline_index::backend::Backend;
use dateline_index::record::Bin;
use dateline_ingest::pipeline::{Event, Progress, Summary, ingest};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::work::Reading;
use super::{create, extract, signals};
use crate::cli::IngestArgs;
use crate::{config, ui};

/// Failures that are listed one by one at the end.
const LISTED: usize = 20;

pub(super) fn run(args: &IngestArgs, folder: impl FnOnce() -> Result<PathBuf>) -> Result<ExitCode> {
    let stop = signals::stop_flag("Stopping: what has been read is stored first. Once more stops at once.");
    let reading = Reading::of(&args.read, stop)?;
    let is_missing = |path: &PathBuf| {
        path.symlink_metadata().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    };
    if reading.paths.iter().all(is_missing) {
        let paths: Vec<_> = reading.paths.iter().map(|path| config::shown(path)).collect();
        let told =
            format!("{}: there is no such file or folder; nothing was read or stored", paths.join(", "));
        return Err(config::Usage(told).into());
    }
    if args.dry_run {
        return extract::dry_run(&reading, args.json);
    }
    let folder = folder()?;
    let archive = create(&folder)?;
    let work = reading.work(&archive.authority()?.recognised());
    let mut intake = archive.intake("ingest")?;
    if let Some(title) = &args.title {
        archive.set_title(title)?;
    }
    let mut report = Report::new(args.json);
    let summary =
        ingest(&reading.paths, &reading.options, &work, &mut intake, &mut |event| report.hear(event));
    let summary = report.finish(summary?)?;
    let not_done = summary.interrupted || summary.read_nothing() || (args.strict && summary.tally.failed > 0);
    Ok(if not_done { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Tells of a run while it goes on, and at its end.
struct Report {
    json: bool,
    bar: Option<ProgressBar>,
    started: Instant,
    last_line: Instant,
    /// An answer that could not be printed ends the run's reporting, not the run.
    broken: Option<anyhow::Error>,
}

/// Between two lines of progress where there is no terminal to draw on.
const LINE_EVERY: Duration = Duration::from_secs(5);

impl Report {
    fn new(json: bool) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template(
                "{wide_bar} {percent:>3} %  {msg}  {binary_bytes_per_sec}  {eta} left",
            );
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(8));
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        let now = Instant::now();
        Self { json, bar, started: now, last_line: now, broken: None }
    }

    fn hear(&mut self, event: &Event) {
        match event {
            Event::Progress(progress) => self.progress(progress),
            Event::Acknowledged { records, articles } if self.json => {
                let printed = ui::json(&json!({"acknowledged": records, "articles": articles}));
                self.broken = self.broken.take().or(printed.err());
            }
            Event::Acknowledged { .. } | Event::Published | Event::Trouble(_) => {}
        }
    }

    fn progress(&mut self, progress: &Progress) {
        let seen = ui::count(progress.seen, "record");
        if let Some(bar) = &self.bar {
            if let Some(total) = progress.bytes_total {
                bar.set_length(total);
            }
            bar.set_position(progress.bytes_done);
            bar.set_message(seen);
        } else if self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            let done = match progress.bytes_total {
                Some(total) if total > 0 => format!("{} %", (progress.bytes_done.min(total) * 100) / total),
                _ => ui::bytes(progress.bytes_done),
            };
            ui::tell(&format!("{done}: {seen} of {}", ui::count(progress.files, "file")));
        }
    }

    fn finish(self, summary: Summary) -> Result<Summary> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if let Some(error) = self.broken {
            return Err(error);
        }
        tell_troubles(&summary);
        if self.json {
            let tally = summary.tally;
            ui::json(&json!({
                "files": tally.files, "seen": tally.seen, "added": tally.added, "updated": tally.updated,
                "unchanged": tally.unchanged, "skipped": tally.skipped, "removed": tally.removed, "failed": tally.failed, "bins": tally.bins,
                "articles": summary.articles, "interrupted": summary.interrupted, "reasons": summary.reasons,
            }))?;
        } else {
            ui::answer(&said(&summary, self.started.elapsed()))?;
        }
        Ok(summary)
    }
}

/// The summary as people read it.
fn said(summary: &Summary, took: Duration) -> String {
    let tally = summary.tally;
    let seconds = took.as_secs_f64();
    let mut lines = vec![format!(
        "{} in {} read in {seconds:.1} s: {} added, {} updated, {} unchanged, {} skipped, {} failed.",
        ui::count(tally.seen, "record"),
        ui::count(tally.files, "file"),
        ui::number(tally.added),
        ui::number(tally.updated),
        ui::number(tally.unchanged),
        ui::number(tally.skipped),
        ui::number(tally.failed),
    )];
    let passed_over = [Bin::NotArticle, Bin::Unsupported, Bin::Skipped].into_iter();
    let passed_over: Vec<_> = passed_over
        .filter(|bin| tally.bins.get(*bin) > 0)
        .map(|bin| format!("{} {}", ui::number(tally.bins.get(bin)), bin.label()))
        .collect();
    if !passed_over.is_empty() {
        lines.push(format!("Skipped: {}; `dateline files` lists every file.", passed_over.join(", ")));
    }
    if tally.removed > 0 {
        lines.push(format!(
            "Taken away: {}, no articles any more; `dateline files --reason 'taken away'` lists them, `ingest --keep-all` brings them back.",
            ui::count(tally.removed, "article"),
        ));
    }
    for (reason, count) in &summary.reasons {
        lines.push(format!("  {:>8}  {}", ui::number(*count), ui::plain(reason)));
    }
    lines.push(format!("The archive holds {}.", ui::count(summary.articles, "article")));
    if summary.interrupted {
        lines.push("Stopped before the end: run the same command again to go on.".to_owned());
    }
    lines.join("\n")
}

fn tell_troubles(summary: &Summary) {
    for trouble in summary.troubles.iter().take(LISTED) {
        let record = if trouble.record.is_empty() { String::new() } else { format!(", {}", trouble.record) };
        ui::tell(&ui::plain(&format!("{}{record}: {}", trouble.file, trouble.reason)));
    }
    let more = summary.tally.failed.saturating_sub(LISTED as u64);
    if more > 0 {
        ui::tell(&format!(
            "… and {} more that failed: `dateline files --bin failed` lists them all.",
            ui::number(more)
        ));
    }
}
