//! The lists: what became of every file, what is doubtful, and what was saved twice.

use axum::http::StatusCode;
use dateline_web::Settings;

use crate::sample::{Sample, articles};
use crate::support::{Site, unescaped};

#[tokio::test]
async fn every_file_is_listed_with_its_bin_its_reason_and_its_article() {
    let page = Site::new().get("/files").await;
    let text = unescaped(&page.text);
    for said in [
        "/srv/clippings/raid-on-hask.html",
        "unsupported kind of file: PNG",
        "the page ends in the middle of a tag",
        "/srv/clippings/<front>.html",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    assert!(!page.text.contains("<front>"), "a file's name is no markup");
    assert_eq!(page.link("<bdi>Raid on Hask</bdi>"), "/articles/raid-on-hask");
    assert!(page.text.contains("<bdi>failed</bdi></a> <span class=\"n\">1</span>"), "{}", page.text);
}

#[tokio::test]
async fn a_bin_and_a_reason_are_a_click_away_and_the_words_stay() {
    let site = Site::new();
    let page = site.get("/files?path=clippings").await;
    let failed = site.get(&page.link("<bdi>failed</bdi>")).await;
    assert!(failed.text.contains("torn.html") && !failed.text.contains("map.png"), "{}", failed.text);
    assert!(failed.text.contains("tried again at every ingest"), "{}", failed.text);
    assert!(failed.attributes("value").contains(&"clippings".to_owned()), "the box keeps its words");
    let by_reason = site.get(&page.link("<bdi>unsupported kind of file: PNG</bdi>")).await;
    assert!(by_reason.text.contains("map.png") && !by_reason.text.contains("torn.html"));
    let back = site.get(&by_reason.link("<bdi>unsupported kind of file: PNG</bdi>")).await;
    assert!(back.text.contains("<bdi>unsupported kind of file: PNG</bdi>"), "a second click takes it off");
}

#[tokio::test]
async fn the_pages_of_a_list_lead_on_and_back() {
    let site = Site::new();
    let first = site.get("/files?limit=3").await;
    assert!(first.text.contains("1–3 of 4 records"), "{}", first.text);
    let second = site.get(&first.link("Next page")).await;
    assert!(second.text.contains("4–4 of 4 records") && second.text.contains("map.png"), "{}", second.text);
    assert_eq!(second.link("First page"), "/files?limit=3");
}

#[tokio::test]
async fn who_misses_a_file_is_told_what_was_given_to_ingest() {
    let page = Site::new().get("/files?path=storm.html").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("No file that was seen answers this."), "{}", page.text);
    assert!(page.text.contains("<code dir=\"ltr\">/srv/clippings</code>"), "{}", page.text);
}

#[tokio::test]
async fn other_machines_are_not_told_where_the_folder_lies() {
    let site = Site::set(Settings { beyond_loopback: true, ..Settings::default() });
    for address in ["/files", "/files?path=storm.html", "/api/v1/files", "/api/v1/files?path=storm.html"] {
        let answer = site.get(address).await;
        assert!(answer.text.contains("clippings") && !answer.text.contains("/srv"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_bin_that_is_none_is_left_out_by_the_page_and_refused_by_the_api() {
    let site = Site::new();
    let page = site.get("/files?bin=rubbish").await;
    assert!(page.text.contains("Left out bin=rubbish") && page.text.contains("map.png"), "{}", page.text);
    let api = site.get("/api/v1/files?bin=rubbish").await;
    assert_eq!(api.status, StatusCode::BAD_REQUEST);
    assert!(api.text.contains("not-article"), "{}", api.text);
    assert_eq!(site.get("/api/v1/doubts?kind=rubbish").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_parameter_that_nobody_knows_is_named_by_lists_as_by_searches() {
    let site = Site::new();
    for list in ["files", "doubts", "search"] {
        let answer = site.get(&format!("/api/v1/{list}?foo=1")).await.json();
        let said = answer["problems"][0]["message"].as_str().unwrap_or_default();
        assert!(said.contains("There is no parameter foo"), "{list}: {answer}");
    }
    for list in ["files", "doubts"] {
        let page = site.get(&format!("/{list}?foo=1")).await;
        assert!(page.text.contains("There is no parameter foo"), "{}", page.text);
    }
    assert_eq!(site.get("/api/v1/doubts?field=nosuch").await.status, StatusCode::BAD_REQUEST);
    let places = site.get("/api/v1/search?date_found=nosuch&not.date_found=_none").await.json();
    assert_eq!(places["problems"].as_array().unwrap().len(), 1, "{places}");
    assert!(places["problems"][0]["message"].as_str().unwrap().contains("json-ld"), "{places}");
}

#[tokio::test]
async fn a_page_behind_the_end_of_a_list_says_so_and_leads_back() {
    let site = Site::new();
    let files = site.get("/files?offset=99999").await;
    assert!(files.text.contains("it has 4 records"), "{}", files.text);
    assert!(!files.text.contains("No file that was seen"), "{}", files.text);
    assert_eq!(files.link("First page"), "/files");
    let doubts = site.get("/doubts?offset=99999").await;
    assert!(doubts.text.contains("The list ends before this page"), "{}", doubts.text);
    let none = site.get("/files?path=storm.html&offset=5").await;
    assert!(none.text.contains("No file that was seen answers this."), "{}", none.text);
}

#[tokio::test]
async fn the_number_beside_a_kind_of_doubt_is_what_its_click_gives() {
    let site = Site::new();
    let all = site.get("/api/v1/doubts").await.json();
    let kinds = all["kinds"].as_array().unwrap();
    assert!(!kinds.is_empty(), "the sample has doubts");
    for kind in kinds {
        let name = kind["kind"].as_str().unwrap();
        let narrowed = site.get(&format!("/api/v1/doubts?kind={name}")).await.json();
        assert_eq!(narrowed["total"], kind["count"], "{name}");
    }
    let page = site.get("/doubts").await;
    let label = kinds[0]["label"].as_str().unwrap();
    let narrowed = site.get(&page.link(&format!("<bdi>{label}</bdi>"))).await;
    assert!(narrowed.text.contains(&format!("<b>{label}</b>: ")), "{}", narrowed.text);
    let first = narrowed.attributes("href").into_iter().find(|link| link.starts_with("/articles/"));
    assert_eq!(site.get(&first.unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_copy_is_named_beside_the_article_and_in_the_results() {
    let mut all = articles();
    let text = (0..60).map(|n| format!("{} ", "ferry".repeat(1 + n))).collect::<String>();
    let mut original = all.remove(0);
    original.text = text;
    original.blocks.clear();
    original.mentions.clear();
    let mut copy = original.clone();
    copy.id = dateline_index::article::ArticleId::new("the-copy").unwrap();
    copy.source = None;
    copy.published = None;
    let address = format!("/articles/{}", original.id);
    let site = Site::with(Sample::new(vec![original, copy]), Settings::default());
    let page = site.get(&address).await;
    assert!(page.text.contains("Also saved as"), "{}", page.text);
    assert!(page.text.contains("the same text"), "{}", page.text);
    assert_eq!(page.link("<bdi>the-copy</bdi>"), "/articles/the-copy");
    let results = site.get("/").await;
    assert_eq!(results.text.matches("Also saved as").count(), 2, "{}", results.text);
    let api = site.get(&format!("/api/v1{address}")).await.json();
    assert_eq!((&api["copies"][0]["id"], &api["copies"][0]["why"]), (&"the-copy".into(), &"text".into()));
}
