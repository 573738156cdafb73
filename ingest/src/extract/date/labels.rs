//! What stands before a date, and whether it says that something was published or changed then.

use super::Says;
use crate::extract::lists::{List, PUBLICATION_LABELS, UPDATE_LABELS};
use crate::extract::written::Written;

/// What a folded text before a date says about it: the label that ends nearest to the date counts.
pub(super) fn says(before: &str) -> Says {
    if before.is_empty() {
        return Says::Nothing;
    }
    match (last_end(&PUBLICATION_LABELS, before), last_end(&UPDATE_LABELS, before)) {
        (None, None) => Says::Nothing,
        (Some(first), change) if change.is_none_or(|change| change < first) => Says::First,
        _ => Says::Change,
    }
}

/// What a text after its last date says about it, in the languages that put the verb last: "wurde am 3. Mai
/// 2019 um 10:30 Uhr gepostet".
pub(super) fn says_after(written: &Written) -> Says {
    const LONGEST: usize = 40;
    if !written.is_last {
        return Says::Nothing;
    }
    let end = written.after.char_indices().nth(LONGEST).map_or(written.after.len(), |(end, _)| end);
    says(&written.after[..end])
}

/// Where the last label of a list ends in a text, as whole words.
fn last_end(list: &List, text: &str) -> Option<usize> {
    let ends = |label: &&str| {
        text.rmatch_indices(*label).find_map(|(start, label)| {
            let end = start + label.len();
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            (apart(text[..start].chars().next_back()) && apart(text[end..].chars().next())).then_some(end)
        })
    };
    list.iter().filter_map(ends).max()
}
