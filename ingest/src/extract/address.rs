//! The address of an article: absolute, cleaned of tracking and fragments.

use dateline_index::record::Identity;
use serde_json::Value;
use url::Url;

use super::lists::TRACKING;
use super::page::{Page, selector};

/// The page's canonical address; `known` is the one that its origin states.
pub(super) fn of_page(page: &Page, known: Option<&str>) -> Option<Url> {
    let base = known.and_then(clean);
    let stated = candidates(page);
    let mut absolute = stated.iter().filter_map(|text| match &base {
        Some(base) => base.join(text).ok().and_then(|url| clean(url.as_str())),
        None => clean(text),
    });
    // Some sites name their home page as canonical on every page.
    let with_path = absolute.find(has_path);
    with_path
        .or_else(|| base.clone().filter(has_path))
        .or_else(|| stated.iter().find_map(|text| clean(text)))
        .or(base)
}

fn candidates(page: &Page) -> Vec<String> {
    let link =
        page.html.select(selector!("link[rel~='canonical' i][href]")).filter_map(|e| e.value().attr("href"));
    let mut found: Vec<String> = link.map(str::to_owned).collect();
    found.extend(page.meta(&["og:url", "parsely-link", "twitter:url"]).map(str::to_owned));
    if let Some(node) = page.linked.article() {
        for key in ["mainEntityOfPage", "url", "@id"] {
            let value = node.get(key).map(|value| value.get("@id").unwrap_or(value));
            found.extend(value.and_then(Value::as_str).map(str::to_owned));
        }
    }
    found.iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// An address without fragment and tracking, if it is one of the web.
pub(super) fn clean(text: &str) -> Option<Url> {
    let mut url = Url::parse(text.trim()).ok()?;
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

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || ["utm_", "mtm_", "pk_", "hsa_", "__twitter"].iter().any(|start| name.starts_with(start))
}

fn has_path(url: &Url) -> bool {
    url.path() != "/" || url.query().is_some()
}

/// The host without `www.` and its kin.
pub(super) fn domain(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    let bare = ["www.", "m.", "amp."].iter().find_map(|start| host.strip_prefix(start));
    Some(bare.filter(|rest| rest.contains('.')).unwrap_or(host).to_owned())
}

/// What makes an article with this address the same elsewhere.
pub(super) fn identity(url: Option<&Url>) -> Identity {
    match url {
        Some(url) if url.path() != "/" => Identity::Url(url.to_string()),
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
    fn a_relative_canonical_needs_a_base() {
        let page = "<link rel=canonical href='/2020/x'>";
        assert_eq!(of(page, None), None);
        assert_eq!(of(page, Some("https://a.example/y?z")).as_deref(), Some("https://a.example/2020/x"));
    }
}
