//! Bytes to text: byte-order mark, valid UTF-8, the page's own label, and a guess at last.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// Where a page may state its charset: browsers look no further either.
const LABEL_WITHIN: usize = 1_024;

/// How often valid sequences must outweigh broken ones for a text to be UTF-8 with a few flaws.
const VALID_PER_BROKEN: usize = 10;

/// Text, and the encoding that it was read in.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// The text, without a byte-order mark; what could not be decoded is U+FFFD.
    pub text: String,
    /// The encoding's standard name: `UTF-8`, `windows-1252` …
    pub encoding: &'static str,
}

/// Decodes a page, whose head may state a charset.
#[must_use]
pub fn decode_page(bytes: &[u8]) -> Decoded {
    decode(bytes, stated(bytes))
}

/// Decodes text that states no charset.
#[must_use]
pub fn decode_text(bytes: &[u8]) -> Decoded {
    decode(bytes, None)
}

fn decode(bytes: &[u8], label: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return read_as(encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return read_as(encoding, bytes);
    }
    // ISO-2022-JP is all ASCII and so always valid UTF-8: only its label tells.
    let escapes = label == Some(ISO_2022_JP) && bytes.contains(&0x1b);
    if !escapes && is_utf_8_but_for_flaws(bytes) {
        return read_as(UTF_8, bytes);
    }
    match label {
        // The label is wrong: the bytes are not UTF-8 by any measure.
        None => read_as(guess(bytes), bytes),
        Some(encoding) if encoding == UTF_8 => read_as(guess(bytes), bytes),
        Some(encoding) => read_as(encoding, bytes),
    }
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name() }
}

/// Markup or JSON whose every other byte is nothing.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<' | b'{' | b'[', 0, second, 0, ..] if *second != 0 => Some(UTF_16LE),
        [0, b'<' | b'{' | b'[', 0, second, ..] if *second != 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes are UTF-8, or so nearly that a cut or a stray byte explains the rest.
fn is_utf_8_but_for_flaws(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || valid > broken * VALID_PER_BROKEN
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding that a page states in its XML declaration or a `meta`, if it names a known one.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LABEL_WITHIN)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = in_declaration(&head).or_else(|| in_meta(&head))?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page that could be read up to this label is not UTF-16, whatever it says: the standard's rule.
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(UTF_8);
    }
    Some(if encoding == X_USER_DEFINED { WINDOWS_1252 } else { encoding })
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
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->")?..];
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

    fn page(head: &str, body: &[u8]) -> Decoded {
        decode_page(&[head.as_bytes(), body].concat())
    }

    #[test]
    fn a_western_page_is_read_by_its_label() {
        for label in ["iso-8859-1", "windows-1252", "latin1", " ISO-8859-1 "] {
            let head = format!("<html><head><meta charset=\"{label}\"><p>");
            let read = page(&head, b"caf\xe9 \x93quoted\x94 \x80 5 \x96 6");
            assert!(read.text.ends_with("café “quoted” € 5 – 6"), "{label}: {}", read.text);
        }
        let old = "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=windows-1251'>";
        assert!(page(old, b"\xcf\xf0\xe8\xe2\xe5\xf2").text.ends_with("Привет"));
        let xml = "<?xml version='1.0' encoding='koi8-r'?><html>";
        assert!(page(xml, b"\xf0\xd2\xc9\xd7\xc5\xd4").text.ends_with("Привет"));
    }

    #[test]
    fn a_western_page_without_a_label_is_guessed() {
        let text = "Le président a été reçu à l’Élysée après un délai très bref, a déclaré le ministère.";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        let read = decode_text(&bytes);
        assert_eq!((read.text.as_str(), read.encoding), (text, "windows-1252"));
        let labelled_wrongly = page("<meta charset=utf-8>", &bytes);
        assert!(labelled_wrongly.text.ends_with(text), "{}", labelled_wrongly.text);
    }

    #[test]
    fn valid_utf_8_wins_over_a_wrong_label() {
        let read = page("<meta charset=iso-8859-1>", "Élysée – Tehran’s".as_bytes());
        assert!(read.text.ends_with("Élysée – Tehran’s"));
        let read = page("<meta charset=utf-16>", "naïve".as_bytes());
        assert!(read.text.ends_with("naïve"));
    }

    #[test]
    fn utf_8_with_one_flaw_stays_utf_8() {
        let mut bytes = "Über Österreich hinweg zöge ein Käfer, sagte Frau Müller früh – „schön“, ähnlich"
            .as_bytes()
            .to_vec();
        bytes.push(0xc3);
        let read = decode_text(&bytes);
        assert_eq!(read.encoding, "UTF-8");
        assert!(read.text.starts_with("Über Österreich") && read.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn a_byte_order_mark_decides_and_goes() {
        assert_eq!(decode_page(b"\xef\xbb\xbf<meta charset=latin1>\xc3\xa9").text, "<meta charset=latin1>é");
        assert_eq!(decode_text(b"\xff\xfeh\0i\0").text, "hi");
        assert_eq!(decode_text(b"\xfe\xff\0h\0i").text, "hi");
        assert_eq!(decode_page(b"<\0p\0>\0h\0i\0").text, "<p>hi");
    }

    #[test]
    fn japanese_in_escapes_is_read_by_its_label_only() {
        let (bytes, _, _) = ISO_2022_JP.encode("日本");
        assert!(page("<meta charset=iso-2022-jp>", &bytes).text.ends_with("日本"));
    }

    #[test]
    fn a_label_beyond_the_first_kilobyte_or_in_a_comment_is_not_believed() {
        let far = format!("<!doctype html>{}<meta charset=koi8-r>", " ".repeat(1_024));
        assert_eq!(stated(far.as_bytes()), None);
        assert_eq!(stated(b"<!-- <meta charset=koi8-r> --><meta charset=gbk>"), Some(encoding_rs::GBK));
        assert_eq!(stated(b"<meta name=x content='charsets are fun'><meta charset=nonsense>"), None);
    }
}
