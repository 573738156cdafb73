//! Answers as strings that are ready for a template: how a count, a date, a name looks.

pub(crate) mod article;
pub(crate) mod chips;
pub(crate) mod copies;
pub(crate) mod date;
pub(crate) mod facets;
pub(crate) mod hits;
pub(crate) mod lists;
pub(crate) mod problems;
pub(crate) mod reading;
pub(crate) mod runs;
pub(crate) mod sources;
pub(crate) mod why;

use dateline_index::found;
use dateline_index::language::Language;
use dateline_index::search::{Facet, NONE};

/// A stretch of text, and whether it stands out from the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) marked: bool,
}

impl Piece {
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), marked: false }
    }

    pub(crate) fn marked(text: impl Into<String>) -> Self {
        Self { text: text.into(), marked: true }
    }
}

/// `1234567` as `1,234,567`.
pub(crate) fn number(number: u64) -> String {
    let figures = number.to_string();
    let mut grouped = String::new();
    for (place, figure) in figures.chars().enumerate() {
        if place > 0 && (figures.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(figure);
    }
    grouped
}

/// `1 article`, `1,234 articles`.
pub(crate) fn counted(count: u64, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {thing}{ending}", number(count))
}

/// At most so many characters, with an ellipsis where some are left out.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What a facet is called above its values.
pub(crate) fn facet_name(facet: Facet) -> &'static str {
    match facet {
        Facet::Actor => "Actors",
        Facet::Place => "Places",
        Facet::Author => "Author",
        Facet::Source => "Source",
        Facet::Section => "Section",
        Facet::Language => "Language",
        Facet::Year => "Year",
        Facet::DateFound => "Date found",
    }
}

/// What people read for a facet's value when the answer does not list it.
pub(crate) fn value_name(facet: Facet, value: &str) -> String {
    match facet {
        _ if value == NONE => "unknown".into(),
        Facet::DateFound => found::label(value).into(),
        Facet::Language => Language::from_code(value).map_or(value.into(), |known| known.name().to_owned()),
        _ => value.into(),
    }
}

/// The `lang` and `dir` of a text. Where the language is not known, the browser judges by the
/// first letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    pub(crate) lang: Option<String>,
    pub(crate) dir: &'static str,
    /// The language's English name.
    pub(crate) name: Option<String>,
}

impl Script {
    pub(crate) fn of(code: Option<&str>) -> Self {
        let Some(language) = code.and_then(Language::from_code) else {
            return Self { lang: None, dir: "auto", name: None };
        };
        let dir = if language.is_right_to_left() { "rtl" } else { "ltr" };
        Self { lang: Some(language.code().into()), dir, name: Some(language.name().into()) }
    }
}

/// Cuts a text at marked ranges. Ranges that do not fit the text are left out: a wrong one costs a
/// highlight, never a page.
pub(crate) fn pieces(text: &str, ranges: &[(usize, usize)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for &(start, end) in ranges {
        let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..end)) else { continue };
        if inside.is_empty() {
            continue;
        }
        if !before.is_empty() {
            pieces.push(Piece::plain(before));
        }
        pieces.push(Piece::marked(inside));
        done = end;
    }
    if done < text.len() {
        pieces.push(Piece::plain(&text[done..]));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_by_thousands() {
        let shown = [0, 1, 999, 1000, 12_345, 1_234_567].map(|count| counted(count, "article"));
        assert_eq!(
            shown,
            [
                "0 articles",
                "1 article",
                "999 articles",
                "1,000 articles",
                "12,345 articles",
                "1,234,567 articles"
            ]
        );
    }

    #[test]
    fn a_range_that_does_not_fit_costs_only_its_highlight() {
        let text = "ünder Öl";
        let marked = |ranges: &[_]| {
            let pieces = pieces(text, ranges);
            assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
            pieces.into_iter().filter(|piece| piece.marked).map(|piece| piece.text).collect::<Vec<_>>()
        };
        assert_eq!(marked(&[(0, 6), (7, 10)]), ["ünder", "Öl"]);
        // Within a letter, backwards, beyond the end, overlapping, empty.
        assert_eq!(marked(&[(1, 6), (6, 0), (7, 99), (2, 2), (7, 10), (7, 10)]), ["Öl"]);
    }

    #[test]
    fn the_direction_follows_the_language() {
        assert_eq!(Script::of(Some("fa")).dir, "rtl");
        assert_eq!(Script::of(Some("de-AT")).lang.as_deref(), Some("de"));
        assert_eq!(Script::of(None).dir, "auto");
        assert_eq!(Script::of(Some("\"><script>")).lang, None);
    }
}
