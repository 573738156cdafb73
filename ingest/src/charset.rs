//! Bytes to text: byte-order mark, valid UTF-8, the page's own label, and a guess at last.

mod label;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use self::label::{known, stated};

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

/// Decodes markup, whose head may state a charset. `label` is what the container states, as HTTP and
/// mail do: it outranks the head.
#[must_use]
pub fn decode_page(bytes: &[u8], label: Option<&str>) -> Decoded {
    decode(bytes, || label.and_then(known).or_else(|| stated(bytes)))
}

/// Decodes text that states no charset itself; `label` is what the container states.
#[must_use]
pub fn decode_text(bytes: &[u8], label: Option<&str>) -> Decoded {
    decode(bytes, || label.and_then(known))
}

fn decode(bytes: &[u8], label: impl Fn() -> Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return read_as(encoding, &bytes[length..]);
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return read_as(encoding, bytes);
    }
    let escaped = bytes.contains(&0x1b);
    if !escaped && let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name() };
    }
    // ISO-2022-JP is all ASCII and so always valid UTF-8: only its label tells.
    let is_japanese = escaped && label() == Some(ISO_2022_JP);
    if !is_japanese && is_utf_8_but_for_flaws(bytes) {
        return read_as(UTF_8, bytes);
    }
    match label() {
        // The label is wrong: the bytes are not UTF-8 by any measure.
        None => read_as(guess(bytes), bytes),
        Some(encoding) if encoding == UTF_8 => read_as(guess(bytes), bytes),
        Some(encoding) if encoding == WINDOWS_1252 && !looks_western(bytes) => read_as(guess(bytes), bytes),
        Some(encoding) => read_as(encoding, bytes),
    }
}

/// Whether bytes may be UTF-16: where binary data is told from text.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    marked || utf_16_without_mark(bytes).is_some()
}

/// Whether text that is labelled as Latin-1, which servers say when they know nothing, can be that.
/// Western words hold a letter or two beyond ASCII; those of other scripts hold nothing else.
fn looks_western(bytes: &[u8]) -> bool {
    const FOREIGN_WORD: usize = 4;
    const FEWEST: usize = 5;
    let runs = bytes.split(|byte| *byte < 0xc0).filter(|run| run.len() >= FOREIGN_WORD);
    runs.take(FEWEST).count() < FEWEST
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: encoding.name() }
}

/// Text of two bytes a letter, known by the zeros of its ASCII, all on one side of the pairs: most of
/// them, or, where an alphabet of its own is written, all but a few values.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 1_024;
    const FEWEST: usize = 16;
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    let pairs = head.len() / 2;
    let side = |side: usize| head.iter().skip(side).step_by(2).copied();
    let zeros = |bytes: usize| side(bytes).filter(|byte| *byte == 0).count();
    let is_high = |high: usize, low: usize| {
        let values = side(high).collect::<std::collections::HashSet<u8>>().len();
        let is_latin = pairs > 1 && zeros(high) * 2 >= pairs;
        zeros(low) == 0 && (is_latin || pairs >= FEWEST && zeros(high) * 10 >= pairs && values <= 4)
    };
    let encoding = match (is_high(1, 0), is_high(0, 1)) {
        (true, _) => UTF_16LE,
        (_, true) => UTF_16BE,
        _ => return None,
    };
    let (text, broken) = encoding.decode_without_bom_handling(head);
    // The last letter may be cut in two.
    let is_odd = |c: char| c.is_control() && !c.is_whitespace() || ('\u{e000}'..='\u{f8ff}').contains(&c);
    let odd = text.chars().filter(|c| is_odd(*c)).count();
    let is_text = odd == 0 && (!broken || text.trim_end_matches('\u{fffd}').chars().all(|c| c != '\u{fffd}'));
    is_text.then_some(encoding)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str, body: &[u8]) -> Decoded {
        decode_page(&[head.as_bytes(), body].concat(), None)
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
        let read = decode_text(&bytes, None);
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
        let read = decode_text(&bytes, None);
        assert_eq!(read.encoding, "UTF-8");
        assert!(read.text.starts_with("Über Österreich") && read.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn a_byte_order_mark_decides_and_goes() {
        assert_eq!(
            decode_page(b"\xef\xbb\xbf<meta charset=latin1>\xc3\xa9", None).text,
            "<meta charset=latin1>é"
        );
        assert_eq!(decode_text(b"\xff\xfeh\0i\0", None).text, "hi");
        assert_eq!(decode_text(b"\xfe\xff\0h\0i", None).text, "hi");
        assert_eq!(decode_page(b"<\0p\0>\0h\0i\0", None).text, "<p>hi");
    }

    #[test]
    fn japanese_in_escapes_is_read_by_its_label_only() {
        let (bytes, _, _) = ISO_2022_JP.encode("日本");
        assert!(page("<meta charset=iso-2022-jp>", &bytes).text.ends_with("日本"));
    }

    #[test]
    fn what_the_container_states_outranks_the_page_and_nonsense_outranks_nothing() {
        let page = [b"<meta charset=iso-8859-1><p>", &b"\xcf\xf0\xe8\xe2\xe5\xf2"[..]].concat();
        assert!(decode_page(&page, Some(" Windows-1251 ")).text.ends_with("Привет"));
        let page = b"<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2";
        assert!(decode_page(page, Some("unknown-8bit")).text.ends_with("Привет"));
        assert!(decode_page("<p>Élysée".as_bytes(), Some("windows-1252")).text.ends_with("Élysée"));
    }

    #[test]
    fn russian_labelled_as_latin_or_as_utf_8_is_read_as_russian() {
        let text = "Переговоры в Женеве завершились без итога, сообщили вчера дипломаты двух стран.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(text);
        for label in ["iso-8859-1", "utf-8"] {
            let read = page(&format!("<meta charset={label}>"), &bytes);
            assert!(read.text.ends_with(text), "{label}: {}", read.text);
        }
    }

    #[test]
    fn text_of_two_bytes_a_letter_needs_no_mark_and_binary_data_is_not_taken_for_it() {
        for text in [
            "Talks end in Geneva",
            "Переговоры в Женеве, 17 января, завершились",
            "گفتگوها در ژنو، 17 ژانویه",
        ] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(
                (decode_text(&little, None).text, decode_text(&big, None).text),
                (text.into(), text.into())
            );
        }
        let table: Vec<u8> = (0..500_u16).flat_map(u16::to_le_bytes).collect();
        assert!(!is_utf_16(&table) && !is_utf_16(b"a\0") && !is_utf_16(&[0; 64]) && !is_utf_16(b""));
    }

    proptest::proptest! {
        /// No label of one byte a letter makes anything else of text that is valid UTF-8.
        #[test]
        fn valid_utf_8_of_several_bytes_always_wins(text in "[ a-zäßñéěł’“Ж-яא-ת؀-ۿ一-龥]{4,80}", label in 0..6_usize) {
            let labels = ["iso-8859-1", "windows-1252", "windows-1251", "iso-8859-2", "koi8-r", "windows-1256"];
            proptest::prop_assert_eq!(&decode_text(text.as_bytes(), Some(labels[label])).text, &text);
            let page = format!("<meta charset={}><p>{text}", labels[label]);
            proptest::prop_assert_eq!(&decode_page(page.as_bytes(), None).text, &page);
        }
    }
}
