//! What people decide about actors: typed, seen at once in a running server, taken back, taken elsewhere.

use serde_json::Value;

use crate::support::{Desk, Server};

/// A desk with three texts about people of one name in two spellings.
fn desk() -> Desk {
    let desk = Desk::new();
    let lines = [
        r#"{"id": "a", "title": "Talks in Kerman", "language": "en", "source": "Harbour Wire", "text": "Foreign Minister Mona Hojat Ansari spoke in Iran on Monday."}"#,
        r#"{"id": "b", "title": "Talks go on", "language": "en", "source": "HARBOUR WIRE", "text": "Foreign Minister Mona Hojjat Ansary spoke again on Tuesday."}"#,
        r#"{"id": "c", "title": "A choir sings", "language": "en", "source": "Harbour Wire (Online)", "text": "Later in the evening zeta chorus sang in the old hall of the town."}"#,
    ];
    desk.write("news/all.jsonl", lines.join("\n"));
    desk.ingest("news");
    desk
}

/// The rows of a facet, as `value count`.
fn rows(server: &Server, facet: &str) -> Vec<String> {
    let answer = server.json("/api/v1/search?facet.limit=100");
    let counts = answer["facets"][facet].as_array().unwrap().clone();
    counts.iter().map(|count| format!("{} {}", count["value"].as_str().unwrap(), count["count"])).collect()
}

fn has(rows: &[String], row: &str) -> bool {
    rows.iter().any(|known| known == row)
}

#[test]
fn a_merge_is_shown_first_then_right_at_the_next_request_and_undone() {
    let desk = desk();
    let server = desk.serve(&[]);
    let before = rows(&server, "actor");
    assert!(has(&before, "~mona-hojat-ansari 1") && has(&before, "~mona-hojjat-ansary 1"), "{before:?}");
    let files = |desk: &Desk| {
        let mut files: Vec<_> = walkdir(&desk.archive().join("index"))
            .into_iter()
            .filter(|(name, _)| !name.ends_with(".lock"))
            .collect();
        files.sort();
        files
    };
    let index = files(&desk);

    let merge = ["actors", "merge", "Mona Hojjat Ansary", "~mona-hojat-ansari"];
    let shown = desk.done(&merge);
    assert!(
        shown.out.contains("spoke again on Tuesday") && shown.out.contains("in 2 articles"),
        "{}",
        shown.out
    );
    assert!(shown.err.contains("--yes"), "nobody is there to ask: {}", shown.err);
    assert_eq!(rows(&server, "actor"), before, "a preview decides nothing");

    desk.done(&[&merge[..], &["--yes", "--as", "Ada Byron"]].concat());
    let after = rows(&server, "actor");
    assert!(has(&after, "~mona-hojat-ansari 2") && !has(&after, "~mona-hojjat-ansary 1"), "{after:?}");
    assert_eq!(server.json("/api/v1/search?actor=~mona-hojjat-ansary")["total"], 2, "old addresses lead on");
    assert_eq!(files(&desk), index, "no file of the index changed");
    desk.done(&["reindex"]);
    assert!(has(&rows(&server, "actor"), "~mona-hojat-ansari 2"), "it holds through a reindex");
    assert!(desk.done(&["actors", "log"]).out.contains("Ada Byron"));

    desk.done(&["actors", "undo", "1"]);
    assert_eq!(rows(&server, "actor"), before);
    assert!(desk.done(&["actors", "undo", "1"]).out.contains("taken back already"));
    let wrong = desk.run(&["actors", "undo", "99"]);
    assert!(wrong.code == Some(1) && wrong.err.contains("no entry 99"), "{}", wrong.err);
}

/// Every file below a folder, with its length.
fn walkdir(folder: &std::path::Path) -> Vec<(String, u64)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walkdir(&path));
        } else {
            files.push((path.display().to_string(), std::fs::metadata(&path).unwrap().len()));
        }
    }
    files
}

#[test]
fn a_name_that_nobody_recognised_is_found_in_the_whole_archive_and_in_what_comes_later() {
    let desk = desk();
    let add = ["actors", "add", "Zeta Chorus", "--kind", "organisation", "--alias", "zeta chorus"];
    let shown = desk.done(&add);
    assert!(shown.out.contains("gains 1 article") && shown.out.contains("A choir sings"), "{}", shown.out);
    desk.done(&[&add[..], &["--yes"]].concat());
    let found = |count: u64| {
        let answer = desk.done(&["search", "--actor", "~zeta-chorus", "--json"]).json();
        assert_eq!(answer["total"], count);
    };
    found(1);
    desk.write(
        "news/more.jsonl",
        r#"{"id": "d", "title": "An encore", "language": "en", "text": "The Zeta Chorus sang once more on Friday."}"#,
    );
    desk.ingest("news");
    found(2);
    let named = desk.done(&["actors", "show", "Zeta Chorus", "--json"]).json();
    assert_eq!(named["side"]["articles"], 2);

    let other = self::desk();
    let listed = |desk: &Desk| desk.done(&["actors", "list", "--json"]).json();
    let before = listed(&other);
    let path = other.write("decisions.toml", desk.done(&["actors", "export"]).out);
    other.done(&["actors", "import", path.to_str().unwrap()]);
    let there = other.done(&["search", "--actor", "~zeta-chorus", "--json"]).json();
    assert_eq!(there["total"], 1, "a name that comes in a file is looked for, too");
    other.done(&["actors", "undo", "2"]);
    other.done(&["actors", "undo", "1"]);
    assert_eq!(listed(&other), before, "what was taken back leaves nothing behind");
    let taken = desk.run(&["actors", "add", "Zeta Chorus", "--kind", "organisation", "--yes"]);
    assert!(taken.code == Some(2) && taken.err.contains("actors alias"), "{}", taken.err);
}

#[test]
fn decisions_go_into_a_file_and_from_it_into_another_archive() {
    let (here, there) = (desk(), desk());
    here.done(&["actors", "rename", "iran", "Persia"]);
    here.done(&["sources", "merge", "Harbour Wire (Online)", "Harbour Wire"]);
    let file = here.done(&["actors", "export"]).out;
    let path = there.write("decisions.toml", &file);
    let import = ["actors", "import", path.to_str().unwrap()];
    assert!(there.done(&import).out.contains("2 decisions taken in"), "{file}");
    assert!(there.done(&import).out.contains("2 known already"), "twice is once");
    let server = there.serve(&[]);
    assert!(has(&rows(&server, "source"), "Harbour Wire 3"), "three spellings are one row");
    let answer = server.json("/api/v1/search?actor=iran");
    let iran: Vec<&Value> =
        answer["facets"]["actor"].as_array().unwrap().iter().filter(|c| c["value"] == "iran").collect();
    assert_eq!(iran[0]["label"], "Persia");

    let broken =
        there.write("broken.toml", "[[decision]]\nwho = \"Ada\"\nat = \"x\"\ndecide = \"baptise\"\n");
    let refused = there.run(&["actors", "import", broken.to_str().unwrap()]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("decision 1") && refused.err.contains("baptise"), "{}", refused.err);
}

#[test]
fn who_is_not_there_is_refused_with_who_may_be_meant() {
    let desk = desk();
    let refused = desk.run(&["actors", "show", "Mona Ansarii"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.err.contains("~mona-hojat-ansari"), "{}", refused.err);
    let kind = desk.run(&["actors", "add", "X", "--kind", "ghost"]);
    assert!(kind.code == Some(2) && kind.err.contains("armed-group"), "{}", kind.err);
    let itself = desk.run(&["actors", "merge", "iran", "Iran", "--yes"]);
    assert!(itself.code == Some(1) && itself.err.contains("one actor already"), "{}", itself.err);
}

#[test]
fn an_archive_keeps_its_list_until_somebody_who_saw_what_changes_upgrades_it() {
    let desk = Desk::new();
    let older = "[state]\npersia | Persia | Iran\n[organisation]\nquay-wire | Harbour Wire | Zeta Chorus\n";
    let list = std::sync::Arc::new(dateline_index::registry::Registry::read(older.to_owned()).0);
    drop(dateline_index::backend::embedded::Embedded::create(&desk.archive(), list).unwrap());
    let lines = [
        r#"{"id": "a", "title": "Talks", "language": "en", "text": "Envoys of Iran met the Taliban on Monday."}"#,
        r#"{"id": "b", "title": "A choir", "language": "en", "text": "The Zeta Chorus sang in Iran."}"#,
    ];
    desk.write("news/all.jsonl", lines.join("\n"));
    desk.ingest("news");
    let count = |actor: &str| desk.done(&["search", "--actor", actor, "--json"]).json()["total"].clone();
    assert_eq!((count("persia"), count("quay-wire"), count("iran")), (2.into(), 1.into(), 0.into()));
    assert!(desk.done(&["status"]).out.contains("dateline actors upgrade"));
    desk.done(&["actors", "rename", "quay-wire", "Wire of the Harbour"]);

    let shown = desk.done(&["actors", "upgrade"]);
    for told in
        ["2 → 0         Persia (persia)", "0 → 2         Iran (iran)", "rename", "2 articles print names"]
    {
        let told = if told == "rename" { "quay-wire is called Wire of the Harbour" } else { told };
        assert!(shown.out.contains(told), "{told}: {}", shown.out);
    }
    assert_eq!(count("persia"), 2, "a preview changes nothing");
    desk.ingest("news");
    assert_eq!(count("persia"), 2, "nor does anything else");
    let server = desk.serve(&[]);
    desk.done(&["actors", "upgrade", "--yes"]);
    assert_eq!((count("iran"), count("taliban")), (2.into(), 1.into()));
    assert_eq!(count("persia"), 2, "the address of one who is no more leads on");
    assert_eq!(server.json("/api/v1/search?actor=iran")["total"], 2, "a running server knows it at once");
    assert!(!desk.done(&["status"]).out.contains("upgrade"));
    assert!(desk.done(&["actors", "upgrade"]).out.contains("nothing would change"));
}

#[test]
fn what_may_be_one_is_offered_with_its_command_and_not_again_once_somebody_said_that_it_is_two() {
    let desk = desk();
    let offered = |args: &[&str]| desk.done(&[&["actors", "suggest"], args].concat()).out;
    let first = offered(&[]);
    assert!(
        first.contains("transliteration")
            && first.contains("dateline actors merge ~mona-hojjat-ansary ~mona-hojat-ansari"),
        "{first}"
    );
    assert!(offered(&["choir"]).contains("Nothing"), "words narrow it");
    let server = desk.serve(&[]);
    let answer = server.json("/api/v1/actors/suggestions?find=mona");
    assert_eq!(answer["suggestions"][0]["into"]["value"], "~mona-hojat-ansari");
    assert_eq!(answer["suggestions"][0]["shared"], 0);
    let sources = desk.done(&["sources", "suggest"]).out;
    assert!(sources.contains("dateline sources merge 'Harbour Wire (Online)' 'Harbour Wire'"), "{sources}");

    desk.done(&["actors", "suggest", "--not", "~mona-hojat-ansari", "Mona Hojjat Ansary"]);
    assert!(offered(&[]).contains("Nothing"));
    desk.done(&["sources", "suggest", "--not", "HARBOUR WIRE", "Harbour Wire (Online)"]);
    assert!(desk.done(&["sources", "suggest"]).out.contains("Nothing"));
    let file = desk.done(&["actors", "export"]).out;
    assert!(file.contains("decide = \"distinct\""), "{file}");
    let other = self::desk();
    let path = other.write("decisions.toml", &file);
    other.done(&["actors", "import", path.to_str().unwrap()]);
    assert!(other.done(&["actors", "suggest"]).out.contains("Nothing"), "it is known elsewhere, too");
    desk.done(&["actors", "undo", "1"]);
    assert!(offered(&[]).contains("dateline actors merge"));
    let itself = desk.run(&["actors", "suggest", "--not", "iran", "Iran"]);
    assert!(itself.code == Some(1) && itself.err.contains("one actor already"), "{}", itself.err);
}

#[test]
fn an_article_tells_why_somebody_is_in_it_and_what_people_decided_about_it() {
    let desk = desk();
    let all = desk.done(&["actors", "why", "a"]).out;
    assert!(all.contains("Mona Hojat Ansari (~mona-hojat-ansari), person"), "{all}");
    assert!(all.contains("Minister [Mona Hojat Ansari] spoke in Iran on Monday."), "{all}");
    let iran = desk.done(&["actors", "why", "a", "Iran", "--json"]).json();
    assert_eq!(iran["actors"].as_array().unwrap().len(), 1);
    let mention = &iran["actors"][0]["mentions"][0];
    assert_eq!((mention["found_by"].as_str(), mention["at"].as_u64()), (Some("registry"), Some(44)));
    let place = desk.done(&["actors", "why", "a", "Kerman"]).out;
    assert!(place.contains("Kerman (kerman), place, what the article is mainly about"), "{place}");
    desk.done(&["actors", "not-here", "a", "iran"]);
    let gone = desk.done(&["actors", "why", "a", "iran"]).out;
    assert!(gone.contains("A person decided that Iran (iran) is not in this article"), "{gone}");
    let wrong = desk.run(&["actors", "why", "nowhere"]);
    assert!(wrong.code == Some(1) && wrong.err.contains("nowhere"), "{}", wrong.err);
}

#[test]
fn a_search_is_narrowed_by_place_by_kind_and_by_what_an_article_is_about() {
    let desk = desk();
    let total =
        |arguments: &[&str]| desk.done(&[&["search", "--json"], arguments].concat()).json()["total"].clone();
    assert_eq!(total(&["--place", "kerman"]), 1);
    assert_eq!(total(&["--not", "place=kerman"]), 2);
    assert_eq!(
        (total(&["--actor", "iran"]), total(&["--actor", "iran", "--about", "main"])),
        (1.into(), 0.into())
    );
    assert_eq!(total(&["--place", "kerman", "--about", "main"]), 1, "the headline names it");
    let people = desk.done(&["search", "--json", "--actor-kind", "person", "--facet-limit", "1"]).json();
    let listed = people["facets"]["actor"].as_array().unwrap();
    assert!(listed.len() == 1 && listed[0]["kind"] == "person" && people["total"] == 3, "{listed:?}");
    assert!(people["actor_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] == "state"));
    let wrong = desk.run(&["search", "--actor-kind", "place"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("armed-group"), "{}", wrong.err);
}
