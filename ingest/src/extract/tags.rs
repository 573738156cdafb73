//! The topics that a publisher gave an article.

use scraper::ElementRef;
use serde_json::Value;

use super::candidate::{Candidate, Found};
use super::linked;
use super::lists::{NO_SECTIONS, TAG_KEYS, TAG_PATHS, listed};
use super::page::{Page, attribute, selector, text_of};
use super::text::{bare, fold, plain, squeeze, word_count};

/// Tags that are kept; a page with more lists its site's.
const MOST: usize = 40;

/// Names under which heads give topics.
const NAMES: &[&str] = &[
    "article:tag",
    "og:article:tag",
    "news_keywords",
    "parsely-tags",
    "sailthru.tags",
    "dc.subject",
    "dcterms.subject",
];

/// Each list of topics that the page offers, best first; what is no topic is left out.
pub(super) fn candidates(page: &Page, sites: &[String], title: &str) -> Vec<Candidate<Vec<String>>> {
    let mut found: Vec<Candidate<Vec<String>>> = Vec::new();
    let mut add = |tags: Vec<String>, kind: Found, place: String| {
        let tags = clean(tags, sites, title);
        if !tags.is_empty() {
            found.push(Candidate::new(tags, kind, place));
        }
    };
    let article = page.linked.article();
    if let Some(value) = article.and_then(|node| node.get("keywords")) {
        let place = format!("{}.keywords", article.map(linked::type_of).unwrap_or_default());
        add(keyword_list(page, value), Found::JsonLd, place);
    }
    for name in NAMES {
        add(page.meta_all(name).flat_map(split_list).collect(), Found::Meta, (*name).to_owned());
    }
    let others = |name: &str| {
        ["keywords", "tags", "topics"].iter().any(|end| name.ends_with(end))
            && name != "keywords"
            && !NAMES.contains(&name)
    };
    for (name, text) in page.meta_matching(others) {
        add(split_list(text), Found::Meta, name.to_owned());
    }
    add(
        page.select(selector!("a[rel~='tag']")).map(text_of).collect(),
        Found::Microdata,
        "rel=tag".to_owned(),
    );
    add(page.meta_all("keywords").flat_map(split_list).collect(), Found::Meta, "keywords".to_owned());
    add(of_links(page), Found::Byline, "links to topics".to_owned());
    if let Some(value) = article.and_then(|node| node.get("about")) {
        add(
            page.linked.names(value),
            Found::JsonLd,
            format!("{}.about", article.map(linked::type_of).unwrap_or_default()),
        );
    }
    found
}

/// Chooses the first list that says more than the headline does.
pub(super) fn choose(candidates: &[Candidate<Vec<String>>]) -> (Option<usize>, &'static str) {
    match candidates.first() {
        Some(_) => (Some(0), "the first place that names topics"),
        None => (None, "the page names no topics"),
    }
}

/// The links of the article that lead to what was written on a topic: those in a list of tags, not
/// those in the running text or a menu.
fn of_links(page: &Page) -> Vec<String> {
    let leads_to_topic = |link: &ElementRef<'_>| {
        let path =
            attribute(link.value(), "href").unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
        // The topic itself stands last.
        let mut words = path.split('/').filter(|word| !word.is_empty()).rev().skip(1).take(3);
        words.any(|word| word.len() < 20 && listed(&TAG_PATHS, &word.to_ascii_lowercase()))
    };
    let is_listed = |link: &ElementRef<'_>| {
        link.ancestors().filter_map(ElementRef::wrap).take(5).any(|element| {
            let marks = attribute(element.value(), "class").unwrap_or_default().to_lowercase();
            TAG_PATHS.iter().any(|mark| marks.contains(mark))
        })
    };
    let links = page.html.select(selector!("a[href]")).filter(leads_to_topic).filter(is_listed);
    links.filter(|link| !page.is_apart(*link)).map(text_of).collect()
}

fn keyword_list(page: &Page, value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => split_list(text),
        Value::Array(items) if items.len() == 1 => items[0].as_str().map(split_list).unwrap_or_default(),
        value => page.linked.names(value),
    }
}

fn split_list(text: &str) -> Vec<String> {
    let plain = plain(text);
    let separators: &[char] = if plain.contains([',', ';', '、']) { &[',', ';', '、'] } else { &['|'] };
    plain.split(separators).map(squeeze).filter(|tag| !tag.is_empty()).collect()
}

/// The topics of a list, each once: no machine's values, no name of the site, no headline.
fn clean(tags: Vec<String>, sites: &[String], title: &str) -> Vec<String> {
    let title = bare(title);
    let grouped = !tags.is_empty() && tags.iter().all(|tag| grouped(tag).is_some());
    let mut kept: Vec<String> = Vec::new();
    let pairs = tags.iter().filter(|tag| pair(tag).is_some()).count() > 2;
    for tag in tags {
        let tag = match pair(&tag) {
            Some((key, topic)) if pairs && listed(&TAG_KEYS, &fold(key)) => topic.to_owned(),
            Some(_) if pairs => continue,
            _ if grouped => grouped_name(&tag),
            _ => tag,
        };
        let tag = tag.trim_start_matches(['#', '&', '.']).trim().to_owned();
        let bare_tag = bare(&tag);
        let fits = !bare_tag.is_empty()
            && tag.len() <= 80
            && word_count(&tag) <= 8
            && bare_tag != title
            && !is_machine_value(&tag)
            && !listed(&NO_SECTIONS, &fold(&tag))
            && !sites.iter().any(|site| bare(site) == bare_tag);
        if fits && kept.len() < MOST && !kept.iter().any(|known| bare(known) == bare_tag) {
            kept.push(tag);
        }
    }
    // Words of the headline one by one, or codes of a wire service, are no topics.
    let of_title = |tag: &String| title.split(' ').any(|word| word == bare(tag));
    let is_code =
        |tag: &String| tag.len() <= 8 && tag.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let mostly = |test: &dyn Fn(&String) -> bool, of: usize| {
        kept.len() >= of && kept.iter().filter(|tag| test(tag)).count() * 4 >= kept.len() * 3
    };
    if mostly(&of_title, 4) || mostly(&is_code, 6) { Vec::new() } else { kept }
}

/// "Subject: Justice": a key and its value.
fn pair(tag: &str) -> Option<(&str, &str)> {
    let (key, value) = tag.split_once(": ")?;
    (word_count(key) <= 3).then_some((key.trim(), value.trim()))
}

/// "topic/storms": the name behind the group, as some systems write all of their tags.
fn grouped(tag: &str) -> Option<(&str, &str)> {
    let (group, name) = tag.split_once('/')?;
    let is_group = !group.is_empty() && group.chars().all(|c| c.is_ascii_lowercase());
    (is_group && !name.is_empty() && !name.starts_with(' ')).then_some((group, name))
}

fn grouped_name(tag: &str) -> String {
    grouped(tag).map_or(tag, |(_, name)| name).to_owned()
}

/// "content:premium", "id-1234", "8f50…", "www.a.example", "_commerce": written by machines for machines.
fn is_machine_value(tag: &str) -> bool {
    let digits = tag.chars().filter(char::is_ascii_digit).count();
    let has_space = tag.contains(' ');
    let pair = tag.split_once([':', '=']).is_some_and(|(_, value)| !value.starts_with(' ') && !has_space);
    let number = digits == tag.chars().filter(|c| c.is_alphanumeric()).count() && digits != 4;
    let hexadecimal = tag.len() >= 16 && tag.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    let id = !has_space && digits > 4 && digits * 2 >= tag.len();
    let address = tag.contains("://") || tag.starts_with("www.") || tag.starts_with('_') || is_domain(tag);
    let name = !has_space && tag.contains('_');
    pair || number || hexadecimal || id || address || name
}

/// "paper.example": in small letters, as no sentence and few names are, the last part two to four of them.
fn is_domain(tag: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() && !c.is_uppercase() || c == '-' || c == '.';
    tag.rsplit_once('.').is_some_and(|(name, last)| {
        name.chars().any(char::is_alphabetic)
            && name.chars().all(fits)
            && (2..=4).contains(&last.len())
            && last.chars().all(|c| c.is_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(source: &str) -> Vec<String> {
        let page = Page::parse(source);
        let found = candidates(&page, &["The Wire".to_owned()], "Guns fall silent at the canal");
        choose(&found).0.map(|place| found[place].value.clone()).unwrap_or_default()
    }

    #[test]
    fn machine_values_and_the_site_are_no_topics() {
        let page = "<meta name=news_keywords content='content:premium, Suez, id-12345, suez, The Wire, paid, \
            8f507083-bac4-423a-9015-2eb31e1bce50, Arms &amp;amp; trade, 10023, 1956, _commerce, a.com'>";
        assert_eq!(tags(page), ["Suez", "Arms & trade", "1956"]);
    }

    #[test]
    fn addresses_of_sites_are_no_topics_wherever_they_are() {
        let page = "<meta name=news_keywords content='paper.qq, the-wire.co.id, Suez, U.S., 7.5 km, Booking.com, \
            د.علي, st. gallen, no.10'>";
        assert_eq!(tags(page), ["Suez", "U.S.", "7.5 km", "Booking.com", "د.علي", "st. gallen", "no.10"]);
    }

    #[test]
    fn words_of_the_headline_are_no_topics() {
        let page = "<meta name=keywords content='guns, fall, silent, canal'><a rel=tag>Suez</a>";
        assert_eq!(tags(page), ["Suez"]);
    }

    #[test]
    fn topics_that_readers_see_under_the_text_are_found() {
        let page = "<p>At <a href='/topic/x'>noon</a> it ended.</p>\
            <ul class=article-tags><li><a href='/topic/suez'>Suez</a><li><a href='/topic/oil'>Oil</a></ul>";
        assert_eq!(tags(page), ["Suez", "Oil"]);
    }

    #[test]
    fn of_keys_and_values_the_topics_stay() {
        let page = "<meta name=news_keywords content='Day: Friday, Subject: Justice, Subject: Press, WC: 1000-1999'>";
        assert_eq!(tags(page), ["Justice", "Press"]);
        assert_eq!(tags("<meta name=news_keywords content='Suez: the war, Oil'>"), ["Suez: the war", "Oil"]);
    }

    #[test]
    fn groups_before_topics_go() {
        let page =
            "<meta name=article:tag content='topic/storms'><meta name=article:tag content='place/kiel'>";
        assert_eq!(tags(page), ["storms", "kiel"]);
    }
}
