//! Names of elements as numbers, and the groups that the HTML standard sorts them into.

/// An element's name in lower case, packed: up to fifteen letters and their number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(u128);

impl Name {
    /// A name too long to be of HTML.
    const LONG: Self = Self(u128::MAX);

    /// Packs a name.
    pub(super) const fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        if bytes.len() > 15 {
            return Self::LONG;
        }
        let mut packed = bytes.len() as u128;
        let mut place = 0;
        while place < bytes.len() {
            packed = packed << 8 | bytes[place].to_ascii_lowercase() as u128;
            place += 1;
        }
        Self(packed)
    }

    /// Whether two elements of this name are surely of one kind: long names are not told apart.
    pub(super) fn is(self, other: Self) -> bool {
        self == other && self != Self::LONG
    }

    pub(super) fn among(self, group: &[Self]) -> bool {
        group.contains(&self)
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $group:ident: $($name:literal)*) => {
        $(#[$doc])*
        pub(super) const $group: &[Name] = &[$(Name::of($name)),*];
    };
}

names! {
    /// Elements without content.
    VOID: "area" "base" "basefont" "bgsound" "br" "col" "embed" "frame" "hr" "image" "img" "input" "keygen"
    "link" "meta" "param" "source" "track" "wbr"
}
names! {
    /// Elements whose content is text up to their end tag.
    RAW: "iframe" "noembed" "noframes" "script" "style" "textarea" "title" "xmp"
}
names! {
    /// Elements that exist once; their attributes gather on it.
    ROOTS: "body" "head" "html"
}
names! {
    /// Inline elements that the standard opens anew after a block has closed them.
    FORMATTING: "a" "b" "big" "code" "em" "font" "i" "nobr" "s" "small" "strike" "strong" "tt" "u"
}
names! {
    /// Blocks: their start closes an open paragraph, their end looks through what is open inside.
    BLOCKS: "address" "article" "aside" "blockquote" "center" "dd" "details" "dialog" "dir" "div" "dl" "dt"
    "fieldset" "figcaption" "figure" "footer" "form" "h1" "h2" "h3" "h4" "h5" "h6" "header" "hgroup" "hr" "li"
    "listing" "main" "menu" "nav" "ol" "p" "plaintext" "pre" "search" "section" "summary" "table" "ul" "xmp"
}
names! {
    HEADINGS: "h1" "h2" "h3" "h4" "h5" "h6"
}
names! {
    /// Parts of a table, which look for their table only.
    TABLE_PARTS: "caption" "colgroup" "tbody" "td" "tfoot" "th" "thead" "tr"
}
names! {
    DEFINITIONS: "dd" "dt"
}
names! {
    RUBY: "rb" "rp" "rt" "rtc"
}
names! {
    /// Elements whose end tag may be left out.
    IMPLIED: "dd" "dt" "li" "optgroup" "option" "p" "rb" "rp" "rt" "rtc"
}
names! {
    ROW_GROUPS: "tbody" "tfoot" "thead"
}
names! {
    CELLS: "caption" "td" "th"
}
names! {
    /// Inside these, formatting from outside is out of sight.
    MARKERS: "applet" "caption" "marquee" "object" "td" "template" "th"
}
names! {
    /// No end tag inside reaches through these. `noscript` is here because some parsers hide what
    /// is inside it.
    BARRIERS: "annotation-xml" "applet" "caption" "desc" "foreignobject" "frameset" "marquee" "math" "noscript" "object"
    "select" "svg" "table" "td" "template" "th"
}
names! {
    /// Elements that are no blocks, but whose end tag looks through blocks, too.
    SCOPED: "applet" "button" "marquee" "object" "select" "template"
}
names! {
    /// Not even the end of a table's part reaches through these.
    TABLE_BARRIERS: "math" "noscript" "select" "svg" "table" "template"
}
names! {
    FOREIGN: "math" "svg"
}
names! {
    /// Inside these, a drawing or a formula holds ordinary markup.
    INTEGRATION: "annotation-xml" "desc" "foreignobject" "mi" "mn" "mo" "ms" "mtext" "title"
}
names! {
    /// Elements that end a drawing or a formula when they start inside it.
    BREAKOUT: "b" "big" "blockquote" "body" "br" "center" "code" "dd" "div" "dl" "dt" "em" "embed" "h1" "h2"
    "h3" "h4" "h5" "h6" "head" "hr" "i" "img" "li" "listing" "menu" "meta" "nobr" "ol" "p" "pre" "ruby" "s"
    "small" "span" "strong" "strike" "sub" "sup" "table" "tt" "u" "ul" "var"
}
names! {
    /// Elements that a renderer of plain text indents or marks: there is only so much width.
    INDENTED: "blockquote" "dd" "dir" "dl" "h1" "h2" "h3" "h4" "h5" "h6" "menu" "ol" "ul"
}
names! {
    LISTS: "dl" "menu" "ol" "ul"
}

/// What the standard calls special: an unknown inline element's end tag stops there.
pub(super) fn is_special(name: Name) -> bool {
    name.among(BLOCKS)
        || name.among(TABLE_PARTS)
        || name.among(BARRIERS)
        || name.is(const { Name::of("button") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_whatever_their_case() {
        assert!(Name::of("DIV").is(Name::of("div")));
        assert!(!Name::of("div\0").is(Name::of("div")));
        assert!(!Name::of("").is(Name::of("\0")));
        assert!(!Name::of("a-custom-element").is(Name::of("a-custom-element")));
        assert!(Name::of("blockquote").among(BLOCKS));
    }
}
