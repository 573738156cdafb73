//! A page becomes an article.

use dateline_index::article::{BlockKind, Doubt, DoubtKind, Origin};
use dateline_index::published::{PartialDate, Precision};

use super::blocks::Piece;
use super::candidate::{Candidate, Found};
use super::headline::Surroundings;
use super::lists::{ERROR_TITLES, opens_with};
use super::page::Page;
use super::text::{bare, fold, word_count};
use super::{
    Draft, Outcome, Rules, address, blocks, body, byline, candidate, date, edges, headline, language, notes,
    outlet,
};

/// Fewer words without a headline are no article.
const FEWEST_WORDS: usize = 25;

/// Whether a page has a day in figures, somewhere. The extractor's own search for a date makes a day of
/// a year in an address or in the copyright line, and takes the day of an event for that of the article;
/// a day that nobody wrote is worse than none.
fn is_printed(source: &str, date: &PartialDate) -> bool {
    let day = date.first_day();
    let (year, month, day) = (day.year(), day.month(), day.day());
    [
        format!("{year}-{month:02}-{day:02}"),
        format!("{year}/{month:02}/{day:02}"),
        format!("{year}{month:02}{day:02}"),
        format!("{day:02}.{month:02}.{year}"),
        format!("{day}.{month}.{year}"),
        format!("{day:02}/{month:02}/{year}"),
    ]
    .iter()
    .any(|figures| source.contains(figures))
}

/// Extracts a page.
pub(super) fn extract(source: &str, origin: &Origin, rules: &Rules) -> Outcome {
    if source.trim().is_empty() {
        return Outcome::Skipped("the page is empty".to_owned());
    }
    let page = Page::parse(source);
    let url = address::of_page(&page, origin.url.as_deref());
    let sites = outlet::site_names(&page, url.as_ref());
    let titles = headline::candidates(&page, &sites);
    let chosen = headline::choose(&titles);
    let title = chosen.map(|place| titles[place].value.clone()).unwrap_or_default();
    let of_title = candidate::evidence("title", &titles, chosen, "most places say so", String::clone);
    let around = Surroundings::find(&page, &title);
    let mut dates = date::candidates(&page, url.as_ref(), &around);
    let dated =
        date::choose(&dates, rules.latest).is_some_and(|found| found.date.precision() >= Precision::Day);
    let mut body =
        if rules.fields_only { body::Body::default() } else { body::of_page(source, &page, dated) };
    dates.extend(
        body.date
            .filter(|date| is_printed(source, date))
            .map(|date| Candidate::new(date, Found::Search, "text")),
    );

    if !rules.fields_only
        && let Some(reason) = not_an_article(&title, body::words(&body.pieces))
    {
        return Outcome::NotArticle(reason, Box::default());
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
    let mut standfirst = outlet::standfirst(&page).filter(|(standfirst, _)| bare(standfirst) != bare(&title));
    let seen = standfirst.as_ref().filter(|(_, seen)| *seen).map(|(text, _)| text.as_str());
    body.pieces = edges::trim(body.pieces, &title, seen);
    if let Some(deck) = take_deck(&mut body.pieces, standfirst.as_ref().map(|(text, _)| text.as_str())) {
        standfirst = Some((deck, true));
    }
    // A description that only repeats how the text begins sums nothing up.
    standfirst = standfirst.filter(|(text, _)| !begins_with(&body.pieces, text));
    edges::mark_headings(&mut body.pieces);
    let published = date::choose(&dates, rules.latest);
    let updated = date::updated(&page, published.as_ref(), rules.latest);
    let (text, blocks) = blocks::join(&body.pieces);
    let mut doubts = authors.doubts;
    if let Some(reason) = body.doubt {
        let kind = DoubtKind::TextRescued;
        doubts.push(Doubt { kind, field: "text".to_owned(), reason: reason.to_owned() });
    }
    Outcome::Draft(Box::new(Draft {
        title,
        standfirst: standfirst.map(|(text, _)| text),
        bylines,
        published,
        updated,
        source: outlet::source(&page, url.as_ref()),
        section: outlet::section(&page, &sites),
        tags: outlet::tags(&page),
        language: language::choose(&text, page.stated_language()),
        identity: address::identity(url.as_ref()),
        url: url.map(|url| url.to_string()),
        text,
        blocks,
        doubts,
        found: named.map(|place| ("authors".to_owned(), place.to_owned())).into_iter().collect(),
        evidence: vec![of_title, authors.evidence],
        ..Draft::default()
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
