//! A site in memory, and how a test asks it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use dateline_index::actor::ActorKind;
use dateline_index::archive::Archive;
use dateline_index::search::SearchRequest;
use dateline_web::{Settings, router};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::sample::{Sample, articles};

/// A router over a made-up archive.
pub struct Site {
    router: Router,
    backend: Arc<Sample>,
}

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Site {
    pub fn new() -> Self {
        Self::with(Sample::new(articles()), Settings::default())
    }

    pub fn set(settings: Settings) -> Self {
        Self::with(Sample::new(articles()), settings)
    }

    pub fn with(backend: Sample, settings: Settings) -> Self {
        let backend = Arc::new(backend);
        let archive = Archive::new(Arc::clone(&backend) as Arc<_>);
        Self { router: router(archive, settings), backend }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).header("host", "localhost:8080")).await
    }

    pub async fn send(&self, request: axum::http::request::Builder) -> Answer {
        self.send_body(request, "").await
    }

    pub async fn send_body(&self, request: axum::http::request::Builder, body: &str) -> Answer {
        let request = request.body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// The most searches that the backend ran at once.
    pub fn most_at_once(&self) -> usize {
        self.backend.running.lock().unwrap().1
    }

    /// The last question that reached the backend.
    pub fn asked(&self) -> SearchRequest {
        self.backend.asked.lock().unwrap().last().cloned().unwrap()
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The values of an attribute, as a browser would read them.
    pub fn attributes(&self, name: &str) -> Vec<String> {
        let start = format!(" {name}=\"");
        let values = self.text.split(&start).skip(1);
        values.map(|rest| unescaped(rest.split('"').next().unwrap())).collect()
    }

    /// The first link whose address has this in it.
    pub fn link_with(&self, part: &str) -> String {
        let found = self.attributes("href").into_iter().find(|link| link.contains(part));
        found.unwrap_or_else(|| panic!("no link with {part} in {}", self.text))
    }

    /// The articles on a page of results.
    pub fn hits(&self) -> Vec<String> {
        let hits = self.text.split("class=\"hit\"").skip(1);
        let links = hits.filter_map(|hit| hit.split("<h2><a href=\"").nth(1)?.split(['"', '?']).next());
        links.map(str::to_owned).collect()
    }

    /// The labels of a facet's values.
    pub fn rows(&self, facet: &str) -> Vec<String> {
        let section = self.text.split(&format!("<section class=\"facet\" id=\"{facet}\"")).nth(1).unwrap();
        let values = section.split("</section>").next().unwrap().split("<bdi>").skip(1);
        values.filter_map(|rest| rest.split("</bdi>").next()).map(str::to_owned).collect()
    }

    /// The link whose text or label is this.
    pub fn link(&self, label: &str) -> String {
        let anchors = self.text.split("<a ").skip(1).filter_map(|rest| rest.split("</a>").next());
        let found = anchors.filter(|anchor| {
            anchor.ends_with(&format!(">{label}")) || anchor.contains(&format!("aria-label=\"{label}\""))
        });
        let href = found
            .filter_map(|anchor| Some(anchor.split("href=\"").nth(1)?.split('"').next()?.to_owned()))
            .next();
        unescaped(&href.unwrap_or_else(|| panic!("no link “{label}” in {}", self.text)))
    }
}

/// Text as a browser reads it.
pub fn unescaped(text: &str) -> String {
    let entities = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    // The ampersand comes last, so that no entity is made by unescaping.
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

/// What an address calls a state of the sample.
pub fn actor(state: &str) -> String {
    let actor = dateline_index::registry::Registry::builtin().actor_of(state, ActorKind::State);
    form_urlencoded::byte_serialize(actor.id.0.as_bytes()).collect()
}
