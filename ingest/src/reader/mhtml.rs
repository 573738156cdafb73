//! MHTML: a page as a mail, with its pictures as parts beside it (RFC 2557). One file is one record.

use dateline_index::article::Origin;
use dateline_index::identity::digest;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders};

use super::html::open_page;
use super::{Claim, Opened, Piece, Probe, Reader, Unread, saved};
use crate::mapping::Mapping;

pub(super) struct Mhtml;

impl Reader for Mhtml {
    fn name(&self) -> &'static str {
        "a page saved as MHTML"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["mhtml", "mht"]
    }

    fn claims(&self, probe: &Probe<'_>) -> Claim {
        match probe.extension().as_str() {
            extension if self.extensions().contains(&extension) => Claim::Certain,
            _ if is_saved_by_browser(probe.start()) => Claim::Likely,
            _ => Claim::No,
        }
    }

    fn open(&self, piece: Piece, origin: &mut Origin, _: &Mapping) -> Result<Opened, Unread> {
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        let failed = |reason: &str| Unread::Failed(reason.to_owned());
        let message = MessageParser::default().parse(&bytes).ok_or_else(|| failed("it is no MHTML"))?;
        let page = page_of(&message).ok_or_else(|| failed("it holds no page"))?;
        origin.url = address(&message, page);
        if let Some(seconds) = saved_when(&message) {
            saved::saved_at(origin, seconds);
        }
        let content = bytes.get(page.offset_body as usize..page.offset_end as usize).unwrap_or_default();
        let decoded = match page.encoding {
            Encoding::None => Some(content.to_vec()),
            Encoding::QuotedPrintable => quoted_printable_decode(content),
            Encoding::Base64 => base64_decode(content),
        };
        let decoded = decoded.ok_or_else(|| Unread::Failed(damaged(page, content)))?;
        if decoded.iter().all(u8::is_ascii_whitespace) {
            return Err(failed("its page is empty"));
        }
        let label = page.content_type().and_then(|kind| kind.attribute("charset"));
        open_page(&decoded, label, origin)
    }
}

/// Says where the packing of a page is broken.
fn damaged(page: &MessagePart<'_>, content: &[u8]) -> String {
    let is_of_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=\r\n\t ".contains(byte);
    let (packing, place) = match page.encoding {
        Encoding::Base64 => ("base64", content.iter().position(|byte| !is_of_base64(byte))),
        _ => ("quoted-printable", None),
    };
    let place =
        place.map_or_else(String::new, |place| format!(" at byte {}", page.offset_body as usize + place + 1));
    format!("the page in it is {packing} that is damaged{place}: save the page anew")
}

/// Whether a mail is a page that a browser saved, whatever its name.
fn is_saved_by_browser(start: &[u8]) -> bool {
    let head = String::from_utf8_lossy(start).to_ascii_lowercase();
    let headers = head.split("\r\n\r\n").next().unwrap_or_default();
    let headers = headers.split("\n\n").next().unwrap_or_default();
    let is_saved = headers.contains("snapshot-content-location:") || headers.contains("<saved by ");
    is_saved && headers.contains("mime-version:")
}

/// The part that is the page: the one that the message names as its root, the one of the page's own
/// address, or the first of that type.
fn page_of<'m>(message: &'m Message<'m>) -> Option<&'m MessagePart<'m>> {
    let pages = || message.parts.iter().filter(|part| is_page(part));
    let bare = |id: &str| id.trim().trim_matches(['<', '>']).to_owned();
    let root = message.content_type().and_then(|kind| kind.attribute("start")).map(bare);
    let of_root =
        root.and_then(|root| pages().find(|part| part.content_id().map(bare).as_ref() == Some(&root)));
    let own = stated_address(message);
    let of_address =
        || own.as_deref().and_then(|own| pages().find(|part| part.content_location() == Some(own)));
    of_root.or_else(of_address).or_else(|| pages().next())
}

fn is_page(part: &MessagePart<'_>) -> bool {
    part.is_content_type("text", "html") || part.is_content_type("application", "xhtml+xml")
}

/// The address that the message as a whole states.
fn stated_address(message: &Message<'_>) -> Option<String> {
    let snapshot = message.header(HeaderName::Other("Snapshot-Content-Location".into()));
    snapshot.and_then(|value| value.as_text()).map(|text| text.trim().to_owned())
}

fn address(message: &Message<'_>, page: &MessagePart<'_>) -> Option<String> {
    let own = page.content_location().map(|text| text.trim().to_owned());
    let of_message = message.content_location().map(|text| text.trim().to_owned());
    let is_of_the_web = |address: &String| address.starts_with("http://") || address.starts_with("https://");
    [stated_address(message), own, of_message].into_iter().flatten().find(is_of_the_web)
}

/// When the page was saved, in seconds since 1970. Never when it was published.
fn saved_when(message: &Message<'_>) -> Option<i64> {
    let date = message.date()?;
    // The parser takes the ninety-ninth of November for a day.
    let whole = |number: u8| i8::try_from(number).ok();
    let local = jiff::civil::DateTime::new(
        i16::try_from(date.year).ok()?,
        whole(date.month)?,
        whole(date.day)?,
        whole(date.hour)?,
        whole(date.minute)?,
        whole(date.second)?,
        0,
    )
    .ok()?;
    let minutes = i64::from(date.tz_hour) * 60 + i64::from(date.tz_minute);
    let offset = if date.tz_before_gmt { -minutes } else { minutes } * 60;
    let utc = jiff::tz::Offset::UTC.to_timestamp(local).ok()?;
    Some(utc.as_second() - offset)
}
