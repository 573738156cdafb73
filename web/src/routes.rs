//! The table of addresses, and the layers that every request passes.

use std::any::Any;

use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, get};
use axum::{Router, http};
use dateline_index::archive::Archive;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::error::{self, WebError};
use crate::state::Shared;
use crate::{Settings, api, assets, guard, headers, limits, pages};

/// Every address, below the base path.
fn table() -> [(&'static str, MethodRouter<Shared>); 22] {
    let edits = get(api::edits::get).post(api::edits::post).delete(api::edits::delete);
    [
        ("/", get(pages::search::get)),
        ("/search", get(pages::search::get)),
        ("/articles/{id}", get(pages::article::get)),
        ("/files", get(pages::files::get)),
        ("/doubts", get(pages::doubts::get)),
        ("/help", get(pages::help::get)),
        ("/assets/{file}", get(assets::get)),
        ("/favicon.svg", get(assets::icon)),
        ("/healthz", get(healthz)),
        ("/api/v1/search", get(api::search::get)),
        ("/api/v1/articles/{id}", get(api::article::get)),
        ("/api/v1/articles/{id}/actors", get(api::article::actors)),
        ("/api/v1/articles/{id}/edits", edits),
        ("/api/v1/articles/{id}/edits/{field}", axum::routing::delete(api::edits::delete_field)),
        ("/api/v1/actors", get(api::actors::list)),
        ("/api/v1/actors/{id}", get(api::actors::get)),
        ("/api/v1/actors/suggestions", get(api::suggestions::get)),
        ("/api/v1/decisions", get(api::decisions::get).post(api::decisions::post)),
        ("/api/v1/decisions/{number}", axum::routing::delete(api::decisions::delete)),
        ("/api/v1/files", get(api::files::get)),
        ("/api/v1/doubts", get(api::doubts::get)),
        ("/api/v1/archive", get(api::archive::get).patch(api::archive::patch)),
    ]
}

/// Answers every address of an archive.
pub fn router(archive: Archive, settings: Settings) -> Router {
    let shared = Shared::new(archive, settings);
    let base = shared.settings().base_path.clone();
    let mut router = Router::new();
    for (path, method) in table() {
        router = router.route(&format!("{base}{path}"), method);
    }
    if !base.is_empty() {
        let home = format!("{base}/");
        router = router.route(&base, get(move || async move { Redirect::permanent(&home) }));
    }
    // The last layer is the first that a request meets.
    router
        .fallback(|| async { WebError::NoPage })
        .method_not_allowed_fallback(|| async { WebError::Method })
        .layer(DefaultBodyLimit::max(limits::BODY))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn(in_time))
        .layer(from_fn_with_state(shared.clone(), guard::admit))
        .layer(from_fn_with_state(shared.clone(), error::render))
        .layer(CompressionLayer::new())
        .layer(from_fn(headers::add))
        .with_state(shared)
}

/// Says that the server lives, to whoever watches it.
async fn healthz() -> &'static str {
    "ok\n"
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(limits::REQUEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => WebError::Slow.into_response(),
    }
}

fn after_panic(_: Box<dyn Any + Send>) -> http::Response<axum::body::Body> {
    WebError::Broken.into_response()
}
