//! Why somebody is in an article: the mentions, the rules that found them, the sentences.

use anyhow::Result;
use dateline_index::actor::Actor;
use dateline_index::archive::Archive;
use dateline_index::article::ArticleId;
use dateline_index::why::{Present, Reason};
use serde_json::json;

use crate::ui::{self, Style};

/// Tells it of everybody in the article, or of one.
pub(super) fn run(archive: &Archive, article: &str, actor: Option<&str>, json: bool) -> Result<()> {
    let id = ArticleId::new(article);
    let everybody = id.as_ref().map(|id| archive.why(id)).transpose()?.flatten();
    let (Some(id), Some(everybody)) = (id, everybody) else {
        return Err(archive.no_article(article)?.into());
    };
    let wanted: Vec<&Present> = match actor {
        None => everybody.iter().collect(),
        Some(typed) => everybody.iter().filter(|one| is_meant(one, typed)).collect(),
    };
    let (wanted, missing) = match actor {
        Some(typed) if wanted.is_empty() => {
            let actor = archive.find_actor(typed)?;
            (everybody.iter().filter(|one| one.actor.id == actor.id).collect(), Some(actor))
        }
        _ => (wanted, None),
    };
    if json {
        return ui::json(&json!({"actors": wanted}));
    }
    let style = Style::of_stdout();
    let mut lines: Vec<String> = Vec::new();
    for one in &wanted {
        lines.extend(said(one, style));
    }
    match missing.filter(|_| wanted.is_empty()) {
        Some(actor) => lines.push(absence(archive, &id, &actor)?),
        None if wanted.is_empty() => lines.push("Nobody is named in this article.".to_owned()),
        None => {}
    }
    ui::answer(&lines.join("\n"))
}

/// Whether somebody in the article is who was typed: an id, a label, or what is printed.
fn is_meant(one: &Present, typed: &str) -> bool {
    let same = |text: &str| text.to_lowercase() == typed.trim().to_lowercase();
    same(&one.actor.id.0)
        || same(&one.actor.label)
        || one.mentions.iter().any(|mention| same(&mention.name) || same(&mention.text))
}

fn said(one: &Present, style: Style) -> Vec<String> {
    let Actor { id, label, kind } = &one.actor;
    let main = if one.main { ", what the article is mainly about" } else { "" };
    let mut lines = vec![format!("{} ({id}), {}{main}", style.bold(&ui::plain(label)), kind.label())];
    for mention in &one.mentions {
        lines.push(format!("    {}: {}", mention.field.as_str(), marked(mention, style)));
        lines.push(style.faint(&format!("        {}", ui::plain(&mention.because))));
    }
    lines
}

/// The sentence with the name in it marked.
fn marked(mention: &Reason, style: Style) -> String {
    let (sentence, at) = (&mention.sentence, mention.at);
    let parts = (sentence.get(..at), sentence.get(at..at + mention.text.len()));
    let (Some(before), Some(inside)) = parts else { return ui::plain(sentence) };
    let after = &sentence[at + inside.len()..];
    format!("{}{}{}", ui::plain(before), style.mark(&ui::plain(inside)), ui::plain(after))
}

/// Why somebody is not there.
fn absence(archive: &Archive, article: &ArticleId, actor: &Actor) -> Result<String> {
    let authority = archive.authority()?;
    let who = format!("{} ({})", actor.label, actor.id);
    let told = if authority.is_absent(article, &actor.id) {
        format!("A person decided that {who} is not in this article; `dateline actors log` says who.")
    } else if authority.is_hidden(&actor.id) {
        format!("{who} is hidden; `dateline actors log` says by whom.")
    } else {
        format!("{who} is not named in this article.")
    };
    Ok(ui::plain(&told))
}
