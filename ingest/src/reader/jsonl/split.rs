//! Cuts a stream of JSON into records without holding more than one.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use crate::reader::{Emit, MAX_RECORD, Piece, Unread};

/// Cuts lines, or the items of an array, or objects that run over several lines.
pub(super) fn split(input: &mut dyn BufRead, emit: Emit<'_>) -> io::Result<()> {
    let mut at = Position { offset: 0, line: 1, column: 1 };
    let head = input.fill_buf()?;
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        let reason = "is UTF-16; JSON Lines are read as UTF-8: save the file anew".to_owned();
        let _ = emit(at.piece("line 1".into(), Err(Unread::Failed(reason))));
        return Ok(());
    }
    if head.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
        at.offset = 3;
    }
    match shape(input.fill_buf()?) {
        Shape::Lines => split_lines(input, at, emit),
        Shape::Values => split_values(input, at, emit),
    }
}

enum Shape {
    Lines,
    Values,
}

/// Tells by the first bytes. An object that is still open at the end of its line runs on, unless
/// the next line opens another: then the first is a broken line.
fn shape(head: &[u8]) -> Shape {
    let start = head.trim_ascii_start();
    if start.starts_with(b"[") {
        return Shape::Values;
    }
    let Some(end) = start.iter().position(|byte| *byte == b'\n') else { return Shape::Lines };
    let mut scan = Scan::default();
    let closed = start[..end].iter().any(|byte| scan.closes(*byte));
    let next = start[end..].trim_ascii_start().first();
    match (start.first(), closed, next) {
        (Some(b'{'), false, Some(next)) if *next != b'{' => Shape::Values,
        _ => Shape::Lines,
    }
}

#[derive(Clone, Copy)]
struct Position {
    offset: u64,
    line: u64,
    column: u64,
}

impl Position {
    fn pass(&mut self, byte: u8) {
        self.offset += 1;
        self.column += 1;
        if byte == b'\n' {
            (self.line, self.column) = (self.line + 1, 1);
        }
    }

    fn piece(&self, record: String, bytes: Result<Vec<u8>, Unread>) -> Piece {
        Piece {
            record,
            offset: Some(self.offset),
            line: self.line,
            column: self.column,
            ..Piece::whole(bytes)
        }
    }
}

fn too_long() -> Unread {
    Unread::Failed(format!("the record is longer than {} MB: part it, or leave it out", MAX_RECORD >> 20))
}

fn split_lines(input: &mut dyn BufRead, mut at: Position, emit: Emit<'_>) -> io::Result<()> {
    loop {
        let mut bytes = Vec::new();
        let mut length = (&mut *input).take(MAX_RECORD as u64 + 2).read_until(b'\n', &mut bytes)? as u64;
        if length == 0 {
            return Ok(());
        }
        let is_too_long = bytes.len() > MAX_RECORD && bytes.last() != Some(&b'\n');
        let blank = if is_too_long { 0 } else { trim(&mut bytes) as u64 };
        let is_blank = bytes.is_empty();
        let start = Position { offset: at.offset + blank, line: at.line, column: 1 + blank };
        let record = if is_too_long { Err(too_long()) } else { Ok(bytes) };
        if is_too_long {
            length += skip_line(input)?;
        }
        if !is_blank && emit(start.piece(format!("line {}", at.line), record)).is_break() {
            return Ok(());
        }
        at = Position { offset: at.offset + length, line: at.line + 1, column: 1 };
    }
}

/// Takes away the white space around a line. Returns how much stood before it.
fn trim(bytes: &mut Vec<u8>) -> usize {
    bytes.truncate(bytes.trim_ascii_end().len());
    let blank = bytes.len() - bytes.trim_ascii_start().len();
    bytes.drain(..blank);
    bytes.shrink_to_fit();
    blank
}

/// Passes over the rest of a line. Returns its length.
fn skip_line(input: &mut dyn BufRead) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let found = input.fill_buf()?;
        let end = found.iter().position(|byte| *byte == b'\n');
        let passed = end.map_or(found.len(), |end| end + 1);
        let done = end.is_some() || found.is_empty();
        input.consume(passed);
        length += passed as u64;
        if done {
            return Ok(length);
        }
    }
}

/// Brackets inside each other that are told apart; no parser takes more.
const DEEPEST: usize = 100_000;

/// In which brackets, and whether in a string.
#[derive(Default)]
struct Scan {
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    fn close(&mut self, byte: u8) -> bool {
        let opened = if byte == b'}' { b'{' } else { b'[' };
        // What was left open inside ends with what is around it.
        let Some(place) = self.open.iter().rposition(|open| *open == opened) else { return false };
        self.open.truncate(place);
        self.open.is_empty()
    }

    /// Takes the next byte. Tells whether it closes the outermost bracket.
    fn closes(&mut self, byte: u8) -> bool {
        if self.in_string {
            let escaped = std::mem::take(&mut self.escaped);
            match byte {
                b'\\' => self.escaped = !escaped,
                b'"' => self.in_string = escaped,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' if self.open.len() < DEEPEST => self.open.push(byte),
            b'}' | b']' => return self.close(byte),
            _ => {}
        }
        false
    }
}

/// The record that is being gathered.
struct Item {
    start: Position,
    bytes: Vec<u8>,
    is_too_long: bool,
    scan: Scan,
    is_bracketed: bool,
}

impl Item {
    fn new(start: Position, first: u8) -> Self {
        let is_bracketed = matches!(first, b'{' | b'[');
        Self { start, bytes: Vec::new(), is_too_long: false, scan: Scan::default(), is_bracketed }
    }

    /// Whether a byte is no longer part of it: a plain value ends where something else begins.
    fn ends_before(&self, byte: u8) -> bool {
        !self.is_bracketed && !self.scan.in_string && (b",]".contains(&byte) || byte.is_ascii_whitespace())
    }

    /// Takes a byte. Tells whether the record is complete.
    fn take(&mut self, byte: u8) -> bool {
        if self.bytes.len() < MAX_RECORD {
            self.bytes.push(byte);
        } else {
            self.is_too_long = true;
            self.bytes = Vec::new();
        }
        self.scan.closes(byte) && self.is_bracketed
    }

    fn piece(self, number: u64) -> Piece {
        let bytes = if self.is_too_long { Err(too_long()) } else { Ok(self.bytes) };
        self.start.piece(format!("item {number}"), bytes)
    }
}

fn split_values(input: &mut dyn BufRead, at: Position, emit: Emit<'_>) -> io::Result<()> {
    let mut values = Values { at, array: Array::Before, item: None, number: 0 };
    loop {
        let found = input.fill_buf()?;
        let length = found.len();
        if length == 0 {
            return values.end(emit);
        }
        for byte in found {
            if values.take(*byte, emit).is_break() {
                return Ok(());
            }
        }
        input.consume(length);
    }
}

/// Where an item ends that has swallowed the next, and where that begins: after `},`, and with the same
/// first field.
fn next_alike(bytes: &[u8]) -> Option<(usize, usize)> {
    let opening = {
        let first = bytes.iter().position(|byte| *byte == b'"')?;
        let second = first + 1 + bytes[first + 1..].iter().position(|byte| *byte == b'"')?;
        &bytes[first..=second]
    };
    let is_alike = |place: usize| bytes[place + 1..].trim_ascii_start().starts_with(opening);
    let places = (1..bytes.len()).filter(|&place| bytes[place] == b'{' && is_alike(place));
    places.into_iter().find_map(|place| {
        let before = bytes[..place].trim_ascii_end().strip_suffix(b",")?.trim_ascii_end();
        before.ends_with(b"}").then_some((before.len(), place))
    })
}

#[derive(PartialEq)]
enum Array {
    Before,
    Inside,
    After,
    None,
}

struct Values {
    at: Position,
    array: Array,
    item: Option<Item>,
    number: u64,
}

impl Values {
    fn take(&mut self, byte: u8, emit: Emit<'_>) -> ControlFlow<()> {
        if self.item.as_ref().is_some_and(|item| item.ends_before(byte)) {
            self.finish(emit)?;
        }
        let starts = self.item.is_none() && !byte.is_ascii_whitespace() && byte != b',';
        match (&self.array, byte) {
            (Array::Before, b'[') if starts => self.array = Array::Inside,
            (Array::Inside, b']') if starts => self.array = Array::After,
            (Array::After, _) if starts => return self.refuse("something follows the end of the list", emit),
            _ => {
                if starts {
                    if self.array == Array::Before {
                        self.array = Array::None;
                    }
                    self.item = Some(Item::new(self.at, byte));
                }
                if self.item.as_mut().is_some_and(|item| item.take(byte)) {
                    self.finish(emit)?;
                }
            }
        }
        self.at.pass(byte);
        ControlFlow::Continue(())
    }

    fn finish(&mut self, emit: Emit<'_>) -> ControlFlow<()> {
        let Some(item) = self.item.take() else { return ControlFlow::Continue(()) };
        self.number += 1;
        emit(item.piece(self.number))
    }

    /// An item that lacks a quotation mark or a bracket has swallowed what follows: it ends before the next
    /// one that begins as it does.
    fn recover(&mut self, emit: Emit<'_>) -> ControlFlow<()> {
        const MOST: usize = 1_000;
        for _ in 0..MOST {
            let Some((end, next)) = self.item.as_ref().and_then(|item| next_alike(&item.bytes)) else {
                break;
            };
            let Some(mut item) = self.item.take() else { break };
            let rest = item.bytes.split_off(next);
            self.at = item.start;
            item.bytes.iter().for_each(|byte| self.at.pass(*byte));
            item.bytes.truncate(end);
            self.number += 1;
            emit(item.piece(self.number))?;
            for byte in rest {
                self.take(byte, emit)?;
            }
        }
        ControlFlow::Continue(())
    }

    fn refuse(&mut self, reason: &str, emit: Emit<'_>) -> ControlFlow<()> {
        let reason = format!("line {}, column {}: {reason}", self.at.line, self.at.column);
        let record = format!("item {}", self.number + 1);
        let _ = emit(self.at.piece(record, Err(Unread::Failed(reason))));
        ControlFlow::Break(())
    }

    fn end(mut self, emit: Emit<'_>) -> io::Result<()> {
        if self.recover(emit).is_break() {
            return Ok(());
        }
        // A record that is cut off goes on as it is: the parser says what is missing.
        let cut_off = self.item.is_some();
        let _ = self.finish(emit);
        if self.array == Array::Inside && !cut_off {
            let _ = self.refuse("the file ends inside the list: its `]` is missing", emit);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces as `record@offset line:column bytes`, read through a small window.
    fn pieces(content: &[u8]) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut input = io::BufReader::with_capacity(64, content);
        split(&mut input, &mut |piece| {
            let bytes = match piece.bytes {
                Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
                Err(why) => format!("{why:?}"),
            };
            let offset = piece.offset.unwrap();
            pieces.push(format!("{}@{offset} {}:{} {bytes}", piece.record, piece.line, piece.column));
            ControlFlow::Continue(())
        })
        .unwrap();
        pieces
    }

    #[test]
    fn lines_are_cut_whatever_ends_them() {
        assert_eq!(
            pieces(b"\xef\xbb\xbf{\"a\":1}\r\n\r\n  \n {\"b\":2} \n{\"c\":3}"),
            ["line 1@3 1:1 {\"a\":1}", "line 4@18 4:2 {\"b\":2}", "line 5@27 5:1 {\"c\":3}"]
        );
        assert_eq!(pieces(b"{\"a\n{\"b\":1}\n"), ["line 1@0 1:1 {\"a", "line 2@4 2:1 {\"b\":1}"]);
        assert!(pieces(b"\n\n  \r\n").is_empty());
    }

    #[test]
    fn the_items_of_an_array_are_cut_one_by_one() {
        assert_eq!(
            pieces(br#" [{"a":"]},\"{"}, {"b":[{}]},3,"x,]" ]"#),
            [
                r#"item 1@2 1:3 {"a":"]},\"{"}"#,
                r#"item 2@18 1:19 {"b":[{}]}"#,
                "item 3@29 1:30 3",
                r#"item 4@31 1:32 "x,]""#
            ]
        );
        let broken = pieces(b"[{\"a\":1},\n{\"b\":");
        assert_eq!(broken[1], "item 2@10 2:1 {\"b\":");
        assert!(pieces(b"[{}")[1].contains("its `]` is missing"));
        assert!(pieces(b"[{}]\n{}")[1].contains("line 2, column 1: something follows"));
        assert!(pieces(b"[]").is_empty());
    }

    #[test]
    fn an_item_that_lacks_a_bracket_or_a_quotation_mark_costs_no_other() {
        for broken in [r#"{"a":[1}"#, r#"{"a":"b}"#, r#"{"a":{"x":1}"#, r#"{"a":1]}"#, r#"{"a":}"#] {
            let file = format!("[{{\"a\":0}},\n{broken},\n{{\"a\":2}}, {{\"a\":3}}]");
            let pieces = pieces(file.as_bytes());
            assert_eq!(pieces.len(), 4, "{pieces:?}");
            assert!(pieces[1].contains(&format!(" 2:1 {broken}")), "{pieces:?}");
            assert!(pieces[2].ends_with(" 3:1 {\"a\":2}") && pieces[3].ends_with("{\"a\":3}"), "{pieces:?}");
        }
        // What was cut off in the middle is one broken item, whatever it holds.
        assert_eq!(pieces(br#"[{"t":"x"}, {"t":[{"u":1},{"u":2}],"#).len(), 2);
    }

    #[test]
    fn objects_over_several_lines_are_cut_at_their_ends() {
        assert_eq!(
            pieces(b"{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n"),
            ["item 1@0 1:1 {\n \"a\": 1\n}", "item 2@12 4:1 {\n \"b\": 2\n}"]
        );
    }

    #[test]
    fn a_line_without_end_is_refused_and_the_next_one_read() {
        let long = [&b"{\"a\":1}\n\""[..], &vec![b'x'; MAX_RECORD + 5], b"\"\n{\"b\":2}\n"].concat();
        let pieces = pieces(&long);
        assert_eq!(pieces.len(), 3);
        assert!(pieces[1].contains("the record is longer than 64 MB"), "{}", pieces[1]);
        assert!(pieces[2].ends_with("3:1 {\"b\":2}"), "{}", pieces[2]);
    }

    #[test]
    fn utf_16_is_refused_with_what_to_do() {
        assert!(pieces(b"\xff\xfe{\0}\0")[0].contains("save the file anew"));
    }
}
