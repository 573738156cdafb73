//! The index against plain matching, for every selector of the extraction.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::extract::lists::{APART, CONSENT, CUT};

/// The selectors that stand in the sources of the extraction.
static SELECTORS: LazyLock<Vec<(String, Selector)>> = LazyLock::new(|| {
    let written = Regex::new(r#"selector!\(\s*"((?:[^"\\]|\\[\s\S])*)"\s*\)"#).expect("a pattern");
    let broken = Regex::new(r"\\\n\s*").expect("a pattern");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract");
    let mut found: Vec<String> = [APART, CONSENT, CUT].map(str::to_owned).into();
    for file in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let source = std::fs::read_to_string(file.path()).unwrap_or_default();
        found.extend(written.captures_iter(&source).map(|css| broken.replace_all(&css[1], "").into_owned()));
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|css| (css.clone(), Selector::new(&css))).collect()
});

/// What stands between the signs of the selectors: names of elements, pieces of values.
static WORDS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let all: Vec<&str> = SELECTORS.iter().map(|(css, _)| css.as_str()).collect();
    let all = all.join(",").replace(['[', ']', '\'', '#', '.', ',', '=', '~', '*', '^', ':', '(', ')'], " ");
    let mut words: Vec<String> = all.split_whitespace().map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
});

/// An attribute whose value is made of such words, as they are or not quite.
fn attribute() -> impl Strategy<Value = String> {
    let word = (any::<prop::sample::Index>(), 0..8_usize).prop_map(|(word, change)| {
        let word = word.get(&WORDS);
        match change {
            0 => word.to_uppercase(),
            1 => format!("x{word}"),
            2 => format!("{word}-y é"),
            _ => word.clone(),
        }
    });
    (0..ATTRIBUTES.len(), prop::collection::vec(word, 0..4))
        .prop_map(|(place, words)| format!("{}=\"{}\"", ATTRIBUTES[place], words.join(" ")))
}

/// A start tag or, now and then, an end tag of something.
fn tag() -> impl Strategy<Value = String> {
    let name = (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(word, plain)| {
        let word = word.get(&WORDS);
        let is_name = word.chars().all(|c| c.is_ascii_alphanumeric());
        if is_name && !plain {
            word.clone()
        } else {
            ["div", "a", "p", "span", "h1", "article"][word.len() % 6].to_owned()
        }
    });
    (name, prop::collection::vec(attribute(), 0..4), 0..4_usize).prop_map(|(name, attributes, end)| match end
    {
        0 => format!("</{name}>"),
        _ => format!("<{name} {}>x", attributes.join(" ")),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_index_finds_what_looking_at_each_element_finds(tags in prop::collection::vec(tag(), 1..60)) {
        let page = Document::parse(&tags.concat());
        for (css, selector) in &*SELECTORS {
            let found: Vec<NodeId> = page.select(selector).map(|element| element.id()).collect();
            let plain: Vec<NodeId> = page.html.select(selector).map(|element| element.id()).collect();
            prop_assert_eq!(found, plain, "{}", css);
        }
    }
}

#[test]
fn no_selector_has_to_look_at_every_element() {
    assert!(SELECTORS.len() > 40, "{} selectors were found in the sources", SELECTORS.len());
    for (css, selector) in &*SELECTORS {
        assert!(!selector.keys().any, "{css}: the index holds nothing that it asks for");
    }
}

#[test]
fn one_value_on_many_elements_finds_each_of_them_in_the_order_of_the_page() {
    let page = Document::parse("<p class=lead>a<p class='Lead big'>b<p>c<p class=lead>d<i class=lead>e</i>");
    let selector = Selector::new("i, [class*='lead' i], .lead");
    let texts: String = page.select(&selector).map(|element| element.text().collect::<String>()).collect();
    assert_eq!(texts, "abdee");
}

#[test]
fn what_the_parser_took_out_of_the_page_is_not_found() {
    let page = Document::parse("<body><p class=lead>a<frameset></frameset>");
    let selector = Selector::new(".lead, p, frameset");
    let found: Vec<NodeId> = page.select(&selector).map(|element| element.id()).collect();
    let plain: Vec<NodeId> = page.html.select(&selector).map(|element| element.id()).collect();
    assert_eq!(found, plain);
}
