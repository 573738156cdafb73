//! Decides something, after showing what it would do.

use std::io::{BufRead, IsTerminal};

use anyhow::Result;
use dateline_index::archive::{Archive, Side};
use dateline_index::authority::{Decision, Entry, Logged};
use serde_json::json;

use crate::ui;

/// Whoever decides.
pub(in crate::commands) struct Decider {
    pub(in crate::commands) archive: Archive,
    pub(in crate::commands) who: String,
    pub(in crate::commands) json: bool,
}

impl Decider {
    /// Decides, and says what holds now and how it is taken back.
    pub(in crate::commands) fn decide(&self, decisions: &[Decision]) -> Result<()> {
        let decided = self.archive.decide(decisions, &self.who)?;
        if self.json {
            return ui::json(&json!({"numbers": decided.numbers}));
        }
        let log = self.archive.decisions()?;
        for (decision, number) in decisions.iter().zip(&decided.numbers) {
            let written = number.and_then(|number| log.iter().find(|logged| logged.number == number));
            match written {
                Some(logged) => ui::answer(&entry(logged, true))?,
                None => ui::answer(&ui::plain(&format!("It is so already: {decision}.")))?,
            }
        }
        for number in decided.numbers.iter().flatten() {
            ui::tell(&format!("Take it back with `dateline actors undo {number}`."));
        }
        Ok(())
    }

    pub(super) fn undo(&self, number: u64) -> Result<()> {
        let taken_back = self.archive.take_back(number, &self.who)?;
        if self.json {
            return ui::json(&json!({"taken_back": taken_back}));
        }
        let log = self.archive.decisions()?;
        match log.iter().find(|logged| logged.number == number) {
            Some(logged) if taken_back => ui::answer(&format!("Taken back: {}", entry(logged, true))),
            Some(_) => ui::answer(&format!("Entry {number} is taken back already.")),
            None => anyhow::bail!("there is no entry {number}; `dateline actors log` shows their numbers"),
        }
    }

    pub(super) fn merge(&self, from: &str, into: &str, yes: bool) -> Result<()> {
        let (from, into) = (self.archive.find_actor(from)?, self.archive.find_actor(into)?);
        let preview = self.archive.preview_merge(&from, &into)?;
        if self.json && !yes {
            return ui::json(&preview);
        }
        if !self.json {
            side(&preview.from)?;
            side(&preview.into)?;
            let together = ui::count(preview.together, "article");
            ui::answer(&ui::plain(&format!(
                "Together they are {} ({}), in {together}.",
                into.label, into.id
            )))?;
        }
        if self.is_wanted(yes)? { self.decide(&[Decision::Merge { from, into }]) } else { Ok(()) }
    }

    /// Whether a person who has seen the preview wants it.
    pub(super) fn is_wanted(&self, yes: bool) -> Result<bool> {
        if yes {
            return Ok(true);
        }
        let stdin = std::io::stdin();
        if !stdin.is_terminal() {
            ui::tell("Nothing was changed; add --yes to decide it.");
            return Ok(false);
        }
        ui::tell("Decide it? [y/N]");
        let mut answer = String::new();
        stdin.lock().read_line(&mut answer)?;
        Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
    }
}

/// One side of a merge: who, how many articles, its names, and a passage.
fn side(side: &Side) -> Result<()> {
    let articles = ui::count(side.articles, "article");
    let mut lines =
        vec![format!("{} ({}), {}: {articles}", side.actor.label, side.actor.id, side.actor.kind.label())];
    let names: Vec<_> = side
        .names
        .iter()
        .take(12)
        .map(|name| format!("{} {}", name.name, ui::number(name.articles)))
        .collect();
    if !names.is_empty() {
        lines.push(format!("    named: {}", names.join(" · ")));
    }
    if let Some((title, passage)) = &side.example {
        lines.push(format!("    e.g. “{title}”: {}", passage.text));
    }
    ui::answer(&lines.iter().map(|line| ui::plain(line)).collect::<Vec<_>>().join("\n"))
}

/// One entry of the log: `3  2026-11-24 14:03  Ada Byron  …`.
pub(super) fn entry(logged: &Logged, holds: bool) -> String {
    let at = logged.at.get(..16).unwrap_or(&logged.at).replace('T', " ");
    let what = match &logged.entry {
        Entry::Undo { undo } => format!("takes back {undo}"),
        Entry::Decision(decision) if holds => decision.to_string(),
        Entry::Decision(decision) => format!("{decision} (taken back)"),
    };
    ui::plain(&format!("{:>4}  {at}  {}  {what}", logged.number, logged.who))
}
