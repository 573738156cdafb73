//! What a program reads.

use axum::http::StatusCode;
use serde_json::json;

use crate::support::Site;

#[tokio::test]
async fn the_answer_to_a_search_keeps_its_shape() {
    let answer = Site::new().get("/api/v1/search?q=lorries&facet.limit=3&limit=1").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let mut answer = answer.json();
    assert!(answer["reading"].take().is_string());
    for actor in answer["facets"]["actor"].as_array_mut().unwrap() {
        // How a name becomes a value is the registry's business.
        assert!(actor["value"].take().as_str().unwrap().starts_with('~'));
    }
    for passage in answer["hits"][0]["passages"].as_array_mut().unwrap() {
        // Which sentences are shown is the ground floor's business.
        let (start, end) = (&passage["ranges"][0][0], &passage["ranges"][0][1]);
        let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
        passage["text"] = json!(passage["text"].as_str().unwrap()[start..end]);
        assert!(passage["start"].take().is_u64() && passage["ranges"].take().is_array());
    }
    insta::assert_json_snapshot!("search", answer);
}

#[tokio::test]
async fn an_article_keeps_its_shape() {
    let mut article = Site::new().get("/api/v1/articles/raid-on-hask").await.json();
    for mention in article["mentions"].as_array_mut().unwrap() {
        assert!(mention["actor"].take().is_string());
    }
    insta::assert_json_snapshot!("article", article);
}

#[tokio::test]
async fn the_archive_tells_its_title_and_size() {
    let mut about = Site::new().get("/api/v1/archive").await.json();
    about["change"].take();
    assert_eq!(
        about,
        json!({"id": "memory", "title": "The Harbour Archive", "articles": 23, "change": null})
    );
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_is_refused_by_name() {
    let site = Site::new();
    for (query, name) in [
        ("limit=abc", "limit"),
        ("from=yesterday", "from"),
        ("sort=best", "sort"),
        ("mode.year=x", "mode.year"),
        ("cursor=stale", "cursor"),
    ] {
        let answer = site.get(&format!("/api/v1/search?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!((&problem["parameter"], &problem["status"]), (&json!(name), &json!(400)));
        assert!(problem["detail"].as_str().unwrap().contains(" takes "), "{problem}");
    }
}

#[tokio::test]
async fn empty_parameters_are_ignored() {
    let site = Site::new();
    let answer = site.get("/api/v1/search?q=&actor=&from=&limit=&cursor=&colour=red").await;
    assert_eq!((answer.status, answer.json()["total"].clone()), (StatusCode::OK, json!(23)));
}

#[tokio::test]
async fn a_span_that_ends_before_it_begins_is_pointed_out() {
    let answer = Site::new().get("/api/v1/search?from=2024&to=2020").await.json();
    assert!(answer["problems"][0]["message"].as_str().unwrap().contains("swap"), "{answer}");
}

#[tokio::test]
async fn what_is_missing_or_broken_is_told_as_problem_details() {
    let site = Site::new();
    for (address, status) in
        [("/api/v1/articles/nobody", 404), ("/api/v2/search", 404), ("/api/v1/search?q=panic+please", 500)]
    {
        let answer = site.get(address).await;
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert_eq!((answer.status.as_u16(), answer.json()["status"].clone()), (status, json!(status)));
    }
}

#[tokio::test]
async fn a_query_as_long_as_an_address_can_be_is_answered() {
    let answer = Site::new().get(&format!("/api/v1/search?q={}", "%28".repeat(20_000))).await;
    assert_eq!(answer.status, StatusCode::OK);
}

/// Left out in silence, a mistyped filter would answer another question.
#[tokio::test]
async fn a_parameter_that_nobody_knows_is_named() {
    let answer = Site::new().get("/api/v1/search?actors=iran&not.colour=red&q=treaty&place=").await;
    let problems = answer.json()["problems"].to_string();
    assert!(problems.contains("actors") && problems.contains("not.colour"), "{problems}");
    assert!(!problems.contains("place"), "an empty one is ignored: {problems}");
}

/// Every link of a page repeats every choice: four thousand of them were half a gigabyte of page.
#[tokio::test]
async fn a_page_does_not_grow_with_the_square_of_its_address() {
    let many: Vec<_> = (1000..5500).map(|year| format!("year={year}")).collect();
    let page = Site::new().get(&format!("/search?{}", many.join("&"))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.len() < 3_000_000, "{} bytes", page.text.len());
    let refused = Site::new().get(&format!("/api/v1/search?{}", many.join("&"))).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}
