//! What is missing and what is too many, a line each.

use std::collections::BTreeSet;

use anyhow::Result;
use dateline_ingest::actors::Actors;
use dateline_ingest::actors::evaluate::{Document, Named, SetScores, found, gold, other};

use crate::ui;

/// How many bytes of the text are shown before and behind a name.
const AROUND: usize = 40;

/// The names that are missing (-), too many (+) or of a wrong sort, once a document.
pub(super) fn of_tokens(actors: Option<&Actors>, document: &Document) -> Result<()> {
    let found = match actors {
        Some(actors) => found(actors, document),
        None => other(document).unwrap_or_default(),
    };
    let gold = gold(document);
    let mut lines = BTreeSet::new();
    for (sign, these, others) in [('-', &gold, &found), ('+', &found, &gold)] {
        for named in these {
            if !others.iter().any(|other| other.name == named.name && other.sort == named.sort) {
                lines.insert(line(sign, named, others, document));
            }
        }
    }
    lines.iter().try_for_each(|line| ui::answer(line))
}

/// `-  Person  ada lind  lind Person  … and Ada Lind said …  tagger  document`, with tabs between.
fn line(sign: char, named: &Named, others: &[Named], document: &Document) -> String {
    let near = others.iter().find(|other| other.start < named.end && named.start < other.end);
    let near = near.map(|near| format!("{} {:?}", near.name, near.sort)).unwrap_or_default();
    let from = document.text.floor_char_boundary(named.start.saturating_sub(AROUND));
    let to = document.text.floor_char_boundary((named.end + AROUND).min(document.text.len()));
    let context = ui::plain(&document.text[from..to]);
    let (sort, name, rule, id) = (named.sort, &named.name, &named.found_by, &document.id);
    format!("{sign}\t{sort:?}\t{name}\t{near}\t{context}\t{rule}\t{id}")
}

/// The actors of the gold that were not found.
pub(super) fn of_articles(scores: &SetScores) -> Result<()> {
    for (article, group, names) in &scores.missed {
        ui::answer(&ui::plain(&format!("- {} | {} | {article}", group.label(), names.join("; "))))?;
    }
    Ok(())
}
