//! `GET /api/v1/doubts`: the articles worth a look.

use axum::Json;
use axum::extract::{RawQuery, State};
use dateline_index::doubts::Doubts;

use crate::error::WebError;
use crate::params::read_doubts;
use crate::state::Shared;

pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Json<Doubts>, WebError> {
    let reading = read_doubts(query.as_deref().unwrap_or_default());
    let advice = reading.advice();
    if let Some(bad) = reading.bad.into_iter().next() {
        return Err(WebError::Parameter(bad));
    }
    let doubts = shared.ask(move |archive| Ok(archive.doubts(&reading.request)?)).await?;
    Ok(Json(Doubts { problems: advice, ..doubts }))
}
