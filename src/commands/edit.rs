//! Corrects an article's fields, takes that back, or shows what stands.

use std::path::Path;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Result;
use dateline_index::archive::Archive;
use dateline_index::article::ArticleId;
use dateline_index::edit::{self, Change, Edit, EditOutcome, Edited, Field, Value};
use dateline_index::found;
use dateline_index::view::ArticleView;

use super::open_archive;
use crate::cli::EditArgs;
use crate::config::{self, Usage};
use crate::ui;

/// How long an edit may take before it is said what it waits for.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) fn run(args: &EditArgs, folder: &Path) -> Result<ExitCode> {
    let changes = changes(args)?;
    let who = config::editor(args.who.as_deref())?;
    let archive = open_archive(folder)?;
    let Some(id) = ArticleId::new(args.id.as_str()) else { return Err(archive.no_article(&args.id)?.into()) };
    if args.history {
        return history(&archive, &id, args.json);
    }
    if changes.is_empty() {
        return show(&archive, &id, args.json);
    }
    let edited = patiently(|| archive.edit(&id, &changes, &who))?;
    tell_problem(&edited);
    if args.json {
        ui::json(&view(&archive, &id)?)?;
    } else {
        ui::answer(&said(&view(&archive, &id)?, &changes, &edited.outcomes))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the arguments ask for: values, and fields whose values are taken back.
fn changes(args: &EditArgs) -> Result<Vec<Change>> {
    let mut changes = Vec::new();
    for text in &args.changes {
        let (field, value) =
            edit::typed(text, edit::today()).map_err(|refused| Usage(refused.to_string()))?;
        changes.push((field, Some(value)));
    }
    for name in &args.undo {
        match name.as_str() {
            "all" => changes.extend(Field::ALL.map(|field| (field, None))),
            name => {
                let field = edit::field(name).map_err(|refused| Usage(format!("--undo: {refused}")))?;
                changes.push((field, None));
            }
        }
    }
    let twice = changes
        .iter()
        .enumerate()
        .find(|(place, (field, _))| changes[..*place].iter().any(|(before, _)| before == field));
    match twice {
        Some((_, (field, _))) => {
            let told = format!("{}: it is named twice; one edit changes a field once", field.as_str());
            Err(Usage(told).into())
        }
        None => Ok(changes),
    }
}

fn view(archive: &Archive, id: &ArticleId) -> Result<ArticleView> {
    let view = archive.article_view(id)?;
    match view {
        Some(view) => Ok(view),
        None => Err(archive.no_article(id.as_str())?.into()),
    }
}

/// Runs an edit, and says what it waits for if an ingest keeps it waiting.
pub(super) fn patiently<T: Send>(
    run: impl FnOnce() -> dateline_index::backend::Result<T> + Send,
) -> dateline_index::backend::Result<T> {
    let (done, waiting) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if waiting.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
                ui::tell(
                    "Waiting for another process to finish writing (an ingest commits every few seconds) …",
                );
            }
        });
        let ran = run();
        drop(done);
        ran
    })
}

/// Says why what was written does not show yet.
pub(super) fn tell_problem(edited: &Edited) {
    if let Some(problem) = &edited.problem {
        ui::tell(&format!("It is written, but searches cannot show it yet: {problem}"));
    }
}

fn history(archive: &Archive, id: &ArticleId, json: bool) -> Result<ExitCode> {
    let edits = archive.edits(Some(id))?;
    if edits.is_empty() {
        view(archive, id)?;
    }
    for edit in &edits {
        if json { ui::json(edit)? } else { ui::answer(&entry(edit))? }
    }
    if edits.is_empty() && !json {
        ui::answer("Nobody has corrected anything in this article.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One entry of the log: `2026-11-24 14:03  Ada Byron  title: Talks end`.
fn entry(edit: &Edit) -> String {
    let at = edit.at.get(..16).unwrap_or(&edit.at).replace('T', " ");
    let what = match &edit.value {
        Some(value) => format!("{}: {}", edit.field, shown(edit.field, value)),
        None => format!("{}: taken back", edit.field),
    };
    ui::plain(&format!("{at}  {}  {what}", edit.who))
}

fn show(archive: &Archive, id: &ArticleId, json: bool) -> Result<ExitCode> {
    let view = view(archive, id)?;
    if json {
        ui::json(&view)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines = vec![ui::plain(id.as_str())];
    for field in Field::ALL {
        let (value, place) = (value_of(&view, field), view.found.get(field.as_str()));
        let place = place.filter(|place| !place.is_empty());
        let place = place.map_or_else(String::new, |place| format!(" ({})", found::label(place)));
        lines.push(ui::plain(&format!("  {:<11} {}{place}", field.as_str(), shown(field, &value))));
    }
    lines.push(format!("Correct with `dateline edit {id} FIELD=VALUE`; an empty value clears the field."));
    ui::answer(&lines.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

/// What was asked for and what came of it, a line a field.
fn said(view: &ArticleView, changes: &[Change], outcomes: &[EditOutcome]) -> String {
    let mut lines = Vec::new();
    for ((field, change), outcome) in changes.iter().zip(outcomes) {
        let now = shown(*field, &value_of(view, *field));
        let extracted = view.edits.iter().find(|edit| edit.field == *field).map(|edit| &edit.extracted);
        let extracted =
            extracted.map_or_else(String::new, |value| format!(" (found: {})", shown(*field, value)));
        lines.push(match (change, outcome) {
            (Some(_), EditOutcome::Written) => format!("  {field:<11} {now}{extracted}"),
            (Some(_), _) => format!("  {field:<11} {now}: so it was corrected already"),
            (None, EditOutcome::Written) => format!("  {field:<11} {now}, as it was found"),
            (None, _) => continue,
        });
    }
    let id = view.id.as_deref().unwrap_or_default();
    if lines.is_empty() {
        return format!("Nothing to take back in {id}.");
    }
    lines.insert(0, format!("{id}  {}", view.title));
    if !view.edits.is_empty() {
        lines.push(format!("Take it back with `dateline edit {id} --undo`."));
    }
    lines.iter().map(|line| ui::plain(line)).collect::<Vec<_>>().join("\n")
}

fn value_of(view: &ArticleView, field: Field) -> Value {
    let text = |text: Option<&str>| {
        text.filter(|text| !text.is_empty()).map_or(Value::Nothing, |text| Value::Text(text.to_owned()))
    };
    match field {
        Field::Title => text(Some(&view.title)),
        Field::Standfirst => text(view.standfirst.as_deref()),
        Field::Authors => Value::List(view.authors.clone()),
        Field::Published => {
            text(view.published.as_ref().map(|published| published.date.to_string()).as_deref())
        }
        Field::Source => text(view.source.as_deref()),
        Field::Section => text(view.section.as_deref()),
        Field::Tags => Value::List(view.tags.clone()),
        Field::Language => text(view.language.as_deref()),
        Field::Url => text(view.url.as_deref()),
    }
}

/// A value as people read it; what is not known is said to be so.
fn shown(field: Field, value: &Value) -> String {
    let text = value.to_string();
    match field {
        _ if !text.is_empty() => text,
        Field::Authors => "nobody".to_owned(),
        Field::Title | Field::Standfirst | Field::Tags => "none".to_owned(),
        _ => "unknown".to_owned(),
    }
}
