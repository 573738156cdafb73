//! The headline of a page, and the lines around it.

use super::candidate::{Candidate, Found};
use super::linked;
use super::page::{Page, raw_text, selector, text_of};
use super::text::{bare, plain, squeeze, word_count};

/// What stands between a headline and the site's name in `<title>`.
const SEPARATORS: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " « ", " › ", " / ", " ‹ "];

/// Each headline that the page offers.
pub(super) fn candidates(page: &Page, sites: &[String]) -> Vec<Candidate<String>> {
    let mut found = Vec::new();
    let mut add = |text: String, place: Found| {
        if !text.is_empty() && text.len() < 600 && text.chars().any(char::is_alphanumeric) {
            found.push(Candidate::new(text, place, place.name()));
        }
    };
    headings(page, sites).into_iter().for_each(|text| add(text, Found::Heading));
    if let Some(node) = page.linked.article() {
        let text = linked::text(node, "headline").or_else(|| linked::text(node, "name"));
        text.into_iter().for_each(|text| add(text, Found::JsonLd));
    }
    for name in ["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "citation_title"]
    {
        page.meta_all(name).take(1).for_each(|text| add(without_site(&plain(text), sites).0, Found::Meta));
    }
    if let Some(text) = title_tag(page) {
        add(without_site(&text, sites).0, Found::TitleTag);
    }
    found
}

/// Chooses the headline: what most places agree on, what readers see before what machines are told.
pub(super) fn choose(candidates: &[Candidate<String>]) -> Option<usize> {
    let bares: Vec<String> = candidates.iter().map(|candidate| bare(&candidate.value)).collect();
    let agreeing = |place: usize| {
        let mut kinds: Vec<Found> = Vec::new();
        for (candidate, other) in candidates.iter().zip(&bares) {
            if *other == bares[place] && !kinds.contains(&candidate.found) {
                kinds.push(candidate.found);
            }
        }
        kinds.len()
    };
    (0..candidates.len()).max_by_key(|&place| (agreeing(place), std::cmp::Reverse(place)))
}

/// The headings that may be the headline, the likeliest first.
fn headings(page: &Page, sites: &[String]) -> Vec<String> {
    let marked = page.select(selector!(
        "[itemprop~='headline'], h1.entry-title, h2.entry-title, h1[class*='headline'], h1[class*='title'], \
         article h1, main h1"
    ));
    let all = page.select(selector!("h1"));
    let title = title_tag(page).map(|text| bare(&text)).unwrap_or_default();
    let mut texts: Vec<String> = Vec::new();
    for text in marked.chain(all).take(20).map(text_of) {
        let is_site = sites.iter().any(|site| bare(site) == bare(&text));
        if !text.is_empty() && !is_site && !texts.contains(&text) {
            texts.push(text);
        }
    }
    // Where a page has several, the one that its title repeats is the article's.
    if let Some(place) = texts.iter().position(|text| word_count(text) > 1 && title.contains(&bare(text))) {
        let named = texts.remove(place);
        texts.insert(0, named);
    }
    texts.truncate(1);
    texts
}

/// `<title>` as it stands.
pub(super) fn title_tag(page: &Page) -> Option<String> {
    let text = page
        .html
        .select(selector!("head title, title"))
        .next()
        .map(|e| squeeze(&e.text().collect::<String>()))?;
    (!text.is_empty()).then_some(text)
}

/// A title without the names of site and section at its ends, and what was taken off.
pub(super) fn without_site(title: &str, sites: &[String]) -> (String, Vec<String>) {
    let mut rest = title.trim().to_owned();
    let mut taken = Vec::new();
    // From the end: "Headline - Site | Section" loses two.
    for _ in 0..3 {
        let Some((place, separator)) = last_separator(&rest) else { break };
        let (head, tail) =
            (rest[..place].trim().to_owned(), rest[place + separator.len()..].trim().to_owned());
        let tail_is_site = is_site(&tail, sites);
        let head_ends_in_site =
            last_separator(&head).is_some_and(|(at, inner)| is_site(head[at + inner.len()..].trim(), sites));
        if !(tail_is_site || head_ends_in_site && word_count(&tail) <= 3) {
            break;
        }
        taken.push(tail);
        rest = head;
    }
    if let Some((place, separator)) = first_separator(&rest) {
        let (head, tail) = (rest[..place].trim(), rest[place + separator.len()..].trim());
        if is_site(head, sites) && word_count(tail) >= 2 {
            taken.push(head.to_owned());
            rest = tail.to_owned();
        }
    }
    (rest, taken)
}

fn last_separator(text: &str) -> Option<(usize, &'static str)> {
    SEPARATORS.iter().filter_map(|s| text.rfind(s).map(|place| (place, *s))).max_by_key(|(place, _)| *place)
}

fn first_separator(text: &str) -> Option<(usize, &'static str)> {
    SEPARATORS.iter().filter_map(|s| text.find(s).map(|place| (place, *s))).min_by_key(|(place, _)| *place)
}

/// Whether a piece of a title is the site's name, or one that holds it ("The Post en español").
fn is_site(piece: &str, sites: &[String]) -> bool {
    let piece = bare(piece);
    let joined: String = piece.split(' ').collect();
    !piece.is_empty()
        && sites.iter().any(|site| {
            let site = bare(site);
            let site_joined: String = site.split(' ').collect();
            site_joined.len() >= 2
                && (joined == site_joined
                    || (joined.contains(&site_joined) && site_joined.len() >= 4 && word_count(&piece) <= 6)
                    || (site_joined.contains(&joined) && joined.len() >= 4))
        })
}

/// The lines that a reader sees just before and after the headline.
#[derive(Default)]
pub(super) struct Surroundings {
    after: Vec<String>,
    before: Vec<String>,
}

impl Surroundings {
    /// Finds the headline in the page's text, and what stands around it.
    pub(super) fn find(page: &Page, title: &str) -> Self {
        const AFTER: usize = 14;
        const BEFORE: usize = 3;
        let title = bare(title);
        let Some(body) = page.html.select(selector!("body")).next() else { return Self::default() };
        if title.is_empty() {
            return Self::default();
        }
        let text = raw_text(body);
        let lines: Vec<String> = text.lines().map(squeeze).filter(|line| !line.is_empty()).collect();
        let places: Vec<usize> = (0..lines.len())
            .filter(|&place| lines[place].len() < 600 && bare(&lines[place]) == title)
            .take(4)
            .collect();
        let mut around = Self::default();
        // A headline in a breadcrumb or a menu has no byline: the last one is the article's, mostly
        // the only one.
        for &place in places.iter() {
            let mut long = 0;
            for line in lines[place + 1..].iter().take(AFTER) {
                // The text has begun: what follows is no line about the article.
                long += usize::from(word_count(line) > 30);
                if long > 1 {
                    break;
                }
                around.after.push(line.clone());
            }
            around.before.extend(lines[place.saturating_sub(BEFORE)..place].iter().rev().cloned());
        }
        around
    }

    /// The lines, those after the headline first.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        self.after.iter().chain(&self.before).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(source: &str) -> Option<String> {
        let page = Page::parse(source);
        let sites = super::super::outlet::site_names(&page, None);
        let found = candidates(&page, &sites);
        choose(&found).map(|place| found[place].value.clone())
    }

    #[test]
    fn site_and_section_leave_the_title() {
        let page = "<title>Guns &amp; Butter - Harbour Wire | Conflict</title>\
                    <meta property=og:site_name content='Harbour Wire'>";
        assert_eq!(title(page).as_deref(), Some("Guns & Butter"));
        let other = "<title>Meridian: a line on a map - why it holds</title>";
        assert_eq!(title(other).as_deref(), Some("Meridian: a line on a map - why it holds"));
    }

    #[test]
    fn what_two_places_say_beats_what_one_says() {
        let page = "<title>The treaty is signed</title><meta property=og:title content='Shock in Bonn!'>\
                    <h1>The treaty is signed</h1>";
        assert_eq!(title(page).as_deref(), Some("The treaty is signed"));
    }
}
