//! Bad input: each gets one message that names what is wrong, and loses nothing else.

use dateline_ingest::pipeline::Options;

use crate::pipeline_support::{Folder, Memory, gzip, ingest, line, read};

#[test]
fn broken_json_on_line_3_of_5_costs_one_record() {
    let folder = Folder::new();
    let good = |id| line(id, "fine");
    folder.write(
        "a.jsonl",
        [good(1), good(2), "{\"id\": \"r3\", \"title\" 1}\n".into(), good(4), good(5)].concat(),
    );
    let (puts, summary) = read(&folder);
    assert_eq!(
        puts,
        [
            "news/a.jsonl#r1: fine",
            "news/a.jsonl#r2: fine",
            "news/a.jsonl#line 3: failed: line 3, column 22: expected `:`",
            "news/a.jsonl#r4: fine",
            "news/a.jsonl#r5: fine",
        ]
    );
    assert_eq!((summary.tally.added, summary.tally.failed), (4, 1));
    assert_eq!(summary.reasons.keys().collect::<Vec<_>>(), ["expected `:`"]);
    assert_eq!((summary.troubles[0].record.as_str(), summary.troubles.len()), ("line 3", 1));
}

#[test]
fn files_that_are_no_news_are_told_apart_by_what_they_are() {
    let folder = Folder::new();
    folder
        .write("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        .write("b.html", b"")
        .write("c.txt", " \n\t\n")
        .write("d.jpg", b"\xff\xd8\xff\xe0")
        .write("e.css", "p { color: red }")
        .write("f.jsonl", b"\x7fELF\0\0\0")
        .write("g.json", "\n\n")
        .write("h.html.gz", b"not packed at all")
        .write("i.txt", b"a\0b")
        .write("j", "plain words")
        .write("k.php", "<!DOCTYPE html><p>a page all the same");
    let (puts, summary) = read(&folder);
    let expected = [
        "news/a.html: failed: looks like a PNG picture, not a page",
        "news/b.html: skipped: empty",
        "news/c.txt: skipped: empty",
        "news/d.jpg: skipped: a JPEG picture: not read",
        "news/e.css: skipped: a style sheet: not read",
        "news/f.jsonl: failed: looks like a program, not JSON Lines",
        "news/g.json: skipped: empty",
        "news/h.html.gz: failed: its gzip data is damaged: ",
        "news/i.txt: failed: looks like binary data, not a text",
        "news/j: skipped: an unknown kind of file: its name has no ending that tells",
        "news/k.php: <!DOCTYPE html><p>a page all the same",
    ];
    assert_eq!(puts.len(), expected.len());
    for (put, expected) in puts.iter().zip(expected) {
        assert!(put.starts_with(expected), "{put}\n{expected}");
    }
    assert_eq!((summary.tally.files, summary.tally.seen), (11, 11));
}

#[test]
fn packed_files_are_read_and_a_cut_one_keeps_what_came_before_the_cut() {
    let folder = Folder::new();
    // Words that do not pack well, so that the cut lies far behind the first records.
    let noise =
        |id: usize| format!("{:x}", (id as u128 + 7).wrapping_pow(23).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let content: String = (0..2_000).map(|id| line(id, &noise(id))).collect();
    let packed = gzip(content.as_bytes());
    folder
        .write("a.jsonl.gz", &packed)
        .write("b.jsonl.gz", &packed[..packed.len() / 2])
        .write("c.jsonl.zst", zstd::encode_all(content.as_bytes(), 1).unwrap())
        .write("d.html.gz", gzip(b"<p>page"))
        .write("e.html.gz", &gzip(b"<p>page")[..12]);
    let (puts, summary) = read(&folder);
    let of = |file: &str| puts.iter().filter(|put| put.contains(file)).cloned().collect::<Vec<_>>();
    assert_eq!((of("/a.").len(), of("/c.").len()), (2_000, 2_000));
    assert_eq!(of("/d."), ["news/d.html.gz: <p>page"]);
    assert_eq!(of("/e."), ["news/e.html.gz: failed: the file ends in the middle of its gzip data"]);
    let cut = of("/b.");
    assert!(cut.len() > 100 && cut.len() < 2_000, "{}", cut.len());
    let reason = format!(
        "the file ends in the middle of its gzip data; the {} records before it were kept",
        cut.len() - 1
    );
    assert_eq!(cut.last().unwrap(), &format!("news/b.jsonl.gz#the rest: failed: {reason}"));
    assert_eq!(summary.tally.failed, 2);
}

#[test]
fn a_file_that_unpacks_without_end_is_given_up() {
    let folder = Folder::new();
    folder.write("page.html.gz", gzip(&vec![b' '; 80 << 20])).write("z.txt", "fine");
    let many = line(1, "fine") + &"\n".repeat(80 << 20);
    folder.write("lines.jsonl.zst", zstd::encode_all(many.as_bytes(), 1).unwrap());
    let (puts, _) = read(&folder);
    assert!(
        puts.iter().any(|put| put == "news/page.html.gz: failed: larger than 64 MB"),
        "{:?}",
        puts.last()
    );
    let bomb = puts.iter().find(|put| put.contains("#the rest: failed")).unwrap();
    assert!(bomb.contains("unpacks to more than 300 times its size"), "{bomb}");
    assert_eq!(puts.last().unwrap(), "news/z.txt: fine");
}

#[test]
fn a_panic_costs_one_record_and_says_whose_fault_it_is() {
    let folder = Folder::new();
    folder
        .write("a.jsonl", [line(1, "fine"), line(2, "PANIC"), line(3, "fine")].concat())
        .write("b.txt", "PANIC");
    let (puts, _) = read(&folder);
    let reason = "dateline stumbled over it, which is a fault of dateline (a test's panic)";
    assert_eq!(
        puts,
        [
            "news/a.jsonl#r1: fine".to_owned(),
            format!("news/a.jsonl#r2: failed: {reason}"),
            "news/a.jsonl#r3: fine".to_owned(),
            format!("news/b.txt: failed: {reason}"),
        ]
    );
}

#[test]
fn a_record_that_takes_too_long_is_given_up_and_the_rest_of_its_file_is_read() {
    let folder = Folder::new();
    folder.write("a.jsonl", [line(1, "fine"), line(2, "HANG"), line(3, "fine"), line(4, "HANG")].concat());
    folder.write("b.txt", "HANG").write("c.txt", "fine");
    let mut memory = Memory::default();
    let patience = std::time::Duration::from_millis(300);
    let options = Options { threads: 1, patience, ..Options::default() };
    let (summary, _) = ingest(&mut memory, &[folder.root()], &options);
    assert_eq!(
        memory.puts(),
        [
            "news/a.jsonl#r1: fine",
            "news/a.jsonl#line 2: failed: took longer than 0.3 s",
            "news/a.jsonl#r3: fine",
            "news/a.jsonl#line 4: failed: took longer than 0.3 s",
            "news/b.txt: failed: took longer than 0.3 s",
            "news/c.txt: fine",
        ]
    );
    assert_eq!((summary.tally.seen, summary.tally.failed), (6, 3));
}

#[test]
fn missing_paths_are_failures_and_the_summary_knows_if_nothing_else_was_there() {
    let folder = Folder::new();
    folder.write("a.txt", "fine");
    let missing = folder.root().join("nope");
    let mut memory = Memory::default();
    let (summary, _) = ingest(&mut memory, &[missing.clone(), folder.root()], &Options::default());
    assert_eq!(memory.puts(), ["news/a.txt: fine"], "a mistyped path is no record");
    assert!(summary.troubles[0].file.ends_with("/news/nope"));
    assert!(!summary.read_nothing());
    assert_eq!((summary.tally.files, summary.tally.failed), (1, 1));

    let (summary, _) = ingest(&mut memory, &[missing.clone(), missing], &Options::default());
    assert!(summary.read_nothing());
}

#[test]
fn two_records_of_one_file_with_one_id_stay_two_records() {
    let folder = Folder::new();
    folder
        .write("a.jsonl", [line(1, "one"), line(1, "two"), line(2, "x")].concat())
        .write("b.jsonl", line(1, "one"));
    let (puts, _) = read(&folder);
    let expected = [
        "news/a.jsonl#r1: one",
        "news/a.jsonl#r1 (line 2): two",
        "news/a.jsonl#r2: x",
        "news/b.jsonl#r1: one",
    ];
    assert_eq!(puts, expected);
}

#[test]
fn a_page_that_had_to_be_simplified_says_so() {
    let folder = Folder::new();
    folder.write("deep.html", "<div>".repeat(5_000) + "words").write("flat.html", "<p>words");
    let mut found = Vec::new();
    let work = crate::pipeline_support::work();
    let mut emit = |_, extracted| found.push(extracted);
    dateline_ingest::pipeline::extract_paths(&[folder.root()], &Options::default(), &work, &mut emit)
        .unwrap();
    let doubts: Vec<_> = found
        .iter()
        .map(|extracted| match extracted {
            dateline_ingest::raw::Extracted::Article { article, .. } => article.doubts.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(doubts, [1, 0]);
}
