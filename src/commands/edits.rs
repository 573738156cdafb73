//! All corrections of an archive as JSON Lines, and corrections of another archive taken in.

mod about;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_index::archive::Archive;
use dateline_index::article::ArticleId;
use dateline_index::edit::{self, Edit, EditOutcome};
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::about::About;
use super::edit::{patiently, tell_problem};
use super::open_archive;
use crate::cli::EditsArgs;
use crate::{config, ui};

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
    let mut known: HashMap<ArticleId, Option<About>> = HashMap::new();
    for edit in archive.edits(None)? {
        let about = match known.get(&edit.article) {
            Some(about) => about.clone(),
            None => known.entry(edit.article.clone()).or_insert(About::of(archive, &edit.article)?).clone(),
        };
        ui::json(&Line { edit, about })?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A line of the log.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    edit: Edit,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    about: Option<About>,
}

/// Takes in a log. A line that cannot be read is named and stops nothing.
fn import(archive: &Archive, file: &Path, json: bool) -> Result<ExitCode> {
    let (name, mut lines, unread) = read_log(file)?;
    for (number, reason) in unread.iter().take(NAMED) {
        ui::tell(&ui::plain(&format!("{name}, line {number}: {reason}")));
    }
    if lines.is_empty() && !unread.is_empty() {
        let count = ui::count(unread.len() as u64, "line");
        anyhow::bail!("{name}: nothing was taken in: {count}, none of which is a correction; {A_LINE}");
    }
    let placed = about::place(archive, &mut lines)?;
    let edits: Vec<Edit> = lines.iter().map(|(edit, _)| edit.clone()).collect();
    let edited = patiently(|| archive.import_edits(&edits))?;
    tell_problem(&edited);
    let count = |wanted| edited.outcomes.iter().filter(|outcome| **outcome == wanted).count() as u64;
    let (written, unchanged) = (count(EditOutcome::Written), count(EditOutcome::Unchanged));
    let lost = lines.iter().zip(&edited.outcomes).filter(|(_, outcome)| **outcome == EditOutcome::NoArticle);
    let mut lost: Vec<&(Edit, Option<About>)> = lost.map(|(line, _)| line).collect();
    lost.dedup_by(|a, b| a.0.article == b.0.article);
    if json {
        let unread: Vec<_> =
            unread.iter().map(|(line, reason)| json!({"line": line, "reason": reason})).collect();
        let lost: Vec<_> = lost.iter().map(|(edit, _)| &edit.article).collect();
        ui::json(&json!({
            "written": written, "unchanged": unchanged, "placed": placed, "without_article": lost, "unread": unread,
        }))?;
    } else {
        ui::answer(&format!(
            "{} taken in; {} stood already or are older than what stands; {} are of articles that this archive does not have; {} could not be read.",
            ui::count(written, "edit"),
            ui::number(unchanged),
            ui::number(count(EditOutcome::NoArticle)),
            ui::count(unread.len() as u64, "line"),
        ))?;
        if !placed.is_empty() {
            let articles = ui::count(placed.len() as u64, "article");
            ui::answer(&format!(
                "{articles} found by the path inside the folder: their ids are other ones here."
            ))?;
        }
        if !lost.is_empty() {
            let more = if lost.len() > NAMED { " …" } else { "" };
            let lost: Vec<_> =
                lost.iter().take(NAMED).map(|(edit, about)| lost_one(edit, about.as_ref())).collect();
            ui::answer(&ui::plain(&format!("Not here: {}{more}", lost.join(", "))))?;
        }
    }
    let nothing = written + unchanged == 0 && !edits.is_empty();
    Ok(if nothing { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// An article that is not here, by what a person may know it by.
fn lost_one(edit: &Edit, about: Option<&About>) -> String {
    match about {
        Some(about) => format!("{} (“{}”, {})", edit.article, about.title, about.place),
        None => edit.article.to_string(),
    }
}

type Log = (String, Vec<(Edit, Option<About>)>, Vec<(u64, String)>);

/// The name of a log, its lines, and those that cannot be read, with the reason.
fn read_log(file: &Path) -> Result<Log> {
    let is_stdin = file.as_os_str() == "-";
    let name = if is_stdin { "stdin".to_owned() } else { config::shown(file) };
    let reader: Box<dyn Read> = match is_stdin {
        true => Box::new(std::io::stdin()),
        false => Box::new(std::fs::File::open(file).with_context(|| name.clone())?),
    };
    let (mut lines, mut unread) = (Vec::new(), Vec::new());
    for (number, line) in (1_u64..).zip(BufReader::new(reader).split(b'\n')) {
        let line = line.with_context(|| format!("{name}, line {number}"))?;
        let line = String::from_utf8_lossy(&line);
        if line.trim().is_empty() {
            continue;
        }
        match read(&line) {
            Ok(read) => lines.push(read),
            Err(reason) => unread.push((number, reason)),
        }
    }
    Ok((name, lines, unread))
}

/// What a line looks like.
const A_LINE: &str = r#"a line is such as {"article": "…", "field": "title", "value": "…", "who": "…", "at": "2024-01-17T08:30:00.000Z"}; `dateline edits` writes them"#;

/// One line of a log, checked as if somebody had typed it.
fn read(line: &str) -> Result<(Edit, Option<About>), String> {
    let read: serde_json::Value = serde_json::from_str(line).map_err(|_| "it is not JSON".to_owned())?;
    let missing = ["article", "field", "who", "at"].into_iter().find(|field| read.get(field).is_none());
    if let Some(missing) = missing {
        return Err(format!("it has no {missing:?}"));
    }
    let Line { edit, about } = serde_json::from_value(read).map_err(|error| error.to_string())?;
    let value = edit.value.map(|value| edit::check(edit.field, value, edit::today())).transpose();
    let value = value.map_err(|refused| refused.to_string())?;
    let who = edit::check_who(&edit.who).map_err(|refused| refused.to_string())?;
    let at = edit::check_at(&edit.at).map_err(|refused| refused.to_string())?;
    Ok((Edit { value, who, at, ..edit }, about))
}
