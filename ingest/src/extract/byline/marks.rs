//! Elements that pages mark as the author's: `itemprop`, `rel`, hCard, classes, links to an author's page.

use scraper::{ElementRef, Selector};

use super::claim::{Claim, Standing};
use super::lines::{Lines, Zone};
use super::names::{looks_like_name, names_in};
use super::signed::{joined_parts, signed_line};
use crate::extract::candidate::Found;
use crate::extract::lists::{OTHER_BYLINES, is_named};
use crate::extract::page::{Page, parts_of, selector};
use crate::extract::text::{bare, squeeze, word_count};

/// What the marked elements of a page say, from the surest mark to the vaguest.
pub(super) fn claims(page: &Page, lines: &Lines) -> Vec<Claim> {
    marks().iter().filter_map(|mark| claim(page, lines, mark)).collect()
}

/// A way in which pages mark the author's element.
struct Mark {
    kind: Kind,
    place: &'static str,
    selector: &'static Selector,
}

/// What a mark says of the text in its element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is the author's name.
    Name,
    /// It is a byline.
    Byline,
    /// It is about the author.
    About,
    /// It leads to what the author wrote.
    Link,
    /// It leads to somebody who has an account.
    User,
}

fn marks() -> [Mark; 9] {
    let mark = |kind, place, selector| Mark { kind, place, selector };
    [
        mark(Kind::Name, "itemprop=author", selector!("[itemprop~='author'] [itemprop~='name']")),
        mark(Kind::Name, "itemprop=author", selector!("[itemprop~='author']")),
        mark(Kind::Name, "rel=author", selector!("a[rel~='author'], span[rel~='author']")),
        mark(Kind::Name, "hCard", selector!(".author .fn, .author.fn, .byline .fn")),
        mark(Kind::Byline, "element called byline", selector!("byline, .byline, .by-line, #byline")),
        mark(
            Kind::About,
            "element of the author's name",
            selector!(
                "[class*='byline' i] [class*='author' i], [class*='byline' i] [class*='name' i], \
                 [class*='author' i] [class*='name' i], [class*='author-name' i], [class*='author_name' i], \
                 [class*='authorname' i], [class*='writer-name' i]"
            ),
        ),
        mark(
            Kind::About,
            "element about the author",
            selector!(
                "[class*='byline' i], [id*='byline' i], [class*='author' i], [id*='author' i], [class*='autor' i], \
                 [class*='auteur' i], [class*='verfasser' i], [class*='writer' i], [class~='by']"
            ),
        ),
        mark(
            Kind::Link,
            "link to the author's page",
            selector!(
                "a[href*='/author'], a[href*='/autor'], a[href*='/auteur'], a[href*='/contributor'], \
                 a[href*='/reporter'], a[href*='/journalist'], a[href*='/by/'], a[href*='/editors/']"
            ),
        ),
        mark(
            Kind::User,
            "link to a user",
            selector!(
                "[class*='username' i], [class*='user-name' i], a[href*='/members/'], a[href*='/user/'], a[href*='/user-']"
            ),
        ),
    ]
}

/// An element that is marked as an author's, and the names in it.
struct Marked<'a> {
    element: ElementRef<'a>,
    place: usize,
    zone: Zone,
    names: Vec<String>,
}

/// What elements with a mark say: beside the headline, or alone on the page, or under the text.
fn claim(page: &Page, lines: &Lines, mark: &Mark) -> Option<Claim> {
    let all = marked(page, lines, mark);
    let first = all.first()?;
    let is_name = mark.kind == Kind::Name;
    let of = |zone: Zone, agreed: bool| -> Vec<String> {
        let mut marked: Vec<_> = all.iter().filter(|marked| marked.zone == zone).collect();
        // A byline follows its headline, mostly.
        marked.sort_by_key(|marked| lines.is_before_headline(marked.place));
        together(&own_story(marked, lines, agreed))
    };
    let (top, foot) = (of(Zone::Top, true), of(Zone::Foot, is_name));
    let (names, standing) = if !top.is_empty() {
        let is_link = matches!(mark.kind, Kind::Link | Kind::User);
        (top, if is_link { Standing::Beside } else { Standing::Byline })
    } else if is_name && all.iter().all(|marked| marked.names == first.names) {
        (first.names.clone(), Standing::Signed)
    } else if !foot.is_empty() {
        (foot, Standing::Signed)
    } else {
        (of(Zone::Elsewhere, is_name), Standing::Elsewhere)
    };
    let found = if is_name { Found::Microdata } else { Found::Byline };
    let claim = Claim::new(names, found, mark.place).standing(standing);
    let states = is_name || mark.kind == Kind::Byline;
    let logins = is_name || mark.kind == Kind::User && standing == Standing::Beside;
    Some(Claim { states, logins, ..claim })
}

/// The elements with a mark that hold names.
fn marked<'a>(page: &'a Page, lines: &Lines, mark: &Mark) -> Vec<Marked<'a>> {
    const MOST: usize = 40;
    let is_name = mark.kind == Kind::Name;
    let marked = |element: ElementRef<'a>| {
        let place = lines.place_of(element)?;
        let zone = lines.all[place].zone;
        // Some pages put the byline into a `<nav>`.
        let in_nav =
            || element.ancestors().filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "nav");
        let may_be_apart = mark.kind == Kind::Name && zone == Zone::Top && in_nav();
        if page.is_apart(element) && !may_be_apart || !is_name && lies_in_other_part(element, lines) {
            return None;
        }
        let names = names_of(element, mark.kind);
        (!names.is_empty()).then_some(Marked { element, place, zone, names })
    };
    page.html.select(mark.selector).take(MOST).filter_map(marked).collect()
}

/// Whether an element lies, without the headline, in a part whose names say that it shows comments or other
/// stories.
fn lies_in_other_part(element: ElementRef<'_>, lines: &Lines) -> bool {
    const CLIMB: usize = 8;
    let is_other = |part: &ElementRef<'_>| is_named(part.value(), &OTHER_BYLINES);
    let parts = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take(CLIMB);
    parts
        .take_while(|part| part.value().name() != "body")
        .find(is_other)
        .is_some_and(|part| !lines.holds_headline(part))
}

/// Those of these elements that belong to this page's article. `agreed`: all of them do if they agree.
fn own_story<'a, 'b>(marked: Vec<&'b Marked<'a>>, lines: &Lines, agreed: bool) -> Vec<&'b Marked<'a>> {
    if agreed && marked.iter().all(|other| other.names == marked[0].names) {
        return marked;
    }
    marked.into_iter().filter(|marked| !is_of_another_story(marked.element, lines)).collect()
}

/// How far up the common element of two authors of one article may be.
const TOGETHER: usize = 3;

/// The names in the first of these elements, and in those beside it: authors of one article stand
/// together; those further off wrote other ones.
fn together(marked: &[&Marked<'_>]) -> Vec<String> {
    let Some(first) = marked.first() else { return Vec::new() };
    let home: Vec<_> = first.element.ancestors().take(TOGETHER).map(|node| node.id()).collect();
    let is_beside =
        |element: ElementRef<'_>| element.ancestors().take(TOGETHER).any(|node| home.contains(&node.id()));
    let beside = marked.iter().filter(|marked| is_beside(marked.element));
    beside.flat_map(|marked| marked.names.clone()).collect()
}

/// The names in a marked element; none if it holds something else, too.
fn names_of(element: ElementRef<'_>, kind: Kind) -> Vec<String> {
    const LONGEST: usize = 200;
    let text = element.value().attr("content").map_or_else(|| parts_of(element), squeeze);
    if text.len() > LONGEST {
        return Vec::new();
    }
    let names = signed_line(&text);
    if !names.is_empty() {
        return names;
    }
    // Where the mark leaves no doubt, a login is a name, too.
    if matches!(kind, Kind::Name | Kind::User) && word_count(&text) == 1 {
        return names_in(&text, true);
    }
    let names = only_names(&text);
    let is_menu = kind == Kind::Link && names.iter().any(|name| word_count(name) < 2);
    if is_menu { Vec::new() } else { names }
}

/// The names in a text if it holds names only.
pub(super) fn only_names(text: &str) -> Vec<String> {
    let names = names_in(&joined_parts(text), true);
    let fits = names.iter().all(|name| looks_like_name(name) && word_count(name) <= 4);
    if fits { names } else { Vec::new() }
}

/// Whether an element lies beside the headline of another story, closer than this one's.
fn is_of_another_story(element: ElementRef<'_>, lines: &Lines) -> bool {
    const CLIMB: usize = 4;
    const HEADLINE: usize = 4;
    let own = bare(&squeeze(&element.text().collect::<String>()));
    for node in element.ancestors().take(CLIMB).filter_map(ElementRef::wrap) {
        if lines.holds_headline(node) {
            return false;
        }
        let is_other = |heading: ElementRef<'_>| {
            let text = squeeze(&heading.text().collect::<String>());
            word_count(&text) > HEADLINE && !bare(&text).contains(&own)
        };
        if node.select(selector!("h1, h2, h3, h4")).any(is_other) {
            return true;
        }
    }
    false
}
