//! Cuts XML into its tags and what stands between them, without understanding more: enough to find
//! the root of a document and the entries of a feed in a stream of any length.

use std::io::{self, BufRead, Read};

use super::{MAX_RECORD, too_large};

/// A tag is no longer: where a quote or a bracket is missing, it is over all the same.
const LONGEST_TAG: usize = 64 << 10;

/// A stretch of XML, with all of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `<name …>`, or `<name …/>`.
    Start(Vec<u8>),
    /// `</name>`.
    End(Vec<u8>),
    /// A declaration, a comment, a CDATA section, a doctype.
    Other(Vec<u8>),
    /// Text.
    Text(Vec<u8>),
}

impl Token {
    /// All of its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        let (Self::Start(bytes) | Self::End(bytes) | Self::Other(bytes) | Self::Text(bytes)) = self;
        bytes
    }

    /// The name of a tag as it is written, with its prefix; empty where it has none.
    pub(super) fn name(&self) -> &str {
        let inside = match self {
            Self::Start(bytes) => &bytes[1..],
            Self::End(bytes) => &bytes[2..],
            Self::Other(_) | Self::Text(_) => return "",
        };
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b"/>".contains(byte);
        let end = inside.iter().position(ends).unwrap_or(inside.len());
        std::str::from_utf8(&inside[..end]).unwrap_or_default()
    }

    /// The name of a tag without its prefix.
    pub(super) fn local_name(&self) -> &str {
        local(self.name())
    }

    /// Whether it is `<name/>`.
    pub(super) fn is_empty_element(&self) -> bool {
        matches!(self, Self::Start(bytes) if bytes.ends_with(b"/>"))
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Takes the next stretch; `None` at the end. What is cut off at the end of the input is text.
pub(super) fn next(input: &mut dyn BufRead) -> io::Result<Option<Token>> {
    let first = input.fill_buf()?.first().copied();
    let mut bytes = Vec::new();
    match first {
        None => return Ok(None),
        Some(b'<') => {}
        Some(_) => {
            while input.fill_buf()?.first().is_some_and(|byte| *byte != b'<') {
                let found = input.fill_buf()?;
                let length = found.iter().position(|byte| *byte == b'<').unwrap_or(found.len());
                bytes.extend_from_slice(&found[..length]);
                input.consume(length);
                fits(&bytes)?;
            }
            return Ok(Some(Token::Text(bytes)));
        }
    }
    loop {
        let before = bytes.len();
        (&mut *input).take((MAX_RECORD + 1) as u64).read_until(b'>', &mut bytes)?;
        fits(&bytes)?;
        if bytes.len() == before {
            return Ok(Some(Token::Text(bytes)));
        }
        if is_complete(&bytes) {
            return Ok(Some(kind_of(bytes)));
        }
    }
}

fn fits(bytes: &[u8]) -> io::Result<()> {
    match bytes.len() > MAX_RECORD {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, too_large())),
        false => Ok(()),
    }
}

fn is_complete(bytes: &[u8]) -> bool {
    match bytes {
        [b'<', b'!', b'-', b'-', ..] => bytes.len() >= 7 && bytes.ends_with(b"-->"),
        _ if bytes.starts_with(b"<![CDATA[") => bytes.ends_with(b"]]>"),
        [b'<', b'?', ..] => bytes.ends_with(b"?>"),
        [b'<', b'!', ..] => {
            let count = |wanted: u8| bytes.iter().filter(|byte| **byte == wanted).count();
            bytes.ends_with(b">") && (bytes.len() > LONGEST_TAG || count(b'[') <= count(b']'))
        }
        _ => bytes.ends_with(b">") && !is_in_quotes(bytes),
    }
}

/// Whether the end of a tag lies inside a quoted value: `<a title="x > y">`.
fn is_in_quotes(tag: &[u8]) -> bool {
    let mut open = None;
    for byte in tag {
        match (open, byte) {
            (None, b'"' | b'\'') => open = Some(*byte),
            (Some(quote), byte) if quote == *byte => open = None,
            _ => {}
        }
    }
    open.is_some() && tag.len() < LONGEST_TAG
}

fn kind_of(bytes: Vec<u8>) -> Token {
    match bytes.get(1) {
        Some(b'/') => Token::End(bytes),
        Some(b'!' | b'?') => Token::Other(bytes),
        Some(byte) if byte.is_ascii_alphabetic() || *byte == b'_' || *byte >= 0x80 => Token::Start(bytes),
        _ => Token::Text(bytes),
    }
}

/// The local name of the root element, if the beginning of a document shows one and is XML: a page
/// without declaration is not.
pub(super) fn root(head: &[u8]) -> Option<String> {
    let mut input = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    while let Ok(Some(token)) = next(&mut input) {
        match token {
            Token::Start(_) => return Some(token.local_name().to_owned()),
            Token::Other(_) => {}
            Token::Text(bytes) if bytes.iter().all(u8::is_ascii_whitespace) => {}
            Token::Text(_) | Token::End(_) => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(source: &str) -> Vec<String> {
        let mut input = io::BufReader::with_capacity(4, source.as_bytes());
        let mut tokens = Vec::new();
        while let Some(token) = next(&mut input).unwrap() {
            let kind = match token {
                Token::Start(_) => "start",
                Token::End(_) => "end",
                Token::Other(_) => "other",
                Token::Text(_) => "text",
            };
            tokens.push(format!("{kind} {}", String::from_utf8_lossy(token.bytes())));
        }
        tokens
    }

    #[test]
    fn what_looks_like_a_tag_inside_quotes_comments_and_cdata_is_none() {
        assert_eq!(
            cut("<?x a='>'?><!-- <a> --><a t=\"x > y\">1<![CDATA[<item>]]></a><b/>"),
            [
                "other <?x a='>'?>",
                "other <!-- <a> -->",
                "start <a t=\"x > y\">",
                "text 1",
                "other <![CDATA[<item>]]>",
                "end </a>",
                "start <b/>"
            ]
        );
        assert_eq!(
            cut("<!DOCTYPE a [<!ENTITY b 'c'>]><a>"),
            ["other <!DOCTYPE a [<!ENTITY b 'c'>]>", "start <a>"]
        );
        assert_eq!(cut("<a><b"), ["start <a>", "text <b"]);
    }

    #[test]
    fn the_root_is_the_first_element() {
        assert_eq!(
            root(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b -->\n<atom:feed x='y'>").as_deref(),
            Some("feed")
        );
        assert_eq!(root(b"words <feed>"), None);
        assert_eq!(root(b""), None);
    }
}
