//! Text copies that hold no article: errors, requests for consent, lists of links.

use super::super::blocks::Piece;
use super::super::edges::ends_sentence;
use super::super::lists::{CONSENT_PHRASES, ERROR_TITLES, opens_with};
use super::super::text::{fold, word_count};
use super::{FEW, FEWEST};

/// What a text copy is that is no article; `is_signed`: it says when it was published or by whom.
pub(in super::super) fn not_an_article(title: &str, pieces: &[Piece], is_signed: bool) -> Option<String> {
    let words: usize = pieces.iter().map(|piece| word_count(&piece.text)).sum();
    if is_signed {
        return None;
    }
    error_page(title, pieces, words)
        .or_else(|| consent(title, pieces, words))
        .or_else(|| list_of_lines(pieces, words))
}

fn error_page(title: &str, pieces: &[Piece], words: usize) -> Option<String> {
    const SHORT: usize = 100;
    const LONGEST: usize = 16;
    let first = pieces.first().map(|piece| piece.text.as_str()).unwrap_or_default();
    let mut said = [title, first].into_iter().filter(|text| word_count(text) <= LONGEST);
    let said = said.find(|text| opens_with(&ERROR_TITLES, &fold(text)).is_some())?;
    (words < SHORT).then(|| format!("an error page copied as a text: {said:?}"))
}

/// One phrase tells a short text; a longer one has several, and no article has.
fn consent(title: &str, pieces: &[Piece], words: usize) -> Option<String> {
    const LONGEST: usize = 300;
    let mut text = fold(title);
    pieces.iter().for_each(|piece| text.extend([" ", &fold(&piece.text)]));
    let phrases = CONSENT_PHRASES.iter().filter(|phrase| text.contains(**phrase)).count();
    let asks = phrases >= 2 && words < LONGEST || phrases == 1 && words < FEW;
    asks.then(|| format!("a request for consent copied as a text, {words} words"))
}

/// Headlines or addresses one under the other, and no sentence.
fn list_of_lines(pieces: &[Piece], words: usize) -> Option<String> {
    const FEWEST_LINES: usize = 6;
    if pieces.len() < FEWEST_LINES {
        return None;
    }
    let is_address = |piece: &&Piece| piece.text.contains("://") || piece.text.starts_with("www.");
    let addresses = pieces.iter().filter(is_address).count();
    if addresses * 2 >= pieces.len() {
        return Some(format!("a list of {addresses} addresses"));
    }
    let sentences =
        pieces.iter().filter(|piece| ends_sentence(&piece.text) && word_count(&piece.text) >= 8).count();
    let longest = pieces.iter().map(|piece| word_count(&piece.text)).max().unwrap_or_default();
    (sentences == 0 && longest < FEWEST)
        .then(|| format!("a list of {} lines without a sentence, {words} words", pieces.len()))
}
