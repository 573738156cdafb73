//! Fields that a copy names itself: "Title: …", "Auteur : …", the head of a forwarded mail, an address
//! on a line of its own.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::address;
use super::super::byline;
use super::super::candidate::Found;
use super::super::lists::{FORWARD_MARKERS, lines, listed};
use super::super::text::{fold, squeeze, word_count};
use super::super::written::Order;
use super::Line;
use super::fields::Fields;

const FILE: &str = include_str!("../../../data/lists/copy-labels.txt");

/// Folded labels, each with the fields that it may stand for ("von" is an author's and a mail's).
static LABELS: LazyLock<HashMap<String, Vec<&str>>> = LazyLock::new(|| {
    let mut labels: HashMap<String, Vec<&str>> = HashMap::new();
    for (_, line) in lines(FILE) {
        let Some((field, names)) = line.split_once(' ') else { continue };
        for name in names.split('|') {
            let fields = labels.entry(fold(name.trim())).or_default();
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
    }
    labels
});

/// A labelled line: the fields that its label may stand for, the label itself, the value.
fn labelled(line: &str) -> Option<(&'static [&'static str], &str, &str)> {
    const LONGEST_LABEL: usize = 40;
    let (label, value) = line.split_once([':', '：'])?;
    if label.len() > LONGEST_LABEL || value.starts_with("//") {
        return None;
    }
    let label = label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '#' | '['));
    let fields = LABELS.get(fold(label).trim())?;
    Some((fields, label, value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'))))
}

/// Takes the head of a forwarded mail, and the marks of quoting before its lines.
pub(super) fn unwrap_mail(lines: Vec<Line>, fields: &mut Fields) -> Vec<Line> {
    const LOOKED_AT: usize = 40;
    let mut lines = without_quote_marks(lines);
    let marker = lines.iter().take(LOOKED_AT).position(|line| is_forward_marker(&line.text));
    if let Some(place) = marker {
        lines.drain(..=place);
    }
    let first = lines.iter().take_while(|line| line.text.is_empty()).count();
    let head = lines[first..].iter().take_while(|line| labelled(&line.text).is_some()).count();
    let fields_of = |line: &Line| labelled(&line.text).map_or(&[] as &[_], |(fields, ..)| fields);
    let of_mail = |name: &str| lines[first..first + head].iter().any(|line| fields_of(line).contains(&name));
    if head < 2 || !of_mail("mail") || !of_mail("subject") {
        return lines;
    }
    for line in &lines[first..first + head] {
        if let Some((names, _, value)) = labelled(&line.text)
            && names.contains(&"subject")
        {
            fields.title(without_forward_mark(value), Found::Text, "subject of the mail");
        }
    }
    // Its date says when somebody sent the article on, and its sender wrote nothing of it.
    lines.split_off(first + head)
}

/// "Fwd: WG: Headline".
fn without_forward_mark(subject: &str) -> &str {
    let mut subject = subject.trim();
    while let Some((mark, rest)) = subject.split_once(':') {
        if !listed(&FORWARD_MARKERS, &fold(mark.trim())) {
            break;
        }
        subject = rest.trim();
    }
    subject
}

fn is_forward_marker(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| !c.is_alphabetic());
    bare.split_whitespace().count() > 1 && listed(&FORWARD_MARKERS, &fold(bare))
}

fn without_quote_marks(lines: Vec<Line>) -> Vec<Line> {
    let filled = lines.iter().filter(|line| !line.text.is_empty()).count();
    let quoted = lines.iter().filter(|line| line.text.starts_with('>')).count();
    if quoted * 2 <= filled {
        return lines;
    }
    let unquoted = |line: Line| {
        let text = line.text.trim_start_matches(['>', ' ']).to_owned();
        Line { text, kind: line.kind.filter(|_| !line.text.starts_with('>')) }
    };
    lines.into_iter().map(unquoted).collect()
}

/// Takes the labelled lines and the addresses at the head and at the foot of a copy.
pub(super) fn take(lines: &mut [Line], fields: &mut Fields, order: Order) {
    const HEAD: usize = 16;
    const FOOT: usize = 8;
    let filled: Vec<usize> = (0..lines.len()).filter(|&place| !lines[place].text.is_empty()).collect();
    let foot = filled.len().saturating_sub(FOOT).max(HEAD.min(filled.len()));
    let mut taken = Vec::new();
    for &place in filled.iter().take(HEAD) {
        let text = &lines[place].text;
        if word_count(text) > 60 {
            break;
        }
        if take_line(text, fields, order, true) {
            taken.push(place);
        }
    }
    for &place in &filled[foot..] {
        if take_line(&lines[place].text, fields, order, false) {
            taken.push(place);
        }
    }
    for place in taken {
        lines[place].text.clear();
    }
}

fn take_line(line: &str, fields: &mut Fields, order: Order, at_head: bool) -> bool {
    let unwrapped = line.trim_matches(['<', '>', '(', ')', '[', ']', ' ']);
    if !unwrapped.contains(' ') && unwrapped.contains("://") {
        return fields.address(unwrapped);
    }
    if let Some((names, label, value)) = labelled(line) {
        return !value.is_empty() && names.iter().any(|name| set(fields, name, label, value, order, at_head));
    }
    // "Retrieved from https://…", "https://… (abgerufen am 3. 5. 2019)": few words around an address.
    let Some(start) = line.find("http") else { return false };
    let names_address =
        start == 0 || LABELS.get(fold(&line[..start]).trim()).is_some_and(|f| f.contains(&"url"));
    let address = line[start..].split_whitespace().next().unwrap_or_default();
    names_address
        && word_count(line) <= 8
        && address.contains("://")
        && fields.address(address.trim_matches(['<', '>', '(', ')', '[', ']', ',', '.']))
}

/// Gives a labelled value to its field; `false` where it cannot be one.
fn set(
    fields: &mut Fields,
    name: &'static str,
    label: &str,
    value: &str,
    order: Order,
    at_head: bool,
) -> bool {
    const LONGEST: usize = 60;
    if word_count(value) > LONGEST {
        return false;
    }
    let place = format!("label {label:?}");
    match name {
        "title" | "subject" if at_head => fields.title(value, Found::Record, place),
        "standfirst" if at_head => fields.standfirst = Some(squeeze(value)),
        "authors" => {
            let names = byline::names_in(value, true);
            if names.is_empty() || !names.iter().all(|name| byline::looks_like_name(name)) {
                return false;
            }
            fields.authors(names, Found::Byline, place);
        }
        "published" => {
            let before = fields.dates.len();
            fields.date(value, order, Found::Text, place);
            return fields.dates.len() > before;
        }
        "updated" => {
            fields.updated = super::super::date::read(value, order);
            return fields.updated.is_some();
        }
        "source" if value.contains("://") => {
            return value.split_whitespace().any(|word| fields.address(word));
        }
        "source" if word_count(value) <= 8 && !value.ends_with(['.', '!', '?']) => {
            fields.outlet =
                Some(super::super::candidate::Candidate::new(squeeze(value), Found::Record, place));
        }
        "url" => return value.split_whitespace().any(|word| fields.address(word)),
        "section" if word_count(value) <= 5 => fields.section = Some(squeeze(value)),
        "tags" => {
            let tags = value.split([',', ';', '،', '#', '|']).map(squeeze).filter(|tag| !tag.is_empty());
            fields.tags = tags.collect();
        }
        "language" if word_count(value) == 1 => fields.language = Some(value.to_owned()),
        _ => return false,
    }
    true
}

/// The site of a line that holds its host only, as reader views put it above the headline.
pub(super) fn bare_host(line: &str) -> Option<url::Url> {
    let line = line.trim();
    let labels: Vec<&str> = line.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    let is_host = labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|end| end.len() >= 2 && end.chars().all(|c| c.is_ascii_lowercase()));
    is_host.then(|| address::clean(&format!("https://{line}/")))?
}
