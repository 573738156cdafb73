//! `GET /api/v1/articles/{id}`, and who is in it and why: `GET /api/v1/articles/{id}/actors`.

use axum::Json;
use axum::extract::{Path, State};
use dateline_index::article::ArticleId;
use dateline_index::view::ArticleView;
use dateline_index::why::Present;
use serde::Serialize;

use crate::Settings;
use crate::error::WebError;
use crate::state::Shared;

pub(crate) async fn get(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<ArticleView>, WebError> {
    let Some(known) = ArticleId::new(id.as_str()) else { return Err(WebError::NoArticle(id)) };
    let article = shared.ask(move |archive| Ok(archive.article_view(&known)?)).await?;
    let article = article.ok_or(WebError::NoArticle(id))?;
    Ok(Json(shown(article, shared.settings())))
}

/// Who is in an article.
#[derive(Serialize)]
pub(crate) struct Everybody {
    actors: Vec<Present>,
}

/// `GET /api/v1/articles/{id}/actors`: actors and places, each with its mentions, the rules that found them
/// and their sentences.
pub(crate) async fn actors(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<Everybody>, WebError> {
    let Some(known) = ArticleId::new(id.as_str()) else { return Err(WebError::NoArticle(id)) };
    let actors = shared.ask(move |archive| Ok(archive.why(&known)?)).await?;
    Ok(Json(Everybody { actors: actors.ok_or(WebError::NoArticle(id))? }))
}

/// An article as this server may show it.
pub(super) fn shown(mut article: ArticleView, settings: &Settings) -> ArticleView {
    if settings.beyond_loopback {
        hide_folders(&mut article);
    }
    article
}

/// Other machines are told where in the given folder a file lies, not where that folder lies on this
/// machine.
fn hide_folders(article: &mut ArticleView) {
    for origin in &mut article.origins {
        origin.file.clone_from(&origin.place);
    }
    article.file = article.origins.first().map(|origin| origin.file.clone());
}
