//! Bad input gets one clear message that names the thing and what to do, a sensible exit code, and
//! loses nothing else.

use std::net::TcpListener;

use crate::support::{Desk, Said};

/// The message names the thing, says what to do, and is no backtrace.
fn clear(said: &Said, code: i32, names: &[&str]) {
    assert_eq!(said.code, Some(code), "{said:?}");
    for name in names {
        assert!(said.err.contains(name) || said.out.contains(name), "{name:?} is not named: {said:?}");
    }
    assert!(!said.err.contains("panicked") && said.err.lines().count() <= 6, "{}", said.err);
}

#[test]
fn a_missing_path_is_named_and_the_others_are_read() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 3);
    let (good, missing) = (desk.path("a.jsonl"), desk.path("nowhere"));
    let said = desk.run(&["ingest", good.to_str().unwrap(), missing.to_str().unwrap()]);
    clear(&said, 0, &["nowhere"]);
    assert_eq!(desk.search("")["total"], 3);
    let said = desk.run(&["ingest", missing.to_str().unwrap()]);
    clear(&said, 2, &["nowhere"]);
    clear(&desk.run(&["ingest", missing.to_str().unwrap(), "--dry-run"]), 2, &["nowhere"]);
    let files = desk.done(&["files", "nowhere"]).out;
    assert!(files.contains("Not seen"), "a mistyped path is no record: {files}");
    let said = desk.run(&["ingest", good.to_str().unwrap(), missing.to_str().unwrap(), "--strict"]);
    clear(&said, 1, &["nowhere"]);
}

#[test]
fn empty_and_binary_and_broken_files_cost_only_themselves() {
    let desk = Desk::new();
    desk.write("news/empty.html", "");
    desk.write("news/picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0");
    let line = |n| {
        format!(
            r#"{{"id": "l{n}", "title": "Line {n}", "body": "The delegates met in Geneva for round {n}."}}"#
        )
    };
    desk.write(
        "news/broken.jsonl",
        [line(1), line(2), r#"{"id": "l3", "title": "#.into(), line(4), line(5)].join("\n"),
    );
    let said = desk.done(&["ingest", desk.path("news").to_str().unwrap(), "--json"]);
    let summary = said.json();
    assert_eq!(
        (summary["added"].clone(), summary["failed"].clone(), summary["skipped"].clone()),
        (4.into(), 2.into(), 1.into())
    );
    clear(&said, 0, &["broken.jsonl", "line 3", "picture.html", "PNG"]);
    assert_eq!(desk.search("delegates")["total"], 4);
    let status = desk.done(&["status", "--json"]).json();
    assert_eq!(status["records"]["failed"], 2);
    // Mended, the failed ones are read at the next run: the file is not taken for known.
    desk.write("news/broken.jsonl", (1..=5).map(line).collect::<Vec<_>>().join("\n"));
    assert_eq!(desk.ingest("news")["added"], 1);
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write_articles("news/a.jsonl", 2);
    desk.write_articles("news/closed/b.jsonl", 2);
    let closed = desk.path("news/closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let readable_anyway = std::fs::read_dir(&closed).is_ok();
    let said = desk.run(&["ingest", desk.path("news").to_str().unwrap()]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(said.code, Some(0), "{said:?}");
    // The superuser reads everything: then there is nothing to complain of.
    if readable_anyway {
        assert_eq!(desk.search("")["total"], 4);
    } else {
        clear(&said, 0, &["closed", "ermission"]);
        assert_eq!(desk.search("")["total"], 2);
    }
}

#[test]
fn an_archive_that_is_a_file_or_not_there_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let nothing = desk.run(&["search", "x"]);
    clear(&nothing, 1, &["archive", "dateline ingest"]);
    assert!(!desk.archive().exists(), "asking makes no archive");
    for command in ["reindex", "verify", "status"] {
        clear(&desk.run(&[command]), 1, &["dateline ingest"]);
    }
    desk.write("archive", "a letter");
    desk.write_articles("a.jsonl", 1);
    let path = desk.path("a.jsonl");
    for arguments in
        [vec!["ingest", path.to_str().unwrap()], vec!["search", "x"], vec!["reindex"], vec!["serve"]]
    {
        clear(&desk.run(&arguments), 1, &["archive", "is a file", "--archive"]);
    }
    assert_eq!(std::fs::read(desk.archive()).unwrap(), b"a letter");
}

#[test]
fn a_port_in_use_is_named_with_a_way_out() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 1);
    desk.ingest("a.jsonl");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = desk.run(&["serve", "--listen", &address]);
    clear(&said, 1, &[&address, "--listen"]);
}

#[test]
fn an_archive_of_a_newer_version_is_refused_and_left_alone() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 1);
    desk.ingest("a.jsonl");
    // The version stands in the header of every SQLite file: bytes 60 to 63, big-endian.
    let path = desk.path("archive/archive.db");
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    std::fs::write(&path, &bytes).unwrap();
    let more = desk.path("a.jsonl");
    for arguments in
        [vec!["ingest", more.to_str().unwrap()], vec!["search", "x"], vec!["verify"], vec!["reindex"]]
    {
        clear(&desk.run(&arguments), 1, &["archive.db", "newer version", "update dateline"]);
    }
}

#[test]
fn a_second_ingest_is_told_of_the_first() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 2);
    desk.ingest("a.jsonl");
    let lock = std::fs::File::options().write(true).open(desk.path("archive/ingest.lock")).unwrap();
    lock.lock().unwrap();
    let said = desk.run(&["ingest", desk.path("a.jsonl").to_str().unwrap()]);
    clear(&said, 1, &["archive", "writing", "wait"]);
    assert_eq!(desk.search("")["total"], 2, "searches go on");
    drop(lock);
    desk.ingest("a.jsonl");
}

#[test]
fn wrong_usage_exits_with_2_and_names_the_flag() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 1);
    desk.ingest("a.jsonl");
    for (arguments, names) in [
        (vec!["search", "--from", "yesterday"], "--from"),
        (vec!["search", "--not", "colour=red"], "actor"),
        (vec!["search", "--mode", "actor=some"], "any or all"),
        (vec!["search", "--limit", "many"], "--limit"),
        (vec!["serve", "--base-path", "a b"], "--base-path"),
        (vec!["ingest"], "PATH"),
        (vec!["ingest", "x", "--map", "headline"], "--map"),
        (vec!["nonsense"], "nonsense"),
    ] {
        let said = desk.run(&arguments);
        assert_eq!(said.code, Some(2), "{arguments:?} {said:?}");
        assert!(said.err.contains(names), "{arguments:?} {said:?}");
    }
    let cursor = desk.run(&["search", "--cursor", "nonsense"]);
    clear(&cursor, 1, &["nonsense", "first page"]);
}

#[test]
fn a_query_of_any_shape_has_an_answer() {
    let desk = Desk::new();
    desk.write_articles("a.jsonl", 3);
    desk.ingest("a.jsonl");
    let server = desk.serve(&[]);
    let long = "geneva ".repeat(7_000);
    let deep = "(".repeat(20_000);
    for query in [
        "\"",
        "((",
        "-",
        "OR OR",
        "title:",
        "*",
        "a:b:c://d?e=f&g",
        "\u{202e}💥",
        long.as_str(),
        deep.as_str(),
    ] {
        let (status, body) =
            server.get(&format!("/api/v1/search?q={}", crate::support::encoded(query).replace("%20", "+")));
        assert_eq!(status, 200, "{:.60}: {:.300}", query, body);
    }
    let found = desk.run(&["search", "--", "-geneva"]);
    assert_eq!(found.code, Some(0), "{found:?}");
}
