//! Dates as people write them: "12. August 1970", "Jan. 17, 2024", "11 de marzo de 2004, 11:25".
//!
//! A small reader of tokens, not a set of patterns: numbers, month names and what stands between.

use dateline_index::published::PartialDate;
use jiff::civil::Date;

use super::lists::ZONES;
use super::months::month;
use super::text::fold;

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
    first_date_at(text, order).map(|found| found.date)
}

/// A date and which words of the text it takes.
pub(super) struct Found {
    /// The date.
    pub(super) date: PartialDate,
    /// Words before it.
    pub(super) before: usize,
    /// Words after it, the time and its zone not counted.
    pub(super) after: usize,
}

/// Like [`first_date`], with how much else the text says.
pub(super) fn first_date_at(text: &str, order: Order) -> Option<Found> {
    if let Some(date) = PartialDate::parse(text) {
        return Some(Found { date, before: 0, after: 0 });
    }
    let tokens = tokens(text);
    // A full date anywhere is worth more than a bare month before it.
    for read in [read_day as fn(&[Token], Order) -> Option<(PartialDate, usize)>, read_month] {
        for start in 0..tokens.len() {
            // "31 February 2020" is no day, and not the month either.
            let after_number = start > 0 && small_number(&tokens[start - 1]).is_some();
            if after_number && matches!(tokens[start], Token::Word(_)) {
                continue;
            }
            if let Some((day, taken)) = read(&tokens[start..], order) {
                let rest = &tokens[start + taken..];
                let (date, more) = with_time(day, rest);
                let words = |tokens: &[Token]| tokens.iter().filter(|token| token.is_word()).count();
                return Some(Found { date, before: words(&tokens[..start]), after: words(&rest[more..]) });
            }
        }
    }
    None
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    /// Figures, and how many of them.
    Number(u32, usize),
    /// A folded word.
    Word(String),
    /// Any other character that is not white space.
    Mark(char),
}

impl Token {
    fn is_word(&self) -> bool {
        matches!(self, Self::Word(_))
    }
}

/// Longer lines are no date lines; dates are looked for in what comes first.
const MAX_TOKENS: usize = 200;

fn tokens(text: &str) -> Vec<Token> {
    let folded = fold(text);
    let mut tokens = Vec::new();
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        if tokens.len() >= MAX_TOKENS {
            break;
        }
        let same = |keep: fn(char) -> bool| rest.find(|c| !keep(c)).unwrap_or(rest.len());
        let length = if first.is_ascii_digit() {
            let length = same(|c| c.is_ascii_digit());
            tokens.push(Token::Number(rest[..length].parse().unwrap_or(u32::MAX), length));
            length
        } else if matches!(first, '年' | '月' | '日' | '년' | '월' | '일') {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        } else if first.is_alphabetic() {
            let length = rest
                .find(|c: char| !c.is_alphabetic() && c != '\'' || matches!(c, '年' | '月' | '日'))
                .unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..length].to_owned()));
            length
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Mark(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// Reads a day at the start of the tokens, and how many of them it takes.
fn read_day(tokens: &[Token], order: Order) -> Option<(PartialDate, usize)> {
    named_day_first(tokens)
        .or_else(|| named_month_first(tokens))
        .or_else(|| named_year_first(tokens))
        .or_else(|| figures(tokens, order))
}

/// "17 January, 2024", "12. August 1970", "11 de marzo de 2004", "1er mai 1999".
fn named_day_first(tokens: &[Token]) -> Option<(PartialDate, usize)> {
    let mut at = 0;
    let day = small_number(tokens.first()?)?;
    at += 1;
    at += skip(&tokens[at..], &[".", "st", "nd", "rd", "th", "er", "º", "o", "a", "ª", "-"]);
    at += skip(&tokens[at..], &["de", "of", "d'", "di"]);
    let month = match tokens.get(at)? {
        Token::Word(word) => month(word).or_else(|| month(word.strip_prefix("d'")?))?,
        _ => return None,
    };
    at += 1;
    at += skip(&tokens[at..], &[".", ",", "de", "del", "of", "-", "/"]);
    at += skip(&tokens[at..], &["de", "del", "'", ","]);
    let year = year(tokens.get(at)?)?;
    Some((PartialDate::day(year, month, day)?, at + 1))
}

/// "November 5, 1956", "Jan. 17th 2024".
fn named_month_first(tokens: &[Token]) -> Option<(PartialDate, usize)> {
    let Token::Word(word) = tokens.first()? else { return None };
    let month = month(word)?;
    let mut at = 1 + skip(&tokens[1..], &[".", "-", "/"]);
    let day = small_number(tokens.get(at)?)?;
    at += 1;
    at += skip(&tokens[at..], &["st", "nd", "rd", "th", ".", "-"]);
    at += skip(&tokens[at..], &[",", "/"]);
    let year = year(tokens.get(at)?)?;
    Some((PartialDate::day(year, month, day)?, at + 1))
}

/// "2024. január 17.", "2024 January 17", "2024年1月17日".
fn named_year_first(tokens: &[Token]) -> Option<(PartialDate, usize)> {
    let year = year(tokens.first()?)?;
    let mut at = 1 + skip(&tokens[1..], &[".", ",", "-", "年", "년", "m", "gada"]);
    let month = match tokens.get(at)? {
        Token::Word(word) => month(word)?,
        number => {
            let followed = matches!(tokens.get(at + 1)?, Token::Mark('月' | '월'));
            small_number(number).filter(|_| followed)?
        }
    };
    at += 1;
    at += skip(&tokens[at..], &[".", "月", "월", "-"]);
    let day = small_number(tokens.get(at)?)?;
    at += 1;
    at += skip(&tokens[at..], &["日", "일", "."]);
    Some((PartialDate::day(year, month, day)?, at))
}

/// "2024-01-17", "17.01.2024", "1/17/2024".
fn figures(tokens: &[Token], order: Order) -> Option<(PartialDate, usize)> {
    if let [Token::Number(compact @ 16_000_101..=21_991_231, 8), ..] = tokens {
        let [year, month, day] = [compact / 10_000, compact / 100 % 100, compact % 100];
        let small = |number: u32| i8::try_from(number).ok();
        return Some((PartialDate::day(i16::try_from(year).ok()?, small(month)?, small(day)?)?, 1));
    }
    let [first, Token::Mark(mark), second, Token::Mark(same), third, ..] = tokens else { return None };
    if mark != same || !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    if let Some(year) = year(first) {
        let date = PartialDate::day(year, small_number(second)?, small_number(third)?)?;
        return Some((date, 5));
    }
    let (a, b) = (small_number(first)?, small_number(second)?);
    let year = year(third).or_else(|| short_year(third, *mark))?;
    let month_first = b > 12 || (order == Order::MonthFirst && a <= 12 && *mark != '.');
    let (day, month) = if month_first { (b, a) } else { (a, b) };
    Some((PartialDate::day(year, month, day)?, 5))
}

/// "January 2024", "enero de 2024": a month, where no day is stated.
fn read_month(tokens: &[Token], _order: Order) -> Option<(PartialDate, usize)> {
    let Token::Word(word) = tokens.first()? else { return None };
    let month = month(word)?;
    let at = 1 + skip(&tokens[1..], &[".", ",", "de", "del"]);
    Some((PartialDate::month(year(tokens.get(at)?)?, month)?, at + 1))
}

/// How many tokens to pass over: one, if it is one of these words or marks.
fn skip(tokens: &[Token], any: &[&str]) -> usize {
    let skipped = match tokens.first() {
        Some(Token::Word(word)) => any.contains(&word.as_str()),
        Some(Token::Mark(mark)) => any.iter().any(|text| text.chars().eq([*mark])),
        _ => false,
    };
    usize::from(skipped)
}

fn small_number(token: &Token) -> Option<i8> {
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

/// "17.01.24": two figures stand for a year only between dots or slashes.
fn short_year(token: &Token, mark: char) -> Option<i16> {
    match token {
        Token::Number(value, 2) if mark != '-' => {
            let value = i16::try_from(*value).ok()?;
            Some(if value < 70 { 2000 + value } else { 1900 + value })
        }
        _ => None,
    }
}

/// Adds the time that follows a day: "11:25 CET", "3:45 p.m. EST", "10.30 Uhr", "10h30".
fn with_time(day: PartialDate, rest: &[Token]) -> (PartialDate, usize) {
    match time_of(day.first_day(), rest) {
        Some(found) if day.precision() == dateline_index::published::Precision::Day => found,
        _ => (day, 0),
    }
}

fn time_of(day: Date, rest: &[Token]) -> Option<(PartialDate, usize)> {
    const BETWEEN: &[&str] = &[
        ",", "-", "|", "at", "um", "a", "t", "kl", ".", "/", "·", "•", "as", "alle", "klo", "las", "om", "o",
        "(", "в", "la", "ore", "ora", "updated",
    ];
    let mut at = 0;
    while at < 3 && skip(rest.get(at..)?, BETWEEN) == 1 {
        at += 1;
    }
    let Token::Number(hour @ 0..=23, 1..=2) = rest.get(at)? else { return None };
    let dotted = match rest.get(at + 1)? {
        Token::Mark(':') => false,
        Token::Word(word) if word == "h" => false,
        Token::Mark('.') => true,
        _ => return None,
    };
    let Token::Number(minute @ 0..=59, 2) = rest.get(at + 2)? else { return None };
    at += 3;
    let mut second = 0;
    if let (Some(Token::Mark(':')), Some(Token::Number(value @ 0..=59, 2))) = (rest.get(at), rest.get(at + 1))
    {
        second = *value;
        at += 2;
    }
    let (half, taken) = half_of_day(&rest[at..]);
    at += taken;
    let hour = match half {
        Some(true) if *hour < 12 => hour + 12,
        Some(false) if *hour == 12 => 0,
        _ => *hour,
    };
    let clock_word = skip(&rest[at..], &["uhr", "h", "hs", "hrs"]);
    at += clock_word;
    // "17.01.2024 10.30" alone could be anything.
    if dotted && clock_word == 0 && half.is_none() {
        return None;
    }
    let (offset, taken) = zone(&rest[at..]);
    let time = jiff::civil::Time::new(
        i8::try_from(hour).ok()?,
        i8::try_from(*minute).ok()?,
        i8::try_from(second).ok()?,
        0,
    );
    Some((PartialDate::instant(day.to_datetime(time.ok()?), offset), at + taken))
}

/// "am" or "p.m.": whether it is after noon, and how many tokens say so.
fn half_of_day(tokens: &[Token]) -> (Option<bool>, usize) {
    let [Token::Word(word), rest @ ..] = tokens else { return (None, 0) };
    let afternoon = match word.as_str() {
        "am" => false,
        "pm" => true,
        "a" | "p" if matches!(rest, [Token::Mark('.'), Token::Word(m), ..] if m == "m") => {
            return (Some(word == "p"), 3 + skip(&rest[2..], &["."]));
        }
        _ => return (None, 0),
    };
    (Some(afternoon), 1)
}

/// A zone that means one offset only, and how many tokens name it.
fn zone(tokens: &[Token]) -> (Option<i16>, usize) {
    let skipped = skip(tokens, &["(", ","]);
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
            ("2019-9-12T10:00:00-05:00", "2019-09-12T10:00:00-05:00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_made_one() {
        for text in
            ["", "7 min read", "31 February 2020", "March of the 5000", "1.2.3", "May", "10:30", "99/99/2020"]
        {
            assert_eq!(read(text), None, "{text}");
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
