//! Tells what the archive holds and how it stands.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_index::backend::embedded::{Embedded, IndexState, Status};
use dateline_index::record::Bin;

use super::registry;
use crate::cli::ReportArgs;
use crate::{config, ui};

pub(super) fn run(args: &ReportArgs, folder: &Path) -> Result<ExitCode> {
    let status = Embedded::open(folder, registry())?.status()?;
    if args.json {
        ui::json(&status)?;
    } else {
        ui::answer(&said(&status))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn said(status: &Status) -> String {
    let bins = Bin::ALL.map(|bin| format!("{} {}", ui::number(status.records.get(bin)), bin.as_str()));
    let doubts: Vec<_> = status
        .doubts
        .iter()
        .map(|kind| format!("{} {}", ui::number(kind.count), kind.kind.as_str()))
        .collect();
    let index = match status.index {
        IndexState::Current => "up to date",
        IndexState::Behind if status.being_written => {
            "behind; an ingest is under way and publishes as it goes"
        }
        IndexState::Behind => "behind; the next search brings it up to date",
        IndexState::Missing => "missing; the next search builds it",
    };
    let dates = status
        .dates
        .as_ref()
        .map_or_else(|| "none known".to_owned(), |(first, last)| format!("{} to {}", day(first), day(last)));
    let rows = [
        ("archive", format!("{} ({})", status.title, status.id)),
        ("folder", config::shown(&status.folder)),
        (
            "articles",
            format!("{}, {} with a doubt", ui::number(status.articles), ui::number(status.doubtful)),
        ),
        ("published", format!("{dates}; {} without a date", ui::number(status.undated))),
        (
            "read",
            format!(
                "{}, {}: {}",
                ui::count(status.files, "file"),
                ui::count(status.records.sum(), "record"),
                bins.join(", ")
            ),
        ),
        ("doubts", if doubts.is_empty() { "none".to_owned() } else { doubts.join(", ") }),
        ("saved twice", ui::count(status.copied, "article")),
        ("archive.db", format!("{}: the truth, never delete it", ui::bytes(status.database_bytes))),
        (
            "index/",
            format!("{}: {index}; it may be deleted and is built again", ui::bytes(status.index_bytes)),
        ),
    ];
    let mut lines: Vec<String> =
        rows.iter().map(|(name, value)| format!("{name:<11} {}", ui::plain(value))).collect();
    if let Some(list) = &status.other_list {
        let told = format!(
            "{:<11} of version {}, pinned {}; this version brings another: `dateline actors upgrade` shows what would change",
            "list",
            list.program,
            day(&list.at)
        );
        lines.push(ui::plain(&told));
    }
    for (reason, count) in &status.failures {
        lines.push(format!("  failed {:>6}  {}", ui::number(*count), ui::plain(reason)));
    }
    lines.join("\n")
}

fn day(date: &str) -> &str {
    date.split('T').next().unwrap_or(date)
}
