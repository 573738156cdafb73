//! The pipeline: order, memory, pace, interruption, and what is left alone the second time.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use dateline_index::record::{Bins, Tally};
use dateline_index::wishes::{Asked, Wishes};
use dateline_ingest::pipeline::{self, Event, Options, Pace};
use dateline_ingest::raw::{Extracted, RawBody};
use proptest::prelude::*;

use crate::pipeline_support::{Call, Folder, Memory, ingest, line, work};

fn options(threads: usize) -> Options {
    Options { threads, ..Options::default() }
}

/// A pace that only numbers set, not the clock.
fn unhurried() -> Pace {
    let never = Duration::from_secs(3_600);
    Pace { commit_every: never, publish_every: never, ..Pace::default() }
}

#[test]
fn the_order_does_not_depend_on_the_number_of_threads() {
    let folder = Folder::new();
    for file in 0..40 {
        let lines: String = (0..file * 7).map(|id| line(id, &format!("{file} {id}"))).collect();
        folder.write(&format!("{}/lines{file}.jsonl", file % 3), lines);
        folder.write(&format!("{}/page{file}.html", file % 4), format!("<p>{file}"));
    }
    let run = |threads| {
        let mut memory = Memory::default();
        // A small budget makes threads wait for each other in many ways.
        let options = Options { budget: 64 << 10, pace: unhurried(), ..options(threads) };
        ingest(&mut memory, &[folder.root()], &options);
        memory.calls
    };
    let alone = run(1);
    assert_eq!(
        alone.len(),
        7 * 40 * 39 / 2 + 1 + 40 + 80 + 4,
        "all records, an end of each file, three commits, one publishing"
    );
    assert_eq!(run(4), alone);
    assert_eq!(run(13), alone);
}

#[test]
fn what_is_in_flight_stays_within_the_budget_however_much_there_is() {
    let most = |records: usize| {
        let folder = Folder::new();
        let lines: String = (0..records).map(|id| line(id, &"word ".repeat(200))).collect();
        folder.write("a.jsonl", lines);
        let options = Options { budget: 256 << 10, ..options(3) };
        let (summary, _) = ingest(&mut Memory::default(), &[folder.root()], &options);
        assert_eq!(summary.tally.added, records as u64);
        summary.most_in_flight
    };
    let (few, many) = (most(500), most(5_000));
    assert!(few > 100 << 10, "{few}: the budget is used");
    assert!(many <= 256 << 10, "{many}");
}

#[test]
fn a_record_larger_than_the_budget_is_read_all_the_same() {
    let folder = Folder::new();
    folder.write("a.jsonl", [line(1, "x"), line(2, &"long ".repeat(100_000)), line(3, "y")].concat());
    folder.write("b.txt", "long ".repeat(100_000)).write("c.txt", "z");
    let options = Options { budget: 16 << 10, ..options(2) };
    let (summary, _) = ingest(&mut Memory::default(), &[folder.root()], &options);
    assert_eq!(summary.tally.added, 5);
}

#[test]
fn files_that_have_not_changed_are_left_alone_and_counted() {
    let folder = Folder::new();
    folder
        .write("a.jsonl", [line(1, "one"), line(2, "SKIP"), line(3, "three")].concat())
        .write("b.txt", "text")
        .write("c.jsonl", [line(4, "four"), line(5, "FAIL")].concat())
        .write("d.css", "p {}");
    let mut memory = Memory::default();
    let (first, _) = ingest(&mut memory, &[folder.root()], &options(2));
    assert_eq!(
        first.tally,
        Tally {
            files: 4,
            seen: 7,
            added: 4,
            updated: 0,
            unchanged: 0,
            skipped: 2,
            removed: 0,
            failed: 1,
            bins: Bins { article: 4, failed: 1, unsupported: 1, skipped: 1, ..Bins::default() }
        }
    );
    assert_eq!(first.articles, 4);
    memory.puts();

    let (second, events) = ingest(&mut memory, &[folder.root()], &options(2));
    let failed_again = ["news/c.jsonl#r4: four", "news/c.jsonl#r5: failed: line 1, column 2: broken"];
    assert_eq!(memory.puts(), failed_again, "a file with failures is read again, no other");
    assert_eq!(second.tally, Tally { added: 0, unchanged: 4, ..first.tally });
    assert_eq!(second.reasons, first.reasons, "what is counted has its reason, read again or not");
    assert!(events.contains(&Event::Acknowledged { records: 7, articles: 4 }), "{events:?}");

    folder.write("b.txt", "other text");
    let (third, _) = ingest(&mut memory, &[folder.root()], &options(2));
    assert_eq!((third.tally.updated, third.tally.unchanged), (1, 3));
    memory.puts();

    let remapped = Options { asked: mapped("body=lead"), ..options(2) };
    ingest(&mut memory, &[folder.root()], &remapped);
    assert_eq!(memory.puts().len(), 7, "files are read again when they are read otherwise");
    let (plain, _) = ingest(&mut memory, &[folder.root()], &options(2));
    assert_eq!(memory.puts(), failed_again, "what was asked for once stands");
    assert_eq!(plain.tally, second.tally);
    let unmapped = Options { asked: mapped(""), ..options(2) };
    ingest(&mut memory, &[folder.root()], &unmapped);
    assert_eq!(memory.puts().len(), 7, "until something else is asked for");
}

fn mapped(mapping: &str) -> Asked {
    Asked { mapping: Some(mapping.into()), ..Asked::default() }
}

#[test]
fn a_path_that_is_not_there_counts_in_its_run_and_is_no_record() {
    let folder = Folder::new();
    folder.write("a.txt", "text");
    let mut memory = Memory::default();
    let nowhere = folder.root().join("nowhere");
    let (summary, _) = ingest(&mut memory, &[nowhere.clone(), folder.root()], &options(2));
    assert_eq!((summary.tally.failed, summary.tally.bins.failed, summary.tally.seen), (1, 1, 2));
    assert!(summary.troubles[0].file.ends_with("nowhere") && !summary.read_nothing(), "{summary:?}");
    assert_eq!(memory.puts(), ["news/a.txt: text"]);
    assert!(ingest(&mut memory, &[nowhere], &options(2)).0.read_nothing());
}

#[test]
fn commits_and_publishing_keep_their_pace() {
    let folder = Folder::new();
    let lines: String = (0..95).map(|id| line(id, if id % 10 == 0 { "SKIP" } else { "x" })).collect();
    folder.write("a.jsonl", lines);
    let mut memory = Memory::default();
    let pace = Pace { commit_records: 10, publish_articles: 40, ..unhurried() };
    let (_, events) = ingest(&mut memory, &[folder.root()], &Options { pace, ..options(2) });
    let told: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Acknowledged { records, .. } => Some(format!("{records}")),
            Event::Published => Some("published".into()),
            _ => None,
        })
        .collect();
    let expected = ["10", "20", "30", "40", "50", "published", "60", "70", "80", "90", "95", "published"];
    assert_eq!(told, expected);
    let end: Vec<_> = memory.calls.iter().rev().take(3).rev().collect();
    assert_eq!(end, [&Call::FinishFile("a.jsonl".into()), &Call::Commit, &Call::Publish]);
}

#[test]
fn time_alone_is_a_reason_to_commit_and_to_publish() {
    let folder = Folder::new();
    folder.write("a.jsonl", (0..5).map(|id| line(id, "x")).collect::<String>());
    let mut memory = Memory::default();
    let pace = Pace { commit_every: Duration::ZERO, publish_every: Duration::ZERO, ..Pace::default() };
    ingest(&mut memory, &[folder.root()], &Options { pace, ..options(1) });
    let commits = memory.calls.iter().filter(|call| **call == Call::Commit).count();
    let publishes = memory.calls.iter().filter(|call| **call == Call::Publish).count();
    assert_eq!((commits, publishes), (6, 6));
}

#[test]
fn a_run_that_is_stopped_hands_over_a_beginning_and_does_not_finish_the_file() {
    let folder = Folder::new();
    folder.write("a.txt", "first").write("b.jsonl", (0..5_000).map(|id| line(id, "x")).collect::<String>());
    let stop = Arc::new(AtomicBool::new(false));
    let (seen, trigger, inner) = (AtomicUsize::new(0), stop.clone(), work());
    let stopping: pipeline::Work = Arc::new(move |raw, wishes| {
        if seen.fetch_add(1, Ordering::Relaxed) == 100 {
            trigger.store(true, Ordering::Relaxed);
        }
        inner(raw, wishes)
    });
    let mut memory = Memory::default();
    let options = Options { stop, budget: 64 << 10, ..options(3) };
    let summary = pipeline::ingest(&[folder.root()], &options, &stopping, &mut memory, &mut |_| {}).unwrap();
    assert!(summary.interrupted);
    let ends: Vec<_> =
        memory.calls.iter().filter(|call| matches!(call, Call::FinishFile(_))).cloned().collect();
    assert_eq!(ends, [Call::FinishFile("a.txt".into())]);
    assert_eq!(memory.calls.last(), Some(&Call::Publish), "what was read is safe and can be found");
    let puts = memory.puts();
    assert!(puts.len() > 100 && puts.len() < 4_000, "{}", puts.len());
    let expected: Vec<_> = (0..puts.len() - 1).map(|id| format!("news/b.jsonl#r{id}: x")).collect();
    assert_eq!(puts[1..], expected, "no record is missing before the last");

    let (summary, _) = ingest(&mut memory, &[folder.root()], &Options::default());
    assert_eq!(summary.tally.seen, 5_001, "the next run reads the rest");
    assert_eq!(memory.articles.len(), 5_001);
}

#[test]
fn a_limit_stops_after_so_many_records() {
    let folder = Folder::new();
    folder.write("a.jsonl", (0..500).map(|id| line(id, "x")).collect::<String>()).write("b.txt", "y");
    let mut records = Vec::new();
    let options = Options { limit: Some(20), ..options(4) };
    let mut emit = |origin: dateline_index::article::Origin, _: Extracted| records.push(origin.record);
    let summary = pipeline::extract_paths(&[folder.root()], &options, &work(), &mut emit).unwrap();
    assert_eq!(records, (0..20).map(|id| format!("r{id}")).collect::<Vec<_>>());
    assert_eq!((summary.tally.seen, summary.interrupted), (20, false));
}

#[test]
fn a_record_knows_where_it_came_from() {
    let folder = Folder::new();
    let url = "{\"url\": \"https://paper.test/a\", \"title\": \"x\"}";
    folder.write("sub/a.jsonl", format!("{}{url}\n{{}}\n", line(1, "é"))).write("b.html", "<p>b");
    let mut origins = Vec::new();
    let mut emit = |origin, _: Extracted| origins.push(origin);
    pipeline::extract_paths(&[folder.root()], &options(2), &work(), &mut emit).unwrap();
    let file = folder.root().canonicalize().unwrap().join("sub/a.jsonl").to_string_lossy().into_owned();
    let [page, first, second, third] = &origins[..] else { panic!("{origins:?}") };
    assert_eq!(
        (page.place.as_str(), page.record.as_str(), page.offset, page.size),
        ("news/b.html", "", None, 4)
    );
    assert_eq!(page.hash, dateline_index::identity::digest(b"<p>b"));
    assert_eq!((&first.file, first.offset), (&file, Some(0)));
    let offset = line(1, "é").len() as u64;
    assert_eq!((second.record.as_str(), second.offset), ("https://paper.test/a", Some(offset)));
    assert_eq!(second.hash, dateline_index::identity::digest(url.as_bytes()));
    assert_eq!(second.url.as_deref(), Some("https://paper.test/a"));
    assert_eq!(third.record, "line 3");
    assert!(page.modified > 1_600_000_000);
}

#[test]
fn extraction_sees_text_and_the_names_of_fields_it_knows() {
    let folder = Folder::new();
    folder
        .write("a.jsonl", "\u{feff}{\"headline\": \"T\"}\r\n")
        .write("b.txt", b"\xef\xbb\xbfone\r\ntwo")
        .write("c.html", b"<meta charset=windows-1252><p>\x93caf\xe9\x94");
    let seen = Arc::new(std::sync::Mutex::new(Vec::new()));
    let kept = seen.clone();
    let look: pipeline::Work = Arc::new(move |raw, _| {
        kept.lock().unwrap().push(raw.body);
        Extracted::Skipped("seen".into())
    });
    let options = Options { asked: mapped("title=headline"), ..options(1) };
    pipeline::extract_paths(&[folder.root()], &options, &look, &mut |_, _| {}).unwrap();
    let fields = serde_json::json!({"title": "T"}).as_object().unwrap().clone();
    let page = "<meta charset=windows-1252><p>“café”".to_owned();
    let expected = [RawBody::Fields(fields), RawBody::Text("one\ntwo".into()), RawBody::Html(page)];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn progress_reaches_the_total() {
    let folder = Folder::new();
    folder.write("a.jsonl", (0..3_000).map(|id| line(id, "x")).collect::<String>()).write("b.txt", "yy");
    let mut memory = Memory::default();
    let (_, events) = ingest(&mut memory, &[folder.root()], &options(2));
    let total: u64 =
        ["a.jsonl", "b.txt"].iter().map(|name| folder.root().join(name).metadata().unwrap().len()).sum();
    let last = events.iter().rev().find_map(|event| match event {
        Event::Progress(progress) => Some(progress.clone()),
        _ => None,
    });
    let last = last.unwrap();
    assert_eq!((last.bytes_done, last.files, last.seen), (total, 2, 3_001));
}

#[test]
fn an_archive_that_fails_ends_the_run_with_its_reason() {
    struct Full;
    impl dateline_index::record::Intake for Full {
        fn wishes(
            &mut self,
            _: &dateline_index::record::FileState,
        ) -> dateline_index::backend::Result<Wishes> {
            Ok(Wishes::default())
        }
        fn begin_file(
            &mut self,
            _: &dateline_index::record::FileState,
        ) -> dateline_index::backend::Result<()> {
            Ok(())
        }
        fn known(
            &mut self,
            _: &dateline_index::record::FileState,
        ) -> dateline_index::backend::Result<Option<dateline_index::record::KnownFile>> {
            Ok(None)
        }
        fn put(
            &mut self,
            _: dateline_index::record::Record,
        ) -> dateline_index::backend::Result<dateline_index::record::Outcome> {
            let path = PathBuf::from("archive.db");
            Err(dateline_index::backend::Error::Database { path, reason: "the disk is full".into() })
        }
        fn finish_file(
            &mut self,
            _: &dateline_index::record::FileState,
        ) -> dateline_index::backend::Result<()> {
            Ok(())
        }
        fn commit(&mut self) -> dateline_index::backend::Result<dateline_index::record::Acknowledged> {
            unreachable!("nothing is committed after an error")
        }
        fn publish(&mut self) -> dateline_index::backend::Result<()> {
            unreachable!("nothing is published after an error")
        }
    }
    let folder = Folder::new();
    folder.write("a.jsonl", (0..5_000).map(|id| line(id, "x")).collect::<String>());
    let options = Options { budget: 64 << 10, ..options(2) };
    let error = pipeline::ingest(&[folder.root()], &options, &work(), &mut Full, &mut |_| {}).unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever is in a folder, every record ends in one count, and no count depends on threads.
    #[test]
    fn the_counts_add_up(files in prop::collection::vec((0..6_usize, prop::collection::vec(0..5_usize, 0..12)), 0..12)) {
        let folder = Folder::new();
        let mut expected = 0;
        for (number, (kind, records)) in files.iter().enumerate() {
            let texts = ["fine", "SKIP", "FAIL", "PANIC", "{broken"];
            let lines: String = records.iter().enumerate().map(|(id, text)| line(id, texts[*text])).collect();
            let (name, content) = match kind {
                0 => (format!("{number}.txt"), lines),
                1 => (format!("{number}.jpg"), lines),
                2 => (format!("{number}.html"), lines),
                3 => (format!("{number}.json"), format!("[{}]", lines.trim_end().replace('\n', ","))),
                _ => (format!("{number}.jsonl"), lines),
            };
            expected += if *kind < 3 { 1 } else { records.len().max(1) };
            folder.write(&name, content);
        }
        let (one, _) = ingest(&mut Memory::default(), &[folder.root()], &options(1));
        let (four, _) = ingest(&mut Memory::default(), &[folder.root()], &options(4));
        prop_assert_eq!(one.tally.seen, expected as u64);
        prop_assert_eq!(one.tally, four.tally);
        prop_assert_eq!(one.troubles, four.troubles);
        let reasons: u64 = one.reasons.values().sum();
        prop_assert_eq!(reasons, one.tally.skipped + one.tally.failed);
    }
}
