//! The address of an article: absolute, cleaned of tracking and fragments.

use dateline_index::record::Identity;
use url::Url;

use super::candidate::{Candidate, Found};
use super::linked;
use super::lists::TRACKING;
use super::page::{Page, selector};

/// Each address that the page states for itself, absolute and cleaned, best first; `known` is the one
/// that its origin states.
pub(super) fn candidates(page: &Page, known: Option<&str>) -> Vec<Candidate<Url>> {
    let stated = stated(page);
    let base = page.html.select(selector!("base[href]")).next().and_then(|base| base.value().attr("href"));
    let mut bases =
        known.into_iter().chain(base).chain(stated.iter().map(|one| one.value.as_str())).filter_map(clean);
    let base = bases.next();
    let absolute = |stated: Candidate<String>| {
        let url =
            clean(&stated.value).or_else(|| clean(base.as_ref()?.join(&stated.value).ok()?.as_str()))?;
        Some(Candidate::new(url, stated.found, stated.place))
    };
    let mut found: Vec<Candidate<Url>> = stated.into_iter().filter_map(absolute).collect();
    found.extend(known.and_then(clean).map(|url| Candidate::new(url, Found::Url, "origin")));
    found
}

/// Chooses the first that leads further than to a front page: some sites name theirs as canonical on
/// every page.
pub(super) fn choose(candidates: &[Candidate<Url>]) -> (Option<usize>, &'static str) {
    if let Some(place) = candidates.iter().position(|candidate| !is_front_page(&candidate.value)) {
        let why = if place == 0 {
            "the first address that the page states"
        } else {
            "the first that is no front page"
        };
        return (Some(place), why);
    }
    match candidates.first() {
        Some(_) => (Some(0), "the page states its site's front page only"),
        None => (None, "neither page nor origin states an address"),
    }
}

/// The page's canonical address.
#[cfg(test)]
pub(super) fn of_page(page: &Page, known: Option<&str>) -> Option<Url> {
    let found = candidates(page, known);
    choose(&found).0.map(|place| found[place].value.clone())
}

/// What the page states, as it stands.
fn stated(page: &Page) -> Vec<Candidate<String>> {
    let mut found: Vec<Candidate<String>> = Vec::new();
    let mut add = |text: &str, kind: Found, place: String| {
        if !text.trim().is_empty() {
            found.push(Candidate::new(text.trim().to_owned(), kind, place));
        }
    };
    for link in page.html.select(selector!("link[rel~='canonical' i][href]")) {
        add(link.value().attr("href").unwrap_or_default(), Found::Meta, "link canonical".to_owned());
    }
    page.meta_all("og:url").for_each(|text| add(text, Found::Meta, "og:url".to_owned()));
    if let Some(node) = page.linked.article() {
        for key in ["url", "mainEntityOfPage", "@id"] {
            let place = format!("{}.{key}", linked::type_of(node));
            linked::link(node, key).into_iter().for_each(|text| add(&text, Found::JsonLd, place.clone()));
        }
    }
    for name in ["parsely-link", "twitter:url"] {
        page.meta_all(name).for_each(|text| add(text, Found::Meta, name.to_owned()));
    }
    let marked = page.select(selector!(
        "[itemprop~='mainEntityOfPage'], article [itemprop~='url'], [rel~='bookmark'], .u-url"
    ));
    for element in marked.take(5) {
        let value = element.value();
        let text = ["itemid", "href", "content"].iter().find_map(|name| value.attr(name));
        add(text.unwrap_or_default(), Found::Microdata, "itemprop url".to_owned());
    }
    found
}

/// An address without fragment and tracking, if it is one of the web.
pub(super) fn clean(text: &str) -> Option<Url> {
    let mut url = Url::parse(unarchived(text.trim())).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    url.set_fragment(None);
    let _ = url.set_username("");
    let _ = url.set_password(None);
    let kept: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| !is_tracking(name)).map(|(n, v)| (n.into(), v.into())).collect();
    if kept.is_empty() {
        url.set_query(None);
    } else if kept.len() < url.query_pairs().count() {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    Some(url)
}

/// The address of a page that a web archive keeps: it stands at the end of the archive's own.
fn unarchived(address: &str) -> &str {
    let inner = ["/http://", "/https://"].iter().filter_map(|sign| address.rfind(sign)).max();
    let Some(place) = inner else { return address };
    let stamp = address[..place].rsplit('/').next().unwrap_or_default();
    let is_stamp = stamp.len() >= 4 && stamp.bytes().take(4).all(|b| b.is_ascii_digit());
    if is_stamp { &address[place + 1..] } else { address }
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || ["utm_", "mtm_", "pk_", "hsa_", "__twitter"].iter().any(|start| name.starts_with(start))
}

/// Whether an address leads to the front page of a site, or of one of its languages.
pub(super) fn is_front_page(url: &Url) -> bool {
    let mut words = url.path().split('/').filter(|word| !word.is_empty());
    let is_front = |word: &str| {
        word.len() == 2 || ["index.html", "index.htm", "index.php", "home", "default.aspx"].contains(&word)
    };
    url.query().is_none() && words.next().is_none_or(|first| is_front(first) && words.next().is_none())
}

/// The host without `www.` and its kin.
pub(super) fn domain(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let (first, rest) = host.split_once('.')?;
    let is_kin = ["m", "amp", "mobile"].contains(&first)
        || first
            .strip_prefix("www")
            .or_else(|| first.strip_prefix("ww"))
            .is_some_and(|end| end.bytes().all(|b| b.is_ascii_digit()));
    Some(if is_kin && rest.contains('.') { rest } else { host }.to_owned())
}

/// What makes an article with this address the same elsewhere.
pub(super) fn identity(url: Option<&Url>) -> Identity {
    match url {
        Some(url) if url.path() != "/" && !is_front_page(url) => Identity::Url(url.to_string()),
        _ => Identity::Place,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(source: &str, known: Option<&str>) -> Option<String> {
        of_page(&Page::parse(source), known).map(|url| url.to_string())
    }

    #[test]
    fn tracking_goes_and_the_rest_stays() {
        let url = clean("https://A.example/x?id=7&utm_source=feed&fbclid=1#top").map(|url| url.to_string());
        assert_eq!(url.as_deref(), Some("https://a.example/x?id=7"));
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "/relative", "", "mailto:a@b.example"] {
            assert_eq!(clean(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_home_page_given_as_canonical_gives_way_to_an_address_with_a_path() {
        let page = "<link rel=canonical href='https://a.example/'><meta property=og:url content='https://a.example/x'>";
        assert_eq!(of(page, None).as_deref(), Some("https://a.example/x"));
        let home = "<link rel=canonical href='https://a.example/'>";
        let url = of_page(&Page::parse(home), None);
        assert_eq!(identity(url.as_ref()), Identity::Place);
    }

    #[test]
    fn an_archived_page_keeps_the_address_it_had() {
        let url = clean("https://archive.example/web/20140226054445/http://a.example/x?y=1");
        assert_eq!(url.map(|url| url.to_string()).as_deref(), Some("http://a.example/x?y=1"));
        let redirect = clean("https://a.example/go/https://b.example/").map(|url| url.to_string());
        assert_eq!(redirect.as_deref(), Some("https://a.example/go/https://b.example/"));
    }

    #[test]
    fn the_front_page_of_a_language_is_a_front_page() {
        let page = "<link rel=canonical href='https://a.example/en/'><meta property=og:url content='https://a.example/en/x'>";
        assert_eq!(of(page, None).as_deref(), Some("https://a.example/en/x"));
    }

    #[test]
    fn a_relative_canonical_needs_a_base() {
        let page = "<link rel=canonical href='/2020/x'>";
        assert_eq!(of(page, None), None);
        assert_eq!(of(page, Some("https://a.example/y?z")).as_deref(), Some("https://a.example/2020/x"));
    }
}
