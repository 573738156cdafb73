//! A page becomes an article.

use dateline_index::article::{BlockKind, DoubtKind, Origin};

use super::about::About;
use super::blocks::Piece;
use super::candidate::Found;
use super::page::Page;
use super::text::{bare, word_count};
use super::verdict::{self, Case};
use super::weigh::{self, Example};
use super::{Draft, Outcome, Rules, address, blocks, body, byline, date, edges, notes};

/// Extracts a page.
pub(super) fn extract(source: &str, origin: &Origin, rules: &Rules) -> Outcome {
    if source.trim().is_empty() {
        return Outcome::Skipped("the page is empty".to_owned());
    }
    let page = Page::parse(source);
    let About { title, url, sites, mut draft } = About::read(&page, origin.url.as_deref());
    let mut offered = date::candidates(&page, url.as_ref(), &title);
    let mut dates = date::decide(offered.clone(), rules.latest);
    let mut body = if rules.fields_only {
        body::Body::default()
    } else {
        body::of_page(source, &page, &title, dates.has_day())
    };
    if let Some(searched) = body.date.and_then(|date| date::searched(source, date)) {
        offered.push(searched);
        dates = date::decide(offered, rules.latest);
    }

    let authors = byline::of_page(&page, &sites, &title);
    let mut bylines = authors.bylines;
    let mut named = authors.found;
    if let Some(note) = notes::find(&body.pieces) {
        if bylines.is_empty() {
            bylines.push(note.author.clone());
            named = Some(Found::Text.name());
        }
        body.pieces.drain(note.pieces);
    }
    let mut standfirst = draft.standfirst_of(&page, &title);
    body.pieces = edges::trim(body.pieces, &title);
    if let Some(deck) = deck(&mut body.pieces, standfirst.as_ref().map(|(text, _)| text.as_str())) {
        draft.unsettle("standfirst", "the text opens with it");
        draft.found.insert("standfirst".to_owned(), Found::Text.name().to_owned());
        standfirst = Some((deck, true));
    }
    if standfirst.take_if(|(text, seen)| !*seen && begins_with(&body.pieces, text)).is_some() {
        draft.unsettle("standfirst", "what the page offers only repeats how the text begins");
    }
    edges::mark_headings(&mut body.pieces);
    let (text, blocks) = blocks::join(&body.pieces);
    let signed = dates.published.is_some() || !bylines.is_empty();
    let case = Case { page: &page, title: &title, text: &text, url: url.as_ref(), signed };
    let no_article = if rules.fields_only { None } else { verdict::not_an_article(&case) };
    if let Some(reason) = body.doubt {
        draft.doubt(DoubtKind::TextRescued, "text", reason);
    }
    if !rules.fields_only {
        draft.doubts.extend(verdict::is_short(&page, &text, page.meta(&["description", "og:description"])));
    }
    for (kind, field, reason) in dates.doubts {
        draft.doubt(kind, field, reason);
    }
    draft.doubts.extend(authors.doubts);
    draft.evidence.push(authors.evidence);
    draft.found.extend(named.map(|place| ("authors".to_owned(), place.to_owned())));
    draft.evidence.extend(dates.evidence);
    draft.evidence.extend(body.evidence);
    let draft = Box::new(Draft {
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
    });
    match no_article {
        Some(reason) => Outcome::NotArticle(reason, draft),
        None => Outcome::Draft(draft),
    }
}

/// For learning: the elements and the segments of a page.
pub(super) fn examples(source: &str) -> (Vec<(String, String)>, Vec<Example>) {
    let page = Page::parse(source);
    let About { title, .. } = About::read(&page, None);
    weigh::examples(&page, &title)
}

/// A heading at the top of a text that is a sentence: it sums the text up, and heads nothing. It stays
/// in the text as a paragraph.
fn deck(pieces: &mut [Piece], standfirst: Option<&str>) -> Option<String> {
    const FEWEST: usize = 6;
    let several = pieces.len() > 1;
    let first = pieces.first_mut().filter(|piece| piece.kind == BlockKind::Heading && several)?;
    let is_deck = word_count(&first.text) >= FEWEST && first.text.ends_with(['.', '!', '?'])
        || standfirst.is_some_and(|standfirst| bare(standfirst) == bare(&first.text));
    is_deck.then(|| {
        first.kind = BlockKind::Paragraph;
        first.text.clone()
    })
}

/// Whether a text begins with these words; descriptions break off with an ellipsis.
fn begins_with(pieces: &[Piece], words: &str) -> bool {
    let words = bare(words);
    !words.is_empty() && pieces.first().is_some_and(|piece| bare(&piece.text).starts_with(&words))
}
