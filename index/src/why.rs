//! Why an actor is in an article: where it is named, the rules that saw it there, the sentences.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, ActorKind, Field, Mention};
use crate::article::Article;
use crate::authority::Authority;
use crate::passages::sentences_around;
use crate::prominence::{self, Prominence};

/// The longest sentence that is shown whole, in bytes.
const SENTENCE: usize = 400;

/// An actor or a place of an article, and why it is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    #[serde(flatten)]
    pub actor: Actor,
    /// Whether the article is mainly about it, as [`crate::prominence`] defines that.
    pub main: bool,
    /// Where it is named, in reading order.
    pub mentions: Vec<Reason>,
}

/// One mention, and the rules that led to the actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The field that it lies in.
    pub field: Field,
    /// First byte in that field.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What is printed there.
    pub text: String,
    /// The name that it was read as.
    pub name: String,
    /// The kind that the name was taken for.
    pub taken_for: ActorKind,
    /// The rule that found it: `registry`, `pattern`, `tagger`.
    pub found_by: String,
    /// The rule that led to the name: `alias`, `surname`, `acronym` …
    pub resolved_by: String,
    /// Both in words.
    pub because: String,
    /// The sentence that it stands in.
    pub sentence: String,
    /// Where in that sentence it begins, in bytes.
    pub at: usize,
}

/// Everybody in an article: actors, then places, each most often named first.
#[must_use]
pub fn present(article: &Article, authority: &Authority) -> Vec<Present> {
    let sentences = sentences_of(article);
    // A place and an actor may bear one id.
    let mut places: HashMap<(bool, String), usize> = HashMap::new();
    let mut everybody: Vec<(Present, Vec<&Mention>)> = Vec::new();
    for (mention, (sentence, at)) in article.mentions.iter().zip(sentences) {
        let Some(actor) = authority.actor_in(&article.id, &mention.name, mention.kind) else { continue };
        let because = because(mention, &actor, article, authority);
        let key = (actor.kind == ActorKind::Place, actor.id.0.clone());
        let place = *places.entry(key).or_insert_with(|| {
            everybody.push((Present { actor, main: false, mentions: Vec::new() }, Vec::new()));
            everybody.len() - 1
        });
        everybody[place].0.mentions.push(reason(mention, because, sentence, at));
        everybody[place].1.push(mention);
    }
    let lead_end = prominence::lead_end(article);
    let mut everybody: Vec<Present> = everybody
        .into_iter()
        .map(|(mut present, mentions)| {
            present.main = Prominence::of_all(mentions, lead_end).is_main();
            present.mentions.sort_by_key(|reason| (reason.field, reason.start));
            present
        })
        .collect();
    everybody.sort_by(|a, b| {
        let key = |one: &Present| (one.actor.kind == ActorKind::Place, std::cmp::Reverse(one.mentions.len()));
        key(a).cmp(&key(b)).then_with(|| a.actor.label.cmp(&b.actor.label))
    });
    everybody
}

fn reason(mention: &Mention, because: String, sentence: String, at: usize) -> Reason {
    Reason {
        field: mention.field,
        start: mention.start,
        end: mention.end,
        text: mention.text.clone(),
        name: mention.name.clone(),
        taken_for: mention.kind,
        found_by: mention.found_by.clone(),
        resolved_by: mention.resolved_by.clone(),
        because,
        sentence,
        at,
    }
}

/// The sentence of each mention, and where in it the mention begins. What does not fit its field has the
/// printed words alone.
fn sentences_of(article: &Article) -> Vec<(String, usize)> {
    let mut sentences: Vec<_> = article.mentions.iter().map(|mention| (mention.text.clone(), 0)).collect();
    for field in Field::ALL {
        let text = match field {
            Field::Title => article.title.as_str(),
            Field::Standfirst => article.standfirst.as_deref().unwrap_or_default(),
            Field::Text => article.text.as_str(),
        };
        let fits =
            |mention: &Mention| text.get(mention.start..mention.end).is_some_and(|found| !found.is_empty());
        let mut of_field: Vec<(usize, &Mention)> = article
            .mentions
            .iter()
            .enumerate()
            .filter(|(_, mention)| mention.field == field && fits(mention))
            .collect();
        of_field.sort_by_key(|(_, mention)| mention.start);
        let places: Vec<_> = of_field.iter().map(|(_, mention)| mention.start..mention.end).collect();
        for ((place, mention), range) in of_field.iter().zip(sentences_around(text, SENTENCE, &places)) {
            sentences[*place] = (text[range.clone()].to_owned(), mention.start - range.start);
        }
    }
    sentences
}

/// The rules in words: how the printed words lead to the name, how the name was found, and what people
/// decided about it.
fn because(mention: &Mention, actor: &Actor, article: &Article, authority: &Authority) -> String {
    let found = match mention.found_by.as_str() {
        "registry" => "on the list of known names",
        "pattern" => "a title or a definition in the text says that it is a name",
        "tagger" => "seen by the tagger from the words around it",
        "neural" => "seen by the transformer from the words around it",
        other => other,
    };
    let name = &mention.name;
    let resolved = match mention.resolved_by.as_str() {
        "alias" => None,
        "surname" => Some(format!("short for {name}, {}", named_in_full(mention, article))),
        "acronym" => Some(format!("the article says that it stands for {}", actor.label)),
        "demonym" => Some(format!("the word for what is of {}", actor.label)),
        "capital" => Some("the capital, where it stands for the government".to_owned()),
        "country" => Some("its common name, in an article about its country".to_owned()),
        "spelling" => Some(format!("another spelling of {name}, which the article has, too")),
        "date" => Some("whose name it was on the day of the article".to_owned()),
        "title" => Some("a title or a role stands beside it".to_owned()),
        other => Some(other.to_owned()),
    };
    let listed = authority.registry().actor_of(name, mention.kind);
    let decided =
        (listed.id != actor.id).then(|| format!("a person decided that “{name}” is {}", actor.label));
    // A title is the very pattern that found the name.
    let found = (mention.resolved_by != "title").then(|| found.to_owned());
    resolved.into_iter().chain(found).chain(decided).collect::<Vec<_>>().join("; ")
}

fn named_in_full(mention: &Mention, article: &Article) -> &'static str {
    let above = article.mentions.iter().any(|other| {
        other.name == mention.name
            && other.resolved_by != "surname"
            && (other.field, other.start) < (mention.field, mention.start)
    });
    if above { "named in full above" } else { "named in full in this article" }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::actor::ActorId;
    use crate::article::ArticleId;
    use crate::authority::Decision;
    use crate::registry::Registry;

    const TEXT: &str = "Envoys met in Kerman. Mona Hojat Ansari spoke first.\n\nLater Ansari left for Iran.";

    fn article() -> Article {
        let mention = |text: &str, name: &str, kind, found_by: &str, resolved_by: &str| {
            let start = TEXT.rfind(text).unwrap();
            let (text, name) = (text.to_owned(), name.to_owned());
            let (found_by, resolved_by) = (found_by.to_owned(), resolved_by.to_owned());
            Mention {
                field: Field::Text,
                start,
                end: start + text.len(),
                text,
                name,
                kind,
                found_by,
                resolved_by,
            }
        };
        let ansari = "Mona Hojat Ansari";
        Article {
            text: TEXT.into(),
            mentions: vec![
                mention("Ansari", ansari, ActorKind::Person, "tagger", "surname"),
                mention("Iran", "Iran", ActorKind::State, "registry", "alias"),
                mention("Kerman", "Kerman", ActorKind::Place, "registry", "alias"),
                mention(ansari, ansari, ActorKind::Person, "tagger", "alias"),
                Mention {
                    start: 900,
                    end: 999,
                    ..mention("Iran", "Iran", ActorKind::State, "registry", "alias")
                },
            ],
            ..Article::empty(ArticleId::new("a").unwrap())
        }
    }

    fn told(decisions: &[Decision]) -> Vec<Present> {
        present(&article(), &Authority::new(Arc::new(Registry::builtin()), decisions))
    }

    #[test]
    fn each_mention_tells_its_rule_and_its_sentence_in_reading_order() {
        let everybody = told(&[]);
        let ids: Vec<_> = everybody.iter().map(|one| one.actor.id.0.as_str()).collect();
        assert_eq!(ids, ["iran", "~mona-hojat-ansari", "kerman"], "places come last");
        let [full, short] = &everybody[1].mentions[..] else { panic!("two mentions") };
        assert_eq!((full.sentence.as_str(), full.at), ("Mona Hojat Ansari spoke first.", 0));
        assert_eq!(full.because, "seen by the tagger from the words around it");
        assert_eq!((short.sentence.as_str(), short.at), ("Later Ansari left for Iran.", 6));
        assert!(
            short.because.starts_with("short for Mona Hojat Ansari, named in full above"),
            "{}",
            short.because
        );
        let beyond = &everybody[0].mentions[1];
        assert_eq!(
            (beyond.sentence.as_str(), beyond.at),
            ("Iran", 0),
            "a place outside the text costs no page"
        );
    }

    #[test]
    fn a_persons_decision_is_said_and_who_is_not_there_is_left_out() {
        let actor = |id: &str, kind| Actor { id: ActorId(id.into()), label: "Quayland".into(), kind };
        let article = ArticleId::new("a").unwrap();
        let merge = Decision::Merge {
            from: actor("iran", ActorKind::State),
            into: actor("~quayland", ActorKind::State),
        };
        let gone = Decision::NotHere { article, actor: actor("~mona-hojat-ansari", ActorKind::Person) };
        let everybody = told(&[merge, gone]);
        assert_eq!(everybody.len(), 2);
        let because = &everybody[0].mentions[0].because;
        assert!(because.ends_with("a person decided that “Iran” is Quayland"), "{because}");
    }
}
