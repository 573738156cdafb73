//! Writes a page anew that no parser could take as it is: well nested, within the limits, and
//! without what is not for readers.

use super::Limits;
use super::measure::contains;
use super::names::{BLOCKS, BREAKOUT, INDENTED, Name, RAW, ROOTS, VOID};
use super::stack::Stack;
use super::tokens::{Attributes, Tag, Token, Tokens};

/// The longest attribute that is kept: pictures packed into an address go, summaries stay.
const MAX_ATTRIBUTE: usize = 16 << 10;

/// Elements of which only the content is kept.
const DROPPED: &[Name] = &[
    Name::of("applet"),
    Name::of("frameset"),
    Name::of("marquee"),
    Name::of("noscript"),
    Name::of("object"),
    Name::of("optgroup"),
    Name::of("option"),
    Name::of("plaintext"),
    Name::of("select"),
    Name::of("template"),
];

/// Writes a page anew.
pub(super) fn rewrite(page: &str, limits: &Limits) -> String {
    let mut rewrite = Rewrite {
        limits,
        out: String::with_capacity(page.len().min(limits.bytes)),
        stack: Stack::default(),
        names: Vec::new(),
        elements: 0,
        roots: Vec::new(),
        too_deep: Vec::new(),
    };
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => rewrite.text(text),
            Token::Start(tag) => rewrite.start(&tag, &mut tokens),
            Token::End(tag) => rewrite.end(&tag),
            Token::Comment(_) => {}
        }
    }
    rewrite.close_to(0);
    rewrite.out
}

struct Rewrite<'p, 'l> {
    limits: &'l Limits,
    out: String,
    stack: Stack,
    /// The open elements' names as they are written.
    names: Vec<&'p str>,
    elements: usize,
    /// Which of `html`, `head` and `body` have been written.
    roots: Vec<Name>,
    /// The elements that were dropped because they lie too deep, and not closed since.
    too_deep: Vec<Name>,
}

impl<'p> Rewrite<'p, '_> {
    fn text(&mut self, text: &str) {
        // What was no tag where it stood must not become one where something was dropped.
        for (place, part) in text.split('<').enumerate() {
            self.out.push_str(if place == 0 { "" } else { "&lt;" });
            self.out.push_str(part);
        }
    }

    fn start(&mut self, tag: &Tag<'p>, tokens: &mut Tokens<'p>) {
        let name = Name::of(tag.name);
        if name.among(RAW) && self.stack.is_foreign() {
            return skip_in_drawing(tag, tokens);
        }
        if name.among(RAW) {
            return self.raw(tag, name, tokens.raw_text(tag.name));
        }
        if name.is(Name::of("svg")) || name.is(Name::of("math")) {
            self.stack.push(name);
            return self.names.push("");
        }
        // A second `<body>` only adds its attributes to the first: one by one, all of them.
        if name.among(ROOTS) {
            if self.roots.contains(&name) {
                return;
            }
            self.roots.push(name);
        }
        if name.among(BREAKOUT)
            && self.stack.is_foreign()
            && let Ok(place) = self.stack.closed_by_start(name)
        {
            self.close_to(place);
        }
        if self.stack.is_foreign() || name.among(DROPPED) || self.elements >= self.limits.elements {
            return self.out.push('\n');
        }
        // A link in a link closes the outer one, whatever lies between.
        if name.is(Name::of("a"))
            && let Some(place) = self.stack.closed_by_end(name)
        {
            self.close_to(place);
        }
        let Ok(place) = self.stack.closed_by_start(name) else { return self.out.push('\n') };
        self.close_to(place);
        let stays_open = !name.among(VOID) && !name.among(ROOTS);
        if stays_open && self.is_too_deep(name) {
            self.too_deep.push(name);
            return self.gap(name);
        }
        self.open(tag);
        if stays_open {
            self.stack.push(name);
            self.names.push(tag.name);
        }
    }

    fn is_too_deep(&self, name: Name) -> bool {
        let no_width = name.among(INDENTED) && self.stack.indents >= self.limits.indents;
        no_width || self.stack.len() >= self.limits.depth
    }

    /// What stands for a tag that lies too deep: a new line, if it was a block.
    fn gap(&mut self, name: Name) {
        if name.among(BLOCKS) && !self.out.ends_with("<br>") {
            self.elements += 1;
            self.out.push_str("<br>");
        } else {
            self.out.push('\n');
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        self.elements += 1;
        self.out.push('<');
        self.out.push_str(tag.name);
        let kept = Attributes::new(tag.attributes).take(self.limits.attributes.min(64));
        for span in kept.filter(|span| span.len() <= MAX_ATTRIBUTE) {
            self.out.push(' ');
            self.out.push_str(&tag.attributes[span]);
        }
        // The space keeps the bracket out of an unquoted value.
        self.out.push_str(if tag.count > 0 { " >" } else { ">" });
    }

    fn end(&mut self, tag: &Tag<'_>) {
        let name = Name::of(tag.name);
        if self.too_deep.last() == Some(&name) {
            self.too_deep.pop();
            return self.gap(name);
        }
        match self.stack.closed_by_end(name) {
            Some(place) => self.close_to(place),
            None => self.out.push('\n'),
        }
    }

    fn close_to(&mut self, place: usize) {
        while self.names.len() > place {
            if let Some(name) = self.names.pop().filter(|name| !name.is_empty()) {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
        self.stack.truncate(place);
    }

    /// Of what is no markup, readers see the title, and extraction the page's own data.
    fn raw(&mut self, tag: &Tag<'_>, name: Name, text: &str) {
        if self.elements >= self.limits.elements {
            return;
        }
        let is_data = name.is(Name::of("script")) && contains(tag.attributes, "ld+json");
        if is_data {
            self.open(tag);
            self.out.push_str(&text.replace('<', "\\u003c"));
            self.out.push_str("</script>");
        } else if name.is(Name::of("title")) {
            self.out.push_str("<title>");
            self.text(text);
            self.out.push_str("</title>");
        }
    }
}

/// Passes over a drawing's own style, script or title. There, these end as other elements do, or
/// not at all: what reaches beyond the drawing is not theirs.
fn skip_in_drawing(tag: &Tag<'_>, tokens: &mut Tokens<'_>) {
    let start = tokens.place();
    let inside = if tag.closes_itself { None } else { tokens.short_raw_text(tag.name) };
    if inside.is_some_and(|inside| contains(inside, "</svg") || contains(inside, "</math")) {
        tokens.go_back_to(start);
    }
}
