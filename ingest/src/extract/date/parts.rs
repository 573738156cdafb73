//! What the elements of a page are called, and what that says about a date in them.

use scraper::{ElementRef, Node};

use super::outline::Outline;
use crate::extract::blocks::breaks_line;
use crate::extract::lists::{DATED_PARTS, is_named};
use crate::extract::text::squeeze;

impl Outline<'_> {
    /// Whether an element is one of three or more of its kind that hold a date: a list of stories.
    pub(super) fn is_in_list(&self, element: ElementRef<'_>) -> bool {
        const LIST: usize = 3;
        self.kinds.get(&kind_of(element)).is_some_and(|(times, _)| *times >= LIST)
    }

    /// Whether an element is the first of its kind: the article's own date stands above those of others.
    pub(super) fn is_first_of_list(&self, element: ElementRef<'_>) -> bool {
        self.kinds.get(&kind_of(element)).is_some_and(|(_, first)| *first == element.id())
    }

    /// Whether an element lies in the foot of the page, and not in that of its article.
    pub(super) fn is_at_the_foot(&self, element: ElementRef<'_>) -> bool {
        let mut up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        let Some(foot) = up.find(|part| is_named(part.value(), &["footer"])) else { return false };
        let in_article = |node: ElementRef<'_>| matches!(node.value().name(), "article" | "main");
        !self.around_headline.contains(&foot.id())
            && !foot.ancestors().filter_map(ElementRef::wrap).any(in_article)
            && !foot.parent().is_some_and(|parent| {
                self.around_headline.contains(&parent.id())
                    && parent.value().as_element().is_some_and(|e| e.name() != "body")
            })
    }

    /// Whether an element lies in a part whose names hold one of these words, and which does not hold the
    /// headline.
    pub(super) fn lies_in(&self, element: ElementRef<'_>, words: &[&str]) -> bool {
        let up = std::iter::once(element).chain(element.ancestors().filter_map(ElementRef::wrap));
        up.take_while(|part| part.value().name() != "body" && !self.around_headline.contains(&part.id()))
            .any(|part| is_named(part.value(), words))
    }
}

/// The text in an element, as in a line; no more than a little over so many bytes of it.
pub(super) fn text_in(element: ElementRef<'_>, longest: usize) -> String {
    let mut line = String::new();
    for node in element.descendants() {
        if line.len() > longest * 2 {
            break;
        }
        let is_block = node.value().as_element().is_some_and(|inner| breaks_line(inner.name()));
        match node.value() {
            Node::Text(text)
                if !node.parent().and_then(ElementRef::wrap).is_some_and(|e| is_hidden(e.value().name())) =>
            {
                join(&mut line, text);
            }
            _ if is_block => line.push(' '),
            _ => {}
        }
    }
    squeeze(&line)
}

/// Adds to a line what the next element says; figures of two elements are two numbers.
pub(super) fn join(line: &mut String, text: &str) {
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_figure(line.chars().next_back()) && is_figure(text.chars().next()) {
        line.push(' ');
    }
    line.push_str(text);
}

/// Elements of one name and class are of one kind.
pub(super) fn kind_of(element: ElementRef<'_>) -> (&str, &str) {
    (element.value().name(), element.value().attr("class").unwrap_or_default())
}

/// Whether an element is a `<time>` or is called a date.
pub(super) fn is_dated(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let names = [value.attr("class"), value.attr("id"), value.attr("itemprop"), value.attr("property")];
    value.name() == "time"
        || names.into_iter().flatten().any(|name| {
            let name = name.to_ascii_lowercase();
            DATED_PARTS.iter().any(|word| name.contains(word))
        })
}

/// Whether readers see nothing of what an element holds.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "noscript" | "template" | "svg" | "select" | "textarea")
}
