//! Where a query matches in an article that was opened from a search.

use std::ops::Range;

use dateline_index::view::ArticleView;

/// The matches in each field: ranges of bytes of that field, in order, not overlapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Highlights {
    pub(crate) title: Vec<Range<usize>>,
    pub(crate) standfirst: Vec<Range<usize>>,
    pub(crate) text: Vec<Range<usize>>,
}

/// The matches of `q` in an article. None yet: the ground floor does not tell them so far.
pub(crate) fn highlights(_article: &ArticleView, _q: &str) -> Highlights {
    Highlights::default()
}
