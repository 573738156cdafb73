//! When an article was first published: what the page offers, and which of it holds.

use dateline_index::published::{PartialDate, Precision, Published};
use jiff::civil::Date;
use scraper::ElementRef;
use url::Url;

use super::candidate::{Candidate, Found};
use super::headline::Surroundings;
use super::linked;
use super::lists::{DATE_LABELS, UPDATE_LABELS, listed};
use super::page::{Page, selector, text_of};
use super::text::fold;
use super::written::{Order, first_date, first_date_at};

/// Names under which a page's head states the date of publication, best first.
const PUBLISHED_NAMES: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "datepublished",
    "date.published",
    "originalpublicationdate",
    "article_date_original",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "rnews:datepublished",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "bt:pubdate",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "pub_date",
    "displaydate",
    "date",
    "created",
];

/// Names under which it states the last change.
const UPDATED_NAMES: &[&str] =
    &["article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified"];

/// Each date that the page offers, the more trustworthy ones first.
pub(super) fn candidates(
    page: &Page,
    url: Option<&Url>,
    around: &Surroundings,
) -> Vec<Candidate<PartialDate>> {
    let order = order(page);
    let mut found = Vec::new();
    let mut add = |text: &str, place: Found| {
        found.extend(read(text, order).map(|date| Candidate::new(date, place, place.name())));
    };
    for node in page.linked.article().into_iter().chain(page.linked.articles()) {
        linked::text(node, "datePublished").into_iter().for_each(|text| add(&text, Found::JsonLd));
    }
    for name in PUBLISHED_NAMES {
        page.meta_all(name).for_each(|text| add(text, Found::Meta));
    }
    for kind in ["WebPage", "VideoObject"] {
        for node in page.linked.of_type(kind) {
            linked::text(node, "datePublished").into_iter().for_each(|text| add(&text, Found::JsonLd));
        }
    }
    for element in page.select(selector!("[itemprop~='datePublished'], [itemprop~='dateCreated']")) {
        add(&stated(element), Found::Microdata);
    }
    for element in page.select(selector!(
        "time.published, time.entry-date, time[pubdate], .published[title], .published[datetime], \
         .dt-published, time[class*='publish'], time[class*='date']"
    )) {
        if !is_update(element) {
            add(&stated(element), Found::Time);
        }
    }
    for line in around.lines() {
        found.extend(date_line(line, order).map(|date| Candidate::new(date, Found::Byline, "line")));
    }
    found.extend(times_of_article(page, order));
    found.extend(dated_elements(page, order));
    found.extend(url.and_then(in_address).map(|date| Candidate::new(date, Found::Url, "address")));
    found
}

/// Chooses the date: the first that can be true, in the precision of a later one that agrees.
pub(super) fn choose(candidates: &[Candidate<PartialDate>], latest: Date) -> Option<Published> {
    let possible = |candidate: &&Candidate<PartialDate>| is_possible(&candidate.value, latest);
    let first = candidates.iter().find(possible)?;
    let refines = |other: &&Candidate<PartialDate>| {
        other.value.precision() > Precision::Month
            && (first.value.first_day()..=first.value.last_day()).contains(&other.value.first_day())
    };
    let chosen = match first.value.precision() {
        Precision::Year | Precision::Month => {
            candidates.iter().filter(possible).find(refines).unwrap_or(first)
        }
        Precision::Day => first,
        Precision::Instant => printed_day(first, candidates).unwrap_or(first),
    };
    Some(Published { date: chosen.value, found: chosen.found.name().to_owned() })
}

/// The day that readers saw, where a time is stated in UTC and falls on the day before or after it:
/// an evening in America is tomorrow in UTC.
fn printed_day<'a>(
    first: &Candidate<PartialDate>,
    candidates: &'a [Candidate<PartialDate>],
) -> Option<&'a Candidate<PartialDate>> {
    if first.value.offset() != Some(0) {
        return None;
    }
    let printed = |other: &&Candidate<PartialDate>| {
        matches!(other.found, Found::Byline | Found::Url)
            && other.value.precision() >= Precision::Day
            && other.value.offset().is_none_or(|offset| offset != 0)
    };
    let stated: Vec<_> = candidates.iter().filter(printed).collect();
    let same = stated.iter().any(|other| other.value.first_day() == first.value.first_day());
    let one_off = |other: &&&Candidate<PartialDate>| {
        (other.value.first_day() - first.value.first_day()).get_days().abs() == 1
    };
    if same { None } else { stated.iter().find(one_off).copied() }
}

/// When the page says that it was last changed, if that is later than `published`.
pub(super) fn updated(page: &Page, published: Option<&Published>, latest: Date) -> Option<Published> {
    let order = order(page);
    let linked = page.linked.article().and_then(|node| linked::text(node, "dateModified"));
    let linked = linked.map(|text| (text, Found::JsonLd));
    let meta = page.meta(UPDATED_NAMES).map(|text| (text.to_owned(), Found::Meta));
    let microdata = page.select(selector!("[itemprop~='dateModified']")).next();
    let microdata = microdata.map(|element| (stated(element), Found::Microdata));
    let (date, found) = [linked, meta, microdata].into_iter().flatten().find_map(|(text, found)| {
        Some((read(&text, order).filter(|date| is_possible(date, latest))?, found))
    })?;
    let later = published.is_none_or(|published| date.sort_key() > published.date.sort_key());
    later.then(|| Published { date, found: found.name().to_owned() })
}

/// Whether a date can be one of publication: printing began, tomorrow's paper is out today.
fn is_possible(date: &PartialDate, latest: Date) -> bool {
    const EARLIEST: i16 = 1600;
    // What computers write when they know nothing.
    let unset = date.first_day() == jiff::civil::date(1970, 1, 1) && date.precision() == Precision::Instant;
    date.first_day().year() >= EARLIEST && date.first_day() <= latest && !unset
}

/// A stated date in any spelling.
pub(super) fn read(text: &str, order: Order) -> Option<PartialDate> {
    const LONGEST: usize = 200;
    let text = text.trim();
    PartialDate::parse(text).or_else(|| first_date(text.get(..LONGEST).unwrap_or(text), order))
}

/// In which order the page's country writes day and month.
fn order(page: &Page) -> Order {
    let language = page.stated_language().unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    if language == "en-us" || language == "en" || language.is_empty() {
        Order::MonthFirst
    } else {
        Order::DayFirst
    }
}

/// The date that an element states, for machines or for readers.
fn stated(element: ElementRef<'_>) -> String {
    let value = element.value();
    let attribute = ["content", "datetime", "title"].iter().find_map(|name| value.attr(name));
    attribute
        .filter(|text| text.contains(|c: char| c.is_ascii_digit()))
        .map_or_else(|| text_of(element), str::to_owned)
}

fn is_update(element: ElementRef<'_>) -> bool {
    let class = fold(element.value().attr("class").unwrap_or_default());
    let names_both = class.contains("publish") || class.contains("entry-date");
    let named = ["updat", "modif"].iter().any(|word| class.contains(word)) && !names_both;
    let around = element.parent().and_then(ElementRef::wrap).map(|parent| fold(&text_of(parent)));
    named || around.is_some_and(|text| text.len() < 80 && says_update(&text))
}

/// Whether a folded line says that its date is that of a change.
fn says_update(folded: &str) -> bool {
    let place = |list: &[&str]| list.iter().filter_map(|label| folded.find(label)).min();
    match (place(&UPDATE_LABELS), folded.find("publ")) {
        (Some(update), Some(published)) => update < published,
        (update, _) => update.is_some(),
    }
}

/// `<time datetime>` in the article, the first that is no update.
fn times_of_article(page: &Page, order: Order) -> Option<Candidate<PartialDate>> {
    let in_article = page.select(selector!("article time[datetime], main time[datetime]"));
    let anywhere = page.select(selector!("time[datetime]"));
    in_article
        .chain(anywhere)
        .filter(|element| !is_update(*element))
        .find_map(|element| read(&stated(element), order))
        .map(|date| Candidate::new(date, Found::Time, "time"))
}

/// Elements that are called dates, with little else in them.
fn dated_elements(page: &Page, order: Order) -> Vec<Candidate<PartialDate>> {
    const LOOKED_AT: usize = 40;
    let elements = page.select(selector!(
        "[class*='date'], [class*='byline'], [class*='posted'], [class*='publish'], [class*='meta'], \
         [class*='time'], [class*='datum'], [class*='fecha'], [id*='date'], time"
    ));
    let dates = elements.take(LOOKED_AT).filter(|element| !is_update(*element));
    dates
        .filter_map(|element| date_line(&text_of(element), order))
        .take(1)
        .map(|date| Candidate::new(date, Found::Byline, "line"))
        .collect()
}

/// The date of a line that says little else: a date line, a byline with a date.
pub(super) fn date_line(line: &str, order: Order) -> Option<PartialDate> {
    const LONGEST: usize = 160;
    if line.len() > LONGEST || says_update(&fold(line)) && !fold(line).contains("publ") {
        return None;
    }
    let found = first_date_at(line, order)?;
    let labels = line
        .split_whitespace()
        .filter(|word| listed(&DATE_LABELS, fold(word).trim_matches(|c: char| !c.is_alphanumeric())));
    let spare = (found.before + found.after).saturating_sub(labels.count());
    (spare <= 8 && found.date.precision() >= Precision::Day).then_some(found.date)
}

/// `/2001/09/12/`, `/1956/1107/`, `/20010912/`, `2001-09-12`: the day in an address, or its month.
fn in_address(url: &Url) -> Option<PartialDate> {
    let path = url.path();
    let segments: Vec<&str> = path.split(['/', '-', '_', '.']).collect();
    let number = |text: &str, length: usize| -> Option<i16> {
        (text.len() == length && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())
            .flatten()
    };
    let small = |text: &str| number(text, 2).or_else(|| number(text, 1)).and_then(|n| i8::try_from(n).ok());
    for (place, segment) in segments.iter().enumerate() {
        let rest = &segments[place + 1..];
        if let Some(year) = number(segment, 4).filter(|year| (1600..2200).contains(year)) {
            if let [month, day, ..] = rest
                && let Some(date) =
                    small(month).zip(small(day)).and_then(|(m, d)| PartialDate::day(year, m, d))
            {
                return Some(date);
            }
            if let [both, ..] = rest
                && number(both, 4).is_some()
                && let Some(date) =
                    small(&both[..2]).zip(small(&both[2..])).and_then(|(m, d)| PartialDate::day(year, m, d))
            {
                return Some(date);
            }
        }
        if segment.len() == 8 && segment.bytes().all(|b| b.is_ascii_digit()) {
            let date = number(&segment[..4], 4).zip(small(&segment[4..6])).zip(small(&segment[6..]));
            let date = date.filter(|((year, _), _)| (1900..2200).contains(year));
            if let Some(date) = date.and_then(|((y, m), d)| PartialDate::day(y, m, d)) {
                return Some(date);
            }
        }
    }
    let month = path.split('/').collect::<Vec<_>>();
    month.windows(2).find_map(|pair| {
        let year = number(pair[0], 4).filter(|year| (1900..2200).contains(year))?;
        PartialDate::month(year, i8::try_from(number(pair[1], 2)?).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose_from(source: &str) -> Option<(String, String)> {
        let page = Page::parse(source);
        let url = super::super::address::of_page(&page, None);
        let around = Surroundings::find(&page, "Headline of the day");
        let found = candidates(&page, url.as_ref(), &around);
        choose(&found, jiff::civil::date(2030, 1, 1)).map(|p| (p.date.to_string(), p.found))
    }

    #[track_caller]
    fn found(source: &str, date: &str, place: &str) {
        assert_eq!(choose_from(source), Some((date.to_owned(), place.to_owned())), "{source}");
    }

    #[test]
    fn the_original_wins_over_the_update() {
        found(
            "<h1>Headline of the day</h1><p>Updated 3 May 2020</p><p>Published 1 May 2020</p>",
            "2020-05-01",
            "byline",
        );
        found(
            "<time class='updated' datetime='2020-05-03'>3 May</time><time class='published' datetime='2020-05-01'>",
            "2020-05-01",
            "time",
        );
    }

    #[test]
    fn impossible_dates_give_way() {
        found(
            "<meta property='article:published_time' content='2099-01-01'><link rel=canonical \
             href='https://a.example/2001/09/12/x'>",
            "2001-09-12",
            "url",
        );
        assert_eq!(choose_from("<p>Copyright 1999-2024 The Paper</p>"), None);
    }

    #[test]
    fn a_month_is_made_a_day_only_by_one_that_agrees() {
        found(
            "<meta name=date content='1980-09'><h1>Headline of the day</h1><p>26 September 1980</p>",
            "1980-09-26",
            "byline",
        );
        found(
            "<meta name=date content='1980-09'><h1>Headline of the day</h1><p>26 October 1980</p>",
            "1980-09",
            "meta",
        );
    }

    #[test]
    fn days_are_read_from_addresses() {
        for (address, date) in [
            ("https://a.example/2001/09/12/x", Some("2001-09-12")),
            ("https://a.example/c/1956/1107/guns.html", Some("1956-11-07")),
            ("https://a.example/news-2019-11-19-x", Some("2019-11-19")),
            ("https://a.example/1989/11/mur", Some("1989-11")),
            ("https://a.example/story/20191119/x", Some("2019-11-19")),
            ("https://a.example/2001/99/99/x", None),
            ("https://a.example/item-12345678", None),
        ] {
            let read = Url::parse(address).ok().and_then(|url| in_address(&url)).map(|date| date.to_string());
            assert_eq!(read.as_deref(), date, "{address}");
        }
    }
}
