//! Whether a page writes the day or the month first, where figures could mean either.

use std::sync::LazyLock;

use regex::Regex;
use url::Url;

use super::outline::Outline;
use crate::extract::lists::{MONTH_FIRST_DOMAINS, listed};
use crate::extract::page::Page;
use crate::extract::written::Order;

/// The order of a page, and whether the page itself shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageOrder {
    pub(super) order: Order,
    pub(super) is_shown: bool,
}

/// By the dates of the page that can be read in one way only, else by its language and country.
pub(super) fn of_page(page: &Page, url: Option<&Url>, outline: &Outline<'_>) -> PageOrder {
    let texts = outline.lines.iter().map(|line| line.text.as_str()).chain(page.all_meta());
    let (day_first, month_first) = texts.filter_map(shown).fold((0, 0), |(day, month), order| match order {
        Order::DayFirst => (day + 1, month),
        Order::MonthFirst => (day, month + 1),
    });
    if day_first != month_first {
        let order = if day_first > month_first { Order::DayFirst } else { Order::MonthFirst };
        return PageOrder { order, is_shown: true };
    }
    let end = url.and_then(|url| url.host_str()?.rsplit('.').next().map(str::to_owned));
    PageOrder { order: by_language(page.stated_language(), end.as_deref()), is_shown: false }
}

/// The order of a figure date that has a number above 12: "03/28/2001".
fn shown(text: &str) -> Option<Order> {
    static FIGURES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[^\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?:$|[^\d/-])")
            .expect("the pattern is well formed")
    });
    if !text.contains(['/', '-']) {
        return None;
    }
    let captures = FIGURES.captures(text)?;
    let number = |place: usize| captures[place].parse::<u32>().unwrap_or_default();
    match (number(1), number(2)) {
        (13..=31, 1..=12) => Some(Order::DayFirst),
        (1..=12, 13..=31) => Some(Order::MonthFirst),
        _ => None,
    }
}

/// The month comes first in the United States: in pages in American English, and in English ones whose
/// host tells no other country.
pub(super) fn by_language(language: Option<&str>, end_of_host: Option<&str>) -> Order {
    let language = language.unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    let elsewhere = end_of_host.is_some_and(|end| !listed(&MONTH_FIRST_DOMAINS, end));
    match language.as_str() {
        "en-us" => Order::MonthFirst,
        "en" | "" if !elsewhere => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_decides_where_the_language_is_english() {
        assert_eq!(by_language(Some("en"), Some("com")), Order::MonthFirst);
        assert_eq!(by_language(Some("en"), Some("uk")), Order::DayFirst);
        assert_eq!(by_language(Some("en-US"), Some("de")), Order::MonthFirst);
        assert_eq!(by_language(Some("en_GB"), Some("com")), Order::DayFirst);
        assert_eq!(by_language(Some("es"), Some("com")), Order::DayFirst);
        assert_eq!(by_language(None, Some("org")), Order::MonthFirst);
        assert_eq!(by_language(None, None), Order::MonthFirst);
    }

    #[test]
    fn a_number_above_twelve_shows_the_order() {
        assert_eq!(shown("Posted 03/28/2001 by us"), Some(Order::MonthFirst));
        assert_eq!(shown("28/03/01"), Some(Order::DayFirst));
        for text in ["03/04/2001", "1-800-12-28-2001", "2001-03-28", "40/50/2001"] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
