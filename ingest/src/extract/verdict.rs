//! Whether a page is an article, and if not, what it is instead, in words that a person understands.
//!
//! Some pages say unmistakably what they are (`plainly`); of the others everything that speaks for and
//! against an article is weighed (`weight`). What stays uncertain is an article with a doubt.

mod copy;
mod kinds;
mod plainly;
mod short;
mod signs;
#[cfg(test)]
mod tests;
mod walls;
mod weight;

use url::Url;

use self::signs::Signs;
use super::address;
use super::page::{Page, selector};
use super::text::{squeeze, word_count};

pub(super) use self::copy::not_an_article as copy_is_none;
pub(super) use self::short::is_short;

/// Fewer words are too few for an article, where something else explains the page.
const FEW: usize = 60;
/// Fewer words without a headline are no article.
const FEWEST: usize = 25;

/// What a page is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Article,
    /// It is stored as an article, though it may be none, and why.
    Doubtful(String),
    /// It is none, and what it is.
    NotArticle(String),
}

/// What is known of a page when it is judged.
pub(super) struct Case<'a> {
    pub(super) page: &'a Page,
    pub(super) title: &'a str,
    /// The text that was found.
    pub(super) text: &'a str,
    /// The address that the page's origin states.
    pub(super) origin: Option<&'a str>,
    /// Where its date of publication was found.
    pub(super) dated: Option<&'a str>,
    /// Where its authors were found.
    pub(super) named: Option<&'a str>,
}

/// Judges a page.
pub(super) fn judge(case: &Case<'_>) -> Verdict {
    let seen = Seen {
        case,
        words: word_count(case.text),
        address: own_address(case),
        has_own_node: case.page.linked.own_article().is_some(),
        signs: Signs::of(case.page),
    };
    match plainly::not_an_article(&seen) {
        Some(reason) => Verdict::NotArticle(reason),
        None => weight::weigh(&seen),
    }
}

/// A case with what was counted of it.
struct Seen<'a> {
    case: &'a Case<'a>,
    words: usize,
    /// The address that the page states for itself in its head: those further down may be of its teasers.
    address: Option<Url>,
    /// Whether its JSON-LD describes the article of this page.
    has_own_node: bool,
    signs: Signs,
}

impl Seen<'_> {
    /// Whether anything says when it was published or who wrote it.
    fn is_signed(&self) -> bool {
        self.case.dated.is_some() || self.case.named.is_some()
    }

    fn has_type(&self, kinds: &[&str]) -> bool {
        kinds.iter().any(|kind| self.case.page.linked.of_type(kind).next().is_some())
    }

    /// The title of the page's window.
    fn title_tag(&self) -> String {
        let title = self.case.page.html.select(selector!("title")).next();
        title.map_or_else(String::new, |title| squeeze(&title.text().collect::<String>()))
    }

    /// What OpenGraph says that the page is.
    fn graph_type(&self) -> &str {
        self.case.page.meta(&["og:type"]).unwrap_or_default()
    }
}

fn own_address(case: &Case<'_>) -> Option<Url> {
    let link = case.page.html.select(selector!("link[rel~='canonical' i][href]")).next();
    let canonical = link.and_then(|link| link.value().attr("href"));
    let stated = [case.origin, canonical, case.page.meta(&["og:url"])];
    let mut addresses = stated.into_iter().flatten().filter_map(address::clean);
    // A site that names its front page as canonical on every page says nothing with it.
    let first = addresses.next()?;
    if address::is_front_page(&first) {
        Some(addresses.find(|other| !address::is_front_page(other)).unwrap_or(first))
    } else {
        Some(first)
    }
}
