//! JSON Lines: an object a line. A file that holds one array, or objects over several lines, is
//! read as well.

mod split;

use std::io;

use dateline_index::article::Origin;
use dateline_index::identity::digest;
use serde_json::{Map, Value};

use super::{Emit, Opened, Piece, Reader, Source, Unread};
use crate::charset;
use crate::mapping::Mapping;
use crate::raw::{RawBody, RawDocument};

pub(super) struct Jsonl;

impl Reader for Jsonl {
    fn name(&self) -> &'static str {
        "JSON Lines"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson", "json", "jl"]
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn split(&self, input: &mut Source<'_>, emit: Emit<'_>) -> io::Result<()> {
        split::split(input, emit)
    }

    fn open(&self, piece: Piece, origin: &mut Origin, mapping: &Mapping) -> Result<Opened, Unread> {
        origin.record.clone_from(&piece.record);
        origin.offset = piece.offset;
        let bytes = piece.bytes?;
        origin.hash = digest(&bytes);
        let mut fields = parse(&bytes, piece.line, piece.column).map_err(|(line, column, reason)| {
            // Where the record is called by its line, that need not be said twice.
            let is_said = piece.record == format!("line {line}");
            let line = if is_said { String::new() } else { format!("line {line}, ") };
            Unread::Failed(format!("{line}column {column}: {reason}"))
        })?;
        mapping.apply(&mut fields);
        origin.url = named(&fields, "url");
        if let Some(record) = named(&fields, "id").or_else(|| origin.url.clone()) {
            origin.record = record;
        }
        let raw = RawDocument { origin: origin.clone(), body: RawBody::Fields(fields) };
        Ok(Opened { raw, doubt: None })
    }
}

/// A field that names the record: text or a number, and not empty.
fn named(fields: &Map<String, Value>, field: &str) -> Option<String> {
    let name = match fields.get(field)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!name.is_empty()).then_some(name)
}

/// The fields of a record, or what is wrong with it and in which line and column.
fn parse(bytes: &[u8], line: u64, column: u64) -> Result<Map<String, Value>, (u64, u64, String)> {
    let parsed = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_str(&charset::decode_text(bytes, None).text),
    };
    match parsed {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => {
            let found = kind(&other);
            Err((line, column, format!("expected an object such as {{\"title\": …}}, found {found}")))
        }
        Err(error) => {
            let line_of_error = line + (error.line() as u64).saturating_sub(1);
            let before = if error.line() <= 1 { column - 1 } else { 0 };
            let column_of_error = before + error.column() as u64;
            Err((line_of_error, column_of_error, explain(&error)))
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// The parser's words, without the place that it names, in the words of a person.
fn explain(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let words = full.rsplit_once(" at line ").map_or(full.as_str(), |(words, _)| words);
    if let Some(inside) = words.strip_prefix("EOF while parsing ") {
        return format!("the record ends inside {inside}");
    }
    match words {
        "trailing characters" => "expected the end of the record here, found more".into(),
        "key must be a string" => "expected a field's name in quotes".into(),
        "expected value" => {
            "expected a value: a text in quotes, a number, a list, an object, true, false or null".into()
        }
        other => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(line: &str, mapping: &str) -> (Origin, Result<Opened, Unread>) {
        let bytes = Ok(line.as_bytes().to_vec());
        let piece = Piece { record: "line 7".into(), offset: Some(70), line: 7, ..Piece::whole(bytes) };
        let mut origin = Origin::default();
        let opened = Jsonl.open(piece, &mut origin, &Mapping::parse(mapping).unwrap());
        (origin, opened)
    }

    #[test]
    fn a_record_is_called_by_its_id_else_its_address_else_its_line() {
        assert_eq!(open(r#"{"id": "a1", "url": "http://x.test/1"}"#, "").0.record, "a1");
        assert_eq!(open(r#"{"id": 12}"#, "").0.record, "12");
        assert_eq!(open(r#"{"key": "k"}"#, "id=key").0.record, "k");
        let (origin, _) = open(r#"{"id": "", "link": "http://x.test/1"}"#, "url=link");
        assert_eq!(
            (origin.record.as_str(), origin.url.as_deref()),
            ("http://x.test/1", Some("http://x.test/1"))
        );
        let (origin, _) = open(r#"{"id": null, "url": [1]}"#, "");
        assert_eq!((origin.record.as_str(), origin.offset, origin.hash.len()), ("line 7", Some(70), 32));
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said_with_its_place() {
        let reason = |line| match open(line, "").1 {
            Err(Unread::Failed(reason)) => reason,
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(reason(r#"{"a": "b" "c": 1}"#), "column 11: expected `,` or `}`");
        assert_eq!(reason(r#"{"a": "b"#), "column 8: the record ends inside a string");
        assert_eq!(
            reason("{\n\"a\": x}"),
            "line 8, column 6: expected a value: a text in quotes, a number, a list, an object, true, false or null"
        );
        assert_eq!(reason("[1]"), "column 1: expected an object such as {\"title\": …}, found a list");
        assert!(reason(&"[".repeat(100_000)).contains("recursion limit"));
    }

    #[test]
    fn a_line_that_is_not_utf_8_is_read_all_the_same() {
        let line = b"{\"title\": \"Le caf\xe9 de l'Elys\xe9e rouvre, dit le minist\xe8re\"}";
        let piece = Piece::whole(Ok(line.to_vec()));
        let opened = Jsonl.open(piece, &mut Origin::default(), &Mapping::default()).unwrap();
        let RawBody::Fields(fields) = opened.raw.body else { panic!("fields") };
        assert_eq!(fields["title"], "Le café de l'Elysée rouvre, dit le ministère");
    }
}
