//! What a document says of its own charset: in its XML declaration or in a `meta`.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Where a page may state its charset. Browsers look at the first kilobyte first, and go on where
/// that says nothing; heads of saved pages are long.
const LABEL_WITHIN: usize = 256 << 10;

/// The encoding of a label, if it is a known one.
pub(super) fn known(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // What could be read up to its label is not UTF-16, whatever it says: the standard's rule.
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(UTF_8);
    }
    Some(if encoding == X_USER_DEFINED { WINDOWS_1252 } else { encoding })
}

/// The encoding that a page states in its XML declaration or a `meta`, if it names a known one.
pub(super) fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LABEL_WITHIN)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    known(in_declaration(&head).or_else(|| in_meta(&head))?)
}

fn in_declaration(head: &str) -> Option<&str> {
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let declaration = &declaration[..declaration.find('>')?];
    value_of(declaration, "encoding")
}

fn in_meta(head: &str) -> Option<&str> {
    let mut rest = head;
    while let Some(start) = rest.find('<') {
        rest = &rest[start..];
        // What a script writes or a comment holds is not the page's own.
        let passed = [("<!--", "-->"), ("<script", "</script"), ("<style", "</style")];
        if let Some((_, end)) = passed.iter().find(|(start, _)| rest.starts_with(start)) {
            rest = &rest[rest.find(end)? + 1..];
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        if rest.starts_with("<meta")
            && let Some(label) = value_of(&rest[..end], "charset")
        {
            return Some(label);
        }
        rest = &rest[1..];
    }
    None
}

/// The value after `name =`, quoted or not: both `charset="x"` and `content="text/html; charset=x"`.
fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    while let Some(start) = rest.find(name) {
        rest = &rest[start + name.len()..];
        if let Some(value) = rest.trim_start().strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']).trim_start();
            let end = value.find(|c: char| c.is_whitespace() || "\"';>?".contains(c));
            let value = &value[..end.unwrap_or(value.len())];
            return (!value.is_empty()).then_some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_far_down_a_long_head_is_found_but_none_in_comments_and_scripts() {
        let far = format!("<!doctype html>{}<meta charset=koi8-r>", " ".repeat(20_000));
        assert_eq!(stated(far.as_bytes()), Some(encoding_rs::KOI8_R));
        assert_eq!(stated(b"<!-- <meta charset=koi8-r> --><meta charset=gbk>"), Some(encoding_rs::GBK));
        let script = b"<script>w('<meta charset=koi8-r>')</script><meta charset=gbk>";
        assert_eq!(stated(script), Some(encoding_rs::GBK));
        assert_eq!(stated(b"<meta name=x content='charsets are fun'><meta charset=nonsense>"), None);
    }
}
