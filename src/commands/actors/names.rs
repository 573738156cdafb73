//! Gives names to actors: a name that nobody recognised is looked for in the whole archive.

use anyhow::Result;
use dateline_index::actor::{Actor, ActorKind};
use dateline_index::authority::{Decision, check_shape};
use dateline_index::registry::{fold, slug};
use serde_json::json;

use super::decide::Decider;
use crate::config::Usage;
use crate::ui;

/// A name names somebody else from now on.
pub(super) fn split(decider: &Decider, actor: &str, name: &str, to: Option<&str>) -> Result<()> {
    let archive = &decider.archive;
    let actor = archive.find_actor(actor)?;
    let names = archive.names_of(&actor.id)?;
    let Some(known) = names.iter().find(|known| fold(&known.name) == fold(name)) else {
        let names: Vec<_> = names.iter().map(|name| name.name.as_str()).collect();
        let told = format!(
            "{name:?} is no name that articles have for {} ({}); they have {}",
            actor.label,
            actor.id,
            names.join(", ")
        );
        return Err(Usage(told).into());
    };
    let (name, kind) = (known.name.clone(), known.kind);
    let actor = match to {
        Some(to) => archive.find_actor(to)?,
        None => archive.new_actor(&name, kind)?,
    };
    let taken_for = Some(kind).filter(|kind| *kind != actor.kind);
    decider.decide(&[Decision::Name { name, actor, taken_for }])
}

/// An actor that nobody has recognised yet.
pub(super) fn unknown(decider: &Decider, name: &str, kind: ActorKind) -> Result<Actor> {
    if slug(name) == "unnamed" {
        return Err(Usage(format!("{name:?} has no letter or figure: a name has one")).into());
    }
    let archive = &decider.archive;
    let known = archive.authority()?.actor_of(name, kind);
    if let Some(known) = known {
        let listed = !known.id.0.starts_with('~');
        if listed || !archive.names_of(&known.id)?.is_empty() {
            let told = format!(
                "{name:?} names {} ({}) already; give it another name with `actors alias`, or split this one off with `actors split`",
                known.label, known.id
            );
            return Err(Usage(told).into());
        }
    }
    Ok(archive.new_actor(name, kind)?)
}

/// Gives names to an actor, after showing which articles it gains and who has the names now.
pub(super) fn add(decider: &Decider, actor: &Actor, names: &[String], yes: bool) -> Result<()> {
    let named = |name: &String| Decision::Name { name: name.clone(), actor: actor.clone(), taken_for: None };
    let decisions: Vec<_> = names.iter().map(named).collect();
    for decision in &decisions {
        check_shape(decision.clone()).map_err(|refused| Usage(refused.to_string()))?;
    }
    let gaining = decider.archive.preview_names(actor, names)?;
    let losing = losing(decider, actor, names)?;
    if !decider.json {
        let gained = ui::count(gaining.len() as u64, "article");
        ui::answer(&ui::plain(&format!("{} ({}) gains {gained}:", actor.label, actor.id)))?;
        for (id, title) in gaining.iter().take(5) {
            ui::answer(&ui::plain(&format!("    {id}  {title}")))?;
        }
        for (name, other) in &losing {
            let told = format!("    “{name}” names {} ({}) now, who loses it", other.label, other.id);
            ui::answer(&ui::plain(&told))?;
        }
    } else if !yes {
        let ids: Vec<_> = gaining.iter().map(|(id, _)| id).collect();
        let losing: Vec<_> =
            losing.iter().map(|(name, other)| json!({"name": name, "actor": other})).collect();
        return ui::json(&json!({"actor": actor, "gains": ids, "takes": losing}));
    }
    if decider.is_wanted(yes)? { decider.decide(&decisions) } else { Ok(()) }
}

/// The names that stand for others now.
fn losing(decider: &Decider, actor: &Actor, names: &[String]) -> Result<Vec<(String, Actor)>> {
    let authority = decider.archive.authority()?;
    let mut losing = Vec::new();
    for name in names {
        let Some(other) = authority.actor_of(name, actor.kind).filter(|other| other.id != actor.id) else {
            continue;
        };
        if !other.id.0.starts_with('~') || !decider.archive.names_of(&other.id)?.is_empty() {
            losing.push((name.clone(), other));
        }
    }
    Ok(losing)
}
