//! A hit as an entry in a paper's index: when, what, who says so, the sentence that matched.

use dateline_index::actor::Field;
use dateline_index::search::{Hit, SearchRequest};

use super::copies::CopyView;
use super::date::{Margin, margin};
use super::facets::linked;
use super::{Piece, Script, pieces};
use crate::params::{Links, Target};

/// One hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HitView {
    pub(crate) link: String,
    pub(crate) when: Option<Margin>,
    pub(crate) title: Vec<Piece>,
    pub(crate) script: Script,
    /// Source, authors, section, language: what is known of them, in this order.
    pub(crate) about: Vec<String>,
    pub(crate) passages: Vec<PassageView>,
    /// Other articles that are the same text: the first few, and how many more there are.
    pub(crate) copies: Vec<CopyView>,
    pub(crate) more_copies: usize,
}

/// Copies that a hit names.
const COPIES: usize = 3;

/// A stretch of text with the matches in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PassageView {
    /// Whether it begins in the middle of its field.
    pub(crate) cut: bool,
    pub(crate) pieces: Vec<Piece>,
}

/// The hits of one page. Each leads to its article together with the search it was found by, so
/// that the article can show the matches and lead back.
pub(crate) fn hits(links: &Links<'_>, hits: &[Hit]) -> Vec<HitView> {
    let nothing = SearchRequest::default();
    let found_by = if linked(links) { links.request } else { &nothing };
    hits.iter().map(|hit| view(links, found_by, hit)).collect()
}

fn view(links: &Links<'_>, found_by: &SearchRequest, hit: &Hit) -> HitView {
    let script = Script::of(hit.language.as_deref());
    let authors = (!hit.authors.is_empty()).then(|| hit.authors.join(", "));
    let about = [hit.source.clone(), authors, hit.section.clone(), script.name.clone()];
    let title =
        hit.passages.iter().find(|passage| passage.field == Field::Title && passage.text == hit.title);
    let passages = hit.passages.iter().filter(|passage| passage.field != Field::Title);
    HitView {
        link: links.to(Target::Article(hit.id.as_str()), found_by),
        when: hit.published.as_ref().map(|published| margin(&published.date)),
        title: pieces(&hit.title, title.map_or(&[], |passage| &passage.ranges)),
        script,
        about: about.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect(),
        passages: passages
            .map(|passage| PassageView {
                cut: passage.start > 0,
                pieces: pieces(&passage.text, &passage.ranges),
            })
            .collect(),
        copies: hit.copies.iter().take(COPIES).map(|copy| CopyView::new(copy, links.base)).collect(),
        more_copies: hit.copies.len().saturating_sub(COPIES),
    }
}
