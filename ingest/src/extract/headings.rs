//! The headings of a page that may be its headline, and what stands over a headline inside it.

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use rustc_hash::FxHashMap;
use scraper::{ElementRef, Node};

use super::lists::{KICKER_MARKS, List};
use super::page::{Page, attribute, selector};
use super::site;
use super::text::{bare, fold, squeeze, word_count};

/// A heading, and what speaks for its being the headline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// Its text without what stands over the headline.
    pub(super) text: String,
    /// What stands over the headline inside the same element: "Storm in the north:".
    pub(super) kicker: Option<String>,
    /// The pieces that it is made of, each an element of its own; empty where it is one.
    pub(super) parts: Vec<String>,
    /// `h1`, `h2`, `itemprop headline` …
    pub(super) place: &'static str,
    /// Whether it is an `h1` or says itself that it is the headline.
    pub(super) is_first: bool,
    /// Whether it stands in the head of an article.
    pub(super) in_article: bool,
    /// Whether the element that holds it is a head: `header`, `hgroup`, or one called so.
    pub(super) in_head: bool,
    /// Whether it is an entry of a list, leads to another page or is hidden: rather no headline.
    pub(super) is_doubtful: bool,
    /// Whether it stands where a page says how to get to it: readers hardly see it there.
    pub(super) is_crumb: bool,
}

/// Headings beside `h1` that are looked at; a page with more is a list of stories.
const MOST: usize = 80;
const LONGEST: usize = 500;

impl Heading {
    /// Takes one of its pieces for the headline where that is what the head states, not the whole; and
    /// parts words that only the page's looks part: "<span>Storm</span>North wind" is no "StormNorth".
    pub(super) fn settle(mut self, stated: &[&str]) -> Self {
        let is_stated = |text: &str| stated.iter().any(|stated| bare(stated) == bare(text));
        if is_stated(&self.text) {
            return self;
        }
        if let Some(place) = self.parts.iter().position(|part| is_stated(part) && word_count(part) > 2) {
            self.text = self.parts.remove(place);
            self.kicker = self.parts.first().cloned();
        } else if let Some(parted) =
            stated.iter().find(|stated| site::joined(stated) == site::joined(&self.text))
        {
            (*parted).clone_into(&mut self.text);
        }
        self
    }
}

/// The headings that may be the headline, in the order of the page.
pub(super) fn of_page(page: &Page, sites: &[String]) -> Vec<Heading> {
    let all = page.html.select(selector!(
        "h1, h2, h3, [itemprop~='headline'], [property~='headline'], [property='schema:headline'], .entry-title, \
         .post-title, .p-name, [class*='headline'], [class*='article-title'], [class*='article__title']"
    ));
    let mut headings: Vec<Heading> = Vec::new();
    let mut known = Settings::default();
    let mut others = 0;
    for element in all.filter(|element| element.value().name() != "meta") {
        others += usize::from(element.value().name() != "h1");
        if others > MOST && element.value().name() != "h1" || headings.len() > MOST {
            continue;
        }
        let Some(heading) = read(page, element, &mut known) else { continue };
        let is_site = sites.iter().any(|site| bare(site) == bare(&heading.text));
        let is_known =
            headings.iter().any(|known| known.text == heading.text && known.is_first >= heading.is_first);
        if !is_site && !is_known {
            headings.push(heading);
        }
    }
    headings
}

/// What the elements around a heading say about it.
#[derive(Clone, Copy, Debug, Default)]
struct Setting {
    in_article: bool,
    is_doubtful: bool,
    is_crumb: bool,
    /// It belongs to the site's own head, or leads to its front page.
    is_site: bool,
    /// How many elements away the nearest head is.
    head: usize,
}

/// The settings that were found; headings share most of the elements around them.
type Settings = FxHashMap<NodeId, Setting>;

/// How far away an element called a head still is the heading's.
const NEAR: usize = 3;

fn setting(element: ElementRef<'_>, known: &mut Settings) -> Setting {
    if let Some(setting) = known.get(&element.id()) {
        return *setting;
    }
    let around = element.parent().and_then(ElementRef::wrap).map(|parent| setting(parent, known));
    let around = around.unwrap_or(Setting { head: NEAR, ..Setting::default() });
    let name = element.value().name();
    let marks = marks_of(element);
    let is_head = matches!(name, "header" | "hgroup") || marks.contains("head");
    let own = Setting {
        in_article: around.in_article || matches!(name, "article" | "main") || marks.contains("article"),
        is_doubtful: around.is_doubtful
            || matches!(name, "li" | "aside" | "form" | "dialog" | "table" | "footer"),
        is_crumb: around.is_crumb
            || name == "nav"
            || marks.contains("breadcrumb")
            || marks.contains("breadbar"),
        is_site: around.is_site
            || site::leads_home(element)
            || marks.contains("siteheader")
            || marks.contains("sitebranding"),
        head: if is_head { 0 } else { around.head + 1 },
    };
    known.insert(element.id(), own);
    own
}

fn read(page: &Page, element: ElementRef<'_>, known: &mut Settings) -> Option<Heading> {
    let name = element.value().name();
    let setting = element.parent().and_then(ElementRef::wrap).map(|parent| setting(parent, known))?;
    // A heading among the crumbs is worth reading; any other that speaks of something else is not.
    if setting.is_site || page.is_apart(element) && !(setting.is_crumb && name == "h1") {
        return None;
    }
    let mut heading = Heading {
        in_article: setting.in_article,
        in_head: setting.head < NEAR,
        is_doubtful: setting.is_doubtful,
        is_crumb: setting.is_crumb,
        ..Heading::default()
    };
    let marked = element.value().attr("itemprop").is_some_and(|prop| prop.contains("headline"))
        || element.value().attr("property").is_some_and(|prop| prop.contains("headline"));
    let marks = marks_of(element);
    let titled = marks.contains("entrytitle") || marks.contains("posttitle");
    (heading.place, heading.is_first) = match name {
        "h1" => ("h1", true),
        _ if marked => ("itemprop headline", true),
        "h2" => ("h2", titled),
        "h3" => ("h3", false),
        _ => ("element called headline", false),
    };
    heading.is_doubtful |= is_hidden(&marks) || name != "h1" && leads_away(element);
    let parts = parts_of(innermost(element));
    (heading.text, heading.kicker) = without_kicker(&parts);
    if parts.len() > 1 {
        heading.parts = parts.into_iter().map(|part| part.text).filter(|text| word_count(text) > 0).collect();
    }
    let fits = heading.text.len() <= LONGEST && heading.text.chars().any(char::is_alphanumeric);
    fits.then_some(heading)
}

/// Class and id of an element in lower case without hyphens, classes apart by a space.
fn marks_of(element: ElementRef<'_>) -> String {
    let value = element.value();
    let marks = [attribute(value, "class"), attribute(value, "id")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    marks.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

fn is_hidden(marks: &str) -> bool {
    marks.split(' ').any(|mark| {
        [
            "visuallyhidden",
            "sronly",
            "screenreadertext",
            "ishidden",
            "hidden",
            "elementinvisible",
            "invisible",
        ]
        .contains(&mark)
    })
}

/// Whether a heading is a link, as the titles of other stories are.
fn leads_away(element: ElementRef<'_>) -> bool {
    let own = element.ancestors().take(2).filter_map(ElementRef::wrap);
    let links = |e: ElementRef<'_>| {
        e.value().name() == "a" && e.value().attr("href").is_some_and(|h| !h.starts_with('#'))
    };
    own.chain(element.descendants().filter_map(ElementRef::wrap)).any(links)
}

/// One piece of a headline: what an element inside it holds, or the text between elements.
#[derive(Debug, Default)]
struct Part {
    text: String,
    /// It stands over or under the headline proper, by its class.
    aside: bool,
    /// It is an element of its own.
    boxed: bool,
}

/// The headline of its pieces, and the kicker over it if its element or a sign parts them.
fn without_kicker(parts: &[Part]) -> (String, Option<String>) {
    let is_sign = |part: &Part| !part.text.chars().any(char::is_alphanumeric);
    let sign = parts.iter().position(|part| part.boxed && is_sign(part));
    let told: Vec<&Part> = parts.iter().filter(|part| !is_sign(part)).collect();
    let whole = || {
        let joined: String = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
        (squeeze(&joined).trim_end_matches([':', '|']).trim_end().to_owned(), None)
    };
    let join =
        |parts: &[&Part]| squeeze(&parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" "));
    let (asides, proper): (Vec<&Part>, Vec<&Part>) = told.iter().partition(|part| part.aside);
    if !asides.is_empty() && !proper.is_empty() {
        return (join(&proper), Some(join(&asides)));
    }
    // Two boxes with a hidden sign between them, or two boxes and nothing else: the first stands over
    // the second.
    let two_boxes = told.len() == 2 && told.iter().all(|part| part.boxed);
    if two_boxes && (sign.is_some() || word_count(&told[1].text) > word_count(&told[0].text).max(2)) {
        return (told[1].text.clone(), Some(told[0].text.clone()));
    }
    whole()
}

/// Goes into an element as long as it holds nothing but one other.
fn innermost(element: ElementRef<'_>) -> ElementRef<'_> {
    let mut element = element;
    loop {
        let mut filled = element.children().filter(|child| match child.value() {
            Node::Text(text) => !text.trim().is_empty(),
            Node::Element(_) => ElementRef::wrap(*child).is_some_and(|inner| !shown(inner).is_empty()),
            _ => false,
        });
        match (filled.next().and_then(ElementRef::wrap), filled.next()) {
            (Some(only), None) => element = only,
            _ => return element,
        }
    }
}

fn parts_of(element: ElementRef<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for child in element.children() {
        let Some(inner) = ElementRef::wrap(child) else {
            let text = child.value().as_text().map(|text| text.to_string()).unwrap_or_default();
            flow(&mut parts, &text);
            continue;
        };
        let text = shown(inner);
        let name = inner.value().name();
        // What is only read aloud is a sign between pieces, or says no more than the rest.
        if is_hidden(&marks_of(inner)) && word_count(&text) > 0 && !parts.is_empty() {
            continue;
        }
        let aside = name == "time" || name == "small" || is_listed(&KICKER_MARKS, inner);
        // "<h1>The <i>Meridian</i> sails</h1>" is one piece.
        let boxed = matches!(name, "span" | "div" | "p" | "time" | "small" | "strong") && !text.is_empty();
        match (aside || boxed) && !text.is_empty() {
            true => parts.push(Part { text, aside, boxed: true }),
            false if name == "br" => flow(&mut parts, " "),
            false => flow(&mut parts, &text),
        }
    }
    // A box in running text that says nothing of itself is emphasis.
    let runs = parts.iter().any(|part| !part.boxed && part.text.chars().any(char::is_alphanumeric));
    if runs && !parts.iter().any(|part| part.aside) {
        return vec![Part { text: shown(element), ..Part::default() }];
    }
    for part in &mut parts {
        part.text = squeeze(&part.text);
    }
    parts.retain(|part| !part.text.is_empty());
    parts
}

fn flow(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut().filter(|part| !part.boxed) {
        Some(part) => part.text.push_str(text),
        None => parts.push(Part { text: text.to_owned(), ..Part::default() }),
    }
}

fn is_listed(list: &List, element: ElementRef<'_>) -> bool {
    let marks = fold(&marks_of(element));
    list.iter().any(|mark| marks.contains(mark))
}

/// The text of an element on one line; the readings over Japanese words and scripts left out.
fn shown(element: ElementRef<'_>) -> String {
    const SKIPPED: [&str; 6] = ["rt", "rp", "script", "style", "noscript", "svg"];
    let mut text = String::new();
    let mut left_out = 0;
    for edge in element.traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Element(inner) if SKIPPED.contains(&inner.name()) => left_out += if opens { 1 } else { -1 },
            Node::Element(inner) if super::blocks::breaks_line(inner.name()) => text.push(' '),
            Node::Text(piece) if opens && left_out == 0 => text.push_str(piece),
            _ => {}
        }
    }
    squeeze(&text)
}
