//! Where a query matches in an article that was opened from a search.

use std::ops::Range;

use dateline_index::actor::Field;
use dateline_index::archive::Archive;
use dateline_index::article::Article;
use dateline_index::backend::Result;

/// The matches in each field: ranges of bytes of that field, in order, not overlapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Highlights {
    pub(crate) title: Vec<Range<usize>>,
    pub(crate) standfirst: Vec<Range<usize>>,
    pub(crate) text: Vec<Range<usize>>,
}

/// The matches of `q` in an article.
pub(crate) fn highlights(archive: &Archive, article: &Article, q: &str) -> Result<Highlights> {
    if q.trim().is_empty() {
        return Ok(Highlights::default());
    }
    let matches = |field| archive.highlights(q, field, article);
    Ok(Highlights {
        title: matches(Field::Title)?,
        standfirst: matches(Field::Standfirst)?,
        text: matches(Field::Text)?,
    })
}
