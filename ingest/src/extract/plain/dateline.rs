//! What the first words of a text say of it: "BERLIN, 3 May 2019 (dpa) —", and heads that somebody
//! joined with the text to one paragraph.

use super::super::blocks::Piece;
use super::super::candidate::Found;
use super::super::edges::ends_sentence;
use super::super::lists::{AGENCIES, listed};
use super::super::months::month;
use super::super::text::{fold, word_count};
use super::super::written::Order;
use super::super::{byline, date};
use super::Line;
use super::fields::Fields;

/// In which order the copy itself writes day and month, by the months that it names.
pub(super) fn order_of(source: &str) -> Order {
    const LOOKED_AT: usize = 4_000;
    let words: Vec<&str> = source.split_whitespace().take(LOOKED_AT).collect();
    let is_day = |word: Option<&&str>| {
        word.is_some_and(|word| {
            let figures = word.trim_matches(|c: char| !c.is_alphanumeric());
            let figures = figures.trim_end_matches(char::is_alphabetic);
            figures.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
        })
    };
    let (mut day_first, mut month_first) = (0, 0);
    for (place, word) in words.iter().enumerate() {
        let is_month =
            word.starts_with(char::is_uppercase) && month(fold(word).trim_end_matches(',')).is_some();
        if is_month {
            day_first += usize::from(place > 0 && is_day(words.get(place - 1)));
            month_first += usize::from(is_day(words.get(place + 1)));
        }
    }
    if month_first > day_first { Order::MonthFirst } else { Order::DayFirst }
}

/// Offers the date and the agency of a dateline.
pub(super) fn read(pieces: &[Piece], fields: &mut Fields, order: Order) {
    let Some(line) = pieces.iter().take(2).find_map(|piece| dateline(&piece.text)) else { return };
    if date::date_line(line, order).is_some() {
        fields.date(line, order, Found::Text, "dateline");
    }
    let agency = line.split(['(', ')', '/', ',']).map(str::trim).find(|part| listed(&AGENCIES, &fold(part)));
    if let Some(agency) = agency {
        fields.authors(vec![agency.to_owned()], Found::Text, "dateline");
    }
}

/// What stands before the dash of a dateline.
fn dateline(text: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let end = ["—", " – ", " - ", "--"].iter().filter_map(|dash| text.find(dash)).min()?;
    let line = text[..end].trim();
    let place = line.split([',', '(']).next()?.trim();
    let is_place = !place.is_empty()
        && word_count(place) <= 4
        && place.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    (line.len() <= LONGEST && is_place && (line.contains(',') || line.contains('('))).then_some(line)
}

/// The lines of a copy that is one paragraph with its headline and byline in it; `None` where it is not.
pub(super) fn parted_head(lines: &[Line]) -> Option<Vec<Line>> {
    const FEWEST_WORDS: usize = 60;
    const MOST_WORDS: usize = 20;
    let mut filled = lines.iter().filter(|line| !line.text.is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return None };
    if word_count(&only.text) < FEWEST_WORDS {
        return None;
    }
    let (title, mut rest) = first_sentence(&only.text)?;
    let mut parts = vec![title];
    while let Some((sentence, after)) = first_sentence(rest) {
        let is_about = word_count(sentence) <= MOST_WORDS
            && (!byline::signed_line(sentence.trim_end_matches('.')).is_empty()
                || date::date_line(sentence, Order::DayFirst).is_some());
        if !is_about {
            break;
        }
        parts.push(sentence);
        rest = after;
    }
    if parts.len() == 1 || word_count(title) > MOST_WORDS {
        return None;
    }
    parts.push(rest);
    let line = |text: &str| Line { text: text.trim().to_owned(), kind: None };
    let head = parts.iter().take(parts.len() - 1).map(|part| line(part.trim().trim_end_matches('.')));
    Some(head.chain([line(rest)]).flat_map(|line| [line, Line { text: String::new(), kind: None }]).collect())
}

/// A text's first sentence and what follows it; "Jan." and "J." end none.
fn first_sentence(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let ends = text.match_indices(' ').find(|(place, _)| {
        let before = &text[..*place];
        let last = before.split(' ').next_back().unwrap_or_default();
        let is_short = last.ends_with('.') && last.chars().count() <= 3 && !last.contains(char::is_numeric);
        let is_month = month(&fold(last)).is_some();
        ends_sentence(before) && !is_short && !is_month && !text[*place + 1..].starts_with(char::is_lowercase)
    })?;
    Some((&text[..ends.0], &text[ends.0 + 1..]))
}
