//! The months as newspapers write them, lower case, without accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::lines;
use super::text::fold;

const FILE: &str = include_str!("../../data/lists/months.txt");

/// Names and abbreviations, folded, with the number of the month.
static MONTHS: LazyLock<HashMap<String, i8>> = LazyLock::new(|| entries().collect());

fn entries() -> impl Iterator<Item = (String, i8)> {
    let months = lines(FILE).filter_map(|(_, line)| {
        let (number, names) = line.split_once(' ')?;
        Some((number.parse::<i8>().ok()?, names))
    });
    months.flat_map(|(number, names)| names.split('|').map(move |name| (fold(name.trim()), number)))
}

/// The month of a folded word (see [`super::text::fold`]).
pub(super) fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.');
    MONTHS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_one_month() {
        for (name, number) in entries() {
            assert!((1..=12).contains(&number), "{name}");
            assert_eq!(MONTHS[&name], number, "{name} means two months");
        }
    }

    #[test]
    fn months_are_known_in_many_languages() {
        for (word, number) in
            [("März", 3), ("août", 8), ("Sept.", 9), ("enero", 1), ("декабря", 12), ("ağustos", 8)]
        {
            assert_eq!(month(&fold(word)), Some(number), "{word}");
        }
        assert_eq!(month("monday"), None);
    }
}
