//! What stands under the text of a copy: links of the page, the author's note, a closing byline.

use dateline_index::article::BlockKind;

use super::super::blocks::Piece;
use super::super::candidate::Found;
use super::super::edges::ends_sentence;
use super::super::furniture::is_furniture;
use super::super::text::word_count;
use super::super::{byline, notes};
use super::fields::Fields;

/// Drops the links and lines that stand under the text of a copied page.
pub(super) fn drop_footer(pieces: &mut Vec<Piece>) {
    const FEWEST: usize = 4;
    let is_short = |piece: &Piece| {
        piece.kind != BlockKind::Caption
            && (is_furniture(&piece.text) || word_count(&piece.text) <= 12 && !ends_sentence(&piece.text))
    };
    let run = pieces.iter().rev().take_while(|piece| is_short(piece)).count();
    if run >= FEWEST && run < pieces.len() {
        pieces.truncate(pieces.len() - run);
    }
}

/// Takes the author's note at the end.
pub(super) fn take_note(pieces: &mut Vec<Piece>, fields: &mut Fields) {
    if let Some(note) = notes::find(pieces) {
        fields.authors(vec![note.author.0], Found::Text, "note under the text");
        pieces.drain(note.pieces);
    }
}

/// "By Jane Doe" under the text.
pub(super) fn take_closing_byline(pieces: &mut Vec<Piece>, fields: &mut Fields) {
    let last = pieces.iter().rposition(|piece| !is_furniture(&piece.text));
    let Some(last) = last.filter(|&last| last > 0 && word_count(&pieces[last].text) <= 10) else { return };
    let names = byline::signed_line(&pieces[last].text);
    if !names.is_empty() {
        pieces.truncate(last);
    }
    fields.authors(names, Found::Byline, "line under the text");
}
