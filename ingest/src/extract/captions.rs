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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn captions_among_the_text_are_added_and_others_are_not() {
        let html = scraper::Html::parse_document(
            "<h1>Ferry stays</h1><figcaption>The ferry lies in the harbour.</figcaption><p>One.<p>Two.\
             <figcaption>Waves break over the long pier.</figcaption><figcaption>A pier</figcaption>\
             <div style='display:none'><figcaption>The pier in another year, hidden.</figcaption></div><p>Three.\
             <figcaption>The winner of last night's final.</figcaption>",
        );
        let page = Segments::of(&html, &HashSet::new());
        let is_text = |segment: &Segment| segment.kind == BlockKind::Paragraph;
        let mut chosen: Vec<bool> = page.segments.iter().map(is_text).collect();
        add_captions(&page, &vec![true; chosen.len()], 0, &mut chosen);
        let texts = page.segments.iter().zip(chosen).filter(|(_, chosen)| *chosen);
        let texts: Vec<&str> = texts.map(|(segment, _)| segment.text.as_str()).collect();
        let [top, inside] = ["The ferry lies in the harbour.", "Waves break over the long pier."];
        assert_eq!(texts, [top, "One.", "Two.", inside, "Three."]);
    }

    #[test]
    fn a_story_told_in_captions_is_text() {
        let piece = |kind, text: &str| Piece { kind, text: text.to_owned() };
        let pieces = vec![
            piece(BlockKind::Paragraph, "Ten views."),
            piece(BlockKind::Caption, "The first of them shows the harbour at noon."),
        ];
        let found = text_where_all_are_captions(pieces);
        assert!(found.iter().all(|piece| piece.kind == BlockKind::Paragraph));
    }
}
