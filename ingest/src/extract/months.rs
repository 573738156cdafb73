//! The months as newspapers write them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::lines;
use super::written::{Token, fold_written};

const FILE: &str = include_str!("../../data/lists/months.txt");

/// Names and abbreviations, folded, with the number of the month.
static MONTHS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| entries(FILE).collect());

/// The names in a file of months, folded, each with its month's number.
pub(super) fn entries(file: &'static str) -> impl Iterator<Item = (String, i8)> {
    let months = lines(file).filter_map(|(_, line)| {
        let (number, names) = line.split_once(' ')?;
        Some((number.parse::<i8>().ok()?, names))
    });
    months.flat_map(|(number, names)| names.split('|').map(move |name| (fold_written(name.trim()), number)))
}

/// The month of a folded word.
pub(super) fn month(word: &str) -> Option<i8> {
    MONTHS.get(word.trim_end_matches('.')).copied()
}

/// The month at the start of the tokens, and how many of them name it: "تشرين الأول" is one month.
pub(super) fn month_at(tokens: &[Token]) -> Option<(i8, usize)> {
    let Token::Word(word) = tokens.first()? else { return None };
    if let Some(Token::Word(second)) = tokens.get(1)
        && let Some(month) = month(&format!("{word} {second}"))
    {
        return Some((month, 2));
    }
    let named = month(word).or_else(|| month(word.strip_prefix("d'")?))?;
    Some((named, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_one_month() {
        for (name, number) in entries(FILE) {
            assert!((1..=12).contains(&number), "{name}");
            assert_eq!(MONTHS[&name], number, "{name} means two months");
        }
    }

    #[test]
    fn every_section_is_a_language_and_names_what_it_knows_in_order() {
        for (language, line) in lines(FILE) {
            assert!(dateline_index::language::Language::from_code(language).is_some(), "[{language}] {line}");
            assert!(line.split(' ').next().is_some_and(|number| number.parse::<i8>().is_ok()), "{line}");
        }
        for language in ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "tr", "ar", "fa"] {
            assert_eq!(lines(FILE).filter(|(section, _)| *section == language).count(), 12, "{language}");
        }
    }

    #[test]
    fn months_are_known_in_many_languages() {
        for (word, number) in [
            ("März", 3),
            ("août", 8),
            ("Sept.", 9),
            ("enero", 1),
            ("декабря", 12),
            ("AĞUSTOS", 8),
            ("مايو", 5),
            ("اکتبر", 10),
            ("października", 10),
        ] {
            assert_eq!(month(&fold_written(word)), Some(number), "{word}");
        }
        assert_eq!(month("monday"), None);
    }
}
