//! Who is in an article, and why: each with its mentions, and what to do about a wrong one.

use dateline_index::actor::ActorKind;
use dateline_index::article::ArticleId;
use dateline_index::why::{Present, Reason};

use super::article::{place_id, search_for};
use super::{Piece, pieces};

/// Mentions that are shown of one actor.
const SHOWN: usize = 12;
/// Names of one actor that can be disowned here.
const NAMES: usize = 6;

/// Somebody at the side of the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PresentView {
    pub(crate) label: String,
    pub(crate) kind: &'static str,
    pub(crate) kind_label: &'static str,
    pub(crate) main: bool,
    pub(crate) count: usize,
    /// A search for that actor or place.
    pub(crate) link: String,
    pub(crate) mentions: Vec<ReasonView>,
    /// How many mentions are not shown.
    pub(crate) more: usize,
    pub(crate) wrong: Vec<Wrong>,
}

/// One mention: the sentence, with the name marked, and the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReasonView {
    /// To the place in the text.
    pub(crate) link: String,
    pub(crate) sentence: Vec<Piece>,
    pub(crate) because: String,
}

/// Something that a person may say of an actor here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// What the button says.
    pub(crate) label: String,
    /// What holds once it is said.
    pub(crate) said: String,
    /// What is sent to `/api/v1/decisions`.
    pub(crate) json: String,
    /// What to type instead.
    pub(crate) command: String,
}

/// Actors, and places.
pub(crate) fn present(
    everybody: &[Present],
    article: &ArticleId,
    base: &str,
) -> (Vec<PresentView>, Vec<PresentView>) {
    let (places, actors): (Vec<&Present>, Vec<&Present>) =
        everybody.iter().partition(|one| one.actor.kind == ActorKind::Place);
    let view = |all: Vec<&Present>| all.into_iter().map(|one| view(one, article, base)).collect();
    (view(actors), view(places))
}

fn view(one: &Present, article: &ArticleId, base: &str) -> PresentView {
    let actor = &one.actor;
    PresentView {
        label: actor.label.clone(),
        kind: actor.kind.as_str(),
        kind_label: actor.kind.label(),
        main: one.main,
        count: one.mentions.len(),
        link: search_for(&actor.id.0, actor.kind, base),
        mentions: one.mentions.iter().take(SHOWN).map(reason).collect(),
        more: one.mentions.len().saturating_sub(SHOWN),
        wrong: wrong(one, article),
    }
}

fn reason(reason: &Reason) -> ReasonView {
    let range = (reason.at, reason.at + reason.text.len());
    ReasonView {
        link: format!("#{}", place_id(reason.field, reason.start)),
        sentence: pieces(&reason.sentence, &[range]),
        because: reason.because.clone(),
    }
}

fn wrong(one: &Present, article: &ArticleId) -> Vec<Wrong> {
    let actor = &one.actor;
    let mut wrong = Vec::new();
    // A place that is unknown to the list has no address that decisions are about.
    if actor.kind != ActorKind::Place || !actor.id.0.starts_with('~') {
        let (article, id) = (article.as_str(), actor.id.0.as_str());
        wrong.push(Wrong {
            label: "Not in this article".into(),
            said: format!("{} is not in this article", actor.label),
            json: serde_json::json!({"decide": "not-here", "article": article, "actor": id}).to_string(),
            command: format!("dateline actors not-here {} {}", quoted(article), quoted(id)),
        });
    }
    let mut names: Vec<(&str, ActorKind)> = Vec::new();
    for mention in &one.mentions {
        let name = (mention.name.as_str(), mention.taken_for);
        if !names.contains(&name) && names.len() < NAMES {
            names.push(name);
        }
    }
    wrong.extend(names.into_iter().map(|(name, kind)| Wrong {
        label: format!("“{name}” is never a name"),
        said: format!("“{name}” names no {}", kind.label()),
        json: serde_json::json!({"decide": "never", "name": name, "kind": kind}).to_string(),
        command: format!("dateline actors never {} --kind {kind}", quoted(name)),
    }));
    wrong
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_survives_the_shell() {
        assert_eq!(quoted("~mona"), "'~mona'");
        assert_eq!(quoted("O'Hara; rm"), r"'O'\''Hara; rm'");
    }
}
