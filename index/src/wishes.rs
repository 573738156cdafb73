//! What a person asked for when a file was added: its labels, the names of its fields, and whether
//! pages that are no article are kept. It belongs to the file until somebody asks otherwise.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What stands of what people asked for of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wishes {
    /// Whether what is no article is kept as one all the same.
    #[serde(skip_serializing_if = "is_false")]
    pub keep_all: bool,
    /// What outranks the page: `source`, `collection`, `section`, `language`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
    /// Which field of a JSON record is which of an article: `title=headline,published=pub_date`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mapping: String,
}

/// What one run asks for. What it does not speak of stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whether to keep from now on what is no article, or to keep it no longer.
    pub keep_all: Option<bool>,
    /// Labels; `None` takes one off.
    pub labels: BTreeMap<String, Option<String>>,
    /// Names of fields; empty for none.
    pub mapping: Option<String>,
}

/// How the reason of the doubt begins that goes with an article which is one only because a person asked.
pub const KEPT_ON_DEMAND: &str = "kept on demand";

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// The fields that a label can be put on.
pub const LABELS: [&str; 4] = ["source", "collection", "section", "language"];

impl Wishes {
    /// What stands after a run has asked for more.
    #[must_use]
    pub fn then(mut self, asked: &Asked) -> Self {
        self.keep_all = asked.keep_all.unwrap_or(self.keep_all);
        if let Some(mapping) = &asked.mapping {
            self.mapping.clone_from(mapping);
        }
        for (label, value) in &asked.labels {
            match value {
                Some(value) => self.labels.insert(label.clone(), value.clone()),
                None => self.labels.remove(label),
            };
        }
        self
    }

    /// How a file was read and what was asked of it, as one text to keep: equal only if both are.
    #[must_use]
    pub fn written(&self, reading: &str) -> String {
        if *self == Self::default() {
            return reading.to_owned();
        }
        format!("{reading}\n{}", serde_json::to_string(self).unwrap_or_default())
    }

    /// The wishes in such a text, or in one of the words that stood there before: `v2 keep-all
    /// source=Harbour Wire title=headline`.
    #[must_use]
    pub fn read(written: &str) -> Self {
        if let Some((_, wishes)) = written.split_once('\n') {
            return serde_json::from_str(wishes).unwrap_or_default();
        }
        let mut wishes = Self::default();
        let mut last = String::new();
        for word in written.split(' ').skip(1) {
            match word.split_once('=') {
                Some((label, value)) if LABELS.contains(&label) && !value.contains('=') => {
                    label.clone_into(&mut last);
                    wishes.labels.insert(last.clone(), value.to_owned());
                }
                Some(_) => word.clone_into(&mut wishes.mapping),
                None if word == "keep-all" && last.is_empty() => wishes.keep_all = true,
                None => {
                    if let Some(value) = wishes.labels.get_mut(&last) {
                        value.push(' ');
                        value.push_str(word);
                    }
                }
            }
        }
        wishes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(labels: &[(&str, Option<&str>)]) -> Asked {
        let labels = labels.iter().map(|(label, value)| ((*label).to_owned(), value.map(str::to_owned)));
        Asked { labels: labels.collect(), ..Asked::default() }
    }

    #[test]
    fn what_is_not_spoken_of_stays_and_what_is_said_last_holds() {
        let first =
            Wishes::default().then(&asked(&[("source", Some("Harbour Wire")), ("section", Some("World"))]));
        let kept = first.clone().then(&Asked { keep_all: Some(true), ..Asked::default() });
        assert_eq!(kept.labels, first.labels);
        let then = kept.then(&asked(&[("section", None), ("source", Some("The Post"))]));
        assert!(then.keep_all);
        assert_eq!(then.labels, BTreeMap::from([("source".into(), "The Post".into())]));
        assert_eq!(then.clone().then(&Asked::default()), then);
    }

    #[test]
    fn wishes_are_read_as_they_were_written_and_as_they_were_written_before() {
        let wishes = Wishes {
            keep_all: true,
            labels: BTreeMap::from([("source".into(), "A = B section=\n{C}".into())]),
            mapping: "title=headline,id=key".into(),
        };
        assert_eq!(Wishes::read(&wishes.written("v3")), wishes);
        assert_eq!(Wishes::default().written("v3"), "v3");
        assert_eq!(Wishes::read("v3"), Wishes::default());
        let before = "v2 keep-all source=The Harbour Wire collection=wire title=headline,source=outlet";
        let expected = Wishes {
            keep_all: true,
            labels: BTreeMap::from([
                ("source".into(), "The Harbour Wire".into()),
                ("collection".into(), "wire".into()),
            ]),
            mapping: "title=headline,source=outlet".into(),
        };
        assert_eq!(Wishes::read(before), expected);
    }
}
