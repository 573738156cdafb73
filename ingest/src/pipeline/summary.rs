//! What a run found, in numbers and reasons.

use std::collections::BTreeMap;

use dateline_index::article::Origin;
use dateline_index::record::Tally;

use crate::reader::BELONGS;

/// The most troubles that are kept one by one.
const MAX_TROUBLES: usize = 1_000;
/// The most reasons that are told apart.
const MAX_REASONS: usize = 200;
/// Where the reasons beyond that are counted.
const OTHER_REASONS: &str = "other reasons";

/// A record that broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The file.
    pub file: String,
    /// Which of its members and records; empty where file and record are one.
    pub record: String,
    /// What is wrong with it.
    pub reason: String,
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files that were looked at.
    pub files: u64,
    /// Records that were seen.
    pub seen: u64,
    /// Bytes of files (as they lie on disk) that are done.
    pub bytes_done: u64,
    /// Bytes of all files; `None` until they have been counted.
    pub bytes_total: Option<u64>,
    /// All files; `None` until they have been counted.
    pub files_total: Option<u64>,
}

/// What became of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many records went which way.
    pub tally: Tally,
    /// The articles that the archive holds at the end; 0 where there is no archive.
    pub articles: u64,
    /// Hidden files and folders, each a record that was skipped.
    pub hidden: u64,
    /// Why records were skipped or failed, without lines and columns, and how many.
    pub reasons: BTreeMap<String, u64>,
    /// The first 1,000 records that broke.
    pub troubles: Vec<Trouble>,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
    /// The paths that were asked for.
    pub paths: u64,
    /// How many of them could not be read at all.
    pub paths_unreadable: u64,
    /// The most bytes of records that were in flight at once.
    pub most_in_flight: usize,
}

impl Summary {
    /// Whether nothing that was asked for could be read: the run did not do what it was told.
    #[must_use]
    pub fn read_nothing(&self) -> bool {
        self.paths > 0 && self.paths == self.paths_unreadable
    }

    pub(super) fn skip(&mut self, reason: &str) {
        self.count_reason(reason);
    }

    /// Counts a failure. Returns it to be told.
    pub(super) fn fail(&mut self, origin: &Origin, reason: &str) -> Trouble {
        self.count_reason(reason);
        let parts = [&origin.member, &origin.record].map(String::as_str);
        let record = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let trouble = Trouble { file: origin.file.clone(), record, reason: reason.to_owned() };
        if self.troubles.len() < MAX_TROUBLES {
            self.troubles.push(trouble.clone());
        }
        trouble
    }

    /// Counts what an earlier run found in files that are as they were.
    pub(super) fn retell(&mut self, reason: &str, count: u64) {
        self.count_reasons(reason, count);
    }

    fn count_reason(&mut self, reason: &str) {
        self.count_reasons(reason, 1);
    }

    fn count_reasons(&mut self, reason: &str, count: u64) {
        let reason = without_place(reason);
        let known = self.reasons.contains_key(reason) || self.reasons.len() < MAX_REASONS;
        *self.reasons.entry(if known { reason } else { OTHER_REASONS }.to_owned()).or_default() += count;
    }
}

/// A reason without the `line 3, column 5: ` in front, or the name of the page that a file belongs to.
fn without_place(reason: &str) -> &str {
    if reason.starts_with(BELONGS) {
        return BELONGS;
    }
    match reason.split_once(": ") {
        Some((place, rest)) if is_place(place) => rest,
        _ => reason,
    }
}

fn is_place(text: &str) -> bool {
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    text.starts_with("line ") && words.all(|word| word == "line" || word == "column" || is_number(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_counted_together_wherever_they_were_met() {
        let mut summary = Summary::default();
        for reason in
            ["line 3, column 5: expected `,`", "line 40, column 1: expected `,`", "line up: it is odd"]
        {
            summary.fail(&Origin::default(), reason);
        }
        let counted: Vec<_> =
            summary.reasons.iter().map(|(reason, count)| (reason.as_str(), *count)).collect();
        assert_eq!(counted, [("expected `,`", 2), ("line up: it is odd", 1)]);
        assert_eq!(summary.troubles[1].reason, "line 40, column 1: expected `,`");
    }

    #[test]
    fn a_million_different_reasons_do_not_fill_the_memory() {
        let mut summary = Summary::default();
        for number in 0..5_000 {
            summary.fail(&Origin::default(), &format!("broken in way {number}"));
        }
        assert_eq!((summary.reasons.len(), summary.troubles.len()), (MAX_REASONS + 1, MAX_TROUBLES));
        assert_eq!(summary.reasons.values().sum::<u64>(), 5_000);
    }
}
