//! One name, freed from what pages write around it.

use super::names::is_unspaced;
use super::signed::after_words;
use crate::extract::furniture::is_reading_time;
use crate::extract::lists::{
    AGENCIES, BYLINE_LABELS, BYLINE_OPENERS, DESKS, HONORIFICS, NAME_ENDS, NAME_PARTICLES, NOBODY,
    OTHER_WORK, ROLE_RANKS, ROLES, listed, opens_with,
};
use crate::extract::text::{fold, word_count};
use crate::extract::written::{Order, first_date};

/// One name, without labels, titles, role and place; `None` if nobody is left.
pub(super) fn clean(name: &str, visible: bool) -> Option<String> {
    let mut name = without_opening(&without_date(name.trim()), visible);
    if visible && listed(&DESKS, &fold(trim(&name))) {
        return Some(trim(&name).to_owned());
    }
    if opens_with(&OTHER_WORK, &fold(&name)).is_some() || is_role(&name) {
        return None;
    }
    name = without_role(&without_place(&name));
    if is_unspaced(&name) {
        name = without_joined_role(&name).to_owned();
    }
    let name = trim(&name);
    (fits(name) && !is_nobody(name) && !holds_date(name)).then(|| without_capitals(name))
}

/// Without the labels and titles before it.
fn without_opening(name: &str, visible: bool) -> String {
    const MOST: usize = 4;
    let mut name = name.to_owned();
    for _ in 0..MOST {
        let folded = fold(&name);
        let label = opens_with(&BYLINE_LABELS, &folded).filter(|label| is_label(label, &name, visible));
        // "Dr. Jane Doe", but "Mr. Bean".
        let title =
            opens_with(&HONORIFICS, &folded).filter(|title| word_count(after_words(&name, title)) > 1);
        let Some(opening) = label.or(title) else { break };
        name = after_words(&name, opening).to_owned();
    }
    name
}

/// Without the date after it: "Jane Doe am 6. Mai 2014".
fn without_date(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let figure =
        words.iter().position(|word| word.contains(|c: char| c.is_ascii_digit())).unwrap_or_default();
    let opens_date = words[..figure].iter().skip(1).position(|word| listed(&NAME_ENDS, &word.to_lowercase()));
    words[..opens_date.map_or(words.len(), |place| place + 1)].join(" ")
}

/// Whether a label stands before a name and does not open it, as in "Van Morrison", "De la Rue".
fn is_label(label: &str, name: &str, visible: bool) -> bool {
    let may_be_name = !label.contains([':', ' ']) && !listed(&BYLINE_OPENERS, label);
    let rest = after_words(name, label);
    let next = fold(rest.split_whitespace().next().unwrap_or_default());
    let noble = listed(&NAME_PARTICLES, &next);
    !noble && (!may_be_name || visible && word_count(rest) > 1)
}

/// Without the place or the paper after it: "Jane Doe in Berlin".
fn without_place(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let end = words.iter().skip(2).position(|word| listed(&NAME_ENDS, &word.to_lowercase()));
    words[..end.map_or(words.len(), |end| end + 2)].join(" ")
}

/// Without what she does, before or after her name.
fn without_role(name: &str) -> String {
    let folded = fold(name);
    let ends = |role: &&&str| folded.strip_suffix(**role).is_some_and(|rest| rest.ends_with(' '));
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut kept = &words[..];
    if let Some(role) = ROLES.iter().filter(ends).max_by_key(|role| role.len()) {
        let mut keep = words.len() - role.split(' ').count();
        while keep > 2 && listed(&ROLE_RANKS, &fold(words[keep - 1])) {
            keep -= 1;
        }
        // A name without spaces is one word.
        if keep >= 2 || keep == 1 && is_unspaced(words[0]) {
            kept = &words[..keep];
        }
    }
    let compound = words.first().is_some_and(|word| is_compound_role(word)).then_some(1);
    if let Some(skip) = opens_with(&ROLES, &folded).map(|role| role.split(' ').count()).or(compound)
        && kept.len() >= skip + 2
    {
        kept = &kept[skip..];
    }
    kept.join(" ")
}

/// "记者王敬照" without its first two letters: languages without spaces put the work right before the name.
fn without_joined_role(name: &str) -> &str {
    let folded = fold(name);
    let rest = ROLES.iter().filter_map(|role| folded.strip_prefix(*role)).min_by_key(|rest| rest.len());
    let is_name = |rest: &&str| (2..=4).contains(&rest.chars().count());
    rest.filter(is_name).and_then(|rest| name.get(name.len().checked_sub(rest.len())?..)).unwrap_or(name)
}

/// "ARD-Korrespondentin": the work in one word with the paper.
fn is_compound_role(word: &str) -> bool {
    word.rsplit_once('-').is_some_and(|(_, role)| listed(&ROLES, &fold(role)))
}

/// Whether a text says what somebody does, and not who: "Senior Politics Editor".
pub(super) fn is_role(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let is_ranked = words.first().is_some_and(|word| listed(&ROLE_RANKS, word));
    let ends = words.last().is_some_and(|word| listed(&ROLES, word.trim_end_matches([',', '.'])));
    listed(&ROLES, &folded) || is_ranked && ends
}

fn trim(name: &str) -> &str {
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')').trim_start_matches('.');
    let last = name.split_whitespace().last().unwrap_or_default();
    // "Jr." and "J." keep their dot.
    let is_initial = last.chars().count() <= 4;
    if name.ends_with('.') && !is_initial { name.trim_end_matches('.') } else { name }
}

fn fits(name: &str) -> bool {
    const LONGEST: usize = 90;
    if name.contains(':') || ends_sentence(name) {
        return false;
    }
    (1..=7).contains(&name.split_whitespace().count())
        && name.len() <= LONGEST
        && name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
}

/// Whether a word that is no abbreviation ends with a stop before others: two sentences.
fn ends_sentence(name: &str) -> bool {
    let mut words = name.split_whitespace().rev().skip(1);
    words.any(|word| word.ends_with('.') && word.chars().filter(|c| c.is_alphabetic()).count() > 4)
}

fn is_nobody(name: &str) -> bool {
    let folded = fold(name);
    listed(&NOBODY, &folded) || listed(&DESKS, &folded) || listed(&ROLES, &folded) || is_reading_time(&folded)
}

fn holds_date(name: &str) -> bool {
    // "BR24 Newsroom" is a name, "12h", "2020" and "3.5." are not in one.
    let is_figure = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit()) && word.chars().filter(|c| c.is_alphabetic()).count() < 2
    };
    name.starts_with(|c: char| c.is_ascii_digit())
        || name.contains(' ') && name.split_whitespace().any(is_figure)
        || first_date(name, Order::DayFirst).is_some()
}

/// "NADIA HADDAD" is set in capitals, not spelled so: facets would list her twice.
fn without_capitals(name: &str) -> String {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = word_count(name) >= 2
        && !name.contains(char::is_lowercase)
        && name.split_whitespace().any(|word| letters(&word) >= 5)
        && !name.split_whitespace().any(|word| listed(&AGENCIES, &fold(word)));
    if !shouted {
        return name.to_owned();
    }
    let mut spelled = String::with_capacity(name.len());
    let mut inside = false;
    for character in name.chars() {
        if inside {
            spelled.extend(character.to_lowercase());
        } else {
            spelled.push(character);
        }
        inside = character.is_alphabetic();
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_freed_from_what_surrounds_it() {
        for (text, name) in [
            ("Von Ingrid Solberg", Some("Ingrid Solberg")),
            ("Dr. Ingrid Solberg", Some("Ingrid Solberg")),
            ("Frau Sommer", Some("Frau Sommer")),
            ("Ursula von der Leyen", Some("Ursula von der Leyen")),
            ("Van Morrison", Some("Van Morrison")),
            ("John Smith Jr.", Some("John Smith Jr.")),
            ("Ingrid Solberg in Oslo", Some("Ingrid Solberg")),
            ("Ingrid Solberg am 6. Mai 2014", Some("Ingrid Solberg")),
            ("Staff Writer Ingrid Solberg", Some("Ingrid Solberg")),
            ("Ingrid Solberg Senior Foreign Correspondent", Some("Ingrid Solberg")),
            ("NRK-Korrespondentin Ingrid Solberg", Some("Ingrid Solberg")),
            ("INGRID SOLBERG", Some("Ingrid Solberg")),
            ("BR24 Newsroom", Some("BR24 Newsroom")),
            ("Foto: Ingrid Solberg", None),
            ("Comments", None),
            ("12 September 2001", None),
            ("7 min read", None),
            ("Senior Politics Editor", None),
        ] {
            assert_eq!(clean(text, true).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn a_desk_counts_only_where_readers_see_it() {
        assert_eq!(clean("Staff", false), None);
        assert_eq!(clean("Staff Writer", true).as_deref(), Some("Staff Writer"));
    }
}
