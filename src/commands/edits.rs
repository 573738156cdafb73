//! All corrections of an archive as JSON Lines, and corrections of another archive taken in.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_index::archive::Archive;
use dateline_index::edit::{self, Edit, EditOutcome};
use serde_json::json;

use super::edit::{patiently, tell_problem};
use super::open_archive;
use crate::cli::EditsArgs;
use crate::ui;

/// Lines and ids that are named one by one.
const NAMED: usize = 20;

pub(super) fn run(args: &EditsArgs, folder: &Path) -> Result<ExitCode> {
    let archive = open_archive(folder)?;
    match &args.import {
        Some(file) => import(&archive, file, args.json),
        None => export(&archive),
    }
}

fn export(archive: &Archive) -> Result<ExitCode> {
    for edit in archive.edits(None)? {
        ui::json(&edit)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes in a log. A line that cannot be read is named and stops nothing.
fn import(archive: &Archive, file: &Path, json: bool) -> Result<ExitCode> {
    let reader: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(file).with_context(|| file.display().to_string())?)
    };
    let (mut edits, mut unread) = (Vec::new(), Vec::new());
    for (number, line) in (1_u64..).zip(BufReader::new(reader).lines()) {
        let line = line.with_context(|| format!("{}, line {number}", file.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        match read(&line) {
            Ok(edit) => edits.push(edit),
            Err(reason) => unread.push((number, reason)),
        }
    }
    let edited = patiently(|| archive.import_edits(&edits))?;
    tell_problem(&edited);
    let count = |wanted| edited.outcomes.iter().filter(|outcome| **outcome == wanted).count() as u64;
    let (written, unchanged) = (count(EditOutcome::Written), count(EditOutcome::Unchanged));
    let mut lost: Vec<&str> = edits
        .iter()
        .zip(&edited.outcomes)
        .filter(|(_, outcome)| **outcome == EditOutcome::NoArticle)
        .map(|(edit, _)| edit.article.as_str())
        .collect();
    lost.dedup();
    for (number, reason) in unread.iter().take(NAMED) {
        ui::tell(&ui::plain(&format!("line {number}: {reason}")));
    }
    if json {
        let unread: Vec<_> =
            unread.iter().map(|(line, reason)| json!({"line": line, "reason": reason})).collect();
        ui::json(&json!({
            "written": written, "unchanged": unchanged, "without_article": lost, "unread": unread,
        }))?;
    } else {
        ui::answer(&format!(
            "{} taken in; {} stood already or are older than what stands; {} are of articles that this archive does not have; {} could not be read.",
            ui::count(written, "edit"),
            ui::number(unchanged),
            ui::number(count(EditOutcome::NoArticle)),
            ui::count(unread.len() as u64, "line"),
        ))?;
        if !lost.is_empty() {
            let more = if lost.len() > NAMED { " …" } else { "" };
            ui::answer(&format!("Not here: {}{more}", lost[..lost.len().min(NAMED)].join(", ")))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One line of a log, checked as if somebody had typed it.
fn read(line: &str) -> Result<Edit, String> {
    let edit: Edit = serde_json::from_str(line).map_err(|error| {
        format!("{error}; a line is such as {{\"article\": \"…\", \"field\": \"title\", \"value\": \"…\", \"who\": \"…\", \"at\": \"2024-01-17T08:30:00.000Z\"}}")
    })?;
    let value = edit.value.map(|value| edit::check(edit.field, value, edit::today())).transpose();
    let value = value.map_err(|refused| refused.to_string())?;
    let who = edit::check_who(&edit.who).map_err(|refused| refused.to_string())?;
    let at = edit::check_at(&edit.at).map_err(|refused| refused.to_string())?;
    Ok(Edit { value, who, at, ..edit })
}
