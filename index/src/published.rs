//! A date as precise as the page was: "January 2024" stays January 2024.
//!
//! A day is the day that the publisher printed. Nothing is converted to UTC: an offset that was
//! stated is kept beside the local time, and only the local time is counted, sorted and filtered.

use std::fmt;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// How much of a date was stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Only the year.
    Year,
    /// Year and month.
    Month,
    /// A day.
    Day,
    /// A day and a time.
    Instant,
}

/// A date with its precision: `2024`, `2024-01`, `2024-01-17`, `2024-01-17T08:30:00+01:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    first: Date,
    precision: Precision,
    time: Time,
    /// Minutes east of UTC, where the page stated it.
    offset: Option<i16>,
}

/// When an article was published, and where that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "PublishedRecord", into = "PublishedRecord")]
pub struct Published {
    /// The date as stated.
    pub date: PartialDate,
    /// Where it was found: `json-ld`, `meta`, `time`, `byline`, `url`, `text`, `record` …
    pub found: String,
}

#[derive(Serialize, Deserialize)]
struct PublishedRecord {
    date: PartialDate,
    precision: Precision,
    found: String,
}

impl From<Published> for PublishedRecord {
    fn from(published: Published) -> Self {
        let Published { date, found } = published;
        Self { precision: date.precision, date, found }
    }
}

impl TryFrom<PublishedRecord> for Published {
    type Error = String;

    fn try_from(record: PublishedRecord) -> Result<Self, String> {
        if record.precision != record.date.precision {
            return Err(format!("{} does not have the precision {:?}", record.date, record.precision));
        }
        Ok(Self { date: record.date, found: record.found })
    }
}

impl PartialDate {
    /// A whole year.
    #[must_use]
    pub fn year(year: i16) -> Option<Self> {
        Self::with(year, 1, 1, Precision::Year)
    }

    /// A month of a year.
    #[must_use]
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Self::with(year, month, 1, Precision::Month)
    }

    /// A day.
    #[must_use]
    pub fn day(year: i16, month: i8, day: i8) -> Option<Self> {
        Self::with(year, month, day, Precision::Day)
    }

    /// A day that is known as a date.
    #[must_use]
    pub fn of_day(day: Date) -> Self {
        Self { first: day, precision: Precision::Day, time: Time::midnight(), offset: None }
    }

    /// A local time, with its distance from UTC in minutes where the page stated it.
    #[must_use]
    pub fn instant(local: DateTime, offset: Option<i16>) -> Self {
        // What lies further from UTC than any zone is no offset, and would not be read back.
        let offset = offset.filter(|minutes| minutes.unsigned_abs() < 16 * 60);
        Self { first: local.date(), precision: Precision::Instant, time: local.time(), offset }
    }

    fn with(year: i16, month: i8, day: i8, precision: Precision) -> Option<Self> {
        let first = Date::new(year, month, day).ok().filter(|_| year > 0)?;
        Some(Self { first, precision, time: Time::midnight(), offset: None })
    }

    /// How much was stated.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The first day it can mean.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.first
    }

    /// The last day it can mean.
    #[must_use]
    pub fn last_day(&self) -> Date {
        match self.precision {
            Precision::Year => self.first.last_of_year(),
            Precision::Month => self.first.last_of_month(),
            Precision::Day | Precision::Instant => self.first,
        }
    }

    /// Its place in time for sorting: seconds from 1970 to the local time, a coarse date as the
    /// start of its first day.
    #[must_use]
    pub fn sort_key(&self) -> i64 {
        days_since_1970(self.first) * 86_400
            + i64::from(self.time.hour()) * 3600
            + i64::from(self.time.minute()) * 60
            + i64::from(self.time.second())
    }

    /// The stated distance from UTC in minutes.
    #[must_use]
    pub fn offset(&self) -> Option<i16> {
        self.offset
    }

    /// The local time of day, where one was stated.
    #[must_use]
    pub fn time(&self) -> Option<Time> {
        (self.precision == Precision::Instant).then_some(self.time)
    }

    /// Reads the forms that `Display` writes, and ISO 8601's other spellings of them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if !text.is_ascii() {
            return None;
        }
        match text.len() {
            4 => Self::year(digits(text)?),
            7 => Self::month(digits(&text[..4])?, digits(text[4..].strip_prefix('-')?)?),
            10 => parse_day(text).map(Self::of_day),
            _ => parse_instant(text),
        }
    }
}

/// Days from 1970-01-01; negative before it.
#[must_use]
pub fn days_since_1970(day: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from((day - epoch).get_days())
}

fn digits<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn parse_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let dashed = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    dashed.then(|| Date::new(digits(&text[..4])?, digits(&text[5..7])?, digits(&text[8..])?).ok()).flatten()
}

/// `2024-01-17T08:30[:00[.000]][Z|+01:00|+0100|+01]`, a space for the T too.
fn parse_instant(text: &str) -> Option<PartialDate> {
    let day = parse_day(text.get(..10)?)?;
    let rest = text[10..].strip_prefix(['T', 't', ' '])?.trim_start();
    let clock_end = rest.find(|c: char| !c.is_ascii_digit() && !":.,".contains(c)).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(clock_end);
    let mut parts = clock.split([':', '.', ',']);
    let (hour, minute) = (digits(parts.next()?)?, digits(parts.next()?)?);
    let second = parts.next().map_or(Some(0), digits)?;
    // 23:59:60 is a leap second, which the calendar here does not have.
    let time = Time::new(hour, minute, second.min(59), 0).ok()?;
    let offset = parse_offset(zone.trim())?;
    Some(PartialDate::instant(day.to_datetime(time), offset))
}

/// `Some(None)` is "no offset stated", `None` is "not an offset".
fn parse_offset(zone: &str) -> Option<Option<i16>> {
    if zone.is_empty() {
        return Some(None);
    }
    if zone.eq_ignore_ascii_case("z") {
        return Some(Some(0));
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let figures: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').collect();
    let (hours, minutes): (i16, i16) = match figures.len() {
        2 => (digits(&figures)?, 0),
        4 => (digits(&figures[..2])?, digits(&figures[2..])?),
        _ => return None,
    };
    (hours <= 15 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            Precision::Instant => {
                let (hour, minute, second) = (self.time.hour(), self.time.minute(), self.time.second());
                write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
                match self.offset {
                    None => Ok(()),
                    Some(0) => f.write_str("Z"),
                    Some(minutes) => {
                        let sign = if minutes < 0 { '-' } else { '+' };
                        let minutes = minutes.unsigned_abs();
                        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                    }
                }
            }
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
            .ok_or_else(|| format!("{text:?} is not a date such as 2024, 2024-01 or 2024-01-17"))
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "2024",
            "2024-01",
            "2024-02-29",
            "2024-01-17T08:30:00",
            "1987-02-26T15:01:01Z",
            "2024-01-17T08:30:00+03:30",
            "1959-03-01T00:00:00-05:00",
        ] {
            let date = PartialDate::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(date.to_string(), text);
        }
    }

    #[test]
    fn other_spellings_of_a_time_are_understood() {
        let spellings = ["2024-01-17T08:30:00.123+0330", "2024-01-17 08:30 +03:30", "2024-01-17T08:30+03:30"];
        for text in spellings {
            let date = PartialDate::parse(text).map(|d| d.to_string());
            assert_eq!(date.as_deref(), Some("2024-01-17T08:30:00+03:30"), "{text}");
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_refused() {
        for text in [
            "",
            "24",
            "2024-13",
            "2023-02-29",
            "2024-01-17T25:00",
            "2024-1-17",
            "0x10",
            "2024-01-17T08:30 Uhr",
            "٢٠٢٤",
        ] {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_coarse_date_spans_all_the_days_it_can_mean() {
        let leap =
            PartialDate::parse("2024-02").map(|d| (d.first_day().to_string(), d.last_day().to_string()));
        assert_eq!(leap, Some(("2024-02-01".into(), "2024-02-29".into())));
        let year = PartialDate::parse("1945").map(|d| (d.first_day().to_string(), d.last_day().to_string()));
        assert_eq!(year, Some(("1945-01-01".into(), "1945-12-31".into())));
    }

    #[test]
    fn sorting_goes_by_the_publishers_own_clock() {
        let key = |text| PartialDate::parse(text).map(|d| d.sort_key());
        assert_eq!(key("1970-01-02"), Some(86_400));
        assert_eq!(key("1970-01-01T01:00:00+05:00"), Some(3600));
        assert!(key("1969-12-31") < key("1970-01"));
    }
}
