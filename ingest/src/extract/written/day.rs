//! The day of a written date: "17 January, 2024", "Jan. 17, 2024", "17.01.24", "2024年1月17日".

use dateline_index::published::PartialDate;

use super::Order;
use super::jalali;
use super::tokens::{Token, skip, skip_all};
use crate::extract::lists::DATE_JOINERS;
use crate::extract::months;

/// A day that was read at the start of some tokens.
pub(super) struct Day {
    pub(super) date: PartialDate,
    /// What it would be with day and month the other way round, where figures could mean either.
    pub(super) other: Option<PartialDate>,
    /// How many tokens it takes.
    pub(super) taken: usize,
}

impl Day {
    fn plain(date: PartialDate, taken: usize) -> Self {
        Self { date, other: None, taken }
    }
}

/// Reads a day at the start of the tokens.
pub(super) fn read_day(tokens: &[Token], order: Order) -> Option<Day> {
    named_day_first(tokens)
        .or_else(|| named_month_first(tokens))
        .or_else(|| time_before_year(tokens))
        .or_else(|| named_year_first(tokens))
        .or_else(|| compact(tokens))
        .or_else(|| figures(tokens, order))
}

/// "January 2024", "enero de 2024": a month, where no day is stated.
pub(super) fn read_month(tokens: &[Token]) -> Option<Day> {
    let (month, taken) = months::month_at(tokens)?;
    let at = taken + skip_all(&tokens[taken..], &['.', ','], Some(&DATE_JOINERS));
    Some(Day::plain(PartialDate::month(year(tokens.get(at)?)?, month)?, at + 1))
}

/// "17 January, 2024", "12. August 1970", "11 de marzo de 2004", "1er mai 1999", "27 دی 1402".
fn named_day_first(tokens: &[Token]) -> Option<Day> {
    let day = small_number(tokens.first()?)?;
    let mut at = 1 + skip_all(&tokens[1..], &['.', '-', '/'], Some(&DATE_JOINERS));
    if let Some((month, taken)) = jalali::month_at(tokens.get(at..)?) {
        let next = at + taken + skip(&tokens[at + taken..], &[',', '،', '.'], None);
        if let Some(date) = tokens.get(next).and_then(|year| jalali::day(year, month, day)) {
            return Some(Day::plain(date, next + 1));
        }
    }
    let (month, taken) = months::month_at(&tokens[at..]).or_else(|| numbered_month(tokens, at))?;
    at += taken;
    let apart = skip_all(&tokens[at..], &['.', ',', '،', '-', '/', '\''], Some(&DATE_JOINERS));
    // "12-Jan-19", "8 May '12": two figures are a year where a mark says so.
    let marked = matches!(tokens.get((at + apart).checked_sub(1)?), Some(Token::Mark('-' | '/' | '\'')));
    at += apart;
    let number = tokens.get(at)?;
    let year = year(number).or_else(|| short_year(number).filter(|_| marked))?;
    Some(Day::plain(PartialDate::day(year, month, day)?, at + 1))
}

/// "17 tháng 1, 2024": a month with a number after a word for "month".
fn numbered_month(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    let after_word = matches!(tokens.get(at.checked_sub(1)?)?, Token::Word(word) if word == "thang");
    let month = small_number(tokens.get(at)?).filter(|month| *month <= 12 && after_word)?;
    Some((month, 1))
}

/// "November 5, 1956", "Jan. 17th 2024".
fn named_month_first(tokens: &[Token]) -> Option<Day> {
    let (month, taken) = months::month_at(tokens)?;
    let mut at = taken + skip(&tokens[taken..], &['.', '-', '/'], None);
    let day = small_number(tokens.get(at)?)?;
    at += 1;
    at += skip_all(&tokens[at..], &[',', '/', '.', '-'], Some(&DATE_JOINERS));
    let year = year(tokens.get(at)?)?;
    Some(Day::plain(PartialDate::day(year, month, day)?, at + 1))
}

/// "Sep 12 10:00:00 +0200 2019": as computers print it.
fn time_before_year(tokens: &[Token]) -> Option<Day> {
    const LONGEST_ZONE: usize = 4;
    let (month, taken) = months::month_at(tokens)?;
    let day = small_number(tokens.get(taken)?)?;
    let [Token::Number(..), Token::Mark(':'), Token::Number(..), Token::Mark(':'), Token::Number(..)] =
        tokens.get(taken + 1..taken + 6)?
    else {
        return None;
    };
    let rest = &tokens[taken + 6..];
    let (place, year) =
        rest.iter().take(LONGEST_ZONE).enumerate().find_map(|(at, token)| Some((at, year(token)?)))?;
    Some(Day::plain(PartialDate::day(year, month, day)?, taken + 6 + place + 1))
}

/// "2024. január 17.", "2024 January 17", "2024年1月17日", "2024. gada 17. janvārī".
fn named_year_first(tokens: &[Token]) -> Option<Day> {
    let year = year(tokens.first()?)?;
    let at = 1 + skip_all(&tokens[1..], &['.', ',', '-', '年', '년'], Some(&DATE_JOINERS));
    if let Some((month, taken)) = named_or_counted_month(tokens, at) {
        let at = at + taken + skip(&tokens[at + taken..], &['.', '月', '월', '-'], None);
        let day = small_number(tokens.get(at)?)?;
        let end = at + 1 + skip(&tokens[at + 1..], &['日', '일', '.'], None);
        return Some(Day::plain(PartialDate::day(year, month, day)?, end));
    }
    let day = small_number(tokens.get(at)?)?;
    let at = at + 1 + skip(&tokens[at + 1..], &['.'], None);
    let (month, taken) = months::month_at(tokens.get(at..)?)?;
    Some(Day::plain(PartialDate::day(year, month, day)?, at + taken))
}

fn named_or_counted_month(tokens: &[Token], at: usize) -> Option<(i8, usize)> {
    months::month_at(tokens.get(at..)?).or_else(|| {
        let counted = matches!(tokens.get(at + 1)?, Token::Mark('月' | '월'));
        small_number(tokens.get(at)?).filter(|_| counted).map(|month| (month, 1))
    })
}

/// "20240117", and with the time of day "202401170830" and "20240117083000".
fn compact(tokens: &[Token]) -> Option<Day> {
    let Token::Number(value, length @ (8 | 12 | 14)) = tokens.first()? else { return None };
    let day = value / 10_u64.pow(u32::try_from(length - 8).ok()?);
    let part = |value: u64| i8::try_from(value).ok();
    let year = i16::try_from(day / 10_000).ok().filter(|year| (1600..2200).contains(year))?;
    Some(Day::plain(PartialDate::day(year, part(day / 100 % 100)?, part(day % 100)?)?, 1))
}

/// "2024-01-17", "17.01.2024", "1/17/2024", "1402/10/27".
fn figures(tokens: &[Token], order: Order) -> Option<Day> {
    let [first, Token::Mark(mark), second, Token::Mark(same), third, rest @ ..] = tokens else { return None };
    // Four numbers in a row are a version or an address of a computer.
    let goes_on = matches!(rest, [Token::Mark(next), Token::Number(..), ..] if next == mark && *mark != '-');
    if mark != same || !matches!(mark, '-' | '/' | '.' | '|') || goes_on {
        return None;
    }
    if let Some(date) = jalali::figures(first, second, third, rest) {
        return Some(Day::plain(date, 5));
    }
    if let Some(year) = year(first) {
        return Some(Day::plain(PartialDate::day(year, small_number(second)?, small_number(third)?)?, 5));
    }
    let (a, b) = (small_number(first)?, small_number(second)?);
    let year = year(third).or_else(|| short_year(third).filter(|_| !matches!(mark, '-' | '|')))?;
    let [day_first, month_first] = [PartialDate::day(year, b, a), PartialDate::day(year, a, b)];
    let by_order = match order {
        // Dots part day and month in countries that put the day first.
        Order::MonthFirst if *mark != '.' => [month_first, day_first],
        _ => [day_first, month_first],
    };
    let [date, other] = if by_order[0].is_some() { by_order } else { [by_order[1], None] };
    let other = other.filter(|other| *mark != '.' && Some(*other) != date);
    Some(Day { date: date?, other, taken: 5 })
}

pub(super) fn small_number(token: &Token) -> Option<i8> {
    match token {
        Token::Number(value @ 1..=31, 1..=2) => i8::try_from(*value).ok(),
        _ => None,
    }
}

fn year(token: &Token) -> Option<i16> {
    match token {
        Token::Number(value @ 1600..=2199, 4) => i16::try_from(*value).ok(),
        _ => None,
    }
}

/// "17.01.24".
fn short_year(token: &Token) -> Option<i16> {
    match token {
        Token::Number(value, 2) => {
            let value = i16::try_from(*value).ok()?;
            Some(if value < 70 { 2000 + value } else { 1900 + value })
        }
        _ => None,
    }
}
