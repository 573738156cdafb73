//! `/api/v1/articles/{id}/edits`: what people correct of an article, who said so and when.
//!
//! The guard has already turned away whoever may not change anything.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use dateline_index::article::ArticleId;
use dateline_index::edit::{Change, Edit, Field, Value, field};
use dateline_index::view::ArticleView;
use serde::Serialize;
use serde_json::{Map, Value as Any};

use super::article::shown;
use crate::error::WebError;
use crate::guard::check_json;
use crate::state::Shared;

/// Who makes an edit, where the request does not say.
pub(super) const BROWSER: &str = "browser";

/// The log of one article, the oldest first.
#[derive(Serialize)]
pub(crate) struct History {
    edits: Vec<Edit>,
}

pub(crate) async fn get(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<History>, WebError> {
    let history = shared.ask(move |archive| {
        let known = article_id(&id)?;
        if archive.article(&known)?.is_none() {
            return Err(WebError::NoArticle(id));
        }
        Ok(History { edits: archive.edits(Some(&known))? })
    });
    history.await.map(Json)
}

/// Takes `{"title": "…", "authors": ["…"], "published": null, "as": "…"}`; answers with the article.
pub(crate) async fn post(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<ArticleView>), WebError> {
    check_json(&headers)?;
    let (changes, who) = changes(&body)?;
    change(shared, id, changes, who).await
}

/// Takes back what was said of all fields.
pub(crate) async fn delete(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<(StatusCode, Json<ArticleView>), WebError> {
    let changes = Field::ALL.map(|field| (field, None)).to_vec();
    change(shared, id, changes, who(query)).await
}

/// Takes back what was said of one field.
pub(crate) async fn delete_field(
    State(shared): State<Shared>,
    Path((id, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<(StatusCode, Json<ArticleView>), WebError> {
    let field = field(&name).map_err(|refused| refuse(&refused))?;
    change(shared, id, vec![(field, None)], who(query)).await
}

/// Makes changes; 202 where they are written but cannot be shown yet.
async fn change(
    shared: Shared,
    id: String,
    changes: Vec<Change>,
    who: String,
) -> Result<(StatusCode, Json<ArticleView>), WebError> {
    let changed = shared.ask(move |archive| {
        let known = article_id(&id)?;
        let edited = archive.edit(&known, &changes, &who)?;
        let article = archive.article_view(&known)?.ok_or(WebError::NoArticle(id))?;
        Ok((edited.problem.is_some(), article))
    });
    let (pending, article) = changed.await?;
    let status = if pending { StatusCode::ACCEPTED } else { StatusCode::OK };
    Ok((status, Json(shown(article, shared.settings()))))
}

fn article_id(id: &str) -> Result<ArticleId, WebError> {
    ArticleId::new(id).ok_or_else(|| WebError::NoArticle(id.to_owned()))
}

/// The changes that a body asks for, and who asks.
fn changes(body: &[u8]) -> Result<(Vec<Change>, String), WebError> {
    let mut object: Map<String, Any> = serde_json::from_slice(body).map_err(|error| {
        refuse(&format!("send an object such as {{\"title\": \"Talks end\", \"published\": null}}: {error}"))
    })?;
    let who = match object.remove("as") {
        None => BROWSER.to_owned(),
        Some(Any::String(who)) => who,
        Some(_) => return Err(refuse(&"\"as\" takes the name of who makes the edit")),
    };
    let mut changes = Vec::with_capacity(object.len());
    for (name, value) in object {
        let field = field(&name).map_err(|refused| refuse(&refused))?;
        let value = serde_json::from_value::<Value>(value)
            .map_err(|_| refuse(&format!("{field} takes a text, a list of texts or null")))?;
        changes.push((field, Some(value)));
    }
    if changes.is_empty() {
        return Err(refuse(&"the object names no field to correct"));
    }
    Ok((changes, who))
}

pub(super) fn who(query: Option<String>) -> String {
    let query = query.unwrap_or_default();
    let named = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "as");
    named.map(|(_, who)| who.into_owned()).filter(|who| !who.is_empty()).unwrap_or_else(|| BROWSER.to_owned())
}

pub(super) fn refuse(reason: &dyn std::fmt::Display) -> WebError {
    WebError::Body(StatusCode::UNPROCESSABLE_ENTITY, format!("{reason}."))
}
