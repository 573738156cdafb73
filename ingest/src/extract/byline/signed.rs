//! Lines that say that they are a byline: "By A and B | 12 September 2001".

use super::names::{looks_like_name, names_in};
use crate::extract::date::date_line;
use crate::extract::lists::{AND, BYLINE_OPENERS, listed, opens_with};
use crate::extract::text::{fold, word_count};
use crate::extract::written::Order;

/// The names of a line that says that it is a byline: "By A and B | 12 September 2001",
/// "12 September 2001 | By A".
pub(in crate::extract) fn signed_line(line: &str) -> Vec<String> {
    const LONGEST: usize = 200;
    if line.len() > LONGEST {
        return Vec::new();
    }
    let parts: Vec<&str> = line.split(['|', '•', '·', '∙']).map(str::trim).collect();
    let signed = (0..parts.len()).find_map(|place| {
        let names = signed_part(&parts[place..].join(" | "));
        (!names.is_empty()).then_some(names)
    });
    signed.or_else(|| signed_after_date(line)).unwrap_or_default()
}

/// "Posted on September 21, 2020 by Jane Doe".
fn signed_after_date(line: &str) -> Option<Vec<String>> {
    date_line(line, Order::DayFirst)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let place = words.iter().rposition(|word| listed(&BYLINE_OPENERS, &fold(word)))?;
    let names = signed_part(&words[place..].join(" "));
    (!names.is_empty()).then_some(names)
}

fn signed_part(line: &str) -> Vec<String> {
    let opened = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let in_brackets = line[..line.len() - opened.len()].contains(['(', '[', '（']);
    let whole = if in_brackets { opened.trim_end_matches([')', ']', '）']) } else { opened };
    let line = whole.replace(" :", ":").replace('：', ":");
    let folded = fold(&line);
    let Some(label) = opens_with(&BYLINE_OPENERS, &folded) else { return Vec::new() };
    let rest = after_words(&line, label).trim_start_matches(['|', ' ']);
    // "By" opens sentences, too: a name follows a byline's.
    let is_name = rest.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic());
    // "Posted by somebody on 12 September 2001": a login, after words that open nothing else.
    let is_login = label.contains(' ') && date_line(&line, Order::DayFirst).is_some();
    if !is_name && !is_login {
        return Vec::new();
    }
    let names = names_in(&joined_parts(rest), true);
    let is_name = |name: &String| looks_like_name(name) || is_login && word_count(name) == 1;
    if names.iter().all(is_name) { names } else { Vec::new() }
}

/// The parts of a byline that go on with the list of names: what follows without "and" or a comma is
/// another name only if it looks like the full name of somebody.
pub(super) fn joined_parts(rest: &str) -> String {
    let mut joined = String::new();
    let mut open = true;
    for part in rest.split(['|', '•', '·', '∙']).map(str::trim) {
        let words = word_count(part);
        let joins = |word: Option<&str>| word.is_some_and(|word| listed(&AND, &fold(word)) || word == ",");
        let starts = part.starts_with([',', '&']) || joins(part.split_whitespace().next());
        let is_full = (2..=4).contains(&words) && looks_like_name(part) && !part.contains([':', '.']);
        if !(joined.is_empty() || open || starts || is_full) {
            break;
        }
        if !joined.is_empty() {
            joined.push_str(if open || starts { " " } else { " | " });
        }
        joined.push_str(part);
        open = part.ends_with([',', '&']) || joins(part.split_whitespace().last());
    }
    joined
}

/// A line without the words that open it.
pub(super) fn after_words<'a>(line: &'a str, label: &str) -> &'a str {
    if label.ends_with(':') {
        return line.split_once(':').map_or("", |(_, rest)| rest.trim_start());
    }
    let words = label.split_whitespace().count();
    let mut rest = line.trim_start();
    for _ in 0..words {
        rest = rest.find(char::is_whitespace).map_or("", |place| rest[place..].trim_start());
    }
    rest.trim_start_matches([':', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byline_is_read_whatever_stands_around_it() {
        for line in [
            "By Ruth Adeyemi | 12 September 2001",
            "12 September 2001 | By Ruth Adeyemi",
            "Posted on September 21, 2020 by Ruth Adeyemi",
            "By | Ruth Adeyemi | Dec 12, 2016 2:00 PM | Tags",
            "---- by Ruth Adeyemi",
            "Auteur : Ruth Adeyemi",
            "Geschreven door Ruth Adeyemi",
            "Автор: Ruth Adeyemi",
            "Eine Reportage von Ruth Adeyemi",
        ] {
            assert_eq!(signed_line(line), ["Ruth Adeyemi"], "{line}");
        }
        assert_eq!(signed_line("Posted by night_owl on 7 July 2019"), ["night_owl"]);
    }

    #[test]
    fn a_sentence_that_opens_like_a_byline_is_none() {
        for line in [
            "By noon the bridge had fallen",
            "By Tuesday the army was in the city and nobody moved",
            "Von einem Ende der Krise kann keine Rede sein",
            "Par exemple le pont",
        ] {
            assert_eq!(signed_line(line), Vec::<String>::new(), "{line}");
        }
    }
}
