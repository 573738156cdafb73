//! Where an article begins and ends, on pages whose extractor took the page's frame along: what
//! stands above the repeated headline and below the last sentence is not the article.

use dateline_index::article::BlockKind;

use super::blocks::Piece;
use super::furniture::{is_all_quoted, is_furniture};
use super::lists::{RELATED_HEADINGS, RIGHTS, listed};
use super::text::{bare, fold, word_count};
use super::written::Order;
use super::{byline, date};

/// Drops what stands before the headline, the lines about the article under it, and a frame of
/// links and rights after the text.
pub(super) fn trim(pieces: Vec<Piece>, title: &str, standfirst: Option<&str>) -> Vec<Piece> {
    let mut pieces = from_headline(pieces, title);
    drop_head_lines(&mut pieces, standfirst);
    drop_frame(&mut pieces);
    pieces
}

fn from_headline(mut pieces: Vec<Piece>, title: &str) -> Vec<Piece> {
    let title = bare(title);
    if word_count(&title) < 3 {
        if let Some(place) =
            pieces.iter().take(4).position(|piece| !title.is_empty() && bare(&piece.text) == title)
        {
            pieces.remove(place);
        }
        return pieces;
    }
    // Only in the first part: a text may quote its own headline.
    let searched = pieces.len() * 2 / 5 + 1;
    let place = pieces.iter().take(searched).rposition(|piece| {
        piece.text.len() < 400 && {
            let text = bare(&piece.text);
            text == title || text.ends_with(&format!(" {title}"))
        }
    });
    // Whole sentences above it are the article's: then this is no headline but an echo of it.
    let frame = |piece: &Piece| word_count(&piece.text) < 20 || !ends_sentence(&piece.text);
    if let Some(place) = place.filter(|&place| pieces[..place].iter().all(frame)) {
        pieces.drain(..=place);
    }
    pieces
}

/// Byline, date line, standfirst: they have fields of their own.
fn drop_head_lines(pieces: &mut Vec<Piece>, standfirst: Option<&str>) {
    const LOOKED_AT: usize = 6;
    let standfirst = standfirst.map(bare).unwrap_or_default();
    let mut place = 0;
    for _ in 0..LOOKED_AT {
        let Some(piece) = pieces.get(place) else { return };
        let text = piece.text.as_str();
        let is_line_about = word_count(text) <= 16
            && (!byline::signed_line(text).is_empty()
                || date::date_line(text, Order::DayFirst).is_some() && !ends_sentence(text));
        if is_line_about || is_furniture(text) || (!standfirst.is_empty() && bare(text) == standfirst) {
            pieces.remove(place);
        } else if piece.kind == BlockKind::Caption {
            place += 1;
        } else {
            return;
        }
    }
}

/// A run of short lines at the end that holds links side by side or a notice of rights.
fn drop_frame(pieces: &mut Vec<Piece>) {
    let is_rights = |text: &str| {
        let folded = fold(text);
        word_count(text) <= 40 && RIGHTS.iter().any(|mark| folded.contains(mark))
    };
    let is_short = |piece: &Piece| {
        piece.kind != BlockKind::Caption
            && (is_rights(&piece.text)
                || is_furniture(&piece.text)
                || word_count(&piece.text) <= 12
                    && !ends_sentence(&piece.text)
                    && !is_all_quoted(&piece.text))
    };
    let run = pieces.iter().rev().take_while(|piece| is_short(piece)).count();
    let start = pieces.len() - run;
    let is_frame = pieces[start..].iter().any(|piece| is_rights(&piece.text) || piece.text.contains(" | "));
    if is_frame && start > 0 {
        pieces.truncate(start);
    }
}

/// Drops the titles of other stories after a line such as "Related stories".
pub(super) fn without_related(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut kept = Vec::with_capacity(pieces.len());
    let mut in_box = false;
    for mut piece in pieces {
        let folded = fold(&piece.text);
        let stripped = folded.trim_matches(|c: char| !c.is_alphanumeric());
        if listed(&RELATED_HEADINGS, stripped) {
            in_box = true;
            continue;
        }
        if let Some(text) = without_box(&piece.text) {
            piece.text = text;
            if !piece.text.is_empty() {
                kept.push(piece);
            }
            in_box = true;
            continue;
        }
        let is_title = word_count(&piece.text) <= 18 && !ends_sentence(&piece.text);
        let is_entry = is_title && (piece.kind == BlockKind::List || piece.text.starts_with(BULLETS));
        in_box = in_box && is_entry;
        if !in_box {
            kept.push(piece);
        }
    }
    kept
}

/// A piece of several lines without the box of other stories that was set into it; `None` where
/// there is none.
fn without_box(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let opens = |line: &&str| {
        listed(&RELATED_HEADINGS, &fold(line.trim())) || without_shouted_heading(line).is_some()
    };
    let place = lines.iter().position(opens)?;
    let entries = lines[place + 1..]
        .iter()
        .take_while(|line| line.starts_with(BULLETS) && !ends_sentence(line))
        .count();
    let mut kept: Vec<&str> = lines[..place].to_vec();
    kept.extend(without_shouted_heading(lines[place]));
    kept.extend(&lines[place + 1 + entries..]);
    Some(kept.join("\n"))
}

/// What stands before the titles of other stories.
const BULLETS: [char; 6] = ['•', '·', '»', '›', '-', '▪'];

/// "Recognition from Washington RELATED STORIES": the box was set into the line before it.
fn without_shouted_heading(text: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let start = text.char_indices().rev().take(LONGEST).take_while(|(_, c)| !c.is_lowercase()).last()?.0;
    let tail = text[start..].trim();
    let shouted = tail.chars().any(char::is_alphabetic) && listed(&RELATED_HEADINGS, &fold(tail));
    (shouted && start > 0 && word_count(tail) > 1).then(|| text[..start].trim_end())
}

pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', '“', ')', ']', '\'']);
    text.ends_with(['.', '!', '?', '…', '。', '؟', '।', ':', '！', '？'])
}

/// A short line without end punctuation before a paragraph heads it.
pub(super) fn mark_headings(pieces: &mut [Piece]) {
    let short = |text: &str| word_count(text) <= 14 && text.chars().count() <= 100;
    for place in 0..pieces.len().saturating_sub(1) {
        let text = pieces[place].text.as_str();
        let open_end = !text.ends_with(['.', ',', ';', ':', '!', '…', '"', '”', '»', '“', ')']);
        let heads = pieces[place].kind == BlockKind::Paragraph
            && short(text)
            && open_end
            && !is_all_quoted(text)
            && !is_furniture(text)
            && text.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
            && !short(&pieces[place + 1].text)
            && pieces[place + 1].kind == BlockKind::Paragraph;
        if heads {
            pieces[place].kind = BlockKind::Heading;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(texts: &[&str]) -> Vec<Piece> {
        let piece = |text: &&str| Piece { kind: BlockKind::Paragraph, text: (*text).to_owned() };
        texts.iter().map(piece).collect()
    }

    #[test]
    fn the_frame_of_a_page_goes_and_the_article_stays() {
        let pieces = paragraphs(&[
            "FRONT PAGE | WORLD",
            "Front page > Conflict Guns fall silent at the canal",
            "By Nadia Haddad",
            "November 7, 1956",
            "LONDON, Nov. 7 — The guns fell silent at midnight.",
            "RELATED STORIES",
            "• Orbiter lost",
            "The canal is blocked, and oil must take the long way.",
            "Back to top | Front page",
            "TODAY",
            "Copyright © 1999 The Wire. All rights reserved.",
        ]);
        let kept: Vec<_> = trim(without_related(pieces), "Guns fall silent at the canal", None)
            .into_iter()
            .map(|p| p.text)
            .collect();
        assert_eq!(
            kept,
            [
                "LONDON, Nov. 7 — The guns fell silent at midnight.",
                "The canal is blocked, and oil must take the long way."
            ]
        );
    }

    #[test]
    fn a_box_that_was_set_into_a_line_is_cut_out_of_it() {
        let pieces = paragraphs(&[
            "Recognition comes RELATED STORIES\n• Orbiter lost\n• Fleet grounded",
            "It came at noon.",
        ]);
        let kept: Vec<_> = without_related(pieces).into_iter().map(|piece| piece.text).collect();
        assert_eq!(kept, ["Recognition comes", "It came at noon."]);
    }

    #[test]
    fn a_text_without_a_frame_is_left_alone() {
        let texts = ["First sentence of it.", "A list follows:", "one", "two"];
        assert_eq!(trim(paragraphs(&texts), "Some headline here", None).len(), 4);
    }
}
