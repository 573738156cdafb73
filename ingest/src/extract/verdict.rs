//! Whether a page is an article, and if not, what it is instead, in words that a person understands.

use dateline_index::article::{Doubt, DoubtKind};
use serde_json::Value;
use url::Url;

use super::linked::is_a;
use super::lists::{CONSENT_PHRASES, ERROR_TITLES, opens_with};
use super::page::{Page, selector};
use super::text::{fold, squeeze, word_count};

/// Fewer words are too few for an article, where something else explains the page.
const FEW: usize = 60;
/// Fewer words without a headline are no article.
const FEWEST: usize = 25;

/// What is known of a page when it is judged.
pub(super) struct Case<'a> {
    pub(super) page: &'a Page,
    pub(super) title: &'a str,
    /// The text that was found.
    pub(super) text: &'a str,
    pub(super) url: Option<&'a Url>,
    /// Whether anything says when it was published or who wrote it.
    pub(super) signed: bool,
}

/// Why a page is no article, if it is none.
pub(super) fn not_an_article(case: &Case<'_>) -> Option<String> {
    const ERROR_PAGE: usize = 100;
    let words = word_count(case.text);
    if words < ERROR_PAGE && opens_with(&ERROR_TITLES, &fold(case.title)).is_some() {
        return Some(format!("an error page: {:?}", case.title));
    }
    if let Some(reason) = list_of_links(case, words) {
        return Some(reason);
    }
    let unexplained = words < FEW && !case.signed;
    if unexplained && let Some(reason) = wall(case, words).or_else(|| pictures(case, words)) {
        return Some(reason);
    }
    let headed = !case.title.is_empty() && words > 0;
    (words < FEWEST && !headed).then(|| {
        if is_shell(case.page) {
            return "a page that scripts fill: no text of its own was saved".to_owned();
        }
        let headline = if case.title.is_empty() { ", no headline" } else { "" };
        format!("no article on it: {words} words of text{headline}")
    })
}

/// A front page or the front of a section: links, and no text of its own.
fn list_of_links(case: &Case<'_>, words: usize) -> Option<String> {
    const MANY: usize = 30;
    const OWN: usize = 200;
    let is_front = case.url.is_some_and(|url| url.path() == "/" && url.query().is_none());
    let lists = ["CollectionPage", "ItemList", "SearchResultsPage"];
    let is_list = lists.iter().any(|kind| case.page.linked.of_type(kind).next().is_some());
    if case.signed || case.page.linked.article().is_some() || !(is_front || is_list || words < FEWEST) {
        return None;
    }
    let links = case.page.html.select(selector!("a[href]"));
    let telling = |text: &str| word_count(text) >= 4;
    let links = links.filter(|link| telling(&link.text().collect::<String>())).count();
    (links >= MANY && words < OWN).then(|| match words {
        0..FEWEST => format!("a list of {links} links, no text of its own"),
        _ => format!("a list of {links} links with {words} words of text"),
    })
}

/// A page that asks for something before it shows its text.
fn wall(case: &Case<'_>, words: usize) -> Option<String> {
    let text = fold(case.text);
    if case.page.html.select(selector!("input[type='password']")).next().is_some() && words < FEWEST {
        return Some("a page to log in on, no text of its own".to_owned());
    }
    if CONSENT_PHRASES.iter().any(|phrase| text.contains(phrase)) {
        return Some(format!("a request for consent, and {words} words of text"));
    }
    (is_paid_for(case.page) && words < FEWEST)
        .then(|| format!("an article behind a paywall: {words} words can be read"))
}

/// A video or pictures without a text.
fn pictures(case: &Case<'_>, words: usize) -> Option<String> {
    if case.page.linked.article().is_some() || words >= FEWEST {
        return None;
    }
    let of = |kind: &str| case.page.linked.of_type(kind).next().is_some();
    let kind = case.page.meta(&["og:type"]).unwrap_or_default();
    if of("VideoObject") || kind.starts_with("video") {
        return Some(format!("a video with {words} words of text"));
    }
    let shown = case.page.html.select(selector!("figure img")).count();
    (of("ImageGallery") || shown >= 5).then(|| format!("pictures with {words} words of text"))
}

/// Whether a page's markup holds nothing to read: a script would have fetched it.
fn is_shell(page: &Page) -> bool {
    let Some(body) = page.html.select(selector!("body")).next() else { return false };
    let scripts = body.select(selector!("script")).next().is_some();
    scripts && word_count(&squeeze(&super::page::raw_text(body))) < FEWEST
}

/// Whether a page's JSON-LD says that readers pay for it.
pub(super) fn is_paid_for(page: &Page) -> bool {
    let paid = |value: &Value| match value {
        Value::Bool(free) => !free,
        Value::String(free) => free.eq_ignore_ascii_case("false"),
        _ => false,
    };
    page.linked
        .articles()
        .any(|node| !is_a(node, &["LiveBlogPosting"]) && node.get("isAccessibleForFree").is_some_and(paid))
}

/// What makes one doubt that a text is all of it: it is shorter than its description, much shorter
/// than the page says, or short behind a paywall.
pub(super) fn is_short(page: &Page, text: &str, description: Option<&str>) -> Option<Doubt> {
    const SHORT: usize = 150;
    let words = word_count(text);
    let described = description.map_or(0, word_count);
    let stated = page.linked.articles().find_map(|node| {
        let value = node.get("wordCount")?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
    });
    let stated = usize::try_from(stated.unwrap_or_default()).unwrap_or_default();
    let reason = if words < described {
        format!("The text has {words} words, its description {described}.")
    } else if stated > SHORT && words < stated / 2 {
        format!("The text has {words} words; the page says that there are {stated}.")
    } else if words < SHORT && is_paid_for(page) {
        format!("Readers pay for this article: {words} words of it can be read.")
    } else {
        return None;
    };
    Some(Doubt { kind: DoubtKind::TextShort, field: "text".to_owned(), reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(page: &str, title: &str, text: &str) -> Option<String> {
        let url = Url::parse("https://paper.example/world/").ok();
        let page = Page::parse(page);
        not_an_article(&Case { page: &page, title, text, url: url.as_ref(), signed: false })
    }

    #[test]
    fn a_page_that_is_no_article_is_called_by_what_it_is() {
        let links = "<a href=/x>Harbour closed for a third day</a>".repeat(48);
        let video = "<meta property='og:type' content='video.other'><body><p>Watch.</p>";
        let shell = "<body><div id=root></div><script src=app.js></script>";
        let paid = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"isAccessibleForFree\":\"False\"}</script>";
        for (page, title, text, reason) in [
            (links.as_str(), "World", "", "a list of 48 links, no text of its own"),
            (video, "The harbour from above", "Watch.", "a video with 1 words of text"),
            (shell, "", "", "a page that scripts fill: no text of its own was saved"),
            (
                "<form><input type=password></form>",
                "Sign in",
                "Welcome back",
                "a page to log in on, no text of its own",
            ),
            ("<p>Gone.</p>", "Page not found", "Gone.", "an error page: \"Page not found\""),
            (paid, "A", "It began at dawn", "an article behind a paywall: 4 words can be read"),
        ] {
            assert_eq!(judged(page, title, text).as_deref(), Some(reason));
        }
    }

    #[test]
    fn an_article_in_a_page_full_of_links_is_one() {
        let links = "<a href=/x>Harbour closed for a third day</a>".repeat(200);
        let text = "The harbour stayed closed for a third day. ".repeat(20);
        assert_eq!(judged(&links, "Harbour closed", &text), None);
    }

    #[test]
    fn a_text_that_is_shorter_than_what_the_page_says_of_it_is_doubted() {
        let page =
            "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"wordCount\":\"900\"}</script>";
        let doubt = is_short(&Page::parse(page), "Only the first words can be read.", None);
        assert_eq!(
            doubt.map(|doubt| doubt.reason).as_deref(),
            Some("The text has 7 words; the page says that there are 900.")
        );
        assert_eq!(is_short(&Page::parse("<p>"), "Enough words.", Some("Words.")), None);
    }
}
