//! The whole list as one text: the lines of its files, each part under a heading that says what it lists.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::builtin;
use super::entry::Entry;
use super::parse::{Fault, lines_that_count, parse, parse_names};
use crate::actor::ActorKind;

/// The heading of further names of actors that stand above.
const NAMES: &str = "names";

/// The text of the list that the program brings along, without comments: those change nothing.
pub(super) fn builtin() -> String {
    let size = builtin::FILES.iter().map(|(.., text)| text.len()).sum::<usize>();
    let mut whole = String::with_capacity(size);
    let mut last = "";
    for (kind, _, text) in builtin::FILES {
        add(&mut whole, &mut last, kind.as_str(), text);
    }
    for (_, text) in builtin::FURTHER_NAMES {
        add(&mut whole, &mut last, NAMES, text);
    }
    whole
}

fn add(whole: &mut String, last: &mut &'static str, heading: &'static str, text: &str) {
    if *last != heading {
        let _ = writeln!(whole, "[{heading}]");
        *last = heading;
    }
    for line in lines_that_count(text) {
        whole.push_str(line);
        whole.push('\n');
    }
}

/// The entries of such a text, and the lines that cannot be read.
pub(super) fn entries(text: &str) -> (Vec<Entry>, Vec<Fault>) {
    let mut entries: Vec<Entry> = Vec::with_capacity(text.len() / 128);
    let mut faults = Vec::new();
    let mut further = Vec::new();
    for (heading, part) in parts(text) {
        if heading == NAMES {
            let (names, unread) = parse_names(heading, part);
            further.extend(names);
            faults.extend(unread);
        } else if let Some(kind) = ActorKind::from_name(heading) {
            let (read, unread) = parse(heading, kind, part);
            entries.extend(read);
            faults.extend(unread);
        } else if !part.trim().is_empty() {
            let reason = format!("[{heading}] is no kind of actor, and not [{NAMES}]");
            faults.push(Fault { file: heading.to_owned(), line: 1, reason });
        }
    }
    let places: HashMap<_, _> =
        entries.iter().enumerate().map(|(place, entry)| (entry.actor.id.clone(), place)).collect();
    for (id, names) in further {
        if let Some(place) = places.get(&id) {
            entries[*place].names.extend(names);
        }
    }
    (entries, faults)
}

/// The headings of a text, each with what stands below it.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut heading = "";
    loop {
        let next = if rest.starts_with('[') { Some(0) } else { rest.find("\n[").map(|place| place + 1) };
        let Some(next) = next else {
            parts.push((heading, rest));
            return parts;
        };
        parts.push((heading, &rest[..next]));
        let (line, below) = rest[next..].split_once('\n').unwrap_or((&rest[next..], ""));
        heading = line.trim().trim_start_matches('[').trim_end_matches(']');
        rest = below;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::ActorId;
    use crate::registry::Registry;

    #[test]
    fn a_list_is_read_from_its_text_and_a_bad_line_is_told() {
        let text =
            "[state]\niran | Iran | Persia\n[names]\niran | de=Persien\n[ghost]\nx | X\n[person]\nada\n";
        let (list, faults) = Registry::read(text.to_owned());
        assert_eq!(list.actor_of("Persien", ActorKind::State).id, ActorId("iran".into()));
        let faults: Vec<_> = faults.iter().map(Fault::to_string).collect();
        assert!(
            faults.len() == 2 && faults[0].contains("[ghost]") && faults[1].contains("no label"),
            "{faults:?}"
        );
        assert_eq!(list.text(), text);
    }

    #[test]
    fn the_text_of_the_list_holds_all_of_it_and_no_comment() {
        let list = Registry::builtin();
        let (again, faults) = Registry::read(list.text().to_owned());
        assert_eq!(faults, []);
        assert!(list.entries().eq(again.entries()) && list.version() == again.version());
        assert!(list.text().lines().all(|line| !line.starts_with('#')));
        assert!(list.entries().count() > 3_000);
    }
}
