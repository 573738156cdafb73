//! Every link of every page leads somewhere, with and without a base path.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use axum::http::StatusCode;
use dateline_web::Settings;

use crate::sample::{Sample, articles};
use crate::support::{Site, actor};

/// Enough to reach every kind of page; combinations of filters would never end.
const PAGES: usize = 16;

async fn crawl(base: &str, start: &[&str]) -> BTreeSet<String> {
    // A few of each shape: the memory backend counts patiently.
    let few = articles().into_iter().take(8).collect();
    let site = Site::with(Sample::new(few), Settings { base_path: base.into(), ..Settings::default() });
    let mut seen: BTreeSet<String> = start.iter().map(|path| format!("{base}{path}")).collect();
    // The shortest first: kinds of pages before combinations of filters.
    let ranked = |address: &String| Reverse((address.len(), address.clone()));
    let mut waiting: BinaryHeap<_> = seen.iter().map(|address| Reverse((0, address.clone()))).collect();
    let mut visited = 0;
    while let Some(Reverse((_, address))) = waiting.pop() {
        let answer = site.get(&address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        visited += 1;
        if !answer.header("content-type").starts_with("text/html") || visited > PAGES {
            continue;
        }
        check_page(&address, &answer);
        for link in ["href", "src", "action"].iter().flat_map(|name| answer.attributes(name)) {
            let (link, fragment) = link.split_once('#').unwrap_or((&link, ""));
            if link.is_empty() {
                assert!(answer.text.contains(&format!("id=\"{fragment}\"")), "#{fragment} on {address}");
            } else if !link.starts_with("https://paper.example/") {
                assert!(link.starts_with(&format!("{base}/")), "{link} on {address}");
                if seen.insert(link.to_owned()) {
                    waiting.push(ranked(&link.to_owned()));
                }
            }
        }
    }
    seen
}

fn check_page(address: &str, answer: &crate::support::Answer) {
    let count = |text: &str| answer.text.matches(text).count();
    assert_eq!(count("<h1"), 1, "one heading on {address}");
    assert_eq!(count("<main id=\"main\""), 1, "one main on {address}");
    assert_eq!(count("style=\""), 0, "an inline style on {address}");
    assert_eq!(count("<script>"), 0, "an inline script on {address}");
    assert!(!answer.text.contains(" onclick"), "an inline handler on {address}");
    let ids = answer.attributes("id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "ids on {address}: {ids:?}");
    let labels = answer.attributes("for").into_iter().collect::<BTreeSet<_>>();
    for input in answer.text.split("<input ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let id = input.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let named = input.contains("type=\"hidden\"") || input.contains("aria-label") || labels.contains(id);
        assert!(named, "an input without a name on {address}: {input}");
    }
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let seen = crawl(
        "",
        &[
            "/",
            "/search?q=border&facet.limit=2&limit=3",
            "/search?q=zzzz&actor=x&source=y",
            "/help",
            "/files",
            "/files?path=nowhere",
            "/doubts",
        ],
    )
    .await;
    for kind in [
        "/articles/",
        "/assets/style.",
        "/assets/dateline.",
        "/api/v1/search",
        "/api/v1/articles/",
        "/files?bin=",
        "/doubts?kind=",
        "&cursor=",
    ] {
        assert!(seen.iter().any(|link| link.contains(kind)), "{kind}");
    }
}

#[tokio::test]
async fn every_link_stays_below_the_base_path() {
    let (one, other) = (actor("Valdoria"), actor("Ostrany"));
    let search = format!("/search?q=border&actor={one}&actor={other}&not.source=Hafenbote&from=2010");
    crawl("/news", &["/", &search]).await;
}

#[tokio::test]
async fn the_base_path_itself_leads_home_and_nothing_lives_outside_it() {
    let site = Site::set(Settings { base_path: "/news".into(), ..Settings::default() });
    let home = site.get("/news").await;
    assert_eq!((home.status, home.header("location")), (StatusCode::PERMANENT_REDIRECT, "/news/"));
    let outside = site.get("/search").await;
    assert_eq!(outside.status, StatusCode::NOT_FOUND);
    assert!(outside.text.contains("action=\"/news/search\""), "{}", outside.text);
}
