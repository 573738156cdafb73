//! What browsers and their extensions write into a page that they save: where it was saved from and
//! when. And what they put into it so that it is one file: pictures as `data:` addresses.

use std::sync::LazyLock;

use dateline_index::article::Origin;
use jiff::fmt::strtime;
use regex::Regex;

/// Where the notes stand.
const NOTES_WITHIN: usize = 64 << 10;

/// Notes that hold the page's address: "saved from url=(0041)https://…" of Internet Explorer and of
/// browsers after it, "Page saved with SingleFile url: …", "Mirrored from … by HTTrack", and the
/// `meta` of Save Page WE.
static ADDRESSES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->",
        r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://\S+)",
        r"<!--\s*Mirrored from ((?:https?://)?[^\s/]+\.[^\s/]+/\S*) by HTTrack",
        r#"<meta name="?savepage-url"? content="(https?://[^"\s]+)""#,
    ];
    patterns.iter().map(|pattern| Regex::new(pattern).expect("the pattern is well formed")).collect()
});

/// When a page was saved: "saved date: Wed Jan 17 2024 09:30:00 GMT+0100 (…)".
static SAVED: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"saved date:\s*\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d) GMT([+-]\d{4})";
    Regex::new(pattern).expect("the pattern is well formed")
});

/// Notes in the origin where a page was saved from and when, if it says so.
pub(super) fn note(page: &str, origin: &mut Origin) {
    let end = (0..=NOTES_WITHIN.min(page.len())).rev().find(|end| page.is_char_boundary(*end)).unwrap_or(0);
    let head = &page[..end];
    if origin.url.is_none() {
        origin.url = ADDRESSES.iter().find_map(|pattern| address(&pattern.captures(head)?[1]));
    }
    if let Some(found) = SAVED.captures(head)
        && let Ok(time) = strtime::parse("%b %d %Y %H:%M:%S %z", format!("{} {}", &found[1], &found[2]))
        && let Ok(time) = time.to_timestamp()
    {
        saved_at(origin, time.as_second());
    }
}

/// Notes when a page was saved, in seconds since 1970, if that can be true.
pub(super) fn saved_at(origin: &mut Origin, seconds: i64) {
    // Pages have been saved since 1991, and none was saved after its file was last written, where that is
    // known: archives write zero, or 1980, where they do not know. What is a day ahead comes from a clock
    // in another zone.
    const FIRST: i64 = 662_688_000;
    const DAY: i64 = 86_400;
    let now = jiff::Timestamp::now().as_second();
    let written = if origin.modified >= FIRST { origin.modified.min(now) } else { now };
    let latest = written + DAY;
    if (FIRST..=latest).contains(&seconds) {
        origin.modified = seconds;
    }
}

/// An address as it may stand in a comment, where two hyphens are no text.
fn address(text: &str) -> Option<String> {
    let text = text.replace("%2D%2D", "--").replace("&amp;", "&");
    let text = if text.starts_with("http") { text } else { format!("http://{text}") };
    url::Url::parse(&text).ok().map(|url| url.to_string())
}

/// A page without what `data:` addresses hold: pictures, fonts and sounds, many times the page's size.
pub(super) fn without_data(page: String) -> String {
    /// What is shorter is left alone.
    const LONG: usize = 256;
    let bytes = page.as_bytes();
    let mut kept = String::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(found) = page[from..].find("data:") {
        let start = from + found;
        from = start + "data:".len();
        let follows_letter = start > 0 && bytes[start - 1].is_ascii_alphanumeric();
        let is_type = |byte: &u8| byte.is_ascii_alphanumeric() || b"/+-.;=_\"&%".contains(byte);
        let length = bytes[from..].iter().take(LONG).take_while(|byte| is_type(byte)).count();
        if follows_letter || bytes.get(from + length) != Some(&b',') {
            continue;
        }
        let data = from + length + 1;
        let is_data = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=%-_.~!*:@&$;?#,".contains(byte);
        let end = data + bytes[data..].iter().take_while(|byte| is_data(byte)).count();
        from = end;
        if end - data > LONG {
            kept.push_str(&page[done..data]);
            done = end;
        }
    }
    if done == 0 {
        return page;
    }
    kept.push_str(&page[done..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(page: &str) -> Origin {
        let mut origin = Origin { modified: 1, ..Origin::default() };
        note(page, &mut origin);
        origin
    }

    #[test]
    fn a_saved_page_knows_its_address_and_its_day() {
        let page = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://paper.test/talks?a=1&b=2 \n \
                    saved date: Wed Jan 17 2024 09:30:00 GMT+0100 (Central European Standard Time)\n--><meta charset=utf-8>";
        let origin = noted(page);
        assert_eq!(origin.url.as_deref(), Some("https://paper.test/talks?a=1&b=2"));
        assert_eq!(origin.modified, 1_705_480_200);
        for (page, url) in [
            ("<!-- saved from url=(0028)https://paper.test/a%2D%2Db -->", "https://paper.test/a--b"),
            ("<!-- saved from url=(0014)about:internet -->", ""),
            ("<!-- saved from url=(0030)file:///home/me/a.html -->", ""),
            (
                "<!-- Mirrored from paper.test/2014/a.html by HTTrack Website Copier/3.x -->",
                "http://paper.test/2014/a.html",
            ),
            ("<meta name=\"savepage-url\" content=\"https://paper.test/b\">", "https://paper.test/b"),
            ("<p>saved from url=(0028)https://paper.test/a</p>", ""),
        ] {
            let origin = noted(page);
            assert_eq!((origin.url.as_deref().unwrap_or_default(), origin.modified), (url, 1), "{page}");
        }
    }

    #[test]
    fn a_clock_that_is_wrong_is_not_believed() {
        for year in ["1970", "2931"] {
            assert_eq!(
                noted(&format!("<!-- saved date: Thu Jan 01 {year} 00:00:01 GMT+0000 -->")).modified,
                1
            );
        }
    }

    #[test]
    fn no_page_was_saved_after_its_file_was_written() {
        const WRITTEN: i64 = 1_705_480_200;
        let saved = |modified: i64, seconds: i64| {
            let mut origin = Origin { modified, ..Origin::default() };
            saved_at(&mut origin, seconds);
            origin.modified
        };
        assert_eq!(saved(WRITTEN, WRITTEN + 90_000), WRITTEN);
        assert_eq!(saved(WRITTEN, WRITTEN + 3_600), WRITTEN + 3_600);
        assert_eq!(saved(WRITTEN, WRITTEN - 90_000), WRITTEN - 90_000);
        // 1 January 1980: an archive that does not know.
        assert_eq!(saved(315_532_800, WRITTEN), WRITTEN);
    }

    #[test]
    fn what_data_addresses_hold_goes_and_nothing_else() {
        let picture = "A".repeat(5_000);
        let page = format!(
            "<img src=\"data:image/png;base64,{picture}\"><p>Metadata: data: x, {picture}</p>\
             <div style=\"background:url(data:font/woff2;base64,{picture}) no-repeat\">é</div>\
             <img src='data:image/gif;base64,R0lGOD'>"
        );
        let expected = format!(
            "<img src=\"data:image/png;base64,\"><p>Metadata: data: x, {picture}</p>\
             <div style=\"background:url(data:font/woff2;base64,) no-repeat\">é</div>\
             <img src='data:image/gif;base64,R0lGOD'>"
        );
        assert_eq!(without_data(page), expected);
    }
}
