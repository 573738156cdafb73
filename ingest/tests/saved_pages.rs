//! Pages as browsers save them.

use dateline_index::article::Origin;
use dateline_ingest::pipeline::{Options, extract_paths};
use dateline_ingest::raw::{Extracted, RawBody};
use std::sync::{Arc, Mutex};

use crate::pipeline_support::{Folder, read};

/// What the only file of a folder is read as.
fn opened(name: &str, content: impl AsRef<[u8]>) -> Result<(Origin, String), String> {
    let folder = Folder::new();
    folder.write(name, content);
    let seen = Arc::new(Mutex::new(None));
    let kept = seen.clone();
    let work: dateline_ingest::pipeline::Work = Arc::new(move |raw, _| {
        *kept.lock().unwrap() = Some(raw);
        Extracted::Skipped("seen".into())
    });
    let mut reason = String::new();
    let mut emit = |_, extracted| {
        if let Extracted::Failed(why) | Extracted::Unsupported(why) | Extracted::Skipped(why) = extracted {
            reason = why;
        }
    };
    extract_paths(&[folder.root()], &Options::default(), &work, &mut emit).unwrap();
    let raw = seen.lock().unwrap().take();
    match raw.map(|raw| (raw.origin, raw.body)) {
        Some((origin, RawBody::Html(page))) => Ok((origin, page)),
        Some((_, other)) => panic!("{other:?}"),
        None => Err(reason),
    }
}

const HEAD: &str = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://paper.test/world/talks?id=7\r\n\
    Subject: =?utf-8?Q?Talks_end?=\r\nDate: Wed, 17 Jan 2024 09:30:00 +0100\r\nMIME-Version: 1.0\r\n\
    Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n\r\n";

fn part(headers: &str, body: &str) -> String {
    format!("------b\r\n{headers}\r\n\r\n{body}\r\n")
}

#[test]
fn a_page_saved_as_mhtml_is_the_page_with_its_address_and_the_day_it_was_saved() {
    let frame = part(
        "Content-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\nContent-Location: https://ads.test/frame",
        "<p>An advertisement",
    );
    let page = part(
        "Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Location: https://paper.test/world/talks?id=7",
        "<html><meta charset=3D\"utf-8\"><p>Caf=C3=A9 talks end, a lo=\r\nng line</p></html>",
    );
    let picture = part(
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: cid:x",
        "iVBORw0KGgo=",
    );
    let mail = format!("{HEAD}{frame}{page}{picture}------b--\r\n");
    for name in ["a.mhtml", "a.mht", "a.eml", "a"] {
        let (origin, page) = opened(name, &mail).unwrap();
        assert!(page.contains("<p>Café talks end, a long line</p>"), "{name}: {page}");
        assert_eq!(origin.url.as_deref(), Some("https://paper.test/world/talks?id=7"));
        assert_eq!(origin.modified, 1_705_480_200, "when it was saved");
    }
}

#[test]
fn the_root_of_an_mhtml_file_and_the_charset_of_its_part_are_believed() {
    let head = "MIME-Version: 1.0\r\nDate: Wed, 99 Nov 2000 99:99:99 +0339\r\nContent-Type: multipart/related; boundary=\"----b\"; start=\"<two>\"\r\n\r\n";
    let first = part("Content-Type: text/html\r\nContent-ID: <one>", "<p>one");
    // "привет" in windows-1251, in base64.
    let second = part(
        "Content-Type: text/html; charset=\"windows-1251\"\r\nContent-ID: <two>\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://paper.test/p",
        "PHA+7/Do4uXy",
    );
    let (origin, page) = opened("a.mht", format!("{head}{first}{second}------b--\r\n")).unwrap();
    assert_eq!((page.as_str(), origin.url.as_deref()), ("<p>привет", Some("http://paper.test/p")));
    assert!(origin.modified > 1_600_000_000 && origin.modified != 974_000_000, "no day of nonsense");
}

#[test]
fn mhtml_without_a_page_fails_with_its_reason_and_a_cut_one_is_read_as_far_as_it_goes() {
    let picture = part("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", "iVBORw0KGgo=");
    assert_eq!(opened("a.mhtml", format!("{HEAD}{picture}------b--\r\n")), Err("it holds no page".into()));
    assert_eq!(opened("a.mhtml", "words"), Err("it holds no page".into()));
    let cut = format!("{HEAD}{}", part("Content-Type: text/html", "<p>the begin"));
    assert!(opened("a.mhtml", cut.trim_end()).unwrap().1.contains("the begin"));
    let nested: String = (0..3_000)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"))
        .collect();
    assert!(opened("a.mhtml", format!("MIME-Version: 1.0\r\n{nested}")).is_err());
}

#[test]
fn a_single_file_with_huge_pictures_is_as_small_as_its_text() {
    let picture = "iVBORw0KGgo".repeat(1 << 20);
    let page = format!(
        "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://paper.test/talks \n \
         saved date: Wed Jan 17 2024 09:30:00 GMT+0100 (Central European Standard Time)\n-->\
         <style>body{{background:url(data:image/png;base64,{picture})}}</style><p>Talks end</p><img src=\"data:image/png;base64,{picture}\">"
    );
    let (origin, page) = opened("a.html", page).unwrap();
    assert!(page.len() < 1_000 && page.contains("<p>Talks end</p>"), "{}", page.len());
    assert_eq!((origin.url.as_deref(), origin.modified), (Some("https://paper.test/talks"), 1_705_480_200));
}

#[test]
fn a_complete_page_is_one_article_and_its_folder_none() {
    let folder = Folder::new();
    folder
        .write("Talks end.html", "<!-- saved from url=(0024)https://paper.test/talks --><p>page")
        .write("Talks end_files/saved_resource.html", "<p>An advertisement")
        .write("Talks end_files/style.css", "p {}");
    let (puts, summary) = read(&folder);
    assert_eq!(
        puts,
        [
            "news/Talks end.html: <!-- saved from url=(0024)https://paper.test/talks --><p>page",
            "news/Talks end_files/saved_resource.html: skipped: belongs to the saved page Talks end.html",
            "news/Talks end_files/style.css: skipped: belongs to the saved page Talks end.html",
        ]
    );
    assert_eq!((summary.tally.added, summary.tally.skipped, summary.tally.failed), (1, 2, 0));
}
