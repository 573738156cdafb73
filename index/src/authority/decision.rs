//! What people decide about actors, and the log of who decided what when.

use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, ActorId, ActorKind};
use crate::article::ArticleId;
use crate::registry::{Sort, fold};
use crate::search::Facet;

/// Something that a person decided. Actors are told with their label, so that a decision is understood
/// in another archive, and by whoever reads the file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "decide", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Decision {
    /// Two actors are one: all that was `from` is `into`.
    Merge {
        /// The actor that is no row of its own any more.
        from: Actor,
        /// The one that it is.
        into: Actor,
    },
    /// A name stands for this actor, whoever it stood for before. A name that is split off its actor
    /// stands for a new one.
    Name {
        /// The name, as it is spelled in print.
        name: String,
        /// Whom it names.
        actor: Actor,
        /// What sort of name it was taken for, where that is not the actor's own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taken_for: Option<ActorKind>,
    },
    /// A name stands for nobody: it is a common word, or no name at all.
    Never {
        /// The name.
        name: String,
        /// Its kind, for a person, a place and an organisation may share a name.
        kind: ActorKind,
    },
    /// An actor is called so.
    Rename {
        /// Who.
        actor: ActorId,
        /// What people read from now on.
        label: String,
    },
    /// An actor is of this kind.
    Kind {
        /// Who.
        actor: ActorId,
        /// What sort of actor.
        kind: ActorKind,
    },
    /// An actor is no row of any facet.
    Hide {
        /// Who.
        actor: Actor,
    },
    /// An actor is not in this article: what was taken for it is somebody else.
    NotHere {
        /// The article.
        article: ArticleId,
        /// Who is not in it.
        actor: Actor,
    },
    /// Two spellings of an author or a source are one: all that was `from` is called `into`. From a
    /// name into another spelling of itself is a renaming.
    Spelling {
        /// `author` or `source`.
        facet: Facet,
        /// The spelling that is no row of its own any more.
        from: String,
        /// What people read from now on.
        into: String,
    },
    /// Two values of a facet are two, however much they look like one: they are not offered for a merge.
    Distinct {
        /// `actor`, `author` or `source`.
        facet: Facet,
        /// An actor's id, or a spelling.
        one: String,
        /// The other's.
        other: String,
    },
}

impl Decision {
    /// The actors that it names.
    #[must_use]
    pub fn actors(&self) -> Vec<&ActorId> {
        match self {
            Self::Merge { from, into } => vec![&from.id, &into.id],
            Self::Name { actor, .. } | Self::Hide { actor } | Self::NotHere { actor, .. } => vec![&actor.id],
            Self::Rename { actor, .. } | Self::Kind { actor, .. } => vec![actor],
            Self::Never { .. } | Self::Spelling { .. } | Self::Distinct { .. } => Vec::new(),
        }
    }

    /// Changes the actors that it tells of with their labels.
    pub(super) fn each_actor(&mut self, mut change: impl FnMut(&mut Actor)) {
        match self {
            Self::Merge { from, into } => {
                change(from);
                change(into);
            }
            Self::Name { actor, .. } | Self::Hide { actor } | Self::NotHere { actor, .. } => change(actor),
            _ => {}
        }
    }

    /// What it is about: of two decisions about one subject the later holds.
    fn subject(&self) -> (&'static str, String) {
        match self {
            // A merge may be turned around by any other that names one of the two.
            Self::Merge { .. } => ("merge", String::new()),
            Self::Name { name, actor, taken_for } => name_of(name, taken_for.unwrap_or(actor.kind)),
            Self::Never { name, kind } => name_of(name, *kind),
            Self::Rename { actor, .. } => ("rename", actor.0.clone()),
            Self::Kind { actor, .. } => ("kind", actor.0.clone()),
            Self::Hide { actor } => ("hide", actor.id.0.clone()),
            Self::NotHere { article, actor } => ("not here", format!("{article} {}", actor.id)),
            Self::Spelling { .. } => ("spelling", String::new()),
            Self::Distinct { facet, one, other } => {
                ("distinct", format!("{facet}\n{}\n{}", one.min(other), one.max(other)))
            }
        }
    }
}

fn name_of(name: &str, kind: ActorKind) -> (&'static str, String) {
    ("name", format!("{:?} {}", Sort::of_kind(kind), fold(name)))
}

impl fmt::Display for Decision {
    /// As people read it in a list.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Merge { from, into } => {
                write!(f, "{} ({}) is {} ({})", from.label, from.id, into.label, into.id)
            }
            Self::Name { name, actor, .. } => write!(f, "“{name}” names {} ({})", actor.label, actor.id),
            Self::Never { name, kind } => write!(f, "“{name}” names no {}", kind.label()),
            Self::Rename { actor, label } => write!(f, "{actor} is called {label}"),
            Self::Kind { actor, kind } => write!(f, "{actor} is of the kind {}", kind.label()),
            Self::Hide { actor } => write!(f, "{} ({}) is hidden", actor.label, actor.id),
            Self::NotHere { article, actor } => {
                write!(f, "{} ({}) is not in the article {article}", actor.label, actor.id)
            }
            Self::Spelling { facet, from, into } => write!(f, "the {facet} “{from}” is “{into}”"),
            Self::Distinct { facet, one, other } => write!(f, "the {facet}s “{one}” and “{other}” are two"),
        }
    }
}

/// What an entry of the log does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// It takes back an earlier entry; of an undo that is to say, does again what that took back.
    Undo {
        /// The number of the entry that it takes back.
        undo: u64,
    },
    /// It decides something.
    Decision(Decision),
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// Its number in this archive, from 1.
    pub number: u64,
    /// What it does.
    #[serde(flatten)]
    pub entry: Entry,
    /// Who decided so.
    pub who: String,
    /// When: UTC, ISO 8601, with milliseconds.
    pub at: String,
}

/// What became of decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// The number of each entry in the log, in order; none where the same stood already.
    pub numbers: Vec<Option<u64>>,
}

/// The entries of a log that hold: decisions that no standing undo takes back, the oldest first.
#[must_use]
pub fn standing(log: &[Logged]) -> Vec<(&Logged, &Decision)> {
    let mut standing: Vec<_> = not_taken_back(log)
        .filter_map(|logged| match &logged.entry {
            Entry::Decision(decision) => Some((logged, decision)),
            Entry::Undo { .. } => None,
        })
        .collect();
    standing.reverse();
    standing
}

/// The entries, undos too, that no standing undo takes back, the newest first.
fn not_taken_back(log: &[Logged]) -> impl Iterator<Item = &Logged> {
    let mut void = HashSet::new();
    log.iter().rev().filter(move |logged| {
        let holds = !void.contains(&logged.number);
        if let (true, Entry::Undo { undo }) = (holds, &logged.entry) {
            void.insert(*undo);
        }
        holds
    })
}

/// A log that grows, with what stands of each subject.
#[derive(Clone, Debug, Default)]
pub struct Growing {
    log: Vec<Logged>,
    last: HashMap<(&'static str, String), Decision>,
}

impl Growing {
    /// A log as it is.
    #[must_use]
    pub fn new(log: Vec<Logged>) -> Self {
        let mut growing = Self { log, last: HashMap::new() };
        growing.stand();
        growing
    }

    fn stand(&mut self) {
        let standing = standing(&self.log).into_iter();
        self.last = standing.map(|(_, decision)| (decision.subject(), decision.clone())).collect();
    }

    /// Whether an entry changes anything: the same does not stand already, and there is something to take
    /// back. What came later may have turned a decision around: only the last of its subject is the same
    /// again.
    #[must_use]
    pub fn is_news(&self, entry: &Entry) -> bool {
        match entry {
            Entry::Decision(decision) => self.last.get(&decision.subject()) != Some(decision),
            Entry::Undo { undo } => not_taken_back(&self.log).any(|logged| logged.number == *undo),
        }
    }

    /// Appends an entry.
    pub fn push(&mut self, logged: Logged) {
        let stands = match &logged.entry {
            Entry::Decision(decision) => Some(decision.clone()),
            Entry::Undo { .. } => None,
        };
        self.log.push(logged);
        match stands {
            Some(decision) => drop(self.last.insert(decision.subject(), decision)),
            None => self.stand(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logged(number: u64, entry: Entry) -> Logged {
        Logged { number, entry, who: "Ada".into(), at: "2024-01-17T08:30:00.000Z".into() }
    }

    fn rename(label: &str) -> Entry {
        Entry::Decision(Decision::Rename { actor: ActorId("iran".into()), label: label.into() })
    }

    #[test]
    fn an_undo_takes_back_and_its_undo_does_again() {
        let numbers = |log: &[Logged]| -> Vec<u64> {
            standing(log).into_iter().map(|(logged, _)| logged.number).collect()
        };
        let mut log = vec![logged(1, rename("Persia")), logged(2, rename("Iran (state)"))];
        log.push(logged(3, Entry::Undo { undo: 1 }));
        assert_eq!(numbers(&log), [2]);
        log.push(logged(4, Entry::Undo { undo: 3 }));
        assert_eq!(numbers(&log), [1, 2], "it stands where it stood");
        log.push(logged(5, Entry::Undo { undo: 4 }));
        log.push(logged(6, Entry::Undo { undo: 2 }));
        assert_eq!(numbers(&log), [] as [u64; 0]);
    }

    #[test]
    fn an_entry_is_read_from_the_json_that_it_is_written_as() {
        let actor = Actor { id: ActorId("~x-y".into()), label: "X Y".into(), kind: ActorKind::ArmedGroup };
        let entries = [
            Entry::Undo { undo: 4 },
            rename("Persia"),
            Entry::Decision(Decision::Name {
                name: "XY".into(),
                actor: actor.clone(),
                taken_for: Some(ActorKind::Person),
            }),
            Entry::Decision(Decision::Merge { from: actor.clone(), into: actor }),
            Entry::Decision(Decision::Spelling { facet: Facet::Author, from: "A".into(), into: "B".into() }),
        ];
        for entry in entries {
            let logged = logged(7, entry);
            let json = serde_json::to_string(&logged).unwrap();
            assert_eq!(serde_json::from_str::<Logged>(&json).unwrap(), logged, "{json}");
        }
    }
}
