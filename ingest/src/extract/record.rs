//! An object of JSON Lines becomes an article: which field means what, and what arrives as it is.

use dateline_index::article::{Byline, Doubt, DoubtKind, Origin, Source};
use dateline_index::published::Published;
use dateline_index::record::Identity;
use serde_json::{Map, Value};

use super::candidate::{Candidate, Found, evidence};
use super::text::{plain, squeeze};
use super::written::Order;
use super::{Draft, Outcome, Rules, address, blocks, byline, date, language};

/// A field of an article that a record can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    /// The record's own id.
    Id,
    /// Its address.
    Url,
    /// The headline.
    Title,
    /// Who signed it: a text or a list.
    Authors,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// The outlet.
    Source,
    /// The section of the outlet.
    Section,
    /// The language of the text.
    Language,
    /// Topics: a text with commas or a list.
    Tags,
    /// The line or two under the headline.
    Description,
    /// The text.
    Body,
}

/// Each field with the names that records have for it. A mapping has renamed other names before.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::Id, &["id"]),
    (Field::Url, &["url"]),
    (Field::Title, &["title"]),
    (Field::Authors, &["authors", "author"]),
    (Field::Published, &["published", "date"]),
    (Field::Updated, &["updated"]),
    (Field::Source, &["source"]),
    (Field::Section, &["section"]),
    (Field::Language, &["language", "lang"]),
    (Field::Tags, &["tags", "topics"]),
    (Field::Description, &["description"]),
    (Field::Body, &["body", "text"]),
];

impl Field {
    /// The name that people and mappings use.
    fn name(self) -> &'static str {
        FIELDS.iter().find(|(field, _)| *field == self).map_or("", |(_, names)| names[0])
    }

    /// The names that records have for it, best first.
    fn names(self) -> &'static [&'static str] {
        FIELDS.iter().find(|(field, _)| *field == self).map_or(&[], |(_, names)| names)
    }

    /// The field of a name, or of one of its other names.
    fn from_name(name: &str) -> Option<Self> {
        FIELDS.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field)
    }
}

/// Whether an article has a place for a record's field of that name.
#[must_use]
pub fn is_known_field(name: &str) -> bool {
    Field::from_name(name).is_some()
}

/// The fields of an article that a record leaves empty.
#[must_use]
pub fn empty_fields_of(record: &Map<String, Value>) -> Vec<&'static str> {
    FIELDS.iter().filter(|(field, _)| value(record, *field).is_none()).map(|(_, names)| names[0]).collect()
}

/// The value that fills a field: the first of its names that holds anything.
fn value(record: &Map<String, Value>, field: Field) -> Option<&Value> {
    let holds = |value: &&Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    field.names().iter().filter_map(|name| record.get(*name)).find(holds)
}

/// Extracts a record.
pub(super) fn extract(record: Map<String, Value>, _origin: &Origin, rules: &Rules) -> Outcome {
    let mut reading = Reading { record: &record, doubts: Vec::new(), extra: Map::new() };
    let title = reading.text(Field::Title).map(|text| squeeze(&text)).unwrap_or_default();
    let body = reading.text(Field::Body).unwrap_or_default();
    let mut draft = Draft {
        published: reading.date(Field::Published, rules),
        updated: reading.date(Field::Updated, rules),
        bylines: reading.authors(),
        tags: reading.tags(),
        section: reading.text(Field::Section),
        standfirst: reading.text(Field::Description).map(|text| plain(&text)),
        identity: Identity::Place,
        title,
        ..Draft::default()
    };
    let url = reading.text(Field::Url);
    let address = url.as_deref().and_then(address::clean);
    if url.is_some() && address.is_none() {
        reading
            .doubt(Field::Url, format!("{:?} is no address of the web", url.as_deref().unwrap_or_default()));
    }
    draft.identity = match reading.id() {
        Some(id) => Identity::Given(id),
        None => address::identity(address.as_ref()),
    };
    draft.source = reading.source(address.as_ref().and_then(address::domain));
    draft.url = address.map(|url| url.to_string());
    (draft.text, draft.blocks) = if looks_like_markup(&body) {
        blocks::join(&blocks::pieces(&body))
    } else {
        let body = with_bytes_kept(body);
        let blocks = blocks::stretches(&body);
        (body, blocks)
    };
    let stated = reading.text(Field::Language);
    draft.language = match stated.as_deref().map(dateline_index::language::Language::from_code) {
        Some(Some(language)) => Some(language),
        other => {
            if other.is_some() {
                reading
                    .doubt(Field::Language, format!("{:?} is no language code", stated.unwrap_or_default()));
            }
            language::choose(&draft.text, None)
        }
    };
    let Reading { doubts, mut extra, .. } = reading;
    tell_where(&mut draft, &record);
    if draft.text.trim().is_empty() && draft.title.is_empty() {
        return match doubts.first() {
            Some(doubt) => Outcome::Failed(format!("field {:?}: {}", doubt.field, doubt.reason)),
            None => Outcome::NotArticle("the record has neither title nor text".to_owned(), Box::default()),
        };
    }
    for (name, value) in record {
        if Field::from_name(&name).is_none() {
            extra.insert(name, value);
        }
    }
    draft.doubts = doubts;
    draft.extra = extra;
    Outcome::Draft(Box::new(draft))
}

/// Says of each field that the record fills which of its names filled it.
fn tell_where(draft: &mut Draft, record: &Map<String, Value>) {
    let language = draft.language.map(|language| language.code().to_owned());
    let filled = [
        (Field::Title, "title", Some(draft.title.clone())),
        (Field::Authors, "authors", Some(joined(draft.bylines.iter().map(|byline| byline.0.as_str())))),
        (Field::Published, "published", draft.published.as_ref().map(|found| found.date.to_string())),
        (Field::Updated, "updated", draft.updated.as_ref().map(|found| found.date.to_string())),
        (Field::Source, "source", draft.source.as_ref().map(|source| source.name.clone())),
        (Field::Section, "section", draft.section.clone()),
        (Field::Tags, "tags", Some(joined(draft.tags.iter().map(String::as_str)))),
        (Field::Description, "standfirst", draft.standfirst.clone()),
        (Field::Language, "language", language),
        (Field::Url, "url", draft.url.clone()),
    ];
    for (field, name, value) in filled {
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        let stated = field.names().iter().find(|name| record.contains_key(**name));
        let (found, place, why) = match (stated, field) {
            (Some(stated), _) => (Found::Record, *stated, "the record says so"),
            (None, Field::Language) => (Found::Text, "text", "the record states none; the text is in it"),
            (None, _) => (Found::Url, "url", "the record states none; its address tells the outlet"),
        };
        let dated = matches!(field, Field::Published | Field::Updated);
        if !dated {
            draft.found.insert(name.to_owned(), found.name().to_owned());
        }
        let offer = [Candidate::new(value, found, place)];
        draft.evidence.push(evidence(name, &offer, Some(0), why, String::clone));
    }
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("; ")
}

/// A text whose control characters became one space each, so that it stays what the record holds to the
/// byte; tabs and line ends are text. A NUL would hide the rest from most tools that read the database.
fn with_bytes_kept(body: String) -> String {
    let is_control = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
    if body.contains(is_control) { body.replace(is_control, " ") } else { body }
}

fn looks_like_markup(body: &str) -> bool {
    const LOOKED_AT: usize = 20_000;
    let end =
        (0..=LOOKED_AT.min(body.len())).rev().find(|&end| body.is_char_boundary(end)).unwrap_or_default();
    let head = body[..end].to_ascii_lowercase();
    ["<p>", "<p ", "<br>", "<br/", "<br ", "<div>", "<div "].iter().any(|tag| head.contains(tag))
}

struct Reading<'a> {
    record: &'a Map<String, Value>,
    doubts: Vec<Doubt>,
    /// Values that no field could take, under their own names: nothing is lost.
    extra: Map<String, Value>,
}

impl Reading<'_> {
    fn value(&self, field: Field) -> Option<&Value> {
        value(self.record, field)
    }

    fn doubt(&mut self, field: Field, reason: String) {
        self.doubt_as(DoubtKind::WrongType, field, reason);
    }

    /// A doubt about a field, whose value as it came is kept beside it.
    fn doubt_as(&mut self, kind: DoubtKind, field: Field, reason: String) {
        let kept = field.names().iter().find(|name| self.record.contains_key(**name));
        if let Some(name) = kept {
            self.extra.insert((*name).to_owned(), self.record[*name].clone());
        }
        self.doubts.push(Doubt { kind, field: field.name().to_owned(), reason });
    }

    /// A field that is a text; a number or a truth value in its place is a doubt.
    fn text(&mut self, field: Field) -> Option<String> {
        match self.value(field)? {
            Value::String(text) => Some(text.clone()),
            Value::Array(items) if items.len() == 1 && items[0].is_string() => {
                items[0].as_str().map(str::to_owned)
            }
            other => {
                let reason = format!("a text was expected, not {}", kind(other));
                self.doubt(field, reason);
                None
            }
        }
    }

    fn id(&mut self) -> Option<String> {
        match self.value(Field::Id)? {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            other => {
                let reason = format!("a text or a number was expected, not {}", kind(other));
                self.doubt(Field::Id, reason);
                None
            }
        }
    }

    fn date(&mut self, field: Field, rules: &Rules) -> Option<Published> {
        let stated = match self.value(field)? {
            Value::String(text) => text.trim().to_owned(),
            // 2024, or 20240117: a number may be a year or a day, never seconds since 1970.
            Value::Number(number) => number.to_string(),
            other => {
                let reason = format!("a date was expected, not {}", kind(other));
                self.doubt(field, reason);
                return None;
            }
        };
        let language = self.value(Field::Language).and_then(Value::as_str);
        let order = language.map_or(Order::DayFirst, |language| date::order_in(Some(language)));
        let read = date::read_both(&stated, order);
        let candidates: Vec<_> =
            read.map(|(date, _)| Candidate::new(date, Found::Record, field.name())).into_iter().collect();
        let chosen = date::choose(&candidates, rules.latest);
        match (read, &chosen) {
            (None, _) => {
                let reason = format!("{stated:?} is not a date such as 2024, 2024-01 or 2024-01-17");
                self.doubt(field, reason);
            }
            (Some((date, _)), None) => {
                let reason = format!("{date} cannot be a date of publication");
                self.doubt_as(DoubtKind::DateImpossible, field, reason);
            }
            (Some((date, Some(other))), Some(_)) => {
                let reason = format!("{date} could be {other}: day and month are both at most 12");
                self.doubt_as(DoubtKind::DateAmbiguous, field, reason);
            }
            _ => {}
        }
        chosen
    }

    fn authors(&mut self) -> Vec<Byline> {
        let names = match self.value(Field::Authors) {
            None => Vec::new(),
            Some(Value::String(text)) => byline::names_in(text, false),
            Some(Value::Array(items)) => items.iter().filter_map(name_of).collect(),
            Some(Value::Object(_)) => self.value(Field::Authors).and_then(name_of).into_iter().collect(),
            Some(other) => {
                let reason = format!("a text or a list was expected, not {}", kind(other));
                self.doubt(Field::Authors, reason);
                Vec::new()
            }
        };
        names.into_iter().map(Byline).collect()
    }

    fn tags(&mut self) -> Vec<String> {
        match self.value(Field::Tags) {
            None => Vec::new(),
            Some(Value::String(text)) => {
                text.split([',', ';']).map(squeeze).filter(|tag| !tag.is_empty()).collect()
            }
            Some(Value::Array(items)) => items.iter().filter_map(name_of).collect(),
            Some(other) => {
                let reason = format!("a text or a list was expected, not {}", kind(other));
                self.doubt(Field::Tags, reason);
                Vec::new()
            }
        }
    }

    fn source(&mut self, domain: Option<String>) -> Option<Source> {
        let named = match self.value(Field::Source) {
            Some(object @ Value::Object(_)) => name_of(object),
            Some(_) => self.text(Field::Source),
            None => None,
        };
        let name = named.map(|name| squeeze(&name)).or_else(|| domain.clone())?;
        Some(Source { name, domain })
    }
}

/// A text, or the `name` of an object.
fn name_of(value: &Value) -> Option<String> {
    let text = value.as_str().or_else(|| value.get("name")?.as_str())?;
    let text = squeeze(text);
    (!text.is_empty()).then_some(text)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(json: &str) -> Map<String, Value> {
        serde_json::from_str(json).expect("an object")
    }

    fn draft(json: &str) -> Draft {
        match extract(record(json), &Origin::default(), &Rules::default()) {
            Outcome::Draft(draft) => *draft,
            Outcome::NotArticle(reason, _) | Outcome::Skipped(reason) | Outcome::Failed(reason) => {
                panic!("{reason}")
            }
        }
    }

    #[test]
    fn a_body_is_stored_to_the_byte() {
        let draft = draft(r#"{"body":" One.\n\nTwo <b>2</b> & three.\r\n\n\n"}"#);
        assert_eq!(draft.text, " One.\n\nTwo <b>2</b> & three.\r\n\n\n");
        let cut: Vec<_> = draft.blocks.iter().map(|b| &draft.text[b.start..b.end]).collect();
        assert_eq!(cut, ["One.", "Two <b>2</b> & three."]);
    }

    #[test]
    fn markup_in_a_body_becomes_text() {
        let draft = draft(r#"{"title":"T","body":"<p>Fish &amp; chips</p><p>Two</p>"}"#);
        assert_eq!(draft.text, "Fish & chips\n\nTwo");
    }

    #[test]
    fn figures_are_read_as_the_records_language_writes_them() {
        let published = |json: &str| {
            let draft = draft(json);
            let kinds: Vec<_> = draft.doubts.iter().map(|doubt| doubt.kind).collect();
            (draft.published.map(|published| published.date.to_string()), kinds)
        };
        let [april, march] = ["2001-04-03", "2001-03-04"].map(|day| Some(day.to_owned()));
        let doubt = vec![DoubtKind::DateAmbiguous];
        assert_eq!(published(r#"{"title":"T","date":"03/04/2001"}"#), (april.clone(), doubt.clone()));
        assert_eq!(published(r#"{"title":"T","lang":"fr","date":"03/04/2001"}"#), (april, doubt.clone()));
        assert_eq!(published(r#"{"title":"T","lang":"en-US","date":"03/04/2001"}"#), (march.clone(), doubt));
        assert_eq!(published(r#"{"title":"T","lang":"fr","date":"4 mars 2001"}"#), (march, Vec::new()));
        let refused = published(r#"{"title":"T","date":"9999-01-01"}"#);
        assert_eq!(refused, (None, vec![DoubtKind::DateImpossible]));
    }

    #[test]
    fn a_wrong_type_is_a_doubt_while_anything_is_left() {
        let draft =
            draft(r#"{"id":7,"title":"T","published":true,"authors":["A B",{"name":"C D"}],"actors":[1]}"#);
        assert_eq!(draft.identity, Identity::Given("7".into()));
        assert_eq!(draft.doubts[0].field, "published");
        assert_eq!(draft.bylines.len(), 2);
        assert_eq!(draft.extra.keys().collect::<Vec<_>>(), ["published", "actors"]);
        let Outcome::Failed(reason) =
            extract(record(r#"{"title":[],"body":{"x":1}}"#), &Origin::default(), &Rules::default())
        else {
            panic!("it must fail")
        };
        assert!(reason.starts_with("field \"body\": a text was expected"), "{reason}");
    }
}
