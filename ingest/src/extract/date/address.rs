//! The day in a page's address, or in that of its picture: /2001/09/12/, /1956/1107/, /20010912/.

use dateline_index::published::PartialDate;
use url::Url;

use super::{Says, Stated};
use crate::extract::candidate::{Candidate, Found};
use crate::extract::page::Page;

/// The dates in the addresses of a page and its picture.
pub(super) fn candidates(page: &Page, url: Option<&Url>) -> Vec<Candidate<Stated>> {
    let candidate = |date: PartialDate, trust: u32, place: &'static str| {
        Candidate::new(Stated { date, other: None, says: Says::Nothing, trust }, Found::Url, place)
    };
    let mut found = Vec::new();
    if let Some(path) = url.map(own_path) {
        found.extend(day(&path).map(|date| candidate(date, 60, "address")));
        found.extend(month(&path).map(|date| candidate(date, 20, "month in the address")));
        found.extend(opening_figures(&path).map(|date| candidate(date, 30, "figures in the address")));
    }
    let picture = page.meta(&["og:image", "og:image:url", "twitter:image", "twitter:image:src"]);
    if let Some(path) = picture.and_then(|picture| Url::parse(picture).ok()).as_ref().map(own_path) {
        found.extend(day(&path).map(|date| candidate(date, 15, "address of the picture")));
    }
    found
}

/// The path of an address, without what an archive of the web put before it.
fn own_path(url: &Url) -> String {
    let path = url.path();
    let inner = path.rfind("/http").map(|place| &path[place + 1..]).and_then(|text| Url::parse(text).ok());
    inner.map_or_else(|| path.to_owned(), |inner| inner.path().to_owned())
}

fn number(text: &str, lengths: &[usize]) -> Option<i16> {
    let figures = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    figures.then(|| text.parse().ok()).flatten()
}

fn small(text: &str) -> Option<i8> {
    number(text, &[1, 2]).and_then(|number| i8::try_from(number).ok())
}

fn year(text: &str) -> Option<i16> {
    number(text, &[4]).filter(|year| (1600..2200).contains(year))
}

/// The day in a path.
fn day(path: &str) -> Option<PartialDate> {
    let segments: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let read = |place: usize| match &segments[place..] {
        [first, month, day, ..]
            if year(first).is_some() && small(month).is_some() && small(day).is_some() =>
        {
            PartialDate::day(year(first)?, small(month)?, small(day)?)
        }
        [first, both, ..] if year(first).is_some() && number(both, &[4]).is_some() => {
            PartialDate::day(year(first)?, small(&both[..2])?, small(&both[2..])?)
        }
        [day, month, last, ..]
            if number(day, &[2]).is_some() && number(month, &[2]).is_some() && year(last).is_some() =>
        {
            PartialDate::day(year(last)?, small(month)?, small(day)?)
        }
        [figures, ..] => eight_figures(figures),
        [] => None,
    };
    (0..segments.len()).find_map(read)
}

/// 20010912
fn eight_figures(text: &str) -> Option<PartialDate> {
    if text.len() != 8 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let year = year(&text[..4]).filter(|year| *year >= 1900)?;
    PartialDate::day(year, small(&text[4..6])?, small(&text[6..])?)
}

/// "/2001/09/": the month in a path.
fn month(path: &str) -> Option<PartialDate> {
    let segments: Vec<&str> = path.split('/').collect();
    segments.windows(2).find_map(|pair| {
        let year = year(pair[0]).filter(|year| *year >= 1900)?;
        PartialDate::month(year, i8::try_from(number(pair[1], &[1, 2])?).ok()?)
    })
}

/// A day at the start of a longer number, or one of six figures whose month the path repeats:
/// "/A20260129143200", "/2015/08/150803-headline".
fn opening_figures(path: &str) -> Option<PartialDate> {
    const SHORTEST: usize = 10;
    let runs = || path.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let long = runs().filter(|run| run.len() >= SHORTEST).find_map(|run| {
        // 10 and 13 figures may be a time in seconds or milliseconds since 1970.
        eight_figures(&run[..8]).filter(|date| date.first_day().year() >= 1990)
    });
    long.or_else(|| {
        let month = month(path)?;
        runs().filter(|run| run.len() == 6).find_map(|run| {
            let century = month.first_day().year() / 100 * 100;
            let date =
                PartialDate::day(century + number(&run[..2], &[2])?, small(&run[2..4])?, small(&run[4..])?)?;
            (date.first_day().first_of_month() == month.first_day()).then_some(date)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: &str, by: fn(&str) -> Option<PartialDate>) -> Option<String> {
        Url::parse(address).ok().and_then(|url| by(&own_path(&url))).map(|date| date.to_string())
    }

    #[test]
    fn days_are_read_from_addresses() {
        for (address, date) in [
            ("https://a.example/2001/09/12/x", Some("2001-09-12")),
            ("https://a.example/2001/9/2/x", Some("2001-09-02")),
            ("https://a.example/c/1956/1107/guns.html", Some("1956-11-07")),
            ("https://a.example/news-2019-11-19-x", Some("2019-11-19")),
            ("https://a.example/story/20191119/x", Some("2019-11-19")),
            ("https://archive.example/web/20200218174457/http://a.example/2010/05/12/x", Some("2010-05-12")),
            ("https://archive.example/web/20200218174457/http://a.example/x", None),
            ("https://a.example/news/23-01-2022-headline", Some("2022-01-23")),
            ("https://a.example/1989/11/mur", None),
            ("https://a.example/2001/99/99/x", None),
            ("https://a.example/item-12345678", None),
        ] {
            assert_eq!(read(address, day).as_deref(), date, "{address}");
        }
    }

    #[test]
    fn longer_numbers_may_open_with_a_day() {
        for (address, date) in [
            ("https://a.example/article/A2026012914320005196", Some("2026-01-29")),
            ("https://a.example/energy/2015/08/150803-cold-offices", Some("2015-08-03")),
            ("https://a.example/energy/2015/08/150903-cold-offices", None),
            ("https://a.example/x-1589449322", None),
        ] {
            assert_eq!(read(address, opening_figures).as_deref(), date, "{address}");
        }
        assert_eq!(read("https://a.example/1989/11/mur", month).as_deref(), Some("1989-11"));
    }
}
