//! What the tagger says of a token: outside, or at the begin of or inside a name of a sort.

/// How many labels there are.
pub const LABELS: usize = 9;

/// A sort of names that the tagger knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sort {
    /// Human beings.
    Person,
    /// Organisations of any kind.
    Organisation,
    /// Places and states.
    Place,
    /// Peoples, events, works: names of nobody.
    Other,
}

impl Sort {
    /// All sorts, in the order of their labels.
    pub const ALL: [Self; 4] = [Self::Person, Self::Organisation, Self::Place, Self::Other];

    /// The sort that corpora call so: `PER`, `ORG`, `LOC`, `MISC`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let place = ["PER", "ORG", "LOC", "MISC"].iter().position(|name| *name == tag)?;
        Self::ALL.get(place).copied()
    }

    /// The label of a name's first token.
    #[must_use]
    pub fn begin(self) -> usize {
        1 + 2 * self as usize
    }

    /// The label of a name's other tokens.
    #[must_use]
    pub fn inside(self) -> usize {
        2 + 2 * self as usize
    }

    /// The sort of a label; none for the one that is outside of names.
    #[must_use]
    pub fn of_label(label: usize) -> Option<Self> {
        Self::ALL.get(label.checked_sub(1)? / 2).copied()
    }
}

/// Whether one label may follow another; `None` is the start of a sentence.
#[must_use]
pub fn may_follow(before: Option<usize>, label: usize) -> bool {
    let inside = label > 0 && label.is_multiple_of(2);
    !inside || before.is_some_and(|before| Sort::of_label(before) == Sort::of_label(label))
}
