//! An article becomes a document of the index: words and numbers, no text kept.

use tantivy::TantivyDocument;

use super::rows;
use super::schema::{Fields, with_language};
use super::store::read::Numbers;
use crate::article::Article;
use crate::found;
use crate::published::days_since_1970;

/// The document of one revision of an article.
pub(super) fn document(
    fields: &Fields,
    number: u64,
    revision: u64,
    article: &Article,
    numbers: &Numbers,
) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let language = article.language;
    document.add_text(fields.title, with_language(language, &article.title));
    document
        .add_text(fields.standfirst, with_language(language, article.standfirst.as_deref().unwrap_or("")));
    document.add_text(fields.text, with_language(language, &article.text));
    document.add_u64(fields.article, number);
    document.add_u64(fields.revision, revision);
    let many = [(fields.author, &numbers.authors), (fields.tag, &numbers.tags)];
    for (field, values) in many {
        for value in values {
            document.add_u64(field, *value);
        }
    }
    for (name, prominence) in &numbers.names {
        document.add_u64(fields.name, rows::named(*name, *prominence));
    }
    let single = [
        (fields.source, numbers.source),
        (fields.section, numbers.section),
        (fields.language, numbers.language),
    ];
    for (field, value) in single {
        if let Some(value) = value {
            document.add_u64(field, value);
        }
    }
    if let Some(published) = &article.published {
        let date = published.date;
        document.add_u64(fields.year, u64::from(date.first_day().year().unsigned_abs()));
        if let Some(place) = found::listed(&published.found).and_then(found::number) {
            document.add_u64(fields.date_found, u64::from(place));
        }
        document.add_i64(fields.published, date.sort_key());
        document.add_i64(fields.first_day, days_since_1970(date.first_day()));
        document.add_i64(fields.last_day, days_since_1970(date.last_day()));
    }
    document
}
