//! The authors that a page names to readers: lines that say so, elements that are marked so, and what
//! stands under the text.

use scraper::{ElementRef, Selector};

use super::claim::{Claim, Standing};
use super::lines::{Line, Lines, Zone};
use super::names::{looks_like_name, names_in};
use super::signed::{joined_parts, signed_line};
use crate::extract::candidate::Found;
use crate::extract::date::date_line;
use crate::extract::written::Order;
use crate::extract::lists::{BYLINE_LABELS, listed};
use crate::extract::page::{Page, parts_of, selector};
use crate::extract::text::{bare, fold, squeeze, word_count};

/// The longest text of a byline, in bytes.
const LONGEST: usize = 200;

/// How far up the common element of two authors of one article may be.
const TOGETHER: usize = 3;

/// What readers see, best first.
pub(super) fn claims(page: &Page, lines: &Lines) -> Vec<Claim> {
    let mut claims = signed(lines);
    for mark in marks() {
        claims.extend(marked(page, lines, &mark));
    }
    claims
}

/// Lines that open with a label; or a label alone, and a name on the next line.
fn signed(lines: &Lines) -> Vec<Claim> {
    let found: Vec<(&Line, Vec<String>)> = lines
        .all
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.apart)
        .map(|(number, line)| (line, names_of_signed(lines, number, line)))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let claim = |names: &Vec<String>, place, standing| Claim::new(names.clone(), Found::Byline, place).standing(standing);
    let top = found.iter().filter(|(line, _)| line.zone == Zone::Top);
    let mut claims: Vec<Claim> =
        top.map(|(_, names)| claim(names, "line by the headline", Standing::Byline)).collect();
    let rest: Vec<_> = found.iter().filter(|(line, _)| line.zone != Zone::Top && is_sure(line)).collect();
    // Where a page signs one text only, it is this one, wherever the line stands.
    if let Some((line, names)) = rest.first().filter(|(_, first)| rest.iter().all(|(_, names)| names == first)) {
        let place = if is_dated(line) { "the only line with name and date" } else { "the only line with a label" };
        claims.push(claim(names, place, Standing::Signed));
    }
    let foot = found.iter().filter(|(line, _)| line.zone == Zone::Foot);
    claims.extend(foot.map(|(_, names)| claim(names, "line under the text", Standing::Signed)));
    claims
}

fn names_of_signed(lines: &Lines, number: usize, line: &Line) -> Vec<String> {
    let names = signed_line(&line.parts);
    if !names.is_empty() {
        return names;
    }
    let names = signed_line(&line.text);
    if names.is_empty() && line.zone != Zone::Elsewhere && is_label(line) {
        return lines.all.get(number + 1).map(names_of_line).unwrap_or_default();
    }
    names
}

/// Whether a line far from the headline is a byline all the same: it has a date, or a label with a colon.
fn is_sure(line: &Line) -> bool {
    let colon = line.text.split_whitespace().take(2).any(|word| word.ends_with(':'));
    colon || is_dated(line)
}

fn is_dated(line: &Line) -> bool {
    date_line(&line.text, Order::DayFirst).is_some()
}

fn is_label(line: &Line) -> bool {
    let folded = fold(&line.text);
    listed(&BYLINE_LABELS, &folded) || listed(&BYLINE_LABELS, folded.trim_end_matches(':'))
}

/// The names of a line that holds nothing else.
fn names_of_line(line: &Line) -> Vec<String> {
    if word_count(&line.text) > 8 {
        return Vec::new();
    }
    only_names(&line.parts)
}

/// A way in which pages mark the author's element.
struct Mark {
    selector: &'static Selector,
    place: &'static str,
    found: Found,
    /// Whether it leaves no doubt that what it holds is a name.
    sure: bool,
}

/// The marks, from the surest to the vaguest.
fn marks() -> [Mark; 7] {
    let mark = |selector, place, found, sure| Mark { selector, place, found, sure };
    [
        mark(selector!("[itemprop~='author'] [itemprop~='name']"), "itemprop=author", Found::Microdata, true),
        mark(selector!("[itemprop~='author']"), "itemprop=author", Found::Microdata, true),
        mark(selector!("a[rel~='author'], span[rel~='author']"), "rel=author", Found::Microdata, true),
        mark(selector!(".author .fn, .author.fn, .byline .fn, .vcard .fn"), "hCard", Found::Microdata, true),
        mark(
            selector!(
                "[class*='byline' i] [class*='author' i], [class*='byline' i] [class*='name' i], \
                 [class*='author' i] [class*='name' i], [class*='author-name' i], [class*='author_name' i], \
                 [class*='authorname' i], [class*='writer-name' i]"
            ),
            "element of the author's name",
            Found::Byline,
            false,
        ),
        mark(
            selector!(
                "[class*='byline' i], [id*='byline' i], [class*='author' i], [id*='author' i], [class*='autor' i], \
                 [class*='auteur' i], [class*='verfasser' i], [class*='writer' i], [class~='by'], byline"
            ),
            "element of a byline",
            Found::Byline,
            false,
        ),
        mark(
            selector!(
                "a[href*='/author'], a[href*='/autor'], a[href*='/auteur'], a[href*='/contributor'], \
                 a[href*='/reporter'], a[href*='/journalist'], a[href*='/by/'], a[href*='/editors/']"
            ),
            "link to the author's page",
            Found::Byline,
            false,
        ),
    ]
}

/// An element that is marked as an author's, and the names in it.
struct Marked<'a> {
    element: ElementRef<'a>,
    zone: Zone,
    names: Vec<String>,
}

/// What elements with a mark say: beside the headline, or alone on the page, or under the text.
fn marked(page: &Page, lines: &Lines, mark: &Mark) -> Option<Claim> {
    const MOST: usize = 40;
    let all: Vec<Marked<'_>> = page
        .select(mark.selector)
        .take(MOST)
        .filter_map(|element| {
            let zone = lines.zone_of(element)?;
            let names = names_of(element, mark);
            (!names.is_empty()).then_some(Marked { element, zone, names })
        })
        .collect();
    let claim = |names, standing| Some(Claim::new(names, mark.found, mark.place).standing(standing));
    let of_zone = |zone: Zone| -> Vec<&Marked<'_>> { all.iter().filter(|marked| marked.zone == zone).collect() };
    let own = |marked: Vec<&Marked<'_>>| together(&own_story(marked, lines, mark.sure));
    let top = own(of_zone(Zone::Top));
    if !top.is_empty() {
        return claim(top, if mark.place.starts_with("link") { Standing::Beside } else { Standing::Byline });
    }
    let first = all.first()?;
    if mark.sure && all.iter().all(|marked| marked.names == first.names) {
        return claim(first.names.clone(), Standing::Signed);
    }
    let foot = own(of_zone(Zone::Foot));
    if !foot.is_empty() {
        return claim(foot, Standing::Signed);
    }
    claim(own(of_zone(Zone::Elsewhere)), Standing::Elsewhere)
}

/// Those of these elements that belong to this page's article; all of them if they agree.
fn own_story<'a, 'b>(marked: Vec<&'b Marked<'a>>, lines: &Lines, sure: bool) -> Vec<&'b Marked<'a>> {
    if sure && marked.iter().all(|other| other.names == marked[0].names) {
        return marked;
    }
    marked.into_iter().filter(|marked| !is_of_another_story(marked.element, lines)).collect()
}

/// The names in the first of these elements, and in those beside it: authors of one article stand
/// together; those further off wrote other ones.
fn together(marked: &[&Marked<'_>]) -> Vec<String> {
    let Some(first) = marked.first() else { return Vec::new() };
    let home: Vec<_> = first.element.ancestors().take(TOGETHER).map(|node| node.id()).collect();
    let is_beside = |element: ElementRef<'_>| element.ancestors().take(TOGETHER).any(|node| home.contains(&node.id()));
    let beside = marked.iter().filter(|marked| is_beside(marked.element));
    beside.flat_map(|marked| marked.names.clone()).collect()
}

/// The names in a marked element; none if it holds something else, too.
fn names_of(element: ElementRef<'_>, mark: &Mark) -> Vec<String> {
    let text = element.value().attr("content").map_or_else(|| parts_of(element), squeeze);
    if text.len() > LONGEST {
        return Vec::new();
    }
    let names = signed_line(&text);
    if !names.is_empty() {
        return names;
    }
    if mark.sure && word_count(&text) == 1 {
        return names_in(&text, true);
    }
    let names = only_names(&text);
    if mark.place.starts_with("link") && names.iter().any(|name| word_count(name) < 2) { Vec::new() } else { names }
}

/// The names in a text if it holds names only.
fn only_names(text: &str) -> Vec<String> {
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
