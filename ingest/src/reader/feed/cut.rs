//! Cuts a feed of XML into feeds of one entry, in a stream of any length.

use std::io::{self, BufRead, Read};
use std::sync::LazyLock;

use regex::Regex;

use super::wordpress::Export;
use crate::reader::xml::{self, Token};
use crate::reader::{Emit, MAX_RECORD, Piece, Unread, too_large};

/// What is said of a feed that holds nothing.
pub(super) const NO_ENTRIES: &str = "the feed has no entries";

/// What stands around the entries of a feed.
#[derive(Default)]
struct Around {
    /// `<?xml …?>`.
    declaration: Vec<u8>,
    /// The start tag of the root.
    root: Vec<u8>,
    root_name: String,
    /// The start tag of the channel, in RSS.
    channel: Vec<u8>,
    channel_name: String,
    /// Whether the entries stand inside the channel: not in RSS 1.0.
    is_inside: bool,
    /// What each entry keeps of it: title, language, author.
    kept: Vec<u8>,
}

impl Around {
    /// A feed of one entry.
    fn of(&self, entry: &[u8]) -> Vec<u8> {
        let end = |name: &str| if name.is_empty() { String::new() } else { format!("</{name}>") };
        let (before, after) = match self.is_inside {
            true => (String::new(), end(&self.channel_name)),
            false => (end(&self.channel_name), String::new()),
        };
        let parts = [&self.declaration, &self.root, &self.channel, &self.kept, before.as_bytes(), entry];
        let mut feed = parts.concat();
        feed.extend_from_slice(after.as_bytes());
        feed.extend_from_slice(end(&self.root_name).as_bytes());
        feed
    }
}

/// Cuts a feed of XML into feeds of one entry.
pub(super) fn split(input: &mut dyn BufRead, emit: Emit<'_>) -> io::Result<()> {
    /// What is longer is not kept for every entry.
    const KEPT: usize = 4 << 10;
    let mut input = Counting { input, at: 0 };
    let (mut around, mut export) = (Around::default(), Export::default());
    let mut number = 0_u64;
    loop {
        let start = input.at;
        let Some(token) = xml::next(&mut input)? else { return Err(cut_off()) };
        match token {
            Token::Other(bytes) if bytes.starts_with(b"<?xml ") => around.declaration = bytes,
            Token::Start(_) if matches!(token.local_name(), "item" | "entry") => {
                number += 1;
                let Some(entry) = element(&mut input, token)? else { return Err(cut_off()) };
                let bytes = export.judge(entry).map(|entry| around.of(&entry));
                let piece =
                    Piece { record: format!("entry {number}"), offset: Some(start), ..Piece::whole(bytes) };
                if emit(piece).is_break() {
                    return Ok(());
                }
                if around.root.is_empty() {
                    return Ok(());
                }
            }
            Token::Start(_) if around.root.is_empty() => {
                around.root_name = token.name().to_owned();
                around.root = with_version(token.bytes());
            }
            Token::Start(_) if token.local_name() == "channel" && around.channel.is_empty() => {
                around.channel_name = token.name().to_owned();
                around.is_inside = true;
                around.channel = token.bytes().to_vec();
            }
            Token::Start(_) => {
                let name = token.name().to_owned();
                let element = element(&mut input, token)?.unwrap_or_default();
                let is_kept = matches!(name.as_str(), "title" | "language")
                    || xml::local(&around.root_name) == "feed"
                        && matches!(xml::local(&name), "title" | "author");
                if is_kept && element.len() <= KEPT {
                    around.kept.extend_from_slice(&element);
                }
                export.meet(&name, &element);
            }
            Token::End(_) if token.local_name() == "channel" => around.is_inside = false,
            Token::End(_) if token.name() == around.root_name => {
                if number == 0 {
                    let _ = emit(Piece::whole(Err(Unread::Skipped(NO_ENTRIES.into()))));
                }
                return Ok(());
            }
            _ => {}
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the feed ends before its end tag")
}

/// All bytes of an element whose start tag was read; `None` where it does not end.
fn element(input: &mut dyn BufRead, start: Token) -> io::Result<Option<Vec<u8>>> {
    let name = start.name().to_owned();
    let mut depth = usize::from(!start.is_empty_element());
    let mut bytes = start.bytes().to_vec();
    while depth > 0 {
        let Some(token) = xml::next(input)? else { return Ok(None) };
        match &token {
            Token::Start(_) if token.name() == name && !token.is_empty_element() => depth += 1,
            Token::End(_) if token.name() == name => depth -= 1,
            _ => {}
        }
        if bytes.len() + token.bytes().len() > MAX_RECORD {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("an entry is {}", too_large())));
        }
        bytes.extend_from_slice(token.bytes());
    }
    Ok(Some(bytes))
}

/// The root with a version that the parser knows: RSS has had many, and one grammar.
fn with_version(root: &[u8]) -> Vec<u8> {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\sversion\s*=\s*["'][^"']*["']"#).expect("the pattern is well formed")
    });
    let Ok(tag) = std::str::from_utf8(root) else { return root.to_vec() };
    match tag.strip_prefix("<rss") {
        Some(_) => VERSION.replace(tag, "").replacen("<rss", "<rss version=\"2.0\"", 1).into_bytes(),
        None => root.to_vec(),
    }
}

/// Counts the bytes that are read.
struct Counting<'i> {
    input: &'i mut dyn BufRead,
    at: u64,
}

impl Read for Counting<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(into)?;
        self.at += length as u64;
        Ok(length)
    }
}

impl BufRead for Counting<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.at += amount as u64;
        self.input.consume(amount);
    }
}
