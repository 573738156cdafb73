//! Spellings of authors and of sources: listed, and made one.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_index::authority::{Decision, spelling_key};
use dateline_index::search::Facet;
use serde_json::json;

use super::{actors, open_archive};
use crate::cli::{SpellingsArgs, SpellingsCommand};
use crate::{config, ui};

pub(super) fn run(facet: Facet, args: &SpellingsArgs, folder: &Path) -> Result<ExitCode> {
    let archive = open_archive(folder)?;
    match &args.command {
        SpellingsCommand::List { words, limit } => {
            actors::list(&archive, facet, &words.join(" "), None, *limit, args.json)?;
        }
        SpellingsCommand::Merge { from, into } | SpellingsCommand::Rename { from, into } => {
            let who = config::editor(args.who.as_deref())?;
            let known = archive.listed(facet, "", None, usize::MAX)?;
            let has = |name: &str| known.values.iter().any(|c| spelling_key(&c.value) == spelling_key(name));
            if !has(from) && !known.cut {
                anyhow::bail!(
                    "no article has the {facet} {from:?}; `dateline {facet}s list` shows how they are spelled"
                );
            }
            let decision = Decision::Spelling { facet, from: from.clone(), into: into.clone() };
            let numbers = archive.decide(std::slice::from_ref(&decision), &who)?.numbers;
            if args.json {
                ui::json(&json!({"numbers": numbers}))?;
            } else if let [Some(number)] = numbers[..] {
                ui::answer(&ui::plain(&format!("From now on {decision}.")))?;
                ui::tell(&format!("Take it back with `dateline actors undo {number}`."));
            } else {
                ui::answer(&ui::plain(&format!("It is so already: {decision}.")))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
