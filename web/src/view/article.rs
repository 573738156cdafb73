//! An article as a page shows it: its text by blocks, who is in it, how we know.

use std::ops::Range;

use dateline_index::actor::{ActorKind, Field};
use dateline_index::article::{Block, BlockKind};
use dateline_index::search::{Facet, SearchRequest};
use dateline_index::view::{ArticleView, MentionView};

use super::runs::{Marked, Named, Run};
use crate::highlight::Highlights;
use crate::params::Links;

/// The text of an article, cut for a template.
pub(crate) struct Body {
    pub(crate) title: Vec<Run>,
    pub(crate) standfirst: Vec<Run>,
    pub(crate) blocks: Vec<BlockView>,
    /// How many matches are marked.
    pub(crate) matches: usize,
}

/// Blocks of one kind: one of them, or all items of a list.
pub(crate) struct BlockView {
    pub(crate) kind: BlockKind,
    pub(crate) items: Vec<Vec<Run>>,
}

/// Cuts an article's text.
pub(crate) fn body(article: &ArticleView, highlights: &Highlights, base: &str) -> Body {
    let mut matches = 0;
    let name = |mention: &MentionView| named(mention, base);
    let mut whole = |text: &str, field, ranges: &[Range<usize>]| {
        let mentions = article.mentions.iter().filter(|mention| mention.field == field);
        Marked::new(text, mentions, ranges).runs(0..text.len(), &mut matches, &name)
    };
    let title = whole(&article.title, Field::Title, &highlights.title);
    let standfirst = article.standfirst.as_deref().unwrap_or_default();
    let standfirst = whole(standfirst, Field::Standfirst, &highlights.standfirst);
    let mentions = article.mentions.iter().filter(|mention| mention.field == Field::Text);
    let marked = Marked::new(&article.text, mentions, &highlights.text);
    let mut views: Vec<BlockView> = Vec::new();
    for block in blocks(&article.text, &article.blocks) {
        let runs = marked.runs(block.start..block.end, &mut matches, &name);
        match views.last_mut() {
            Some(last) if block.kind == BlockKind::List && last.kind == BlockKind::List => {
                last.items.push(runs)
            }
            _ => views.push(BlockView { kind: block.kind, items: vec![runs] }),
        }
    }
    Body { title, standfirst, blocks: views, matches }
}

/// The blocks in order. Text that no block covers is a paragraph for each stretch between empty
/// lines, so that nothing of an article is ever hidden.
fn blocks(text: &str, stated: &[Block]) -> Vec<Block> {
    let mut stated: Vec<_> = stated.iter().copied().filter(|block| fits(text, block)).collect();
    stated.sort_by_key(|block| block.start);
    let mut blocks = Vec::new();
    let mut done = 0;
    for block in stated {
        if block.start < done {
            continue;
        }
        paragraphs(text, done..block.start, &mut blocks);
        blocks.push(block);
        done = block.end;
    }
    paragraphs(text, done..text.len(), &mut blocks);
    blocks
}

fn fits(text: &str, block: &Block) -> bool {
    text.get(block.start..block.end).is_some_and(|inside| !inside.trim().is_empty())
}

fn paragraphs(text: &str, range: Range<usize>, blocks: &mut Vec<Block>) {
    let mut start = range.start;
    for paragraph in text[range].split("\n\n") {
        let end = start + paragraph.len();
        if !paragraph.trim().is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, start, end });
        }
        start = end + 2;
    }
}

fn named(mention: &MentionView, base: &str) -> Named {
    Named {
        kind: mention.kind.as_str(),
        title: format!("{}: {}", mention.kind.label(), mention.label),
        link: search_for(&mention.actor, mention.kind, base),
        id: place_id(mention.field, mention.start),
    }
}

/// A search for an actor or a place.
pub(super) fn search_for(value: &str, kind: ActorKind, base: &str) -> String {
    let nothing = SearchRequest::default();
    let facet = if kind == ActorKind::Place { Facet::Place } else { Facet::Actor };
    Links { base, request: &nothing }.with(facet, value)
}

/// The name of a place in the text, to link to.
pub(super) fn place_id(field: Field, start: usize) -> String {
    format!("m-{}-{start}", field.as_str())
}

/// An address that may stand in a link: only the web's own schemes, so that no `javascript:` runs.
pub(crate) fn web_address(url: Option<&str>) -> Option<String> {
    let url = url?.trim();
    let scheme = url.split_once("://")?.0;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    (web && !url.chars().any(|c| c.is_control() || c.is_whitespace())).then(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_outside_every_block_is_still_shown() {
        let text = "First.\n\nSecond.\n\nThird.\n\nFourth.";
        let heading = |start, end| Block { kind: BlockKind::Heading, start, end };
        let shown = |stated: &[Block]| {
            blocks(text, stated).iter().map(|block| &text[block.start..block.end]).collect::<Vec<_>>()
        };
        let whole = ["First.", "Second.", "Third.", "Fourth."];
        assert_eq!(shown(&[]), whole);
        assert_eq!(shown(&[heading(8, 15)]), whole);
        // Overlapping, beyond the end, backwards.
        assert_eq!(shown(&[heading(8, 15), heading(10, 12), heading(20, 999), heading(9, 3)]), whole);
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        assert!(web_address(Some("HTTPS://news.example/a?b=c")).is_some());
        for bad in [
            "javascript:alert(1)",
            "javascript://news.example/%0aalert(1)",
            "data:text/html,x",
            "/a",
            "",
            "http://a b",
        ] {
            assert_eq!(web_address(Some(bad)), None, "{bad}");
        }
    }
}
