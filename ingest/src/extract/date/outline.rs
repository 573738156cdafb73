//! A page's text as lines, and where among them the headline stands.

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};

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
    /// The lines that are the headline.
    headlines: Vec<usize>,
    /// Whether these are lines that stand where a headline should, and not the title.
    is_guessed: bool,
    /// What holds a headline: no part of these speaks of something else.
    around_headline: HashSet<NodeId>,
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

/// Words in the names of elements that hold dates.
const DATED: &[&str] = &[
    "date", "time", "publi", "posted", "datum", "fecha", "created", "byline", "stand", "info", "meta", "submitted",
    "author", "day",
];

/// A line with more words is a paragraph of the text.
const PARAGRAPH: usize = 30;

impl<'a> Outline<'a> {
    pub(super) fn read(page: &'a Page, title: &str) -> Self {
        let mut outline =
            Self { lines: Vec::new(), dated: Vec::new(), headlines: Vec::new(), is_guessed: false, around_headline: HashSet::new() };
        if let Some(body) = page.html.select(selector!("body")).next() {
            outline.walk(body);
        }
        outline.find_headline(&bare(title));
        outline
    }

    fn walk(&mut self, body: ElementRef<'a>) {
        let mut open: Option<(String, ElementRef<'a>)> = None;
        let mut hidden = 0_usize;
        for edge in body.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Text(text) if hidden == 0 => match &mut open {
                        Some((line, _)) => join(line, text),
                        None if text.trim().is_empty() => {}
                        None => open = node.parent().and_then(ElementRef::wrap).map(|e| (text.to_string(), e)),
                    },
                    Node::Element(element) => {
                        hidden += usize::from(is_hidden(element.name()));
                        if breaks_line(element.name()) {
                            self.close(&mut open);
                        }
                        if hidden == 0
                            && let Some(element) = ElementRef::wrap(node).filter(|element| is_dated(*element))
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
        const LONGEST: usize = 600;
        if title.is_empty() {
            return;
        }
        let lines = |is_one: &dyn Fn(&Line<'_>) -> bool| -> Vec<usize> {
            (0..self.lines.len()).filter(|&place| is_one(&self.lines[place])).collect()
        };
        let is_title = |line: &Line<'_>| line.text.len() < LONGEST && bare(&line.text) == title;
        let choices = [
            lines(&|line| is_in_heading(line.element) && is_title(line)),
            // A headline of several lines.
            lines(&|line| is_in_heading(line.element) && holds_title(&line.text, title)),
            lines(&is_title),
            lines(&|line| holds_title(&line.text, title)),
        ];
        self.headlines = choices.into_iter().find(|places| !places.is_empty()).unwrap_or_default();
        if self.headlines.is_empty() {
            self.is_guessed = true;
            let paragraph = (0..self.lines.len()).find(|&place| self.is_paragraph(place));
            self.headlines.extend(paragraph.and_then(|place| place.checked_sub(1)));
        }
        self.headlines.truncate(MOST);
        for place in &self.headlines {
            let element = self.lines[*place].element;
            self.around_headline.extend(element.ancestors().map(|node| node.id()));
        }
    }

    /// Where a line stands to the headline.
    pub(super) fn zone(&self, line: usize) -> Zone {
        const ABOVE: usize = 4;
        const BELOW: usize = 24;
        let below = self.headlines.iter().filter(|&&headline| headline < line).map(|headline| line - headline).min();
        if let Some(distance) = below.filter(|distance| *distance <= BELOW) {
            let between = &self.lines[line - distance + 1..line];
            if between.iter().filter(|line| word_count(&line.text) > PARAGRAPH).count() <= 1 {
                return Zone::Below(distance);
            }
        }
        let above = self.headlines.iter().filter(|&&headline| headline >= line).map(|headline| headline - line).min();
        let above = above.filter(|distance| *distance <= ABOVE);
        above.map_or(Zone::Elsewhere, |distance| Zone::Above(distance + usize::from(self.is_guessed)))
    }

    /// Whether an element is one of three or more of its kind that hold a date: a list of stories.
    pub(super) fn is_in_list(&self, element: ElementRef<'_>) -> bool {
        const LIST: usize = 3;
        let kind = kind_of(element);
        self.dated.iter().filter(|(other, _)| kind_of(*other) == kind).take(LIST).count() == LIST
    }

    /// Whether an element is the first of its kind: the article's own date stands above those of others.
    pub(super) fn is_first_of_list(&self, element: ElementRef<'_>) -> bool {
        let kind = kind_of(element);
        self.dated.iter().find(|(other, _)| kind_of(*other) == kind).is_some_and(|(first, _)| first.id() == element.id())
    }

    /// Whether an element lies in the foot of the page, and not in that of its article.
    pub(super) fn is_at_the_foot(&self, element: ElementRef<'_>) -> bool {
        let mut up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        let Some(foot) = up.find(|part| is_named(*part, &["footer"])) else { return false };
        let in_article = |node: ElementRef<'_>| matches!(node.value().name(), "article" | "main");
        !self.around_headline.contains(&foot.id())
            && !foot.ancestors().filter_map(ElementRef::wrap).any(in_article)
            && !foot.parent().is_some_and(|parent| self.around_headline.contains(&parent.id()) && parent.value().as_element().is_some_and(|e| e.name() != "body"))
    }

    /// Whether a line is a paragraph.
    pub(super) fn is_paragraph(&self, line: usize) -> bool {
        word_count(&self.lines[line].text) > PARAGRAPH
    }

    /// Whether an element lies in a part whose names hold one of these words, and which does not hold the
    /// headline.
    pub(super) fn lies_in(&self, element: ElementRef<'_>, words: &[&str]) -> bool {
        let up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        up.take_while(|part| part.value().name() != "body" && !self.around_headline.contains(&part.id()))
            .any(|part| is_named(part, words))
    }
}

fn is_in_heading(element: ElementRef<'_>) -> bool {
    const UP: usize = 3;
    let mut up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap)).take(UP);
    up.any(|element| matches!(element.value().name(), "h1" | "h2"))
}

/// The text in an element, as in a line.
pub(super) fn text_in(element: ElementRef<'_>) -> String {
    let mut line = String::new();
    for node in element.descendants() {
        let is_block = node.value().as_element().is_some_and(|inner| breaks_line(inner.name()));
        match node.value() {
            Node::Text(text) if !node.parent().and_then(ElementRef::wrap).is_some_and(|e| is_hidden(e.value().name())) => {
                join(&mut line, text);
            }
            _ if is_block => line.push(' '),
            _ => {}
        }
    }
    squeeze(&line)
}

/// Adds to a line what the next element says; figures of two elements are two numbers.
fn join(line: &mut String, text: &str) {
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_figure(line.chars().next_back()) && is_figure(text.chars().next()) {
        line.push(' ');
    }
    line.push_str(text);
}

/// Whether a line holds the title or is a part of it, some words long; both bare.
fn holds_title(line: &str, title: &str) -> bool {
    const FEWEST: usize = 3;
    const LONGEST: usize = 600;
    let text = bare(line);
    text == title || line.len() < LONGEST && word_count(&text) >= FEWEST && (title.contains(&text) || text.contains(title))
}

/// Whether the names of an element hold one of these words.
pub(super) fn is_named(element: ElementRef<'_>, words: &[&str]) -> bool {
    let value = element.value();
    let names = [Some(value.name()), value.attr("class"), value.attr("id"), value.attr("itemprop"), value.attr("role")];
    names.into_iter().flatten().any(|name| {
        let name = name.to_ascii_lowercase();
        words.iter().any(|word| name.contains(word))
    })
}

fn kind_of(element: ElementRef<'_>) -> (&str, &str) {
    (element.value().name(), element.value().attr("class").unwrap_or_default())
}

fn is_dated(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let names = [value.attr("class"), value.attr("id"), value.attr("itemprop"), value.attr("property")];
    value.name() == "time"
        || names.into_iter().flatten().any(|name| {
            let name = name.to_ascii_lowercase();
            DATED.iter().any(|word| name.contains(word))
        })
}

fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "svg" | "select" | "textarea")
}
