//! What readers see of a page, line by line, and where each line stands: beside the headline, under the
//! text, elsewhere.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use crate::extract::blocks::breaks_line;
use crate::extract::page::{Page, selector};
use crate::extract::text::{bare, squeeze, word_count};

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// Beside the headline.
    Top,
    /// Under the text.
    Foot,
    /// Anywhere else: in the text, in menus, beside other stories.
    Elsewhere,
}

/// A line as a reader sees it.
#[derive(Debug)]
pub(super) struct Line {
    /// Its text nodes, apart by " | ".
    pub(super) parts: String,
    pub(super) text: String,
    pub(super) zone: Zone,
    words: usize,
    pub(super) apart: bool,
}

/// The lines of a page, hidden ones left out.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    /// The line of each text node.
    of_node: HashMap<NodeId, usize>,
    headlines: Vec<usize>,
}

/// A line of more words is text.
const PARAGRAPH: usize = 25;

impl Lines {
    pub(super) fn read(page: &Page, title: &str) -> Self {
        let Some(body) = page.html.select(selector!("body")).next() else { return Self::default() };
        let mut reader = Reader { page, lines: Self::default(), pieces: Vec::new(), hidden: 0 };
        for edge in body.traverse() {
            match edge {
                Edge::Open(node) => reader.open(node),
                Edge::Close(node) => reader.close(node),
            }
        }
        reader.end_line();
        let mut lines = reader.lines;
        let headlines = lines.headlines(page, title);
        headlines.iter().for_each(|&place| lines.mark(place));
        lines.headlines = headlines;
        lines
    }

    /// The lines of a zone, in order.
    pub(super) fn of(&self, zone: Zone) -> impl Iterator<Item = (usize, &Line)> {
        self.all.iter().enumerate().filter(move |(_, line)| line.zone == zone)
    }

    /// The zone of an element; `None` if it is hidden or empty.
    pub(super) fn zone_of(&self, element: ElementRef<'_>) -> Option<Zone> {
        let mut places = element.descendants().filter_map(|node| self.of_node.get(&node.id()));
        places.next().map(|&place| self.all[place].zone)
    }

    /// Whether the headline lies in an element.
    pub(super) fn holds_headline(&self, element: ElementRef<'_>) -> bool {
        let mut places = element.descendants().filter_map(|node| self.of_node.get(&node.id()));
        self.headlines.is_empty() || places.any(|place| self.headlines.contains(place))
    }

    /// Where a name stands in a line that holds little else, or anywhere: the best place.
    pub(super) fn zone_of_name(&self, name: &str) -> Option<(Zone, bool)> {
        const LABELLED: usize = 24;
        let wanted = format!(" {} ", bare(name));
        let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
        let named = self.all.iter().filter(|line| {
            line.text.to_lowercase().contains(&first) && format!(" {} ", bare(&line.text)).contains(&wanted)
        });
        named.map(|line| (line.zone, line.words <= LABELLED && !line.apart)).min_by_key(|(zone, short)| (!short, *zone))
    }

    fn headlines(&self, page: &Page, title: &str) -> Vec<usize> {
        const MOST: usize = 4;
        let title = bare(title);
        let says = |place: &usize| self.all[*place].words < 80 && bare(&self.all[*place].text) == title;
        let mut found: Vec<usize> = (0..self.all.len()).filter(|place| !title.is_empty() && says(place)).collect();
        if found.is_empty() {
            let heading = page.select(selector!("h1")).find(|heading| self.zone_of(*heading).is_some());
            let node = heading.and_then(|heading| {
                heading.descendants().find_map(|node| self.of_node.get(&node.id())).copied()
            });
            found.extend(node);
        }
        found.truncate(MOST);
        found
    }

    /// Marks what stands beside a headline, and under the text that follows it.
    fn mark(&mut self, headline: usize) {
        const BEFORE: usize = 6;
        const AFTER: usize = 25;
        const FOOT: usize = 12;
        const GAP: usize = 14;
        let mut paragraphs = 0;
        let start = headline.saturating_sub(BEFORE);
        let mut end = headline;
        let mut gap = 0;
        for place in start..self.all.len() {
            let line = &mut self.all[place];
            let is_paragraph = line.words > PARAGRAPH && !line.apart && place > headline;
            paragraphs += usize::from(is_paragraph);
            if place <= headline + AFTER && paragraphs <= 1 && line.words <= 2 * PARAGRAPH {
                line.zone = Zone::Top;
            }
            if is_paragraph {
                end = place;
                gap = 0;
            } else {
                gap += 1;
                if paragraphs > 0 && gap > GAP {
                    break;
                }
            }
        }
        if paragraphs > 0 {
            let foot = self.all.iter_mut().skip(end + 1).take(FOOT);
            foot.filter(|line| line.zone == Zone::Elsewhere && !line.apart).for_each(|line| line.zone = Zone::Foot);
        }
    }
}

/// Gathers text nodes into lines.
struct Reader<'a> {
    page: &'a Page,
    lines: Lines,
    pieces: Vec<(NodeId, String)>,
    hidden: usize,
}

type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

impl Reader<'_> {
    fn open(&mut self, node: NodeRef<'_>) {
        match node.value() {
            Node::Text(text) if self.hidden == 0 => {
                let text = squeeze(text);
                if !text.is_empty() {
                    self.pieces.push((node.id(), text));
                }
            }
            Node::Element(element) => {
                self.hidden += usize::from(is_hidden(element));
                if breaks_line(element.name()) {
                    self.end_line();
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, node: NodeRef<'_>) {
        let Some(element) = node.value().as_element() else { return };
        self.hidden -= usize::from(is_hidden(element));
        if breaks_line(element.name()) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        let Some((first, _)) = pieces.first() else { return };
        let home = self.page.html.tree.get(*first).and_then(|node| node.parent()).and_then(ElementRef::wrap);
        let apart = home.is_some_and(|home| self.page.is_apart(home));
        let place = self.lines.all.len();
        self.lines.of_node.extend(pieces.iter().map(|(node, _)| (*node, place)));
        let texts: Vec<&str> = pieces.iter().map(|(_, text)| text.as_str()).collect();
        let text = texts.join(" ");
        let words = word_count(&text);
        self.lines.all.push(Line { parts: texts.join(" | "), text, zone: Zone::Elsewhere, words, apart });
    }
}

/// Whether readers do not see an element.
fn is_hidden(element: &Element) -> bool {
    const UNSEEN: &[&str] =
        &["script", "style", "noscript", "template", "svg", "title", "head", "select", "button", "textarea"];
    UNSEEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
        || element.classes().any(hides)
}

/// Whether a class says that what has it is hidden. What is hidden on small screens only
/// ("hidden md:block") cannot be told from it, but bears further classes of its own kind.
fn hides(class: &str) -> bool {
    const HIDING: &[&str] = &["d-none", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"];
    HIDING.contains(&class) || class.ends_with("snippet-hidden") || class == "is-hidden"
}
