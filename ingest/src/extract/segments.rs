//! A page as a flat list of segments: stretches of text that no block element parts, each with what
//! the walk saw of it. Nothing is judged here.

use std::collections::HashSet;

use dateline_index::article::BlockKind;
use ego_tree::NodeId;
use scraper::{ElementRef, Html, Node};

use super::blocks::{escape, is_block};
use super::surroundings::{Around, is_hidden};
use super::text::{is_unspaced, squeeze};

/// An element on the way from a page's root to its segments.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Its parent among the elements; the root is its own.
    pub(super) parent: usize,
    pub(super) name: &'a str,
    /// Its class, id, `itemprop` and role.
    pub(super) labels: [&'a str; 4],
    /// Whether it begins and ends on a line of its own.
    pub(super) block: bool,
    /// Whether it lies in a part of the page that speaks of something else: see `Page`.
    pub(super) apart: bool,
    /// Whether it lies in a part that is not shown before a reader asks for it.
    pub(super) hidden: bool,
}

/// A stretch of text with its place in the page.
#[derive(Debug)]
pub(super) struct Segment {
    /// The element that holds its first text.
    pub(super) element: usize,
    /// The table row that it is part of, if it stands in a cell directly.
    pub(super) row: Option<NodeId>,
    pub(super) kind: BlockKind,
    /// Its inline markup.
    pub(super) markup: String,
    /// Its text on one line.
    pub(super) text: String,
    /// How many words it has.
    pub(super) words: usize,
    /// Shares of its letters inside links, in bold, in italics: 0 to 1.
    pub(super) linked: f32,
    pub(super) bold: f32,
    pub(super) italic: f32,
    /// How many links are in it.
    pub(super) links: usize,
}

/// The segments of a page, in document order.
pub(super) struct Segments<'a> {
    pub(super) elements: Vec<Element<'a>>,
    pub(super) segments: Vec<Segment>,
}

impl<'a> Segments<'a> {
    /// `apart`: elements whose contents speak of something else than the article.
    pub(super) fn of(html: &'a Html, apart: &HashSet<NodeId>) -> Self {
        let mut walk = Walk {
            apart,
            elements: Vec::new(),
            segments: Vec::new(),
            markup: String::new(),
            text: String::new(),
            is_blank: true,
            element: 0,
            letters: [0; 4],
            links: 0,
        };
        let root = html.root_element();
        let id = walk.enter(root, 0);
        walk.children(root, Around { element: id, ..Around::default() });
        walk.flush(Around::default());
        Self { elements: walk.elements, segments: walk.segments }
    }

    /// The elements around a segment, innermost first, the root last.
    pub(super) fn chain(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(element), |&id| (id != 0).then(|| self.elements[id].parent))
    }
}

/// A line break in the text of a segment: a second one ends the segment.
const BREAK: char = '\u{1}';

struct Walk<'a, 'b> {
    apart: &'b HashSet<NodeId>,
    elements: Vec<Element<'a>>,
    segments: Vec<Segment>,
    markup: String,
    text: String,
    /// Whether the text so far is white space only.
    is_blank: bool,
    element: usize,
    letters: [usize; 4],
    links: usize,
}

impl<'a> Walk<'a, '_> {
    fn enter(&mut self, element: ElementRef<'a>, parent: usize) -> usize {
        let value = element.value();
        let above = self.elements.get(parent).map(|parent| (parent.apart, parent.hidden));
        let (apart, hidden) = above.unwrap_or_default();
        self.elements.push(Element {
            parent,
            name: value.name(),
            labels: ["class", "id", "itemprop", "role"].map(|name| value.attr(name).unwrap_or_default()),
            block: is_block(value.name()),
            apart: apart || self.apart.contains(&element.id()),
            hidden: hidden || is_hidden(value),
        });
        self.elements.len() - 1
    }

    fn children(&mut self, element: ElementRef<'a>, around: Around) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.read(text, around),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.child(child, around);
                    }
                }
                _ => {}
            }
        }
    }

    fn read(&mut self, text: &str, around: Around) {
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        let places = [true, around.link, around.bold, around.italic];
        for (count, counts) in self.letters.iter_mut().zip(places) {
            *count += if counts { letters } else { 0 };
        }
        if self.is_blank {
            self.element = around.element;
            self.is_blank = letters == 0 || text.chars().all(|c| c.is_whitespace() || c.is_control());
        }
        escape(text, &mut self.markup);
        if text.contains(|c: char| c.is_control()) {
            self.text.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        } else {
            self.text.push_str(text);
        }
    }

    fn child(&mut self, element: ElementRef<'a>, around: Around) {
        let name = element.value().name();
        match name {
            "script" | "style" | "noscript" | "template" | "svg" | "head" | "button" | "input" | "select"
            | "iframe" | "textarea" | "object" | "video" | "audio" | "canvas" | "img" => {}
            "br" => {
                if self.text.trim_end_matches(' ').ends_with(BREAK) {
                    self.flush(around);
                } else {
                    self.markup.push_str("<br>");
                    self.text.push(BREAK);
                    self.is_blank = false;
                }
            }
            _ if is_block(name) => {
                self.flush(around);
                let around = around.inside(element, self.enter(element, around.element));
                self.children(element, around);
                self.flush(around);
            }
            _ => {
                self.links += usize::from(name == "a");
                let inner = Around {
                    element: self.enter(element, around.element),
                    link: around.link || name == "a",
                    bold: around.bold || matches!(name, "b" | "strong"),
                    italic: around.italic || matches!(name, "i" | "em"),
                    ..around
                };
                self.children(element, inner);
            }
        }
    }

    fn flush(&mut self, around: Around) {
        self.is_blank = true;
        let markup = std::mem::take(&mut self.markup);
        let text = squeeze(&std::mem::take(&mut self.text));
        let [all, linked, bold, italic] = std::mem::take(&mut self.letters);
        let links = std::mem::take(&mut self.links);
        // Markup that was written as text shows nobody anything.
        if text.is_empty() || text.starts_with("<iframe") {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share of some thousand letters")]
        let share = |part: usize| part as f32 / all.max(1) as f32;
        self.segments.push(Segment {
            element: self.element,
            row: around.row,
            kind: around.kind(),
            markup,
            words: words_of(&text).count() + text.chars().filter(|c| is_unspaced(*c)).count() / 2,
            linked: share(linked),
            bold: share(bold),
            italic: share(italic),
            links,
            text,
        });
    }
}

/// Runs of letters and digits.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_segment_stands_where_its_first_words_do_however_much_white_space_comes_before() {
        let blank = "<span> </span>".repeat(100_000);
        let html =
            Html::parse_document(&format!("<p>{blank}<b>The guns</b> <i>fell silent.</i></p><p>Peace.</p>"));
        let found = Segments::of(&html, &HashSet::new());
        let texts: Vec<&str> = found.segments.iter().map(|segment| segment.text.as_str()).collect();
        assert_eq!(texts, ["The guns fell silent.", "Peace."]);
        let name = |place: usize| found.elements[found.segments[place].element].name;
        assert_eq!([name(0), name(1)], ["b", "p"]);
    }
}
