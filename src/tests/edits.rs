//! Corrections as a person makes them: typed, seen at once, kept through reading again, taken back,
//! taken elsewhere.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Desk, dateline};

const PAGE: &str = "A quiet evening on the river\n\n3 May 1990\n\nThe guns along the river fell silent on Thursday and both armies of Iran said so in the evening, while the ferries went on.";

/// A desk with one text in its archive, and the article's id.
fn desk() -> (Desk, String) {
    let desk = Desk::new();
    desk.write("news/storm.txt", PAGE);
    desk.ingest("news");
    let id = desk.search("ferries")["hits"][0]["id"].as_str().unwrap().to_owned();
    (desk, id)
}

#[test]
fn a_correction_holds_at_once_and_through_all_that_comes_after_it() {
    let (desk, id) = desk();
    let server = desk.serve(&[]);
    assert_eq!(server.json("/api/v1/search?q=ferries")["hits"][0]["title"], "A quiet evening on the river");
    let said = desk.done(&[
        "edit",
        &id,
        "title=Guns fall silent",
        "author=Ada Byron; Reuters",
        "published=1990-05-04",
        "--as",
        "Bo",
    ]);
    assert!(said.out.contains("Guns fall silent (found: A quiet evening on the river)"), "{}", said.out);
    assert!(said.out.contains("--undo"), "{}", said.out);
    let corrected = |title: &str| {
        let hit = &server.json("/api/v1/search?q=ferries&author=Reuters&date_found=person")["hits"][0];
        assert_eq!(hit["title"], title);
        assert_eq!(hit["published"]["date"], "1990-05-04");
    };
    corrected("Guns fall silent");
    assert_eq!(desk.ingest("news")["unchanged"], 1);
    corrected("Guns fall silent");
    desk.write("news/storm.txt", PAGE.replace("A quiet evening on the river", "Ceasefire"));
    assert_eq!(desk.ingest("news")["updated"], 1);
    corrected("Guns fall silent");
    desk.done(&["reindex"]);
    corrected("Guns fall silent");
    let back = desk.done(&["edit", &id, "--undo", "title", "--json"]).json();
    assert_eq!((&back["title"], &back["edits"][0]["field"]), (&"Ceasefire".into(), &"authors".into()));
    corrected("Ceasefire");
    desk.done(&["edit", &id, "--undo"]);
    let article = server.json(&format!("/api/v1/articles/{id}"));
    assert_eq!(
        (&article["published"]["date"], &article["edits"]),
        (&"1990-05-03".into(), &serde_json::json!([]))
    );
    assert!(desk.done(&["edit", &id, "--undo"]).out.contains("Nothing to take back"));
    let history = desk.done(&["edit", &id, "--history"]).out;
    assert_eq!(history.lines().count(), 6, "{history}");
    assert!(
        history.contains("Bo  title: Guns fall silent") && history.contains("title: taken back"),
        "{history}"
    );
    desk.done(&["verify"]);
}

#[test]
fn what_cannot_be_meant_is_refused_with_what_to_type() {
    let (desk, id) = desk();
    for (arguments, said) in [
        (vec!["published=1990-02-30"], "2024-01-17"),
        (vec!["colour=red"], "title, standfirst, authors"),
        (vec!["Guns fall silent"], "FIELD=VALUE"),
        (vec!["language=xx"], "code"),
        (vec!["--undo", "colour"], "title, standfirst, authors"),
        (vec!["title=A", "--as", " "], "--as"),
    ] {
        let refused = desk.run(&[&["edit", id.as_str()][..], &arguments].concat());
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains(said), "{}", refused.err);
    }
    // What people have at hand in place of an id.
    for typed in [&id[..8], "storm.txt", desk.path("news/storm.txt").to_str().unwrap()] {
        let refused = desk.run(&["edit", typed, "title=A"]);
        assert_eq!(refused.code, Some(1));
        assert!(
            refused.err.contains(&format!("is it {id} (“A quiet evening on the river”)?")),
            "{}",
            refused.err
        );
    }
    let shown = desk.done(&["edit", &id]).out;
    assert!(shown.contains("authors     nobody") && shown.contains("published   1990-05-03 ("), "{shown}");
    assert_eq!(desk.done(&["edits"]).out, "");
}

#[test]
fn corrections_move_to_another_archive_by_the_articles_ids() {
    let (desk, id) = desk();
    desk.done(&["edit", &id, "title=Guns fall silent", "section=", "--as", "Ada"]);
    desk.done(&["edit", &id, "--undo", "section", "--as", "Bo"]);
    let log = desk.done(&["edits"]).out;
    assert_eq!(log.lines().count(), 3);
    let other = Desk::new();
    other.write("news/storm.txt", PAGE);
    other.ingest("news");
    let strange = log.lines().next().unwrap().replace(&id, "lost").replace("storm.txt", "gone.txt");
    let file = other.write("log.jsonl", format!("{log}\nnonsense\n{strange}\n"));
    let import = ["edits", "--import", file.to_str().unwrap(), "--json"];
    let said = other.done(&import);
    let first = said.json();
    assert_eq!((&first["written"], &first["without_article"][0]), (&3.into(), &"lost".into()), "{first}");
    assert_eq!(first["unread"][0]["line"], 5, "{first}");
    assert!(said.err.contains("line 5"), "{}", said.err);
    assert_eq!(other.search("ferries")["hits"][0]["title"], "Guns fall silent");
    assert_eq!(other.done(&["edits"]).out, log, "who and when come along");
    let again = other.done(&import).json();
    assert_eq!((&again["written"], &again["unchanged"]), (&0.into(), &3.into()), "{again}");
}

#[test]
fn a_log_without_a_readable_line_is_a_failure_that_names_file_and_lines() {
    let (desk, _) = desk();
    let file = desk.write("log.txt", "title: Guns\n\n{\"field\": \"title\"}\n");
    let said = desk.run(&["edits", "--import", file.to_str().unwrap()]);
    assert_eq!(said.code, Some(1), "{said:?}");
    for told in
        ["log.txt, line 1: it is not JSON", "log.txt, line 3: it has no \"article\"", "dateline edits"]
    {
        assert!(said.err.contains(told), "{told}: {}", said.err);
    }
    assert!(!said.err.contains("column"), "no word of a parser: {}", said.err);
}

#[test]
fn of_corrections_of_one_moment_the_last_line_holds() {
    let (desk, id) = desk();
    let line = |title: &str| {
        format!(
            r#"{{"article": "{id}", "field": "title", "value": "{title}", "who": "Ada", "at": "2024-01-17T08:30:00.000Z"}}"#
        )
    };
    let import = |lines: &[String]| {
        let file = desk.write("log.jsonl", lines.join("\n"));
        desk.done(&["edits", "--import", file.to_str().unwrap(), "--json"]).json()["written"].clone()
    };
    assert_eq!(import(&[line("First"), line("Second")]), 2);
    assert_eq!(import(&[line("First"), line("Second")]), 0, "taken in twice");
    assert_eq!(import(&[line("First"), line("Second"), line("Third")]), 1, "the log has grown");
    assert_eq!(desk.search("ferries")["hits"][0]["title"], "Third");
}

#[test]
fn corrections_find_their_articles_in_a_folder_of_another_name() {
    let (desk, id) = desk();
    desk.write("news/sub/other.txt", PAGE.replace("A quiet evening", "Another morning"));
    desk.ingest("news");
    desk.done(&["edit", &id, "title=Guns fall silent", "section="]);
    let log = desk.done(&["edits"]).out;
    let other = Desk::new();
    // The one that is meant; one of its name elsewhere; one in its place with another headline.
    other.write("archive-copy/storm.txt", PAGE);
    other.write("archive-copy/sub/storm.txt", PAGE.replace("quiet", "loud"));
    other.ingest("archive-copy");
    let file = other.write("log.jsonl", &log);
    let import = ["edits", "--import", file.to_str().unwrap(), "--json"];
    let said = other.done(&import).json();
    assert_eq!((&said["written"], &said["without_article"]), (&2.into(), &serde_json::json!([])), "{said}");
    let here = said["placed"][&id].as_str().unwrap().to_owned();
    assert_ne!(here, id);
    assert_eq!(other.done(&["edit", &here, "--json"]).json()["title"], "Guns fall silent");
    assert_eq!(other.search("title:loud")["total"], 1);
    let third = Desk::new();
    third.write("elsewhere/storm.txt", PAGE.replace("A quiet evening on the river", "Storm"));
    third.ingest("elsewhere");
    let file = third.write("log.jsonl", &log);
    let lost = third.run(&["edits", "--import", file.to_str().unwrap()]);
    assert_eq!(lost.code, Some(1), "nothing was taken in: {lost:?}");
    assert!(lost.out.contains(&format!("{id} (“A quiet evening on the river”, news/storm.txt)")), "{lost:?}");
}

/// An ingest of many files in one process, an edit from another: neither stops the other.
#[test]
fn an_edit_is_made_while_an_ingest_is_running() {
    let (desk, id) = desk();
    desk.write_articles("more/a.jsonl", 8_000);
    let mut ingest = dateline()
        .args(["ingest", desk.path("more").to_str().unwrap(), "--json", "--archive"])
        .arg(desk.archive())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(ingest.stdout.take().unwrap()));
    assert!(lines.next().unwrap().unwrap().contains("acknowledged"));
    desk.done(&["edit", &id, "title=Guns fall silent"]);
    assert_eq!(desk.search("ferries")["hits"][0]["title"], "Guns fall silent");
    let summary: Value = serde_json::from_str(&lines.last().unwrap().unwrap()).unwrap();
    assert_eq!(summary["added"], 8_000, "{summary}");
    assert!(ingest.wait().unwrap().success());
    assert_eq!(desk.search("ferries")["hits"][0]["title"], "Guns fall silent");
    desk.done(&["verify"]);
}
