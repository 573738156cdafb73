//! What a field may hold: a value as a person gives it becomes one that can be stored, or is refused
//! with a sentence that says what to write instead.

use jiff::civil::{Date, date};

use super::{Field, Value};
use crate::language::Language;
use crate::published::PartialDate;

/// Characters of a headline, a name, a section, an address.
const LINE: usize = 1_000;
/// Characters of a standfirst.
const PARAGRAPH: usize = 5_000;
/// Entries of a list.
const ENTRIES: usize = 100;
/// Characters of who made an edit.
const WHO: usize = 100;

/// An edit that cannot be made, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// Reads `FIELD=VALUE` as people type it: an empty value clears the field, and "; " parts the entries of
/// a list.
pub fn typed(text: &str, today: Date) -> Result<(Field, Value), Refused> {
    let (name, value) = text.split_once('=').ok_or_else(|| {
        Refused(format!("{text:?} is not FIELD=VALUE, such as title=\"Talks end\" or authors=\"A; B\""))
    })?;
    let field = field(name)?;
    Ok((field, check(field, Value::Text(value.to_owned()), today)?))
}

/// The field of a name, or a refusal that lists the names.
pub fn field(name: &str) -> Result<Field, Refused> {
    let known = || Field::ALL.map(Field::as_str).join(", ");
    Field::from_name(name)
        .ok_or_else(|| Refused(format!("there is no field {name:?} to correct; the fields are {}", known())))
}

/// A value as it is stored: lines trimmed, lists parted, dates and languages in their own spelling.
/// `today` is what a date of publication may not lie far behind.
pub fn check(field: Field, value: Value, today: Date) -> Result<Value, Refused> {
    if field.is_list() {
        return list(field, value);
    }
    let text = match value {
        Value::Nothing => return Ok(Value::Nothing),
        Value::Text(text) => text,
        Value::List(_) => return Err(Refused(format!("{field} takes one text, not a list"))),
    };
    let most = if field == Field::Standfirst { PARAGRAPH } else { LINE };
    let text = line(field.as_str(), &text, most)?;
    if text.is_empty() {
        return Ok(Value::Nothing);
    }
    let text = match field {
        Field::Published => published(&text, today)?,
        Field::Language => language(&text)?,
        Field::Url => address(text)?,
        _ => text,
    };
    Ok(Value::Text(text))
}

/// Who makes an edit, as it is stored.
pub fn check_who(who: &str) -> Result<String, Refused> {
    let who = line("who makes the edit", who, WHO)?;
    if who.is_empty() { Err(Refused("an edit needs the name of who makes it".to_owned())) } else { Ok(who) }
}

/// When an edit was made, as [`super::now`] writes it: moments are compared as texts.
pub fn check_at(at: &str) -> Result<String, Refused> {
    let moment: Option<jiff::Timestamp> = at.trim().parse().ok();
    let moment =
        moment.ok_or_else(|| Refused(format!("{at:?} is no moment such as 2024-01-17T08:30:00.000Z")))?;
    Ok(super::written(moment))
}

fn list(field: Field, value: Value) -> Result<Value, Refused> {
    let entries = match value {
        Value::Nothing => Vec::new(),
        Value::Text(text) => text.split(';').map(str::to_owned).collect(),
        Value::List(entries) => entries,
    };
    let mut kept: Vec<String> = Vec::new();
    for entry in entries {
        let entry = line(field.as_str(), &entry, LINE)?;
        if !entry.is_empty() && !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    if kept.len() > ENTRIES {
        return Err(Refused(format!("{field} takes at most {ENTRIES} entries; these are {}", kept.len())));
    }
    Ok(Value::List(kept))
}

/// One line: all white space between words is one space, and what no reader sees is not kept.
fn line(what: &str, text: &str, most: usize) -> Result<String, Refused> {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = line.chars().count();
    if length > most {
        return Err(Refused(format!("{what} takes at most {most} characters; these are {length}")));
    }
    Ok(line)
}

fn published(text: &str, today: Date) -> Result<String, Refused> {
    let Some(parsed) = PartialDate::parse(text) else {
        return Err(Refused(format!(
            "published={text} is not a date of the calendar; write 2024, 2024-01, 2024-01-17 or 2024-01-17T08:30+01:00, and nothing for an unknown date"
        )));
    };
    let first = parsed.first_day();
    let latest = today.saturating_add(jiff::Span::new().days(2));
    if first < date(1600, 1, 1) || first > latest {
        return Err(Refused(format!(
            "published={text} cannot be: a date of publication lies between 1600 and today ({today})"
        )));
    }
    Ok(parsed.to_string())
}

fn language(text: &str) -> Result<String, Refused> {
    let known = Language::from_code(text).filter(Language::is_listed).or_else(|| Language::from_name(text));
    known.map(|language| language.code().to_owned()).ok_or_else(|| {
        Refused(format!(
            "language={text} is not a language; write its code (en, de, fa) or its English name, and nothing for an unknown one"
        ))
    })
}

fn address(text: String) -> Result<String, Refused> {
    let rest = text
        .split_once("://")
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"));
    let host = rest.and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    if host.is_none_or(|host| !host.contains('.')) || text.contains(' ') {
        return Err(Refused(format!(
            "url={text} is not an address of the web, such as https://news.example/2024/talks"
        )));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Field, Value), Refused> {
        typed(text, date(2024, 1, 17))
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn a_value_is_stored_as_it_was_meant() {
        let list = |entries: &[&str]| Value::List(entries.iter().map(|&entry| entry.to_owned()).collect());
        for (typed, field, value) in [
            ("title=  Talks\n\tend = soon ", Field::Title, text("Talks end = soon")),
            ("headline=Talks", Field::Title, text("Talks")),
            ("title=", Field::Title, Value::Nothing),
            ("authors=Ada Byron; ;Reuters;Ada Byron", Field::Authors, list(&["Ada Byron", "Reuters"])),
            ("author=", Field::Authors, list(&[])),
            ("published=2024-01-17T08:30+0100", Field::Published, text("2024-01-17T08:30:00+01:00")),
            ("date=1956", Field::Published, text("1956")),
            ("published=2024-01-19", Field::Published, text("2024-01-19")),
            ("published= ", Field::Published, Value::Nothing),
            ("language=PT-br", Field::Language, text("pt")),
            ("lang=persian", Field::Language, text("fa")),
            ("url=HTTPS://a.example/x?y=z", Field::Url, text("HTTPS://a.example/x?y=z")),
        ] {
            assert_eq!(read(typed), Ok((field, value)), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_what_to_write() {
        for (typed, said) in [
            ("title", "FIELD=VALUE"),
            ("colour=red", "title, standfirst, authors"),
            ("text=anything", "the fields are"),
            ("published=2023-02-29", "2024-01-17"),
            ("published=17/01/2024", "not a date"),
            ("published=2024-01-20", "between 1600 and today (2024-01-17)"),
            ("published=1599", "1600"),
            ("language=xx", "code"),
            ("language=jp", "code"),
            ("language=klingon", "English name"),
            ("url=/2024/talks", "https://"),
            ("url=javascript://alert.x", "https://"),
            ("url=https://nowhere", "https://"),
        ] {
            let refused = read(typed).unwrap_err().to_string();
            assert!(refused.contains(said), "{typed}: {refused}");
        }
        assert!(read(&format!("title={}", "x".repeat(1_001))).is_err());
        assert!(check(Field::Title, Value::List(vec!["a".into()]), date(2024, 1, 17)).is_err());
        assert!(check_who(" \u{7} ").is_err());
    }
}
