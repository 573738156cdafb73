//! A page becomes an article.

use dateline_index::article::{BlockKind, DoubtKind, Origin};

use super::about::About;
use super::blocks::Piece;
use super::candidate::Found;
use super::headline::Surroundings;
use super::lists::{ERROR_TITLES, opens_with};
use super::page::Page;
use super::text::{bare, fold, word_count};
use super::{Draft, Outcome, Rules, address, blocks, body, byline, date, edges, notes};

/// Fewer words without a headline are no article.
const FEWEST_WORDS: usize = 25;

/// Extracts a page.
pub(super) fn extract(source: &str, origin: &Origin, rules: &Rules) -> Outcome {
    if source.trim().is_empty() {
        return Outcome::Skipped("the page is empty".to_owned());
    }
    let page = Page::parse(source);
    let About { title, url, sites, mut draft } = About::read(&page, origin.url.as_deref());
    let around = Surroundings::find(&page, &title);
    let mut dates = date::candidates(&page, url.as_ref(), &title);
    let is_dated = date::has_day(&dates, rules.latest);
    let mut body =
        if rules.fields_only { body::Body::default() } else { body::of_page(source, &page, is_dated) };
    dates.extend(body.date.and_then(|date| date::searched(source, date)));
    let dates = date::decide(dates, rules.latest);

    if !rules.fields_only
        && let Some(reason) = not_an_article(&title, body::words(&body.pieces))
    {
        return Outcome::NotArticle(reason, Box::default());
    }
    let mut bylines = byline::choose(&byline::candidates(&page, &sites, &around));
    if let Some(note) = notes::find(&body.pieces) {
        if bylines.is_empty() {
            bylines.push(note.author.clone());
        }
        body.pieces.drain(note.pieces);
    }
    let mut standfirst = draft.standfirst_of(&page, &title);
    body.pieces = edges::trim(body.pieces, &title, None);
    if let Some(deck) = take_deck(&mut body.pieces, standfirst.as_ref().map(|(text, _)| text.as_str())) {
        draft.unsettle("standfirst", "the text opens with it");
        draft.found.insert("standfirst".to_owned(), Found::Text.name().to_owned());
        standfirst = Some((deck, true));
    }
    if standfirst.take_if(|(text, seen)| !*seen && begins_with(&body.pieces, text)).is_some() {
        draft.unsettle("standfirst", "what the page offers only repeats how the text begins");
    }
    edges::mark_headings(&mut body.pieces);
    let (text, blocks) = blocks::join(&body.pieces);
    if let Some(reason) = body.doubt {
        draft.doubt(DoubtKind::TextRescued, "text", reason);
    }
    for (kind, field, reason) in dates.doubts {
        draft.doubt(kind, field, reason);
    }
    draft.evidence.extend(dates.evidence);
    Outcome::Draft(Box::new(Draft {
        title,
        standfirst: standfirst.map(|(text, _)| text),
        bylines,
        published: dates.published,
        updated: dates.updated,
        language: draft.language_of(&page, &text),
        identity: address::identity(url.as_ref()),
        url: url.map(|url| url.to_string()),
        text,
        blocks,
        ..draft
    }))
}

/// Takes a heading off the top of a text that is a sentence: it sums the text up, and heads nothing.
fn take_deck(pieces: &mut Vec<Piece>, standfirst: Option<&str>) -> Option<String> {
    const FEWEST: usize = 6;
    let first = pieces.first().filter(|piece| piece.kind == BlockKind::Heading && pieces.len() > 1)?;
    let is_deck = word_count(&first.text) >= FEWEST && first.text.ends_with(['.', '!', '?'])
        || standfirst.is_some_and(|standfirst| bare(standfirst) == bare(&first.text));
    is_deck.then(|| pieces.remove(0).text)
}

/// Whether a text begins with these words; descriptions break off with an ellipsis.
fn begins_with(pieces: &[Piece], words: &str) -> bool {
    let words = bare(words);
    !words.is_empty() && pieces.first().is_some_and(|piece| bare(&piece.text).starts_with(&words))
}

/// Why a page is no article, if it is none.
fn not_an_article(title: &str, words: usize) -> Option<String> {
    const ERROR_PAGE: usize = 100;
    if words < ERROR_PAGE && opens_with(&ERROR_TITLES, &fold(title)).is_some() {
        return Some(format!("an error page: {title:?}"));
    }
    let headed = !title.is_empty() && words > 0;
    (words < FEWEST_WORDS && !headed).then(|| {
        format!(
            "no article on it: {words} words of text{}",
            if title.is_empty() { ", no headline" } else { "" }
        )
    })
}
