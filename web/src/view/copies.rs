//! Another article that is the same text, as a link.

use dateline_index::backend::SavedCopy;

use super::date::in_words;

/// A link to a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CopyView {
    pub(crate) link: String,
    /// Its outlet and its day; its id where neither is known.
    pub(crate) label: String,
    /// Why it is taken for the same: `the same bytes`.
    pub(crate) why: &'static str,
}

impl CopyView {
    pub(crate) fn new(copy: &SavedCopy, base: &str) -> Self {
        let source = copy.source.clone().filter(|source| !source.trim().is_empty());
        let day = copy.published.as_ref().map(|published| in_words(&published.date));
        let about: Vec<String> = source.into_iter().chain(day).collect();
        Self {
            link: format!("{base}/articles/{}", copy.id),
            label: if about.is_empty() { copy.id.to_string() } else { about.join(", ") },
            why: copy.why.label(),
        }
    }
}
