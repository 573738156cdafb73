//! `GET /api/v1/files`: what became of every file.

use axum::Json;
use axum::extract::{RawQuery, State};
use dateline_index::files::Files;

use crate::error::WebError;
use crate::params::read_files;
use crate::state::Shared;

pub(crate) async fn get(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
) -> Result<Json<Files>, WebError> {
    let mut reading = read_files(query.as_deref().unwrap_or_default());
    let advice = reading.advice();
    if let Some(bad) = reading.bad.into_iter().next() {
        return Err(WebError::Parameter(bad));
    }
    reading.request.by_place = shared.settings().beyond_loopback;
    let files = shared.ask(move |archive| Ok(archive.files(&reading.request)?)).await?;
    Ok(Json(Files { problems: advice, ..files }))
}
