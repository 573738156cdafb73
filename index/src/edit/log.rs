//! The log of edits: who said what when, and what of it stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Extracted, Field, Value, extracted_value};
use crate::article::ArticleId;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "EditRecord", into = "EditRecord")]
pub struct Edit {
    /// The article that it is about.
    pub article: ArticleId,
    /// The field.
    pub field: Field,
    /// What the person said it holds; `None` takes back what was said before.
    pub value: Option<Value>,
    /// Who said so.
    pub who: String,
    /// When: UTC, ISO 8601, with milliseconds.
    pub at: String,
}

/// An edit as JSON: what is taken back has `"undo": true` and no value.
#[derive(Serialize, Deserialize)]
struct EditRecord {
    article: ArticleId,
    field: Field,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "stated")]
    value: Option<Value>,
    #[serde(default, skip_serializing_if = "is_false")]
    undo: bool,
    who: String,
    at: String,
}

/// A value that is null is stated, too.
fn stated<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl From<Edit> for EditRecord {
    fn from(edit: Edit) -> Self {
        let Edit { article, field, value, who, at } = edit;
        Self { article, field, undo: value.is_none(), value, who, at }
    }
}

impl TryFrom<EditRecord> for Edit {
    type Error = String;

    fn try_from(record: EditRecord) -> Result<Self, String> {
        if record.value.is_some() == record.undo {
            return Err(r#"an edit has either a "value" or "undo": true"#.to_owned());
        }
        let EditRecord { article, field, value, who, at, .. } = record;
        Ok(Self { article, field, value, who, at })
    }
}

/// What a person said of a field and still stands, beside what extraction makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The field.
    pub field: Field,
    /// What the person said it holds.
    pub value: Value,
    /// Who said so.
    pub who: String,
    /// When: UTC, ISO 8601, with milliseconds.
    pub at: String,
    /// What extraction says now: it comes back when the edit is undone.
    pub extracted: Value,
}

/// What became of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditOutcome {
    /// It stands now.
    Written,
    /// The same stood already, or there was nothing to take back: nothing was written.
    Unchanged,
    /// There is no article of that id.
    NoArticle,
}

/// What became of several edits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// One for each edit, in order.
    pub outcomes: Vec<EditOutcome>,
    /// Why searches do not show them yet, where they do not: they are written all the same.
    pub problem: Option<String>,
}

/// The edits that stand at the end of a log: of each field the last, where it was not taken back.
#[must_use]
pub fn standing(log: impl IntoIterator<Item = Edit>) -> BTreeMap<Field, Edit> {
    let mut standing: BTreeMap<Field, Edit> = BTreeMap::new();
    for edit in log {
        standing.insert(edit.field, edit);
    }
    standing.retain(|_, edit| edit.value.is_some());
    standing
}

/// The values of edits that stand.
#[must_use]
pub fn values(standing: &BTreeMap<Field, Edit>) -> BTreeMap<Field, Value> {
    standing.iter().filter_map(|(field, edit)| Some((*field, edit.value.clone()?))).collect()
}

/// The edits that stand, each beside what extraction says.
#[must_use]
pub fn corrections(standing: BTreeMap<Field, Edit>, extracted: &Extracted) -> Vec<Correction> {
    let correction = |(field, edit): (Field, Edit)| {
        let Edit { value, who, at, .. } = edit;
        Some(Correction { field, value: value?, who, at, extracted: extracted_value(extracted, field) })
    };
    standing.into_iter().filter_map(correction).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(field: Field, value: Option<Value>) -> Edit {
        let article = ArticleId::new("a").unwrap();
        Edit { article, field, value, who: "Ada".into(), at: "2024-01-17T08:30:00.000Z".into() }
    }

    #[test]
    fn the_last_entry_of_a_field_holds_until_it_is_taken_back() {
        let text = |text: &str| Some(Value::Text(text.into()));
        let log = [
            edit(Field::Title, text("First")),
            edit(Field::Source, text("Harbour Wire")),
            edit(Field::Title, text("Second")),
            edit(Field::Section, text("World")),
            edit(Field::Source, None),
        ];
        let values = values(&standing(log));
        assert_eq!(values[&Field::Title], Value::Text("Second".into()));
        assert_eq!(values.keys().copied().collect::<Vec<_>>(), [Field::Title, Field::Section]);
    }

    #[test]
    fn cleared_and_taken_back_are_told_apart_in_json() {
        for (value, said) in [
            (Some(Value::Nothing), r#""value":null"#),
            (Some(Value::Text("2024-01".into())), r#""value":"2024-01""#),
            (Some(Value::List(vec![])), r#""value":[]"#),
            (None, r#""undo":true"#),
        ] {
            let edit = edit(Field::Published, value);
            let line = serde_json::to_string(&edit).unwrap();
            assert!(line.contains(said), "{line}");
            assert_eq!(serde_json::from_str::<Edit>(&line).unwrap(), edit);
        }
        let neither = r#"{"article":"a","field":"title","who":"Ada","at":"2024"}"#;
        let both = r#"{"article":"a","field":"title","value":"A","undo":true,"who":"Ada","at":"2024"}"#;
        assert!(
            serde_json::from_str::<Edit>(neither).is_err() && serde_json::from_str::<Edit>(both).is_err()
        );
    }
}
