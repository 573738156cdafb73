//! How prominently an article names somebody: what it is mainly about, and what it only mentions.
//!
//! The rule, for all mentions of one actor (or place) in one article together: the article is mainly
//! about those who are named in its headline, and about those who are named in its lead and three times
//! or more in all. The lead is the standfirst and the first three paragraphs of the text, though no
//! more than its first thousand characters.

use crate::actor::{Field, Mention};
use crate::article::{Article, BlockKind};

/// Paragraphs that belong to the lead.
const PARAGRAPHS: usize = 3;
/// The most characters of the text that do.
const CHARACTERS: usize = 1_000;
/// Mentions from which on somebody named in the lead is what an article is about.
const SEVERAL: u8 = 3;

/// How an article names somebody. A few bits, so that they fit beside the number of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prominence {
    headline: bool,
    lead: bool,
    /// Up to [`SEVERAL`].
    mentions: u8,
}

impl Prominence {
    /// The bits that [`Self::to_bits`] takes.
    pub const BITS: u32 = 4;

    /// One mention in an article whose lead ends at this byte of its text.
    #[must_use]
    pub fn of(field: Field, start: usize, lead_end: usize) -> Self {
        let headline = field == Field::Title;
        let lead = field == Field::Standfirst || (field == Field::Text && start < lead_end);
        Self { headline, lead, mentions: 1 }
    }

    /// Some mentions of one article together.
    #[must_use]
    pub fn of_all<'m>(mentions: impl IntoIterator<Item = &'m Mention>, lead_end: usize) -> Self {
        let each = mentions.into_iter().map(|mention| Self::of(mention.field, mention.start, lead_end));
        each.fold(Self::default(), Self::and)
    }

    /// Both together: two names of one actor.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            headline: self.headline || other.headline,
            lead: self.lead || other.lead,
            mentions: SEVERAL.min(self.mentions + other.mentions),
        }
    }

    /// Whether the article is mainly about who is named so.
    #[must_use]
    pub fn is_main(self) -> bool {
        self.headline || (self.lead && self.mentions >= SEVERAL)
    }

    /// As a number below 16.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        u64::from(self.headline) << 3 | u64::from(self.lead) << 2 | u64::from(self.mentions)
    }

    /// From that number; higher bits are ignored.
    #[must_use]
    pub fn from_bits(bits: u64) -> Self {
        Self { headline: bits & 8 != 0, lead: bits & 4 != 0, mentions: (bits & 3) as u8 }
    }
}

/// Where the lead of an article's text ends, as a byte.
#[must_use]
pub fn lead_end(article: &Article) -> usize {
    let text = article.text.as_str();
    let counts = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Quote);
    let third = if article.blocks.is_empty() {
        text.match_indices("\n\n").nth(PARAGRAPHS - 1).map(|(end, _)| end)
    } else {
        article.blocks.iter().filter(|block| counts(block.kind)).nth(PARAGRAPHS - 1).map(|block| block.end)
    };
    let most = text.char_indices().nth(CHARACTERS).map_or(text.len(), |(end, _)| end);
    third.unwrap_or(most).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{ArticleId, Block};

    fn article(text: &str, blocks: &[(BlockKind, usize, usize)]) -> Article {
        let blocks = blocks.iter().map(|&(kind, start, end)| Block { kind, start, end }).collect();
        let id = ArticleId::new("a").expect("an id");
        Article { text: text.into(), blocks, ..Article::empty(id) }
    }

    #[test]
    fn the_lead_is_three_paragraphs_and_never_a_whole_chapter() {
        use BlockKind::{Caption, Heading, Paragraph};
        let text = "Photo.\n\nOne.\n\nNews\n\nTwo.\n\nThree.\n\nFour.";
        assert_eq!(lead_end(&article(text, &[])), 18, "without blocks, empty lines part paragraphs");
        let blocks = [
            (Caption, 0, 6),
            (Paragraph, 8, 12),
            (Heading, 14, 18),
            (Paragraph, 20, 24),
            (Paragraph, 26, 32),
        ];
        assert_eq!(lead_end(&article(text, &blocks)), 32, "captions and headings are no paragraphs");
        assert_eq!(lead_end(&article(text, &blocks[..4])), text.len(), "a short text is lead throughout");
        let long = "é".repeat(5_000);
        assert_eq!(lead_end(&article(&long, &[(Paragraph, 0, long.len())])), 2_000);
        assert_eq!(lead_end(&article("", &[])), 0);
    }

    #[test]
    fn the_headline_or_the_lead_with_several_mentions_makes_an_article_about_somebody() {
        let (headline, lead) = (Prominence::of(Field::Title, 0, 9), Prominence::of(Field::Text, 8, 9));
        let (standfirst, below) =
            (Prominence::of(Field::Standfirst, 99, 9), Prominence::of(Field::Text, 9, 9));
        let is_main =
            |all: &[Prominence]| all.iter().copied().fold(Prominence::default(), Prominence::and).is_main();
        assert!(is_main(&[headline]));
        assert!(!is_main(&[lead, below]), "twice is not several times");
        assert!(is_main(&[lead, below, below]) && is_main(&[below, below, standfirst]));
        assert!(!is_main(&[below; 9]), "never in the lead");
        assert!(!is_main(&[]));
    }

    #[test]
    fn the_bits_say_all() {
        for bits in 0..16 {
            assert_eq!(Prominence::from_bits(bits | 48).to_bits(), bits);
        }
    }
}
