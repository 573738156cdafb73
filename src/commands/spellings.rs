//! Spellings of authors and of sources: listed, and made one.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use dateline_index::authority::Decision;
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
        SpellingsCommand::Suggest { words, limit, not: None } => {
            actors::suggest::list(&archive, facet, &words.join(" "), *limit, args.json)?;
        }
        SpellingsCommand::Suggest { not: Some(two), .. } => {
            let who = config::editor(args.who.as_deref())?;
            let decider = actors::Decider { archive, who, json: args.json };
            decider.decide(&[actors::suggest::distinct(facet, two)])?;
        }
        SpellingsCommand::Merge { from, into } | SpellingsCommand::Rename { from, into } => {
            let who = config::editor(args.who.as_deref())?;
            let (known, authority) = (archive.listed(facet, "", None, usize::MAX - 1)?, archive.authority()?);
            let group = authority.spelling(facet, from).0;
            if !known.values.iter().any(|count| authority.spelling(facet, &count.value).0 == group) {
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
