//! Markdown, lightly: its marks go, its structure and its front matter stay.

use std::sync::LazyLock;

use dateline_index::article::BlockKind;
use regex::Regex;

use super::byline;
use super::candidate::Found;
use super::plain::{Fields, Line};
use super::text::squeeze;
use super::written::Order;

/// What the lines between `---` at the top say.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FrontMatter {
    pub(super) title: Option<String>,
    pub(super) date: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) tags: Vec<String>,
}

/// Reads the front matter; what follows it is the text. Only `key: value`, `key: [a, b]` and lists
/// of `- value` are understood: the rest is passed over.
pub(super) fn front_matter(source: &str) -> (FrontMatter, &str) {
    let mut front = FrontMatter::default();
    let Some(rest) = source.trim_start_matches('\u{feff}').strip_prefix("---\n") else {
        return (front, source);
    };
    let Some(end) = rest.find("\n---") else { return (front, source) };
    let mut key = String::new();
    for line in rest[..end].lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            front.set(&key, item);
        } else if let Some((name, value)) = line.split_once(':') {
            key = name.trim().to_lowercase();
            let value = value.trim();
            match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
                Some(list) => list.split(',').for_each(|item| front.set(&key, item)),
                None => front.set(&key, value),
            }
        }
    }
    let text = rest[end + 4..].split_once('\n').map_or("", |(_, text)| text);
    (front, text)
}

impl FrontMatter {
    /// Offers what it says, before all that the text says.
    pub(super) fn offer(self, fields: &mut Fields, order: Order) {
        const PLACE: &str = "front matter";
        self.title.into_iter().for_each(|title| fields.title(&title, Found::Record, PLACE));
        let names = self.authors.iter().flat_map(|text| byline::names_in(text, false)).collect();
        fields.authors(names, Found::Record, PLACE);
        self.date.into_iter().for_each(|date| fields.date(&date, order, Found::Record, PLACE));
        self.url.into_iter().for_each(|url| {
            fields.address(&url);
        });
        fields.language = self.language;
        fields.tags = self.tags;
    }

    fn set(&mut self, key: &str, value: &str) {
        let value = value.trim().trim_matches(['"', '\'']).trim().to_owned();
        if value.is_empty() {
            return;
        }
        match key {
            "title" => self.title = Some(value),
            "date" | "published" => self.date = Some(value),
            "author" | "authors" => self.authors.push(value),
            "lang" | "language" => self.language = Some(value),
            "url" | "canonical" | "canonical_url" => self.url = Some(value),
            "tags" | "topics" => self.tags.push(value),
            _ => {}
        }
    }
}

/// The lines of a text without its marks.
pub(super) fn lines(source: &str) -> Vec<Line> {
    source.lines().filter(|line| !line.trim_start().starts_with("```")).map(line).collect()
}

fn line(source: &str) -> Line {
    let trimmed = source.trim();
    let (kind, rest) = if let Some(heading) = trimmed.strip_prefix('#') {
        (Some(BlockKind::Heading), heading.trim_start_matches('#').trim().trim_end_matches('#'))
    } else if let Some(quote) = trimmed.strip_prefix("> ") {
        (Some(BlockKind::Quote), quote)
    } else if let Some(item) = ["- ", "* ", "+ "].iter().find_map(|mark| trimmed.strip_prefix(mark)) {
        (Some(BlockKind::List), item)
    } else {
        (None, trimmed)
    };
    let text = inline(rest);
    let rule = text.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' '));
    Line { text: if rule { String::new() } else { text }, kind }
}

/// Emphasis, links, pictures, code: the words stay.
fn inline(text: &str) -> String {
    static PICTURE: LazyLock<Regex> = LazyLock::new(|| pattern(r"!\[[^\]]*\]\([^)]*\)"));
    static LINK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\[([^\]]*)\]\([^)]*\)"));
    static MARKS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(^|[^\w*_])(\*{1,3}|_{1,3})([^\s*_](?:[^*_]*[^\s*_])?)(\*{1,3}|_{1,3})"));
    let text = PICTURE.replace_all(text, "");
    let text = LINK.replace_all(&text, "$1");
    let text = MARKS.replace_all(&text, "$1$3");
    squeeze(&text.replace('`', ""))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_words_stay() {
        let read = line("## A *new* [start](https://a.example/x) for __all__ of snake_case_names ##");
        assert_eq!(read.text, "A new start for all of snake_case_names");
        assert_eq!(read.kind, Some(BlockKind::Heading));
        assert_eq!(line("![a picture](x.jpg)").text, "");
        assert_eq!(line("2 * 3 * 4").text, "2 * 3 * 4");
    }

    #[test]
    fn front_matter_is_read_and_left_out() {
        let (front, text) = front_matter(
            "---\ntitle: \"A day: in May\"\nauthors:\n  - One\n  - Two\ndate: 2020-05-01\n---\nText",
        );
        assert_eq!(front.title.as_deref(), Some("A day: in May"));
        assert_eq!(front.authors, ["One", "Two"]);
        assert_eq!(text, "Text");
        assert_eq!(front_matter("---\nno end").1, "---\nno end");
    }
}
