//! The Solar Hijri calendar of Iran and Afghanistan: "۲۷ دی ۱۴۰۲", "1402/10/27".
//!
//! Leap years follow the 33-year cycles with the breaks that A. Birashk's tables have (A Comparative
//! Calendar of the Iranian, Muslim Lunar, and Christian Eras, 1993), in the arithmetic of K. M. Borkowski
//! (The Persian calendar for 3000 years, Earth, Moon, and Planets 74, 1996).

use std::collections::HashMap;
use std::sync::LazyLock;

use dateline_index::published::PartialDate;
use jiff::ToSpan;
use jiff::civil::Date;

use super::day::small_number;
use super::tokens::Token;
use crate::extract::months;

static MONTHS: LazyLock<HashMap<String, i8>> =
    LazyLock::new(|| months::entries(include_str!("../../../data/lists/jalali-months.txt")).collect());

/// The years that are read: those of newspapers, from 1921 on. Years of the lunar calendar have the same
/// shape; they lie in the future here, and are refused there.
const YEARS: std::ops::RangeInclusive<u64> = 1300..=1450;

/// The Jalali month at the start of the tokens, and how many of them name it.
pub(super) fn month_at(tokens: &[Token]) -> Option<(i8, usize)> {
    match tokens.first()? {
        Token::Word(word) => MONTHS.get(word.as_str()).map(|month| (*month, 1)),
        _ => None,
    }
}

/// A day of a month of a year, as one of the Gregorian calendar.
pub(super) fn day(year: &Token, month: i8, day: i8) -> Option<PartialDate> {
    let Token::Number(year, 4) = year else { return None };
    let year = i16::try_from(*year).ok().filter(|_| YEARS.contains(year))?;
    gregorian(year, month, day).map(PartialDate::of_day)
}

/// "1402/10/27" and "27/10/1402", unless "هـ" after it says that the year is one of the lunar calendar.
pub(super) fn figures(first: &Token, second: &Token, third: &Token, rest: &[Token]) -> Option<PartialDate> {
    let lunar = matches!(rest, [Token::Word(h), ..] if h == "ه")
        && !matches!(rest, [_, Token::Mark('.'), Token::Word(s), ..] if s == "ش");
    let month = small_number(second).filter(|_| !lunar)?;
    let read = |year: &Token, other: &Token| day(year, month, small_number(other)?);
    read(first, third).or_else(|| read(third, first))
}

/// The Gregorian day of a Jalali one.
fn gregorian(year: i16, month: i8, day: i8) -> Option<Date> {
    let (march, is_leap) = new_year(i32::from(year))?;
    let length = match month {
        1..=6 => 31,
        7..=11 => 30,
        12 => 29 + i8::from(is_leap),
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let months = i32::from(month) - 1;
    let days_before = months * 30 + months.min(6) + i32::from(day) - 1;
    Date::new(year + 621, 3, march).ok()?.checked_add(days_before.days()).ok()
}

/// The day in March of the Gregorian year `year + 621` on which a Jalali year begins, and whether it is a
/// leap year.
fn new_year(year: i32) -> Option<(i8, bool)> {
    const BREAKS: [i32; 13] = [-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060];
    let place = BREAKS.windows(2).position(|pair| (pair[0]..pair[1]).contains(&year))?;
    let leaps = |years: i32, extra: i32| years / 33 * 8 + (years % 33 + extra) / 4;
    let before: i32 = BREAKS[..=place].windows(2).map(|pair| leaps(pair[1] - pair[0], 0)).sum();
    let cycle = BREAKS[place + 1] - BREAKS[place];
    let since = year - BREAKS[place];
    let ends_short = i32::from(cycle % 33 == 4 && cycle - since == 4);
    let jalali = -14 + before + leaps(since, 3) + ends_short;
    let year_here = year + 621;
    let gregorian = year_here / 4 - (year_here / 100 + 1) * 3 / 4 - 150;
    let march = i8::try_from(20 + jalali - gregorian).ok()?;
    let in_cycle = if cycle - since < 6 { since - cycle + (cycle + 4) / 33 * 33 } else { since };
    let is_leap = ((in_cycle + 1) % 33 - 1).rem_euclid(4) == 0 && (in_cycle + 1) % 33 != 0;
    Some((march, is_leap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_years_fall_on_the_days_that_almanacs_give() {
        for (year, day) in [
            (1300, "1921-03-21"),
            (1304, "1925-03-21"),
            (1332, "1953-03-21"),
            (1357, "1978-03-21"),
            (1375, "1996-03-20"),
            (1379, "2000-03-20"),
            (1388, "2009-03-21"),
            (1395, "2016-03-20"),
            (1399, "2020-03-20"),
            (1400, "2021-03-21"),
            (1403, "2024-03-20"),
            (1404, "2025-03-21"),
        ] {
            assert_eq!(gregorian(year, 1, 1).map(|day| day.to_string()).as_deref(), Some(day), "{year}");
        }
    }

    #[test]
    fn every_day_follows_the_day_before_it() {
        let mut yesterday = gregorian(1299, 12, 29).expect("the last day of 1299");
        for year in 1300..=1450 {
            for month in 1..=12 {
                for date in (1..=31).filter_map(|day| gregorian(year, month, day)) {
                    assert_eq!(yesterday.tomorrow().ok(), Some(date), "{year}/{month}");
                    yesterday = date;
                }
            }
        }
        let leap_years: Vec<i16> = (1370..=1412).filter(|year| gregorian(*year, 12, 30).is_some()).collect();
        assert_eq!(leap_years, [1370, 1375, 1379, 1383, 1387, 1391, 1395, 1399, 1403, 1408, 1412]);
    }

    #[test]
    fn days_that_the_calendar_does_not_have_are_refused() {
        assert!(gregorian(1403, 12, 30).is_some(), "1403 is a leap year");
        for (year, month, day) in [(1402, 12, 30), (1402, 7, 31), (1402, 13, 1), (1402, 1, 0), (1402, 0, 1)] {
            assert_eq!(gregorian(year, month, day), None, "{year}/{month}/{day}");
        }
    }
}
