//! Every file that was seen, and what became of it: who misses a page finds out why.

use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use dateline_index::archive::Archive;
use dateline_index::files::{Files, FilesRequest, ReasonCount, SeenRecord};
use dateline_index::record::Bin;

use super::open;
use crate::cli::FilesArgs;
use crate::ui::{self, Style};

/// Reasons that are told above a long list.
const REASONS: usize = 12;

pub(super) fn run(args: &FilesArgs, folder: &Path) -> Result<ExitCode> {
    let archive = Archive::new(Arc::new(open(folder)?));
    let asked = FilesRequest {
        bin: args.bin.map(Into::into),
        reason: args.reason.clone().unwrap_or_default(),
        limit: args.page.limit,
        offset: args.page.offset,
        ..FilesRequest::default()
    };
    let typed = args.path.join(" ");
    let (files, note) = find(&archive, &asked, typed.trim())?;
    if args.page.json {
        ui::json(&files)?;
        note.iter().for_each(|note| ui::tell(&ui::lines(note)));
    } else {
        ui::answer(&said(&files, &asked, note.as_deref(), Style::of_stdout()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Finds what a typed path means: a file or folder that is there, else a part of a path. Where nothing
/// answers, tells why.
fn find(archive: &Archive, asked: &FilesRequest, typed: &str) -> Result<(Files, Option<String>)> {
    if typed.is_empty() {
        return Ok((archive.files(asked)?, None));
    }
    let there = std::path::absolute(typed).ok().filter(|path| path.symlink_metadata().is_ok());
    if let Some(path) = &there {
        for path in [path.clone(), path.canonicalize().unwrap_or_else(|_| path.clone())] {
            let below = Some(path.display().to_string());
            let files = archive.files(&FilesRequest { below, ..asked.clone() })?;
            if files.total > 0 || (files.bins.sum() > 0 && asked.bin.is_some()) {
                return Ok((files, None));
            }
        }
    }
    let files = archive.files(&FilesRequest { path: without_dots(typed), ..asked.clone() })?;
    if files.bins.sum() > 0 {
        return Ok((files, None));
    }
    let why = match &there {
        Some(path) => why_not_seen(path, &files.roots),
        None => format!(
            "Not seen: no file that was read has “{typed}” in its path, and none lies at {} now.",
            std::path::absolute(typed).unwrap_or_else(|_| PathBuf::from(typed)).display()
        ),
    };
    let given = match files.roots.is_empty() {
        true => "Nothing was ingested yet: `dateline ingest PATH` reads a folder.".to_owned(),
        false => format!("What was given to ingest:\n  {}", files.roots.join("\n  ")),
    };
    Ok((files, Some(format!("{why}\n{given}"))))
}

/// `../news/./a.html` as it can stand in a path: `news/a.html`.
fn without_dots(typed: &str) -> String {
    let parts = Path::new(typed)
        .components()
        .filter(|part| !matches!(part, Component::CurDir | Component::ParentDir));
    parts.collect::<PathBuf>().display().to_string()
}

/// Why a file or folder that is there was not seen.
fn why_not_seen(path: &Path, roots: &[String]) -> String {
    let shown = path.display();
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let Some(root) = roots.iter().find(|root| path.starts_with(root)) else {
        return format!("Not seen: {shown} lies under none of the folders that were ingested.");
    };
    let inside = path.strip_prefix(root).unwrap_or(&path);
    let hidden = inside.components().find(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."));
    match hidden {
        Some(part) => format!(
            "Not seen: {shown} is hidden: “{}” begins with a dot. Such a file or folder is listed itself, as skipped; what lies in such a folder is not looked at, unless it is given itself.",
            part.as_os_str().display()
        ),
        None => format!(
            "Not seen: {shown} was not there, or not yet reached, when {root} was last ingested; `dateline ingest {root}` reads it."
        ),
    }
}

fn said(files: &Files, asked: &FilesRequest, note: Option<&str>, style: Style) -> String {
    let mut lines = vec![counts(files, asked.bin, style)];
    if let Some(note) = note {
        return ui::lines(note);
    }
    let is_long = files.next.is_some() || asked.offset > 0;
    if is_long || files.reasons.len() > 1 {
        lines.extend(files.reasons.iter().take(REASONS).map(reason));
        let more = files.reasons.len().saturating_sub(REASONS);
        lines.extend((more > 0).then(|| format!("{:>10}  … and other reasons: --json has them all", "")));
    }
    if let Some(bin) = asked.bin.filter(|bin| !bin.explanation().is_empty()) {
        lines.push(style.faint(bin.explanation()));
    }
    for record in &files.records {
        lines.push(String::new());
        lines.extend(seen(record, style));
    }
    if files.records.is_empty() && files.total > 0 {
        lines.push(ui::past_the_end(asked.offset, files.total, "record"));
    }
    if let Some(next) = files.next {
        lines.push(String::new());
        lines.push(style.faint(&format!(
            "{} to {} of {}. More: --offset {next}, or --limit N, --bin BIN, a part of the path",
            ui::number(asked.offset as u64 + 1),
            ui::number(next as u64),
            ui::number(files.total)
        )));
    }
    lines.join("\n")
}

/// The counts of all bins; their sum is the number of records.
fn counts(files: &Files, chosen: Option<Bin>, style: Style) -> String {
    let bins = Bin::ALL.map(|bin| {
        let count = format!("{} {}", ui::number(files.bins.get(bin)), bin.as_str());
        if chosen == Some(bin) { style.bold(&count) } else { count }
    });
    format!("{}: {}", style.bold(&ui::count(files.bins.sum(), "record")), bins.join(" · "))
}

fn reason(reason: &ReasonCount) -> String {
    format!("{:>10}  {}: {}", ui::number(reason.count), reason.bin.as_str(), ui::plain(&reason.reason))
}

fn seen(record: &SeenRecord, style: Style) -> Vec<String> {
    let mut lines = vec![ui::plain(&record.place())];
    let title = record.title.as_deref().map(|title| if title.is_empty() { "(no headline)" } else { title });
    let article = record.article.as_ref().map(|id| format!("{} · {id}", title.unwrap_or_default()));
    lines.push(match (record.bin, &record.reason) {
        (Bin::Article, _) => {
            format!("  article: {}", ui::plain(&article.unwrap_or_else(|| "deleted since".into())))
        }
        (bin, reason) => {
            let kept = article.map(|article| format!("; kept as it was read before: {article}"));
            let reason = reason.as_deref().unwrap_or_default();
            let said = format!("{}: {reason}{}", bin.as_str(), kept.unwrap_or_default());
            style.faint(&format!("  {}", ui::plain(&said)))
        }
    });
    lines
}
