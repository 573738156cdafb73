//! Whether a page is small, flat and plain enough for any parser, without changing it.

use std::collections::BTreeMap;

use super::Limits;
use super::names::{BREAKOUT, FORMATTING, IMPLIED, Name, RAW, ROOTS, TABLE_PARTS, VOID};
use super::stack::Stack;
use super::tokens::{Tag, Token, Tokens};

/// Why a page cannot go to a parser as it is, as the end of "the page …".
pub(super) type Trouble = &'static str;

/// Measures a page. Stops at the first limit that it breaks.
pub(super) fn measure(page: &str, limits: &Limits) -> Result<(), Trouble> {
    if page.len() > limits.bytes {
        return Err("is very large");
    }
    let mut measure = Measure {
        limits,
        stack: Stack::default(),
        unclosed: Unclosed::default(),
        elements: 0,
        root_attributes: 0,
    };
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next() {
        measure.check_hidden(&token)?;
        match token {
            Token::Start(tag) => measure.start(&tag, &mut tokens)?,
            Token::End(tag) => measure.end(&tag)?,
            Token::Text(_) | Token::Comment(_) => {}
        }
    }
    Ok(())
}

struct Measure<'l> {
    limits: &'l Limits,
    stack: Stack,
    unclosed: Unclosed,
    elements: usize,
    root_attributes: usize,
}

const FRAMESET: Name = Name::of("frameset");

/// Two parsers that disagree on where something ends see two different pages.
const AMBIGUOUS: Trouble = "has markup that parsers read differently";

impl Measure<'_> {
    fn start<'p>(&mut self, tag: &Tag<'p>, tokens: &mut Tokens<'p>) -> Result<(), Trouble> {
        let name = Name::of(tag.name);
        self.check_attributes(tag)?;
        self.count(name)?;
        // Inside a drawing, what does not end it is nothing but an element.
        if name.is(FRAMESET) && self.stack.has(FRAMESET) {
            return Err(AMBIGUOUS);
        }
        let is_foreign = self.stack.is_foreign() && !name.among(BREAKOUT);
        if name.among(ROOTS) && !is_foreign {
            // Every `<body>` adds its attributes to the one body.
            self.root_attributes += tag.count;
            let few = self.root_attributes <= self.limits.attributes;
            return if few { Ok(()) } else { Err("has an element with very many attributes") };
        }
        if name.is(const { Name::of("xmp") })
            && let Ok(place) = self.stack.closed_by_start(name)
        {
            self.stack.truncate(place);
        }
        if name.among(RAW) {
            return self.check_raw(tokens.raw_text(tag.name));
        }
        if name.among(VOID) && !is_foreign {
            if let Ok(place) = self.stack.closed_by_start(name) {
                self.stack.truncate(place);
            }
        } else if !(tag.closes_itself && is_foreign) {
            self.stack.start(name);
        }
        let is_empty = name.among(VOID) || (tag.closes_itself && is_foreign);
        if !is_empty {
            self.unclosed.open(name);
        }
        self.check_depth()
    }

    fn end(&mut self, tag: &Tag<'_>) -> Result<(), Trouble> {
        self.check_attributes(tag)?;
        let name = Name::of(tag.name);
        self.unclosed.close(name);
        let closed = self.stack.end(name);
        // Whether it ends the drawing around it is a question of what else is open.
        let breaks_out = || self.stack.has(name) || name.among(const { &[Name::of("p"), Name::of("br")] });
        if !closed && self.stack.is_foreign() && breaks_out() {
            return Err(AMBIGUOUS);
        }
        // An end tag of a paragraph that was never opened makes an empty one.
        if closed || name.among(const { &[Name::of("p"), Name::of("br")] }) {
            self.count(name)?;
        }
        self.check_depth()
    }

    /// Counts a tag, and the formatting elements that a parser may open anew around it.
    fn count(&mut self, name: Name) -> Result<(), Trouble> {
        self.elements += 1;
        if !name.among(FORMATTING) {
            self.elements += self.stack.lost();
        }
        if self.elements > self.limits.elements { Err("has very many elements") } else { Ok(()) }
    }

    fn check_depth(&self) -> Result<(), Trouble> {
        if self.stack.depth() > self.limits.depth || self.stack.indents > self.limits.indents {
            return Err("is nested very deeply");
        }
        if self.unclosed.total > UNCLOSED * self.limits.depth {
            return Err("has very many elements without an end");
        }
        if self.stack.overlaps > self.limits.depth {
            Err("has very many overlapping elements")
        } else {
            Ok(())
        }
    }

    fn check_attributes(&self, tag: &Tag<'_>) -> Result<(), Trouble> {
        if tag.count > self.limits.attributes {
            Err("has an element with very many attributes")
        } else {
            Ok(())
        }
    }

    /// Text that some parsers read as markup: inside drawings and menus.
    fn check_raw(&self, text: &str) -> Result<(), Trouble> {
        let ignoring = const { [Name::of("select"), FRAMESET] };
        let elsewhere = self.stack.is_foreign() || ignoring.iter().any(|name| self.stack.has(*name));
        let hidden = self.stack.is_in_noscript() && contains(text, "</noscript");
        let ambiguous = hidden || (elsewhere && text.contains('<'));
        if ambiguous { Err(AMBIGUOUS) } else { Ok(()) }
    }

    /// Ends of things that only some parsers see: inside a `noscript`, inside a drawing.
    fn check_hidden(&self, token: &Token<'_>) -> Result<(), Trouble> {
        let source = match token {
            Token::Text(_) => return Ok(()),
            Token::Start(tag) | Token::End(tag) => tag.attributes,
            Token::Comment(source) => source,
        };
        let hidden = self.stack.is_in_noscript() && contains(source, "</noscript");
        let data = self.stack.is_foreign() && source.starts_with("<![CDATA[");
        if hidden || data { Err(AMBIGUOUS) } else { Ok(()) }
    }
}

/// How many times the depth of the limit may be left without an end.
const UNCLOSED: usize = 4;

/// Start tags that have no end tag so far and need one. The stack is a model and may be led astray;
/// this is a plain count: nothing nests deep that was not left open.
#[derive(Default)]
struct Unclosed {
    of_name: BTreeMap<Name, usize>,
    total: usize,
}

impl Unclosed {
    fn open(&mut self, name: Name) {
        if !name.among(IMPLIED) && !name.among(TABLE_PARTS) {
            *self.of_name.entry(name).or_default() += 1;
            self.total += 1;
        }
    }

    fn close(&mut self, name: Name) {
        if let Some(count) = self.of_name.get_mut(&name).filter(|count| **count > 0) {
            *count -= 1;
            self.total -= 1;
        }
    }
}

/// Whether a text contains a word of ASCII, whatever its case.
pub(super) fn contains(text: &str, word: &str) -> bool {
    text.as_bytes().windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}
