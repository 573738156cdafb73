//! Corpora of labelled tokens (CoNLL: a token, a tab and its IOB2 tag a line), and the raw text that
//! their tokens were cut from.

use std::io::{self, BufRead};

use crate::actors::tagger::Sort;

/// A document as a reader would see it, and the names in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// What the corpus calls it.
    pub id: String,
    /// Its text, with the spaces where they belong.
    pub text: String,
    /// Its names, in order.
    pub names: Vec<Name>,
    /// How many tokens the corpus cuts it into.
    pub tokens: usize,
}

/// A name in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its first byte.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
    /// Its sort.
    pub sort: Sort,
}

/// Reads a corpus: documents open with `-DOCSTART-`, empty lines part sentences.
///
/// # Errors
///
/// What reading fails with, and lines that are not of that form, with their number.
pub fn read(input: impl BufRead) -> io::Result<Vec<Document>> {
    let mut documents = vec![Writer::default()];
    for (number, line) in input.lines().enumerate() {
        let line = line?;
        if let Some(id) = line.strip_prefix("-DOCSTART-") {
            let document = Document { id: id.trim().to_owned(), ..Document::default() };
            documents.push(Writer { document, ..Writer::default() });
            continue;
        }
        let Some(writer) = documents.last_mut() else { continue };
        if line.trim().is_empty() {
            writer.end_sentence();
            continue;
        }
        let (token, tag) = line.split_once('\t').ok_or_else(|| fault(number, "a token, a tab and a tag"))?;
        let tag = tag.trim();
        let name = match tag.split_once('-') {
            _ if tag == "O" => None,
            Some((position @ ("B" | "I"), sort)) => {
                let sort = Sort::from_tag(sort).ok_or_else(|| fault(number, "PER, ORG, LOC or MISC"))?;
                Some((position == "B", sort))
            }
            _ => return Err(fault(number, "the tag O, B-… or I-…")),
        };
        writer.token(token, name);
    }
    let documents = documents.into_iter().map(|writer| writer.document);
    Ok(documents.filter(|document| document.tokens > 0).collect())
}

fn fault(number: usize, wanted: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("line {}: {wanted} expected", number + 1))
}

/// Writes tokens as a text.
#[derive(Debug, Default)]
struct Writer {
    document: Document,
    /// Whether a sentence has ended before the next token.
    ended: bool,
    /// Whether the token before takes no space behind it.
    glue: bool,
    /// Whether a straight quotation mark is open.
    quoted: bool,
    /// The token before.
    before: String,
    /// Tokens of the sentence so far.
    place: usize,
}

impl Writer {
    fn end_sentence(&mut self) {
        self.ended = !self.before.is_empty();
    }

    fn token(&mut self, token: &str, name: Option<(bool, Sort)>) {
        let text = &mut self.document.text;
        if self.ended {
            // A line without a full stop is a heading or a paragraph of its own.
            let stopped = self.before.ends_with(['.', '!', '?', '"', '”', '’', ')', ':', ';', ',']);
            text.push_str(if stopped { " " } else { "\n\n" });
            (self.ended, self.glue, self.quoted, self.place) = (false, false, false, 0);
            self.before.clear();
        }
        let closes = matches!(token, "\"" | "''") && self.quoted;
        let hangs = closes || hangs_on(token, &self.before, self.place);
        if self.place > 0 && !self.glue && !hangs {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(token);
        let end = text.len();
        let open = self.document.names.last_mut().filter(|_| name.is_some_and(|(begins, _)| !begins));
        match (name, open) {
            (Some((_, sort)), Some(last)) if last.sort == sort => last.end = end,
            (Some((_, sort)), _) => self.document.names.push(Name { start, end, sort }),
            (None, _) => {}
        }
        self.glue = match token {
            "\"" | "``" => !closes,
            "(" | "[" | "“" | "‘" | "$" | "£" | "€" | "₹" | "#" | "@" => true,
            "-" => self.place > 0 && is_word(&self.before) && !is_dateline(&self.before, self.place),
            "/" => true,
            "’" | "'" => parts_name(&self.before),
            "." => is_abbreviated_state(text),
            _ => false,
        };
        if matches!(token, "\"" | "``" | "''") {
            self.quoted = !closes;
        }
        self.document.tokens += 1;
        self.place += 1;
        token.clone_into(&mut self.before);
    }
}

/// Whether a token stands behind the one before without a space.
fn hangs_on(token: &str, before: &str, place: usize) -> bool {
    match token {
        "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "…" | "..." | "/" | "''" => true,
        "'s" | "’s" | "n't" | "n’t" | "'m" | "’m" | "'re" | "’re" | "'ve" | "’ve" | "'ll" | "’ll" | "'d"
        | "’d" => true,
        "-" => is_word(before) && !is_dateline(before, place),
        "’" => true,
        "'" => before.ends_with('s'),
        "s" | "t" | "re" | "ve" | "ll" | "m" | "d" => matches!(before, "’" | "'"),
        _ => false,
    }
}

fn is_word(token: &str) -> bool {
    token.ends_with(char::is_alphanumeric)
}

/// Whether an apostrophe behind a token stands within a name: "Da'esh", "Yi'an".
fn parts_name(before: &str) -> bool {
    before.len() <= 3 && before.starts_with(char::is_uppercase) && before.ends_with(char::is_lowercase)
}

/// Whether a text ends in the first half of "U.S.", "U.K.", "U.N.".
fn is_abbreviated_state(text: &str) -> bool {
    text.ends_with(" U.") || text.ends_with("(U.") || text == "U."
}

/// Whether a sentence opens with a place in capitals: "TEHRAN - ".
fn is_dateline(before: &str, place: usize) -> bool {
    place <= 3 && before.chars().count() > 2 && before.chars().all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus(lines: &str) -> Vec<Document> {
        read(lines.as_bytes()).unwrap()
    }

    #[test]
    fn the_text_is_as_it_was_printed_and_names_keep_their_place() {
        let lines = "-DOCSTART- one\n\nBERN\tB-LOC\n-\tO\nAda\tB-PER\nLind\tI-PER\n’\tO\ns\tO\nanti\tO\n-\tO\nwar\tO\n\
                     \"\tO\nUnion\tB-ORG\n\"\tO\n(\tO\nABC\tB-ORG\n)\tO\n.\tO\n\nIt\tO\ndid\tO\nn't\tO\n";
        let documents = corpus(lines);
        assert_eq!(documents[0].text, "BERN - Ada Lind’s anti-war \"Union\" (ABC). It didn't");
        let names: Vec<_> = documents[0]
            .names
            .iter()
            .map(|name| (&documents[0].text[name.start..name.end], name.sort))
            .collect();
        let expected = [
            ("BERN", Sort::Place),
            ("Ada Lind", Sort::Person),
            ("Union", Sort::Organisation),
            ("ABC", Sort::Organisation),
        ];
        assert_eq!(names, expected);
        assert_eq!((documents[0].id.as_str(), documents[0].tokens), ("one", 19));
    }

    #[test]
    fn a_heading_is_a_paragraph_of_its_own() {
        assert_eq!(corpus("Home\tO\n\nIt\tO\nrains\tO\n.\tO\n")[0].text, "Home\n\nIt rains.");
    }

    #[test]
    fn a_line_that_is_none_is_told_with_its_number() {
        for (lines, number) in [("a\tO\nb", "line 2"), ("a\tB-XYZ", "line 1"), ("a\tX", "line 1")] {
            let error = read(lines.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(number), "{error}");
        }
    }
}
