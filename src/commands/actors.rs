//! Who is in the archive, and what people decide about it.

pub(super) mod decide;
pub(super) mod evaluate;
mod names;
pub(super) mod suggest;
mod upgrade;
mod why;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use dateline_index::actor::ActorKind;
use dateline_index::archive::{Archive, Imported};
use dateline_index::article::ArticleId;
use dateline_index::authority::{Decision, from_toml, standing, to_toml};
use dateline_index::search::{Facet, FacetCount};
use serde_json::json;

use super::open_archive;
use crate::cli::{ActorsArgs, ActorsCommand};
use crate::config::{self, Usage};
use crate::ui;

pub(super) use decide::Decider;

pub(super) fn run(args: &ActorsArgs, folder: &Path) -> Result<ExitCode> {
    let decider = Decider {
        archive: open_archive(folder)?,
        who: config::editor(args.who.as_deref())?,
        json: args.json,
    };
    let archive = &decider.archive;
    match &args.command {
        ActorsCommand::List { words, kind: named, limit } => {
            let kind = named.as_deref().map(kind).transpose()?;
            list(archive, Facet::Actor, &words.join(" "), kind, *limit, args.json)?;
        }
        ActorsCommand::Show { actor } => show(archive, actor, args.json)?,
        ActorsCommand::Why { article, actor } => {
            why::run(archive, article, actor.as_deref(), args.json)?;
        }
        ActorsCommand::Merge { from, into, yes } => decider.merge(from, into, *yes)?,
        ActorsCommand::Split { actor, name, to } => names::split(&decider, actor, name, to.as_deref())?,
        ActorsCommand::Alias { actor, name, yes } => {
            let actor = archive.find_actor(actor)?;
            names::add(&decider, &actor, std::slice::from_ref(name), *yes)?;
        }
        ActorsCommand::Add { name, kind: named, alias, yes } => {
            let actor = names::unknown(&decider, name, kind(named)?)?;
            let all: Vec<String> = std::iter::once(name).chain(alias).cloned().collect();
            names::add(&decider, &actor, &all, *yes)?;
        }
        ActorsCommand::Rename { actor, label } => {
            let actor = archive.find_actor(actor)?.id;
            decider.decide(&[Decision::Rename { actor, label: label.clone() }])?;
        }
        ActorsCommand::Kind { actor, kind: named } => {
            let (actor, kind) = (archive.find_actor(actor)?.id, kind(named)?);
            decider.decide(&[Decision::Kind { actor, kind }])?;
        }
        ActorsCommand::Hide { actor } => {
            decider.decide(&[Decision::Hide { actor: archive.find_actor(actor)? }])?;
        }
        ActorsCommand::Never { name, kind: named } => {
            let kind = if named.trim() == "place" { ActorKind::Place } else { kind(named)? };
            decider.decide(&[Decision::Never { name: name.clone(), kind }])?;
        }
        ActorsCommand::NotHere { article, actor } => {
            let known = ArticleId::new(article.as_str());
            let known = known.filter(|id| matches!(archive.article(id), Ok(Some(_))));
            let Some(article) = known else { return Err(archive.no_article(article)?.into()) };
            decider.decide(&[Decision::NotHere { article, actor: archive.find_actor(actor)? }])?;
        }
        ActorsCommand::Log => log(archive, args.json)?,
        ActorsCommand::Undo { number } => decider.undo(*number)?,
        ActorsCommand::Export => export(archive)?,
        ActorsCommand::Import { file } => return import(archive, file, args.json),
        ActorsCommand::Suggest { words, limit, not: None } => {
            suggest::list(archive, Facet::Actor, &words.join(" "), *limit, args.json)?;
        }
        ActorsCommand::Suggest { not: Some(two), .. } => {
            let two = two.iter().map(|typed| archive.find_actor(typed)).collect::<Result<Vec<_>, _>>()?;
            let two: Vec<_> = two.into_iter().map(|actor| actor.id.0).collect();
            decider.decide(&[suggest::distinct(Facet::Actor, &two)])?;
        }
        ActorsCommand::Upgrade { yes, limit } => upgrade::run(&decider, *yes, *limit)?,
        ActorsCommand::Evaluate(args) => return evaluate::run(args, decider.json),
    }
    Ok(ExitCode::SUCCESS)
}

/// A kind as people type it.
pub(super) fn kind(typed: &str) -> Result<ActorKind> {
    let known = ActorKind::from_name(&typed.trim().to_lowercase().replace(['-', ' '], "_"));
    let known = known.filter(|kind| *kind != ActorKind::Place);
    let kinds = "person, state, institution, armed-group, organisation";
    Ok(known.ok_or_else(|| Usage(format!("{typed:?} is no kind of actor; the kinds are {kinds}")))?)
}

/// Lists values of a facet, one a line.
pub(super) fn list(
    archive: &Archive,
    facet: Facet,
    words: &str,
    kind: Option<ActorKind>,
    limit: usize,
    json: bool,
) -> Result<()> {
    let listed = archive.listed(facet, words, kind, limit)?;
    if json {
        return ui::json(&listed);
    }
    for count in &listed.values {
        ui::answer(&line(count))?;
    }
    if listed.values.is_empty() {
        ui::answer("Nobody has such a name.")?;
    }
    if listed.more {
        ui::tell(&format!("There are more than these {limit}; --limit shows more, words narrow it."));
    }
    Ok(())
}

/// `   132  iran                     Iran, state`.
fn line(count: &FacetCount) -> String {
    let kind = count.kind.map_or_else(String::new, |kind| format!(", {}", kind.label()));
    let value = if count.kind.is_some() { format!("{:<32} ", count.value) } else { String::new() };
    ui::plain(&format!("{:>8}  {value}{}{kind}", ui::number(count.count), count.label))
}

fn show(archive: &Archive, typed: &str, json: bool) -> Result<()> {
    let side = archive.side(&archive.find_actor(typed)?)?;
    let authority = archive.authority()?;
    let (merged, split) = (authority.merged_into(&side.actor.id), authority.split_off(&side.actor.id));
    if json {
        return ui::json(
            &json!({"side": side, "merged": merged, "split_off": split, "hidden": authority.is_hidden(&side.actor.id)}),
        );
    }
    let mut lines = vec![format!(
        "{} ({}), {}: {}",
        side.actor.label,
        side.actor.id,
        side.actor.kind.label(),
        ui::count(side.articles, "article")
    )];
    lines.extend(side.names.iter().map(|name| format!("{:>8}  {}", ui::number(name.articles), name.name)));
    if authority.is_hidden(&side.actor.id) {
        lines.push("It is hidden.".to_owned());
    }
    let log = archive.decisions()?;
    for (logged, decision) in standing(&log) {
        let text = decision.to_string();
        if text.contains(&format!("({})", side.actor.id)) || text.starts_with(&format!("{} ", side.actor.id))
        {
            lines.push(decide::entry(logged, true));
        }
    }
    lines.extend(merged.iter().map(|id| format!("It is {id}, too.")));
    lines.extend(split.iter().map(|id| format!("A name was split off to {id}.")));
    ui::answer(&lines.iter().map(|line| ui::plain(line)).collect::<Vec<_>>().join("\n"))
}

fn log(archive: &Archive, json: bool) -> Result<()> {
    let log = archive.decisions()?;
    let holds: Vec<u64> = standing(&log).iter().map(|(logged, _)| logged.number).collect();
    for logged in &log {
        if json {
            ui::json(logged)?;
        } else {
            ui::answer(&decide::entry(logged, holds.contains(&logged.number)))?;
        }
    }
    if log.is_empty() && !json {
        ui::answer("Nobody has decided anything yet.")?;
    }
    Ok(())
}

fn export(archive: &Archive) -> Result<()> {
    let log = archive.decisions()?;
    let holds = standing(&log).into_iter();
    let text = to_toml(holds.map(|(logged, decision)| (decision, logged.who.as_str(), logged.at.as_str())))?;
    ui::answer(text.trim_end())
}

/// Takes in a file. A decision that cannot be read is named and stops no other.
fn import(archive: &Archive, file: &Path, json: bool) -> Result<ExitCode> {
    let text = if file.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin()).context("stdin")?
    } else {
        std::fs::read_to_string(file).with_context(|| file.display().to_string())?
    };
    let read = from_toml(&text).with_context(|| file.display().to_string())?;
    let (mut decisions, mut places, mut unread) = (Vec::new(), Vec::new(), 0_u64);
    for (place, decision) in read.into_iter().enumerate() {
        match decision {
            Ok(decision) => {
                decisions.push(decision);
                places.push(place + 1);
            }
            Err(reason) => {
                unread += 1;
                ui::tell(&ui::plain(&format!("{}, {reason}", file.display())));
            }
        }
    }
    let imported = archive.import_decisions(&decisions)?;
    for (place, imported) in places.iter().zip(&imported) {
        if let Imported::Refused(reason) = imported {
            unread += 1;
            ui::tell(&ui::plain(&format!("{}, decision {place}: {reason}", file.display())));
        }
    }
    let count = |wanted: Imported| imported.iter().filter(|imported| **imported == wanted).count() as u64;
    let (new, known) = (count(Imported::Written), count(Imported::Known));
    if json {
        ui::json(&json!({"decided": new, "known": known, "unreadable": unread}))?;
    } else {
        ui::answer(&format!(
            "{} taken in, {} known already, {} unreadable.",
            ui::count(new, "decision"),
            ui::number(known),
            ui::number(unread)
        ))?;
    }
    let nothing_done = new + known == 0 && unread > 0;
    Ok(if nothing_done { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
