//! Agencies that a text is from, where it names nobody else: a line that holds nothing but agencies, and the
//! brackets of a dateline, "HAMBURG (dpa/lno) – ".

use super::claim::{Claim, Standing};
use super::lines::{Lines, Zone};
use crate::extract::candidate::Found;
use crate::extract::lists::{AGENCIES, BYLINE_LABELS, SOURCE_OPENERS, listed};
use crate::extract::page::Page;
use crate::extract::text::{fold, word_count};

/// The agencies that lines beside the headline, the dateline and lines under the text name.
pub(super) fn claims(page: &Page, lines: &Lines) -> Vec<Claim> {
    let claim = |names: Vec<String>, place: &'static str| {
        (!names.is_empty()).then(|| Claim::new(names, Found::Text, place).standing(Standing::Signed))
    };
    let of = |zone: Zone| {
        let near = lines.all.iter().filter(move |line| line.zone == zone && !line.apart);
        // Under the text, an agency alone may be that of a picture.
        let near = near.filter(|line| zone == Zone::Top || line.text.contains(':'));
        let named = near.map(|line| (line, of_line(&line.text))).filter(|(_, names)| !names.is_empty());
        let mut outside = named.filter(|(line, _)| !lines.is_of_picture(page, line));
        outside.next().map(|(_, names)| names).unwrap_or_default()
    };
    let mut datelines = lines.openings().map(|line| of_dateline(&line.text));
    let dateline = datelines.find(|names| !names.is_empty()).unwrap_or_default();
    [
        claim(of(Zone::Top), "agency beside the headline"),
        claim(dateline, "agency in the dateline"),
        claim(of(Zone::Foot), "agency under the text"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The agencies of a line that holds nothing else, save for a label: "Reuters", "Quelle: dpa / AFP".
fn of_line(line: &str) -> Vec<String> {
    const LONGEST: usize = 8;
    if word_count(line) > LONGEST {
        return Vec::new();
    }
    let is_label = |label: &str| {
        let label = fold(label);
        [format!("{label}:"), format!("{label} :"), label]
            .iter()
            .any(|label| listed(&SOURCE_OPENERS, label) || listed(&BYLINE_LABELS, label))
    };
    let rest =
        line.split_once(':').filter(|(label, _)| is_label(label.trim())).map_or(line, |(_, rest)| rest);
    let rest = rest.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
    let names: Vec<&str> = rest.split(['/', ',', '|']).map(str::trim).collect();
    let are_agencies = names.iter().all(|name| listed(&AGENCIES, &fold(name)));
    if are_agencies { names.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}

/// The agencies in the brackets of a dateline, each with the desk that it gives in short: "dpa", "lno".
fn of_dateline(text: &str) -> Vec<String> {
    const LONGEST_PLACE: usize = 4;
    let Some((place, rest)) = text.split_once('(') else { return Vec::new() };
    let Some((inside, after)) = rest.split_once(')') else { return Vec::new() };
    let is_place = (1..=LONGEST_PLACE).contains(&word_count(place))
        && place.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    let goes_on = after.trim_start().starts_with(['-', '–', '—', '.', ':']);
    let names: Vec<&str> = inside.split(['/', ',']).map(str::trim).collect();
    let is_code = |name: &&str| name.chars().count() <= 4 && name.chars().all(char::is_lowercase);
    let is_from = names.first().is_some_and(|name| listed(&AGENCIES, &fold(name)))
        && names.iter().skip(1).all(|name| listed(&AGENCIES, &fold(name)) || is_code(name));
    if is_place && goes_on && is_from { names.into_iter().map(str::to_owned).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_are_read_from_lines_that_hold_nothing_else() {
        for (line, names) in [
            ("Reuters", vec!["Reuters"]),
            ("Quelle: dpa / AFP", vec!["dpa", "AFP"]),
            ("Source: AFP", vec!["AFP"]),
            ("(dpa)", vec!["dpa"]),
            ("Reuters reported it first", vec![]),
            ("Photo: Reuters", vec![]),
        ] {
            assert_eq!(of_line(line), names, "{line}");
        }
    }

    #[test]
    fn agencies_are_read_from_datelines() {
        for (text, names) in [
            ("Kiel (dpa/lno) – Zwei Fähren liegen fest.", vec!["dpa", "lno"]),
            ("LA PAZ (Reuters) - The ferry left the harbour.", vec!["Reuters"]),
            ("The agency (Reuters) had said so.", vec![]),
            ("Kiel (Schleswig) – Zwei Fähren liegen fest.", vec![]),
        ] {
            assert_eq!(of_dateline(text), names, "{text}");
        }
    }
}
