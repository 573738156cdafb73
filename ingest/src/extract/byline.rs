//! Who signed an article: what the page offers, cleaned to names, and which of it holds.

use std::sync::LazyLock;

use dateline_index::article::Byline;
use regex::Regex;

use super::candidate::{Candidate, Found};
use super::headline::Surroundings;
use super::linked;
use super::lists::{
    AGENCIES, AND, BYLINE_LABELS, BYLINE_OPENERS, HONORIFICS, LABELS_OR_NAMES, NAME_PARTICLES, NOBODY,
    OTHER_WORK, ROLES, listed, opens_with,
};
use super::page::{Page, parts_of, selector};
use super::text::{bare, fold, plain, squeeze, word_count};

/// Names under which a page's head gives authors, best first.
const AUTHOR_NAMES: &[&str] = &[
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "article:author_name",
    "og:article:author",
    "cxenseparse:author",
    "byl",
    "citation_author",
    "rbauthors",
];

/// Each list of names that the page offers, best first. A list may be empty after cleaning.
pub(super) fn candidates(
    page: &Page,
    sites: &[String],
    around: &Surroundings,
) -> Vec<Candidate<Vec<String>>> {
    let mut found = Vec::new();
    let visible: Vec<String> = visible(page);
    let mut add = |names: Vec<String>, place: Found| {
        let names: Vec<String> =
            dedup(names).into_iter().filter(|name| is_told(name, sites, &visible)).collect();
        if !names.is_empty() {
            found.push(Candidate::new(names, place, place.name()));
        }
    };
    let (people, organisations) = linked_authors(page);
    add(people.iter().flat_map(|name| names_in(name, false)).collect(), Found::JsonLd);
    for name in AUTHOR_NAMES {
        let texts: Vec<&str> = page.meta_all(name).collect();
        add(texts.iter().flat_map(|text| names_in(&plain(text), false)).collect(), Found::Meta);
    }
    if let Some(name) = written_by(page) {
        add(names_in(name, false), Found::Meta);
    }
    add(marked(page), Found::Microdata);
    for line in around.lines() {
        add(signed_line(line), Found::Byline);
    }
    for text in &visible {
        add(signed_line(text), Found::Byline);
    }
    // A name alone, in an element that is called a byline and holds little else.
    for text in visible.iter().filter(|text| word_count(text) <= 4) {
        add(full_names(text), Found::Byline);
    }
    // "Person: the paper itself" is what many pages say of everything they print.
    add(organisations.iter().flat_map(|name| names_in(name, false)).collect(), Found::JsonLd);
    found
}

/// The authors in the page's JSON-LD: people, and organisations, which stand behind people that
/// the page names elsewhere.
fn linked_authors(page: &Page) -> (Vec<String>, Vec<String>) {
    let nodes = page.linked.article().into_iter().chain(page.linked.articles().take(3));
    for node in nodes.chain(page.linked.of_type("WebPage")) {
        for key in ["author", "creator"] {
            let Some(value) = node.get(key) else { continue };
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            let is_organisation = |value: &&serde_json::Value| {
                page.linked
                    .node(value)
                    .is_some_and(|node| linked::is_a(node, &["Organization", "NewsMediaOrganization"]))
            };
            let (organisations, people): (Vec<_>, Vec<_>) = values.iter().partition(is_organisation);
            let names = |values: Vec<&serde_json::Value>| -> Vec<String> {
                values.into_iter().flat_map(|value| page.linked.names(value)).collect()
            };
            let (people, organisations) = (names(people), names(organisations));
            if !people.is_empty() || !organisations.is_empty() {
                return (people, organisations);
            }
        }
    }
    (Vec::new(), Vec::new())
}

/// "Written by" as cards of social networks show it: a label in one element, the name in another.
fn written_by(page: &Page) -> Option<&str> {
    let pairs = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let is_label = |label: &&str| listed(&BYLINE_LABELS, &fold(label));
    let labelled = pairs.iter().find_map(|(label, data)| {
        page.meta_all(label).find(is_label)?;
        page.meta_all(data).next()
    });
    labelled.or_else(|| page.meta_all("twitter:misc:written by").next())
}

/// The parts of a text that look like the full name of somebody.
fn full_names(text: &str) -> Vec<String> {
    let names = names_in(text, true);
    names.into_iter().filter(|name| (2..=4).contains(&word_count(name)) && looks_like_name(name)).collect()
}

/// Chooses the authors: the first place that names any.
pub(super) fn choose(candidates: &[Candidate<Vec<String>>]) -> Vec<Byline> {
    let first = candidates.first().map(|candidate| candidate.value.clone()).unwrap_or_default();
    first.into_iter().map(Byline).collect()
}

/// Names in elements that are marked as the author's: `itemprop`, hNews, `rel`.
fn marked(page: &Page) -> Vec<String> {
    let by_kind = [
        selector!("[itemprop~='author'] [itemprop~='name']"),
        selector!("[itemprop~='author']"),
        selector!(".author .fn, .author.fn, .byline .fn, .vcard .fn"),
        selector!("a[rel~='author'], [rel~='author']"),
        selector!("[class~='byline'] [class*='author'], [class*='author-name'], [class*='author__name']"),
    ];
    for selector in by_kind {
        let elements: Vec<_> = page.select(selector).take(12).collect();
        let Some(first) = elements.first() else { continue };
        // Authors of one article stand together; those further off wrote other ones.
        let home: Vec<_> = first.ancestors().take(TOGETHER).map(|node| node.id()).collect();
        let beside = elements
            .iter()
            .filter(|element| element.ancestors().take(TOGETHER).any(|n| home.contains(&n.id())));
        let texts: Vec<String> = beside
            .map(|element| element.value().attr("content").map_or_else(|| parts_of(*element), squeeze))
            .collect();
        let names: Vec<String> = texts.iter().flat_map(|text| names_in(text, true)).collect();
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// How far up the common element of two authors of one article may be.
const TOGETHER: usize = 3;

/// Texts of elements that are called bylines.
fn visible(page: &Page) -> Vec<String> {
    const LONGEST: usize = 200;
    let elements = page.select(selector!(
        "[class*='byline' i], [class*='author' i], [class*='autor' i], [class*='auteur' i], [id*='byline' i], \
         [class~='by'], byline, [class*='writer-name' i]"
    ));
    elements.take(20).map(parts_of).filter(|text| !text.is_empty() && text.len() <= LONGEST).collect()
}

/// The site's own name is an author only where a byline that readers see says so.
fn is_told(name: &str, sites: &[String], visible: &[String]) -> bool {
    let is_site = sites.iter().any(|site| bare(site) == bare(name));
    !is_site
        || visible.iter().any(|text| bare(text) == bare(name) || bare(text) == format!("by {}", bare(name)))
}

/// The names of a line that says that it is a byline: "By A and B | 12 September 2001",
/// "12 September 2001 | By A".
pub(super) fn signed_line(line: &str) -> Vec<String> {
    const LONGEST: usize = 200;
    if line.len() > LONGEST {
        return Vec::new();
    }
    let parts: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).collect();
    let signed = (0..parts.len()).find_map(|place| {
        let names = signed_part(&parts[place..].join(" | "));
        (!names.is_empty()).then_some(names)
    });
    signed.or_else(|| signed_after_date(line)).unwrap_or_default()
}

/// "Posted on September 21, 2020 by Jane Doe".
fn signed_after_date(line: &str) -> Option<Vec<String>> {
    super::date::date_line(line, super::written::Order::DayFirst)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let place = words.iter().rposition(|word| listed(&BYLINE_OPENERS, &fold(word)))?;
    let names = signed_part(&words[place..].join(" "));
    (!names.is_empty()).then_some(names)
}

fn signed_part(line: &str) -> Vec<String> {
    let folded = fold(line);
    let Some(label) = opens_with(&BYLINE_OPENERS, &folded) else { return Vec::new() };
    let rest = after_words(line, label).trim_start_matches(['|', ' ']);
    // "By" opens sentences, too: a name follows a byline's.
    if !rest.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic()) {
        return Vec::new();
    }
    let names = names_in(rest, true);
    if names.iter().all(|name| looks_like_name(name)) { names } else { Vec::new() }
}

/// A line without the words that open it.
fn after_words<'a>(line: &'a str, label: &str) -> &'a str {
    let words = label.split_whitespace().count();
    let mut rest = line.trim_start();
    for _ in 0..words {
        rest = rest.find(char::is_whitespace).map_or("", |place| rest[place..].trim_start());
    }
    rest.trim_start_matches([':', ' '])
}

/// The names in a text, cleaned. `visible`: it is what readers see, so that labels such as "de"
/// and "van" stand before a name and not in one.
pub(super) fn names_in(text: &str, visible: bool) -> Vec<String> {
    static NOISE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\([^)]*\)|\[[^\]]*\]|<[^>]*>|\S+@\S+|@\w+|https?://\S*|www\.\S*|\bfollow\b.*$")
            .expect("the pattern is well formed")
    });
    if text.trim_start().starts_with("http") {
        return Vec::new();
    }
    let text = NOISE.replace_all(text, " ");
    let text = squeeze(&text);
    let parts = text.split(['|', '•', '·', ';', '/', '\n', '—', '–']).flat_map(split_commas);
    parts.flat_map(|part| split_and(&part, visible)).filter_map(|name| clean(&name, visible)).collect()
}

/// "Doe, Jane" is one name the other way round; other commas part names.
fn split_commas(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    match parts[..] {
        [last, first] if word_count(last) == 1 && word_count(first) == 1 && !listed(&ROLES, &fold(first)) => {
            vec![format!("{first} {last}")]
        }
        [first, ..] if word_count(first) > 1 => {
            // "Jane Doe, Berlin", "Jane Doe, PhD": one word after a full name is not another one.
            let another = |part: &&str| word_count(part) > 1 || listed(&AGENCIES, &fold(part));
            parts.into_iter().filter(another).map(str::to_owned).collect()
        }
        _ => parts.into_iter().map(str::to_owned).collect(),
    }
}

/// Parts "A and B"; a single letter between names ("y", "e") counts only in what readers see.
fn split_and(text: &str, visible: bool) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut names = vec![String::new()];
    for (place, word) in words.iter().enumerate() {
        let joins = listed(&AND, &word.to_lowercase())
            && place > 0
            && (word.len() > 1 || visible || *word == "&")
            && words.get(place + 1).is_some_and(|next| !next.starts_with(char::is_lowercase) || place == 1);
        if joins {
            names.push(String::new());
        } else if let Some(name) = names.last_mut() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    names
}

/// One name, without labels, titles, role and place; `None` if nobody is left.
fn clean(name: &str, visible: bool) -> Option<String> {
    let mut name = name.trim().to_owned();
    for _ in 0..3 {
        let folded = fold(&name);
        let label = opens_with(&BYLINE_LABELS, &folded).filter(|label| {
            let risky = listed(&LABELS_OR_NAMES, label);
            let rest = after_words(&name, label);
            let noble = fold(rest).starts_with("der ")
                || fold(rest).starts_with("dem ")
                || fold(rest).starts_with("la ");
            (visible || !risky) && !noble
        });
        let title = opens_with(&HONORIFICS, &folded);
        match label.or(title) {
            Some(label) => name = after_words(&name, label).to_owned(),
            None => break,
        }
    }
    let folded = fold(&name);
    if listed(&NOBODY, &folded) || opens_with(&OTHER_WORK, &folded).is_some() {
        return None;
    }
    for cut in [" in ", " for ", " at ", " from ", " für ", " via "] {
        if let Some(place) = name.find(cut).filter(|place| word_count(&name[..*place]) > 1) {
            name.truncate(place);
        }
    }
    let folded = fold(&name);
    if let Some(role) =
        ROLES.iter().filter(|role| folded.ends_with(&format!(" {role}"))).max_by_key(|r| r.len())
    {
        let keep = name.split_whitespace().count() - role.split_whitespace().count();
        if keep >= 2 {
            name = name.split_whitespace().take(keep).collect::<Vec<_>>().join(" ");
        }
    }
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')').trim_start_matches('.');
    let name = if name.ends_with('.') && !ends_in_initial(name) { name.trim_end_matches('.') } else { name };
    let folded = fold(name);
    let words = name.split_whitespace().count();
    let fits = (1..=7).contains(&words) && name.len() <= 90 && name.chars().any(char::is_alphabetic);
    let nobody =
        listed(&NOBODY, &folded) || listed(&ROLES, &folded) || super::furniture::is_reading_time(&folded);
    let dated = name.starts_with(|c: char| c.is_ascii_digit())
        || name.contains(' ') && name.contains(|c: char| c.is_ascii_digit())
        || super::written::first_date(name, super::written::Order::DayFirst).is_some();
    (fits && !nobody && !dated).then(|| without_capitals(name))
}

/// "NADIA HADDAD" is set in capitals, not spelled so: facets would list her twice.
fn without_capitals(name: &str) -> String {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = word_count(name) >= 2
        && !name.contains(char::is_lowercase)
        && name.split_whitespace().any(|word| letters(&word) >= 5)
        && !name.split_whitespace().any(|word| listed(&AGENCIES, &fold(word)));
    if !shouted {
        return name.to_owned();
    }
    let mut spelled = String::with_capacity(name.len());
    let mut inside = false;
    for character in name.chars() {
        if inside {
            spelled.extend(character.to_lowercase());
        } else {
            spelled.push(character);
        }
        inside = character.is_alphabetic();
    }
    spelled
}

/// "Jr." and "J." keep their dot.
fn ends_in_initial(name: &str) -> bool {
    let last = name.split_whitespace().last().unwrap_or_default();
    last.chars().count() <= 4
}

/// Whether each long word begins as names do.
pub(super) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && words
            .iter()
            .all(|word| listed(&NAME_PARTICLES, &fold(word)) || !word.starts_with(char::is_lowercase))
}

fn dedup(names: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names {
        if !kept.iter().any(|known| bare(known) == bare(&name)) {
            kept.push(name);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_freed_from_what_surrounds_them() {
        for (text, names) in [
            ("By Ruth Adeyemi and Tomas Arce | 12 September 2001", vec!["Ruth Adeyemi", "Tomas Arce"]),
            ("Von Ingrid Solberg", vec!["Ingrid Solberg"]),
            ("Por Grace Owusu y Piotr Zielinski", vec!["Grace Owusu", "Piotr Zielinski"]),
            ("by Dr. Jane Doe, Political Editor (jane@paper.example) @janedoe", vec!["Jane Doe"]),
            ("Ursula von der Leyen", vec!["Ursula von der Leyen"]),
            ("Doe, Jane", vec!["Jane Doe"]),
            ("Staff", vec![]),
            ("https://social.example/somebody", vec![]),
            ("12 September 2001", vec![]),
            ("John Smith Jr.", vec!["John Smith Jr."]),
        ] {
            assert_eq!(names_in(text, true), names, "{text}");
        }
    }

    #[test]
    fn a_sentence_that_opens_with_by_is_no_byline() {
        for line in ["By noon the bridge had fallen", "By Tuesday the army was in the city and nobody moved"]
        {
            assert_eq!(signed_line(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn nobody_is_invented() {
        let page = Page::parse(
            "<meta name=author content='The Paper'><meta property=og:site_name content='The Paper'>\
             <h1>Storm</h1><div class=comments><span itemprop=author>old_salt</span></div>",
        );
        let around = Surroundings::find(&page, "Storm");
        assert_eq!(choose(&candidates(&page, &["The Paper".to_owned()], &around)), []);
    }
}
