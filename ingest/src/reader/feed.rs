//! Feeds: RSS, Atom, JSON Feed, and WordPress's exports, which are RSS. Each entry is a record.
//!
//! A feed is cut into feeds of one entry each, which keep the title and the language of the whole:
//! one entry that is broken costs no other, and no feed is too long.

mod json;
mod markup;
mod wordpress;

use std::io::{self, BufRead, Cursor, Read};
use std::ops::ControlFlow;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use dateline_index::article::Origin;
use dateline_index::identity::digest;
use feed_rs::model;
use feed_rs::parser::Builder;
use regex::Regex;

use self::wordpress::Export;
use super::xml::{self, Token};
use super::{Claim, Emit, MAX_RECORD, Opened, Piece, Probe, Reader, Source, Unread, too_large};
use crate::charset;
use crate::mapping::Mapping;
use crate::prescan::{LIMITS, make_safe};
use crate::raw::{Entry, RawBody, RawDocument};

pub(super) struct Feed;

impl Reader for Feed {
    fn name(&self) -> &'static str {
        "a feed"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rss", "atom", "rdf", "xml", "json"]
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        let start = probe.start();
        let text = || charset::decode_page(start, None).text;
        let is_feed = match start.first() {
            Some(b'{') => json::is_feed(&String::from_utf8_lossy(start)),
            Some(b'<') if charset::is_utf_16(start) => is_root(xml::root(text().as_bytes())),
            Some(b'<') => is_root(xml::root(start)),
            _ if charset::is_utf_16(probe.head) => {
                is_root(xml::root(charset::decode_page(probe.head, None).text.as_bytes()))
            }
            _ => false,
        };
        match probe.extension().as_str() {
            _ if is_feed => Claim::Certain,
            "rss" | "atom" => Claim::Certain,
            _ => Claim::No,
        }
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        let probe = input.probe();
        if probe.start().starts_with(b"{") {
            return json::split(&whole(input)?, emit);
        }
        if charset::is_utf_16(probe.head) {
            let text = charset::decode_page(&whole(input)?, None).text;
            return split(&mut Cursor::new(text), emit);
        }
        split(input, emit)
    }

    fn open(&self, piece: Piece, origin: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        origin.record.clone_from(&piece.record);
        origin.offset = piece.offset;
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        let text = charset::decode_page(&bytes, None).text;
        let mut entry = parse(&text).map_err(Unread::Failed)?;
        origin.url.clone_from(&entry.url);
        if let Some(name) =
            [Some(&entry.id), entry.url.as_ref()].into_iter().flatten().find(|id| !id.is_empty())
        {
            origin.record.clone_from(name);
        }
        let mut doubt = None;
        for part in [&mut entry.content, &mut entry.summary].into_iter().flatten() {
            let safe = make_safe(std::mem::take(part), &LIMITS).map_err(Unread::Failed)?;
            *part = safe.page;
            doubt = doubt.or(safe.rewritten);
        }
        let raw = RawDocument { origin: origin.clone(), body: RawBody::Entry(Box::new(entry)) };
        Ok(Opened { raw, doubt })
    }
}

fn is_root(root: Option<String>) -> bool {
    root.is_some_and(|root| matches!(root.as_str(), "rss" | "feed" | "RDF" | "entry"))
}

fn whole(input: &mut Source<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_RECORD as u64 + 1).read_to_end(&mut bytes)?;
    match bytes.len() > MAX_RECORD {
        true => Err(io::Error::new(io::ErrorKind::FileTooLarge, too_large())),
        false => Ok(bytes),
    }
}

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
fn split(input: &mut dyn BufRead, emit: Emit<'_>) -> io::Result<()> {
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
            Token::End(_) if token.name() == around.root_name => return Ok(()),
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

/// Reads a feed of one entry.
fn parse(text: &str) -> Result<Entry, String> {
    let text = markup::without_declaration(text);
    let mut read = feed_of(text);
    if read.is_err() {
        // Loose ampersands and names of HTML's entities are what feeds get wrong most.
        read = feed_of(&markup::with_escaped_ampersands(text)).or(read);
    }
    let (feed, dates) = read?;
    let title = feed.title.map(|title| title.content).filter(|title| !title.is_empty());
    let (feed_language, feed_title) = (feed.language, title);
    let Some(entry) = feed.entries.into_iter().next() else { return Err("the feed's entry is empty".into()) };
    let date = |at: Option<DateTime<Utc>>| {
        let place = usize::try_from(at?.timestamp()).ok()?;
        dates.get(place).cloned()
    };
    let url = link_of(&entry);
    let published = date(entry.published);
    let updated = date(entry.updated).filter(|_| entry.updated != entry.published);
    Ok(Entry {
        url,
        title: entry.title.map(|title| title.content).unwrap_or_default(),
        authors: entry.authors.into_iter().filter_map(name_of).collect(),
        published,
        updated,
        tags: entry.categories.into_iter().map(|tag| tag.label.unwrap_or(tag.term)).collect(),
        language: entry.language.or(feed_language),
        feed: feed_title,
        summary: entry.summary.map(|text| markup::of(text.content, is_plain(&text.content_type))),
        content: entry.content.and_then(|content| {
            let is_plain = is_plain(&content.content_type);
            content.body.map(|body| markup::of(body, is_plain))
        }),
        id: entry.id,
    })
}

fn is_plain(kind: &impl ToString) -> bool {
    kind.to_string() == "text/plain"
}

/// The parser's feed, and the dates of it as they are written: the parser would turn them to UTC, and
/// a day is the day that the publisher printed. It keeps their numbers in this list instead.
fn feed_of(text: &str) -> Result<(model::Feed, Vec<String>), String> {
    let dates = Arc::new(Mutex::new(Vec::<String>::new()));
    let written = dates.clone();
    let keep = move |text: &str| {
        let mut written = written.lock().unwrap_or_else(PoisonError::into_inner);
        written.push(text.trim().to_owned());
        DateTime::from_timestamp(i64::try_from(written.len()).ok()? - 1, 0)
    };
    // An id that the parser made up would differ in each run.
    let parser = Builder::new().timestamp_parser(keep).id_generator(|_, _, _| String::new()).build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| format!("the entry is broken: {error}"))?;
    drop(parser);
    let dates = std::mem::take(&mut *dates.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((feed, dates))
}

/// The address of the page that an entry stands for.
fn link_of(entry: &model::Entry) -> Option<String> {
    let is_page = |link: &&model::Link| {
        link.rel.as_deref().is_none_or(|rel| rel == "alternate")
            && link.media_type.as_deref().is_none_or(|kind| kind.contains("html"))
            && link.target.is_none()
    };
    let link = entry.links.iter().find(is_page).map(|link| link.href.as_str());
    let id = Some(entry.id.as_str()).filter(|id| id.starts_with("http://") || id.starts_with("https://"));
    link.or(id).map(|url| url.trim().to_owned()).filter(|url| !url.is_empty())
}

fn name_of(person: model::Person) -> Option<String> {
    person.name.or(person.email).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Emits an entry that is given as a feed.
fn emit_entry(emit: Emit<'_>, number: u64, bytes: Result<Vec<u8>, Unread>) -> ControlFlow<()> {
    emit(Piece { record: format!("entry {number}"), ..Piece::whole(bytes) })
}
