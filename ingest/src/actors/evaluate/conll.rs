//! Corpora of labelled tokens (CoNLL: a token, a tab and its IOB2 tag a line), and the raw text that
//! their tokens were cut from. A third column holds the tags that another system gave.

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
    /// The names that another system found in it; none where the corpus has no third column.
    pub others: Option<Vec<Name>>,
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
        writer.line(&line).map_err(|wanted| {
            let fault = format!("line {}: {wanted} expected, not {:?}", number + 1, shortened(&line));
            io::Error::new(io::ErrorKind::InvalidData, fault)
        })?;
    }
    let documents = documents.into_iter().map(|writer| writer.document);
    Ok(documents.filter(|document| document.tokens > 0).collect())
}

/// As much of a line as says which one it is.
fn shortened(line: &str) -> String {
    line.chars().take(40).collect()
}

/// The beginning or the inside of a name of a sort; none for a tag outside of names.
type Label = Option<(bool, Sort)>;

/// A tag, or what should stand there. In IOB2 the inside of a name never stands first.
fn label(tag: &str, before: Label) -> Result<Label, &'static str> {
    match tag.trim().split_once('-') {
        _ if tag.trim() == "O" => Ok(None),
        Some((position @ ("B" | "I"), sort)) => {
            let sort = Sort::from_tag(sort).ok_or("PER, ORG, LOC or MISC")?;
            if position == "I" && before.is_none_or(|(_, open)| open != sort) {
                return Err("B-… at the beginning of a name");
            }
            Ok(Some((position == "B", sort)))
        }
        _ => Err("the tag O, B-… or I-…"),
    }
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
    /// The tags of the token before, in the two columns.
    labels: [Label; 2],
}

impl Writer {
    fn end_sentence(&mut self) {
        self.ended = !self.before.is_empty();
        self.labels = [None, None];
    }

    /// Takes a token with its tags, or says what should stand in its line.
    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let (token, tags) = line.split_once('\t').ok_or("a token, a tab and a tag")?;
        let (gold, other) = tags.split_once('\t').map_or((tags, None), |(gold, other)| (gold, Some(other)));
        if self.document.tokens > 0 && other.is_some() != self.document.others.is_some() {
            return Err("as many columns as in the lines before");
        }
        let gold = label(gold, self.labels[0])?;
        let other = other.map(|tag| label(tag, self.labels[1])).transpose()?;
        self.labels = [gold, other.flatten()];
        self.token(token, gold, other);
        Ok(())
    }

    fn token(&mut self, token: &str, gold: Label, other: Option<Label>) {
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
        name(&mut self.document.names, gold, start, end);
        if let Some(other) = other {
            name(self.document.others.get_or_insert_default(), other, start, end);
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

/// Opens a name at a token, or lengthens the last one.
fn name(names: &mut Vec<Name>, label: Label, start: usize, end: usize) {
    let open = names.last_mut().filter(|_| label.is_some_and(|(begins, _)| !begins));
    match (label, open) {
        (Some((_, sort)), Some(last)) if last.sort == sort => last.end = end,
        (Some((_, sort)), _) => names.push(Name { start, end, sort }),
        (None, _) => {}
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
        for (lines, number) in [
            ("a\tO\nb", "line 2"),
            ("a\tB-XYZ", "line 1"),
            ("a\tX", "line 1"),
            ("a\tB-PER\n\nb\tI-PER", "line 3"),
            ("a\tB-PER\nb\tI-ORG", "line 2"),
            ("a\tB-PER\tO\nb\tI-PER", "line 2"),
        ] {
            let error = read(lines.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(number), "{error}");
        }
    }

    #[test]
    fn a_third_column_is_what_another_system_found() {
        let documents = corpus("Ada\tB-PER\tB-ORG\nLind\tI-PER\tI-ORG\nin\tO\tO\nBern\tB-LOC\tO\n");
        let others = documents[0].others.as_deref().unwrap();
        assert_eq!((documents[0].names.len(), others.len()), (2, 1));
        assert_eq!((others[0].start, others[0].end, others[0].sort), (0, 8, Sort::Organisation));
    }
}
