//! Brings an archive to the list of actors of this version, after showing what that changes.

use anyhow::Result;
use dateline_index::actor::Actor;
use dateline_index::archive::{Row, Upgrade};
use serde_json::json;

use super::decide::{Decider, entry};
use crate::commands::registry;
use crate::ui;

pub(super) fn run(decider: &Decider, yes: bool, limit: usize) -> Result<()> {
    let (archive, list) = (&decider.archive, registry());
    let upgrade = archive.preview_upgrade(&list)?;
    if !decider.json {
        show(&upgrade, limit)?;
    } else if !yes {
        return ui::json(&upgrade);
    }
    if upgrade.changes.is_empty() && archive.authority()?.registry().version() == list.version() {
        return if decider.json { ui::json(&json!({"pinned": false, "changed": 0})) } else { Ok(()) };
    }
    if !decider.is_wanted(yes)? {
        return Ok(());
    }
    let upgraded = archive.upgrade(&list, &decider.who)?;
    if decider.json {
        return ui::json(&upgraded);
    }
    let changed = ui::count(upgraded.changed, "article");
    ui::answer(&format!("The archive goes by this version's list now; other actors were found in {changed}."))
}

fn show(upgrade: &Upgrade, limit: usize) -> Result<()> {
    let changes = &upgrade.changes;
    if changes.is_empty() {
        return ui::answer("The archive's list of actors is this version's: nothing would change.");
    }
    let pair = |(one, other): &(Actor, Actor)| {
        format!("{} ({}) → {} ({})", one.label, one.id, other.label, other.id)
    };
    let one = |actor: &Actor| format!("{} ({})", actor.label, actor.id);
    let mut lines = Vec::new();
    let mut part = |what: &str, actors: Vec<String>| {
        if !actors.is_empty() {
            lines.push(format!("{} {what}: {}", ui::number(actors.len() as u64), some(&actors)));
        }
    };
    part("come", changes.come.iter().map(one).collect());
    part("go", changes.gone.iter().map(one).collect());
    part("become another's", changes.merged.iter().map(pair).collect());
    part("are split off", changes.split.iter().map(pair).collect());
    part("are called otherwise or are of another kind", changes.renamed.iter().map(pair).collect());
    part("names are looked for in another way", changes.names.iter().cloned().collect());
    lines.push(format!("{} of the facet change:", ui::count(upgrade.rows.len() as u64, "row")));
    lines.extend(upgrade.rows.iter().take(limit).map(row));
    if upgrade.rows.len() > limit {
        lines.push(format!("    … and {} more; --limit shows them", upgrade.rows.len() - limit));
    }
    let again = ui::count(upgrade.read_again, "article");
    lines.push(format!("{again} print names that are looked for in another way, and are read again."));
    for logged in &upgrade.decisions {
        lines.push(format!(
            "This decision names an actor that the list no longer has; it goes on holding: {}",
            entry(logged, true).trim()
        ));
    }
    lines.iter().try_for_each(|line| ui::answer(&ui::plain(line)))
}

/// `    1,204 → 1,310  Iran (iran)`.
fn row(row: &Row) -> String {
    let was = row.was.as_ref().map_or_else(String::new, |was| format!(", until now {was}"));
    let (before, after) = (ui::number(row.before), ui::number(row.after));
    format!("{before:>8} → {after:<8}  {} ({}){was}", row.actor.label, row.actor.id)
}

/// The first few of many.
fn some(names: &[String]) -> String {
    const FEW: usize = 8;
    let more = if names.len() > FEW { " …" } else { "" };
    format!("{}{more}", names[..names.len().min(FEW)].join("; "))
}
