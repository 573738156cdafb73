//! What surrounds a node of a page: what the elements that it lies in make of its text.

use std::sync::LazyLock;

use dateline_index::article::BlockKind;
use ego_tree::NodeId;
use regex::Regex;
use scraper::ElementRef;

use super::blocks::kind_of;
use super::lists::CAPTION_PARTS;

/// What surrounds a node.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) element: usize,
    pub(super) kind: BlockKind,
    /// How many blocks lie between it and the next around it whose name says that it holds a caption.
    pub(super) under_caption: Option<usize>,
    pub(super) row: Option<NodeId>,
    pub(super) link: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

impl Default for Around {
    fn default() -> Self {
        let kind = BlockKind::Paragraph;
        Self { element: 0, kind, under_caption: None, row: None, link: false, bold: false, italic: false }
    }
}

impl Around {
    /// What a segment here is.
    pub(super) fn kind(&self) -> BlockKind {
        // A heading that is called a caption is a heading.
        let is_caption = self.under_caption.is_some() && self.kind != BlockKind::Heading;
        if is_caption { BlockKind::Caption } else { self.kind }
    }

    /// What surrounds what a block element holds.
    pub(super) fn inside(self, element: ElementRef<'_>, number: usize) -> Self {
        /// Further down stand whole articles, where somebody forgot to close a caption.
        const DEEPEST: usize = 2;
        let value = element.value();
        let deeper = self.under_caption.map(|blocks| blocks + 1).filter(|blocks| *blocks <= DEEPEST);
        Self {
            element: number,
            kind: kind_of(value.name(), self.kind),
            under_caption: if is_caption(value) { Some(0) } else { deeper },
            row: match value.name() {
                "tr" => Some(element.id()),
                "td" | "th" => self.row,
                _ => None,
            },
            ..self
        }
    }
}

/// Whether an element's class, id or `itemprop` says that it holds a caption.
fn is_caption(element: &scraper::node::Element) -> bool {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let words: Vec<String> = CAPTION_PARTS.iter().map(|word| regex::escape(word)).collect();
        Regex::new(&format!("(?i-u){}", words.join("|"))).expect("escaped words are a pattern")
    });
    let mut names = ["class", "id", "itemprop"].into_iter().filter_map(|name| element.attr(name));
    names.any(|name| NAMED.is_match(name))
}

/// Whether an element is not shown before a reader asks for it.
pub(super) fn is_hidden(element: &scraper::node::Element) -> bool {
    let style = || element.attr("style").is_some_and(|it| it.contains("display") && it.contains("none"));
    element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || style()
        || has_hidden_class(element)
}

/// Whether a class hides it on screens of any size: "hidden md:block" shows it on some.
fn has_hidden_class(element: &scraper::node::Element) -> bool {
    let classes = element.attr("class").unwrap_or_default();
    let mut words = classes.split_ascii_whitespace();
    classes.contains("hidden")
        && words.clone().any(|word| word == "hidden")
        && !words.any(|word| word.contains(':'))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::segments::Segments;
    use super::*;

    fn segments(markup: &str) -> Vec<(String, BlockKind, bool)> {
        let html = scraper::Html::parse_document(markup);
        let found = Segments::of(&html, &HashSet::new());
        let hidden = |element: usize| found.elements[element].hidden;
        found.segments.iter().map(|it| (it.text.clone(), it.kind, hidden(it.element))).collect()
    }

    #[test]
    fn what_is_named_a_caption_is_one_and_what_stands_far_below_is_not() {
        let found = segments(
            "<div class=wp-caption-text><p>Boats in the harbour<h2>Closed</h2><div><div><p>The port is closed.</div></div>\
             </div><p class=lead>It stays so.",
        );
        let kinds: Vec<BlockKind> = found.iter().map(|(_, kind, _)| *kind).collect();
        let [caption, heading, text] = [BlockKind::Caption, BlockKind::Heading, BlockKind::Paragraph];
        assert_eq!(kinds, [caption, heading, text, text], "{found:?}");
    }

    #[test]
    fn what_one_size_of_screen_shows_is_not_hidden() {
        let found = segments("<div class='intro hidden'>Log in</div><div class='hidden md:block'>Text</div>");
        assert_eq!(found.iter().map(|(_, _, hidden)| *hidden).collect::<Vec<_>>(), [true, false]);
    }
}
