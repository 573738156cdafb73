//! `GET /api/v1/articles/{id}`.

use axum::Json;
use axum::extract::{Path, State};
use dateline_index::article::ArticleId;
use dateline_index::view::ArticleView;

use crate::error::WebError;
use crate::state::Shared;

pub(crate) async fn get(
    State(shared): State<Shared>,
    Path(id): Path<String>,
) -> Result<Json<ArticleView>, WebError> {
    let Some(known) = ArticleId::new(id.as_str()) else { return Err(WebError::NoArticle(id)) };
    let article = shared.ask(move |archive| Ok(archive.article_view(&known)?)).await?;
    article.map(Json).ok_or(WebError::NoArticle(id))
}
