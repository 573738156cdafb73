//! Query string to [`SearchRequest`]. Never fails: what cannot be read is left out and named.

use dateline_index::actor::ActorKind;
use dateline_index::archive::{MAX_FACET_LIMIT, MAX_LIMIT};
use dateline_index::found;
use dateline_index::published::{PartialDate, Precision};
use dateline_index::search::{Facet, Mode, NONE, Problem, Role, SearchRequest, Sort};

use crate::limits;

/// What a query string asks for, and which parameters could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) request: SearchRequest,
    pub(crate) bad: Vec<BadParameter>,
    /// Parameters that nobody knows: a filter that is mistyped must not widen an answer in silence.
    pub(crate) unknown: Vec<String>,
}

/// A parameter whose value cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadParameter {
    pub(crate) name: String,
    pub(crate) value: String,
    /// What it takes, as the end of a sentence.
    pub(crate) takes: &'static str,
}

impl BadParameter {
    /// The sentence that a person reads.
    pub(crate) fn message(&self) -> String {
        let Self { name, value, takes } = self;
        let shown: String = value.chars().take(60).collect();
        format!("{name}={shown}: {name} takes {takes}")
    }
}

const A_COUNT: &str = "a whole number from 0 to 1000";
const A_DATE: &str = "a year, a month or a day: 2024, 2024-01 or 2024-01-17";
const A_SORT: &str = "relevance, newest or oldest";
const A_MODE: &str = "any or all";
const A_ROLE: &str = "any or main";
const A_KIND: &str = "person, state, institution, armed_group or organisation";
const TOO_MANY: &str = "a hundred values with those of the other facets; this one is left out";

/// Reads a query string. Parameters may be repeated: those that take one value take the last,
/// facets take them all. Empty ones are ignored, unknown ones are ignored and named.
pub(crate) fn read(query: &str) -> Reading {
    let mut reading = Reading::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if value.trim().is_empty() {
            continue;
        }
        if !is_known(&name) {
            note_unknown(&mut reading.unknown, &name);
            continue;
        }
        if let Err(takes) = take(&mut reading.request, &name, &value) {
            reading.bad.push(BadParameter { name: name.into_owned(), value: value.into_owned(), takes });
        }
    }
    reading
}

/// Keeps the name of a parameter that nobody knows. What links gather on their way through mail and
/// networks is nobody's typing.
pub(super) fn note_unknown(unknown: &mut Vec<String>, name: &str) {
    let typed = !name.is_empty() && !name.starts_with("utm_");
    if typed && unknown.len() < 10 {
        unknown.push(name.chars().take(60).collect());
    }
}

/// What is said of it.
pub(super) fn unknown_parameter(name: &str) -> Problem {
    Problem { message: format!("There is no parameter {name}; it is ignored."), start: None, end: None }
}

fn is_known(name: &str) -> bool {
    let facet = ["", "not.", "mode."].iter().find_map(|before| Facet::from_name(name.strip_prefix(before)?));
    let others = ["q", "from", "to", "sort", "limit", "facet.limit", "cursor", "about", "kind.actor"];
    facet.is_some() || others.contains(&name)
}

fn take(request: &mut SearchRequest, name: &str, value: &str) -> Result<(), &'static str> {
    match name {
        "q" => request.q = value.to_owned(),
        "from" => request.from = Some(date(value).ok_or(A_DATE)?),
        "to" => request.to = Some(date(value).ok_or(A_DATE)?),
        "sort" => request.sort = Some(Sort::from_name(value).ok_or(A_SORT)?),
        "limit" => request.limit = count(value, MAX_LIMIT).ok_or(A_COUNT)?,
        "facet.limit" => request.facet_limit = count(value, MAX_FACET_LIMIT).ok_or(A_COUNT)?,
        "cursor" => request.cursor = Some(value.to_owned()),
        "about" => request.about = Role::from_name(value).ok_or(A_ROLE)?,
        "kind.actor" => request.actor_kind = Some(kind(value).ok_or(A_KIND)?),
        _ => take_choice(request, name, value)?,
    }
    Ok(())
}

fn take_choice(request: &mut SearchRequest, name: &str, value: &str) -> Result<(), &'static str> {
    let (before, facet) = name.split_once('.').unwrap_or(("", name));
    let Some(facet) = Facet::from_name(facet) else { return Ok(()) };
    if before != "mode" && chosen(request) >= limits::CHOICES {
        return Err(TOO_MANY);
    }
    match before {
        "" => add(&mut request.choice(facet).include, value),
        "not" => add(&mut request.choice(facet).exclude, value),
        "mode" => request.choice(facet).mode = Some(mode(value).ok_or(A_MODE)?),
        _ => {}
    }
    Ok(())
}

fn chosen(request: &SearchRequest) -> usize {
    request.choices.values().map(|choice| choice.include.len() + choice.exclude.len()).sum()
}

fn add(values: &mut Vec<String>, value: &str) {
    if !values.iter().any(|known| known == value) {
        values.push(value.to_owned());
    }
}

fn date(text: &str) -> Option<PartialDate> {
    PartialDate::parse(text).filter(|date| date.precision() != Precision::Instant)
}

/// A number too large to hold is as good as the largest that is given.
fn count(text: &str, most: usize) -> Option<usize> {
    let text = text.trim();
    let figures = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    figures.then(|| text.parse().unwrap_or(usize::MAX).min(most))
}

/// A kind of actor, as JSON writes it or as people do.
fn kind(text: &str) -> Option<ActorKind> {
    let name = text.trim().to_lowercase().replace(['-', ' '], "_");
    ActorKind::from_name(&name).filter(|kind| *kind != ActorKind::Place)
}

fn mode(text: &str) -> Option<Mode> {
    [Mode::Any, Mode::All].into_iter().find(|mode| mode.as_str() == text)
}

/// What was read well and still cannot be meant, and what nobody knows.
pub(crate) fn advice(reading: &Reading) -> Vec<Problem> {
    let mut problems: Vec<Problem> = reading.unknown.iter().map(|name| unknown_parameter(name)).collect();
    problems.extend(places_of_dates(&reading.request));
    if let (Some(first), Some(last)) = reading.request.days()
        && first > last
    {
        let message = "“From” lies after “to”, so no article can match; swap them.".to_owned();
        problems.push(Problem { message, start: None, end: None });
    }
    problems
}

/// What is said of places where no date is ever found.
fn places_of_dates(request: &SearchRequest) -> Vec<Problem> {
    let Some(choice) = request.choices.get(&Facet::DateFound) else { return Vec::new() };
    let values = choice.include.iter().chain(&choice.exclude);
    let strange = values.filter(|value| *value != NONE && found::number(value).is_none());
    let known = found::words().join(", ");
    let said = strange.take(10).map(|value| {
        let value: String = value.chars().take(60).collect();
        let message = format!("No date is found in {value}: the places are {known}; {NONE} is none.");
        Problem { message, start: None, end: None }
    });
    said.collect()
}
