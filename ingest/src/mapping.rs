//! Which field of a JSON Lines record is which field of an article, where the names differ.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The fields of an article that a record can give, by the names that extraction looks for.
pub const FIELDS: &[&str] = &[
    "authors",
    "body",
    "description",
    "id",
    "language",
    "published",
    "section",
    "source",
    "tags",
    "title",
    "updated",
    "url",
];

/// Names of record fields, each with the article field that it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping(BTreeMap<String, String>);

/// Why a mapping cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A part without an equals sign, or with nothing beside it.
    #[error("{0:?} is not a mapping: write article field = record field, such as title=headline")]
    Shape(String),
    /// An article has no such field.
    #[error("an article has no field {0:?}; its fields are {fields}", fields = FIELDS.join(", "))]
    Unknown(String),
    /// One record field for two article fields, or the other way round.
    #[error("{0:?} is mapped twice")]
    Twice(String),
}

impl Mapping {
    /// Reads `title=headline,published=pub_date`: article field, then record field. A record field
    /// may reach into objects: `title=meta.headline`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut mapping = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            mapping.add(part)?;
        }
        Ok(mapping)
    }

    /// Adds one `title=headline`.
    fn add(&mut self, part: &str) -> Result<(), Error> {
        let (field, from) = part.split_once('=').ok_or_else(|| Error::Shape(part.to_owned()))?;
        let (field, from) = (field.trim(), from.trim());
        if field.is_empty() || from.is_empty() {
            return Err(Error::Shape(part.to_owned()));
        }
        if !FIELDS.contains(&field) {
            return Err(Error::Unknown(field.to_owned()));
        }
        if self.0.values().any(|mapped| mapped == field) {
            return Err(Error::Twice(field.to_owned()));
        }
        match self.0.insert(from.to_owned(), field.to_owned()) {
            Some(_) => Err(Error::Twice(from.to_owned())),
            None => Ok(()),
        }
    }

    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One line that changes when the mapping does: `title=headline,url=link`.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let parts: Vec<_> = self.0.iter().map(|(from, field)| format!("{field}={from}")).collect();
        parts.join(",")
    }

    /// Renames the fields of a record. A field that the record has under the name already is kept
    /// beside it as `record.NAME`: nothing is lost, and nothing taken for what it is not.
    pub fn apply(&self, record: &mut Map<String, Value>) {
        let taken: Vec<_> = self.0.iter().filter_map(|(from, to)| Some((to, take(record, from)?))).collect();
        for (to, value) in taken {
            if let Some(other) = record.insert(to.clone(), value) {
                record.insert(format!("record.{to}"), other);
            }
        }
    }
}

/// Takes a field out of a record: by its whole name, else as a path into objects.
fn take(record: &mut Map<String, Value>, from: &str) -> Option<Value> {
    if let Some(value) = record.shift_remove(from) {
        return Some(value);
    }
    let (head, rest) = from.split_once('.')?;
    take(record.get_mut(head)?.as_object_mut()?, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(mapping: &str, record: Value) -> Value {
        let Value::Object(mut record) = record else { panic!("a record is an object") };
        Mapping::parse(mapping).unwrap().apply(&mut record);
        Value::Object(record)
    }

    #[test]
    fn fields_are_renamed_and_the_others_stay() {
        let record = serde_json::json!({"headline": "A", "meta": {"day": "2024", "x": 1}, "body": "B"});
        let renamed = serde_json::json!({"title": "A", "published": "2024", "meta": {"x": 1}, "body": "B"});
        assert_eq!(applied(" title=headline, published = meta.day,", record), renamed);
    }

    #[test]
    fn a_field_that_has_the_name_already_is_not_lost() {
        let record = serde_json::json!({"title": "Mr", "headline": "Talks resume"});
        let renamed = serde_json::json!({"title": "Talks resume", "record.title": "Mr"});
        assert_eq!(applied("title=headline", record), renamed);
        let swapped = applied("title=body,body=title", serde_json::json!({"title": "B", "body": "T"}));
        assert_eq!(swapped, serde_json::json!({"title": "T", "body": "B"}));
    }

    #[test]
    fn a_mapping_that_cannot_be_is_refused_with_what_could_be() {
        let unknown = Mapping::parse("headline=title").unwrap_err().to_string();
        assert!(unknown.contains("\"headline\"") && unknown.contains("title, updated, url"), "{unknown}");
        for shapeless in ["title", "title=", "=x"] {
            assert_eq!(Mapping::parse(shapeless), Err(Error::Shape(shapeless.into())));
        }
        assert_eq!(Mapping::parse("title=a,title=b"), Err(Error::Twice("title".into())));
        assert_eq!(Mapping::parse("title=a,body=a"), Err(Error::Twice("a".into())));
        assert!(FIELDS.is_sorted());
    }
}
