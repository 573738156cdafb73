//! Dates in words: the day that the publisher printed, no more precise than it was.

use dateline_index::found;
use dateline_index::published::{PartialDate, Precision, Published};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date in the margin of a hit: `4 January` over `2024`, `January` over `2024`, `about` over `1956`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Margin {
    pub(crate) first: String,
    pub(crate) second: String,
    /// For programs that read the page.
    pub(crate) machine: String,
}

/// A date in the margin of a hit.
pub(crate) fn margin(date: &PartialDate) -> Margin {
    let (day, month, year) = parts(date);
    let first = match date.precision() {
        Precision::Year => "about".into(),
        Precision::Month => month.into(),
        Precision::Day | Precision::Instant => format!("{day} {month}"),
    };
    Margin { first, second: year, machine: date.to_string() }
}

/// `about 1956`, `January 2024`, `17 January 2024`.
pub(crate) fn in_words(date: &PartialDate) -> String {
    let (day, month, year) = parts(date);
    match date.precision() {
        Precision::Year => format!("about {year}"),
        Precision::Month => format!("{month} {year}"),
        Precision::Day | Precision::Instant => format!("{day} {month} {year}"),
    }
}

/// The same with the time of day and its distance from UTC, where they were stated.
pub(crate) fn with_time(date: &PartialDate) -> String {
    let Some(time) = date.time() else { return in_words(date) };
    let zone = match date.offset() {
        None => String::new(),
        Some(0) => " UTC".into(),
        Some(minutes) => {
            let sign = if minutes < 0 { '−' } else { '+' };
            let minutes = minutes.unsigned_abs();
            format!(" UTC{sign}{}:{:02}", minutes / 60, minutes % 60)
        }
    };
    format!("{}, {:02}:{:02}{zone}", in_words(date), time.hour(), time.minute())
}

fn parts(date: &PartialDate) -> (i8, &'static str, String) {
    let first = date.first_day();
    let month = usize::try_from(first.month() - 1).ok().and_then(|place| MONTHS.get(place)).unwrap_or(&"");
    (first.day(), month, first.year().to_string())
}

/// Where a date was found, as the end of a sentence.
pub(crate) fn provenance(published: &Published) -> String {
    match published.found.as_str() {
        "json-ld" => "as stated in the page’s JSON-LD".into(),
        "meta" => "as stated in the page’s meta tags".into(),
        "time" => "from a time that the page marks as such".into(),
        "byline" => "from the byline".into(),
        "url" => "from the page’s address".into(),
        "text" => "from a date line in the text".into(),
        "record" => "as the record states it".into(),
        "feed" => "as stated in the feed".into(),
        "" => "from a place that was not noted".into(),
        other => found::label(other).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn a_coarse_date_never_looks_like_a_day() {
        let words =
            ["1956", "2024-01", "2024-01-17", "2024-01-17T23:30:00-05:00"].map(|text| in_words(&date(text)));
        assert_eq!(words, ["about 1956", "January 2024", "17 January 2024", "17 January 2024"]);
        assert_eq!(margin(&date("1956")).first, "about");
        assert_eq!(margin(&date("2024-12")).first, "December");
    }

    #[test]
    fn a_time_is_said_as_its_publishers_clock_showed_it() {
        let times =
            ["2024-01-17T23:30:00-05:00", "2024-01-17T08:05:00+03:30", "2024-01-17T08:05:00Z", "2024-01-17"];
        assert_eq!(
            times.map(|text| with_time(&date(text))),
            [
                "17 January 2024, 23:30 UTC−5:00",
                "17 January 2024, 08:05 UTC+3:30",
                "17 January 2024, 08:05 UTC",
                "17 January 2024"
            ]
        );
    }
}
