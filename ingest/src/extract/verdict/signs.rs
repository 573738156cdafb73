//! What a page shows that tells articles from lists, forms and front pages: counted in one walk.

use std::collections::HashSet;

use ego_tree::iter::Edge;
use scraper::ElementRef;

use super::super::edges::ends_sentence;
use super::super::page::{Page, raw_text, selector, text_of};
use super::super::text::{bare, word_count};

/// A link with so many words says what it leads to: the headline of another story.
const TELLING: usize = 4;
/// A paragraph with so many words is prose, and no label.
const PROSE: usize = 12;

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// Words that readers see, menus and sidebars included.
    pub(super) words: usize,
    /// Links that say what they lead to, each text once, as letters and digits only.
    pub(super) telling_links: HashSet<String>,
    /// Headings that are a link to what they head.
    pub(super) linked_headings: usize,
    /// The most words of prose that paragraphs side by side have together.
    pub(super) prose_together: usize,
}

impl Signs {
    pub(super) fn of(page: &Page) -> Self {
        let mut signs = Self::default();
        let Some(body) = page.html.select(selector!("body")).next() else { return signs };
        signs.words = word_count(&raw_text(body));
        for link in body.select(selector!("a[href]")) {
            let text = text_of(link);
            if word_count(&text) >= TELLING {
                signs.telling_links.insert(bare(&text));
            }
        }
        let headings =
            body.select(selector!("h2 a[href], h3 a[href], h4 a[href], a[href] h2, a[href] h3, a[href] h4"));
        signs.linked_headings = headings.filter(|heading| word_count(&text_of(*heading)) >= TELLING).count();
        signs.prose_together = prose_together(body);
        signs
    }
}

/// The most words of prose that paragraphs in one element have together.
fn prose_together(body: ElementRef<'_>) -> usize {
    let mut most = 0;
    let mut open: Vec<usize> = Vec::new();
    for edge in body.traverse() {
        match edge {
            Edge::Open(node) if node.value().is_element() => open.push(0),
            Edge::Close(node) if node.value().is_element() => {
                most = most.max(open.pop().unwrap_or_default());
                let is_paragraph = |name: &str| matches!(name, "p" | "blockquote");
                let paragraph = ElementRef::wrap(node).filter(|element| is_paragraph(element.value().name()));
                if let (Some(paragraph), Some(around)) = (paragraph, open.last_mut()) {
                    *around += prose_of(paragraph);
                }
            }
            _ => {}
        }
    }
    most
}

/// The words of a paragraph that is prose; of one that is a link, none.
fn prose_of(paragraph: ElementRef<'_>) -> usize {
    let text = text_of(paragraph);
    let words = word_count(&text);
    let linked: usize = paragraph.select(selector!("a")).map(|link| word_count(&text_of(link))).sum();
    if words >= PROSE && linked * 2 < words && ends_sentence(&text) { words } else { 0 }
}
