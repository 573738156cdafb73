//! From the lines of a copy to its paragraphs: lines that were cut at a width are joined again.

use dateline_index::article::BlockKind;

use super::super::blocks::Piece;
use super::super::edges::ends_sentence;
use super::super::furniture::{is_furniture, without_bracketed_credit};
use super::super::lists::{PICTURE_WORDS, listed};
use super::super::text::{fold, word_count};
use super::Line;

/// The paragraphs of some lines.
pub(super) fn paragraphs(lines: &[Line]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for stretch in lines.split(|line| line.text.is_empty()).filter(|stretch| !stretch.is_empty()) {
        if stretch.iter().all(|line| line.kind.is_none()) && is_wrapped(stretch) {
            pieces.extend(unwrapped(stretch).iter().map(|text| piece(text, None)));
        } else {
            pieces.extend(stretch.iter().map(|line| piece(&line.text, line.kind)));
        }
    }
    pieces
}

/// Whether lines were cut at a width: most are about as long, and go on in the next.
pub(super) fn is_wrapped(stretch: &[Line]) -> bool {
    let Some((last, before)) = stretch.split_last() else { return false };
    let widest = width(stretch);
    let full = before.iter().filter(|line| length(line) * 10 >= widest * 6);
    let goes_on = full.clone().filter(|line| !ends_sentence(&line.text)).count();
    !before.is_empty()
        && (40..=140).contains(&widest)
        && full.count() * 10 >= before.len() * 8
        && goes_on * 2 >= before.len()
        && !last.text.starts_with(['-', '*', '•'])
        && !stretch.iter().any(|line| is_furniture(&line.text))
}

/// The paragraphs of wrapped lines; a line that ends early ends a paragraph.
fn unwrapped(stretch: &[Line]) -> Vec<String> {
    let widest = width(stretch);
    let mut texts = vec![String::new()];
    for line in stretch {
        if let Some(text) = texts.last_mut() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&line.text);
        }
        if length(line) * 10 < widest * 8 && ends_sentence(&line.text) {
            texts.push(String::new());
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn width(stretch: &[Line]) -> usize {
    stretch.iter().map(length).max().unwrap_or_default()
}

fn length(line: &Line) -> usize {
    line.text.chars().count()
}

fn piece(text: &str, kind: Option<BlockKind>) -> Piece {
    const LONGEST_CAPTION: usize = 80;
    if let Some(kind) = kind {
        return Piece { kind, text: text.to_owned() };
    }
    if let Some(caption) = without_bracketed_credit(text)
        && word_count(text) <= LONGEST_CAPTION
        && is_picture_credit(&text[caption.len()..])
    {
        return Piece { kind: BlockKind::Caption, text: caption.to_owned() };
    }
    if let Some(item) = ["- ", "* ", "• ", "· ", "– "].iter().find_map(|mark| text.strip_prefix(mark)) {
        return Piece { kind: BlockKind::List, text: item.trim().to_owned() };
    }
    Piece { kind: BlockKind::Paragraph, text: text.to_owned() }
}

/// Agencies close their paragraphs with "(dpa)", too: round brackets are a picture's only where they say so,
/// or name its maker and his agency.
fn is_picture_credit(credit: &str) -> bool {
    let folded = fold(credit);
    let says_picture = folded.split(|c: char| !c.is_alphanumeric()).any(|word| listed(&PICTURE_WORDS, word));
    credit.trim_start().starts_with('[') || credit.contains('/') || says_picture
}
