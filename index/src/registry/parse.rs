//! Reads a file of actors: `id | Label | alias; alias | key=value; key=value`, one a line.

use std::fmt;

use super::entry::{Entry, Name, NameRule};
use crate::actor::{Actor, ActorId, ActorKind};

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
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (place, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match entry(kind, line) {
            Ok(entry) => entries.push(entry),
            Err(reason) => faults.push(Fault { file: file.to_owned(), line: place + 1, reason }),
        }
    }
    (entries, faults)
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
        names: vec![name(label, NameRule::Alias)],
        part_of: None,
        country: None,
    };
    entry.names.extend(list(aliases, ';').map(|alias| name(alias, NameRule::Alias)));
    for detail in list(details, ';') {
        apply(&mut entry, detail)?;
    }
    Ok(entry)
}

fn apply(entry: &mut Entry, detail: &str) -> Result<(), String> {
    let (key, value) = detail.split_once('=').ok_or_else(|| format!("{detail:?} is not key=value"))?;
    match key.trim() {
        "country" => entry.country = Some(value.trim().to_owned()),
        "part_of" => entry.part_of = Some(ActorId(value.trim().to_owned())),
        "people" => entry.names.extend(list(value, ',').map(|text| name(text, NameRule::Demonym))),
        "capital" => entry.names.extend(list(value, ',').map(|text| name(text, NameRule::Capital))),
        "wary" => {
            for text in list(value, ',') {
                let mut names = entry.names.iter_mut().filter(|name| name.text == text).peekable();
                names.peek().ok_or_else(|| format!("wary={text:?} is none of the names before it"))?;
                names.for_each(|name| name.wary = true);
            }
        }
        other => return Err(format!("{other:?} is none of country, part_of, people, capital, wary")),
    }
    Ok(())
}

fn name(text: &str, rule: NameRule) -> Name {
    Name { text: text.to_owned(), rule, wary: false }
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
}
