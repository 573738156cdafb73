//! What a model's answers mean, and how labelled words become names.

use serde_json::Value;

use crate::actors::tagger::Sort;

/// The labels of a model by their number.
#[derive(Debug)]
pub(super) struct Labels(Vec<(Option<Sort>, bool)>);

/// A word and what the model says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its first byte.
    pub(super) start: usize,
    /// One past its last byte.
    pub(super) end: usize,
    /// Of what sort of name it is part.
    pub(super) label: Option<Sort>,
    /// Whether a name begins with it.
    pub(super) begins: bool,
}

/// A name that the model sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) sort: Sort,
}

impl Labels {
    /// The `id2label` of a `config.json`, if it names people, organisations or places.
    pub(super) fn read(config: &Value) -> Option<Self> {
        let named = config.get("id2label")?.as_object()?;
        let mut labels = vec![(None, false); named.len()];
        for (number, label) in named {
            let place = labels.get_mut(number.parse::<usize>().ok()?)?;
            *place = meaning(label.as_str()?);
        }
        labels.iter().any(|(sort, _)| sort.is_some()).then_some(Self(labels))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn of(&self, number: usize) -> (Option<Sort>, bool) {
        self.0.get(number).copied().unwrap_or((None, false))
    }
}

/// A label of any of the schemes in use: IOB, BIOES and BILOU, with or without a prefix.
fn meaning(label: &str) -> (Option<Sort>, bool) {
    let (prefix, name) = match label.split_once(['-', '_']) {
        Some((prefix, name)) if prefix.len() == 1 => (prefix, name),
        _ => ("I", label),
    };
    let sort = match name.to_ascii_uppercase().as_str() {
        "PER" | "PERSON" | "PERS" => Some(Sort::Person),
        "ORG" | "ORGANIZATION" | "ORGANISATION" | "CORPORATION" | "GROUP" => Some(Sort::Organisation),
        "LOC" | "LOCATION" | "GPE" | "FAC" | "PLACE" => Some(Sort::Place),
        _ => None,
    };
    (sort, matches!(prefix.to_ascii_uppercase().as_str(), "B" | "S" | "U"))
}

/// Words of one sort in a row are one name, unless one begins anew.
pub(super) fn spans(spots: &[Spot]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut open = false;
    for spot in spots {
        let Some(sort) = spot.label else {
            open = false;
            continue;
        };
        match spans.last_mut().filter(|span| open && !spot.begins && span.sort == sort) {
            Some(span) => span.end = spot.end,
            None => spans.push(Span { start: spot.start, end: spot.end, sort }),
        }
        open = true;
    }
    spans
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn labels_of_every_scheme_are_understood() {
        assert_eq!(meaning("B-PER"), (Some(Sort::Person), true));
        assert_eq!(meaning("I-GPE"), (Some(Sort::Place), false));
        assert_eq!(meaning("U-ORG"), (Some(Sort::Organisation), true));
        assert_eq!(meaning("LOC"), (Some(Sort::Place), false));
        assert_eq!(meaning("B-DATE"), (None, true));
        assert_eq!(meaning("O"), (None, false));
    }

    #[test]
    fn a_model_whose_labels_name_nobody_is_refused() {
        assert!(Labels::read(&json!({"id2label": {"0": "POSITIVE", "1": "NEGATIVE"}})).is_none());
        assert!(Labels::read(&json!({"id2label": {"0": "O", "7": "B-PER"}})).is_none());
        assert!(Labels::read(&json!({})).is_none());
    }

    #[test]
    fn a_name_that_begins_right_behind_another_is_its_own() {
        let spot = |start, label, begins| Spot { start, end: start + 3, label, begins };
        let person = Some(Sort::Person);
        let spots = [
            spot(0, person, true),
            spot(4, person, false),
            spot(8, person, true),
            spot(12, None, false),
            spot(16, person, false),
        ];
        let found: Vec<_> = spans(&spots).iter().map(|span| (span.start, span.end)).collect();
        assert_eq!(found, [(0, 7), (8, 11), (16, 19)]);
    }
}
