//! The texts of a feed's entries as markup, whatever their writers took for it.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

/// XML without its declaration, whose encoding no longer holds.
pub(super) fn without_declaration(text: &str) -> &str {
    let text = text.trim_start();
    match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => text,
    }
}

/// XML whose ampersands all open an entity that XML knows: outside of CDATA, the others are escaped.
/// Characters that XML does not have go.
pub(super) fn with_escaped_ampersands(text: &str) -> String {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^&(#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);")
            .expect("the pattern is well formed")
    });
    let mut escaped = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(place) = rest.find(['&', '<']) {
        let (before, from) = rest.split_at(place);
        escaped.push_str(before);
        if from.starts_with("<![CDATA[") {
            let end = from.find("]]>").map_or(from.len(), |end| end + 3);
            escaped.push_str(&from[..end]);
            rest = &from[end..];
            continue;
        }
        match from.starts_with('&') && !ENTITY.is_match(from) {
            true => escaped.push_str("&amp;"),
            false => escaped.push_str(&from[..1]),
        }
        rest = &from[1..];
    }
    escaped.push_str(rest);
    escaped.retain(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    escaped
}

/// A text of an entry as markup. Plain text is escaped, and empty lines part paragraphs where no tags
/// do, as in WordPress's exports.
pub(super) fn of(text: String, is_plain: bool) -> String {
    if is_plain && !looks_like_markup(&text) {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        return paragraphs(&escaped);
    }
    let text = without_short_codes(&text);
    let lower = text.to_ascii_lowercase();
    let is_parted = ["<p>", "<p ", "<br", "<div"].iter().any(|tag| lower.contains(tag));
    if is_parted { text } else { paragraphs(&text) }
}

/// Markup without WordPress's own: `[caption …]`, and whatever is closed as `[dropcap]A[/dropcap]` is.
fn without_short_codes(text: &str) -> String {
    const KNOWN: &[&str] = &["audio", "caption", "embed", "gallery", "playlist", "video"];
    static CODES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\[(/?)([a-z][a-z_-]{1,30})\b[^\]\[]*\]").expect("the pattern is well formed")
    });
    let closed: HashSet<&str> = CODES
        .captures_iter(text)
        .filter(|code| &code[1] == "/")
        .filter_map(|code| Some(code.get(2)?.as_str()))
        .collect();
    let replaced = CODES.replace_all(text, |code: &regex::Captures<'_>| match &code[2] {
        name if KNOWN.contains(&name) => " ".to_owned(),
        name if closed.contains(name) => String::new(),
        _ => code[0].to_owned(),
    });
    replaced.into_owned()
}

/// Many feeds say that their markup is plain text.
fn looks_like_markup(text: &str) -> bool {
    ["</p>", "<br", "</a>", "</div>", "<img "].iter().any(|tag| text.contains(tag))
}

fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    if !text.contains("\n\n") {
        return text;
    }
    let parts = text.split("\n\n").filter(|part| !part.trim().is_empty());
    parts.map(|part| format!("<p>{part}</p>")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ampersands_that_open_nothing_are_escaped() {
        let source = "<a b='x?1&2'>Fish & chips &amp; &#8217; &nbsp;<![CDATA[a & b]]></a>\u{b}";
        let expected = "<a b='x?1&amp;2'>Fish &amp; chips &amp; &#8217; &amp;nbsp;<![CDATA[a & b]]></a>";
        assert_eq!(with_escaped_ampersands(source), expected);
    }

    #[test]
    fn empty_lines_part_paragraphs_where_no_tag_does() {
        assert_eq!(of("One <b>1</b>.\r\n\r\nTwo.".into(), false), "<p>One <b>1</b>.</p><p>Two.</p>");
        assert_eq!(of("<p>One\n\ntwo</p>".into(), false), "<p>One\n\ntwo</p>");
        assert_eq!(of("1 < 2 & 3".into(), true), "1 &lt; 2 &amp; 3");
        assert_eq!(of("[caption id=\"1\"]A boat[/caption] sails [on]".into(), false), " A boat  sails [on]");
        assert_eq!(of("[drop cap=1]A[/drop] boat [sic]".into(), false), "A boat [sic]");
    }
}
