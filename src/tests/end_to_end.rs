//! The whole way: the sample archive, searched through HTTP, narrowed, read, rebuilt, shut down.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::support::{Desk, Server, dateline, sample};

#[test]
fn the_demo_serves_the_whole_sample_and_ends_when_it_is_told() {
    let mut command = dateline();
    command.args(["demo", "--listen", "127.0.0.1:0"]);
    let server = Server::start(command);
    let everything = server.json("/api/v1/search?limit=0");
    assert!(everything["total"].as_u64().unwrap() >= 60, "{everything}");
    let found = server.json("/api/v1/search?q=%22Security+Council%22");
    assert!(found["total"].as_u64().unwrap() >= 1);
    let (status, page) = server.get("/?q=treaty");
    assert!(status == 200 && page.contains("<mark>"), "the page shows the passage that matched");
    #[cfg(unix)]
    {
        server.signal("TERM");
        assert_eq!(server.ended(Duration::from_secs(15)), Some(0));
    }
}

#[test]
fn from_a_folder_to_an_article_by_the_actors_it_is_about() {
    let desk = Desk::new();
    let summary = desk.done(&["ingest", sample().to_str().unwrap(), "--json"]).json();
    assert_eq!(summary["failed"], 0, "{summary}");
    assert_eq!(summary["added"], summary["articles"]);
    let server = desk.serve(&[]);

    // Searched by phrase, then narrowed by three actors together.
    let found = server.json("/api/v1/search?q=%22Islamic+State%22");
    let before = found["total"].as_u64().unwrap();
    let path =
        "/api/v1/search?q=%22Islamic+State%22&actor=islamic-state-khorasan-province&actor=taliban&actor=iran";
    let narrowed = server.json(path);
    let total = narrowed["total"].as_u64().unwrap();
    assert!(total >= 1 && total < before, "{total} of {before}");
    let hit = &narrowed["hits"][0];
    let passage =
        hit["passages"].as_array().unwrap().iter().find(|p| !p["ranges"].as_array().unwrap().is_empty());
    let passage = passage.expect("a passage with the phrase");
    let range = &passage["ranges"][0];
    let (start, end) = (range[0].as_u64().unwrap() as usize, range[1].as_u64().unwrap() as usize);
    assert_eq!(&passage["text"].as_str().unwrap()[start..end].to_lowercase(), "islamic state");

    // Read: the three are among its mentions, each span says what is printed there.
    let article = server.json(&format!("/api/v1/articles/{}", hit["id"].as_str().unwrap()));
    let text = article["text"].as_str().unwrap();
    for actor in ["islamic-state-khorasan-province", "taliban", "iran"] {
        let mentions: Vec<_> = article["mentions"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|m| m["actor"] == actor && m["field"] == "text")
            .collect();
        assert!(!mentions.is_empty(), "{actor}");
        for mention in mentions {
            let (start, end) = (mention["start"].as_u64().unwrap(), mention["end"].as_u64().unwrap());
            assert_eq!(&text[start as usize..end as usize], mention["text"].as_str().unwrap());
        }
    }
    let (status, page) =
        server.get(&format!("/articles/{}?q=%22Islamic+State%22", hit["id"].as_str().unwrap()));
    assert!(status == 200 && page.contains("<mark"), "the article page shows the matches");

    // The command line answers the same.
    let at_terminal = desk.done(&[
        "search",
        "\"Islamic State\"",
        "--actor",
        "islamic-state-khorasan-province",
        "--actor",
        "taliban",
        "--actor",
        "iran",
        "--json",
        "--limit",
        "20",
        "--facet-limit",
        "20",
    ]);
    assert_eq!(at_terminal.json()["hits"], narrowed["hits"]);
    assert_eq!(at_terminal.json()["facets"], narrowed["facets"]);
}

/// 200 searches while the index is rebuilt again and again: none fails, each is whole.
#[test]
fn searches_go_on_while_the_index_is_rebuilt() {
    let desk = Desk::new();
    desk.write_articles("news.jsonl", 3_000);
    desk.ingest("news.jsonl");
    let server = desk.serve(&[]);
    let expected = server.json("/api/v1/search?q=delegates&facet.limit=100");
    let rebuilt = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..4 {
                desk.done(&["reindex", "--json"]);
            }
            rebuilt.store(true, Ordering::Relaxed);
        });
        let searching: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let mut asked = 0;
                    while asked < 100 || !rebuilt.load(Ordering::Relaxed) {
                        let answer = server.json("/api/v1/search?q=delegates&facet.limit=100");
                        assert_eq!(answer["total"], expected["total"]);
                        assert_eq!(answer["facets"], expected["facets"]);
                        asked += 1;
                    }
                })
            })
            .collect();
        searching.into_iter().for_each(|thread| thread.join().unwrap());
    });
    let verified = desk.done(&["verify", "--json"]).json();
    assert_eq!(verified["disagreements"].as_array().unwrap().len(), 0, "{verified}");
}
