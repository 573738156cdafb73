//! Archives of files: every member is a record with its own bin, and what is wrong with one costs no other.

use std::io::Write;

use dateline_ingest::pipeline::{Event, Options};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::pipeline_support::{Folder, Memory, gzip, ingest, line, read};

fn stored() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Stored)
}

fn deflated() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)
}

/// A zip archive of these members.
fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, deflated()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A tar archive of these members.
fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        let raw = &mut header.as_gnu_mut().unwrap().name;
        raw[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn members_are_read_by_their_kind_and_each_ends_in_its_own_bin() {
    let lines = [line(1, "one"), line(2, "FAIL"), line(3, "three")].concat();
    let members: &[(&str, &[u8])] = &[
        ("a.html", b"<p>page"),
        ("b/c.txt", b"text"),
        ("b/lines.jsonl", lines.as_bytes()),
        ("d.jpg", b"\xff\xd8\xff\xe0"),
        ("e.txt", b""),
        ("f.txt.gz", &gzip(b"packed")),
        ("g.html", b"\x89PNG\r\n\x1a\n"),
        (".hidden/x.txt", b"x"),
        ("__MACOSX/._a.html", b"\0\x05\x16\x07"),
    ];
    let folder = Folder::new();
    folder.write("a.zip", zip_of(members)).write("b.tar", tar_of(members));
    folder.write("c.tgz", gzip(&tar_of(members)));
    folder.write("d.tar.zst", zstd::encode_all(&tar_of(members)[..], 1).unwrap());
    let (puts, summary) = read(&folder);
    let hidden = "skipped: hidden: it belongs to another program";
    let expected = [
        "a.html: <p>page".to_owned(),
        "b/c.txt: text".into(),
        "b/lines.jsonl#r1: one".into(),
        "b/lines.jsonl#r2: failed: line 1, column 2: broken".into(),
        "b/lines.jsonl#r3: three".into(),
        "d.jpg: skipped: a JPEG picture: not read".into(),
        "e.txt: skipped: empty".into(),
        "f.txt.gz: packed".into(),
        "g.html: failed: looks like a PNG picture, not a page".into(),
        format!(".hidden/x.txt: {hidden}"),
        format!("__MACOSX/._a.html: {hidden}"),
    ];
    for archive in ["a.zip", "b.tar", "c.tgz", "d.tar.zst"] {
        let place = format!("news/{archive}!");
        let found: Vec<_> = puts.iter().filter_map(|put| put.strip_prefix(&place)).collect();
        assert_eq!(found, expected, "{archive}");
    }
    assert_eq!((summary.tally.files, summary.tally.seen), (4, 44));
}

#[test]
fn an_archive_inside_an_archive_is_read_to_a_depth_of_three() {
    let mut nested = zip_of(&[("page.txt", b"deep")]);
    for depth in (1..=3).rev() {
        nested = zip_of(&[(&format!("{depth}.zip"), &nested), (&format!("{depth}.txt"), b"text")]);
    }
    let folder = Folder::new();
    folder.write("a.zip", nested);
    folder.write("b.zip", zip_of(&[("in/c.tar.gz", &gzip(&tar_of(&[("d.txt", b"tar in zip")])))]));
    let (puts, _) = read(&folder);
    assert_eq!(
        puts,
        [
            "news/a.zip!1.zip/2.zip/3.zip: skipped: an archive inside 3 archives: not looked into",
            "news/a.zip!1.zip/2.zip/3.txt: text",
            "news/a.zip!1.zip/2.txt: text",
            "news/a.zip!1.txt: text",
            "news/b.zip!in/c.tar.gz/d.txt: tar in zip",
        ]
    );
}

#[test]
fn an_archive_that_is_cut_off_keeps_the_members_before_the_cut() {
    let noise: Vec<u8> =
        (0..40_000_u32).flat_map(|n| (n.wrapping_mul(2_654_435_761) >> 7).to_le_bytes()).collect();
    let text: String = noise.iter().map(|byte| char::from(b'a' + byte % 26)).collect();
    let members: &[(&str, &[u8])] = &[("a.txt", b"first"), ("b.txt", text.as_bytes()), ("c.txt", b"last")];
    let (zip, tar) = (zip_of(members), tar_of(members));
    let folder = Folder::new();
    folder.write("a.zip", &zip[..zip.len() / 2]).write("b.tar", &tar[..tar.len() / 2]);
    folder.write("c.tar.gz", &gzip(&tar)[..gzip(&tar).len() / 2]).write("d.zip", b"PK\x03\x04nothing");
    folder.write("e.txt", "others go on");
    let (puts, summary) = read(&folder);
    assert_eq!(
        puts,
        [
            "news/a.zip!a.txt: first".to_owned(),
            "news/a.zip!b.txt: failed: the archive ends in the middle of it".into(),
            "news/a.zip#the rest: failed: the archive is cut off or damaged: its directory is missing; the 2 records before it were kept".into(),
            "news/b.tar!a.txt: first".into(),
            "news/b.tar!b.txt: failed: the archive ends in the middle of it".into(),
            "news/b.tar#the rest: failed: the archive ends before its end mark; the 2 records before it were kept".into(),
            "news/c.tar.gz!a.txt: first".into(),
            "news/c.tar.gz!b.txt: failed: the file ends in the middle of its gzip data".into(),
            "news/c.tar.gz#the rest: failed: the archive ends before its end mark; the 2 records before it were kept".into(),
            "news/d.zip: failed: the archive is cut off or damaged: its directory is missing".into(),
            "news/e.txt: others go on".into(),
        ]
    );
    assert_eq!(summary.tally.seen, 11);
}

#[test]
fn an_archive_that_was_written_as_a_stream_and_cut_off_keeps_its_members_too() {
    let mut writer = ZipWriter::new_stream(Vec::new());
    for name in ["a.txt", "b.txt", "c.txt"] {
        writer.start_file(name, deflated()).unwrap();
        writer.write_all(format!("text of {name}").as_bytes()).unwrap();
    }
    let zip = writer.finish().unwrap().into_inner();
    let last = zip.windows(5).position(|bytes| bytes == b"c.txt").unwrap();
    let folder = Folder::new();
    folder.write("a.zip", &zip).write("b.zip", &zip[..last + 9]);
    let (puts, _) = read(&folder);
    let members = ["a.txt: text of a.txt", "b.txt: text of b.txt", "c.txt: text of c.txt"];
    assert_eq!(puts[..3], members.map(|member| format!("news/a.zip!{member}")));
    assert_eq!(puts[3..5], [0, 1].map(|place| format!("news/b.zip!{}", members[place])));
    let rest = "news/b.zip#the rest: failed: the archive is cut off or damaged: its directory is missing; the 2 records before it were kept";
    assert_eq!(puts[5..], [rest]);
}

#[test]
fn a_damaged_member_costs_no_other() {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in [("a.txt", "first one"), ("b.txt", "to be damaged"), ("c.txt", "third one")] {
        writer.start_file(name, stored()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    let mut zip = writer.finish().unwrap().into_inner();
    let place = zip.windows(5).position(|bytes| bytes == b"to be").unwrap();
    zip[place] = b'T';
    let folder = Folder::new();
    folder.write("a.zip", zip);
    let (puts, _) = read(&folder);
    assert_eq!(puts[0], "news/a.zip!a.txt: first one");
    assert!(puts[1].starts_with("news/a.zip!b.txt: failed: damaged: "), "{}", puts[1]);
    assert_eq!(puts[2..], ["news/a.zip!c.txt: third one"]);
}

#[test]
fn names_that_lead_out_links_and_locked_members_do_no_harm_and_are_named() {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["../../up.txt", "/etc/abs.txt", "a\\b.txt", "same.txt", "dir/"] {
        match name.strip_suffix('/') {
            Some(folder) => writer.add_directory(folder, stored()).unwrap(),
            None => {
                writer.start_file(name, stored()).unwrap();
                writer.write_all(b"text").unwrap();
            }
        }
    }
    writer.add_symlink("link.txt", "/etc/passwd", stored()).unwrap();
    let mut zip = writer.finish().unwrap().into_inner();
    // The names of two members become one that is no UTF-8, and one member is said to be locked.
    let folder = Folder::new();
    folder.write("a.zip", &zip);
    let mut locked = zip_of(&[("locked.txt", b"text"), ("open.txt", b"text")]);
    let directory = locked.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    locked[6] |= 1;
    locked[directory + 8] |= 1;
    folder.write("b.zip", locked);
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(tar::EntryType::Symlink);
    header.set_size(0);
    tar.append_link(&mut header, "l.txt", "/etc/passwd").unwrap();
    folder.write("c.tar", tar.into_inner().unwrap());
    let (puts, _) = read(&folder);
    assert_eq!(
        puts,
        [
            "news/a.zip!../../up.txt: text",
            "news/a.zip!/etc/abs.txt: text",
            "news/a.zip!a/b.txt: text",
            "news/a.zip!same.txt: text",
            "news/a.zip!link.txt: skipped: a link",
            "news/b.zip!locked.txt: failed: encrypted: unpack it with its password and add the files",
            "news/b.zip!open.txt: text",
            "news/c.tar!l.txt: skipped: a link",
        ]
    );
    // Equal names, and names in an old charset ("привет" in the one of DOS).
    for place in 0..zip.len() - 8 {
        if &zip[place..place + 8] == b"same.txt" {
            zip[place..place + 8].copy_from_slice(b"\xaf\xe0\xa8\xa2.txt");
        }
    }
    let folder = Folder::new();
    folder.write("a.zip", zip);
    folder.write("b.tar", tar_of(&[("a.txt", b"old"), ("a.txt", b"new"), ("a.txt", b"newest")]));
    let (puts, summary) = read(&folder);
    assert!(puts[3].ends_with(".txt: text") && !puts[3].contains("same"), "{}", puts[3]);
    assert_eq!(
        puts[5..],
        ["news/b.tar!a.txt: old", "news/b.tar!a.txt#copy 2: new", "news/b.tar!a.txt#copy 3: newest"]
    );
    assert_eq!(summary.tally.added, 7);
}

#[test]
fn bombs_are_given_up_and_the_other_files_read() {
    let zeros = vec![b' '; 30 << 20];
    let many: Vec<_> = (0..3).map(|n| format!("{n}.txt")).collect();
    let members: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &zeros[..])).collect();
    let folder = Folder::new();
    folder.write("a.zip", zip_of(&members));
    folder.write("b.zip", zip_of(&[("inner.zip", &zip_of(&members)), ("x.txt", b"after")]));
    let mut overlapping =
        zip_of(&[("a.txt", b"one text that is long enough to be packed, packed, packed, packed")]);
    // The directory names the member again and again.
    let start = overlapping.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    let end = overlapping.windows(4).position(|bytes| bytes == b"PK\x05\x06").unwrap();
    let (entry, tail) = (overlapping[start..end].to_vec(), overlapping[end..].to_vec());
    overlapping.truncate(start);
    (0..200).for_each(|_| overlapping.extend_from_slice(&entry));
    overlapping.extend_from_slice(&tail);
    let at = overlapping.len() - tail.len();
    overlapping[at + 8..at + 12].copy_from_slice(&[200, 0, 200, 0]);
    overlapping[at + 12..at + 16].copy_from_slice(&(entry.len() as u32 * 200).to_le_bytes());
    folder.write("c.zip", overlapping).write("z.txt", "fine");
    let (puts, _) = read(&folder);
    let bomb = "unpacks to more than 300 times its size";
    let of = |name: &str| puts.iter().filter(|put| put.contains(name)).cloned().collect::<Vec<_>>();
    assert!(of("a.zip").last().unwrap().contains(bomb), "{:?}", of("a.zip"));
    assert!(of("a.zip").len() <= 4, "{:?}", of("a.zip"));
    assert!(of("b.zip").last().unwrap().contains(bomb), "{:?}", of("b.zip"));
    assert!(of("c.zip").last().unwrap().contains("its members overlap"), "{:?}", of("c.zip").last());
    assert_eq!(puts.last().unwrap(), "news/z.txt: fine");
}

#[test]
fn ten_thousand_members_are_read_within_the_budget() {
    let names: Vec<_> = (0..10_000).map(|number| format!("{number:05}.txt")).collect();
    let text = "word ".repeat(100);
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), text.as_bytes())).collect();
    let folder = Folder::new();
    folder.write("a.zip", zip_of(&members));
    let options = Options { budget: 256 << 10, threads: 2, ..Options::default() };
    let (summary, events) = ingest(&mut Memory::default(), &[folder.root()], &options);
    assert_eq!((summary.tally.added, summary.tally.files), (10_000, 1));
    let done = events.iter().filter_map(|event| match event {
        Event::Progress(progress) => Some(progress.bytes_done),
        _ => None,
    });
    assert_eq!(done.max(), Some(folder.root().join("a.zip").metadata().unwrap().len()));
    assert!(summary.most_in_flight <= 256 << 10, "{}", summary.most_in_flight);
}

#[test]
fn an_archive_with_a_failed_member_is_read_again_and_one_without_is_known() {
    let folder = Folder::new();
    folder.write("a.zip", zip_of(&[("a.txt", b"fine"), ("b.txt", b"FAIL")]));
    folder.write("b.zip", zip_of(&[("a.txt", b"fine"), ("b.png", b"\x89PNG\r\n")]));
    let mut memory = Memory::default();
    let (first, _) = ingest(&mut memory, &[folder.root()], &Options::default());
    memory.puts();
    let (second, _) = ingest(&mut memory, &[folder.root()], &Options::default());
    let again = ["news/a.zip!a.txt: fine", "news/a.zip!b.txt: failed: line 1, column 2: broken"];
    assert_eq!(memory.puts(), again);
    assert_eq!((first.tally.added, second.tally.unchanged, second.tally.failed), (2, 2, 1));
    assert_eq!(first.tally.seen, second.tally.seen);
}

#[test]
fn the_folder_of_a_saved_page_holds_no_news_in_an_archive_either() {
    let members: &[(&str, &[u8])] =
        &[("x/t.html", b"<p>page"), ("x/t_files/ad.html", b"<p>ad"), ("x/u_files/v.html", b"<p>page too")];
    let folder = Folder::new();
    folder.write("a.zip", zip_of(members)).write("b.tar", tar_of(members));
    let (puts, _) = read(&folder);
    let expected = [
        "x/t.html: <p>page",
        "x/t_files/ad.html: skipped: belongs to the saved page t.html",
        "x/u_files/v.html: <p>page too",
    ];
    assert_eq!(puts[..3], expected.map(|put| format!("news/a.zip!{put}")));
    assert_eq!(puts[3..], expected.map(|put| format!("news/b.tar!{put}")));
}

#[test]
fn the_folder_of_a_saved_page_is_known_even_where_it_stands_before_its_page() {
    let members: &[(&str, &[u8])] = &[
        ("t_files/ad.html", b"<p>ad"),
        ("daily_files/a.html", b"<p>no page is called so"),
        ("daily_files/b.jsonl", b"{\"id\": \"r1\", \"title\": \"fine\"}\n"),
        ("t.html", b"<p>page"),
    ];
    let folder = Folder::new();
    folder.write("a.tar", tar_of(members));
    let (mut puts, _) = read(&folder);
    puts.sort();
    assert_eq!(puts[0], "news/a.tar!daily_files/a.html: <p>no page is called so");
    assert!(puts[1].starts_with("news/a.tar!daily_files/b.jsonl#"), "{puts:?}");
    assert_eq!(puts[2], "news/a.tar!t.html: <p>page");
    assert_eq!(puts[3], "news/a.tar!t_files/ad.html: skipped: belongs to the saved page t.html");
}

#[test]
fn a_wrong_name_hides_no_packing_and_an_empty_archive_is_empty() {
    let folder = Folder::new();
    folder.write("a.html", gzip(b"<p>sent packed")).write("b.zip", zip_of(&[])).write("c.zip", "");
    folder
        .write("d.docx", zip_of(&[("word/document.xml", b"<w/>")]))
        .write("e", zip_of(&[("f.txt", b"text")]));
    folder.write("g.tar", "no archive at all, only words");
    let (puts, _) = read(&folder);
    assert_eq!(
        puts[..5],
        [
            "news/a.html: <p>sent packed",
            "news/b.zip: skipped: empty",
            "news/c.zip: skipped: empty",
            "news/d.docx: skipped: a Word document: not read",
            "news/e!f.txt: text",
        ]
    );
    assert!(puts[5].starts_with("news/g.tar: failed: the archive "), "{}", puts[5]);
}
