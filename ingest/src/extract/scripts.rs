//! The text that a page's scripts hold: a page that is put together in the browser carries it there, as markup
//! in a string.

use super::page::{Page, selector};
use super::segments::words_of;
use super::text::{fold, is_unspaced};

/// A shorter string holds no article.
const SHORTEST: usize = 800;
/// A string in a string in a string: state, in a framework's envelope, in a script.
const DEEPEST: usize = 3;

/// The longest markup of paragraphs in a script's strings that speaks of what the title says.
pub(super) fn markup(page: &Page, title: &str) -> Option<String> {
    let scripts = page.html.select(selector!("script")).filter(|script| {
        let kind = script.value().attr("type").unwrap_or_default();
        !kind.contains("ld+json")
    });
    let mut found = Vec::new();
    for script in scripts {
        let source: String = script.text().collect();
        if source.len() >= SHORTEST {
            collect(&source, 0, &mut found);
        }
    }
    found.into_iter().filter(|markup| speaks_of(markup, title)).max_by_key(String::len)
}

/// Adds the markup that stands in the strings of a source, however deep.
fn collect(source: &str, depth: usize, found: &mut Vec<String>) {
    for text in strings(source) {
        let before = found.len();
        if depth < DEEPEST && text.contains('"') {
            collect(&text, depth + 1, found);
        }
        if found.len() == before && has_paragraphs(&text) {
            found.push(text);
        }
    }
}

fn has_paragraphs(text: &str) -> bool {
    const FEWEST: usize = 3;
    text.trim_start().starts_with('<') && text.matches("</p>").take(FEWEST).count() == FEWEST
}

/// The long strings in double quotation marks that JSON can read.
fn strings(source: &str) -> impl Iterator<Item = String> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = source[at..].find('"').map(|place| at + place) {
            let end = end_of_string(source, start);
            // A mark that opens no string must not make us read what stands between two strings.
            if !may_open(&source[..start]) {
                at = start + 1;
                continue;
            }
            at = end?;
            if at - start >= SHORTEST
                && let Ok(text) = serde_json::from_str(&source[start..at])
            {
                return Some(text);
            }
        }
        None
    })
}

/// Whether a string may begin after this.
fn may_open(before: &str) -> bool {
    before.trim_end().ends_with(['[', '{', '(', ',', ':', '=']) || before.trim_end().is_empty()
}

/// Where a string ends that begins at `start`: behind the first mark that no backslash escapes.
fn end_of_string(source: &str, start: usize) -> Option<usize> {
    let mut is_escaped = false;
    for (place, byte) in source.bytes().enumerate().skip(start + 1) {
        match byte {
            b'"' if !is_escaped => return Some(place + 1),
            b'\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    None
}

/// Whether a third of a title's longer words stand in a text: a page's state holds other texts, too.
fn speaks_of(markup: &str, title: &str) -> bool {
    const LONG: usize = 4;
    let (markup, title) = (fold(markup), fold(title));
    let words: Vec<&str> = words_of(&title).flat_map(parts).filter(|part| part.len() >= LONG).collect();
    let shared = words.iter().filter(|word| markup.contains(**word)).count();
    shared > 0 && shared * 3 >= words.len()
}

/// A word; where no space parts words, each two letters.
fn parts(word: &str) -> Vec<&str> {
    if !word.contains(is_unspaced) {
        return vec![word];
    }
    let starts: Vec<usize> = word.char_indices().map(|(start, _)| start).chain([word.len()]).collect();
    starts.windows(3).map(|at| &word[at[0]..at[2]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "Ferry stays in the harbour";

    fn story() -> String {
        let line = "The ferry stayed in the \"old\" harbour because the wind would not turn to the south.";
        format!("<p>{}</p>", [line; 4].join("</p><p>")).repeat(3)
    }

    fn found(script: &str) -> Option<String> {
        markup(&Page::parse(&format!("<title>x</title><script>{script}</script>")), TITLE)
    }

    #[test]
    fn markup_is_found_however_deep_its_string_lies() {
        let plain = serde_json::json!({ "id": 7, "state": { "content": story() } }).to_string();
        let safe = plain.replace('<', "\\u003c");
        assert_eq!(found(&format!("window.state = {safe};")), Some(story()));
        let in_string = serde_json::Value::from(safe).to_string();
        assert_eq!(found(&format!("self.rows.push([1,{in_string}])")), Some(story()));
    }

    #[test]
    fn a_lone_quotation_mark_in_a_script_hides_nothing() {
        let story = serde_json::Value::from(story()).to_string().replace('<', "\\u003c");
        assert!(found(&format!("var mark = '\"'; var story = {story};")).is_some());
    }

    #[test]
    fn a_title_without_spaces_is_compared_by_its_letters() {
        assert!(speaks_of("<p>渡し船は三日間、港にとどまった。</p>", "渡し船、港に足止め"));
        assert!(!speaks_of("<p>市長は予算案を公表した。</p>", "渡し船、港に足止め"));
    }

    #[test]
    fn what_speaks_of_something_else_is_not_the_article() {
        let other = serde_json::Value::from(story().replace("ferry", "train").replace("harbour", "station"));
        assert_eq!(
            found(&format!("x = {};", other.to_string().replace("the", "a").replace('<', "\\u003c"))),
            None
        );
        assert_eq!(found("x = 1;"), None);
    }
}
