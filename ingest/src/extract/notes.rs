//! The author's note at the end of a text: "Jane Doe is a fellow of … Follow her on …: @…".

use std::ops::Range;

use dateline_index::article::Byline;

use super::blocks::Piece;
use super::furniture::is_furniture;
use super::lists::{NAME_PARTICLES, NOTE_VERBS, OCCUPATIONS, listed};
use super::text::{fold, word_count};

/// A note, whom it is about, and which of the last pieces it takes.
pub(super) struct Note {
    pub(super) author: Byline,
    pub(super) pieces: Range<usize>,
}

/// Finds the note among the last pieces of a text.
pub(super) fn find(pieces: &[Piece]) -> Option<Note> {
    const LOOKED_AT: usize = 4;
    let first = pieces.len().saturating_sub(LOOKED_AT).max(1);
    let place = (first..pieces.len()).find(|&place| {
        author_of(&pieces[place].text).is_some_and(|author| {
            let follows =
                pieces[place + 1..].iter().all(|piece| is_furniture(&piece.text) || is_handle(&piece.text));
            follows && !is_named_before(author, &pieces[..place])
        })
    })?;
    let author = Byline(author_of(&pieces[place].text)?.to_owned());
    Some(Note { author, pieces: place..pieces.len() })
}

/// The name that opens a note, if this is one.
fn author_of(text: &str) -> Option<&str> {
    const LONGEST: usize = 90;
    if word_count(text) > LONGEST {
        return None;
    }
    let name = name_before_verb(text)?;
    let folded = fold(text);
    let works = folded.split(|c: char| !c.is_alphanumeric()).any(|word| listed(&OCCUPATIONS, word));
    (works || is_handle(text)).then_some(name)
}

/// The words before the verb of a note, if they are a full name: "Jane van der Doe is …".
fn name_before_verb(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 6;
    let mut words = Vec::new();
    let mut rest = text;
    for _ in 0..=MOST_WORDS {
        let (word, after) = rest.trim_start().split_once(' ')?;
        if listed(&NOTE_VERBS, &fold(word)) {
            let end = text.len() - rest.len();
            let name = text[..end].trim().trim_end_matches(',');
            let [first, .., last] = words[..] else { return None };
            return (is_capital(first) && is_capital(last)).then_some(name);
        }
        if !is_capital(word) && !listed(&NAME_PARTICLES, &fold(word)) {
            return None;
        }
        words.push(word);
        rest = after;
    }
    None
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// "Follow him on Twitter: @name".
fn is_handle(text: &str) -> bool {
    let handle = text.split_whitespace().any(|word| {
        word.trim_start_matches(['(', ':']).strip_prefix('@').is_some_and(|rest| rest.len() >= 2)
    });
    handle && word_count(text) <= 90
}

/// A note is about somebody of whom the text did not speak.
fn is_named_before(author: &str, pieces: &[Piece]) -> bool {
    let Some(surname) = author.split_whitespace().last() else { return true };
    pieces.iter().any(|piece| piece.text.contains(surname))
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_index::article::BlockKind;

    fn pieces(texts: &[&str]) -> Vec<Piece> {
        let piece = |text: &&str| Piece { kind: BlockKind::Paragraph, text: (*text).to_owned() };
        texts.iter().map(piece).collect()
    }

    #[test]
    fn the_note_names_the_author_and_is_no_text() {
        let pieces = pieces(&[
            "The treaty holds for now.",
            "Lucía Ferrer teaches arms control at the Halvorsen Institute. Follow her on Twitter: @lferrer_x",
            "Share this article",
        ]);
        let note = find(&pieces).map(|note| (note.author.0, note.pieces));
        assert_eq!(note, Some(("Lucía Ferrer".to_owned(), 1..3)));
    }

    #[test]
    fn a_closing_sentence_about_somebody_in_the_news_is_text() {
        for texts in [
            ["Mr Dostum controls the pass.", "Abdul Dostum is the author of his own fall."],
            ["The pass is closed.", "Winter Storm Emma is over."],
        ] {
            assert!(find(&pieces(&texts)).is_none(), "{texts:?}");
        }
    }
}
