//! `/api/v1/decisions`: what people decide about actors, authors and sources, who said so and when.
//!
//! The guard has already turned away whoever may not change anything.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use dateline_index::actor::{Actor, ActorKind};
use dateline_index::archive::Archive;
use dateline_index::article::ArticleId;
use dateline_index::authority::{Decision, Logged};
use dateline_index::search::Facet;
use serde::{Deserialize, Serialize};

use super::edits::{BROWSER, refuse, who};
use crate::error::WebError;
use crate::guard::check_json;
use crate::state::Shared;

/// The log, the oldest first.
#[derive(Serialize)]
pub(crate) struct Log {
    decisions: Vec<Logged>,
}

pub(crate) async fn get(State(shared): State<Shared>) -> Result<Json<Log>, WebError> {
    shared.ask(|archive| Ok(Json(Log { decisions: archive.decisions()? }))).await
}

/// What is asked for: actors by an id, a label or any name.
#[derive(Deserialize)]
#[serde(tag = "decide", rename_all = "kebab-case", deny_unknown_fields)]
enum Asked {
    Merge { from: String, into: String },
    Rename { actor: String, label: String },
    Kind { actor: String, kind: ActorKind },
    Hide { actor: String },
    Name { name: String, actor: Option<String>, kind: Option<ActorKind> },
    Never { name: String, kind: ActorKind },
    NotHere { article: String, actor: String },
    Spelling { facet: Facet, from: String, into: String },
    Distinct { facet: Facet, one: String, other: String },
}

impl Asked {
    fn decision(self, archive: &Archive) -> Result<Decision, WebError> {
        let find = |typed: &str| -> Result<Actor, WebError> { Ok(archive.find_actor(typed)?) };
        Ok(match self {
            Self::Merge { from, into } => Decision::Merge { from: find(&from)?, into: find(&into)? },
            Self::Rename { actor, label } => Decision::Rename { actor: find(&actor)?.id, label },
            Self::Kind { actor, kind } => Decision::Kind { actor: find(&actor)?.id, kind },
            Self::Hide { actor } => Decision::Hide { actor: find(&actor)? },
            Self::Name { name, actor: Some(actor), kind } => {
                let actor = find(&actor)?;
                let taken_for = kind.filter(|kind| *kind != actor.kind);
                Decision::Name { name, actor, taken_for }
            }
            Self::Name { name, actor: None, kind } => {
                let kind =
                    kind.ok_or_else(|| refuse(&"a name takes its “actor”, or the “kind” of a new one"))?;
                let actor = archive.new_actor(&name, kind)?;
                Decision::Name { name, actor, taken_for: None }
            }
            Self::Never { name, kind } => Decision::Never { name, kind },
            Self::NotHere { article, actor } => {
                let known = ArticleId::new(article.as_str());
                let known =
                    known.map(|id| Ok::<_, WebError>(archive.article(&id)?.map(|_| id))).transpose()?;
                let article = known.flatten().ok_or(WebError::NoArticle(article))?;
                Decision::NotHere { article, actor: find(&actor)? }
            }
            Self::Spelling { facet, from, into } => Decision::Spelling { facet, from, into },
            Self::Distinct { facet: Facet::Actor, one, other } => {
                let (one, other) = (find(&one)?.id.0, find(&other)?.id.0);
                Decision::Distinct { facet: Facet::Actor, one, other }
            }
            Self::Distinct { facet, one, other } => Decision::Distinct { facet, one, other },
        })
    }
}

/// What was decided: its number in the log, none where it was so already.
#[derive(Serialize)]
pub(crate) struct Answer {
    number: Option<u64>,
    decision: Decision,
}

/// Takes `{"decide": "merge", "from": "…", "into": "…", "as": "…"}` and the like.
pub(crate) async fn post(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Answer>, WebError> {
    check_json(&headers)?;
    let (asked, by) = read(&body)?;
    let decided = shared.ask(move |archive| {
        let decision = asked.decision(archive)?;
        let numbers = archive.decide(std::slice::from_ref(&decision), &by)?.numbers;
        Ok(Answer { number: numbers.into_iter().flatten().next(), decision })
    });
    decided.await.map(Json)
}

fn read(body: &[u8]) -> Result<(Asked, String), WebError> {
    let example = r#"send an object such as {"decide": "merge", "from": "…", "into": "…"}"#;
    let mut object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(body).map_err(|error| refuse(&format!("{example}: {error}")))?;
    let by = match object.remove("as") {
        None => BROWSER.to_owned(),
        Some(serde_json::Value::String(who)) => who,
        Some(_) => return Err(refuse(&"\"as\" takes the name of who decides")),
    };
    let asked =
        serde_json::from_value(object.into()).map_err(|error| refuse(&format!("{example}: {error}")))?;
    Ok((asked, by))
}

/// Takes back an entry of the log.
pub(crate) async fn delete(
    State(shared): State<Shared>,
    Path(number): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Json<Log>, WebError> {
    let by = who(query);
    let log = shared.ask(move |archive| {
        let known = number
            .parse()
            .ok()
            .filter(|n| archive.decisions().is_ok_and(|log| log.iter().any(|l| l.number == *n)));
        let Some(known) = known else {
            let said = format!("there is no decision {number:?}; GET /api/v1/decisions lists them.");
            return Err(WebError::Body(StatusCode::NOT_FOUND, said));
        };
        archive.take_back(known, &by)?;
        Ok(Log { decisions: archive.decisions()? })
    });
    log.await.map(Json)
}
