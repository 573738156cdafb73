//! What readers see of a page, line by line, and where each line stands: beside the headline, under the
//! text, elsewhere.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::node::Element;
use scraper::{ElementRef, Node};

use crate::extract::blocks::breaks_line;
use crate::extract::lists::{PICTURE_PARTS, is_named};
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
    /// Whether it stands in a part of the page that speaks of something else.
    pub(super) apart: bool,
    words: usize,
    /// Its first text node.
    first: NodeId,
}

/// The lines of a page, hidden ones left out.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    /// The line of each text node.
    of_node: HashMap<NodeId, usize>,
    /// The lines that are the headline.
    headlines: Vec<usize>,
}

/// A line of more words is text.
const PARAGRAPH: usize = 20;

impl Lines {
    pub(super) fn read(page: &Page, title: &str) -> Self {
        let Some(body) = page.html.select(selector!("body")).next() else { return Self::default() };
        let mut reader = Reader::new(page);
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

    /// The line in which an element begins; `None` if it is hidden or empty.
    pub(super) fn place_of(&self, element: ElementRef<'_>) -> Option<usize> {
        element.descendants().find_map(|node| self.of_node.get(&node.id()).copied())
    }

    /// Whether a line comes before the headline.
    pub(super) fn is_before_headline(&self, place: usize) -> bool {
        self.headlines.last().is_some_and(|headline| place < *headline)
    }

    /// Whether a line ends a run of paragraphs: one stands before it, none just after.
    pub(super) fn ends_text(&self, place: usize) -> bool {
        let is_paragraph = |line: &Line| line.words > PARAGRAPH;
        let mut after = self.all.iter().skip(place + 1).take(2);
        place > 0 && is_paragraph(&self.all[place - 1]) && !after.any(is_paragraph)
    }

    /// Whether a line stands under or in a picture.
    pub(super) fn is_of_picture(&self, page: &Page, line: &Line) -> bool {
        const CLIMB: usize = 4;
        let Some(node) = page.html.tree.get(line.first) else { return false };
        let mut parts = node.ancestors().take(CLIMB).filter_map(ElementRef::wrap);
        parts.any(|part| is_named(part.value(), &PICTURE_PARTS) && !self.holds_headline(part))
    }

    /// The first paragraph under each line that is the headline.
    pub(super) fn openings(&self) -> impl Iterator<Item = &Line> {
        let opening = |headline: &usize| {
            self.all.iter().skip(headline + 1).find(|line| line.words > PARAGRAPH && !line.apart)
        };
        self.headlines.iter().filter_map(opening)
    }

    /// Whether another line has the last word of a name.
    pub(super) fn is_named_elsewhere(&self, name: &str, place: usize) -> bool {
        let last = name.split_whitespace().last().unwrap_or_default();
        let wanted = format!(" {} ", bare(last));
        let names =
            |line: &Line| line.text.contains(last) && format!(" {} ", bare(&line.text)).contains(&wanted);
        self.all.iter().enumerate().any(|(other, line)| other != place && names(line))
    }

    /// Whether a line is set in letters of its own, or at the right.
    pub(super) fn is_set_apart(&self, page: &Page, place: usize) -> bool {
        const CLIMB: usize = 3;
        let Some(node) = page.html.tree.get(self.all[place].first) else { return false };
        node.ancestors().take(CLIMB).filter_map(ElementRef::wrap).any(|element| {
            let element = element.value();
            matches!(element.name(), "b" | "strong" | "em" | "i")
                || element.attr("style").is_some_and(|style| style.contains("right"))
                || element.attr("align") == Some("right")
        })
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
        named
            .map(|line| (line.zone, line.words <= LABELLED && !line.apart))
            .min_by_key(|(zone, short)| (!short, *zone))
    }

    fn headlines(&self, page: &Page, title: &str) -> Vec<usize> {
        const MOST: usize = 4;
        let title = bare(title);
        let says = |place: &usize| self.all[*place].words < 80 && bare(&self.all[*place].text) == title;
        let mut found: Vec<usize> =
            (0..self.all.len()).filter(|place| !title.is_empty() && says(place)).collect();
        if found.is_empty() {
            let heading = page.select(selector!("h1")).find(|heading| self.place_of(*heading).is_some());
            found.extend(heading.and_then(|heading| self.place_of(heading)));
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
            if place <= headline + AFTER && paragraphs <= 1 && line.words <= 50 {
                line.zone = Zone::Top;
            }
            if is_paragraph {
                end = place;
                gap = 0;
            } else {
                gap += 1;
                // Where the text ends is not always plain: other stories' first sentences may follow.
                if paragraphs > 1
                    && gap == 1
                    && line.zone == Zone::Elsewhere
                    && line.words <= 12
                    && !line.apart
                {
                    line.zone = Zone::Foot;
                }
                if paragraphs > 0 && gap > GAP {
                    break;
                }
            }
        }
        if paragraphs > 0 {
            let foot = self.all.iter_mut().skip(end + 1).take(FOOT);
            foot.filter(|line| line.zone == Zone::Elsewhere && !line.apart)
                .for_each(|line| line.zone = Zone::Foot);
        }
    }
}

/// Gathers text nodes into lines.
struct Reader<'a> {
    page: &'a Page,
    lines: Lines,
    pieces: Vec<(NodeId, String)>,
    /// How many of the open elements hide what is in them.
    hidden: usize,
    /// How many of them speak of something else.
    apart: usize,
    /// Whether the line began in one of these.
    began_apart: bool,
}

type NodeRef<'a> = ego_tree::NodeRef<'a, Node>;

impl<'a> Reader<'a> {
    fn new(page: &'a Page) -> Self {
        Self { page, lines: Lines::default(), pieces: Vec::new(), hidden: 0, apart: 0, began_apart: false }
    }

    fn open(&mut self, node: NodeRef<'_>) {
        match node.value() {
            Node::Text(text) if self.hidden == 0 => {
                let text = squeeze(text);
                if text.is_empty() {
                    return;
                }
                if self.pieces.is_empty() {
                    self.began_apart = self.apart > 0;
                }
                self.pieces.push((node.id(), text));
            }
            Node::Element(element) => {
                self.hidden += usize::from(is_hidden(element));
                self.apart += usize::from(self.page.begins_apart(node.id()));
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
        self.apart -= usize::from(self.page.begins_apart(node.id()));
        if breaks_line(element.name()) {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let pieces = std::mem::take(&mut self.pieces);
        let Some((first, _)) = pieces.first() else { return };
        let place = self.lines.all.len();
        self.lines.of_node.extend(pieces.iter().map(|(node, _)| (*node, place)));
        let texts: Vec<&str> = pieces.iter().map(|(_, text)| text.as_str()).collect();
        let text = texts.join(" ");
        self.lines.all.push(Line {
            parts: texts.join(" | "),
            words: word_count(&text),
            text,
            zone: Zone::Elsewhere,
            apart: self.began_apart,
            first: *first,
        });
    }
}

/// Whether readers do not see an element.
fn is_hidden(element: &Element) -> bool {
    const UNSEEN: &[&str] =
        &["script", "style", "noscript", "template", "svg", "title", "head", "select", "textarea"];
    UNSEEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
        || element.classes().any(hides)
}

/// Whether a class says that what has it is hidden. A bare "hidden" does not: beside others ("md:block") it
/// hides from small screens only.
fn hides(class: &str) -> bool {
    const HIDING: &[&str] = &["d-none", "sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"];
    HIDING.contains(&class) || class.ends_with("snippet-hidden") || class == "is-hidden"
}
