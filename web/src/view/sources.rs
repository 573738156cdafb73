//! Where each field of an article was found, and what people corrected: small print for those who doubt.

use dateline_index::edit::{Correction, Field, Value};
use dateline_index::found::{self, PERSON};
use dateline_index::published::PartialDate;
use dateline_index::view::ArticleView;

use super::date::in_words;
use super::shortened;

/// Characters of what extraction says that a correction repeats.
const REPEATED: usize = 200;

/// One field and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    pub(crate) field: &'static str,
    pub(crate) place: String,
}

/// One field that a person corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Corrected {
    pub(crate) field: &'static str,
    pub(crate) who: String,
    pub(crate) day: String,
    /// What extraction says; none where it found nothing.
    pub(crate) before: Option<String>,
}

/// Where the fields were found, those that people corrected left out: they are told of apart.
pub(crate) fn sources(article: &ArticleView) -> Vec<Source> {
    let found = Field::ALL.into_iter().filter_map(|field| Some((field, article.found.get(field.as_str())?)));
    let by_program = found.filter(|(_, place)| !place.is_empty() && *place != PERSON);
    by_program
        .map(|(field, place)| Source { field: name(field), place: found::label(place).into() })
        .collect()
}

/// What people corrected.
pub(crate) fn corrected(article: &ArticleView) -> Vec<Corrected> {
    article.edits.iter().map(one).collect()
}

fn one(correction: &Correction) -> Corrected {
    let before = match &correction.extracted {
        Value::Text(text) if correction.field == Field::Published => {
            Some(PartialDate::parse(text).map_or_else(|| text.clone(), |date| in_words(&date)))
        }
        Value::Text(text) => Some(text.clone()),
        Value::List(texts) if !texts.is_empty() => Some(texts.join(", ")),
        _ => None,
    };
    let day = correction.at.get(..10).unwrap_or_default();
    Corrected {
        field: name(correction.field),
        who: correction.who.clone(),
        day: PartialDate::parse(day).map_or_else(|| day.to_owned(), |day| in_words(&day)),
        before: before.map(|before| shortened(&before, REPEATED)),
    }
}

/// What people call a field.
fn name(field: Field) -> &'static str {
    match field {
        Field::Title => "Headline",
        Field::Standfirst => "Standfirst",
        Field::Authors => "Authors",
        Field::Published => "Date",
        Field::Source => "Source",
        Field::Section => "Section",
        Field::Tags => "Tags",
        Field::Language => "Language",
        Field::Url => "Page",
    }
}
