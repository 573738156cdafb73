//! What was typed becomes a tree. It never fails: there is always a best reading, and a list of what
//! could not be honoured, with its place in what was typed.
//!
//! The language: words (all required), `OR`, `NOT` and `-`, parentheses, `"exact phrase"`,
//! `prefix*`, and the fields `title:`, `standfirst:`, `text:` (or `body:`). Operators count in
//! capitals only. `AND`, `&&`, `||` and `+word` are understood, since people bring them along.

use std::ops::Range;

use super::{Leaf, Query, Words};
use crate::actor::Field;
use crate::analysis;
use crate::search::Problem;

/// Deeper parentheses are read as if they were not there. The stack of every function that walks
/// the tree is bounded by it.
pub const MAX_DEPTH: usize = 20;
/// Words and phrases beyond these are left out of the reading.
pub const MAX_LEAVES: usize = 256;
/// Phrases of more words are left out of the reading.
pub const MAX_PHRASE: usize = 128;

/// The names of the fields, as people type them.
const FIELDS: [(&str, Field); 6] = [
    ("title", Field::Title),
    ("headline", Field::Title),
    ("standfirst", Field::Standfirst),
    ("description", Field::Standfirst),
    ("text", Field::Text),
    ("body", Field::Text),
];

/// Reads a query.
#[must_use]
pub fn parse(typed: &str) -> (Query, Vec<Problem>) {
    let mut parser =
        Parser { typed, at: 0, depth: 0, ignored: 0, leaves: 0, left_out: None, problems: Vec::new() };
    let mut parts = Vec::new();
    // A stray closing bracket ends a level; the query goes on behind it.
    loop {
        parts.push(parser.alternatives(None));
        let Some(stray) = parser.closing() else { break };
        parser.problem("this closing bracket has no opening one; it is ignored", stray);
    }
    parser.tell_left_out();
    (all_of(parts), parser.problems)
}

/// Each of these, as flat as it can be said.
fn all_of(parts: Vec<Query>) -> Query {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Query::All => {}
            Query::And(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => Query::All,
        1 => flat.swap_remove(0),
        _ => Query::And(flat),
    }
}

/// One of these, as flat as it can be said.
fn one_of(parts: Vec<Query>) -> Query {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Query::All => {}
            Query::Or(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    match flat.len() {
        0 => Query::All,
        1 => flat.swap_remove(0),
        _ => Query::Or(flat),
    }
}

struct Parser<'t> {
    typed: &'t str,
    at: usize,
    depth: usize,
    /// Opening brackets that were ignored, and whose closing ones must be.
    ignored: usize,
    leaves: usize,
    /// The first and last place of what went beyond [`MAX_LEAVES`].
    left_out: Option<Range<usize>>,
    problems: Vec<Problem>,
}

enum Operator {
    And,
    Or,
    Not,
}

impl Parser<'_> {
    fn problem(&mut self, message: impl Into<String>, place: Range<usize>) {
        // A megabyte of brackets is one kind of problem, not a million lines.
        if self.problems.len() < 20 {
            self.problems.push(Problem {
                message: message.into(),
                start: Some(place.start),
                end: Some(place.end),
            });
        }
    }

    fn tell_left_out(&mut self) {
        if let Some(place) = self.left_out.take() {
            let message =
                format!("only the first {MAX_LEAVES} words and phrases are looked for; the rest is left out");
            self.problem(message, place);
        }
    }

    fn rest(&self) -> &str {
        &self.typed[self.at..]
    }

    fn skip_spaces(&mut self) {
        self.at = self.typed.len() - self.rest().trim_start().len();
    }

    /// Takes a closing bracket, if that is next.
    fn closing(&mut self) -> Option<Range<usize>> {
        self.skip_spaces();
        let bracket = self.rest().chars().next().filter(|c| is_closing(*c))?;
        let start = self.at;
        self.at += bracket.len_utf8();
        Some(start..self.at)
    }

    /// `a b OR c`: alternatives, up to a closing bracket or the end.
    fn alternatives(&mut self, field: Option<Field>) -> Query {
        let mut alternatives = vec![Vec::new()];
        loop {
            self.skip_spaces();
            if self.ignored > 0 && self.closing().is_some() {
                self.ignored -= 1;
                continue;
            }
            if self.rest().chars().next().is_none_or(is_closing) {
                break;
            }
            let start = self.at;
            match self.operator() {
                Some(Operator::And) => {}
                Some(Operator::Or) => {
                    if alternatives.last().is_some_and(Vec::is_empty) {
                        self.problem("OR has nothing before it; it is ignored", start..self.at);
                    } else {
                        alternatives.push(Vec::new());
                    }
                }
                Some(Operator::Not) => {
                    let negated = self.negated(field, start);
                    alternatives.last_mut().expect("one at least").push(negated);
                }
                None => {
                    let operand = self.operand(field);
                    alternatives.last_mut().expect("one at least").push(operand);
                }
            }
        }
        if alternatives.len() > 1 && alternatives.last().is_some_and(Vec::is_empty) {
            let end = self.at;
            self.problem("OR has nothing behind it; it is ignored", end.saturating_sub(1)..end);
        }
        one_of(alternatives.into_iter().map(all_of).collect())
    }

    /// Takes an operator that stands alone, in capitals.
    fn operator(&mut self) -> Option<Operator> {
        let rest = self.rest();
        let length =
            rest.find(|c: char| c.is_whitespace() || is_bracket(c) || is_quote(c)).unwrap_or(rest.len());
        let operator = match &rest[..length] {
            "AND" | "&&" | "&" => Operator::And,
            "OR" | "||" | "|" => Operator::Or,
            "NOT" | "-" | "–" | "!" => Operator::Not,
            _ => return None,
        };
        self.at += length;
        Some(operator)
    }

    /// What stands behind a NOT. Several of them in a row are counted, not nested.
    fn negated(&mut self, field: Option<Field>, start: usize) -> Query {
        let not = start..self.at;
        let mut negative = true;
        loop {
            self.skip_spaces();
            if self.rest().chars().next().is_none_or(is_closing) {
                self.problem("NOT has nothing behind it; it is ignored", not);
                return Query::All;
            }
            match self.operator() {
                Some(Operator::Not) => negative = !negative,
                Some(Operator::And | Operator::Or) => {}
                None => break,
            }
        }
        let operand = self.operand(field);
        if negative { not_this(operand) } else { operand }
    }

    /// A bracket, a phrase or a chunk, with its `-` or `+` and its field.
    fn operand(&mut self, field: Option<Field>) -> Query {
        let mut negative = false;
        while let Some(sign) = self.rest().chars().next().filter(|c| matches!(c, '-' | '+' | '!')) {
            negative ^= sign != '+';
            self.at += sign.len_utf8();
        }
        let field = self.field().or(field);
        let operand = match self.rest().chars().next() {
            Some(c) if is_opening(c) => self.bracket(field, c),
            Some(c) if is_quote(c) => self.phrase(field, c),
            _ => self.chunk(field),
        };
        if negative { not_this(operand) } else { operand }
    }

    /// Takes `title:` and its like, if something stands right behind it.
    fn field(&mut self) -> Option<Field> {
        let (field, behind) = FIELDS.iter().find_map(|(name, field)| {
            let behind = self.rest().strip_prefix(name)?.strip_prefix(':')?;
            Some((*field, behind))
        })?;
        let next = behind.chars().next()?;
        if next.is_whitespace() || is_closing(next) {
            return None;
        }
        self.at = self.typed.len() - behind.len();
        Some(field)
    }

    fn bracket(&mut self, field: Option<Field>, opening: char) -> Query {
        let start = self.at;
        self.at += opening.len_utf8();
        if self.depth == MAX_DEPTH {
            self.problem(
                format!("brackets deeper than {MAX_DEPTH} are read as if they were not there"),
                start..self.at,
            );
            self.ignored += 1;
            return Query::All;
        }
        self.depth += 1;
        let inner = self.alternatives(field);
        self.depth -= 1;
        if self.closing().is_none() {
            self.problem(
                "this bracket is never closed; it is read as if it closed at the end",
                start..start + opening.len_utf8(),
            );
        }
        inner
    }

    fn phrase(&mut self, field: Option<Field>, quote: char) -> Query {
        let start = self.at;
        self.at += quote.len_utf8();
        let inside = self.at;
        let length = self.rest().find(is_quote);
        let end = inside + length.unwrap_or(self.rest().len());
        self.at = end + self.typed[end..].chars().next().map_or(0, char::len_utf8);
        if length.is_none() {
            self.problem("this quotation mark is never closed; the phrase goes to the end", start..inside);
        }
        let words = words_of(&self.typed[inside..end]);
        self.leaf(field, Words::Phrase(words), start..self.at)
    }

    /// What stands between spaces, brackets and quotation marks: mostly a word.
    fn chunk(&mut self, field: Option<Field>) -> Query {
        let start = self.at;
        let rest = self.rest();
        let length =
            rest.find(|c: char| c.is_whitespace() || is_bracket(c) || is_quote(c)).unwrap_or(rest.len());
        self.at += length;
        let chunk = &self.typed[start..self.at];
        let mut words = words_of(chunk);
        let starred = chunk.ends_with('*');
        match words.len() {
            0 => {
                if !chunk.is_empty() {
                    self.problem("there is no word in this; it is ignored", start..self.at);
                }
                Query::All
            }
            1 if starred => self.leaf(field, Words::Prefix(words.swap_remove(0)), start..self.at),
            1 if !is_operator(&words[0]) => {
                self.leaf(field, Words::Word(words.swap_remove(0)), start..self.at)
            }
            _ => {
                if starred {
                    self.problem(
                        "a * counts at the end of a single word only; here it is ignored",
                        self.at - 1..self.at,
                    );
                }
                self.leaf(field, Words::Phrase(words), start..self.at)
            }
        }
    }

    fn leaf(&mut self, field: Option<Field>, words: Words, place: Range<usize>) -> Query {
        if let Words::Phrase(phrase) = &words {
            if phrase.is_empty() {
                self.problem("there is no word in this phrase; it is ignored", place);
                return Query::All;
            }
            if phrase.len() > MAX_PHRASE {
                let message = format!(
                    "a phrase can have {MAX_PHRASE} words; this one has {} and is left out",
                    phrase.len()
                );
                self.problem(message, place);
                return Query::All;
            }
        }
        if self.leaves == MAX_LEAVES {
            let first = self.left_out.as_ref().map_or(place.start, |range| range.start);
            self.left_out = Some(first..place.end);
            return Query::All;
        }
        self.leaves += 1;
        Query::Leaf(Leaf { field, words })
    }
}

/// A doubled NOT falls away; nothing negated stays nothing.
fn not_this(query: Query) -> Query {
    match query {
        Query::All => Query::All,
        Query::Not(inner) => *inner,
        other => Query::Not(Box::new(other)),
    }
}

fn words_of(text: &str) -> Vec<String> {
    analysis::Words::new(text).map(|word| text[word.start..word.end].to_owned()).collect()
}

/// A word that would be read as an operator if it stood alone.
fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | '）')
}

fn is_bracket(c: char) -> bool {
    is_opening(c) || is_closing(c)
}

/// Straight, curly, low, guillemets, corner and full-width quotation marks.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '＂')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn reading(typed: &str) -> String {
        parse(typed).0.to_string()
    }

    #[test]
    fn words_are_all_required_and_operators_bind_as_people_read_them() {
        for (typed, read) in [
            ("", ""),
            ("iran attack", "iran attack"),
            ("iran AND attack && kerman", "iran attack kerman"),
            ("iran OR iraq kuwait", "iran OR (iraq kuwait)"),
            ("(iran OR iraq) kuwait", "(iran OR iraq) kuwait"),
            ("iran -iraq", "iran -iraq"),
            ("iran NOT (iraq OR kuwait)", "iran -(iraq OR kuwait)"),
            ("NOT NOT iran", "iran"),
            ("--iran", "iran"),
            ("+iran !iraq", "iran -iraq"),
            ("iran and iraq", "iran and iraq"),
            ("title:iran body:\"islamic state\"", "title:iran text:\"islamic state\""),
            ("title:(iran iraq)", "title:iran title:iraq"),
            ("khor* IS-K", "khor* \"IS K\""),
        ] {
            assert_eq!(reading(typed), read, "{typed}");
        }
    }

    #[test]
    fn what_people_paste_has_a_reading() {
        for (typed, read) in [
            ("https://a.example/x?y=1", "\"https a example x y 1\""),
            ("“Islamic State”", "\"Islamic State\""),
            ("«ایران»", "\"ایران\""),
            ("Iran's", "\"Iran s\""),
            ("a@b.example", "\"a b example\""),
            ("（iran OR iraq）", "iran OR iraq"),
            ("负责", "\"负 责\""),
            ("\"OR\"", "\"OR\""),
            ("OR,", "\"OR\""),
        ] {
            assert_eq!(reading(typed), read, "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_honoured_is_told_with_its_place() {
        for (typed, read, start) in [
            ("(iran", "iran", 0),
            ("iran) iraq", "iran iraq", 4),
            ("\"iran iraq", "\"iran iraq\"", 0),
            ("OR iran", "iran", 0),
            ("iran OR", "iran", 6),
            ("iran NOT", "iran", 5),
            ("iran …", "iran", 5),
            ("\"…\" iran", "iran", 0),
            ("co-op*", "\"co op\"", 5),
        ] {
            let (query, problems) = parse(typed);
            assert_eq!(query.to_string(), read, "{typed}");
            assert_eq!(problems.first().and_then(|p| p.start), Some(start), "{typed}: {problems:?}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for opening in ["(", "NOT ", "-", "-(", "title:(", "\"", "(a OR ", "（"] {
            let typed = format!("iran {}iraq", opening.repeat(200_000));
            let (query, problems) = parse(&typed);
            assert!(query.to_string().len() < 100_000, "{opening}");
            assert!(problems.len() <= 20);
        }
        let (query, problems) = parse(&"word ".repeat(1_000));
        assert_eq!(query.to_string().split(' ').count(), MAX_LEAVES);
        assert_eq!(problems.len(), 1);
        let (query, problems) = parse(&format!("iran \"{}\"", "word ".repeat(1_000)));
        assert_eq!(query.to_string(), "iran");
        assert_eq!(problems.len(), 1);
    }

    fn typed() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-c]{1,2}",
            "OR|AND|NOT|or|&&|\\|\\|",
            "[()（）\"“»]",
            "title:|text:|body:|foo:",
            "[-+!*:.,]",
            " ",
            "\\PC",
        ];
        proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_reading_reads_as_itself(typed in typed()) {
            let (query, _) = parse(&typed);
            let normal = query.to_string();
            let (again, problems) = parse(&normal);
            prop_assert_eq!(&again, &query, "{} -> {}", typed, normal);
            prop_assert!(problems.is_empty(), "{} -> {}: {:?}", typed, normal, problems);
        }

        #[test]
        fn a_problem_has_its_place_on_character_boundaries(typed in typed()) {
            for problem in parse(&typed).1 {
                let (start, end) = (problem.start.unwrap_or(0), problem.end.unwrap_or(0));
                prop_assert!(start <= end && typed.get(start..end).is_some(), "{typed:?} {problem:?}");
            }
        }
    }
}
