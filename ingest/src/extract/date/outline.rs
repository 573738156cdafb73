//! A page's text as lines, and where among them the headline stands.

use std::cell::RefCell;
use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use rustc_hash::{FxHashMap, FxHashSet};
use scraper::{ElementRef, Node};

use super::parts::{is_dated, is_hidden, join, kind_of};

use crate::extract::blocks::breaks_line;
use crate::extract::page::{Page, selector};
use crate::extract::text::{bare, squeeze, word_count};

/// A line as readers see it.
pub(super) struct Line<'a> {
    pub(super) text: String,
    /// The element in which its text begins.
    pub(super) element: ElementRef<'a>,
}

/// The lines of a page.
pub(super) struct Outline<'a> {
    pub(super) lines: Vec<Line<'a>>,
    /// Elements that are called dates or are `<time>`, each with the line in which it begins.
    pub(super) dated: Vec<(ElementRef<'a>, usize)>,
    /// How often each kind of these occurs, and which is the first.
    pub(super) kinds: HashMap<(&'a str, &'a str), (usize, NodeId)>,
    /// The lines that are the headline.
    headlines: Vec<usize>,
    /// Whether these are lines that stand where a headline should, and not the title.
    is_guessed: bool,
    /// What holds a headline: no part of these speaks of something else.
    pub(super) around_headline: FxHashSet<NodeId>,
    /// Whether an element lies in a part whose names hold a word of a list: what was found out already.
    pub(super) known: RefCell<FxHashMap<(NodeId, *const &'static str), bool>>,
    /// Whether an element is called a foot: what was found out already.
    pub(super) feet: RefCell<FxHashMap<NodeId, bool>>,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Zone {
    /// Between the headline and the text, so many lines below the headline.
    Below(usize),
    /// Just above the headline.
    Above(usize),
    /// Elsewhere.
    Elsewhere,
}

/// A line with more words is a paragraph of the text.
const PARAGRAPH: usize = 30;

impl<'a> Outline<'a> {
    pub(super) fn read(page: &'a Page, title: &str) -> Self {
        let mut outline = Self {
            lines: Vec::new(),
            dated: Vec::new(),
            kinds: HashMap::new(),
            headlines: Vec::new(),
            is_guessed: false,
            around_headline: FxHashSet::default(),
            known: RefCell::default(),
            feet: RefCell::default(),
        };
        if let Some(body) = page.html.select(selector!("body")).next() {
            outline.walk(body);
        }
        for (element, _) in &outline.dated {
            outline.kinds.entry(kind_of(*element)).or_insert((0, element.id())).0 += 1;
        }
        outline.find_headline(&bare(title));
        outline
    }

    fn walk(&mut self, body: ElementRef<'a>) {
        let mut open: Option<(String, ElementRef<'a>)> = None;
        let mut hidden = 0_usize;
        let mut known = HashMap::new();
        for edge in body.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Text(text) if hidden == 0 => match &mut open {
                        Some((line, _)) => join(line, text),
                        None if text.trim().is_empty() => {}
                        None => {
                            open = node.parent().and_then(ElementRef::wrap).map(|e| (text.to_string(), e))
                        }
                    },
                    Node::Element(element) => {
                        hidden += usize::from(is_hidden(element.name()));
                        if breaks_line(element.name()) {
                            self.close(&mut open);
                        }
                        if hidden == 0
                            && let Some(element) =
                                ElementRef::wrap(node).filter(|element| is_dated(*element, &mut known))
                        {
                            self.dated.push((element, self.lines.len()));
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if let Some(element) = node.value().as_element() {
                        hidden -= usize::from(is_hidden(element.name()));
                        if breaks_line(element.name()) {
                            self.close(&mut open);
                        }
                    }
                }
            }
        }
        self.close(&mut open);
    }

    fn close(&mut self, open: &mut Option<(String, ElementRef<'a>)>) {
        // Line feeds in the source of a page are spaces.
        let Some((text, element)) = open.take() else { return };
        let text = squeeze(&text);
        if !text.is_empty() {
            self.lines.push(Line { text, element });
        }
    }

    fn find_headline(&mut self, title: &str) {
        const MOST: usize = 4;
        if title.is_empty() {
            return;
        }
        let bares: Vec<String> = self.lines.iter().map(|line| bare_line(&line.text)).collect();
        let in_heading: Vec<usize> =
            (0..bares.len()).filter(|&place| is_in_heading(self.lines[place].element)).collect();
        let all: Vec<usize> = (0..bares.len()).collect();
        let among = |places: &[usize], is_one: fn(&str, &str) -> bool| -> Vec<usize> {
            places.iter().copied().filter(|&place| is_one(&bares[place], title)).take(MOST).collect()
        };
        let is_title = |text: &str, title: &str| text == title;
        self.headlines = among(&in_heading, is_title);
        // A headline may have several lines.
        for (places, is_one) in
            [(&in_heading, holds_title as fn(&str, &str) -> bool), (&all, is_title), (&all, holds_title)]
        {
            if self.headlines.is_empty() {
                self.headlines = among(places, is_one);
            }
        }
        if self.headlines.is_empty() {
            self.is_guessed = true;
            let paragraph = (0..self.lines.len()).find(|&place| self.is_paragraph(place));
            self.headlines.extend(paragraph.and_then(|place| place.checked_sub(1)));
        }
        for place in &self.headlines {
            let element = self.lines[*place].element;
            self.around_headline.extend(element.ancestors().map(|node| node.id()));
        }
    }

    /// Where a line stands to the headline.
    pub(super) fn zone(&self, line: usize) -> Zone {
        const ABOVE: usize = 4;
        const BELOW: usize = 24;
        let below =
            self.headlines.iter().filter(|&&headline| headline < line).map(|headline| line - headline).min();
        if let Some(distance) = below.filter(|distance| *distance <= BELOW) {
            let between = &self.lines[line - distance + 1..line];
            if between.iter().filter(|line| word_count(&line.text) > PARAGRAPH).count() <= 1 {
                return Zone::Below(distance);
            }
        }
        let above =
            self.headlines.iter().filter(|&&headline| headline >= line).map(|headline| headline - line).min();
        let above = above.filter(|distance| *distance <= ABOVE);
        above.map_or(Zone::Elsewhere, |distance| Zone::Above(distance + usize::from(self.is_guessed)))
    }

    /// Whether a line is a paragraph.
    pub(super) fn is_paragraph(&self, line: usize) -> bool {
        word_count(&self.lines[line].text) > PARAGRAPH
    }
}

fn is_in_heading(element: ElementRef<'_>) -> bool {
    const UP: usize = 3;
    let mut up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take(UP);
    up.any(|element| matches!(element.value().name(), "h1" | "h2"))
}

/// A line in which a headline may stand, bare; empty where it is too long for one.
fn bare_line(text: &str) -> String {
    const LONGEST: usize = 600;
    if text.len() < LONGEST { bare(text) } else { String::new() }
}

/// Whether a line holds the title or is a part of it, some words long; both bare.
fn holds_title(line: &str, title: &str) -> bool {
    const FEWEST: usize = 3;
    word_count(line) >= FEWEST && (title.contains(line) || line.contains(title))
}
