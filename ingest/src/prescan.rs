//! A linear pass over a page before any parser sees it: parsers are quadratic in nesting, in
//! attributes and in elements that overlap, and some overflow their stack.
//!
//! A page within the limits goes on unchanged. Another is written anew: well nested, tags beyond a
//! limit replaced by white space, scripts and drawings dropped. A page that is too large even then
//! is refused.

mod measure;
mod names;
mod rewrite;
mod stack;
mod tokens;

/// How large a page may be that a parser sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Elements inside each other.
    pub depth: usize,
    /// Lists, quotations and headings inside each other: beyond it, text has no width left.
    pub indents: usize,
    /// Elements in all.
    pub elements: usize,
    /// Attributes of one element.
    pub attributes: usize,
    /// Bytes of the page.
    pub bytes: usize,
}

/// The limits that every page is held to. Browsers, too, stop at 512 elements inside each other.
pub const LIMITS: Limits =
    Limits { depth: 512, indents: 24, elements: 200_000, attributes: 256, bytes: 8 << 20 };

/// A page that any parser can take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Safe {
    /// The page.
    pub page: String,
    /// Why it was written anew, as a sentence; `None` if it is as it was.
    pub rewritten: Option<String>,
}

/// Makes a page safe to parse, or says why it cannot be.
pub fn make_safe(page: String, limits: &Limits) -> Result<Safe, String> {
    let Err(trouble) = measure::measure(&page, limits) else { return Ok(Safe { page, rewritten: None }) };
    let written = rewrite::rewrite(&page, limits);
    if written.len() > limits.bytes {
        let (found, most) = (written.len().div_ceil(1 << 20), limits.bytes >> 20);
        return Err(format!("the page holds {found} MB of text and markup; at most {most} MB can be read"));
    }
    let rewritten = Some(format!("The page {trouble}; its markup was simplified before it was read."));
    Ok(Safe { page: written, rewritten })
}
