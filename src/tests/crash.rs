//! Killed at any moment, an ingest loses nothing that it acknowledged, and the next one goes on.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::support::{Desk, dateline};

/// Starts an ingest, reads its acknowledgements, and kills it after the `count`th. Returns the
/// articles that it acknowledged last.
fn killed_after(desk: &Desk, name: &str, count: usize) -> u64 {
    let mut command = dateline();
    command.arg("ingest").arg(desk.path(name)).arg("--json").arg("--archive").arg(desk.archive());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let acknowledged = lines.map_while(Result::ok).filter_map(|line| {
        let line: Value = serde_json::from_str(&line).unwrap();
        line["acknowledged"].is_u64().then(|| line["articles"].as_u64().unwrap())
    });
    let last = acknowledged.take(count).last().unwrap_or(0);
    child.kill().unwrap();
    child.wait().unwrap();
    last
}

fn all_ids(desk: &Desk) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let page = desk
            .done(&["search", "--json", "--limit", "1000", "--sort", "oldest", "--cursor", &cursor])
            .json();
        for hit in page["hits"].as_array().unwrap() {
            assert!(ids.insert(hit["id"].as_str().unwrap().to_owned()), "{} twice", hit["id"]);
        }
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => return ids,
        }
    }
}

#[test]
fn what_was_acknowledged_survives_kill_9_and_the_next_run_completes_it() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 9_000);
    let mut acknowledged = 0;
    for count in [1, 2, 3] {
        acknowledged = acknowledged.max(killed_after(&desk, "a.jsonl", count));
        let verified = desk.done(&["verify", "--json"]).json();
        assert_eq!(verified["disagreements"].as_array().unwrap().len(), 0, "{verified}");
        assert!(
            verified["articles"].as_u64().unwrap() >= acknowledged,
            "{verified}: lost some of {acknowledged}"
        );
        assert!(all_ids(&desk).len() as u64 >= acknowledged);
    }
    assert!(acknowledged >= 2_000);
    let summary = desk.ingest("a.jsonl");
    assert_eq!(summary["articles"], 9_000, "{summary}");
    assert_eq!(all_ids(&desk).len(), 9_000);
    let leftovers = std::fs::read_dir(desk.path("archive/index")).unwrap();
    let folders = leftovers.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders, 1, "generations that nobody reads are cleared away");
}

#[cfg(unix)]
#[test]
fn an_interrupted_ingest_stores_what_it_read_and_says_so() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 60_000);
    let mut command = dateline();
    command.arg("ingest").arg(desk.path("a.jsonl")).arg("--json").arg("--archive").arg(desk.archive());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.next().unwrap();
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let summary: Value = serde_json::from_str(&lines.last().unwrap()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "it did not do all that it was told");
    assert_eq!(summary["interrupted"], true, "{summary}");
    let stored = summary["articles"].as_u64().unwrap();
    assert!((2_000..60_000).contains(&stored), "{summary}");
    assert_eq!(desk.search("")["total"], stored, "what it stored can be found");
    desk.done(&["verify"]);
}
