//! What people decide about actors through the API.

use axum::http::{Request, StatusCode};
use dateline_web::Settings;

use crate::support::{Answer, Site};

const DECISIONS: &str = "/api/v1/decisions";

async fn post(site: &Site, body: &str) -> Answer {
    let request = Request::post(DECISIONS)
        .header("host", "localhost:8080")
        .header("origin", "http://localhost:8080")
        .header("content-type", "application/json");
    site.send_body(request, body).await
}

/// The value and the count of the actor with the most articles, and of the next.
async fn first_two(site: &Site) -> [(String, u64); 2] {
    let actors = site.get("/api/v1/actors?limit=2").await.json();
    let row = |place: usize| {
        let row = &actors["values"][place];
        (row["value"].as_str().unwrap().to_owned(), row["count"].as_u64().unwrap())
    };
    [row(0), row(1)]
}

#[tokio::test]
async fn a_merge_is_right_at_the_next_request_and_taken_back() {
    let site = Site::set(Settings { editable: true, ..Settings::default() });
    let before = first_two(&site).await;
    let [(from, _), (into, count)] = before.clone();
    let answer =
        post(&site, &format!(r#"{{"decide": "merge", "from": "{from}", "into": "{into}", "as": "Ada"}}"#))
            .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let number = answer.json()["number"].as_u64().unwrap();
    let [(value, merged), (next, _)] = first_two(&site).await;
    assert!(value == into && merged >= count && next != from, "{value} {merged} {next}");
    let shown = site.get(&format!("/api/v1/actors/{from}")).await.json();
    assert_eq!((shown["actor"]["id"].as_str(), shown["merged"][0].as_str()), (Some(&*into), Some(&*from)));
    assert_eq!(site.get(DECISIONS).await.json()["decisions"][0]["who"], "Ada");
    let undo = Request::delete(format!("{DECISIONS}/{number}?as=Bo")).header("host", "localhost:8080");
    assert_eq!(site.send(undo).await.json()["decisions"][1]["who"], "Bo");
    assert_eq!(first_two(&site).await, before);
}

#[tokio::test]
async fn what_cannot_be_decided_is_refused_with_what_to_send() {
    let site = Site::set(Settings { editable: true, ..Settings::default() });
    let [(actor, _), _] = first_two(&site).await;
    for (body, status, said) in [
        ("nonsense", StatusCode::UNPROCESSABLE_ENTITY, "send an object"),
        (r#"{"decide": "baptise"}"#, StatusCode::UNPROCESSABLE_ENTITY, "baptise"),
        (r#"{"decide": "hide", "actor": "nobody-at-all"}"#, StatusCode::NOT_FOUND, "nobody-at-all"),
        (r#"{"decide": "name", "name": "X Y"}"#, StatusCode::UNPROCESSABLE_ENTITY, "kind"),
        (
            &format!(r#"{{"decide": "merge", "from": "{actor}", "into": "{actor}"}}"#),
            StatusCode::UNPROCESSABLE_ENTITY,
            "one actor already",
        ),
        (
            &format!(r#"{{"decide": "not-here", "article": "nowhere", "actor": "{actor}"}}"#),
            StatusCode::NOT_FOUND,
            "nowhere",
        ),
    ] {
        let answer = post(&site, body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.text);
        assert!(answer.text.contains(said), "{body}: {}", answer.text);
    }
    let unknown = Request::delete(format!("{DECISIONS}/99")).header("host", "localhost:8080");
    assert_eq!(site.send(unknown).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/api/v1/actors?kind=ghost").await.status, StatusCode::BAD_REQUEST);
    let read_only = Site::set(Settings { editable: false, ..Settings::default() });
    let refused = post(&read_only, &format!(r#"{{"decide": "hide", "actor": "{actor}"}}"#)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
