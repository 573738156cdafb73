//! `/api/v1/actors`: who is in the archive.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use dateline_index::actor::{ActorId, ActorKind};
use dateline_index::archive::{Listed, Side};
use dateline_index::search::Facet;
use serde::Serialize;

use crate::error::WebError;
use crate::params::BadParameter;
use crate::state::Shared;

/// Actors that are listed where nothing else is asked for.
const LIMIT: usize = 50;

/// `GET /api/v1/actors?find=&kind=&limit=`: actors, most articles first.
pub(crate) async fn list(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Json<Listed>, WebError> {
    let query = query.unwrap_or_default();
    let (mut find, mut kind, mut limit) = (String::new(), None, LIMIT);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let bad = |takes| {
            WebError::Parameter(BadParameter { name: name.to_string(), value: value.to_string(), takes })
        };
        match &*name {
            _ if value.is_empty() => {}
            "find" => find = value.into_owned(),
            "kind" => {
                kind =
                    Some(ActorKind::from_name(&value).filter(|kind| *kind != ActorKind::Place).ok_or_else(
                        || bad("one of person, state, institution, armed_group, organisation"),
                    )?);
            }
            "limit" => limit = value.parse().map_err(|_| bad("a number"))?,
            _ => return Err(bad("nothing: the parameters are find, kind and limit")),
        }
    }
    shared.ask(move |archive| Ok(Json(archive.listed(Facet::Actor, &find, kind, limit)?))).await
}

/// An actor with what it was merged from and what was split off.
#[derive(Serialize)]
pub(crate) struct Shown {
    #[serde(flatten)]
    side: Side,
    merged: Vec<ActorId>,
    split_off: Vec<ActorId>,
}

/// `GET /api/v1/actors/{id}`: one actor, its articles, its names as articles have them, and a passage. A
/// merged one leads to its survivor.
pub(crate) async fn get(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Shown>, WebError> {
    let shown = shared.ask(move |archive| {
        let side = archive.side(&archive.find_actor(&id)?)?;
        let authority = archive.authority()?;
        let (merged, split_off) =
            (authority.merged_into(&side.actor.id), authority.split_off(&side.actor.id));
        Ok(Shown { side, merged, split_off })
    });
    shown.await.map(Json)
}
