//! The text of a page: each place where it may be is a candidate, and one function chooses.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use dateline_index::article::BlockKind;
use dateline_index::published::PartialDate;
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::blocks::{Piece, escape, pieces};
use super::candidate::{self, Candidate, Found};
use super::furniture;
use super::linked;
use super::lists::CUT;
use super::page::{Page, selector};
use super::scripts;
use super::segments::{Segment, Segments};
use super::text::word_count;
use super::weigh::{likely_pieces, rendered};
use crate::evidence::Evidence;

/// What was found of a text.
#[derive(Default)]
pub(super) struct Body {
    pub(super) pieces: Vec<Piece>,
    /// The extractor's idea of a date: the last resort.
    pub(super) date: Option<PartialDate>,
    /// What a person should know about how it was found.
    pub(super) doubt: Option<&'static str>,
    pub(super) evidence: Option<Evidence>,
}

/// Where the segments give fewer words, the extractor is asked, too, and asked again, less strictly, where it finds no more.
const DOUBTFUL: usize = 100;
/// A text with fewer words is looked for elsewhere, too.
const SHORT: usize = 150;
/// A text with fewer words is taken from elsewhere, if there is more of it.
const TINY: usize = 25;

/// The text of a page; `dated`: nobody needs the extractor's date.
pub(super) fn of_page(source: &str, page: &Page, title: &str, dated: bool) -> Body {
    let own = furniture::strip(likely_pieces(page, title));
    // A second opinion where there is little of ours; the extractor's day is the last resort.
    let (taken, date) = match words(&own) < DOUBTFUL {
        true => taken(source, dated),
        false if dated => Default::default(),
        false => (Vec::new(), searched_date(source)),
    };
    let mut texts = vec![
        Candidate::new(own, Found::Text, "segments"),
        Candidate::new(furniture::strip(rendered(&taken)), Found::Search, "extractor"),
    ];
    if words(&texts[0].value) < SHORT {
        texts.extend(linked_body(page).map(|text| Candidate::new(text, Found::JsonLd, "articleBody")));
        texts.extend(scripted_body(page, title).map(|text| Candidate::new(text, Found::Script, "script")));
        texts.extend(main_part(page).map(|text| Candidate::new(text, Found::Text, "article, main")));
    }
    texts.extend(described(page).map(|text| Candidate::new(text, Found::JsonLd, "description")));
    let (chosen, why, doubt) = choose(&texts);
    let evidence = candidate::evidence("text", &texts, Some(chosen), why, |text| shown(text));
    let pieces = texts.swap_remove(chosen).value;
    Body { pieces, date, doubt, evidence: Some(evidence) }
}

/// The best of the candidates, the first of which are the page's segments and the extractor's text;
/// why; and the doubt that it leaves.
fn choose(texts: &[Candidate<Vec<Piece>>]) -> (usize, &'static str, Option<&'static str>) {
    let counts: Vec<usize> = texts.iter().map(|text| words(&text.value)).collect();
    let longest_of = |place: &str| {
        let places = texts.iter().zip(&counts).enumerate();
        places
            .filter(|(_, (text, _))| text.place == place)
            .map(|(number, (_, words))| (number, *words))
            .next()
    };
    let (own, extractor) = (counts[0], counts[1]);
    // Half a text beside a whole one is a page whose parts could not be told apart.
    let (first, words) = if own * 2 < extractor { (1, extractor) } else { (0, own) };
    if let Some((place, _)) =
        longest_of("articleBody").filter(|(_, most)| *most >= TINY && *most > words * 3 / 2)
    {
        return (place, "what the page shows is shorter", Some("The text comes from the page's JSON-LD."));
    }
    if let Some((place, _)) = longest_of("script").filter(|(_, most)| *most >= SHORT && *most > words * 3 / 2)
    {
        let doubt = "The text comes from a script of the page, which would have shown it.";
        return (place, "what the page shows is shorter", Some(doubt));
    }
    if let Some((place, _)) = longest_of("article, main").filter(|(_, most)| words < TINY && *most > words) {
        let doubt = "The text is all of the page's main part: the extractor found none.";
        return (place, "nothing better was found", Some(doubt));
    }
    if let Some((place, _)) = longest_of("description").filter(|_| words == 0) {
        let doubt = "Only the article's description can be read: scripts would have fetched its text.";
        return (place, "the page holds no text", Some(doubt));
    }
    match first {
        0 => (0, "each of its segments is more likely the article's than not", None),
        _ => (1, "the page's segments could not be told apart", None),
    }
}

/// A text as evidence shows it: its length, how it begins and how it ends.
pub(super) fn shown(text: &[Piece]) -> String {
    const SHOWN: usize = 8;
    let all: Vec<&str> = text.iter().flat_map(|piece| piece.text.split_whitespace()).collect();
    let first = all[..all.len().min(SHOWN)].join(" ");
    let last = all[all.len().saturating_sub(SHOWN).max(all.len().min(SHOWN))..].join(" ");
    format!("{} words: {first} … {last}", words(text)).trim_end_matches([' ', '…', ':']).to_owned()
}

/// The extractor's idea of a page's date.
fn searched_date(source: &str) -> Option<PartialDate> {
    let options = Options::default().with_fallback(false).with_html_date_mode(HtmlDateMode::Default);
    let run = || trafilatura::extract(source, &options).ok()?.metadata.date;
    let date = catch_unwind(AssertUnwindSafe(run)).ok().flatten()?;
    PartialDate::parse(&date.to_string())
}

/// What the extractor takes for the text, and its date.
fn taken(source: &str, dated: bool) -> (Vec<Segment>, Option<PartialDate>) {
    let count = |segments: &[Segment]| segments.iter().map(|segment| segment.words).sum::<usize>();
    let (mut segments, date) = attempt(source, ExtractionFocus::FavorPrecision, dated).unwrap_or_default();
    if count(&segments) < DOUBTFUL
        && let Some((balanced, _)) = attempt(source, ExtractionFocus::Balanced, true)
        && count(&balanced) > count(&segments)
    {
        segments = balanced;
    }
    (segments, date)
}

/// How many words a text has, its captions apart.
pub(super) fn words(pieces: &[Piece]) -> usize {
    let text = pieces.iter().filter(|piece| piece.kind != BlockKind::Caption);
    text.map(|piece| word_count(&piece.text)).sum()
}

/// One run of the extractor. It is somebody else's code on anybody's pages: a panic in it is an
/// empty result here.
fn attempt(source: &str, focus: ExtractionFocus, dated: bool) -> Option<(Vec<Segment>, Option<PartialDate>)> {
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
        let content = scraper::Html::parse_fragment(&result.content_html);
        Some((Segments::of(&content, &HashSet::new()).segments, date))
    };
    catch_unwind(AssertUnwindSafe(run)).ok().flatten()
}

/// The text in the page's JSON-LD.
fn linked_body(page: &Page) -> Option<Vec<Piece>> {
    let text = page.linked.articles().find_map(|node| linked_pieces(node.get("articleBody")?.as_str()?));
    text.map(furniture::strip)
}

/// The text in the page's scripts, read like a page of its own.
fn scripted_body(page: &Page, title: &str) -> Option<Vec<Piece>> {
    let markup = scripts::markup(page, title)?;
    let whole = pieces(&markup);
    let mut headline = String::new();
    escape(title, &mut headline);
    let shown = Page::parse(&format!("<body><article><h1>{headline}</h1>{markup}</article></body>"));
    let likely = likely_pieces(&shown, title);
    let is_most = words(&likely) * 2 > words(&whole);
    Some(furniture::strip(if is_most { likely } else { whole }))
}

/// The description of an article whose text scripts would have fetched: better than nothing of it.
fn described(page: &Page) -> Option<Vec<Piece>> {
    let node = page.linked.article();
    let said = page.meta(&["og:type"]).is_some_and(|kind| kind.starts_with("article")) || node.is_some();
    let text = node
        .and_then(|node| linked::text(node, "description"))
        .or_else(|| page.meta(&["og:description", "description"]).map(str::to_owned))
        .filter(|_| said)?;
    Some(vec![Piece { kind: BlockKind::Paragraph, text }])
}

/// All of the page's `<article>` or `<main>`.
fn main_part(page: &Page) -> Option<Vec<Piece>> {
    let elements = page.html.select(selector!("article, main, [role='main'], [itemprop~='articleBody']"));
    let longest = elements.map(|element| pieces(&element.html())).max_by_key(|pieces| words(pieces));
    longest.map(furniture::strip)
}

fn linked_pieces(text: &str) -> Option<Vec<Piece>> {
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
        .map(|text| Piece { kind: BlockKind::Paragraph, text })
        .collect();
    (!whole.is_empty()).then_some(lines)
}
