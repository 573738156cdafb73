//! The author's note at the end of a text: "Jane Doe is a fellow of … Follow her on …: @…".

use std::ops::Range;

use dateline_index::article::Byline;

use super::blocks::Piece;
use super::furniture::is_furniture;
use super::lists::{FOLLOW_OPENERS, NAME_PARTICLES, NOTE_VERBS, OCCUPATIONS, listed, opens_with};
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

/// The name that a note is about, if this is one.
fn author_of(text: &str) -> Option<&str> {
    const LONGEST: usize = 90;
    if word_count(text) > LONGEST {
        return None;
    }
    let works = || {
        let folded = fold(text);
        folded.split(|c: char| !c.is_alphanumeric()).any(|word| listed(&OCCUPATIONS, word))
    };
    let is_about = |name: &&str| (2..=5).contains(&word_count(name)) && (works() || is_handle(text));
    name_before_verb(text)
        .filter(is_about)
        .or_else(|| name_before_occupation(text))
        .or_else(|| name_to_follow(text))
}

/// The words before the verb of a note, if they are a full name: "Jane van der Doe is …".
fn name_before_verb(text: &str) -> Option<&str> {
    let name = leading_name(text)?;
    let next = text[name.len()..].trim_start_matches(',').split_whitespace().next()?;
    listed(&NOTE_VERBS, &fold(next)).then_some(name)
}

/// "Иван Петров — обозреватель …", "Jane Doe, Redakteurin …", and where letters have no capitals the words before
/// somebody's occupation.
fn name_before_occupation(text: &str) -> Option<&str> {
    const LONGEST: usize = 45;
    const NEAR: usize = 4;
    if word_count(text) > LONGEST {
        return None;
    }
    let is_occupation =
        |word: &str| listed(&OCCUPATIONS, &fold(word.trim_matches(|c: char| !c.is_alphabetic())));
    if let Some(name) = leading_name(text) {
        let rest = text[name.len()..].trim_start();
        let parted = rest.starts_with([',', '—', '–', '-', ':', '(']);
        let occupied = rest.split_whitespace().take(NEAR).any(is_occupation);
        return (parted && occupied).then_some(name);
    }
    let has_capitals = text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let words: Vec<&str> = text.split_whitespace().take(5).collect();
    let place = words.iter().position(|word| is_occupation(word)).filter(|place| (2..=4).contains(place))?;
    let end = words[place].as_ptr() as usize - text.as_ptr() as usize;
    (!has_capitals).then(|| text[..end].trim().trim_end_matches(['،', ',', ':', '-', '–', '—']).trim())
}

/// "Follow Jane Doe on …".
fn name_to_follow(text: &str) -> Option<&str> {
    let opener = opens_with(&FOLLOW_OPENERS, &fold(text))?;
    let rest = opener.split_whitespace().try_fold(text, |rest, _| Some(rest.split_once(' ')?.1))?;
    leading_name(rest).filter(|_| word_count(text) <= 25)
}

/// A full name at the start of a text: words with capitals, and small ones between them.
fn leading_name(text: &str) -> Option<&str> {
    const MOST_WORDS: usize = 5;
    let mut end = 0;
    let mut words = 0;
    let mut place = 0;
    for word in text.split(' ').take(MOST_WORDS) {
        let bare = word.trim_end_matches([',', ':']);
        let fits = bare.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''));
        if is_capital(bare) && fits {
            end = place + bare.len();
            words += 1;
        } else if !listed(&NAME_PARTICLES, &fold(word)) || words == 0 {
            break;
        }
        if bare.len() < word.len() {
            break;
        }
        place += word.len() + 1;
    }
    (words >= 2).then(|| &text[..end])
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// "Follow him on Twitter: @name".
fn is_handle(text: &str) -> bool {
    const LONGEST: usize = 25;
    let handle = text.split_whitespace().any(|word| {
        word.trim_start_matches(['(', ':']).strip_prefix('@').is_some_and(|rest| rest.len() >= 2)
    });
    handle && word_count(text) <= 90
        || word_count(text) <= LONGEST && opens_with(&FOLLOW_OPENERS, &fold(text)).is_some()
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
