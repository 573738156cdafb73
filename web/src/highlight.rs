//! Where a query matches in an article that was opened from a search.

use dateline_index::view::ArticleView;

/// The matches in each field: bytes of that field from where to where, in order, not overlapping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Highlights {
    pub(crate) title: Vec<(usize, usize)>,
    pub(crate) standfirst: Vec<(usize, usize)>,
    pub(crate) text: Vec<(usize, usize)>,
}

/// The matches of `q` in an article. None yet: the ground floor does not tell them so far.
pub(crate) fn highlights(_article: &ArticleView, _q: &str) -> Highlights {
    Highlights::default()
}
