//! What stands in an article's column but is not the article: reading times, share lines,
//! "Read more", credits, pull quotes.

use std::sync::LazyLock;

use dateline_index::article::BlockKind;
use regex::Regex;

use super::blocks::Piece;
use super::edges;
use super::lists::{
    CREDIT_OPENERS, CREDIT_WORDS, EMBED_PHRASES, FURNITURE_LINES, FURNITURE_OPENERS, MINUTES,
    PAYWALL_PHRASES, PICTURE_WORDS, READING_TIMES, SOURCE_OPENERS, listed, opens_with,
};
use super::repeats;
use super::text::{fold, squeeze, word_count};

/// Drops the furniture, takes credits off captions, drops quotes that repeat the article.
pub(super) fn strip(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut kept: Vec<Piece> = Vec::with_capacity(pieces.len());
    for mut piece in edges::without_related(pieces) {
        if is_furniture(&piece.text) {
            continue;
        }
        if piece.kind == BlockKind::Caption {
            piece.text = without_credit(&piece.text).to_owned();
        } else if let Some(caption) = loose_caption(&piece) {
            piece = Piece { kind: BlockKind::Caption, text: caption };
        }
        if !piece.text.is_empty() {
            kept.push(piece);
        }
    }
    without_loose_headings(repeats::without_repeats(kept))
}

/// Whether a line is the page's and not the article's.
pub(super) fn is_furniture(line: &str) -> bool {
    const LONGEST: usize = 400;
    if line.len() > LONGEST {
        return false;
    }
    is_furniture_folded(&fold(&squeeze(line)))
}

/// The same for a line that is folded and not long.
pub(super) fn is_furniture_folded(folded: &str) -> bool {
    let stripped = folded.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    if stripped.is_empty() || listed(&FURNITURE_LINES, stripped) {
        return true;
    }
    is_reading_time(stripped)
        || is_row_of_links(stripped)
        || (word_count(stripped) <= 30 && PAYWALL.is_match(stripped))
        || EMBED.is_match(stripped)
        || (word_count(stripped) <= 25 && opens_with(&FURNITURE_OPENERS, stripped).is_some())
        || is_credit(stripped)
}

/// All phrases in one automaton: every line of a page is asked.
static PAYWALL: LazyLock<Regex> = LazyLock::new(|| any_of(&PAYWALL_PHRASES));
static EMBED: LazyLock<Regex> = LazyLock::new(|| any_of(&EMBED_PHRASES));

fn any_of(phrases: &[&str]) -> Regex {
    let phrases: Vec<String> = phrases.iter().map(|phrase| regex::escape(phrase)).collect();
    Regex::new(&phrases.join("|")).expect("escaped phrases are a pattern")
}

/// "E-mail this story | Printer-friendly version".
fn is_row_of_links(folded: &str) -> bool {
    let parts: Vec<&str> = folded.split(['|', '·', '•']).collect();
    let listed = |part: &&str| listed(&FURNITURE_LINES, part.trim_matches(|c: char| !c.is_alphanumeric()));
    parts.len() > 1 && parts.iter().all(listed)
}

/// "7 min read", "Lesezeit: 3 Minuten", "4 min de lecture".
pub(super) fn is_reading_time(folded: &str) -> bool {
    const LONGEST: usize = 60;
    folded.len() <= LONGEST
        && folded.contains(|c: char| c.is_numeric())
        && listed(&READING_TIMES, &with_any_number(folded))
}

/// "6-7 minutes", alone above a text.
pub(super) fn is_minutes(folded: &str) -> bool {
    folded.contains(|c: char| c.is_numeric()) && listed(&MINUTES, &with_any_number(folded))
}

/// The words of a folded line, each number (or two: "3-4") as "5", parted by one space.
fn with_any_number(folded: &str) -> String {
    let mut line = String::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letters = word.trim_start_matches(char::is_numeric);
        let has_number = letters.len() < word.len();
        for part in [if has_number { "5" } else { "" }, letters] {
            if part.is_empty() || part == "5" && line.ends_with('5') {
                continue;
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(part);
        }
    }
    line
}

/// A line that only says who took a picture.
fn is_credit(folded: &str) -> bool {
    word_count(folded) <= 8 && opens_with(&CREDIT_OPENERS, folded).is_some()
}

/// A caption without what stands at its end about the picture's maker: "… [Getty]", "… Foto: A. B."
pub(super) fn without_credit(caption: &str) -> &str {
    let caption = caption.trim();
    if let Some(text) = without_bracketed_credit(caption) {
        return text;
    }
    let longest = caption.len().saturating_sub(120);
    let starts = caption.char_indices().filter(|(place, c)| *place >= longest && c.is_alphabetic());
    for (place, _) in starts {
        let at_word = place > 0 && caption[..place].ends_with(|c: char| c.is_whitespace() || c == '(');
        if at_word && opens_credit(&fold(&caption[place..])) {
            let text = caption[..place].trim_end_matches(['(', ' ', '|', '–', '-', '\n', '/']);
            if text.split_whitespace().count() >= 2 {
                return text;
            }
        }
    }
    caption
}

fn opens_credit(folded: &str) -> bool {
    opens_with(&CREDIT_OPENERS, folded).or_else(|| opens_with(&SOURCE_OPENERS, folded)).is_some()
}

/// A caption that stands as a paragraph: a short one that ends in the maker of a picture.
fn loose_caption(piece: &Piece) -> Option<String> {
    const LONGEST: usize = 45;
    let caption = without_bracketed_credit(&piece.text)?;
    let credit = fold(&piece.text[caption.len()..]);
    let pictured = PICTURE_WORDS.iter().any(|word| credit.contains(word));
    (pictured && piece.kind == BlockKind::Paragraph && word_count(caption) <= LONGEST)
        .then(|| caption.to_owned())
}

/// The text before a credit in brackets at the end, if there is one.
pub(super) fn without_bracketed_credit(caption: &str) -> Option<&str> {
    let ended = caption.trim_end().trim_end_matches('.');
    let open = match ended.chars().last()? {
        ']' => ended.rfind('[')?,
        ')' => ended.rfind('(')?,
        _ => return None,
    };
    let inside = fold(&ended[open + 1..ended.len() - 1]);
    let words: Vec<&str> = inside.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let names_maker = words.len() <= 10
        && words.iter().any(|word| listed(&CREDIT_WORDS, word) || listed(&PICTURE_WORDS, word));
    names_maker.then(|| caption[..open].trim_end())
}

/// Whether a text stands in quotation marks from end to end.
pub(super) fn is_all_quoted(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['"', '“', '„', '«', '‘', '»']) && text.ends_with(['"', '”', '“', '»', '’', '«'])
}

/// A heading at the end, or straight before another one's box, heads nothing.
fn without_loose_headings(mut pieces: Vec<Piece>) -> Vec<Piece> {
    while pieces.last().is_some_and(|last| last.kind == BlockKind::Heading) {
        pieces.pop();
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Piece {
        Piece { kind: BlockKind::Paragraph, text: text.to_owned() }
    }

    #[test]
    fn furniture_is_told_from_sentences() {
        for line in [
            "7 min read",
            "Lesezeit: 3 Minuten",
            "4 min de lecture",
            "Live Story",
            "Share this article",
            "Read more: Harvest fails in the north",
            "À lire aussi : Le Brésil vote",
            "* * *",
            "Photograph: A. Person/The Paper",
            "Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "Read more books, the minister said.",
            "Share prices fell.",
            "7 minutes later the bridge fell.",
            "Related questions remain open, he said, and will be dealt with next week.",
            "\"No.\"",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn a_pull_quote_goes_and_its_sentence_stays_once() {
        let pieces = vec![
            paragraph("Nobody had given the order to open, and nobody dared to fire on the crowd."),
            Piece { kind: BlockKind::Quote, text: "“Nobody dared to fire on the crowd”".to_owned() },
            Piece {
                kind: BlockKind::Quote,
                text: "A real quotation from a speech, found nowhere else.".to_owned(),
            },
        ];
        let kept: Vec<_> = strip(pieces).into_iter().map(|piece| piece.text).collect();
        assert_eq!(kept.len(), 2, "{kept:?}");
        assert!(kept[1].starts_with("A real quotation"));
    }

    #[test]
    fn a_caption_loses_its_credit_only() {
        for (caption, text) in [
            ("A family mourns in Kerman. [Getty].", "A family mourns in Kerman."),
            ("Oil tanks burn. Photograph: Henrik Aalto / The Review", "Oil tanks burn."),
            ("The hall in Prague (AP Photo/A. Person)", "The hall in Prague"),
            ("The leader of the party (left) and his rival", "The leader of the party (left) and his rival"),
        ] {
            assert_eq!(without_credit(caption), text);
        }
    }
}
