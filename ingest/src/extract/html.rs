//! A page becomes an article.

use dateline_index::article::{BlockKind, DoubtKind, Origin};
use url::Url;

use super::about::About;
use super::blocks::Piece;
use super::body::{self, Body};
use super::candidate::Found;
use super::date::{self, Decision};
use super::page::Page;
use super::text::{bare, word_count};
use super::verdict::{self, Case, Verdict};
use super::weigh::{self, Example};
use super::{Draft, Outcome, Rules, address, blocks, byline, edges, notes};
use crate::evidence::Evidence;

/// Extracts a page.
pub(super) fn extract(source: &str, origin: &Origin, rules: &Rules) -> Outcome {
    if source.trim().is_empty() {
        return Outcome::Skipped("the page is empty".to_owned());
    }
    let page = Page::parse(source);
    let About { title, url, sites, mut draft } = About::read(&page, origin.url.as_deref());
    let (dates, mut body) = dates_and_text(source, &page, url.as_ref(), &title, rules);
    draft.bylines_of(&page, &sites, &title, &mut body.pieces);
    let mut standfirst = draft.standfirst_of(&page, &title);
    body.pieces = edges::trim(body.pieces, &title);
    draft.part_standfirst(&mut standfirst, &mut body.pieces);
    edges::mark_headings(&mut body.pieces);
    (draft.text, draft.blocks) = blocks::join(&body.pieces);
    let verdict = match rules.fields_only {
        true => Verdict::Article,
        false => judge(&page, &title, origin, &dates, &draft),
    };
    draft.doubt_text(&page, body.doubt, &verdict, rules);
    draft.take_dates(dates);
    draft.evidence.extend(body.evidence.map(|evidence| as_stored(evidence, &body.pieces)));
    draft.language = draft.language_of(&page, &draft.text.clone());
    draft.identity = address::identity(url.as_ref());
    draft.url = url.map(|url| url.to_string());
    draft.standfirst = standfirst.map(|(text, _)| text);
    draft.title = title;
    match verdict {
        Verdict::NotArticle(reason) => Outcome::NotArticle(reason, Box::new(draft)),
        _ => Outcome::Draft(Box::new(draft)),
    }
}

/// The dates that a page states, and its text; the extractor's search for a date is the last resort.
fn dates_and_text(
    source: &str,
    page: &Page,
    url: Option<&Url>,
    title: &str,
    rules: &Rules,
) -> (Decision, Body) {
    let mut offered = date::candidates(page, url, title);
    let dates = date::decide(offered.clone(), rules.latest);
    if rules.fields_only {
        return (dates, Body::default());
    }
    let body = body::of_page(source, page, title, dates.has_day());
    match body.date.and_then(|date| date::searched(page, date)) {
        Some(searched) => {
            offered.push(searched);
            (date::decide(offered, rules.latest), body)
        }
        None => (dates, body),
    }
}

/// The evidence on a text whose head, note and title have been taken off since it was chosen.
fn as_stored(mut evidence: Evidence, pieces: &[Piece]) -> Evidence {
    evidence
        .candidates
        .iter_mut()
        .filter(|offer| offer.chosen)
        .for_each(|offer| offer.value = body::shown(pieces));
    evidence
}

fn judge(page: &Page, title: &str, origin: &Origin, dates: &Decision, draft: &Draft) -> Verdict {
    verdict::judge(&Case {
        page,
        title,
        text: &draft.text,
        origin: origin.url.as_deref(),
        dated: dates.published.as_ref().map(|published| published.found.as_str()),
        named: draft.found.get("authors").map(String::as_str),
    })
}

impl Draft {
    /// Takes the authors that the page names, else the one of a note under the text; the note goes.
    fn bylines_of(&mut self, page: &Page, sites: &[String], title: &str, pieces: &mut Vec<Piece>) {
        let authors = byline::of_page(page, sites, title);
        self.bylines = authors.bylines;
        let mut named = authors.found;
        if let Some(note) = notes::find(pieces) {
            if self.bylines.is_empty() {
                self.bylines.push(note.author.clone());
                named = Some(Found::Text.name());
            }
            pieces.drain(note.pieces);
        }
        self.doubts.extend(authors.doubts);
        self.evidence.push(authors.evidence);
        self.found.extend(named.map(|place| ("authors".to_owned(), place.to_owned())));
    }

    /// Makes standfirst and text two things: a deck that opens the text is the standfirst, and what only
    /// repeats how the text begins is none.
    fn part_standfirst(&mut self, standfirst: &mut Option<(String, bool)>, pieces: &mut [Piece]) {
        if let Some(deck) = deck(pieces, standfirst.as_ref().map(|(text, _)| text.as_str())) {
            self.unsettle("standfirst", "the text opens with it");
            self.found.insert("standfirst".to_owned(), Found::Text.name().to_owned());
            *standfirst = Some((deck, true));
        }
        if standfirst.take_if(|(text, seen)| !*seen && begins_with(pieces, text)).is_some() {
            self.unsettle("standfirst", "what the page offers only repeats how the text begins");
        }
    }

    /// Says what is uncertain about the text, and whether the page is an article at all.
    fn doubt_text(&mut self, page: &Page, rescued: Option<&str>, verdict: &Verdict, rules: &Rules) {
        if let Some(reason) = rescued {
            self.doubt(DoubtKind::TextRescued, "text", reason);
        }
        if !rules.fields_only {
            let description = page.meta(&["description", "og:description"]);
            self.doubts.extend(verdict::is_short(page, &self.text, description));
        }
        if let Verdict::Doubtful(reason) = verdict {
            self.doubt(DoubtKind::NotAnArticle, "text", format!("it may be no article; {reason}"));
        }
    }

    fn take_dates(&mut self, dates: Decision) {
        for (kind, field, reason) in dates.doubts {
            self.doubt(kind, field, reason);
        }
        self.evidence.extend(dates.evidence);
        self.published = dates.published;
        self.updated = dates.updated;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> String {
        match extract(page, &Origin::default(), &Rules::default()) {
            Outcome::Draft(draft) => draft.text,
            _ => String::new(),
        }
    }

    const LINE: &str =
        "The ferry stayed in the harbour for a third day because the wind would not turn to the south. ";

    #[test]
    fn a_text_that_only_browsers_without_scripts_would_show_is_read() {
        let page = format!(
            "<title>Ferry stays</title><body><h1>Ferry stays in the harbour</h1><div id=story></div>\
             <script>load()</script><noscript><p>{}</p><p>{}</p></noscript>",
            LINE.repeat(3),
            LINE.replace("ferry", "pilot boat")
        );
        assert!(text(&page).contains("The pilot boat stayed"), "{}", text(&page));
    }

    #[test]
    fn an_amp_page_is_read() {
        let page = format!(
            "<html amp><title>Ferry stays</title><body><amp-sidebar><p>Sport</p></amp-sidebar><article>\
             <h1>Ferry stays in the harbour</h1><amp-img src=a.jpg width=1 height=1></amp-img><p>{}</p>\
             <amp-ad type=x></amp-ad><p>{}</p></article>",
            LINE.repeat(3),
            LINE.replace("ferry", "pilot boat").repeat(2)
        );
        let text = text(&page);
        assert!(text.contains("The pilot boat stayed") && !text.contains("Sport"), "{text}");
    }

    #[test]
    fn a_text_that_only_a_script_holds_is_read() {
        let story = format!(
            "<p>{}</p><p>{}</p><p>{}</p>",
            LINE,
            LINE.replace("third", "fourth").repeat(4),
            LINE.repeat(5)
        );
        let state =
            serde_json::json!({ "article": { "content": story } }).to_string().replace('<', "\\u003c");
        let page = format!(
            "<title>Ferry stays in the harbour</title><div id=app></div><script>window.state={state}</script>"
        );
        assert!(text(&page).contains("for a fourth day"), "{}", text(&page));
    }
}
