//! Dates as people write them: "12. August 1970", "Jan. 17, 2024", "11 de marzo de 2004, 11:25".
//!
//! A small reader of tokens, not a set of patterns: numbers, month names and what stands between.

use dateline_index::published::PartialDate;

mod clock;
mod day;
mod jalali;
mod tokens;

pub(super) use tokens::{Token, fold_written};

/// In which order figures such as 03/04/2001 are meant, where they could mean either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// 3 April: nearly everywhere.
    DayFirst,
    /// 4 March: in the United States.
    MonthFirst,
}

/// The first date in a text, to the precision that it states, with the time if one follows.
pub(super) fn first_date(text: &str, order: Order) -> Option<PartialDate> {
    if let Some(date) = PartialDate::parse(text) {
        return Some(date);
    }
    dates(text, order).into_iter().next().map(|found| found.date)
}

/// A date in a text, and what the text says beside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// The date.
    pub(super) date: PartialDate,
    /// What it would be with day and month the other way round, where figures could mean either.
    pub(super) other: Option<PartialDate>,
    /// What stands before it, from the date before it on, folded.
    pub(super) before: String,
    /// What stands after it, to the next date, folded.
    pub(super) after: String,
    /// Whether no date follows it.
    pub(super) is_last: bool,
    /// Words before it in the whole text.
    pub(super) words_before: usize,
    /// Words in the text that belong to no date.
    pub(super) spare_words: usize,
}

/// All days in a text, with their times; where there is none, the first month.
pub(super) fn dates(text: &str, order: Order) -> Vec<Written> {
    if !text.contains(char::is_numeric) {
        return Vec::new();
    }
    let line = tokens::Line::read(text);
    let mut found = scan(&line.tokens, |tokens| day::read_day(tokens, order));
    if found.is_empty() {
        found = scan(&line.tokens, day::read_month);
        found.truncate(1);
    }
    let words = |from: usize, to: usize| line.tokens[from..to].iter().filter(|token| token.is_word()).count();
    let in_dates: usize = found.iter().map(|(_, span)| words(span.start, span.end)).sum();
    let all = words(0, line.tokens.len());
    let mut written = Vec::new();
    for (place, (day, span)) in found.iter().enumerate() {
        let from = place.checked_sub(1).map_or(0, |last| found[last].1.end);
        let to = found.get(place + 1).map_or(line.tokens.len(), |(_, next)| next.start);
        written.push(Written {
            date: day.date,
            other: day.other,
            before: line.text(from, span.start).trim().to_owned(),
            after: line.text(span.end, to).trim().to_owned(),
            is_last: place + 1 == found.len(),
            words_before: words(0, span.start),
            spare_words: all - in_dates,
        });
    }
    written
}

/// What a reader finds along the tokens, with the tokens that each date takes, its time included.
fn scan(
    tokens: &[Token],
    read: impl Fn(&[Token]) -> Option<day::Day>,
) -> Vec<(day::Day, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        if !can_start(tokens, start) {
            start += 1;
            continue;
        }
        let Some(mut day) = read(&tokens[start..]) else {
            start += 1;
            continue;
        };
        let (date, more) = clock::with_time(day.date, &tokens[start], &tokens[start + day.taken..]);
        day.date = date;
        let end = start + day.taken + more;
        found.push((day, start..end));
        start = end;
    }
    found
}

/// "31 February 2020" is no day, and not the month either; "10.1.2.2003" is no date at all.
fn can_start(tokens: &[Token], start: usize) -> bool {
    let before = |back: usize| start.checked_sub(back).map(|place| &tokens[place]);
    let in_time = matches!(before(2), Some(Token::Mark(':')));
    let after_number = before(1).is_some_and(|token| day::small_number(token).is_some()) && !in_time;
    let goes_on =
        matches!(before(1), Some(Token::Mark('.' | '/'))) && matches!(before(2), Some(Token::Number(..)));
    let is_number = matches!(tokens[start], Token::Number(..));
    !(after_number && tokens[start].is_word() || goes_on && is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        first_date(text, Order::DayFirst).map(|date| date.to_string())
    }

    #[test]
    fn date_lines_of_newspapers_are_read() {
        for (text, date) in [
            ("Publié le 12 novembre 1989", "1989-11-12"),
            ("Donnerstag, 13. August 1970", "1970-08-13"),
            ("11 de marzo de 2004", "2004-03-11"),
            ("November 5, 1956", "1956-11-05"),
            ("Tuesday, 9 November 1999", "1999-11-09"),
            ("Jan. 17, 2024", "2024-01-17"),
            ("17 January, 2024", "2024-01-17"),
            ("By Ingrid Solberg | 12 September 2001", "2001-09-12"),
            ("le 1er mai 1958", "1958-05-01"),
            ("17.01.2024", "2024-01-17"),
            ("Stand: 17.01.24", "2024-01-17"),
            ("2024年1月17日", "2024-01-17"),
            ("2024. január 17.", "2024-01-17"),
            ("3 июля 1999", "1999-07-03"),
            ("January 2024", "2024-01"),
            ("Sept. 22nd, 1978", "1978-09-22"),
            ("Mo., 12. März 2018", "2018-03-12"),
            ("8.5.12", "2012-05-08"),
            ("26 | 01 | 2022", "2022-01-26"),
            ("12-Jan-19", "2019-01-12"),
            ("17 tháng 1, 2024", "2024-01-17"),
            ("۱۴۰۲/۱۰/۲۷", "2024-01-17"),
            ("27/10/1402", "2024-01-17"),
            ("27 دي 1402", "2024-01-17"),
            ("۷ اسفند ۱۴۰۲", "2024-02-26"),
            ("١٧ يناير ٢٠٢٤", "2024-01-17"),
            ("5 رجب 1445 هـ الموافق 17 يناير 2024", "2024-01-17"),
            ("2024. gada 17. janvārī", "2024-01-17"),
            ("10:30 January 17, 2024", "2024-01-17"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn the_time_and_its_zone_are_kept() {
        for (text, date) in [
            ("12 de marzo de 2004, 11:25 CET", "2004-03-12T11:25:00+01:00"),
            ("Dec. 23, 2006 3:45 p.m. EST", "2006-12-23T15:45:00-05:00"),
            ("13. August 1970, 10.30 Uhr", "1970-08-13T10:30:00"),
            ("12 novembre 1989 à 10h30", "1989-11-12T10:30:00"),
            ("5 May 2003 12:05 AM", "2003-05-05T00:05:00"),
            ("Thu, 12 Sep 2019 10:00:00 +0200", "2019-09-12T10:00:00+02:00"),
            ("2019-09-12T10:00:00.125+02:00 and more", "2019-09-12T10:00:00+02:00"),
            ("202409121000", "2024-09-12T10:00:00"),
            ("12 September 2019 kl. 10.00", "2019-09-12T10:00:00"),
            ("2019-9-12T10:00:00-05:00", "2019-09-12T10:00:00-05:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_made_one() {
        for text in [
            "",
            "15 محرم 1400",
            "1445/07/05 هـ",
            "192.168.1.20",
            "10.1.2.2003",
            "7 min read",
            "31 February 2020",
            "March of the 5000",
            "1.2.3",
            "May",
            "10:30",
            "99/99/2020",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn every_date_of_a_line_is_found_with_its_own_label() {
        let line = "Veröffentlicht am 1. Mai 2020, 10:30 Uhr, aktualisiert 3. Mai 2020";
        let found = dates(line, Order::DayFirst);
        let parts: Vec<_> =
            found.iter().map(|w| (w.date.to_string(), w.before.as_str(), w.is_last)).collect();
        assert_eq!(
            parts,
            [
                ("2020-05-01T10:30:00".to_owned(), "veroffentlicht am", false),
                ("2020-05-03".to_owned(), ", aktualisiert", true)
            ]
        );
    }

    #[test]
    fn a_date_of_figures_says_whether_it_could_be_another() {
        let other = |text| dates(text, Order::DayFirst)[0].other.map(|date| date.to_string());
        assert_eq!(other("03/04/2001").as_deref(), Some("2001-03-04"));
        for sure in ["13/04/2001", "03.04.2001", "04/04/2001", "2001-04-03", "3 April 2001"] {
            assert_eq!(other(sure), None, "{sure}");
        }
    }

    #[test]
    fn figures_follow_the_country() {
        let american = |text| first_date(text, Order::MonthFirst).map(|date| date.to_string());
        assert_eq!(american("03/04/2001").as_deref(), Some("2001-03-04"));
        assert_eq!(read("03/04/2001").as_deref(), Some("2001-04-03"));
        assert_eq!(read("1/17/2024").as_deref(), Some("2024-01-17"));
        assert_eq!(american("17/1/2024").as_deref(), Some("2024-01-17"));
    }
}
