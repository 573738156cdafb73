//! The time of day that follows a written day, and its zone: "11:25 CET", "3:45 p.m. EST", "10h30".

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_index::published::{PartialDate, Precision};
use jiff::civil::{Date, Time};

use super::tokens::{Token, fold_written, skip, skip_all};
use crate::extract::lists::{DATE_LABELS, TIME_JOINERS, ZONES, lines, listed};

/// What follows a time in one half of the day, letters only and folded, and whether that is the one after noon.
static HALF_DAYS: LazyLock<HashMap<String, bool>> = LazyLock::new(|| {
    let mut halves = HashMap::new();
    for (_, line) in lines(include_str!("../../../data/lists/half-days.txt")) {
        let Some((half, words)) = line.split_once(' ') else { continue };
        for word in words.split('|') {
            let letters: String = fold_written(word).chars().filter(|c| c.is_alphabetic()).collect();
            halves.insert(letters, half == "pm");
        }
    }
    halves
});

/// Adds the time that follows a day, and says how many tokens it takes.
pub(super) fn with_time(day: PartialDate, compact: &Token, rest: &[Token]) -> (PartialDate, usize) {
    if day.precision() != Precision::Day {
        return (day, 0);
    }
    if let Some(date) = compact_time(day.first_day(), compact) {
        return (date, 0);
    }
    time_of(day.first_day(), rest).unwrap_or((day, 0))
}

/// The time in "202401170830" and "20240117083000".
fn compact_time(day: Date, token: &Token) -> Option<PartialDate> {
    let Token::Number(value, length @ (12 | 14)) = token else { return None };
    let time = if *length == 12 { value % 10_000 * 100 } else { value % 1_000_000 };
    let part = |value: u64| i8::try_from(value).ok();
    let time = Time::new(part(time / 10_000)?, part(time / 100 % 100)?, part(time % 100)?, 0).ok()?;
    Some(PartialDate::instant(day.to_datetime(time), None))
}

fn time_of(day: Date, rest: &[Token]) -> Option<(PartialDate, usize)> {
    const MARKS: &[char] = &[',', '،', '-', '|', '.', '/', '·', '•', '(', ')', '@', ':'];
    let mut at = 0;
    let mut announced = false;
    while at < 4 {
        let word = matches!(rest.get(at)?, Token::Word(word)
            if listed(&TIME_JOINERS, word) || listed(&DATE_LABELS, word));
        if !word && skip(&rest[at..], MARKS, None) == 0 {
            break;
        }
        announced |= word;
        at += 1;
    }
    // Chinese and Korean put the half of the day first.
    let (early, taken) = half_of_day(&rest[at..]);
    at += taken;
    let Token::Number(hour @ 0..=23, 1..=2) = rest.get(at)? else { return None };
    let dotted = match rest.get(at + 1)? {
        Token::Mark(':') => false,
        Token::Word(word) if word == "h" => false,
        Token::Mark('.') => true,
        _ => return None,
    };
    let Token::Number(minute @ 0..=59, 2) = rest.get(at + 2)? else { return None };
    at += 3;
    let (second, taken) = seconds(&rest[at..]);
    at += taken;
    let (half, taken) = half_of_day(&rest[at..]);
    at += taken;
    let half = half.or(early);
    let hour = match half {
        Some(true) if *hour < 12 => hour + 12,
        Some(false) if *hour == 12 => 0,
        _ => *hour,
    };
    let clock_word = skip(&rest[at..], &[], Some(&TIME_JOINERS));
    // "17.01.2024 10.30" alone could be anything.
    if dotted && clock_word == 0 && half.is_none() && !announced {
        return None;
    }
    at += clock_word;
    let (offset, taken) = zone(&rest[at..]);
    let part = |value: u64| i8::try_from(value).ok();
    let time = Time::new(part(hour)?, part(*minute)?, part(second)?, 0).ok()?;
    Some((PartialDate::instant(day.to_datetime(time), offset), at + taken))
}

/// ":30" and ":30.125": the seconds, and how many tokens they take.
fn seconds(tokens: &[Token]) -> (u64, usize) {
    match tokens {
        [
            Token::Mark(':'),
            Token::Number(value @ 0..=59, 2),
            Token::Mark('.' | ','),
            Token::Number(..),
            ..,
        ] => (*value, 4),
        [Token::Mark(':'), Token::Number(value @ 0..=59, 2), ..] => (*value, 2),
        _ => (0, 0),
    }
}

/// "am", "p.m.", "de la tarde": whether it is after noon, and how many tokens say so, their dot included.
fn half_of_day(tokens: &[Token]) -> (Option<bool>, usize) {
    const MOST: usize = 8;
    let mut letters = String::new();
    let mut found = (None, 0);
    for (place, token) in tokens.iter().enumerate().take(MOST) {
        match token {
            Token::Word(word) => letters.extend(word.chars().filter(|c| c.is_alphabetic())),
            Token::Mark('.' | '\'' | '-') if found.1 < place || place == 0 => continue,
            _ => break,
        }
        if let Some(afternoon) = HALF_DAYS.get(&letters) {
            found = (Some(*afternoon), place + 1 + skip(&tokens[place + 1..], &['.'], None));
        }
    }
    found
}

/// A zone that means one offset only, and how many tokens name it.
fn zone(tokens: &[Token]) -> (Option<i16>, usize) {
    let skipped = skip_all(tokens, &['(', ','], None);
    match tokens.get(skipped) {
        Some(Token::Mark(sign @ ('+' | '-'))) => match offset(*sign, &tokens[skipped + 1..]) {
            Some((offset, taken)) => (Some(offset), skipped + 1 + taken),
            None => (None, 0),
        },
        Some(Token::Word(word)) => match ZONES.binary_search_by_key(&word.as_str(), |(name, _)| name) {
            Ok(place) => (Some(ZONES[place].1), skipped + 1),
            Err(_) => (None, 0),
        },
        _ => (None, 0),
    }
}

/// "+0200", "-05:00": minutes east of UTC, and how many tokens follow the sign.
fn offset(sign: char, tokens: &[Token]) -> Option<(i16, usize)> {
    let (hours, minutes, taken) = match tokens {
        [Token::Number(figures, 4), ..] => (figures / 100, figures % 100, 1),
        [Token::Number(hours, 2), Token::Mark(':'), Token::Number(minutes, 2), ..] => (*hours, *minutes, 3),
        _ => return None,
    };
    let distance = i16::try_from(hours * 60 + minutes).ok().filter(|_| hours <= 14 && minutes < 60)?;
    Some((if sign == '-' { -distance } else { distance }, taken))
}
