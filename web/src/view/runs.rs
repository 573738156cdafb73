//! A stretch of text cut into runs: where an actor is named, and within that where the query
//! matches. The two overlap freely.

use std::ops::Range;

use dateline_index::view::MentionView;

/// A run of text that names one actor, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) actor: Option<Named>,
    pub(crate) bits: Vec<Bit>,
}

/// What a run names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// `armed_group`
    pub(crate) kind: &'static str,
    /// `armed group: Taliban`
    pub(crate) title: String,
    /// A search for that actor or place.
    pub(crate) link: String,
    /// What the list of reasons beside the article links to.
    pub(crate) id: String,
}

/// A bit of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bit {
    pub(crate) text: String,
    pub(crate) mark: Mark,
}

/// Whether a bit matches the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It does not.
    None,
    /// It begins the match of that number.
    Begins(usize),
    /// It goes on with a match that an actor's name cuts in two.
    GoesOn,
}

/// A field's text with what is known of its places.
pub(crate) struct Marked<'a> {
    pub(crate) text: &'a str,
    /// In order, not overlapping, on letters' boundaries.
    mentions: Vec<&'a MentionView>,
    /// Likewise.
    matches: Vec<Range<usize>>,
}

impl<'a> Marked<'a> {
    /// What does not fit the text is left out.
    pub(crate) fn new(
        text: &'a str,
        mentions: impl Iterator<Item = &'a MentionView>,
        matches: &[Range<usize>],
    ) -> Self {
        Self {
            text,
            mentions: fitting(text, mentions.collect(), |mention| mention.start..mention.end),
            matches: fitting(text, matches.to_vec(), Clone::clone),
        }
    }

    /// The runs of `window`. Matches are numbered on from `count`.
    pub(crate) fn runs(
        &self,
        window: Range<usize>,
        count: &mut usize,
        name: &impl Fn(&MentionView) -> Named,
    ) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut done = window.start;
        // A mention that straddles the window's edge is no mention of this block.
        let inside = |mention: &&&MentionView| mention.start >= window.start && mention.end <= window.end;
        for mention in self.mentions.iter().filter(inside) {
            self.push(&mut runs, None, done..mention.start, count);
            self.push(&mut runs, Some(name(mention)), mention.start..mention.end, count);
            done = mention.end;
        }
        self.push(&mut runs, None, done..window.end, count);
        runs
    }

    fn push(&self, runs: &mut Vec<Run>, actor: Option<Named>, range: Range<usize>, count: &mut usize) {
        if range.is_empty() {
            return;
        }
        let mut bits = Vec::new();
        let mut done = range.start;
        let first = self.matches.partition_point(|found| found.end <= range.start);
        for found in self.matches[first..].iter().take_while(|found| found.start < range.end) {
            let (start, end) = (found.start.max(range.start), found.end.min(range.end));
            push_bit(&mut bits, &self.text[done..start], Mark::None);
            let mark = if found.start >= range.start {
                *count += 1;
                Mark::Begins(*count)
            } else {
                Mark::GoesOn
            };
            push_bit(&mut bits, &self.text[start..end], mark);
            done = end;
        }
        push_bit(&mut bits, &self.text[done..range.end], Mark::None);
        runs.push(Run { actor, bits });
    }
}

fn push_bit(bits: &mut Vec<Bit>, text: &str, mark: Mark) {
    if !text.is_empty() {
        bits.push(Bit { text: text.to_owned(), mark });
    }
}

fn fitting<T>(text: &str, mut items: Vec<T>, range: impl Fn(&T) -> Range<usize>) -> Vec<T> {
    items.sort_by_key(|item| (range(item).start, std::cmp::Reverse(range(item).end)));
    let mut done = 0;
    items.retain(|item| {
        let range = range(item);
        let fits = range.start >= done && text.get(range.clone()).is_some_and(|inside| !inside.is_empty());
        if fits {
            done = range.end;
        }
        fits
    });
    items
}

#[cfg(test)]
mod tests {
    use dateline_index::actor::{ActorKind, Field};
    use proptest::prelude::*;

    use super::*;

    fn mention(start: usize, end: usize) -> MentionView {
        let kind = ActorKind::State;
        let empty = String::new;
        MentionView {
            field: Field::Text,
            start,
            end,
            kind,
            text: empty(),
            actor: empty(),
            label: empty(),
            found_by: empty(),
            resolved_by: empty(),
        }
    }

    fn cut(text: &str, mentions: &[MentionView], matches: &[(usize, usize)]) -> Vec<Run> {
        let name = |_: &MentionView| Named {
            kind: "state",
            title: String::new(),
            link: String::new(),
            id: String::new(),
        };
        let matches: Vec<_> = matches.iter().map(|&(start, end)| start..end).collect();
        Marked::new(text, mentions.iter(), &matches).runs(0..text.len(), &mut 0, &name)
    }

    #[test]
    fn a_match_across_the_edge_of_a_name_is_counted_once() {
        let runs = cut("the Khorasan Province of it", &[mention(4, 12)], &[(4, 21)]);
        let marks: Vec<_> =
            runs.iter().flat_map(|run| &run.bits).map(|bit| (bit.text.as_str(), bit.mark)).collect();
        assert_eq!(
            marks,
            [
                ("the ", Mark::None),
                ("Khorasan", Mark::Begins(1)),
                (" Province", Mark::GoesOn),
                (" of it", Mark::None)
            ]
        );
        assert!(runs[1].actor.is_some() && runs[2].actor.is_none());
    }

    proptest! {
        #[test]
        fn whatever_the_ranges_say_the_text_is_shown_once_and_whole(
            text in "[aé☃ ]{0,30}",
            mentions in prop::collection::vec((0usize..60, 0usize..60), 0..8),
            matches in prop::collection::vec((0usize..60, 0usize..60), 0..8),
        ) {
            let mentions: Vec<_> = mentions.into_iter().map(|(start, end)| mention(start, end)).collect();
            let shown: String = cut(&text, &mentions, &matches).into_iter().flat_map(|run| run.bits).map(|bit| bit.text).collect();
            prop_assert_eq!(shown, text);
        }
    }
}
