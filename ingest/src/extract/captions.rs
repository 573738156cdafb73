//! The captions of an article: what stands under its pictures belongs to it whatever its segments weigh.

use dateline_index::article::BlockKind;

use super::blocks::Piece;
use super::segments::{Segment, Segments};
use super::text::word_count;

/// Adds to the chosen segments of a page the captions that stand among them; `possible`: which may be the
/// article's, `headline`: where it stands.
pub(super) fn add_captions(page: &Segments<'_>, possible: &[bool], headline: usize, chosen: &mut [bool]) {
    let segments = &page.segments;
    let is_text = |place: &usize| chosen[*place] && segments[*place].kind != BlockKind::Caption;
    let places = 0..segments.len();
    let (Some(first), Some(last)) = (places.clone().find(is_text), places.rev().find(is_text)) else {
        return;
    };
    let top = first_place(first, headline);
    for place in top..last {
        chosen[place] |=
            possible[place] && is_caption(&segments[place]) && !page.elements[segments[place].element].hidden;
    }
}

/// Where the first picture may stand: it is shown between the headline and the text.
fn first_place(first: usize, headline: usize) -> usize {
    const CLOSE: usize = 4;
    const FAR: usize = 20;
    if headline > 0 && headline < first && first - headline <= FAR {
        headline
    } else {
        first.saturating_sub(CLOSE)
    }
}

fn is_caption(segment: &Segment) -> bool {
    const FEWEST: usize = 5;
    const LONGEST: usize = 100;
    segment.kind == BlockKind::Caption && (FEWEST..=LONGEST).contains(&segment.words) && segment.linked < 0.5
}

/// Where most of a text are captions, they are the text: a story told in pictures, or a careless name.
pub(super) fn text_where_all_are_captions(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let words = |is_caption: bool| -> usize {
        let those = pieces.iter().filter(|piece| (piece.kind == BlockKind::Caption) == is_caption);
        those.map(|piece| word_count(&piece.text)).sum()
    };
    if words(true) > words(false) {
        let captions = pieces.iter_mut().filter(|piece| piece.kind == BlockKind::Caption);
        captions.for_each(|piece| piece.kind = BlockKind::Paragraph);
    }
    pieces
}
