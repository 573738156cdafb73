//! The text of a page: the extractor's content through html2text, and rescue where that fails.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use dateline_index::published::PartialDate;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::blocks::{Piece, inline_pieces, pieces};
use super::features::{self, COUNT, Hints, NAMES, Shingles};
use super::forest::Forest;
use super::furniture;
use super::linked;
use super::lists::CUT;
use super::page::{Page, selector};
use super::segments::{Segment, Segments};
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

/// Segments that are more likely the article's than this are taken.
const LIKELY: f32 = 0.42;

static FOREST: LazyLock<Option<Forest>> =
    LazyLock::new(|| Forest::read(include_str!("../../data/segments.txt")).filter(|it| it.names == NAMES));

/// The text of a page; `dated`: nobody needs the extractor's date.
pub(super) fn of_page(source: &str, page: &Page, title: &str, dated: bool) -> Body {
    let (taken, date) = taken(source, dated);
    let segments = Segments::of(&page.html);
    let values = weigh(page, &segments, &taken, title);
    let chosen = FOREST.as_ref().map_or_else(Vec::new, |forest| {
        let likely = |values: &[f32; COUNT]| forest.probability(values) > LIKELY;
        let both = segments.segments.iter().zip(&values);
        both.filter(|(_, values)| likely(values)).map(|(segment, _)| segment).collect()
    });
    let mut body = Body { pieces: furniture::strip(rendered(&chosen)), date, doubt: None };
    if words(&body.pieces) < TINY
        && let Some((rescued, doubt)) =
            rescue(page).filter(|(rescued, _)| words(rescued) > words(&body.pieces))
    {
        body.pieces = rescued;
        body.doubt = Some(doubt);
    }
    body
}

/// The values of a page's segments with what else the page says.
fn weigh(page: &Page, segments: &Segments, taken: &[String], title: &str) -> Vec<[f32; COUNT]> {
    let linked = page.linked.articles().filter_map(|node| linked::text(node, "articleBody"));
    let linked = linked.max_by_key(String::len).filter(|text| word_count(text) > 50);
    let linked = linked.map(|text| Shingles::of([text.as_str()], 4));
    let hints = Hints {
        taken: &Shingles::of(taken.iter().map(String::as_str), 4),
        linked: linked.as_ref(),
        described: &Shingles::of(page.descriptions(), 3),
        title,
    };
    features::of_page(segments, &hints)
}

/// What the extractor takes for the text, and its date.
fn taken(source: &str, dated: bool) -> (Vec<String>, Option<PartialDate>) {
    let count = |texts: &[String]| texts.iter().map(|text| word_count(text)).sum::<usize>();
    let (mut texts, date) = attempt(source, ExtractionFocus::FavorPrecision, dated).unwrap_or_default();
    if count(&texts) < SHORT
        && let Some((balanced, _)) = attempt(source, ExtractionFocus::Balanced, true)
        && count(&balanced) > count(&texts)
    {
        texts = balanced;
    }
    (texts, date)
}

/// Chosen segments as pieces; cells of one row of a table are one piece.
fn rendered(chosen: &[&Segment]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut row = None;
    for segment in chosen {
        let cells = row.is_some() && row == segment.row;
        row = segment.row;
        for (place, piece) in inline_pieces(&segment.markup, segment.kind).into_iter().enumerate() {
            match pieces.last_mut().filter(|_| cells && place == 0) {
                Some(last) => {
                    last.text.push(' ');
                    last.text.push_str(&piece.text);
                }
                None => pieces.push(piece),
            }
        }
    }
    pieces
}

/// For learning: the text and the values of each segment of a page.
pub(super) fn segments(source: &str, page: &Page, title: &str) -> Vec<(String, Vec<f32>)> {
    let segments = Segments::of(&page.html);
    let values = weigh(page, &segments, &taken(source, true).0, title);
    segments
        .segments
        .into_iter()
        .zip(values)
        .map(|(segment, values)| (segment.text, values.to_vec()))
        .collect()
}

pub(super) fn words(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| word_count(&piece.text)).sum()
}

/// One run of the extractor. It is somebody else's code on anybody's pages: a panic in it is an
/// empty result here.
fn attempt(source: &str, focus: ExtractionFocus, dated: bool) -> Option<(Vec<String>, Option<PartialDate>)> {
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
        let segments = Segments::of(&scraper::Html::parse_fragment(&result.content_html));
        Some((segments.segments.into_iter().map(|segment| segment.text).collect(), date))
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
