//! Names, texts and questions that try to become markup.

use dateline_index::actor::ActorKind;
use dateline_index::article::{Block, BlockKind};
use dateline_index::backend::Backend;
use dateline_web::Settings;

use crate::sample::{Sample, Sketch};
use crate::support::Site;

const ATTACKS: [&str; 5] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></textarea></style><svg onload=alert(1)>",
    "{{ 7 * 7 }}<!--",
];

fn hostile(attack: &'static str) -> Sample {
    let sketch = Sketch {
        id: "bad",
        title: attack,
        date: "2024",
        found: attack,
        source: attack,
        author: attack,
        section: attack,
        language: "en",
        text: attack,
        actors: &[(attack, ActorKind::Person)],
    };
    let mut article = sketch.article();
    article.url = Some(format!("javascript:alert(1)//{attack}"));
    article.standfirst = Some(attack.into());
    article.tags = vec![attack.into()];
    article.collection = Some(attack.into());
    article.blocks = vec![Block { kind: BlockKind::Quote, start: 0, end: attack.len() }];
    let sample = Sample::new(vec![article]);
    sample.set_title(attack).unwrap();
    sample
}

/// Every tag must be one that a template wrote, with the attributes that templates write.
fn assert_inert(page: &str, address: &str) {
    let mut rest = page.strip_prefix("<!doctype html>").unwrap_or(page);
    while let Some(start) = rest.find('<') {
        let (tag, after) = tag(&rest[start + 1..]);
        let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
        let name = name.trim_matches('/');
        assert!(TAGS.contains(&name), "<{name}> at {address}:\n{page}");
        assert_eq!(name == "script", tag.contains("defer src") || tag == "/script", "{tag} at {address}");
        for attribute in names(attributes) {
            assert!(
                !attribute.starts_with("on") && attribute != "style",
                "{attribute} in <{tag}> at {address}"
            );
        }
        assert!(!tag.contains("href=\"javascript"), "<{tag}> at {address}");
        rest = after;
    }
}

const TAGS: [&str; 54] = [
    "html",
    "head",
    "meta",
    "title",
    "link",
    "script",
    "body",
    "a",
    "header",
    "form",
    "input",
    "kbd",
    "button",
    "nav",
    "main",
    "h1",
    "h2",
    "h3",
    "p",
    "code",
    "em",
    "ul",
    "ol",
    "li",
    "span",
    "b",
    "i",
    "bdi",
    "svg",
    "path",
    "rect",
    "div",
    "time",
    "article",
    "mark",
    "aside",
    "details",
    "summary",
    "section",
    "label",
    "footer",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "figure",
    "br",
    "hr",
];

/// The tag up to its end outside of quotes, and what follows.
fn tag(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|letter| {
        quoted ^= letter == '"';
        letter == '>' && !quoted
    });
    text.split_at(end.unwrap_or(text.len()))
}

/// The names of attributes: what stands outside of quotes.
fn names(attributes: &str) -> impl Iterator<Item = &str> {
    let outside = attributes.split('"').step_by(2);
    outside
        .flat_map(str::split_whitespace)
        .map(|name| name.trim_end_matches('='))
        .filter(|name| !name.is_empty())
}

#[test]
fn the_check_itself_sees_markup_that_slipped_through() {
    for page in [
        "<p><script>alert(1)</script>",
        "<a title=\"\" onclick=\"x\">",
        "<img src=x>",
        "<a href=\"javascript:x\">",
    ] {
        assert!(std::panic::catch_unwind(|| assert_inert(page, "")).is_err(), "{page}");
    }
}

#[tokio::test]
async fn what_an_article_says_is_text_and_nothing_else() {
    for attack in ATTACKS {
        let site = Site::with(hostile(attack), Settings::default());
        for address in ["/", "/articles/bad", "/search?source=x", "/help"] {
            let page = site.get(address).await;
            assert_eq!(page.status, 200, "{address}");
            assert_inert(&page.text, address);
        }
        // The text is there all the same, to be read.
        assert!(crate::support::unescaped(&site.get("/articles/bad").await.text).contains(attack));
    }
}

#[tokio::test]
async fn what_a_reader_types_is_text_and_nothing_else() {
    let site = Site::new();
    for attack in ATTACKS {
        let typed: String = attack.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for address in [
            format!("/search?q={typed}"),
            format!("/search?actor={typed}&not.source={typed}&cursor=0"),
            format!("/search?from={typed}&limit={typed}"),
            format!("/articles/{typed}"),
            format!("/articles/ferry-accord?q={typed}"),
            format!("/{typed}"),
        ] {
            let page = site.get(&address).await;
            assert!(page.status.as_u16() < 500, "{address}");
            assert_inert(&page.text, &address);
        }
    }
}

#[tokio::test]
async fn a_title_that_turns_the_line_round_cannot_turn_the_page() {
    let title = "Report \u{202e}txt.exe";
    let sample = Sample::new(vec![Sketch { id: "bidi", title, ..empty() }.article()]);
    let page = Site::with(sample, Settings::default()).get("/").await.text;
    assert!(page.contains(&format!("<bdi>{title}</bdi>")), "{page}");
}

fn empty() -> Sketch<'static> {
    Sketch {
        id: "x",
        title: "",
        date: "",
        found: "",
        source: "",
        author: "",
        section: "",
        language: "",
        text: "",
        actors: &[],
    }
}

#[tokio::test]
async fn an_article_of_which_nothing_is_known_is_still_shown() {
    let site = Site::with(Sample::new(vec![empty().article()]), Settings::default());
    let page = site.get("/").await.text;
    assert!(page.contains("No headline") && page.contains("undated"), "{page}");
    let article = site.get("/articles/x").await.text;
    assert!(article.contains("not stated") && article.contains("has no text"), "{article}");
}
