//! The text of a page: the extractor's content through html2text, and rescue where that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_index::published::PartialDate;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::blocks::{Piece, pieces};
use super::furniture;
use super::linked;
use super::lists::CUT;
use super::page::{Page, selector};
use super::text::word_count;

/// What was found of a text.
#[derive(Default)]
pub(super) struct Body {
    pub(super) pieces: Vec<Piece>,
    /// The extractor's idea of a date: the last resort.
    pub(super) date: Option<PartialDate>,
    /// What a person should know about how it was found.
    pub(super) doubt: Option<&'static str>,
}

/// A text with fewer words is looked for again, less strictly.
const SHORT: usize = 150;
/// A text with fewer words is taken from elsewhere, if there is more of it.
const TINY: usize = 25;

/// The text of a page; `dated`: nobody needs the extractor's date.
pub(super) fn of_page(source: &str, page: &Page, dated: bool) -> Body {
    let precise = attempt(source, ExtractionFocus::FavorPrecision, dated).map(Body::stripped);
    let mut body = precise.unwrap_or_default();
    if words(&body.pieces) < SHORT
        && let Some(balanced) = attempt(source, ExtractionFocus::Balanced, true).map(Body::stripped)
        && words(&balanced.pieces) > words(&body.pieces)
    {
        body.pieces = balanced.pieces;
    }
    if words(&body.pieces) < TINY
        && let Some((rescued, doubt)) =
            rescue(page).filter(|(rescued, _)| words(rescued) > words(&body.pieces))
    {
        body.pieces = rescued;
        body.doubt = Some(doubt);
    }
    body
}

impl Body {
    fn stripped(mut self) -> Self {
        self.pieces = furniture::strip(self.pieces);
        self
    }
}

pub(super) fn words(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| word_count(&piece.text)).sum()
}

/// One run of the extractor. It is somebody else's code on anybody's pages: a panic in it is an
/// empty result here.
fn attempt(source: &str, focus: ExtractionFocus, dated: bool) -> Option<Body> {
    let mode = if dated { HtmlDateMode::Disabled } else { HtmlDateMode::Default };
    let options = Options::default()
        .with_fallback(true)
        .with_focus(focus)
        .with_exclude_comments(true)
        .with_html_date_mode(mode)
        .with_prune_selector(CUT);
    let run = || {
        let result = trafilatura::extract(source, &options).ok()?;
        let date = result.metadata.date.and_then(|date| PartialDate::parse(&date.to_string()));
        Some(Body { pieces: pieces(&result.content_html), date, doubt: None })
    };
    catch_unwind(AssertUnwindSafe(run)).ok().flatten()
}

/// Other places where a text may be: the page's JSON-LD, its `<article>` or `<main>`.
fn rescue(page: &Page) -> Option<(Vec<Piece>, &'static str)> {
    let linked = page.linked.articles().find_map(|node| linked_body(node.get("articleBody")?.as_str()?));
    if let Some(pieces) = linked.filter(|pieces| words(pieces) >= TINY) {
        return Some((furniture::strip(pieces), "The text comes from the page's JSON-LD."));
    }
    let elements = page.html.select(selector!("article, main, [role='main'], [itemprop~='articleBody']"));
    let longest = elements.map(|element| pieces(&element.html())).max_by_key(|pieces| words(pieces));
    longest.map(|pieces| {
        (furniture::strip(pieces), "The text is all of the page's main part: the extractor found none.")
    })
}

fn linked_body(text: &str) -> Option<Vec<Piece>> {
    if text.contains("</") || text.contains("<p>") || text.contains("<br") {
        return Some(pieces(text));
    }
    // Line feeds have become spaces where the script was broken; what is left of them parts paragraphs.
    let node = serde_json::Map::from_iter([("t".to_owned(), serde_json::Value::from(text))]);
    let whole = linked::text(&node, "t")?;
    let lines: Vec<Piece> = text
        .lines()
        .map(super::text::plain)
        .filter(|line| !line.is_empty())
        .map(|text| Piece { kind: dateline_index::article::BlockKind::Paragraph, text })
        .collect();
    (!whole.is_empty()).then_some(lines)
}
