//! `/api/v1/actors/suggestions`: rows that may be one. Deciding it is a decision like any other.

use axum::Json;
use axum::extract::{RawQuery, State};
use dateline_index::archive::MAX_LIMIT;
use dateline_index::search::Facet;
use dateline_index::suggest::Suggestion;
use serde::Serialize;

use crate::error::WebError;
use crate::params::BadParameter;
use crate::state::Shared;

/// Suggestions that are given where nothing else is asked for.
const LIMIT: usize = 50;

/// What is offered, the weightiest first.
#[derive(Serialize)]
pub(crate) struct Offer {
    suggestions: Vec<Suggestion>,
}

/// `GET /api/v1/actors/suggestions?find=&facet=actor|author|source&limit=`.
pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Json<Offer>, WebError> {
    let query = query.unwrap_or_default();
    let (mut find, mut facet, mut limit) = (String::new(), Facet::Actor, LIMIT);
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let bad = |takes| {
            WebError::Parameter(BadParameter { name: name.to_string(), value: value.to_string(), takes })
        };
        match &*name {
            _ if value.is_empty() => {}
            "find" => find = value.into_owned(),
            "facet" => {
                let named = [Facet::Actor, Facet::Author, Facet::Source].into_iter();
                let known = named.clone().find(|facet| facet.as_str() == value);
                facet = known.ok_or_else(|| bad("one of actor, author, source"))?;
            }
            "limit" => limit = value.parse().map_err(|_| bad("a number"))?,
            _ => return Err(bad("nothing: the parameters are find, facet and limit")),
        }
    }
    let limit = limit.min(MAX_LIMIT);
    shared
        .ask(move |archive| Ok(Json(Offer { suggestions: archive.suggestions(facet, &find, limit)? })))
        .await
}
