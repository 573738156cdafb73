//! Who is answered, and what may be changed.

use axum::http::{Request, StatusCode};
use dateline_web::Settings;
use serde_json::json;

use crate::sample::{Sample, articles};
use crate::support::{Answer, Site};

fn editable() -> Site {
    Site::set(Settings { editable: true, ..Settings::default() })
}

async fn rename(site: &Site, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut request = Request::patch("/api/v1/archive").header("host", "localhost:8080");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    site.send_body(request, body).await
}

const JSON: (&str, &str) = ("content-type", "application/json; charset=utf-8");

#[tokio::test]
async fn a_name_that_is_not_this_servers_is_refused_with_the_flag_that_would_allow_it() {
    let site = Site::set(Settings { hosts: vec!["news.example".into()], ..Settings::default() });
    for address in ["/", "/api/v1/search", "/healthz", "/assets/x"] {
        let answer = site.send(Request::get(address).header("host", "rebound.example:8080")).await;
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{address}");
        assert!(answer.text.contains("--host rebound.example"), "{}", answer.text);
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert!(!answer.text.contains("Harbour"));
    }
    let named = site.send(Request::get("/").header("host", "news.example:443")).await;
    assert_eq!(named.status, StatusCode::OK);
    assert_eq!(site.send(Request::get("/")).await.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn every_name_that_a_request_states_must_be_ours() {
    let site = Site::new();
    let twice = Request::get("/").header("host", "localhost").header("host", "rebound.example");
    assert_eq!(site.send(twice).await.status, StatusCode::MISDIRECTED_REQUEST);
    let absolute = Request::get("http://rebound.example/").header("host", "localhost");
    assert_eq!(site.send(absolute).await.status, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn a_read_only_server_changes_nothing_and_says_why() {
    let site = Site::new();
    let answer = rename(&site, &[JSON], r#"{"title": "Mine"}"#).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert!(answer.json()["detail"].as_str().unwrap().contains("--editable"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let request = Request::builder().method(method).uri("/search").header("host", "localhost");
        assert_eq!(site.send(request).await.status, StatusCode::FORBIDDEN, "{method}");
    }
    assert_eq!(site.get("/api/v1/archive").await.json()["title"], "The Harbour Archive");
}

#[tokio::test]
async fn an_editable_archive_takes_another_title() {
    let site = editable();
    let answer =
        rename(&site, &[JSON, ("origin", "http://localhost:8080")], r#"{"title": " Border desk "}"#).await;
    assert_eq!((answer.status, answer.json()["title"].clone()), (StatusCode::OK, json!("Border desk")));
    assert!(site.get("/").await.text.contains("Border desk"));
}

#[tokio::test]
async fn a_page_of_another_site_cannot_change_the_title() {
    let site = editable();
    let body = r#"{"title": "Theirs"}"#;
    for (headers, status) in [
        (vec![JSON, ("origin", "https://evil.example")], StatusCode::FORBIDDEN),
        (vec![JSON, ("origin", "http://localhost:9999")], StatusCode::FORBIDDEN),
        (vec![JSON, ("origin", "null")], StatusCode::FORBIDDEN),
        (vec![JSON, ("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (vec![JSON, ("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN),
        (vec![("content-type", "text/plain")], StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (vec![], StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        assert_eq!(rename(&site, &headers, body).await.status, status, "{headers:?}");
    }
    assert_eq!(site.get("/api/v1/archive").await.json()["title"], "The Harbour Archive");
}

#[tokio::test]
async fn a_title_that_is_none_is_refused() {
    let site = editable();
    let long = json!({"title": "x".repeat(201)}).to_string();
    for body in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"title": 1}"#,
        r#"{"title": "  "}"#,
        r#"{"title": "a\u0007b"}"#,
        r#"{"title": "a", "id": "b"}"#,
        &long,
    ] {
        let answer = rename(&site, &[JSON], body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    let huge = rename(&site, &[JSON], &json!({"title": "x".repeat(70_000)}).to_string()).await;
    assert_eq!((huge.status, &huge.json()["status"]), (StatusCode::PAYLOAD_TOO_LARGE, &json!(413)));
}

#[tokio::test]
async fn an_address_that_cannot_do_that_says_so_even_when_editable() {
    let request = Request::post("/search").header("host", "localhost");
    let answer = editable().send(request).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET,HEAD");
}

#[tokio::test]
async fn every_answer_carries_the_policy() {
    let site = Site::new();
    for address in ["/", "/api/v1/search", "/nowhere", "/healthz", "/search?q=panic+please"] {
        let answer = site.get(address).await;
        let policy = answer.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none';") && !policy.contains("unsafe"),
            "{address}: {policy}"
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
    }
}

#[tokio::test]
async fn assets_are_kept_for_ever_and_pages_never() {
    let site = Site::new();
    let page = site.get("/").await;
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let style = page.attributes("href").into_iter().find(|link| link.ends_with(".css")).unwrap();
    let style = site.get(&style).await;
    assert!(style.header("cache-control").contains("immutable"));
    assert!(style.header("content-type").starts_with("text/css"));
    assert_eq!(site.get("/favicon.svg").await.header("content-type"), "image/svg+xml");
}

#[tokio::test]
async fn the_watchman_hears_that_the_server_lives() {
    assert_eq!(Site::new().get("/healthz").await.text, "ok\n");
}

#[tokio::test]
async fn a_crowd_is_answered_a_few_at_a_time_and_nobody_is_turned_away() {
    let mut sample = Sample::new(articles().split_off(20));
    sample.delay = std::time::Duration::from_millis(5);
    let site = std::sync::Arc::new(Site::with(sample, Settings::default()));
    let crowd: Vec<_> = (0..40)
        .map(|_| {
            let site = std::sync::Arc::clone(&site);
            tokio::spawn(async move { site.get("/api/v1/search").await.status })
        })
        .collect();
    for reader in crowd {
        assert_eq!(reader.await.unwrap(), StatusCode::OK);
    }
    assert!((2..=8).contains(&site.most_at_once()), "{}", site.most_at_once());
}
