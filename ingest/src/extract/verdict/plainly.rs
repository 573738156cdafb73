//! Pages that say unmistakably that they are no article: errors, redirects, folders, walls, pictures,
//! shells that scripts fill, lists without a text.

use super::super::lists::{ERROR_TITLES, listed, opens_with};
use super::super::page::{Page, raw_text, selector, text_of};
use super::super::text::{fold, squeeze, word_count};
use super::kinds::{Kind, by_title};
use super::{FEW, FEWEST, Seen, walls};

/// What a page is that is no article beyond doubt.
pub(super) fn not_an_article(seen: &Seen<'_>) -> Option<String> {
    error_page(seen)
        .or_else(|| redirect(seen))
        .or_else(|| folder(seen))
        .or_else(|| list_of_links(seen))
        .or_else(|| walls::wall(seen))
        .or_else(|| pictures(seen))
        .or_else(|| nothing(seen))
}

/// An error that a server answers with, or a page that it makes where there is none. Headlines begin
/// like one, too ("Security check at the airport …"): beside a text of some length it must be all that
/// the title says.
fn error_page(seen: &Seen<'_>) -> Option<String> {
    const SHORT: usize = 100;
    /// Errors have menus, teasers and apologies around them; so much connected prose is a text.
    const TEXT: usize = 150;
    if seen.has_own_node {
        return None;
    }
    let title_tag = seen.title_tag();
    let titles = [seen.case.title, &title_tag];
    let is_signed = seen.is_signed();
    let begun = || titles.into_iter().find(|title| says_error(title)).map(str::to_owned);
    let said = if seen.words < SHORT || !is_signed && seen.signs.prose_together < TEXT {
        begun().or_else(|| error_after_name(&title_tag))
    } else if !is_signed {
        titles.into_iter().find(|title| is_error(title)).map(str::to_owned)
    } else {
        None
    };
    let said = said.or_else(|| (seen.words < FEW && !is_signed).then(|| opening_error(seen.case.page))?);
    said.map(|said| format!("an error page: {said:?}"))
}

/// Whether a short line begins as errors do.
fn says_error(line: &str) -> bool {
    const LONGEST: usize = 16;
    opens_with(&ERROR_TITLES, &fold(line)).is_some() && word_count(line) <= LONGEST
}

/// Whether a line is an error from end to end.
fn is_error(line: &str) -> bool {
    listed(&ERROR_TITLES, fold(line).replace(['!', '.'], "").trim())
}

/// "The Paper | Page not found": what follows the site's name must be all of it.
fn error_after_name(title_tag: &str) -> Option<String> {
    let parts = title_tag.split(['|', '–', '—', '»', '·', ':']).chain(title_tag.split(" - "));
    parts.skip(1).map(str::trim).find(|part| is_error(part)).map(str::to_owned)
}

/// An error among the first headings and paragraphs: the site's name may stand above the words.
fn opening_error(page: &Page) -> Option<String> {
    const OPENING: usize = 6;
    let lines = page.select(selector!("h1, h2, h3, p")).map(text_of).filter(|text| !text.is_empty());
    lines.take(OPENING).find(|text| says_error(text))
}

/// A page that only sends browsers on.
fn redirect(seen: &Seen<'_>) -> Option<String> {
    let sends_on = seen.case.page.meta_all("refresh").find_map(|content| {
        let (_, address) =
            content.split_once(['=']).filter(|(before, _)| before.to_ascii_lowercase().contains("url"))?;
        Some(address.trim().trim_matches(['\'', '"']).to_owned())
    })?;
    let is_itself = seen.address.as_ref().is_some_and(|own| own.as_str() == sends_on);
    (seen.words < FEW && !seen.is_signed() && !seen.has_own_node && !is_itself)
        .then(|| format!("a page that only leads on to {sends_on}"))
}

/// The files of a folder, as servers show them.
fn folder(seen: &Seen<'_>) -> Option<String> {
    let title_tag = seen.title_tag();
    let is_index = title_tag.contains('/') && by_title(&title_tag) == Some(Kind::Index);
    (is_index && seen.signs.prose_together < FEW)
        .then(|| format!("a folder of files as a server shows it: {title_tag:?}"))
}

/// A front page or the front of a section: links, and no text of its own.
fn list_of_links(seen: &Seen<'_>) -> Option<String> {
    const MANY: usize = 30;
    const OWN: usize = 200;
    let is_front = seen.address.as_ref().is_some_and(|url| url.path() == "/" && url.query().is_none());
    let is_list = seen.has_type(&["CollectionPage", "ItemList", "SearchResultsPage"]);
    let words = seen.words;
    if seen.is_signed() || seen.has_own_node || !(is_front || is_list || words < FEWEST) {
        return None;
    }
    let links = seen.signs.telling_links.len();
    (links >= MANY && words < OWN).then(|| match words {
        0..FEWEST => format!("a list of {links} links, no text of its own"),
        _ => format!("a list of {links} links with {words} words of text"),
    })
}

/// A video or pictures without a text.
fn pictures(seen: &Seen<'_>) -> Option<String> {
    let most = if seen.is_signed() { FEWEST } else { FEW };
    if seen.has_own_node || seen.words >= most {
        return None;
    }
    let (page, words) = (seen.case.page, seen.words);
    if seen.has_type(&["VideoObject", "Clip"]) || seen.graph_type().starts_with("video") {
        return Some(format!("a video with {words} words of text"));
    }
    if seen.has_type(&["ImageGallery", "MediaGallery"]) {
        return Some(format!("pictures with {words} words of text"));
    }
    let shown = page.html.select(selector!("figure img")).count();
    (shown >= 5 && words < FEWEST && !seen.is_signed())
        .then(|| format!("pictures with {words} words of text"))
}

/// A page with next to no text.
fn nothing(seen: &Seen<'_>) -> Option<String> {
    let headed = !seen.case.title.is_empty() && seen.words > 0;
    if headed || seen.words >= FEWEST {
        return None;
    }
    if is_shell(seen.case.page) {
        return Some("a page that scripts fill: no text of its own was saved".to_owned());
    }
    let headline = if seen.case.title.is_empty() { ", no headline" } else { "" };
    Some(format!("no article on it: {} words of text{headline}", seen.words))
}

/// Whether a page's markup holds nothing to read: a script would have fetched it.
fn is_shell(page: &Page) -> bool {
    let Some(body) = page.html.select(selector!("body")).next() else { return false };
    let scripts = body.select(selector!("script")).next().is_some();
    scripts && word_count(&squeeze(&raw_text(body))) < FEWEST
}
