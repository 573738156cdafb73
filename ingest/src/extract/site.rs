//! What a page's site calls itself, and titles without that name.

use scraper::ElementRef;
use url::Url;

use super::address;
use super::candidate::{Candidate, Found};
use super::linked;
use super::lists::{HOME_LABELS, listed};
use super::page::{Page, attribute, selector, text_of};
use super::text::{bare, fold, plain, squeeze, word_count};

/// Signs between a headline and the names of site and section, with white space at least on one side.
const SEPARATORS: &[char] =
    &['|', '-', '–', '—', '·', '•', '»', '«', '›', '‹', '/', '¦', 'ǀ', '⋆', '_', '>', '←', '◂', '~', '∙'];
/// Signs that part them without white space, too; pages in Chinese, Japanese and Korean do so.
const TIGHT: &[char] = &['|', '-', '–', '—', '_', 'ǀ', 'ㅣ', '｜', ':', '：'];

/// All names that the page gives its site, and where.
pub(super) fn candidates(page: &Page, url: Option<&Url>) -> Vec<Candidate<String>> {
    let mut found: Vec<Candidate<String>> = Vec::new();
    let mut add = |name: String, kind: Found, place: String| {
        let fits = name.chars().any(char::is_alphanumeric)
            && name.len() <= 80
            && !name.starts_with("http")
            && !name.starts_with('@');
        if fits && !found.iter().any(|known| known.value == name && known.found == kind) {
            found.push(Candidate::new(name, kind, place));
        }
    };
    for node in page.linked.article().into_iter().chain(page.linked.articles().take(3)) {
        let place = format!("{}.publisher", linked::type_of(node));
        let names = node.get("publisher").into_iter().flat_map(|value| page.linked.names(value));
        names.for_each(|name| add(name, Found::JsonLd, place.clone()));
    }
    for name in
        ["og:site_name", "parsely-site", "application-name", "apple-mobile-web-app-title", "dc.publisher"]
    {
        page.meta_all(name).for_each(|text| add(plain(text), Found::Meta, name.to_owned()));
    }
    for kind in ["WebSite", "NewsMediaOrganization"] {
        let names = page.linked.of_type(kind).filter_map(|node| linked::text(node, "name"));
        names.for_each(|name| add(name, Found::JsonLd, format!("{kind}.name")));
    }
    let domain = url.and_then(address::domain);
    if let Some(domain) = &domain {
        pieces(&title_tag(page).unwrap_or_default())
            .filter(|piece| word_count(piece) <= 5 && names_domain(piece, domain))
            .for_each(|piece| add(piece.to_owned(), Found::TitleTag, "title".to_owned()));
    }
    of_home_links(page).for_each(|name| add(name, Found::Heading, "link to the front page".to_owned()));
    if let Some(domain) = domain {
        add(domain, Found::Url, "domain".to_owned());
    }
    found
}

/// The names alone, each once, and what the domain is called.
pub(super) fn names(candidates: &[Candidate<String>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for candidate in candidates {
        let label = (candidate.found == Found::Url).then(|| label(&candidate.value).replace('-', " "));
        for name in label.into_iter().chain([candidate.value.clone()]) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

/// The longest part of a domain: "harbourwire" of "www.harbourwire.co.example".
pub(super) fn label(domain: &str) -> &str {
    domain.split('.').max_by_key(|label| label.len()).unwrap_or_default()
}

/// "harbour-wire.example" and "The Harbour Wire" are one name; "ö" is written "oe" in domains.
pub(super) fn names_domain(name: &str, domain: &str) -> bool {
    let label = joined(label(domain));
    let spelled = |name: &str| [joined(&spell_out(name)), joined(&fold(name))];
    let without_article =
        ["the ", "der ", "die ", "das ", "la ", "le ", "el ", "il "].iter().find_map(|article| {
            name.get(..article.len())
                .filter(|start| start.to_lowercase() == **article)
                .map(|_| &name[article.len()..])
        });
    let mut names = spelled(name).into_iter().chain(without_article.into_iter().flat_map(spelled));
    names.any(|name| !name.is_empty() && (name == label || name == joined(domain)))
}

fn spell_out(name: &str) -> String {
    name.to_lowercase().replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

/// What headings and logos say that lead to the front page.
fn of_home_links(page: &Page) -> impl Iterator<Item = String> {
    let marked = page.html.select(selector!("a[rel~='home'], .site-title, .site-name, #site-title"));
    let headings = page.html.select(selector!("h1 a[href], h2 a[href]")).take(20).filter(|a| leads_home(*a));
    let logos = page.html.select(selector!("a[href] img[alt]")).take(10);
    let logos = logos.filter(|image| image.ancestors().take(3).filter_map(ElementRef::wrap).any(leads_home));
    let logos = logos.filter_map(|image| image.value().attr("alt").map(squeeze));
    let texts = marked.chain(headings).take(6).map(text_of);
    texts
        .chain(logos.take(2))
        .filter(|name| (1..=8).contains(&word_count(name)) && !listed(&HOME_LABELS, &fold(name)))
}

/// Whether an element is a link to the site's front page.
pub(super) fn leads_home(element: ElementRef<'_>) -> bool {
    let element = element.value();
    if element.name() != "a" {
        return false;
    }
    let Some(href) = attribute(element, "href") else { return false };
    // Web archives write the address behind their own.
    let address =
        href.rsplit_once("://").map_or(href, |(_, rest)| rest.split_once('/').map_or("/", |(_, path)| path));
    let path = address.trim_start_matches(['/', '.']);
    let is_index = ["", "index.html", "index.php", "index.htm"].contains(&path);
    is_index && !href.trim().is_empty() && !href.starts_with('#')
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
        let Some((head, tail)) = split_last(&rest) else { break };
        let tail_is_site = is_site(tail, sites);
        let head_ends_in_site = split_last(head).is_some_and(|(_, inner)| is_site(inner, sites));
        if head.is_empty() || !(tail_is_site || head_ends_in_site && word_count(tail) <= 3) {
            break;
        }
        taken.push(tail.to_owned());
        rest = head.to_owned();
    }
    if let Some((head, tail)) = split_tight(&rest)
        .filter(|(head, tail)| word_count(head) >= 2 && sites.iter().any(|site| bare(site) == bare(tail)))
    {
        taken.push(tail.to_owned());
        rest = head.to_owned();
    }
    if let Some((head, tail)) =
        split_first(&rest).filter(|(head, tail)| is_site(head, sites) && word_count(tail) >= 2)
    {
        taken.push(head.to_owned());
        rest = tail.to_owned();
    }
    (rest, taken)
}

/// The pieces of a title between its separators.
pub(super) fn pieces(title: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(title);
    std::iter::from_fn(move || {
        let text = rest?;
        let (piece, after) = split_first(text).map_or((text, None), |(piece, after)| (piece, Some(after)));
        rest = after;
        Some(piece)
    })
}

fn split_last(text: &str) -> Option<(&str, &str)> {
    separators(text).last().map(|(start, end)| (text[..start].trim(), text[end..].trim()))
}

fn split_first(text: &str) -> Option<(&str, &str)> {
    separators(text).next().map(|(start, end)| (text[..start].trim(), text[end..].trim()))
}

fn split_tight(text: &str) -> Option<(&str, &str)> {
    let (place, sign) = text.char_indices().rfind(|(_, c)| TIGHT.contains(c))?;
    Some((text[..place].trim_end_matches(TIGHT).trim(), text[place + sign.len_utf8()..].trim()))
}

/// Where separators start and end, runs of them as one.
fn separators(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_space_at = |place: Option<char>| place.is_none_or(char::is_whitespace);
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find(SEPARATORS)?;
            let run: usize = text[start..]
                .chars()
                .take_while(|c| SEPARATORS.contains(c) || *c == ':')
                .map(char::len_utf8)
                .sum();
            let end = start + run;
            from = end;
            let before = is_space_at(text[..start].chars().next_back());
            let after = is_space_at(text[end..].chars().next());
            // "2014- 2018" and "-5 degrees" are no separators, "Headline| Site" has one.
            let both = before && after;
            if start > 0 && (both || (before || after) && text[start..end].contains(['|', '»', '¦', 'ǀ']))
            {
                return Some((start, end));
            }
        }
    })
}

/// Whether a piece of a title is the site's name, or one that holds it ("The Post en español").
pub(super) fn is_site(piece: &str, sites: &[String]) -> bool {
    let words = word_count(piece);
    let piece = joined(piece);
    !piece.is_empty()
        && sites.iter().map(|site| joined(site)).any(|site| {
            site.len() >= 2
                && (piece == site
                    || (piece.contains(&site) && site.len() >= 4 && words <= 6)
                    || (site.contains(&piece) && piece.len() >= 4))
        })
}

/// Letters and digits alone, in lower case.
pub(super) fn joined(text: &str) -> String {
    bare(text).replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(title: &str) -> String {
        without_site(title, &["Harbour Wire".to_owned()]).0
    }

    #[test]
    fn names_of_sites_leave_titles_and_dashes_of_headlines_stay() {
        assert_eq!(without("Guns fall silent - Harbour Wire"), "Guns fall silent");
        assert_eq!(without("Guns fall silent | Harbour Wire | World"), "Guns fall silent");
        assert_eq!(without("Harbour Wire » Guns fall silent"), "Guns fall silent");
        assert_eq!(without("炮声停了-Harbour Wire"), "炮声停了");
        assert_eq!(without("The guns fall silent-Harbour Wire"), "The guns fall silent");
        for whole in ["Guns fall silent - at last", "War 1939-1945: a look back", "A truce | and then?"] {
            assert_eq!(without(whole), whole);
        }
    }

    #[test]
    fn a_domain_is_the_name_that_it_spells() {
        assert!(names_domain("The Harbour Wire", "harbour-wire.example"));
        assert!(names_domain("Börsenblatt", "boersenblatt.example"));
        assert!(!names_domain("Harbour", "harbour-wire.example"));
    }

    #[test]
    fn links_home_are_told_from_others() {
        let page = Page::parse(
            "<a href=/>a</a><a href='https://a.example'>b</a><a href=index.html>c</a>\
             <a href='#'>d</a><a href=/x>e</a><a href=''>f</a>",
        );
        let home: String = page.html.select(selector!("a")).filter(|a| leads_home(*a)).map(text_of).collect();
        assert_eq!(home, "abc");
    }
}
