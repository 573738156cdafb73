//! Pages of the shapes met in the wild become the articles beside them.

use std::fs;
use std::path::{Path, PathBuf};

use dateline_index::article::{Article, BlockKind, Origin};
use dateline_index::record::Identity;
use dateline_ingest::extract::{Labels, Rules, extract, inspect};
use dateline_ingest::raw::{Extracted, RawBody, RawDocument};

/// Parsers recurse: the callers of extraction give it this much.
const STACK: usize = 64 << 20;

fn on_large_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(STACK).spawn(work).unwrap().join().unwrap()
}

fn extracted(body: RawBody, file: &str, rules: Rules) -> Extracted {
    let origin = Origin { file: format!("/news/{file}"), place: format!("news/{file}"), ..Origin::default() };
    on_large_stack(move || extract(RawDocument { origin, body }, &rules))
}

fn article(body: RawBody, file: &str) -> (Article, Identity) {
    match extracted(body, file, Rules::default()) {
        Extracted::Article { article, identity } => (*article, identity),
        other => panic!("{file} should be an article: {other:?}"),
    }
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "json"))
        .collect();
    files.sort();
    files
}

/// What a fixture states of its article; absent keys are not compared.
fn shown(article: &Article) -> serde_json::Value {
    let blocks: Vec<String> = article
        .blocks
        .iter()
        .map(|block| {
            let kind = serde_json::to_value(block.kind).unwrap();
            format!("{}: {}", kind.as_str().unwrap(), &article.text[block.start..block.end])
        })
        .collect();
    let bylines: Vec<&str> = article.bylines.iter().map(|byline| byline.0.as_str()).collect();
    serde_json::json!({
        "title": article.title,
        "standfirst": article.standfirst,
        "bylines": bylines,
        "published": article.published,
        "updated": article.updated,
        "source": article.source.as_ref().map(|source| &source.name),
        "section": article.section,
        "tags": article.tags,
        "language": article.language,
        "url": article.url,
        "blocks": blocks,
    })
}

#[test]
fn every_fixture_becomes_the_article_beside_it() {
    let files = fixtures();
    assert!(files.len() >= 6, "the fixtures are missing");
    for file in files {
        let source = fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_str().unwrap();
        let body = if name.ends_with(".html") { RawBody::Html(source) } else { RawBody::Text(source) };
        let (article, _) = article(body, name);
        let shown = shown(&article);
        let expected: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(file.with_extension("json")).unwrap()).unwrap();
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&shown[key], value, "{name}: {key}, of {shown:#}");
        }
    }
}

#[test]
fn blocks_cover_the_text_and_are_apart_by_one_empty_line() {
    for file in fixtures().into_iter().filter(|file| file.extension().is_some_and(|e| e == "html")) {
        let (article, _) = article(RawBody::Html(fs::read_to_string(&file).unwrap()), "x.html");
        let cut: Vec<&str> = article.blocks.iter().map(|b| &article.text[b.start..b.end]).collect();
        assert_eq!(cut.join("\n\n"), article.text, "{}", file.display());
        assert!(!article.text.chars().any(|c| c.is_control() && c != '\n'));
    }
}

#[test]
fn a_canonical_address_is_the_identity_and_a_home_page_is_not() {
    let page = |canonical: &str| {
        let text = "A sentence that says something about the harbour and its ships. ".repeat(8);
        RawBody::Html(format!(
            "<link rel=canonical href='{canonical}'><h1>Ships</h1><article><p>{text}</p></article>"
        ))
    };
    let (article_there, there) = article(page("https://a.example/x?utm_source=y#z"), "x.html");
    assert_eq!(there, Identity::Url("https://a.example/x".into()));
    let (_, home) = article(page("https://a.example/"), "x.html");
    assert_eq!(home, Identity::Place);
    let (again, _) = article(page("https://a.example/x"), "elsewhere.html");
    assert_eq!(article_there.id, again.id);
}

#[test]
fn pages_without_an_article_are_skipped_with_a_reason() {
    for (page, reason) in [
        ("", "empty"),
        ("   \n ", "empty"),
        ("<html><body></body></html>", "no article"),
        ("<title>404 Not Found</title><h1>404 Not Found</h1><p>nginx</p>", "error page"),
        ("\u{0}\u{1}\u{2}PNG\u{ff}", "no article"),
    ] {
        match extracted(RawBody::Html(page.to_owned()), "x.html", Rules::default()) {
            Extracted::NotArticle(text) | Extracted::Skipped(text) => {
                assert!(text.contains(reason), "{text}")
            }
            other => panic!("{page:?}: {other:?}"),
        }
    }
}

#[test]
fn labels_override_what_the_page_says() {
    let labels = Labels {
        source: Some("The Other".into()),
        collection: Some("box 7".into()),
        section: Some("Harbours".into()),
        language: Some("fr".into()),
    };
    let body = RawBody::Fields(
        serde_json::from_str(
            r#"{"title":"T","body":"Words of it.","source":"One","language":"en","section":"S"}"#,
        )
        .unwrap(),
    );
    let Extracted::Article { article, .. } = extracted(body, "x.jsonl", Rules { labels, ..Rules::default() })
    else {
        panic!("an article")
    };
    assert_eq!(article.source.unwrap().name, "The Other");
    assert_eq!(article.collection.as_deref(), Some("box 7"));
    assert_eq!(article.section.as_deref(), Some("Harbours"));
    assert_eq!(article.language.unwrap().code(), "fr");
    for field in ["source", "section", "language"] {
        assert_eq!(article.found.get(field).map(String::as_str), Some("label"), "{field}");
    }
    assert!(!article.found.contains_key("collection"));
}

#[test]
fn what_a_label_overrides_is_still_told_beside_it() {
    let page = "<html lang=en><meta property='article:section' content='Weather'><h1>Ships</h1>
        <article><p>The ships lay in the harbour until the wind had turned, and then they left it.</p></article>";
    let labels = Labels { section: Some("Harbours".into()), ..Labels::default() };
    let raw = RawDocument {
        origin: Origin { file: "x.html".into(), place: "x.html".into(), ..Origin::default() },
        body: RawBody::Html(page.into()),
    };
    let (_, evidence) = inspect(raw, &Rules { labels, ..Rules::default() });
    let told: Vec<_> = evidence.iter().filter(|evidence| evidence.field == "section").collect();
    let [section] = told[..] else { panic!("once: {told:?}") };
    let offers: Vec<_> =
        section.candidates.iter().map(|offer| (offer.value.as_str(), offer.found, offer.chosen)).collect();
    assert_eq!(offers, [("Harbours", "label", true), ("Weather", "meta", false)]);
}

#[test]
fn hostile_pages_end_in_an_answer() {
    let deep = format!("<h1>Deep</h1>{}text{}", "<div>".repeat(500), "</div>".repeat(500));
    let wide =
        format!("<h1>Wide</h1><article>{}</article>", "<p>One sentence stands here.</p>".repeat(3_000));
    let quotes = format!(
        "<h1>Q</h1><article>{}</article>",
        "<blockquote>same words again and again</blockquote>".repeat(2_000)
    );
    let scripts = format!("<script type='application/ld+json'>{}</script><h1>J</h1>", "[".repeat(50_000));
    for page in [deep, wide, quotes, scripts] {
        let _ = extracted(RawBody::Html(page), "x.html", Rules::default());
    }
}

#[test]
fn a_text_that_was_wrapped_is_joined_again() {
    let text = "A headline about the harbour\n\n1 May 1999\n\nThe first line of a paragraph that was cut at a width\n\
                of some sixty letters goes on here and goes on to its\nend.\n\nA second one.\n";
    let (article, _) = article(RawBody::Text(text.to_owned()), "x.txt");
    assert_eq!(article.blocks.len(), 2, "{:?}", article.text);
    assert!(article.text.starts_with("The first line of a paragraph that was cut at a width of some sixty"));
    assert!(article.blocks.iter().all(|block| block.kind == BlockKind::Paragraph));
}
