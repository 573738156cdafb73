//! Lines that name the authors to readers: after a label, with a date, or as a signature under the text.

use super::claim::{Claim, Standing};
use super::lines::{Line, Lines, Zone};
use super::marks::only_names;
use super::names::{looks_like_name, names_in};
use super::signed::signed_line;
use crate::extract::candidate::Found;
use crate::extract::date::date_line;
use crate::extract::lists::{BYLINE_LABELS, BYLINE_OPENERS, DESKS, listed, opens_with};
use crate::extract::page::Page;
use crate::extract::text::{fold, word_count};
use crate::extract::written::Order;

/// What lines say, those beside the headline first.
pub(super) fn claims(page: &Page, lines: &Lines) -> Vec<Claim> {
    let found: Vec<(&Line, Vec<String>)> = lines
        .all
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.apart)
        .map(|(place, line)| (line, names_of(lines, place)))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    let of = |zone: Zone| found.iter().filter(move |(line, _)| line.zone == zone);
    let claim = |(_, names): &(&Line, Vec<String>), place| Claim::new(names.clone(), Found::Byline, place);
    let mut claims: Vec<Claim> = of(Zone::Top)
        .filter(|(line, _)| !lines.is_of_picture(page, line))
        .map(|found| claim(found, "line by the headline").standing(Standing::Byline).that_states())
        .collect();
    claims.extend(only_signed(&found));
    claims.extend(of(Zone::Foot).map(|found| claim(found, "line under the text").standing(Standing::Signed)));
    claims.extend(signature(page, lines));
    claims
}

/// Where a page signs one text only, it is this one, wherever the line stands.
fn only_signed(found: &[(&Line, Vec<String>)]) -> Option<Claim> {
    let mut rest = found.iter().filter(|(line, _)| line.zone != Zone::Top && is_sure(line));
    let (line, names) = rest.next()?;
    if rest.any(|(_, others)| others != names) {
        return None;
    }
    let logins = is_dated(line);
    let place = if logins { "the only line with name and date" } else { "the only line with a label" };
    let claim = Claim::new(names.clone(), Found::Byline, place).standing(Standing::Signed).that_states();
    Some(Claim { logins, ..claim })
}

/// The names of a line that opens with a label; or of the next line, where a label stands alone.
fn names_of(lines: &Lines, place: usize) -> Vec<String> {
    let line = &lines.all[place];
    let names = signed_line(&line.parts);
    if !names.is_empty() {
        return names;
    }
    let names = signed_line(&line.text);
    let near = line.zone != Zone::Elsewhere || line.text.ends_with([':', '：']);
    if names.is_empty() && near && is_label(line) {
        return lines.all.get(place + 1).map(names_of_line).unwrap_or_default();
    }
    names
}

/// Whether a line far from the headline is a byline all the same: it has a date, or a label with a colon.
fn is_sure(line: &Line) -> bool {
    let colon = line.text.split_whitespace().take(2).any(|word| word.ends_with([':', '：']));
    let is_labelled = || opens_with(&BYLINE_OPENERS, &fold(&line.text).replace('：', ":")).is_some();
    colon && is_labelled() || is_dated(line)
}

fn is_dated(line: &Line) -> bool {
    date_line(&line.text, Order::DayFirst).is_some()
}

fn is_label(line: &Line) -> bool {
    let folded = fold(&line.text);
    listed(&BYLINE_LABELS, &folded) || listed(&BYLINE_LABELS, folded.trim_end_matches([':', '：', ' ']))
}

/// The names of a line that holds nothing else.
fn names_of_line(line: &Line) -> Vec<String> {
    const LONGEST: usize = 8;
    if word_count(&line.text) > LONGEST { Vec::new() } else { only_names(&line.parts) }
}

/// A name in letters of its own where the text ends: "<p><b>Jane Doe</b></p>". Whom the text speaks of
/// did not sign it.
fn signature(page: &Page, lines: &Lines) -> Option<Claim> {
    const LONGEST: usize = 8;
    let signs = |place: usize, line: &Line| {
        word_count(&line.text) <= LONGEST && lines.ends_text(place) && lines.is_set_apart(page, place)
    };
    let near = lines.all.iter().enumerate();
    let near = near.filter(|(_, line)| line.zone != Zone::Elsewhere && !line.apart);
    let mut names = near.filter(|(place, line)| signs(*place, line)).filter_map(|(place, line)| {
        let names = names_in(&line.parts, true);
        let is_name = |name: &String| {
            (2..=3).contains(&word_count(name))
                && word_count(&line.parts) <= word_count(name) + 1
                && looks_like_name(name)
                && !name.split_whitespace().any(|word| word.starts_with(char::is_lowercase))
                && !lines.is_named_elsewhere(name, place)
        };
        let is_one = |name: &String| is_name(name) || is_desk(name);
        (names.len() == 1 && names.iter().all(is_one)).then_some(names)
    });
    names.next_back().map(|names| Claim::new(names, Found::Byline, "signature").standing(Standing::Signed))
}

/// "HP-Redaktion": the desk of a paper that is named in short.
fn is_desk(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(paper, desk)| !paper.is_empty() && listed(&DESKS, &fold(desk)))
}
