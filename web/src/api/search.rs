//! `GET /api/v1/search`.

use axum::Json;
use axum::extract::{RawQuery, State};
use dateline_index::search::SearchResponse;

use crate::error::WebError;
use crate::params::{Reading, advice, read};
use crate::state::Shared;

/// A program that sends what cannot be read is told so: left out silently, it would take the
/// answer for one to its question.
pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Json<SearchResponse>, WebError> {
    let reading = read(query.as_deref().unwrap_or_default());
    let advice = advice(&reading);
    let Reading { request, bad, .. } = reading;
    if let Some(bad) = bad.into_iter().next() {
        return Err(WebError::Parameter(bad));
    }
    let mut response = shared.ask(move |archive| Ok(archive.search(&request)?)).await?;
    response.problems.extend(advice);
    Ok(Json(response))
}
