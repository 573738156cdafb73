//! Which phrases of a gold are names: corpora mark "two armed men" and "team member Ada Lind" as well.

use std::collections::HashSet;
use std::sync::LazyLock;

use dateline_index::registry::fold;

use super::super::lists::{LINKS, PARTICLES, entries, holds};
use super::Group;

static DESCRIPTIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../data/lists/descriptions.txt")));

/// The name in a phrase; none where it describes somebody without naming anybody.
pub(super) fn name_in(phrase: &str, group: Group) -> Option<&str> {
    if !phrase.contains(char::is_uppercase) {
        return None;
    }
    if !phrase.contains(char::is_lowercase) {
        let folded = fold(phrase);
        let mut described = folded.split(' ').map(|word| DESCRIPTIONS.contains(word));
        let names =
            if group.is_of_people() { !described.any(|word| word) } else { !described.all(|word| word) };
        return names.then_some(phrase);
    }
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let carrying = |word: &str| !word.starts_with(char::is_lowercase);
    let linked = |word: &str| holds(LINKS, word) && (word == "the" || !group.is_of_people());
    let small = |word: &str| linked(word) || holds(PARTICLES, word) || word.starts_with("al-");
    if words.iter().all(|word| carrying(word) || small(word)) {
        return Some(phrase);
    }
    // "team member Ada Lind", but not "Muslims in the United States".
    let tail = words.iter().rev().take_while(|word| carrying(word)).count();
    let before = words.len().checked_sub(tail + 1).map(|place| words[place])?;
    let is_person = group.is_of_people() && tail > 1 && !holds(LINKS, before);
    let start = phrase.find(words[words.len() - tail.max(1)])?;
    is_person.then(|| &phrase[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_no_name_and_a_role_before_a_name_falls_away() {
        let people = |phrase| name_in(phrase, Group::People);
        assert_eq!(people("team member Ada Lind"), Some("Ada Lind"));
        assert_eq!(people("Muslims in the United States"), None);
        assert_eq!(people("the foreign minister of Norway"), None);
        assert_eq!(people("Suleiman al-Amr"), Some("Suleiman al-Amr"));
        assert_eq!((people("TWO ARMED MEN"), people("ADA LIND")), (None, Some("ADA LIND")));
        let bodies = |phrase| name_in(phrase, Group::Organisations);
        assert_eq!(
            (bodies("THE ARMED FORCES"), bodies("ARMED FORCES OF NORWAY")),
            (None, Some("ARMED FORCES OF NORWAY"))
        );
        assert_eq!((bodies("the Bank of Norway"), bodies("the bank")), (Some("the Bank of Norway"), None));
    }
}
