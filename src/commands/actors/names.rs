//! Gives names to actors: a name that nobody recognised is looked for in the whole archive.

use anyhow::Result;
use dateline_index::actor::{Actor, ActorId};
use dateline_index::article::{Article, ArticleId};
use dateline_index::authority::{Authority, Decision};
use dateline_index::search::SearchRequest;
use dateline_ingest::actors::Actors;
use serde_json::json;
use std::sync::Arc;

use super::decide::Decider;
use crate::config::Usage;
use crate::ui;

/// A name names somebody else from now on.
pub(super) fn split(decider: &Decider, actor: &str, name: &str, to: Option<&str>) -> Result<()> {
    let archive = &decider.archive;
    let actor = archive.find_actor(actor)?;
    let names = archive.names_of(&actor.id)?;
    let folded = dateline_index::registry::fold(name);
    let known = names.iter().find(|known| dateline_index::registry::fold(&known.name) == folded);
    let Some(known) = known else {
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
    let to = match to {
        Some(to) => archive.find_actor(to)?,
        None => archive.new_actor(&name, kind)?,
    };
    decider.decide(&[Decision::Name { name, actor: to }])
}

/// Gives names to an actor, and has them found in the articles that print them.
pub(super) fn add(decider: &Decider, actor: &Actor, names: &[String], yes: bool) -> Result<()> {
    let archive = &decider.archive;
    let decisions: Vec<_> =
        names.iter().map(|name| Decision::Name { name: name.clone(), actor: actor.clone() }).collect();
    let now = archive.authority()?;
    let log = archive.decisions()?;
    let standing = dateline_index::authority::standing(&log);
    let all = standing.into_iter().map(|(_, decision)| decision).chain(&decisions);
    let then = Authority::new(Arc::clone(now.registry()), all);
    let recognisers = Actors::new(then.recognised());
    let found = with_any_of(decider, names)?;
    let mut gaining = Vec::new();
    for id in found {
        let Some(stored) = archive.article(&id)? else { continue };
        let before = names_actor(&stored.article, &now, &actor.id);
        let mut article = stored.article;
        recognisers.recognise(&mut article);
        if !before && names_actor(&article, &then, &actor.id) {
            gaining.push((id, article.title));
        }
    }
    if !decider.json {
        let gained = ui::count(gaining.len() as u64, "article");
        ui::answer(&ui::plain(&format!("{} ({}) gains {gained}:", actor.label, actor.id)))?;
        for (id, title) in gaining.iter().take(5) {
            ui::answer(&ui::plain(&format!("    {id}  {title}")))?;
        }
    } else if !yes {
        let ids: Vec<_> = gaining.iter().map(|(id, _)| id).collect();
        return ui::json(&json!({"actor": actor, "gains": ids}));
    }
    if !decider.is_wanted(yes)? {
        return Ok(());
    }
    decider.decide(&decisions)?;
    let ids: Vec<ArticleId> = gaining.into_iter().map(|(id, _)| id).collect();
    archive.reread(&ids, &mut |article| recognisers.recognise(article))?;
    Ok(())
}

fn names_actor(article: &Article, authority: &Authority, actor: &ActorId) -> bool {
    article.mentions.iter().any(|mention| {
        let named = authority.actor_in(&article.id, &mention.name, mention.kind);
        named.is_some_and(|named| named.id == *actor)
    })
}

/// The articles that print any of these names.
fn with_any_of(decider: &Decider, names: &[String]) -> Result<Vec<ArticleId>> {
    let phrases: Vec<_> = names.iter().map(|name| format!("\"{}\"", name.replace('"', " "))).collect();
    let mut request =
        SearchRequest { limit: 1_000, facet_limit: 0, ..SearchRequest::words(phrases.join(" OR ")) };
    let mut found = Vec::new();
    loop {
        let page = decider.archive.search(&request)?;
        found.extend(page.hits.into_iter().map(|hit| hit.id));
        match page.next {
            Some(next) => request.cursor = Some(next),
            None => return Ok(found),
        }
    }
}
