//! Reads a file of actors: `id | Label | alias; alias | key=value; key=value`, one a line; and a file
//! of further names of actors that stand elsewhere: `id | key=value; key=value`.
//! `data/actors/README.md` lists the keys.

use std::fmt;

use jiff::civil::Date;

use super::entry::{Entry, Name, NameRule};
use crate::actor::{Actor, ActorId, ActorKind};
use crate::language::Language;

/// What is wrong with a line of a file of actors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, and what it should be.
    pub reason: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}

/// Reads every line that can be read, and tells which cannot.
#[must_use]
pub fn parse(file: &str, kind: ActorKind, text: &str) -> (Vec<Entry>, Vec<Fault>) {
    lines(file, text, |line| entry(kind, line))
}

/// Reads a file of further names: whose they are, and the names. Its lines are read as those of
/// [`parse`] are.
#[must_use]
pub fn parse_names(file: &str, text: &str) -> (Vec<(ActorId, Vec<Name>)>, Vec<Fault>) {
    lines(file, text, further_names)
}

fn lines<T>(file: &str, text: &str, read: impl Fn(&str) -> Result<T, String>) -> (Vec<T>, Vec<Fault>) {
    let (mut read_lines, mut faults) = (Vec::new(), Vec::new());
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if !counts(line) {
            continue;
        }
        match read(line) {
            Ok(line) => read_lines.push(line),
            Err(reason) => faults.push(Fault { file: file.to_owned(), line: place + 1, reason }),
        }
    }
    (read_lines, faults)
}

/// The lines that say something: neither empty nor a comment.
pub(super) fn lines_that_count(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| counts(line))
}

fn counts(line: &str) -> bool {
    !line.is_empty() && !line.starts_with('#')
}

fn entry(kind: ActorKind, line: &str) -> Result<Entry, String> {
    let mut columns = line.split('|').map(str::trim);
    let id = columns.next().filter(|id| !id.is_empty()).ok_or("the line has no id")?;
    let label = columns.next().filter(|label| !label.is_empty()).ok_or("the line has no label")?;
    let aliases = columns.next().unwrap_or_default();
    let details = columns.next().unwrap_or_default();
    if columns.next().is_some() {
        return Err("the line has more than four columns".to_owned());
    }
    let mut entry = Entry {
        actor: Actor { id: ActorId(id.to_owned()), label: label.to_owned(), kind },
        names: vec![Name::new(label, NameRule::Alias)],
        part_of: None,
        country: None,
    };
    entry.names.extend(list(aliases, ';').map(|alias| Name::new(alias, NameRule::Alias)));
    for detail in list(details, ';') {
        apply(&mut entry, detail)?;
    }
    Ok(entry)
}

fn further_names(line: &str) -> Result<(ActorId, Vec<Name>), String> {
    let (id, details) = line.split_once('|').ok_or("the line is not id | key=value; key=value")?;
    let mut names = Vec::new();
    for detail in list(details, ';') {
        let (key, value) = pair(detail)?;
        if !add_names(&mut names, key, value)? {
            return Err(format!("{key:?} is none of people, capital, wary, from, to, or a language"));
        }
    }
    Ok((ActorId(id.trim().to_owned()), names))
}

fn apply(entry: &mut Entry, detail: &str) -> Result<(), String> {
    let (key, value) = pair(detail)?;
    match key {
        "country" => entry.country = Some(value.to_owned()),
        "part_of" => entry.part_of = Some(ActorId(value.to_owned())),
        _ if add_names(&mut entry.names, key, value)? => {}
        other => {
            let known = "country, part_of, people, capital, wary, from, to, or a language's two letters";
            return Err(format!("{other:?} is none of {known}"));
        }
    }
    Ok(())
}

/// Adds the names of a key, or what it tells of names already there. Whether the key tells of names.
fn add_names(names: &mut Vec<Name>, key: &str, value: &str) -> Result<bool, String> {
    let of_rule = |rule| list(value, ',').map(move |text| Name::new(text, rule));
    match key {
        "people" => names.extend(of_rule(NameRule::Demonym)),
        "capital" => names.extend(of_rule(NameRule::Capital)),
        "wary" => {
            for text in list(value, ',') {
                for name in named(names, key, text)? {
                    name.wary = true;
                }
            }
        }
        "from" | "to" => {
            for dated in list(value, ',') {
                let (text, day) =
                    dated.rsplit_once(':').ok_or_else(|| format!("{dated:?} is not NAME:DATE"))?;
                let day: Date =
                    day.trim().parse().map_err(|_| format!("{day:?} is no date like 1991-12-26"))?;
                for name in named(names, key, text.trim())? {
                    *(if key == "from" { &mut name.from } else { &mut name.to }) = Some(day);
                }
            }
        }
        _ => {
            let language = Language::from_code(key).filter(|language| key.len() == 2 && language.is_listed());
            let Some(language) = language else { return Ok(false) };
            names.extend(of_rule(NameRule::Alias).map(|name| Name { language: Some(language), ..name }));
        }
    }
    Ok(true)
}

/// The names before a key that are spelled so.
fn named<'a>(
    names: &'a mut [Name],
    key: &str,
    text: &str,
) -> Result<impl Iterator<Item = &'a mut Name>, String> {
    if names.iter().all(|name| name.text != text) {
        return Err(format!("{key}={text:?} is none of the names before it"));
    }
    let text = text.to_owned();
    Ok(names.iter_mut().filter(move |name| name.text == text))
}

fn pair(detail: &str) -> Result<(&str, &str), String> {
    let (key, value) = detail.split_once('=').ok_or_else(|| format!("{detail:?} is not key=value"))?;
    Ok((key.trim(), value.trim()))
}

fn list(text: &str, separator: char) -> impl Iterator<Item = &str> {
    text.split(separator).map(str::trim).filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_an_entry_and_a_bad_line_says_what_is_wrong_with_it() {
        let text = "# states\niran | Iran | Persia | country=ir; people=Iranian, Iranians; capital=Tehran\n\n\
                    iraq\njordan | Jordan | | wary=Jordanien\nx | X | | colour=red\n";
        let (entries, faults) = parse("asia.txt", ActorKind::State, text);
        let names: Vec<_> = entries[0].names.iter().map(|name| (name.text.as_str(), name.rule)).collect();
        assert_eq!(
            names,
            [
                ("Iran", NameRule::Alias),
                ("Persia", NameRule::Alias),
                ("Iranian", NameRule::Demonym),
                ("Iranians", NameRule::Demonym),
                ("Tehran", NameRule::Capital)
            ]
        );
        assert_eq!(entries[0].country.as_deref(), Some("ir"));
        let faults: Vec<_> = faults.iter().map(Fault::to_string).collect();
        assert_eq!(faults[0], "asia.txt:4: the line has no label");
        assert!(faults[1].starts_with("asia.txt:5: wary=\"Jordanien\""), "{}", faults[1]);
        assert!(faults[2].starts_with("asia.txt:6: \"colour\""), "{}", faults[2]);
    }

    #[test]
    fn names_belong_to_a_language_and_to_a_time() {
        let text = "west-germany | West Germany | FRG; Bundesrepublik | de=Westdeutschland; \
                    to=FRG:1990-10-02, Bundesrepublik:1990-10-02";
        let (entries, faults) = parse("x", ActorKind::State, text);
        assert!(faults.is_empty(), "{}", faults[0]);
        let name = |text: &str| entries[0].names.iter().find(|name| name.text == text).cloned();
        let german = name("Westdeutschland").expect("it is listed");
        assert!(german.is_of(Language::from_code("de")));
        assert!(!german.is_of(Some(Language::ENGLISH)) && !german.is_of(None));
        let dated = name("FRG").expect("it is listed");
        assert!(
            dated.holds_on(jiff::civil::date(1990, 10, 2)) && !dated.holds_on(jiff::civil::date(1990, 10, 3))
        );
        assert!(dated.is_of(None));
    }

    #[test]
    fn a_key_that_is_no_language_and_a_date_that_is_none_are_faults() {
        for (details, reason) in [
            ("dee=Iran", "\"dee\" is none of"),
            ("jp=Iran", "\"jp\" is none of"),
            ("from=X:1979-13-01", "\"1979-13-01\" is no date"),
            ("from=X", "\"X\" is not NAME:DATE"),
            ("to=Persia:1935-03-21", "to=\"Persia\" is none of the names"),
        ] {
            let (_, faults) = parse("x", ActorKind::State, &format!("x | X | | {details}"));
            assert!(faults[0].reason.starts_with(reason), "{}", faults[0]);
        }
    }

    #[test]
    fn a_file_of_further_names_tells_whose_they_are() {
        let (names, faults) = parse_names("x", "# made\niran | de=Iran, Persien\niraq | country=iq\niraq\n");
        assert_eq!(names[0].0.0, "iran");
        assert_eq!(names[0].1[1].text, "Persien");
        assert_eq!((names.len(), faults.len()), (1, 2));
        assert_eq!(faults[0].line, 3);
    }
}
