//! Deep pages go the whole way, through the pipeline's own threads: none is lost, none ends the process.

use std::sync::Arc;

use dateline_index::article::Origin;
use dateline_ingest::extract::{Rules, extract};
use dateline_ingest::pipeline::{Options, Work, extract_paths};
use dateline_ingest::raw::{Extracted, RawBody, RawDocument};

/// What becomes of one page that lies in a folder.
fn through_the_pipeline(page: &str) -> Extracted {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), page).unwrap();
    let work: Work = Arc::new(|raw, _| extract(raw, &Rules::default()));
    let mut found = None;
    let paths = [folder.path().to_owned()];
    extract_paths(&paths, &Options::default(), &work, &mut |_, extracted| found = Some(extracted)).unwrap();
    found.unwrap()
}

fn text(extracted: &Extracted) -> &str {
    match extracted {
        Extracted::Article { article, .. } => &article.text,
        other => panic!("no article: {other:?}"),
    }
}

const PARAGRAPH: &str = "<p>The envoys met on Tuesday in the old customs house by the harbour, where they agreed on a \
    truce of thirty days, on the exchange of all prisoners and on a commission of seven members from neutral \
    countries that will watch over both.</p>";

fn page(open: &str, close: &str, times: usize) -> String {
    format!(
        "<html><head><title>A truce</title></head><body><article><h1>A truce of thirty days</h1>{PARAGRAPH}{}{}{}</article></body></html>",
        open.repeat(times),
        "<p>The guns fell silent at noon, and by evening the first boats crossed the river.</p>",
        close.repeat(times)
    )
}

/// html2text refuses a page that is nested deeper than its width allows: at width 80 that is forty
/// quotations, and the whole article would be lost. Extraction alone must stand it, too.
#[test]
fn no_width_is_too_narrow_for_a_nested_page() {
    let page = page("<blockquote>", "</blockquote>", 60);
    let raw = RawDocument { origin: Origin::default(), body: RawBody::Html(page) };
    let extracted = std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(|| extract(raw, &Rules::default()))
        .unwrap()
        .join()
        .unwrap();
    assert!(text(&extracted).contains("thirty days") && text(&extracted).contains("first boats"));
}

/// Work that needs as much stack as the deepest page that a parser might be given.
fn deep(levels: u32) -> u64 {
    let frame = std::hint::black_box([u64::from(levels); 128]);
    if levels == 0 { frame[0] } else { deep(levels - 1) + std::hint::black_box(frame)[127] }
}

#[test]
fn workers_have_the_stack_that_they_are_said_to_have() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("page.html"), page("", "", 0)).unwrap();
    // Ten thousand frames of a kilobyte or more: five times what a thread has by default.
    let work: Work = Arc::new(|raw, _| {
        std::hint::black_box(deep(10_000));
        extract(raw, &Rules::default())
    });
    let summary =
        extract_paths(&[folder.path().to_owned()], &Options::default(), &work, &mut |_, _| ()).unwrap();
    assert_eq!(summary.tally.added, 1);
}

#[test]
fn quotations_within_quotations_keep_their_text() {
    for times in [10, 45, 200, 500] {
        for (open, close) in
            [("<blockquote>", "</blockquote>"), ("<ul><li>", "</li></ul>"), ("<div>", "</div>")]
        {
            let extracted = through_the_pipeline(&page(open, close, times));
            assert!(text(&extracted).contains("thirty days"), "{times} {open}");
        }
    }
}

/// A parser that recurses would overflow a thread's usual two megabytes: that ends the process, and no
/// handler can catch it.
#[test]
fn a_page_as_deep_as_anybody_writes_it_ends_no_thread() {
    for times in [511, 5_000, 50_000] {
        for (open, close) in [("<div>", "</div>"), ("<b><i><a href=x>", ""), ("<table><tr><td>", "")] {
            let extracted = through_the_pipeline(&page(open, close, times));
            assert!(matches!(&extracted, Extracted::Article { .. }), "{times} {open}: {extracted:?}");
        }
    }
}
