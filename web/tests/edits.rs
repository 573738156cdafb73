//! What people correct through the API, and where pages show it.

use axum::http::{Request, StatusCode};
use dateline_web::Settings;
use serde_json::json;

use crate::support::{Answer, Site};

const EDITS: &str = "/api/v1/articles/ferry-accord/edits";

fn editable() -> Site {
    Site::set(Settings { editable: true, ..Settings::default() })
}

async fn post(site: &Site, address: &str, body: &str) -> Answer {
    let request = Request::post(address)
        .header("host", "localhost:8080")
        .header("origin", "http://localhost:8080")
        .header("content-type", "application/json");
    site.send_body(request, body).await
}

async fn delete(site: &Site, address: &str) -> Answer {
    site.send(Request::delete(address).header("host", "localhost:8080")).await
}

#[tokio::test]
async fn a_correction_shows_in_article_search_and_facets_until_it_is_undone() {
    let site = editable();
    let before = site.get("/api/v1/articles/ferry-accord").await.json();
    let body =
        r#"{"title": "Ferry accord signed", "authors": ["Nadia Haddad"], "published": null, "as": "Ada"}"#;
    let answer = post(&site, EDITS, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let article = answer.json();
    assert_eq!(article["title"], "Ferry accord signed");
    assert_eq!((&article["authors"], &article["published"]), (&json!(["Nadia Haddad"]), &json!(null)));
    assert_eq!((&article["found"]["title"], &article["found"]["section"]), (&json!("person"), &json!("url")));
    let edit = &article["edits"][0];
    assert_eq!(
        (&edit["field"], &edit["who"], &edit["extracted"]),
        (&json!("title"), &json!("Ada"), &before["title"])
    );
    let found = site.get("/api/v1/search?author=Nadia+Haddad").await.json();
    assert_eq!((&found["total"], &found["hits"][0]["title"]), (&json!(1), &json!("Ferry accord signed")));

    assert_eq!(delete(&site, &format!("{EDITS}/title?as=Bo")).await.json()["title"], before["title"]);
    assert_eq!(delete(&site, EDITS).await.json(), before);
    let history = site.get(EDITS).await.json();
    let said: Vec<_> = history["edits"].as_array().unwrap().iter().map(|edit| edit["who"].clone()).collect();
    assert_eq!(said, ["Ada", "Ada", "Ada", "Bo", "browser", "browser"]);
    assert_eq!((&history["edits"][2]["value"], &history["edits"][3]["undo"]), (&json!(null), &json!(true)));
}

#[tokio::test]
async fn what_cannot_be_corrected_is_refused_with_what_to_send() {
    let site = editable();
    for (body, said) in [
        ("", "send an object"),
        ("[]", "send an object"),
        ("{}", "no field"),
        (r#"{"as": "Ada"}"#, "no field"),
        (r#"{"colour": "red"}"#, "title, standfirst, authors"),
        (r#"{"title": 7}"#, "a text"),
        (r#"{"title": ["a"]}"#, "one text"),
        (r#"{"title": "a", "published": "2024-02-30"}"#, "2024-01-17"),
        (r#"{"language": "xx"}"#, "code"),
        (r#"{"title": "a", "as": " "}"#, "name"),
    ] {
        let answer = post(&site, EDITS, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(said), "{body}: {}", answer.text);
    }
    assert_eq!(
        post(&site, "/api/v1/articles/nobody/edits", r#"{"title": "a"}"#).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(site.get("/api/v1/articles/nobody/edits").await.status, StatusCode::NOT_FOUND);
    assert_eq!(delete(&site, &format!("{EDITS}/colour")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get(EDITS).await.json(), json!({"edits": []}), "all of them or none");
}

#[tokio::test]
async fn nobody_else_corrects_anything() {
    let body = r#"{"title": "Theirs"}"#;
    let read_only = Site::new();
    assert_eq!(post(&read_only, EDITS, body).await.status, StatusCode::FORBIDDEN);
    assert_eq!(delete(&read_only, EDITS).await.status, StatusCode::FORBIDDEN);
    let site = editable();
    let foreign = Request::post(EDITS)
        .header("host", "localhost:8080")
        .header("origin", "https://evil.example")
        .header("content-type", "application/json");
    assert_eq!(site.send_body(foreign, body).await.status, StatusCode::FORBIDDEN);
    let form = Request::post(EDITS).header("host", "localhost:8080").header("content-type", "text/plain");
    assert_eq!(site.send_body(form, body).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(site.get(EDITS).await.json(), json!({"edits": []}));
}

#[tokio::test]
async fn the_article_page_tells_where_fields_were_found_and_what_was_corrected() {
    let site = editable();
    let page = site.get("/articles/ferry-accord").await.text;
    let found = page.split("Where this was found").nth(1).unwrap().split("</details>").next().unwrap();
    assert!(found.contains("<dt>Headline</dt><dd>in the page’s JSON-LD</dd>"), "{found}");
    assert!(found.contains("<dt>Authors</dt><dd>beside the headline</dd>"), "{found}");
    post(
        &site,
        EDITS,
        r#"{"title": "<b>Mine</b>", "standfirst": "", "published": "2024-01-18", "as": "<i>Ada"}"#,
    )
    .await;
    let page = site.get("/articles/ferry-accord").await.text;
    let corrected = page.split("What a person corrected").nth(1).unwrap().split("</ul>").next().unwrap();
    assert!(corrected.contains("Headline, by <bdi>&#60;i&#62;Ada</bdi> on "), "{corrected}");
    assert!(corrected.contains("before: “<bdi>After nine nights"), "{corrected}");
    assert!(page.contains("18 January 2024, corrected by a person"), "{page}");
    assert!(!page.contains("<b>Mine") && !page.contains("<dt>Headline</dt>"));
}

#[tokio::test]
async fn the_facet_of_where_dates_were_found_is_folded_until_something_of_it_is_chosen() {
    let site = Site::new();
    let facet = |page: &str| {
        page.split("id=\"date_found\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned()
    };
    let page = site.get("/").await;
    let folded = facet(&page.text);
    assert!(folded.contains("<details class=\"rest\"><summary>6 values</summary>"), "{folded}");
    assert!(folded.contains("in the page’s JSON-LD") && folded.contains("<i>unknown</i>"), "{folded}");
    let chosen = site.get("/search?date_found=url").await.text;
    assert!(chosen.contains("date <b><bdi>in the page’s address</bdi></b>"), "{chosen}");
    assert!(facet(&chosen).contains("chosen") && facet(&chosen).contains("5 more"), "{}", facet(&chosen));
}
