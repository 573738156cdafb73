//! Markup cut into tags, text and comments in one linear pass, as the HTML standard cuts it.

/// A piece of markup. Joined, the pieces' sources are the page again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text with its entities, outside any tag.
    Text(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag. The standard reads attributes there too, and drops them.
    End(Tag<'a>),
    /// A comment, a doctype, or what the standard takes for a comment.
    Comment(&'a str),
}

/// A tag: its name in the page's own case, and its attributes as they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) attributes: &'a str,
    /// How many attributes there are.
    pub(super) count: usize,
    /// Whether it ends in `/>`.
    pub(super) closes_itself: bool,
}

/// The tokens of a page.
pub(super) struct Tokens<'a> {
    page: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self { page, at: 0 }
    }

    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn go_back_to(&mut self, position: usize) {
        self.at = position;
    }

    /// Takes the text up to the end tag of that name: what scripts, styles and titles hold.
    pub(super) fn raw_text(&mut self, name: &str) -> &'a str {
        let rest = &self.page[self.at..];
        let length = match name.eq_ignore_ascii_case("script") {
            true => script_length(rest.as_bytes()),
            false => raw_length(rest, name),
        };
        self.at += length;
        &rest[..length]
    }

    /// The same, only if it ends soon: asked again and again, this must not search the whole page.
    pub(super) fn short_raw_text(&mut self, name: &str) -> Option<&'a str> {
        const SHORT: usize = 2 << 10;
        let end = self.page.floor_char_boundary(self.at + SHORT);
        let length = raw_length(&self.page[self.at..end], name);
        let text = &self.page[self.at..self.at + length];
        if self.at + length == end {
            return None;
        }
        self.at += length;
        Some(text)
    }

    /// Text up to the next `<` that is not among the first `skip` bytes.
    fn text(&mut self, skip: usize) -> Token<'a> {
        let rest = &self.page[self.at..];
        let length = rest[skip..].find('<').map_or(rest.len(), |length| skip + length);
        self.at += length;
        Token::Text(&rest[..length])
    }

    fn comment(&mut self, end: usize) -> Token<'a> {
        let source = &self.page[self.at..end];
        self.at = end;
        Token::Comment(source)
    }

    /// One past the next `>`, or the page's end.
    fn past_bracket(&self) -> usize {
        self.page[self.at..].find('>').map_or(self.page.len(), |length| self.at + length + 1)
    }

    fn tag(&mut self, name_start: usize) -> Option<Tag<'a>> {
        let bytes = self.page.as_bytes();
        let is_end = |b: &u8| b.is_ascii_whitespace() || b"/>".contains(b);
        let name_end = name_start + bytes[name_start..].iter().position(is_end)?;
        let mut spans = Attributes { bytes, at: name_end };
        let (mut count, mut last_end) = (0, name_end);
        for span in &mut spans {
            (count, last_end) = (count + 1, span.end);
        }
        let end = spans.at;
        if bytes.get(end) != Some(&b'>') {
            return None;
        }
        let attributes = &self.page[name_end..end];
        self.at = end + 1;
        // In `<g a=b/>` the slash belongs to the value.
        let closes_itself = end > last_end && bytes[end - 1] == b'/';
        Some(Tag { name: &self.page[name_start..name_end], attributes, count, closes_itself })
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.page[self.at..];
        let after = rest.as_bytes().get(1..).unwrap_or_default();
        if rest.is_empty() {
            return None;
        }
        let is_letter = |place: usize| after.get(place).is_some_and(u8::is_ascii_alphabetic);
        if !rest.starts_with('<') {
            return Some(self.text(0));
        }
        match after.first() {
            Some(b'!') if rest.starts_with("<!--") => {
                let end = self.at + comment_length(rest);
                Some(self.comment(end))
            }
            Some(b'!' | b'?') => Some(self.comment(self.past_bracket())),
            // A tag that the page's end cuts off is dropped, as browsers drop it.
            Some(b'/') if is_letter(1) => match self.tag(self.at + 2) {
                Some(tag) => Some(Token::End(tag)),
                None => Some(self.comment(self.page.len())),
            },
            Some(b'/') if after.len() > 1 => Some(self.comment(self.past_bracket())),
            _ if is_letter(0) => match self.tag(self.at + 1) {
                Some(tag) => Some(Token::Start(tag)),
                None => Some(self.comment(self.page.len())),
            },
            _ => Some(self.text(1)),
        }
    }
}

/// How long a comment is that opens a text, its end included.
fn comment_length(text: &str) -> usize {
    let inside = &text[4..];
    if inside.starts_with('>') {
        return 5;
    }
    if inside.starts_with("->") {
        return 6;
    }
    let bytes = inside.as_bytes();
    let mut from = 0;
    while let Some(found) = inside[from..].find("--") {
        let end = from + found + 2;
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'>'), _) => return 4 + end + 1,
            (Some(b'!'), Some(b'>')) => return 4 + end + 2,
            _ => from = end - 1,
        }
    }
    text.len()
}

fn raw_length(text: &str, name: &str) -> usize {
    let mut from = 0;
    while let Some(found) = text[from..].find("</") {
        let end = from + found;
        if is_tag_name(&text.as_bytes()[end + 2..], name) {
            return end;
        }
        from = end + 2;
    }
    text.len()
}

/// How long a script is. Once it has opened a comment, a script that it writes hides its end tag.
fn script_length(bytes: &[u8]) -> usize {
    let (mut in_comment, mut in_inner) = (false, false);
    let mut at = 0;
    while let Some(skipped) = bytes[at..].iter().position(|byte| b"<-".contains(byte)) {
        at += skipped;
        let rest = &bytes[at..];
        let ends = rest.starts_with(b"</") && is_tag_name(&rest[2..], "script");
        match rest {
            _ if ends && !in_inner => return at,
            _ if ends => in_inner = false,
            _ if !in_comment && rest.starts_with(b"<!--") => {
                // Its dashes may be those that end it: `<!-->`.
                in_comment = true;
                at += 1;
            }
            _ if in_comment && rest.starts_with(b"-->") => (in_comment, in_inner) = (false, false),
            _ if in_comment && rest[0] == b'<' && is_tag_name(&rest[1..], "script") => in_inner = true,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn is_tag_name(bytes: &[u8], name: &str) -> bool {
    let fits = bytes.len() >= name.len() && bytes[..name.len()].eq_ignore_ascii_case(name.as_bytes());
    fits && bytes.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b))
}

/// The attributes of a tag as they are written, each a span of the bytes. Stops at the `>`.
pub(super) struct Attributes<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Attributes<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { bytes: source.as_bytes(), at: 0 }
    }

    fn skip_while(&mut self, skipped: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| !skipped(*byte)).unwrap_or(rest.len());
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_value(&mut self) {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                self.skip_while(|byte| byte != quote);
                self.at = (self.at + 1).min(self.bytes.len());
            }
            Some(_) => self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
            None => {}
        }
    }
}

impl Iterator for Attributes<'_> {
    type Item = std::ops::Range<usize>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_while(|byte| byte.is_ascii_whitespace() || byte == b'/');
        let start = self.at;
        if matches!(self.peek(), None | Some(b'>')) {
            return None;
        }
        // An equals sign in front belongs to the name.
        self.at += 1;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !b"/>=".contains(&byte));
        let name_end = self.at;
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.peek() == Some(b'=') {
            self.at += 1;
            self.skip_while(|byte| byte.is_ascii_whitespace());
            self.skip_value();
        } else {
            self.at = name_end;
        }
        Some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes(page: &str) -> Vec<String> {
        let shape = |token| match token {
            Token::Text(text) => format!("\"{text}\""),
            Token::Start(tag) => format!("+{}{}", tag.name, tag.count),
            Token::End(tag) => format!("-{}", tag.name),
            Token::Comment(source) => format!("#{source}"),
        };
        Tokens::new(page).map(shape).collect()
    }

    #[test]
    fn tags_are_cut_as_browsers_cut_them() {
        assert_eq!(shapes("a<b>c</b >d"), ["\"a\"", "+b0", "\"c\"", "-b", "\"d\""]);
        assert_eq!(shapes(r#"<a href="x>y" b='<p>' c=d>e/f g>z"#), ["+a3", "\"e/f g>z\""]);
        assert_eq!(shapes("<a/b/c=/d/><br/>"), ["+a2", "+br0"]);
        assert_eq!(shapes("2 < 3 <3 <"), ["\"2 \"", "\"< 3 \"", "\"<3 \"", "\"<\""]);
        assert_eq!(shapes("<p title=\"never closed>x</p>"), ["#<p title=\"never closed>x</p>"]);
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        assert_eq!(
            shapes("<!-->a<!--->b<!-- <p> --!>c"),
            ["#<!-->", "\"a\"", "#<!--->", "\"b\"", "#<!-- <p> --!>", "\"c\""]
        );
        assert_eq!(
            shapes("<!doctype html></ x>é<?php ?>"),
            ["#<!doctype html>", "#</ x>", "\"é\"", "#<?php ?>"]
        );
        assert_eq!(shapes("<!-- a --- b ---->c"), ["#<!-- a --- b ---->", "\"c\""]);
        assert_eq!(shapes("<!-- open <p>"), ["#<!-- open <p>"]);
    }

    #[test]
    fn a_script_ends_where_browsers_end_it() {
        let script = |page| Tokens::new(page).raw_text("script");
        assert_eq!(script("a<!-- b </script>"), "a<!-- b ");
        assert_eq!(script("<!--<script>a</script>b--></script>c"), "<!--<script>a</script>b-->");
        assert_eq!(script("<!--<scripts>a</script>b"), "<!--<scripts>a");
        assert_eq!(script("<!--><script></script>"), "<!--><script>");
        assert_eq!(script("<!--<script>--></script>x"), "<!--<script>-->");
        assert_eq!(script("<!--<script></script>x"), "<!--<script></script>x");
        assert_eq!(script("'<script>' </SCRIPT\n>"), "'<script>' ");
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag_only() {
        let mut tokens = Tokens::new("if (a</b) </scripted> x</SCRIPT >y");
        assert_eq!(tokens.raw_text("script"), "if (a</b) </scripted> x");
        assert_eq!(tokens.count(), 2);
    }
}
