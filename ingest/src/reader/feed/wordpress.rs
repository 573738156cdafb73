//! WordPress's exports (WXR): RSS with what else a site holds: who its authors are, and pictures,
//! menus and drafts between the posts.

use std::collections::HashMap;

use crate::reader::Unread;

/// What the head of an export says.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// Names as readers see them, by the names that authors log in with.
    names: HashMap<String, String>,
}

impl Export {
    /// Takes an element of the head.
    pub(super) fn meet(&mut self, name: &str, element: &[u8]) {
        if name != "wp:author" {
            return;
        }
        let element = String::from_utf8_lossy(element);
        let login = text_of(&element, "wp:author_login");
        let shown = text_of(&element, "wp:author_display_name").filter(|name| !name.is_empty());
        if let (Some(login), Some(shown)) = (login, shown) {
            self.names.insert(login, shown);
        }
    }

    /// Says of an entry that it is no article, or puts its author's name for his login and its own
    /// clock's time for Greenwich's.
    pub(super) fn judge(&self, entry: Vec<u8>) -> Result<Vec<u8>, Unread> {
        // Titles and texts stay the bytes that they are; what is looked at here is ASCII.
        let text = String::from_utf8_lossy(&entry);
        let kind = text_of(&text, "wp:post_type").unwrap_or_default();
        if !matches!(kind.as_str(), "" | "post" | "page") {
            return Err(Unread::NotArticle(format!("an entry of WordPress that is no post: {kind}")));
        }
        let state = text_of(&text, "wp:status").unwrap_or_default();
        if !matches!(state.as_str(), "" | "publish" | "inherit") {
            return Err(Unread::NotArticle(format!("a post that was not published: {state}")));
        }
        let login = text_of(&text, "dc:creator");
        let shown = login.as_ref().and_then(|login| self.names.get(login));
        let date = local_date(&text);
        let entry = shown.map_or_else(|| entry.clone(), |shown| with_text(&entry, "dc:creator", shown));
        Ok(date.map_or_else(|| entry.clone(), |date| with_text(&entry, "pubDate", &date)))
    }
}

/// When a post was published by the clock of its site. Its `pubDate` is by Greenwich's, where the day
/// may be another.
fn local_date(entry: &str) -> Option<String> {
    let read = |name| text_of(entry, name)?.parse::<jiff::civil::DateTime>().ok();
    let (local, greenwich) = (read("wp:post_date")?, read("wp:post_date_gmt")?);
    let minutes = local.duration_since(greenwich).as_secs() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    (hours < 16).then(|| format!("{local}{sign}{hours:02}:{minutes:02}"))
}

/// An entry with another text in the first element of that name, if it has one.
fn with_text(entry: &[u8], name: &str, text: &str) -> Vec<u8> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let Some(start) = find(entry, open.as_bytes()).map(|start| start + open.len()) else {
        return entry.to_vec();
    };
    let Some(end) = find(&entry[start..], close.as_bytes()).map(|end| start + end) else {
        return entry.to_vec();
    };
    let text = format!("<![CDATA[{}]]>", text.replace("]]>", ""));
    [&entry[..start], text.as_bytes(), &entry[end..]].concat()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The text of the first element of that name.
fn text_of(source: &str, name: &str) -> Option<String> {
    let (_, rest) = source.split_once(&format!("<{name}>"))?;
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let inside = inside.trim();
    let text = inside.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>"));
    Some(text.unwrap_or(inside).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export() -> Export {
        let mut export = Export::default();
        let author = "<wp:author><wp:author_login><![CDATA[mh]]></wp:author_login>\
                      <wp:author_display_name><![CDATA[Mina Halvorsen]]></wp:author_display_name></wp:author>";
        export.meet("wp:author", author.as_bytes());
        export
    }

    #[test]
    fn a_login_becomes_the_name_that_readers_see() {
        let entry = "<item><title>é</title><dc:creator><![CDATA[mh]]></dc:creator><wp:post_type>post</wp:post_type></item>";
        let judged = String::from_utf8(export().judge(entry.into()).unwrap()).unwrap();
        assert!(
            judged.contains("<title>é</title><dc:creator><![CDATA[Mina Halvorsen]]></dc:creator><wp:"),
            "{judged}"
        );
        let other = "<item><dc:creator>Ada Brandt</dc:creator></item>";
        assert_eq!(export().judge(other.into()).unwrap(), other.as_bytes());
    }

    #[test]
    fn a_post_is_of_the_day_of_its_own_site() {
        let entry = "<item><pubDate>Thu, 18 Jan 2024 03:30:00 +0000</pubDate><wp:post_date>2024-01-17 22:30:00</wp:post_date>\
                     <wp:post_date_gmt><![CDATA[2024-01-18 03:30:00]]></wp:post_date_gmt></item>";
        let judged = String::from_utf8(export().judge(entry.into()).unwrap()).unwrap();
        assert!(judged.contains("<pubDate><![CDATA[2024-01-17T22:30:00-05:00]]></pubDate>"), "{judged}");
        let unset = entry.replace("2024-01-18 03:30:00", "0000-00-00 00:00:00");
        assert_eq!(export().judge(unset.clone().into()).unwrap(), unset.as_bytes());
    }

    #[test]
    fn pictures_and_drafts_are_no_articles() {
        for (entry, reason) in [
            (
                "<item><wp:post_type><![CDATA[attachment]]></wp:post_type></item>",
                "an entry of WordPress that is no post: attachment",
            ),
            (
                "<item><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>",
                "a post that was not published: draft",
            ),
        ] {
            assert_eq!(export().judge(entry.into()), Err(Unread::NotArticle(reason.into())));
        }
    }
}
