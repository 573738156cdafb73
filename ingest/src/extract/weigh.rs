//! Which segments of a page are its article: the forest weighs each, and what it takes is rendered.

use std::sync::LazyLock;

use super::blocks::{Piece, inline_pieces};
use super::edges::ends_sentence;
use super::features::{self, COUNT, Hints, NAMES};
use super::forest::Forest;
use super::linked;
use super::lists::{RELATED_HEADINGS, opens_with};
use super::page::Page;
use super::segments::{Segment, Segments};
use super::shingles::Shingles;
use super::text::{bare, fold, word_count};

/// Segments that are more likely the article's than this are taken.
const LIKELY: f32 = 0.36;

static FOREST: LazyLock<Option<Forest>> =
    LazyLock::new(|| Forest::read(include_str!("../../data/segments.txt")).filter(|it| it.names == NAMES));

/// The pieces of a page that are more likely its article's than not; `taken`: what the extractor takes.
pub(super) fn likely_pieces(page: &Page, taken: &[Segment], title: &str) -> Vec<Piece> {
    let Some(forest) = &*FOREST else { return Vec::new() };
    let segments = Segments::of(&page.html, &page.apart);
    let values = weigh(page, &segments, taken, title);
    let headline = headline_place(&segments.segments, title);
    let likely = segments.segments.iter().zip(&values).enumerate().filter(|(place, (segment, values))| {
        !segments.elements[segment.element].apart
            && !leads_elsewhere(segment)
            && (*place >= headline || is_sentences(segment))
            && forest.probability(&values[..]) > LIKELY
    });
    rendered(likely.map(|(_, (segment, _))| segment))
}

/// The values of a page's segments with what else the page says.
fn weigh(page: &Page, segments: &Segments, taken: &[Segment], title: &str) -> Vec<[f32; COUNT]> {
    let linked = page.linked.articles().filter_map(|node| linked::text(node, "articleBody"));
    let linked = linked.max_by_key(String::len).filter(|text| word_count(text) > 50);
    let linked = linked.map(|text| Shingles::of([text.as_str()], 4));
    let hints = Hints {
        taken: &Shingles::of(taken.iter().map(|segment| segment.text.as_str()), 4),
        linked: linked.as_ref(),
        described: &Shingles::of(page.descriptions(), 3),
        title,
    };
    features::of_page(segments, &hints)
}

/// Where the headline stands, if it does; what stands above it is the article's only if it is sentences.
fn headline_place(segments: &[Segment], title: &str) -> usize {
    const FEWEST: usize = 3;
    const LONGEST: usize = 60;
    let title = format!(" {} ", bare(title));
    // On old pages the byline stands in one paragraph with it.
    let holds = |segment: &Segment| format!(" {} ", bare(&segment.text)).contains(&title);
    let place = segments.iter().position(|segment| segment.words <= LONGEST && holds(segment));
    place.filter(|_| word_count(&title) >= FEWEST).unwrap_or(0)
}

fn is_sentences(segment: &Segment) -> bool {
    const MANY: usize = 20;
    segment.words >= MANY || ends_sentence(&segment.text)
}

/// "Read more" and the linked title of another story on one line.
fn leads_elsewhere(segment: &Segment) -> bool {
    const LONGEST: usize = 30;
    segment.links > 0
        && segment.linked > 0.5
        && segment.words <= LONGEST
        && opens_with(&RELATED_HEADINGS, &fold(&segment.text)).is_some()
}

/// Chosen segments as pieces; cells of one row of a table are one piece.
pub(super) fn rendered<'a>(chosen: impl IntoIterator<Item = &'a Segment>) -> Vec<Piece> {
    /// A cell with more words is a part of a page that a table lays out.
    const CELL: usize = 20;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut row = None;
    for segment in chosen {
        let cells = row.is_some() && row == segment.row && segment.words <= CELL;
        row = segment.row.filter(|_| segment.words <= CELL);
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
pub(super) fn valued(page: &Page, taken: &[Segment], title: &str) -> Vec<(String, Vec<f32>)> {
    let segments = Segments::of(&page.html, &page.apart);
    let values = weigh(page, &segments, taken, title);
    segments
        .segments
        .into_iter()
        .zip(values)
        .map(|(segment, values)| (segment.text, values.to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forest_can_be_read_and_knows_its_values() {
        let forest = FOREST.as_ref().expect("a forest of the values that are computed");
        assert_eq!(forest.names, NAMES);
    }

    #[test]
    fn an_article_is_told_from_what_stands_around_it() {
        let sentence =
            "The harbour stayed closed for a third day, and the ships that had waited turned south.";
        let page = Page::parse(&format!(
            "<body><nav><ul><li><a href=/a>World</a><li><a href=/b>Business</a></ul></nav><article>\
             <h1>Harbour closed</h1><p>{sentence} One.</p><p>{sentence} Two.</p><ul><li>{sentence} Three.</ul>\
             <p>{sentence} Four.</p></article><div class=comments><p>{sentence} A reader.</p></div>\
             <footer><p>All rights reserved.</p></footer>"
        ));
        let taken = Segments::of(&page.html, &page.apart).segments;
        let taken: Vec<Segment> = taken.into_iter().filter(|s| s.text.contains("harbour")).collect();
        let texts: Vec<String> =
            likely_pieces(&page, &taken, "Harbour closed").into_iter().map(|piece| piece.text).collect();
        let ends: Vec<&str> = texts.iter().filter_map(|text| text.split(". ").nth(1)).collect();
        assert_eq!(ends, ["One.", "Two.", "Three.", "Four."], "{texts:?}");
    }
}
