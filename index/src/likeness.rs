//! By what an article is known again when it is saved a second time, and when two are one text.
//!
//! A text is the set of its runs of five words; the resemblance of two texts is the share of these
//! runs that they have in common (Broder, "On the resemblance and containment of documents", 1997).
//! A sketch of fifteen MinHash values finds who may resemble whom: articles that agree in one of five
//! bands of three values are compared (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets",
//! section 3.4), and so are those of one headline. At a resemblance of 0.8 two texts share a band with
//! probability 0.97, at 0.9 with 0.998, at 0.3 with 0.13. Who shares one is compared by whole texts.

mod profile;

use serde::{Deserialize, Serialize};

pub use profile::{Fingerprint, Profile, SKETCH};

/// Fewer words are no evidence: flashes and notices are worded alike.
const SHORT: u32 = 40;
/// With fewer words than this, series on one pattern look like copies: a few days apart they are none.
const BRIEF: u32 = 100;
/// Days between two copies of a brief text, at most.
const COPIED_WITHIN: i64 = 3;
/// The resemblance of copies.
const NEAR: f64 = 0.8;
/// The resemblance of copies that have one headline and one day.
const NEAR_IF_TITLED: f64 = 0.6;
/// From this resemblance on, other numbers in the text do not speak against a copy.
const NEARLY_EQUAL: f64 = 0.9;

/// Why two articles are taken for one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Likeness {
    /// They were read from equal bytes.
    Bytes,
    /// Their texts have the same words in the same order.
    Text,
    /// Their texts share most of their runs of five words.
    Near,
}

impl Likeness {
    /// All of them, the surest first.
    pub const ALL: [Self; 3] = [Self::Bytes, Self::Text, Self::Near];

    /// The name that JSON and the database use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Text => "text",
            Self::Near => "near",
        }
    }

    /// The likeness of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|likeness| likeness.as_str() == name)
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Bytes => "the same bytes",
            Self::Text => "the same text",
            Self::Near => "nearly the same text",
        }
    }
}

/// Whether two articles are one text saved twice. Equal for both orders.
///
/// Copies differ by what was put in or left out: captions, datelines, the end. The reports of a series
/// differ by their numbers; so numbers that contradict each other make two articles of all but the
/// nearest texts, unless both ran on one day.
#[must_use]
pub fn likeness(a: &Profile, b: &Profile) -> Option<Likeness> {
    if !may_be_like(&a.fingerprint, &b.fingerprint) {
        return None;
    }
    let words = a.fingerprint.words.min(b.fingerprint.words);
    let titled = a.fingerprint.title != 0 && a.fingerprint.title == b.fingerprint.title;
    let day = Apart::of(a, b);
    if a.fingerprint.text == b.fingerprint.text {
        let is_copy = match words {
            0..SHORT => titled && day == Apart::SameDay,
            SHORT..BRIEF => !day.is_long(),
            _ => true,
        };
        return is_copy.then_some(Likeness::Text);
    }
    let resemblance = a.resemblance(b);
    let is_copy = if day == Apart::SameDay {
        resemblance >= if titled { NEAR_IF_TITLED } else { NEAR } && (titled || words >= SHORT)
    } else {
        resemblance >= NEAR
            && words >= SHORT
            && !(words < BRIEF && day.is_long())
            && !(a.titles_contradict(b) || (resemblance < NEARLY_EQUAL && a.texts_contradict(b)))
    };
    is_copy.then_some(Likeness::Near)
}

/// Whether it is worth while to compare the texts: they are equal, or a third of the sketches is.
#[must_use]
pub fn may_be_like(a: &Fingerprint, b: &Fingerprint) -> bool {
    let agreeing = a.sketch.iter().zip(&b.sketch).filter(|(a, b)| a == b).count();
    a.words > 0 && b.words > 0 && agreeing * 3 >= SKETCH
}

/// How far two days of publication lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Apart {
    SameDay,
    /// One is not known, or not to the day.
    Unknown,
    Days(i64),
}

impl Apart {
    fn of(a: &Profile, b: &Profile) -> Self {
        let (Some((first, last)), Some((other_first, other_last))) = (a.days, b.days) else {
            return Self::Unknown;
        };
        let gap = (first - other_last).max(other_first - last);
        match gap {
            1.. => Self::Days(gap),
            _ if first == last && other_first == other_last => Self::SameDay,
            _ => Self::Unknown,
        }
    }

    fn is_long(self) -> bool {
        matches!(self, Self::Days(days) if days > COPIED_WITHIN)
    }
}

#[cfg(test)]
mod tests;
