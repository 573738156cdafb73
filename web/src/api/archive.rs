//! `GET /api/v1/archive` and `PATCH /api/v1/archive`: what the archive is called.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use dateline_index::backend::About;
use serde::Deserialize;

use crate::error::WebError;
use crate::guard::check_json;
use crate::limits;
use crate::state::Shared;

/// What may be changed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    title: String,
}

pub(crate) async fn get(State(shared): State<Shared>) -> Result<Json<About>, WebError> {
    shared.ask(|archive| Ok(archive.about()?)).await.map(Json)
}

/// The guard has already turned away whoever may not change anything.
pub(crate) async fn patch(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<About>, WebError> {
    check_json(&headers)?;
    let title = title(&body)?;
    let about = shared.ask(move |archive| {
        archive.set_title(&title)?;
        Ok(archive.about()?)
    });
    about.await.map(Json)
}

fn title(body: &[u8]) -> Result<String, WebError> {
    let refuse = |message: String| WebError::Body(StatusCode::UNPROCESSABLE_ENTITY, message);
    let change: Change = serde_json::from_slice(body)
        .map_err(|error| refuse(format!("Send an object such as {{\"title\": \"My archive\"}}: {error}.")))?;
    let title = change.title.trim();
    if title.is_empty() || title.chars().count() > limits::TITLE || title.chars().any(char::is_control) {
        let most = limits::TITLE;
        return Err(refuse(format!("A title is one line of 1 to {most} characters.")));
    }
    Ok(title.to_owned())
}
