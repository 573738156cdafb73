//! What a person should look at: dates that disagree, cannot be, or could be others.

use dateline_index::article::DoubtKind;
use jiff::civil::Date;

use super::choice::{holds, is_possible};
use super::{Says, Stated};
use crate::extract::candidate::{Candidate, Found};

/// From here on a place is one that publishers fill with care.
const TRUSTED: u32 = 60;

/// The doubts about a choice: kinds, the field, and reasons.
pub(super) fn doubts(
    candidates: &[Candidate<Stated>],
    chosen: Option<usize>,
    latest: Date,
) -> Vec<(DoubtKind, &'static str, String)> {
    let mut doubts = Vec::new();
    let trusted = || candidates.iter().filter(|candidate| candidate.value.trust >= TRUSTED);
    if let Some(refused) = trusted().find(|candidate| !is_possible(&candidate.value.date, latest)) {
        let reason = format!("{} cannot be a date of publication ({})", refused.value.date, refused.place);
        doubts.push((DoubtKind::DateImpossible, "published", reason));
    }
    let Some(chosen) = chosen.map(|place| &candidates[place]) else { return doubts };
    let day = chosen.value.date;
    let far = |candidate: &&Candidate<Stated>| {
        let other = &candidate.value.date;
        is_possible(other, latest)
            && !holds(other, day.first_day())
            && !holds(&day, other.first_day())
            && (other.first_day() - day.first_day()).get_days().abs() > 1
    };
    if let Some(other) = trusted().find(far) {
        let reason = format!("{} says {day}, {} says {}", chosen.place, other.place, other.value.date);
        doubts.push((DoubtKind::DatesDisagree, "published", reason));
    }
    if chosen.value.says == Says::Change {
        let reason = format!("{day} is the day of a change: the page states no other ({})", chosen.place);
        doubts.push((DoubtKind::DateWeak, "published", reason));
    } else if chosen.found == Found::Search {
        let reason = format!("{day} was found by a search through the page: no place states it");
        doubts.push((DoubtKind::DateWeak, "published", reason));
    }
    if let Some(other) = chosen.value.other {
        let reason = format!("{day} could be {other}: day and month are both at most 12");
        doubts.push((DoubtKind::DateAmbiguous, "published", reason));
    }
    doubts
}
