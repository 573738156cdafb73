//! What a plain-text copy offers for each field, as its parts are read one after the other.

use std::borrow::Cow;

use dateline_index::published::PartialDate;
use jiff::civil::Date;
use url::Url;

use super::super::candidate::{Candidate, Found};
use super::super::text::squeeze;
use super::super::written::Order;
use super::super::{address, byline, date};

/// The candidates of each field, the more trustworthy first.
#[derive(Default)]
pub(in super::super) struct Fields {
    pub(super) titles: Vec<Candidate<String>>,
    pub(super) authors: Vec<Candidate<Vec<String>>>,
    pub(super) dates: Vec<Candidate<PartialDate>>,
    pub(super) updated: Option<PartialDate>,
    pub(super) outlet: Option<Candidate<String>>,
    pub(super) url: Option<Url>,
    pub(super) standfirst: Option<String>,
    pub(super) section: Option<String>,
    pub(in super::super) tags: Vec<String>,
    pub(in super::super) language: Option<String>,
    /// Figures that stand for a day in two ways, as the copy has them.
    pub(super) ambiguous: Option<String>,
    /// A line near the headline that looks like a name, and says no more.
    pub(super) lone_name: Option<String>,
    /// Whether an author was told from an outlet by the shape of his name only.
    pub(super) guessed_author: bool,
}

impl Fields {
    pub(in super::super) fn title(&mut self, text: &str, found: Found, place: impl Into<Cow<'static, str>>) {
        let text = squeeze(text);
        if text.chars().any(char::is_alphanumeric) {
            self.titles.push(Candidate::new(text, found, place));
        }
    }

    /// Offers the names of a text that is said to hold names only.
    pub(in super::super) fn names(&mut self, text: &str, found: Found, place: impl Into<Cow<'static, str>>) {
        self.authors(byline::names_in(text, true), found, place);
    }

    pub(in super::super) fn authors(
        &mut self,
        names: Vec<String>,
        found: Found,
        place: impl Into<Cow<'static, str>>,
    ) {
        if !names.is_empty() {
            self.authors.push(Candidate::new(names, found, place));
        }
    }

    /// Offers the date of a text that is said to be one; `text` is read with day and month in this order.
    pub(in super::super) fn date(
        &mut self,
        text: &str,
        order: Order,
        found: Found,
        place: impl Into<Cow<'static, str>>,
    ) {
        let Some(date) = date::read(text, order) else { return };
        if other_way_round(text, date) {
            self.ambiguous.get_or_insert_with(|| squeeze(text));
        }
        self.dates.push(Candidate::new(date, found, place));
    }

    /// Takes an address, if it is one of the web and leads to more than a site; else what it says of the outlet.
    pub(in super::super) fn address(&mut self, text: &str) -> bool {
        let Some(url) = address::clean(text) else { return false };
        let is_page = url.path() != "/" || url.query().is_some();
        if is_page && self.url.as_ref().is_none_or(|known| known.path() == "/") || self.url.is_none() {
            self.url = Some(url);
        }
        true
    }

    /// A name that stands alone is the author's where the copy names nobody else, else the section's.
    pub(super) fn settle_lone_name(&mut self) {
        let Some(name) = self.lone_name.take() else { return };
        if self.authors.is_empty() {
            self.names(&name, Found::Byline, "name alone near the headline");
            self.guessed_author = !self.authors.is_empty();
        } else {
            self.section.get_or_insert(name);
        }
    }

    /// The days that the copy states, if they disagree.
    pub(in super::super) fn disagreeing_days(&self, latest: Date) -> Option<(Date, Date)> {
        let days = self.dates.iter().map(|date| date.value.first_day()).filter(|day| *day <= latest);
        let mut days = days.collect::<Vec<_>>().into_iter();
        let first = days.next()?;
        Some((first, days.find(|day| (*day - first).get_days().abs() > 1)?))
    }
}

/// Whether the same figures are another day where people write the month first (or the day).
fn other_way_round(text: &str, date: PartialDate) -> bool {
    [Order::DayFirst, Order::MonthFirst]
        .into_iter()
        .filter_map(|order| date::read(text, order))
        .any(|other| other.first_day() != date.first_day())
}
