//! How the words were understood, said in words: "the phrase … and the word …".

use dateline_index::actor::Field;
use dateline_index::query::parse::parse;
use dateline_index::query::{Leaf, Query, Words};

use super::{Piece, shortened};
use crate::limits;

/// A reading as pieces; the marked ones are words of the query. `reading` is a query that reads as
/// itself, so it is parsed again and told.
pub(crate) fn reading(reading: &str) -> Vec<Piece> {
    if reading.is_empty() {
        return Vec::new();
    }
    let raw = || vec![Piece::marked(shortened(reading, limits::SHOWN_QUERY))];
    if reading.len() > limits::SHOWN_QUERY {
        return raw();
    }
    match parse(reading).0 {
        Query::All => raw(),
        query => told(&query),
    }
}

fn told(query: &Query) -> Vec<Piece> {
    let mut pieces = Vec::new();
    tell(query, false, &mut pieces);
    pieces
}

fn tell(query: &Query, inside: bool, pieces: &mut Vec<Piece>) {
    match query {
        Query::All => pieces.push(Piece::plain("everything")),
        Query::Leaf(leaf) => tell_leaf(leaf, pieces),
        Query::Not(part) => {
            pieces.push(Piece::plain("not "));
            tell(part, true, pieces);
        }
        Query::And(parts) => tell_list(parts, " and ", inside, pieces),
        Query::Or(parts) => tell_list(parts, " or ", inside, pieces),
    }
}

fn tell_list(parts: &[Query], with: &str, inside: bool, pieces: &mut Vec<Piece>) {
    if inside {
        pieces.push(Piece::plain("("));
    }
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            pieces.push(Piece::plain(with));
        }
        tell(part, true, pieces);
    }
    if inside {
        pieces.push(Piece::plain(")"));
    }
}

fn tell_leaf(leaf: &Leaf, pieces: &mut Vec<Piece>) {
    let (before, words) = match &leaf.words {
        Words::Word(word) => ("the word ", word.clone()),
        Words::Phrase(words) if words.len() == 1 => ("exactly the word ", words.concat()),
        Words::Phrase(words) => ("the phrase ", words.join(" ")),
        Words::Prefix(start) => ("a word beginning with ", start.clone()),
    };
    let place = match leaf.field {
        None => "",
        Some(Field::Title) => " in the headline",
        Some(Field::Standfirst) => " in the standfirst",
        Some(Field::Text) => " in the text",
    };
    pieces.extend([Piece::plain(before), Piece::marked(words), Piece::plain(place)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(field: Option<Field>, words: Words) -> Query {
        Query::Leaf(Leaf { field, words })
    }

    #[test]
    fn a_query_is_told_so_that_one_can_check_what_was_understood() {
        let query = Query::And(vec![
            leaf(None, Words::Phrase(vec!["khorasan".into(), "province".into()])),
            Query::Or(vec![
                leaf(Some(Field::Title), Words::Word("attack".into())),
                leaf(None, Words::Prefix("bomb".into())),
            ]),
            Query::Not(Box::new(leaf(None, Words::Word("syria".into())))),
        ]);
        let text: String = told(&query).into_iter().map(|piece| piece.text).collect();
        assert_eq!(
            text,
            "the phrase khorasan province and (the word attack in the headline or a word beginning with bomb) \
             and not the word syria"
        );
    }

    #[test]
    fn a_very_long_reading_is_cut() {
        let pieces = reading(&"word ".repeat(10_000));
        assert!(pieces.len() == 1 && pieces[0].text.len() < 400);
    }
}
