//! Which segments of a page are its article: the forest weighs each, and what it takes is rendered.

use std::sync::LazyLock;

use super::blocks::{Piece, inline_pieces};
use super::captions::{add_captions, text_where_all_are_captions};
use super::context::{self, with_context};
use super::edges::ends_sentence;
use super::features::{self, Hints, Values};
use super::forest::Forest;
use super::furniture::is_furniture;
use super::learned::learned;
use super::linked;
use super::lists::{RELATED_HEADINGS, opens_with};
use super::page::Page;
use super::segments::{Element, Segment, Segments};
use super::shingles::Shingles;
use super::text::{bare, fold, word_count};
use super::tree::Tree;

static FOREST: LazyLock<Option<Forest>> = LazyLock::new(|| {
    let forest = Forest::read(learned("segments.txt", include_str!("../../data/segments.txt")));
    forest.filter(|forest| forest.names == features::NAMES)
});

/// Hears what the first thinks of all segments.
static AGAIN: LazyLock<Option<Forest>> = LazyLock::new(|| {
    let forest = Forest::read(learned("segments-again.txt", include_str!("../../data/segments-again.txt")));
    forest.filter(|forest| forest.names == [features::NAMES, context::NAMES].concat())
});

/// The pieces of a page that are more likely its article's than not.
pub(super) fn likely_pieces(page: &Page, title: &str) -> Vec<Piece> {
    let (Some(forest), Some(again)) = (&*FOREST, &*AGAIN) else { return Vec::new() };
    let segments = Segments::of(&page.html, &page.apart);
    let tree = Tree::of(&segments);
    let values = weigh(page, &segments, &tree, title);
    let odds: Vec<f32> = values.iter().map(|values| forest.probability(values)).collect();
    let values = with_context(&segments, &tree, &values, &odds);
    let may_be = possible(&segments, title);
    let likely = may_be.iter().zip(&values).map(|(may_be, values)| *may_be && again.accepts(&values[..]));
    let mut chosen: Vec<bool> = likely.collect();
    add_captions(&segments, &may_be, headline_place(&segments.segments, title), &mut chosen);
    let chosen = segments.segments.iter().zip(chosen).filter(|(_, chosen)| *chosen);
    text_where_all_are_captions(rendered(chosen.map(|(segment, _)| segment)))
}

/// The values of a page's segments with what else the page says.
fn weigh(page: &Page, segments: &Segments<'_>, tree: &Tree, title: &str) -> Vec<Values> {
    let linked = page.linked.articles().filter_map(|node| linked::text(node, "articleBody"));
    let linked = linked.max_by_key(String::len).filter(|text| word_count(text) > 50);
    let linked = linked.map(|text| Shingles::of([text.as_str()], 4));
    let described = Shingles::of(page.descriptions(), 3);
    features::of_page(segments, tree, &Hints { linked: linked.as_ref(), described: &described, title })
}

/// Whether each segment may be the article's at all.
fn possible(page: &Segments<'_>, title: &str) -> Vec<bool> {
    let headline = headline_place(&page.segments, title);
    let may_be = |(place, segment): (usize, &Segment)| {
        !page.elements[segment.element].apart
            && !leads_elsewhere(segment)
            && (place >= headline || is_sentences(segment))
    };
    page.segments.iter().enumerate().map(may_be).collect()
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

/// A segment, for learning.
pub(super) struct Example {
    /// Its text; and what of it would be the article's text.
    pub(super) text: String,
    pub(super) rendered: String,
    /// Whether it may be the article's at all.
    pub(super) possible: bool,
    /// The elements around it whose labels count, outermost first, by number.
    pub(super) around: Vec<usize>,
    /// What it shares with segments that lie in elements of the same names: see [`Tree::paths`].
    pub(super) paths: [u64; 2],
    pub(super) values: Values,
}

/// For learning: a page's elements, each by its name and labels, and its segments.
pub(super) fn examples(page: &Page, title: &str) -> (Vec<(String, String)>, Vec<Example>) {
    let segments = Segments::of(&page.html, &page.apart);
    let tree = Tree::of(&segments);
    let values = weigh(page, &segments, &tree, title);
    let may_be = possible(&segments, title);
    let label = |element: &Element<'_>| (element.name.to_owned(), element.labels.join(" "));
    let elements = segments.elements.iter().map(label).collect();
    let example = |(place, ((segment, values), possible)): (usize, ((&Segment, Values), bool))| {
        let mut pieces = rendered([segment]);
        pieces.retain(|piece| !is_furniture(&piece.text));
        let mut around: Vec<usize> = segments.chain(segment.element).filter(|&id| tree.is_part(id)).collect();
        around.reverse();
        let rendered = pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\n");
        Example {
            text: segment.text.clone(),
            rendered,
            possible,
            around,
            paths: tree.paths(&segments, place),
            values,
        }
    };
    let examples = segments.segments.iter().zip(values).zip(may_be).enumerate().map(example).collect();
    (elements, examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forests_can_be_read_and_know_their_values() {
        for forest in [&FOREST, &AGAIN] {
            assert!(forest.is_some(), "a forest of the values that are computed");
        }
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
        let texts: Vec<String> =
            likely_pieces(&page, "Harbour closed").into_iter().map(|piece| piece.text).collect();
        let ends: Vec<&str> = texts.iter().filter_map(|text| text.split(". ").nth(1)).collect();
        assert_eq!(ends, ["One.", "Two.", "Three.", "Four."], "{texts:?}");
    }
}
