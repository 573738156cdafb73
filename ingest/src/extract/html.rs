//! A page becomes an article.

use dateline_index::article::{BlockKind, Doubt, DoubtKind, Origin};
use dateline_index::published::{PartialDate, Precision};

use super::blocks::Piece;
use super::candidate::{Candidate, Found};
use super::headline::Surroundings;
use super::page::Page;
use super::text::{bare, word_count};
use super::verdict::{self, Case};
use super::{
    Draft, Outcome, Rules, address, blocks, body, byline, candidate, date, edges, headline, language, notes,
    outlet,
};

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
        if rules.fields_only { body::Body::default() } else { body::of_page(source, &page, &title, dated) };
    dates.extend(
        body.date
            .filter(|date| is_printed(source, date))
            .map(|date| Candidate::new(date, Found::Search, "text")),
    );

    let mut bylines = byline::choose(&byline::candidates(&page, &sites, &around));
    if let Some(note) = notes::find(&body.pieces) {
        if bylines.is_empty() {
            bylines.push(note.author.clone());
        }
        body.pieces.drain(note.pieces);
    }
    let mut standfirst = outlet::standfirst(&page).filter(|(standfirst, _)| bare(standfirst) != bare(&title));
    body.pieces = edges::trim(body.pieces, &title);
    if let Some(deck) = deck(&mut body.pieces, standfirst.as_ref().map(|(text, _)| text.as_str())) {
        standfirst = Some((deck, true));
    }
    // A description that only repeats how the text begins sums nothing up; what is printed as a standfirst does.
    standfirst = standfirst.filter(|(text, seen)| *seen || !begins_with(&body.pieces, text));
    edges::mark_headings(&mut body.pieces);
    let published = date::choose(&dates, rules.latest);
    let updated = date::updated(&page, published.as_ref(), rules.latest);
    let (text, blocks) = blocks::join(&body.pieces);
    let signed = published.is_some() || !bylines.is_empty();
    let case = Case { page: &page, title: &title, text: &text, url: url.as_ref(), signed };
    let no_article = if rules.fields_only { None } else { verdict::not_an_article(&case) };
    let mut doubts: Vec<Doubt> = body.doubt.map(rescued).into_iter().collect();
    if !rules.fields_only {
        doubts.extend(verdict::is_short(&page, &text, page.meta(&["description", "og:description"])));
    }
    let draft = Box::new(Draft {
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
        evidence: std::iter::once(of_title).chain(body.evidence).collect(),
        ..Draft::default()
    });
    match no_article {
        Some(reason) => Outcome::NotArticle(reason, draft),
        None => Outcome::Draft(draft),
    }
}

fn rescued(reason: &str) -> Doubt {
    Doubt { kind: DoubtKind::TextRescued, field: "text".to_owned(), reason: reason.to_owned() }
}

/// For learning: the text of each segment of a page, and its values.
pub(super) fn segments(source: &str) -> Vec<(String, Vec<f32>)> {
    let page = Page::parse(source);
    let sites = outlet::site_names(&page, address::of_page(&page, None).as_ref());
    let titles = headline::candidates(&page, &sites);
    let title = headline::choose(&titles).map(|place| titles[place].value.clone()).unwrap_or_default();
    body::segments(source, &page, &title)
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
