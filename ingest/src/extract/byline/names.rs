//! The names in a text: where one ends and the next begins.

use std::sync::LazyLock;

use regex::Regex;

use super::clean::{clean, is_role};
use crate::extract::lists::{
    AGENCIES, AND, DESKS, NAME_PARTICLES, ORGANISATIONS, ROLES, lines, listed, opens_with,
};
use crate::extract::text::{fold, squeeze, word_count};

/// How to follow an author or to write to her, to the end. Accents count: Seguí is a name, "segui" is none.
static INVITATION: LazyLock<Regex> = LazyLock::new(|| {
    let openers = lines(include_str!("../../../data/lists/follow-openers.txt"));
    let openers: Vec<String> = openers.map(|(_, opener)| regex::escape(opener)).collect();
    Regex::new(&format!(r"(?i)\b(?:{})\b.*$", openers.join("|"))).expect("escaped words are a pattern")
});

/// The names in a text, cleaned. `visible`: it is what readers see, so that labels such as "de"
/// and "van" stand before a name and not in one.
pub(in crate::extract) fn names_in(text: &str, visible: bool) -> Vec<String> {
    static NOISE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)\([^)]*\)|\[[^\]]*\]|<[^>]*>|\S+@\S+|@\w+|https?://\S*|www\.\S*")
            .expect("the pattern is well formed")
    });
    if text.trim_start().starts_with("http") {
        return Vec::new();
    }
    let text = NOISE.replace_all(text, " ");
    let text = squeeze(&INVITATION.replace(&text, " ")).replace(" - ", " | ");
    let mut names = Vec::new();
    for part in text.split(['|', '•', '·', '∙', '●', ';', '/', '／', '\n', '—', '–', '、']).map(str::trim)
    {
        // "Jane Doe | Senior Politics Editor": what follows a name may be what she does.
        if !names.is_empty() && (is_role(part) || listed(&DESKS, &fold(part))) {
            continue;
        }
        if visible && listed(&DESKS, &fold(part)) {
            names.push(part.to_owned());
            continue;
        }
        let is_signed = part.split(',').any(|name| listed(&AGENCIES, &fold(name.trim())));
        if is_organisation(part) && !is_signed {
            names.extend(clean(part.split(',').next().unwrap_or_default(), visible));
            continue;
        }
        let parts = split_commas(part).into_iter().flat_map(|part| split_and(&part));
        names.extend(parts.filter_map(|name| clean(&name, visible)));
    }
    names
}

/// Whether a text names an organisation, whose name may hold commas and "and".
pub(super) fn is_organisation(text: &str) -> bool {
    let folded = fold(text);
    if listed(&AGENCIES, folded.trim()) {
        return false;
    }
    let mut words = folded.split(|c: char| c.is_whitespace() || c == ',' || c == '-');
    words.any(|word| {
        // German writes the kind of an organisation at the end of a longer word: "Caritasverband".
        let ends = |kind: &&str| kind.len() >= SHORTEST && word.ends_with(kind);
        listed(&ORGANISATIONS, word)
            || listed(&ORGANISATIONS, word.trim_end_matches('.'))
            || ORGANISATIONS.iter().any(ends)
    })
}

/// Whether a name is written as in Chinese, Japanese and Korean, where names have no spaces.
pub(super) fn is_unspaced(name: &str) -> bool {
    name.chars().all(|c| matches!(c, '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'))
}

/// The shortest kind of organisation that is looked for at the end of a longer word, in bytes.
const SHORTEST: usize = 6;

/// "Doe, Jane" is one name the other way round; other commas part names.
fn split_commas(text: &str) -> Vec<String> {
    let parts: Vec<&str> = text.split([',', '،']).map(str::trim).filter(|part| !part.is_empty()).collect();
    match parts[..] {
        [last, first] if is_turned_round(last, first) => vec![format!("{first} {last}")],
        [first, ..] if word_count(first) > 1 || listed(&AGENCIES, &fold(first)) => {
            // "Jane Doe, Berlin", "Jane Doe, PhD": one word after a full name is not another one.
            let another = |(place, part): &(usize, &str)| {
                *place == 0
                    || listed(&AGENCIES, &fold(part))
                    || (word_count(part) > 1 || *place > 0 && joins_two(part))
                        && !is_role(part)
                        && opens_with(&ROLES, &fold(part)).is_none()
            };
            parts.into_iter().enumerate().filter(another).map(|(_, part)| part.to_owned()).collect()
        }
        _ => parts.into_iter().map(str::to_owned).collect(),
    }
}

/// "Doe, Jane", "Jong, Michiel de".
fn is_turned_round(last: &str, first: &str) -> bool {
    let is_name = |word: &str| !listed(&AGENCIES, &fold(word)) && !is_role(word);
    let given: Vec<&str> =
        first.split_whitespace().filter(|word| !listed(&NAME_PARTICLES, &fold(word))).collect();
    word_count(last) == 1
        && (given.len() == 1 || given.len() == 2 && given[1].trim_end_matches('.').chars().count() == 1)
        && is_name(last)
        && given.iter().all(|word| is_name(word))
}

fn joins_two(part: &str) -> bool {
    part.split_whitespace().any(|word| listed(&AND, &fold(word)))
}

/// Parts "A and B". A single letter ("y", "e", "و") joins only two full names or two single ones:
/// "José Ortega y Gasset" is one man.
fn split_and(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joiners: Vec<usize> = (0..words.len()).filter(|&place| listed(&AND, &fold(words[place]))).collect();
    let mut names = Vec::new();
    let mut start = 0;
    for (number, &place) in joiners.iter().enumerate() {
        let end = joiners.get(number + 1).copied().unwrap_or(words.len());
        let (left, right) = (place - start, end - place - 1);
        let word = words[place];
        let joins = if word.chars().count() > 1 || word == "&" {
            words.get(place + 1).is_some_and(|next| !next.starts_with(char::is_lowercase) || place == 1)
        } else {
            left >= 2 && right >= 2 || left == 1 && right == 1
        };
        if joins || left == 0 {
            names.push(words[start..place].join(" "));
            start = place + 1;
        }
    }
    names.push(words[start.min(words.len())..].join(" "));
    names.retain(|name| !name.is_empty());
    names
}

/// Whether each long word begins as names do.
pub(in crate::extract) fn looks_like_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (1..=6).contains(&words.len())
        && !words.last().is_some_and(|word| {
            word.len() > 1 && listed(&NAME_PARTICLES, &fold(word)) && word.starts_with(char::is_lowercase)
        })
        && words
            .iter()
            .all(|word| listed(&NAME_PARTICLES, &fold(word)) || !word.starts_with(char::is_lowercase))
        || listed(&AGENCIES, &fold(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_in_every_language() {
        for text in [
            "By Ina Berg and Tomas Arce",
            "Von Ina Berg und Tomas Arce",
            "Par Ina Berg et Tomas Arce",
            "Por Ina Berg y Tomas Arce",
            "di Ina Berg e Tomas Arce",
            "Por Ina Berg e Tomas Arce",
            "Door Ina Berg en Tomas Arce",
            "Ina Berg i Tomas Arce",
            "Автор: Ina Berg и Tomas Arce",
            "Yazan: Ina Berg ve Tomas Arce",
            "بقلم: Ina Berg و Tomas Arce",
            "نویسنده: Ina Berg و Tomas Arce",
            "Ina Berg, Tomas Arce",
            "Ina Berg & Tomas Arce",
            "Ina Berg / Tomas Arce",
            "Ina Berg | Tomas Arce",
            "Ina Berg; Tomas Arce",
        ] {
            assert_eq!(names_in(text, true), ["Ina Berg", "Tomas Arce"], "{text}");
        }
    }

    #[test]
    fn words_that_join_names_stand_inside_names_too() {
        assert_eq!(names_in("José Ortega y Gasset", true), ["José Ortega y Gasset"]);
        assert_eq!(names_in("Laia Seguí and Ina Berg", true), ["Laia Seguí", "Ina Berg"]);
        assert_eq!(names_in("Ministry of Fisheries and Ports", false), ["Ministry of Fisheries and Ports"]);
    }

    #[test]
    fn a_name_the_other_way_round_is_one_name() {
        assert_eq!(names_in("Doe, Jane", false), ["Jane Doe"]);
        assert_eq!(names_in("Witt, Jan de", false), ["Jan de Witt"]);
        assert_eq!(names_in("AFP, Manila", true), ["AFP"]);
    }

    #[test]
    fn what_follows_a_name_is_not_another_one() {
        for text in [
            "Jane Doe, Berlin",
            "Jane Doe, PhD",
            "Jane Doe, Political Editor (jane@paper.example) @janedoe",
            "Jane Doe | Senior Politics Editor",
            "Jane Doe, Korrespondentin in Wien",
            "Jane Doe, redactora jefe",
            "Jane Doe, dziennikarka",
            "Jane Doe Follow on the network",
            "Jane Doe, obserwuj ją",
            "Jane Doe Folgen Sie der Autorin",
            "Jane Doe Síguela en la red",
        ] {
            assert_eq!(names_in(text, true), ["Jane Doe"], "{text}");
        }
    }
}
