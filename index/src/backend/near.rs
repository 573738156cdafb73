//! Which ids somebody may mean who typed one that does not exist.

use crate::article::ArticleId;

/// The most that are offered.
pub(super) const OFFERED: usize = 3;
/// Edits that may lie between what was typed and what was meant.
const MISTAKES: usize = 2;

/// The ids that are most like what was typed: those that it begins or is part of, then those that differ
/// by a slip of the finger.
pub(super) fn nearest(
    typed: &str,
    ids: impl IntoIterator<Item = (ArticleId, String)>,
) -> Vec<(ArticleId, String)> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Vec::new();
    }
    let rank = |id: &str| {
        let id = id.to_lowercase();
        match id.find(&typed) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None => Some(distance(&typed, &id)).filter(|slips| *slips <= MISTAKES).map(|slips| slips + 1),
        }
    };
    let mut ranked: Vec<_> =
        ids.into_iter().filter_map(|(id, title)| Some((rank(id.as_str())?, id, title))).collect();
    ranked.sort();
    ranked.truncate(OFFERED);
    ranked.into_iter().map(|(_, id, title)| (id, title)).collect()
}

/// Levenshtein's distance (1965), in two rows.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, one) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], line + 1);
        for (place, other) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(one != *other);
            diagonal = row[place + 1];
            row[place + 1] = replaced.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_a_part_and_a_slip_are_understood() {
        let ids = ["hw-1956-11-05", "hw-1956-11-07", "mp-1956-11", "xkq7m2a"];
        let near = |typed: &str| -> Vec<String> {
            let known = ids.map(|id| (ArticleId::new(id).unwrap(), String::new()));
            nearest(typed, known).into_iter().map(|(id, _)| id.to_string()).collect()
        };
        assert_eq!(near("HW-1956"), ["hw-1956-11-05", "hw-1956-11-07"]);
        assert_eq!(near("q7m2"), ["xkq7m2a"]);
        assert_eq!(near("hw-1965-11-05"), ["hw-1956-11-05"]);
        assert!(near("something else").is_empty() && near(" ").is_empty());
    }
}
