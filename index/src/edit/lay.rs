//! A person's values over an article, and the way back to what extraction made of it.
//!
//! Whatever an edit moves is kept beside the article: the field with where it was found, and, since names
//! in a headline and doubts about a field go with the field, all mentions and all doubts.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{Field, Value, mentions};
use crate::article::{Article, Byline, DoubtKind, Source};
use crate::found::PERSON;
use crate::language::Language;
use crate::published::{PartialDate, Published};

/// What extraction made of the fields that people corrected, by field; and of all `mentions` and
/// `doubts`.
pub type Extracted = BTreeMap<String, Json>;

/// A field as extraction made it.
#[derive(Serialize, Deserialize)]
struct Kept {
    value: Json,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    found: Option<String>,
}

const MENTIONS: &str = "mentions";
const DOUBTS: &str = "doubts";

/// Lays values over an article as extraction made it. Returns what they cover: with it, [`lift`] gives
/// back the very same article.
pub fn lay(article: &mut Article, values: &BTreeMap<Field, Value>) -> Extracted {
    let mut covered = Extracted::new();
    if values.is_empty() {
        return covered;
    }
    covered.insert(MENTIONS.to_owned(), json(&article.mentions));
    covered.insert(DOUBTS.to_owned(), json(&article.doubts));
    for (field, value) in values {
        let kept = Kept { value: get(article, *field), found: article.found.get(field.as_str()).cloned() };
        // A value that this version cannot read stays in the log and moves nothing.
        if set(article, *field, value).is_none() {
            continue;
        }
        covered.insert(field.to_string(), json(&kept));
        article.found.insert(field.to_string(), PERSON.to_owned());
        article.doubts.retain(|doubt| !is_settled(doubt.kind, &doubt.field, *field));
        match field {
            Field::Title => article.mentions = mentions::of_title(article),
            Field::Authors | Field::Source => mentions::drop_own(article),
            _ => {}
        }
    }
    covered
}

/// Takes a person's values off an article: what extraction made of it is left.
pub fn lift(article: &mut Article, covered: &Extracted) {
    for (name, kept) in covered {
        match name.as_str() {
            MENTIONS => restore(&mut article.mentions, kept),
            DOUBTS => restore(&mut article.doubts, kept),
            name => {
                let field = Field::ALL.into_iter().find(|field| field.as_str() == name);
                let kept = serde_json::from_value::<Kept>(kept.clone()).ok();
                let Some((field, kept)) = field.zip(kept) else { continue };
                put_back(article, field, &kept.value);
                match kept.found {
                    Some(found) => article.found.insert(name.to_owned(), found),
                    None => article.found.remove(name),
                };
            }
        }
    }
}

/// What extraction made of a field, as people type it.
#[must_use]
pub fn extracted_value(covered: &Extracted, field: Field) -> Value {
    let kept = covered.get(field.as_str()).map(|kept| &kept["value"]);
    let text = |json: Option<&Json>| match json.and_then(Json::as_str) {
        Some(text) if !text.is_empty() => Value::Text(text.to_owned()),
        _ => Value::Nothing,
    };
    match field {
        Field::Authors | Field::Tags => {
            Value::List(kept.and_then(|kept| serde_json::from_value(kept.clone()).ok()).unwrap_or_default())
        }
        Field::Published => text(kept.and_then(|kept| kept.get("date"))),
        Field::Source => text(kept.and_then(|kept| kept.get("name"))),
        _ => text(kept),
    }
}

fn get(article: &Article, field: Field) -> Json {
    match field {
        Field::Title => json(&article.title),
        Field::Standfirst => json(&article.standfirst),
        Field::Authors => json(&article.bylines),
        Field::Published => json(&article.published),
        Field::Source => json(&article.source),
        Field::Section => json(&article.section),
        Field::Tags => json(&article.tags),
        Field::Language => json(&article.language),
        Field::Url => json(&article.url),
    }
}

fn put_back(article: &mut Article, field: Field, kept: &Json) {
    match field {
        Field::Title => restore(&mut article.title, kept),
        Field::Standfirst => restore(&mut article.standfirst, kept),
        Field::Authors => restore(&mut article.bylines, kept),
        Field::Published => restore(&mut article.published, kept),
        Field::Source => restore(&mut article.source, kept),
        Field::Section => restore(&mut article.section, kept),
        Field::Tags => restore(&mut article.tags, kept),
        Field::Language => restore(&mut article.language, kept),
        Field::Url => restore(&mut article.url, kept),
    }
}

fn json(value: &impl Serialize) -> Json {
    serde_json::to_value(value).unwrap_or_default()
}

fn restore<T: DeserializeOwned>(slot: &mut T, kept: &Json) {
    if let Ok(value) = serde_json::from_value(kept.clone()) {
        *slot = value;
    }
}

/// Sets a field to a checked value; `None` where the value is none for it.
fn set(article: &mut Article, field: Field, value: &Value) -> Option<()> {
    let text = match value {
        Value::Nothing => None,
        Value::Text(text) => Some(text.clone()),
        Value::List(_) if !field.is_list() => return None,
        Value::List(_) => None,
    };
    let list = || match value {
        Value::List(entries) => Some(entries.clone()),
        _ => None,
    };
    match field {
        Field::Title => article.title = text.unwrap_or_default(),
        Field::Standfirst => article.standfirst = text,
        Field::Authors => article.bylines = list()?.into_iter().map(Byline).collect(),
        Field::Published => {
            let date = text.map(|text| PartialDate::parse(&text).ok_or(())).transpose().ok()?;
            article.published = date.map(|date| Published { date, found: PERSON.to_owned() });
        }
        Field::Source => {
            // The domain is where the page lay, whatever its outlet is called.
            let domain = article.source.take().and_then(|source| source.domain);
            article.source = text.map(|name| Source { name, domain });
        }
        Field::Section => article.section = text,
        Field::Tags => article.tags = list()?,
        Field::Language => {
            article.language = text.map(|text| Language::from_code(&text).ok_or(())).transpose().ok()?;
        }
        Field::Url => article.url = text,
    }
    Some(())
}

/// Whether a doubt about a field is settled by an edit. That two articles share an address is still so
/// when a person has given one of them another.
fn is_settled(kind: DoubtKind, about: &str, field: Field) -> bool {
    kind != DoubtKind::IdentityShared && Field::from_name(about) == Some(field)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::actor::{self, ActorKind, Mention};
    use crate::article::{ArticleId, Doubt};
    use crate::contract::random;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    fn mention(field: actor::Field, start: usize, text: &str, name: &str) -> Mention {
        let (found_by, resolved_by) = ("registry".to_owned(), "alias".to_owned());
        let (end, kind) = (start + text.len(), ActorKind::Person);
        Mention { field, start, end, text: text.into(), name: name.into(), kind, found_by, resolved_by }
    }

    proptest! {
        /// Whatever is laid over an article, taking it off leaves the very article.
        #[test]
        fn what_is_laid_can_be_lifted(
            article in random::article(),
            edits in proptest::collection::btree_map(select(&Field::ALL[..]), random::edit_text(), 0..6),
        ) {
            let values: BTreeMap<_, _> = edits.into_iter().filter_map(|(field, text)| {
                let today = jiff::civil::date(2024, 1, 17);
                Some((field, super::super::check(field, Value::Text(text), today).ok()?))
            }).collect();
            let mut laid = article.clone();
            let covered = lay(&mut laid, &values);
            for field in values.keys() {
                prop_assert_eq!(laid.found.get(field.as_str()).map(String::as_str), Some("person"));
            }
            lift(&mut laid, &covered);
            prop_assert_eq!(laid, article);
        }
    }

    #[test]
    fn names_in_a_corrected_headline_are_those_that_the_article_bears() {
        let mut article = Article::empty(ArticleId::new("a").unwrap());
        article.title = "Live Story".into();
        article.text = "Ada Byron met Byron of Byronia.".into();
        article.mentions = vec![
            mention(actor::Field::Text, 0, "Ada Byron", "Ada Byron"),
            mention(actor::Field::Text, 14, "Byron", "George Byron"),
        ];
        lay(&mut article, &BTreeMap::from([(Field::Title, text("Byronia: Ada Byron meets Byron"))]));
        let title: Vec<_> = article.mentions.iter().filter(|m| m.field == actor::Field::Title).collect();
        assert_eq!(
            title.iter().map(|m| (m.start, m.name.as_str())).collect::<Vec<_>>(),
            [(9, "Ada Byron"), (25, "George Byron")]
        );
        assert!(title.iter().all(|m| article.title[m.start..m.end] == m.text));
        assert_eq!(article.mentions.len(), 4);
    }

    #[test]
    fn who_signed_it_is_no_actor_of_it_and_what_a_person_said_is_no_doubt() {
        let mut article = Article::empty(ArticleId::new("a").unwrap());
        article.mentions = vec![mention(actor::Field::Text, 0, "Ada Byron", "Ada Byron")];
        let doubt = |kind, field: &str| Doubt { kind, field: field.into(), reason: "Unsure.".into() };
        article.doubts = vec![
            doubt(DoubtKind::AuthorsDisagree, "authors"),
            doubt(DoubtKind::IdentityShared, "url"),
            doubt(DoubtKind::DatesDisagree, "published"),
        ];
        let values = BTreeMap::from([
            (Field::Authors, Value::List(vec!["ADA BYRON".into()])),
            (Field::Url, text("https://a.example/b")),
        ]);
        lay(&mut article, &values);
        assert_eq!(article.mentions, []);
        let left: Vec<_> = article.doubts.iter().map(|doubt| doubt.kind).collect();
        assert_eq!(left, [DoubtKind::IdentityShared, DoubtKind::DatesDisagree]);
    }
}
