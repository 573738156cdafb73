//! What could not be honoured, in words, with the place in the query marked.

use dateline_index::search::Problem;

use super::Piece;
use crate::params::BadParameter;

/// Bytes of the query that are shown before and after the place.
const AROUND: usize = 40;

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProblemView {
    pub(crate) message: String,
    /// The query around the place that it is about; empty where it is about none.
    pub(crate) place: Vec<Piece>,
}

/// A problem of a query.
pub(crate) fn of_query(problem: &Problem, q: &str) -> ProblemView {
    let place = problem.start.zip(problem.end).and_then(|(start, end)| place(q, start, end));
    ProblemView { message: sentence(&problem.message), place: place.unwrap_or_default() }
}

/// A problem of a parameter, which a page leaves out and says so.
pub(crate) fn of_parameter(bad: &BadParameter) -> ProblemView {
    ProblemView { message: format!("Left out {}.", bad.message()), place: Vec::new() }
}

/// The problems of a list's parameters.
pub(crate) fn of_list(bad: &[BadParameter], advice: &[Problem]) -> Vec<ProblemView> {
    let advice = advice.iter().map(|problem| of_query(problem, ""));
    bad.iter().map(of_parameter).chain(advice).collect()
}

/// With a capital at the beginning and a full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

fn place(q: &str, start: usize, end: usize) -> Option<Vec<Piece>> {
    let (before, at, after) = (q.get(..start)?, q.get(start..end)?, q.get(end..)?);
    let from = before.ceil_char_boundary(before.len().saturating_sub(AROUND));
    let upto = after.floor_char_boundary(AROUND.min(after.len()));
    let inside = at.floor_char_boundary(AROUND.min(at.len()));
    let dots = |cut: bool| if cut { "…" } else { "" };
    Some(vec![
        Piece::plain(format!("{}{}", dots(from > 0), &before[from..])),
        Piece::marked(format!("{}{}", &at[..inside], dots(inside < at.len()))),
        Piece::plain(format!("{}{}", &after[..upto], dots(upto < after.len()))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(q: &str, start: usize, end: usize) -> Vec<String> {
        let problem = Problem { message: String::new(), start: Some(start), end: Some(end) };
        of_query(&problem, q).place.into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn the_place_is_shown_with_what_stands_around_it() {
        assert_eq!(shown("iran (taliban", 5, 6), ["iran ", "(", "taliban"]);
        let long = "é".repeat(100);
        let pieces = shown(&format!("{long}({long}"), 200, 201);
        assert_eq!(pieces[1], "(");
        assert!(pieces[0].starts_with('…') && pieces[2].ends_with('…') && pieces[0].len() < 60);
    }

    #[test]
    fn a_message_is_a_sentence() {
        for message in ["this bracket is never closed", "This bracket is never closed."] {
            assert_eq!(sentence(message), "This bracket is never closed.");
        }
    }

    #[test]
    fn a_place_outside_the_query_is_not_shown() {
        assert_eq!(shown("é", 1, 2), Vec::<String>::new());
        assert_eq!(shown("abc", 2, 9), Vec::<String>::new());
        assert_eq!(shown("abc", 2, 1), Vec::<String>::new());
    }
}
