//! What was seen: bins, reasons, paths; and archives that were made before anybody kept them.

use super::*;
use crate::article::{Doubt, DoubtKind, Origin};
use crate::doubts::DoubtsRequest;
use crate::edit::{Edit, Field, Value};
use crate::files::{Files, FilesRequest};
use crate::likeness::Likeness;
use crate::record::{Bin, Bins, Content, FileState, Identity, Intake, Outcome, Record};

/// A record of the folder `/srv/news`.
fn record(path: &str, line: &str, content: Content) -> Record {
    let origin = Origin {
        file: format!("/srv/{path}"),
        place: path.into(),
        record: line.into(),
        hash: crate::identity::digest(format!("{path} {line}").as_bytes()),
        ..Origin::default()
    };
    Record { origin, identity: Identity::Place, content }
}

fn page(title: &str) -> Content {
    let text = "one two three four five six seven eight nine ten";
    Content::Article(Box::new(Article { title: title.into(), ..article("x", text) }))
}

/// One run over records, whose files are read to their end.
fn run(archive: &Embedded, records: Vec<Record>) -> Vec<Outcome> {
    let mut intake = archive.intake("ingest").unwrap();
    let paths: std::collections::BTreeSet<_> = records.iter().map(|r| r.origin.file.clone()).collect();
    let outcomes = records.into_iter().map(|record| Intake::put(&mut intake, record).unwrap()).collect();
    for path in paths {
        intake.finish_file(&FileState { path, reading: "v1".into(), ..FileState::default() }).unwrap();
    }
    Intake::commit(&mut intake).unwrap();
    Intake::publish(&mut intake).unwrap();
    outcomes
}

fn desk() -> (tempfile::TempDir, Embedded) {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    run(
        &archive,
        vec![
            record("news/2024/storm.html", "", page("Storm")),
            record("news/2024/Front_Page.html", "", Content::NotArticle("a section front".into())),
            record("news/feed.jsonl", "line 1", page("Feed")),
            record("news/feed.jsonl", "line 2", Content::Failed("line 2, column 9: expected `,`".into())),
            record("news/feed.jsonl", "line 7", Content::Failed("line 7, column 1: expected `,`".into())),
            record("news/map.png", "", Content::Unsupported("unsupported kind of file: PNG".into())),
            record("news/empty.txt", "", Content::Skipped("empty".into())),
        ],
    );
    (folder, archive)
}

fn list(archive: &Embedded, request: FilesRequest) -> Files {
    archive.files(&request).unwrap()
}

fn paths(files: &Files) -> Vec<String> {
    files.records.iter().map(|record| record.place().replace("/srv/news/", "")).collect()
}

#[test]
fn every_record_is_in_one_bin_and_the_number_of_a_bin_is_what_one_gets_by_it() {
    let (_folder, archive) = desk();
    let all = list(&archive, FilesRequest::default());
    let expected = Bins { article: 2, not_article: 1, failed: 2, unsupported: 1, skipped: 1 };
    assert_eq!((all.bins, all.total), (expected, 7));
    assert_eq!(archive.status().unwrap().records, expected);
    for bin in Bin::ALL {
        let narrowed = list(&archive, FilesRequest { bin: Some(bin), ..FilesRequest::default() });
        assert_eq!(narrowed.total, expected.get(bin), "{bin:?}");
        assert!(narrowed.records.iter().all(|record| record.bin == bin));
        assert_eq!(narrowed.bins, expected, "the other bins are still to choose");
    }
    let (first, reason) = (&all.reasons[0], "expected `,`");
    assert_eq!(
        (first.bin, first.reason.as_str(), first.count),
        (Bin::Failed, reason, 2),
        "wherever it stands"
    );
    let by_reason = list(&archive, FilesRequest { reason: reason.into(), ..FilesRequest::default() });
    assert_eq!((by_reason.total, by_reason.bins.failed), (2, 2));
    let by_part = list(&archive, FilesRequest { reason: "SECTION".into(), ..FilesRequest::default() });
    assert_eq!(paths(&by_part), ["2024/Front_Page.html"]);
}

#[test]
fn a_record_is_found_by_a_part_of_its_path_in_any_case_and_by_nothing_else() {
    let (_folder, archive) = desk();
    let by =
        |path: &str| paths(&list(&archive, FilesRequest { path: path.into(), ..FilesRequest::default() }));
    assert_eq!(by("STORM.html"), ["2024/storm.html"]);
    assert_eq!(by("html 2024 front"), ["2024/Front_Page.html"]);
    assert_eq!(by("feed line"), ["feed.jsonl, line 1", "feed.jsonl, line 2", "feed.jsonl, line 7"]);
    assert_eq!(by("t_P"), ["2024/Front_Page.html"]);
    for nothing in ["st_rm", "%", "2024\\storm", "' OR 1=1 --"] {
        assert_eq!(by(nothing), Vec::<String>::new(), "{nothing}");
    }
    let below = |path: &str| {
        let below = Some(path.to_owned());
        list(&archive, FilesRequest { below, ..FilesRequest::default() }).total
    };
    assert_eq!((below("/srv/news"), below("/srv/news/2024/"), below("/srv/news/2024/storm.html")), (7, 2, 1));
    assert_eq!((below("/srv/new"), below("/srv/news/2"), below("/srv/news/2024/storm")), (0, 0, 0));
}

#[test]
fn a_path_and_a_reason_are_found_in_any_case_of_any_script_and_without_accents() {
    let (_folder, archive) = desk();
    let refused = "наклейка: Ошибка чтения".to_owned();
    run(
        &archive,
        vec![
            record("news/МАРТ Über.txt", "", page("March")),
            // The name as some systems keep it: each letter apart from its accent.
            record("news/re\u{301}sume\u{301}.txt", "", Content::Failed(refused)),
        ],
    );
    let by =
        |path: &str| paths(&list(&archive, FilesRequest { path: path.into(), ..FilesRequest::default() }));
    for typed in ["март", "МАРТ über", "ÜBER.TXT", "uber"] {
        assert_eq!(by(typed), ["МАРТ Über.txt"], "{typed}");
    }
    assert_eq!(by("Résumé"), ["re\u{301}sume\u{301}.txt"]);
    assert_eq!(by("апрель"), Vec::<String>::new());
    let reason = |reason: &str| {
        list(&archive, FilesRequest { reason: reason.into(), ..FilesRequest::default() }).total
    };
    assert_eq!((reason("ошибка ЧТЕНИЯ"), reason("записи")), (1, 0));
}

#[test]
fn pages_of_files_reach_each_record_once() {
    let (_folder, archive) = desk();
    let (mut reached, mut offset) = (Vec::new(), Some(0));
    while let Some(from) = offset {
        let page = list(&archive, FilesRequest { limit: 3, offset: from, ..FilesRequest::default() });
        assert_eq!(page.total, 7);
        reached.extend(paths(&page));
        offset = page.next;
    }
    assert_eq!(reached, paths(&list(&archive, FilesRequest::default())));
    let beyond = list(&archive, FilesRequest { offset: 100, ..FilesRequest::default() });
    assert_eq!((beyond.records.len(), beyond.next), (0, None));
}

#[test]
fn who_may_not_know_the_folder_is_told_places_only() {
    let (_folder, archive) = desk();
    let asked = FilesRequest { by_place: true, ..FilesRequest::default() };
    assert!(list(&archive, asked.clone()).records.iter().all(|record| record.path.starts_with("news/")));
    let missed = list(&archive, FilesRequest { path: "srv".into(), ..asked });
    assert_eq!((missed.total, missed.roots), (0, vec!["news".to_owned()]));
    let told = list(&archive, FilesRequest { path: "nowhere".into(), ..FilesRequest::default() });
    assert_eq!(told.roots, ["/srv/news"]);
}

#[test]
fn a_line_that_was_mended_is_no_failure_any_more_and_one_that_broke_keeps_its_article() {
    let (_folder, archive) = desk();
    run(
        &archive,
        vec![
            record("news/feed.jsonl", "line 1", Content::Failed("cut short".into())),
            record("news/feed.jsonl", "line 2", page("Mended")),
        ],
    );
    let files = list(&archive, FilesRequest { path: "feed".into(), ..FilesRequest::default() });
    assert_eq!(files.bins, Bins { article: 1, failed: 1, ..Bins::default() });
    let broken = &files.records[0];
    assert_eq!((broken.bin, broken.title.as_deref()), (Bin::Failed, Some("Feed")), "its article is kept");
}

#[test]
fn a_page_that_was_kept_on_demand_goes_when_nobody_demands_it_any_more() {
    let (_folder, archive) = desk();
    let kept = || record("news/2024/Front_Page.html", "", page("Front"));
    let judged = || record("news/2024/Front_Page.html", "", Content::NotArticle("a section front".into()));
    run(&archive, vec![kept()]);
    let articles = archive.status().unwrap().articles;
    run(&archive, vec![judged()]);
    assert_eq!(archive.status().unwrap().articles, articles - 1);
    assert_eq!(total(&archive, "title:front"), 0);
    run(&archive, vec![kept()]);
    assert_eq!(archive.status().unwrap().articles, articles, "and it comes back");
    // An error page that was saved over an article takes nothing away.
    let mut other = judged();
    other.origin.hash = "other bytes".into();
    run(&archive, vec![other]);
    assert_eq!(archive.status().unwrap().articles, articles);
    well(&archive);
}

#[test]
fn a_correction_keeps_a_page_that_is_no_article_and_one_that_was_undone_does_not() {
    let (_folder, archive) = desk();
    let kept = || record("news/2024/Front_Page.html", "", page("Front"));
    let judged = || record("news/2024/Front_Page.html", "", Content::NotArticle("a section front".into()));
    run(&archive, vec![kept()]);
    let files = list(&archive, FilesRequest { path: "front".into(), ..FilesRequest::default() });
    let id = files.records[0].article.clone().unwrap();
    let say = |field: Field, value: Option<&str>| {
        let value = value.map(|value| Value::Text(value.into()));
        let edit = Edit { article: id.clone(), field, value, who: "Ada".into(), at: crate::edit::now() };
        archive.edit(&[edit]).unwrap();
    };
    say(Field::Title, Some("Mine"));
    say(Field::Section, Some("World"));
    say(Field::Section, None);
    run(&archive, vec![judged()]);
    assert_eq!(total(&archive, "title:mine"), 1, "one of two corrections stands");
    run(&archive, vec![kept()]);
    say(Field::Title, None);
    run(&archive, vec![judged()]);
    assert_eq!(total(&archive, "title:front"), 0, "none stands any more");
    well(&archive);
}

#[test]
fn equal_bytes_equal_texts_and_near_texts_are_told_apart_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    let text = (0..60).map(|n| format!("{} ", "talk".repeat(1 + n))).collect::<String>();
    let saved = |name: &str, hash: &str, text: &str| {
        let mut record = record(name, "", Content::Article(Box::new(article("x", text))));
        record.origin.hash = hash.into();
        record.origin.file = folder.path().join(name).display().to_string();
        std::fs::write(&record.origin.file, "it stands").unwrap();
        record
    };
    run(
        &archive,
        vec![
            saved("a.html", "1", &text),
            saved("b.html", "1", &text),
            saved("c.txt", "2", &text),
            saved("d.txt", "3", &format!("{text} one more word")),
            saved("e.txt", "4", "something else altogether"),
        ],
    );
    assert_eq!(archive.status().unwrap().copied, 4);
    let hits = archive.search(&Query::All, &SearchRequest::default()).unwrap().hits;
    let why = |hit: &crate::search::Hit| hit.copies.iter().map(|copy| copy.why).collect::<Vec<_>>();
    assert_eq!(why(&hits[0]), [Likeness::Bytes, Likeness::Text, Likeness::Near]);
    assert_eq!(why(&hits[3]), [Likeness::Near; 3]);
    assert_eq!(why(&hits[4]), []);
    // A copy that another one of equal bytes has is no copy any more when it is gone.
    let mut writer = archive.writer().unwrap();
    for hit in &hits[1..4] {
        assert!(writer.delete(&hit.id).unwrap());
    }
    writer.commit().unwrap();
    assert_eq!(archive.status().unwrap().copied, 0);
}

/// An archive of the first version knows neither fingerprints nor doubts by kind.
#[test]
fn an_older_archive_finds_its_copies_and_counts_its_doubts_once_it_is_opened_to_write() {
    let folder = tempfile::tempdir().unwrap();
    let text = (0..60).map(|n| format!("{} ", "talk".repeat(1 + n))).collect::<String>();
    let unsure = |id: &str| Article {
        doubts: vec![Doubt {
            kind: DoubtKind::TextShort,
            field: "text".into(),
            reason: "it ends early".into(),
        }],
        ..article(id, &text)
    };
    publish(&create(folder.path()), [unsure("a"), unsure("b"), article("c", "other")]);
    let database = Connection::open(folder.path().join("archive.db")).unwrap();
    database
        .execute_batch(
            "DROP TABLE lists; DROP TABLE decisions; DROP TABLE edits; DROP TABLE extracted; DROP TABLE current_doubts; DROP TABLE fingerprints;
             DROP TABLE likeness_keys; DROP TABLE same; DROP INDEX records_by_bin;
             ALTER TABLE records DROP COLUMN bin; ALTER TABLE revisions DROP COLUMN found;
             DELETE FROM archive WHERE key = 'likeness'; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(database);
    let (archive, told) = Embedded::create(folder.path(), registry()).unwrap();
    assert!(told.is_some());
    let status = archive.status().unwrap();
    assert_eq!((status.copied, status.doubtful), (2, 2));
    assert_eq!(archive.doubts(&DoubtsRequest::default()).unwrap().kinds[0].kind, DoubtKind::TextShort);
    let stored = archive.article(&ArticleId::new("a").unwrap()).unwrap().unwrap();
    assert_eq!(stored.copies[0].id.as_str(), "b");
}

#[test]
fn a_catch_up_on_copies_that_was_stopped_goes_on_where_it_was_and_misses_nothing_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let archive = create(folder.path());
    let text = (0..60).map(|n| format!("{} ", "talk".repeat(1 + n))).collect::<String>();
    publish(&archive, ["a", "b", "c", "d"].map(|id| article(id, &text)));
    let database = Connection::open(folder.path().join("archive.db")).unwrap();
    database.execute("UPDATE archive SET value = 'older' WHERE key = 'likeness'", []).unwrap();
    let made =
        || -> i64 { database.query_row("SELECT count(*) FROM fingerprints", [], |row| row.get(0)).unwrap() };
    let step = || {
        let transaction = database.unchecked_transaction().unwrap();
        let is_made = copies::catch_up_with(&transaction, 2).unwrap();
        transaction.commit().unwrap();
        is_made
    };
    assert!(!step());
    assert_eq!((made(), archive.status().unwrap().copied), (2, 2), "the first two");
    publish(&archive, [article("e", &text)]);
    assert!(!step());
    assert_eq!(made(), 5, "the next two, beside the new one");
    drop(archive);
    let (archive, _) = Embedded::create(folder.path(), registry()).unwrap();
    assert_eq!((made(), archive.status().unwrap().copied), (5, 5));
    assert!(step(), "nothing is left");
}
