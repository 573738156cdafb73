//! From markup to blocks of text: walks the block elements, renders each by html2text, and joins
//! them with an empty line, so that each block knows its bytes.

use dateline_index::article::{Block, BlockKind};
use scraper::{ElementRef, Html, Node};

use super::text::{is_invisible, without_controls};

/// A stretch of text before it has a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    pub(super) text: String,
}

/// The stretches of a piece of markup, in order.
pub(super) fn pieces(markup: &str) -> Vec<Piece> {
    let fragment = Html::parse_fragment(markup);
    let mut walk = Walk::default();
    walk.children(fragment.root_element(), BlockKind::Paragraph);
    walk.flush(BlockKind::Paragraph);
    walk.pieces
}

/// Joins pieces into a text and says where each of them lies.
pub(super) fn join(pieces: &[Piece]) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&piece.text);
        blocks.push(Block { kind: piece.kind, start, end: text.len() });
    }
    (text, blocks)
}

/// The stretches of a text that stands already: one between each two empty lines.
pub(super) fn stretches(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut place = 0;
    for stretch in text.split("\n\n") {
        let start = place + (stretch.len() - stretch.trim_start().len());
        let end = place + stretch.trim_end().len();
        if start < end {
            blocks.push(Block { kind: BlockKind::Paragraph, start, end });
        }
        place += stretch.len() + 2;
    }
    blocks
}

/// Whether an element begins and ends on a line of its own.
pub(super) fn breaks_line(name: &str) -> bool {
    name == "br" || is_block(name)
}

pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "html"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// What an element makes of the text in it.
pub(super) fn kind_of(name: &str, around: BlockKind) -> BlockKind {
    match name {
        "blockquote" => BlockKind::Quote,
        "figcaption" => BlockKind::Caption,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        // A quotation in a list is still a quotation.
        "li" | "dd" | "dt" if around == BlockKind::Paragraph => BlockKind::List,
        _ => around,
    }
}

#[derive(Default)]
struct Walk {
    pieces: Vec<Piece>,
    /// Markup of inline elements that no block has ended yet.
    pending: String,
}

impl Walk {
    fn children(&mut self, element: ElementRef<'_>, around: BlockKind) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => escape(text, &mut self.pending),
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child, around);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, around: BlockKind) {
        let name = element.value().name();
        match name {
            "script" | "style" | "noscript" | "template" | "svg" | "img" | "button" | "input" | "select" => {}
            "tr" if !holds_block(element, true) => {
                self.flush(around);
                for cell in element.child_elements() {
                    self.pending.push_str(&cell.inner_html());
                    self.pending.push(' ');
                }
                self.flush(around);
            }
            _ if is_block(name) => {
                self.flush(around);
                let kind = kind_of(name, around);
                self.children(element, kind);
                self.flush(kind);
            }
            // <b><p>…</p></b>: inline by name, block by what it holds.
            _ if holds_block(element, false) => {
                self.children(element, around);
            }
            _ => self.pending.push_str(&element.html()),
        }
    }

    fn flush(&mut self, kind: BlockKind) {
        let markup = std::mem::take(&mut self.pending);
        if markup.trim().is_empty() {
            return;
        }
        self.pieces.extend(inline_pieces(&markup, kind));
    }
}

/// Inline markup as pieces: two line breaks part them.
pub(super) fn inline_pieces(markup: &str, kind: BlockKind) -> Vec<Piece> {
    // html2text drops control characters, and two words would become one.
    let markup = without_controls(markup);
    // Where nothing is marked up, there is nothing to render.
    if !markup.contains(['<', '&']) {
        let text = tidy(&markup.replace('\n', " "));
        return if text.is_empty() { Vec::new() } else { vec![Piece { kind, text }] };
    }
    let rendered = render(&markup);
    let texts = rendered.split("\n\n").map(tidy);
    texts.filter(|text| !text.trim().is_empty()).map(|text| Piece { kind, text }).collect()
}

fn holds_block(element: ElementRef<'_>, ignore_cells: bool) -> bool {
    element.descendants().skip(1).any(|node| {
        node.value().as_element().is_some_and(|inner| {
            is_block(inner.name()) && !(ignore_cells && matches!(inner.name(), "td" | "th"))
        })
    })
}

pub(super) fn escape(text: &str, into: &mut String) {
    for character in text.chars() {
        match character {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            other => into.push(other),
        }
    }
}

/// Inline markup as text, through html2text: undecorated, and never too narrow.
pub(super) fn render(markup: &str) -> String {
    const WIDTH: usize = 100_000;
    html2text::config::plain_no_decorate()
        .raw_mode(true)
        .allow_width_overflow()
        .string_from_read(markup.as_bytes(), WIDTH)
        .unwrap_or_else(|_| super::text::plain(markup))
}

/// Lines without spaces at their ends and without characters that nobody sees.
fn tidy(text: &str) -> String {
    let text = without_controls(text);
    let lines = text.lines().map(|line| {
        let mut tidy = String::with_capacity(line.len());
        for c in line.trim().chars().filter(|c| !is_invisible(*c)) {
            let c = if c.is_whitespace() { ' ' } else { c };
            if !(c == ' ' && tidy.ends_with(' ')) {
                tidy.push(c);
            }
        }
        tidy
    });
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_cut_at_its_own_bytes() {
        let pieces = pieces(
            "<p>Ein <b>Größe</b>r&nbsp;Satz.</p><h2>Über &amp; unter</h2><ul><li>eins<li>zwei</ul>\
             <blockquote><p>Zitat</p></blockquote>loose <i>text</i><br><br>after two breaks",
        );
        let (text, blocks) = join(&pieces);
        let cut: Vec<_> = blocks.iter().map(|b| (b.kind, &text[b.start..b.end])).collect();
        assert_eq!(
            cut,
            [
                (BlockKind::Paragraph, "Ein Größer Satz."),
                (BlockKind::Heading, "Über & unter"),
                (BlockKind::List, "eins"),
                (BlockKind::List, "zwei"),
                (BlockKind::Quote, "Zitat"),
                (BlockKind::Paragraph, "loose text"),
                (BlockKind::Paragraph, "after two breaks"),
            ]
        );
        assert!(text.starts_with("Ein Größer Satz.\n\nÜber & unter\n\neins"));
    }

    #[test]
    fn control_characters_become_spaces() {
        assert_eq!(pieces("<p>a\u{1}b\u{7f}c</p>")[0].text, "a b c");
    }

    #[test]
    fn stretches_of_a_given_text_point_into_it() {
        let text = "One.\n\n\n\n Two \n\nThree\nlines\n\n";
        let cut: Vec<_> = stretches(text).iter().map(|b| &text[b.start..b.end]).collect();
        assert_eq!(cut, ["One.", "Two", "Three\nlines"]);
    }
}
