//! How many votes a day has: see [`super::choice`].

use dateline_index::published::{PartialDate, Precision};
use jiff::civil::Date;

use super::Stated;
use super::choice::{ENOUGH, holds};
use crate::extract::candidate::{Candidate, Found};

/// Dates that readers see with less trust stand in lists.
const FAINT: u32 = 20;
/// What a day loses when only the clock of another zone speaks for it.
const SLIP: u32 = 30;

/// The votes for a day.
pub(super) struct Votes {
    pub(super) total: u32,
    /// The trust of the best place.
    pub(super) best: u32,
    /// Kinds of place that speak for it.
    pub(super) kinds: Vec<&'static str>,
    /// Whether a time in UTC was taken for the day that readers saw.
    pub(super) slipped: bool,
}

/// Counts the votes for a day. `voters`: those with the most trust first.
pub(super) fn votes(voters: &[&Candidate<Stated>], day: Date) -> Votes {
    let mut kinds: Vec<(Kind, &'static str, u32)> = Vec::new();
    let mut slipped = false;
    // A day that only times in UTC state is no day that readers saw.
    let direct = voters.iter().any(|voter| states(voter, day));
    let slips = may_slip_to(voters, day);
    for voter in voters {
        let date = &voter.value.date;
        let speaks = holds(date, day);
        // Lists of other stories do not add to what somebody else says.
        let is_faint = kind(voter.found) == Kind::Seen && voter.value.trust < FAINT;
        if is_faint || !(speaks || slips && may_show(voters, date, day)) {
            continue;
        }
        let kind = kind(voter.found);
        if kinds.iter().any(|(known, _, _)| *known == kind) {
            continue;
        }
        slipped |= !speaks;
        kinds.push((kind, voter.found.name(), voter.value.trust));
    }
    let sum: u32 = kinds.iter().map(|(_, _, trust)| trust).sum();
    let total = if !direct {
        0
    } else if slipped {
        sum.saturating_sub(SLIP)
    } else {
        sum
    };
    let best = kinds.iter().map(|(_, _, trust)| *trust).max().unwrap_or_default();
    Votes { total, best, kinds: kinds.into_iter().map(|(_, name, _)| name).collect(), slipped }
}

/// Places that are mostly filled from one value vote once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Linked,
    Head,
    Microdata,
    Seen,
    Script,
    Address,
    Other,
}

fn kind(found: Found) -> Kind {
    match found {
        Found::JsonLd => Kind::Linked,
        Found::Meta => Kind::Head,
        Found::Microdata => Kind::Microdata,
        Found::Time | Found::Byline | Found::Text => Kind::Seen,
        Found::Script => Kind::Script,
        Found::Url => Kind::Address,
        _ => Kind::Other,
    }
}

fn states(voter: &Candidate<Stated>, day: Date) -> bool {
    voter.value.date.precision() >= Precision::Day && voter.value.date.first_day() == day
}

/// Whether a day is one that readers saw, and that no time in UTC falls on.
fn may_slip_to(voters: &[&Candidate<Stated>], day: Date) -> bool {
    let mut stating = voters.iter().filter(|voter| states(voter, day)).peekable();
    stating.peek().is_some() && stating.all(|voter| voter.value.date.offset() != Some(0))
}

/// Whether a time in UTC may have been this day for its publisher: the day before or after it, if readers
/// did not see its own day.
fn may_show(voters: &[&Candidate<Stated>], date: &PartialDate, day: Date) -> bool {
    const WEST: i8 = 12;
    const EAST: i8 = 10;
    let Some(time) = date.time().filter(|_| date.offset() == Some(0)) else { return false };
    let own = date.first_day();
    let is_beside = (time.hour() < WEST && own.yesterday().ok() == Some(day))
        || (time.hour() >= EAST && own.tomorrow().ok() == Some(day));
    let is_seen = |voter: &&&Candidate<Stated>| {
        kind(voter.found) == Kind::Seen
            && voter.value.date.offset() != Some(0)
            && voter.value.trust >= ENOUGH * 2
    };
    is_beside && !voters.iter().filter(is_seen).any(|voter| states(voter, own))
}

/// Why a day won, as a sentence.
pub(super) fn reason(votes: &Votes) -> String {
    let places = votes.kinds.join(", ");
    if votes.slipped {
        return format!("the day that readers saw; a time in UTC falls on the next or last one ({places})");
    }
    match votes.kinds.len() {
        0 | 1 => format!("only {places} states it"),
        _ => format!("{places} agree"),
    }
}
