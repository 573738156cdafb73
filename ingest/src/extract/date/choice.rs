//! Which of the dates that were found is the day of publication.
//!
//! Each place votes for its day with its trust, each kind of place once: places of one kind are mostly filled
//! from one value. The day with the most votes wins. A time in UTC votes for the day before or after it, too,
//! where its publisher's clock may have shown that, so that the day that readers saw wins over the one that
//! the server's clock had.

use dateline_index::article::DoubtKind;
use dateline_index::published::{PartialDate, Precision, Published};
use jiff::civil::Date;

use super::doubts::doubts;
use super::votes::{reason, votes};
use super::{Says, Stated};
use crate::evidence::Evidence;
use crate::extract::candidate::{Candidate, evidence};

/// What was decided.
pub(in crate::extract) struct Decision {
    pub(in crate::extract) published: Option<Published>,
    pub(in crate::extract) updated: Option<Published>,
    pub(in crate::extract) evidence: Vec<Evidence>,
    /// Kinds of doubt, the field, and a reason.
    pub(in crate::extract) doubts: Vec<(DoubtKind, &'static str, String)>,
}

impl Decision {
    /// Whether the day of publication is known.
    pub(in crate::extract) fn has_day(&self) -> bool {
        self.published.as_ref().is_some_and(|published| published.date.precision() >= Precision::Day)
    }
}

/// A day needs so many votes: one weak hint is less than to know nothing.
pub(super) const ENOUGH: u32 = 25;

/// Decides on the days of publication and of the last change.
pub(in crate::extract) fn decide(mut candidates: Vec<Candidate<Stated>>, latest: Date) -> Decision {
    settle_order(&mut candidates, latest);
    doubt_changes(&mut candidates);
    let (first, changes): (Vec<_>, Vec<_>) =
        candidates.into_iter().partition(|candidate| candidate.value.says != Says::Change);
    let (chosen, mut why) = choose(&first, latest);
    let mut published = chosen.map(|place| published_as(&first[place]));
    let mut found = first;
    let mut number = chosen;
    if published.is_none()
        && let Some(place) = changes.iter().position(|change| is_possible(&change.value.date, latest))
    {
        // Many pages print nothing else; most are never changed.
        published = Some(published_as(&changes[place]));
        why = "the page says only when it was last changed".to_owned();
        number = Some(found.len());
        found.push(changes[place].clone());
    }
    let doubts = doubts(&found, number, latest);
    let (updated, of_update) = last_change(&changes, published.as_ref(), latest);
    let show = |stated: &Stated| stated.date.to_string();
    let mut evidences = vec![evidence("published", &found, number, why, show)];
    if !changes.is_empty() {
        evidences.push(evidence("updated", &changes, updated, of_update, show));
    }
    Decision {
        published,
        updated: updated.map(|place| published_as(&changes[place])),
        evidence: evidences,
        doubts,
    }
}

fn published_as(candidate: &Candidate<Stated>) -> Published {
    Published { date: candidate.value.date, found: candidate.found.name().to_owned() }
}

/// A time that is also that of a change may be the change's: where it stands under no name in particular, and,
/// less so, where it is said to be that of publication, since some programs write the last change under both names.
fn doubt_changes(candidates: &mut [Candidate<Stated>]) {
    let is_instant = |stated: &Stated| stated.date.precision() == Precision::Instant;
    let of_changes =
        candidates.iter().map(|candidate| candidate.value).filter(|stated| stated.says == Says::Change);
    let changes: Vec<PartialDate> = of_changes.filter(is_instant).map(|stated| stated.date).collect();
    for candidate in candidates.iter_mut().filter(|candidate| is_instant(&candidate.value)) {
        let stated = &mut candidate.value;
        match stated.says {
            Says::Nothing if changes.contains(&stated.date) => stated.trust /= 2,
            Says::First if changes.iter().any(|change| is_same_moment(change, &stated.date)) => {
                stated.trust = stated.trust * 3 / 5;
            }
            _ => {}
        }
    }
}

/// Whether two times on one clock are less than two minutes apart.
fn is_same_moment(one: &PartialDate, other: &PartialDate) -> bool {
    const SECONDS: i64 = 120;
    let moment = |date: &PartialDate| Some(date.first_day().to_datetime(date.time()?));
    let (Some(first), Some(second)) = (moment(one), moment(other)) else { return false };
    one.offset() == other.offset() && first.duration_until(second).as_secs().abs() < SECONDS
}

/// Turns day and month round where only that agrees with another place, or can be at all.
fn settle_order(candidates: &mut [Candidate<Stated>], latest: Date) {
    let sure: Vec<PartialDate> =
        candidates.iter().filter(|c| c.value.other.is_none()).map(|c| c.value.date).collect();
    for candidate in candidates.iter_mut() {
        let Some(other) = candidate.value.other else { continue };
        let agrees = |date: &PartialDate| {
            sure.iter().any(|known| known.precision() > Precision::Year && holds(known, date.first_day()))
        };
        let [here, there] =
            [&candidate.value.date, &other].map(|date| (is_possible(date, latest), agrees(date)));
        if there > here {
            candidate.value.date = other;
        }
        if here != there {
            candidate.value.other = None;
        }
    }
}

pub(super) fn holds(date: &PartialDate, day: Date) -> bool {
    (date.first_day()..=date.last_day()).contains(&day)
}

/// The place of the chosen candidate, and why.
fn choose(candidates: &[Candidate<Stated>], latest: Date) -> (Option<usize>, String) {
    let possible: Vec<usize> =
        (0..candidates.len()).filter(|&place| is_possible(&candidates[place].value.date, latest)).collect();
    let mut voters: Vec<&Candidate<Stated>> = possible.iter().map(|&place| &candidates[place]).collect();
    voters.sort_by_key(|voter| std::cmp::Reverse(voter.value.trust));
    let is_day = |candidate: &&&Candidate<Stated>| candidate.value.date.precision() >= Precision::Day;
    let mut days: Vec<Date> =
        voters.iter().filter(is_day).map(|voter| voter.value.date.first_day()).collect();
    days.sort_unstable();
    days.dedup();
    let best = days
        .iter()
        .map(|&day| (votes(&voters, day), day))
        .max_by_key(|(votes, day)| (votes.total, votes.best, std::cmp::Reverse(*day)));
    let coarse =
        possible.iter().copied().filter(|&place| candidates[place].value.date.precision() < Precision::Day);
    let coarse = coarse.max_by_key(|&place| (candidates[place].value.trust, std::cmp::Reverse(place)));
    match (best, coarse) {
        (Some((votes, day)), coarse)
            if votes.total >= ENOUGH
                && coarse.is_none_or(|place| {
                    holds(&candidates[place].value.date, day) || candidates[place].value.trust < votes.total
                }) =>
        {
            (spokesman(candidates, &possible, day), reason(&votes))
        }
        (_, Some(place)) => (Some(place), "no day is stated that lies within it".to_owned()),
        _ => (
            None,
            if candidates.is_empty() {
                "no date was found"
            } else {
                "no place states one that can be trusted"
            }
            .to_owned(),
        ),
    }
}

/// The candidate that states a day best: the most trusted, one with a time before one without.
fn spokesman(candidates: &[Candidate<Stated>], possible: &[usize], day: Date) -> Option<usize> {
    let states = |place: &&usize| {
        let date = &candidates[**place].value.date;
        date.precision() >= Precision::Day && date.first_day() == day
    };
    possible
        .iter()
        .filter(states)
        .copied()
        .max_by_key(|&place| (candidates[place].value.trust, std::cmp::Reverse(place)))
}

/// Which change was the last one that is later than the publication, and why.
fn last_change(
    changes: &[Candidate<Stated>],
    published: Option<&Published>,
    latest: Date,
) -> (Option<usize>, String) {
    let can_be = |candidate: &Candidate<Stated>| is_possible(&candidate.value.date, latest);
    let Some(place) = changes.iter().position(can_be) else {
        return (None, "no date of a change is possible".to_owned());
    };
    let later =
        published.is_none_or(|published| changes[place].value.date.sort_key() > published.date.sort_key());
    if later {
        (Some(place), "the first place that states it".to_owned())
    } else {
        (None, "it is not later than the publication".to_owned())
    }
}

/// Whether a date can be one of publication: printing began, tomorrow's paper is out today.
pub(super) fn is_possible(date: &PartialDate, latest: Date) -> bool {
    const EARLIEST: i16 = 1600;
    // What computers write when they know nothing.
    let unset = date.first_day() == jiff::civil::date(1970, 1, 1) && date.precision() == Precision::Instant;
    date.first_day().year() >= EARLIEST && date.first_day() <= latest && !unset
}
