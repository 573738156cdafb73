//! What one place of a page says about its authors.

use std::borrow::Cow;

use super::lines::Zone;
use crate::extract::candidate::{Candidate, Found};
use crate::extract::text::bare;

/// A list of names, and what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claim {
    pub(super) candidate: Candidate<Vec<String>>,
    /// Whether the page itself says that these are organisations.
    pub(super) organisations: bool,
    /// Whether the place states that it names the author, by a label or a mark for nothing else.
    pub(super) states: bool,
    /// Whether what stands there may be a login, and is a name all the same.
    pub(super) logins: bool,
    pub(super) standing: Standing,
}

/// How a list of names shows to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// After a label ("By"), or in an element that the page calls a byline, beside the headline.
    Byline,
    /// Beside the headline, in a line that holds little else.
    Beside,
    /// Under the text, after a label or in an element for it.
    Signed,
    /// Under the text, in a line that holds little else.
    Line,
    /// In some other short line of the page.
    Elsewhere,
    /// In a sentence only.
    Sentence,
    /// Nowhere.
    Unseen,
}

impl Claim {
    pub(super) fn new(names: Vec<String>, found: Found, place: impl Into<Cow<'static, str>>) -> Self {
        let mut kept: Vec<String> = Vec::new();
        for name in names {
            if !kept.iter().any(|known| bare(known) == bare(&name)) {
                kept.push(name);
            }
        }
        let candidate = Candidate::new(kept, found, place);
        Self { candidate, organisations: false, states: false, logins: false, standing: Standing::Unseen }
    }

    pub(super) fn of_organisations(self) -> Self {
        Self { organisations: true, ..self }
    }

    pub(super) fn that_states(self) -> Self {
        Self { states: true, ..self }
    }

    pub(super) fn standing(self, standing: Standing) -> Self {
        Self { standing, ..self }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.candidate.value
    }
}

impl Standing {
    /// The standing of a name that only stands somewhere.
    pub(super) fn of(zone: Option<(Zone, bool)>) -> Self {
        match zone {
            Some((Zone::Top, true)) => Self::Beside,
            Some((Zone::Foot, true)) => Self::Line,
            Some((Zone::Elsewhere, true)) => Self::Elsewhere,
            Some(_) => Self::Sentence,
            None => Self::Unseen,
        }
    }
}
