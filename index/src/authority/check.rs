//! What may be decided, and in which words a decision is refused.

use super::{Authority, Decision, spelling_key};
use crate::actor::{Actor, ActorId, ActorKind};
use crate::search::Facet;

/// The longest name or label, in characters.
const LONGEST: usize = 200;

/// Why something cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// A decision as it is written into the log: spaces set right, actors named by their survivors.
pub fn check(decision: Decision, authority: &Authority) -> Result<Decision, Refused> {
    let shown = |actor: &mut Actor| {
        if let Some(known) = authority.actor(&actor.id) {
            *actor = known;
        }
    };
    let mut decision = decision;
    match &mut decision {
        Decision::Merge { from, into } => {
            shown(from);
            shown(into);
            if from.id == into.id {
                return Err(Refused(format!(
                    "{} ({}) and the other are one actor already",
                    into.label, into.id
                )));
            }
        }
        Decision::Name { actor, .. } | Decision::Hide { actor } | Decision::NotHere { actor, .. } => {
            shown(actor)
        }
        Decision::Rename { actor, .. } | Decision::Kind { actor, .. } => *actor = authority.survivor(actor),
        Decision::Never { .. } => {}
        Decision::Distinct { facet, one, other } => {
            if *facet == Facet::Actor {
                let survivor = |id: &str| authority.survivor(&ActorId(id.trim().to_owned())).0;
                (*one, *other) = (survivor(one), survivor(other));
            }
        }
        Decision::Spelling { facet, from, into } => {
            let (group, label) = authority.spelling(*facet, into);
            // Into a spelling that was given to another: that one is meant, unless it is to be turned around.
            if let Some(label) = label
                && spelling_key(into) != group
                && authority.spelling(*facet, from).0 != group
            {
                label.clone_into(into);
            }
        }
    }
    check_shape(decision)
}

/// A decision that makes sense whatever the archive: spaces set right, nothing else changed.
pub fn check_shape(decision: Decision) -> Result<Decision, Refused> {
    let mut decision = decision;
    match &mut decision {
        Decision::Merge { from, into } => {
            if (from.kind == ActorKind::Place) != (into.kind == ActorKind::Place) {
                return Err(Refused(format!(
                    "{} is a {}, {} a {}: a place and an actor are never one",
                    from.label, from.kind, into.label, into.kind
                )));
            }
            label(from)?;
            label(into)?;
        }
        Decision::Name { name, actor, .. } => {
            *name = text("a name", name)?;
            label(actor)?;
        }
        Decision::Never { name, .. } => *name = text("a name", name)?,
        Decision::Rename { label, .. } => *label = text("a label", label)?,
        Decision::Kind { kind, .. } => {
            if *kind == ActorKind::Place {
                return Err(Refused("an actor does not become a place: hide it instead".into()));
            }
        }
        Decision::Hide { actor } | Decision::NotHere { actor, .. } => label(actor)?,
        Decision::Spelling { facet, from, into } => {
            if !matches!(facet, Facet::Author | Facet::Source) {
                return Err(Refused(format!("{facet}: only spellings of an author or a source are merged")));
            }
            *from = text("a name", from)?;
            *into = text("a name", into)?;
            if from == into {
                return Err(Refused(format!("{from:?} is spelled so already")));
            }
        }
        Decision::Distinct { facet, one, other } => {
            if !matches!(facet, Facet::Actor | Facet::Author | Facet::Source) {
                return Err(Refused(format!("{facet}: only actors, authors and sources are told apart")));
            }
            *one = text("a name", one)?;
            *other = text("a name", other)?;
            let key = |name: &str| if *facet == Facet::Actor { name.to_owned() } else { spelling_key(name) };
            if key(one) == key(other) {
                return Err(Refused(format!("{one:?} and {other:?} are one {facet} already")));
            }
        }
    }
    Ok(decision)
}

fn label(actor: &mut Actor) -> Result<(), Refused> {
    actor.label = text("a label", &actor.label)?;
    Ok(())
}

fn text(what: &str, text: &str) -> Result<String, Refused> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(Refused(format!("{what} must not be empty"))),
        length if length > LONGEST => {
            Err(Refused(format!("{what} has at most {LONGEST} characters, this one has {length}")))
        }
        _ if text.chars().any(char::is_control) => {
            Err(Refused(format!("{what} holds no control characters")))
        }
        _ => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::registry::Registry;

    #[test]
    fn what_makes_no_sense_is_refused_with_its_reason() {
        let authority = Authority::of_list(Arc::new(Registry::builtin()));
        let of = |id: &str, kind| Actor { id: ActorId(id.into()), label: id.into(), kind };
        let refused = [
            (
                Decision::Merge { from: of("iran", ActorKind::State), into: of("iran", ActorKind::State) },
                "one actor already",
            ),
            (
                Decision::Merge { from: of("kerman", ActorKind::Place), into: of("iran", ActorKind::State) },
                "never one",
            ),
            (Decision::Rename { actor: ActorId("iran".into()), label: "  ".into() }, "must not be empty"),
            (Decision::Rename { actor: ActorId("iran".into()), label: "x".repeat(201) }, "at most 200"),
            (
                Decision::Spelling { facet: Facet::Language, from: "a".into(), into: "b".into() },
                "only spellings",
            ),
        ];
        for (decision, reason) in refused {
            let said = check(decision, &authority).unwrap_err().to_string();
            assert!(said.contains(reason), "{said}");
        }
        let name = Decision::Name {
            name: " Bo \n Li ".into(),
            actor: of("~bo-li", ActorKind::Person),
            taken_for: None,
        };
        let Ok(Decision::Name { name, .. }) = check(name, &authority) else { panic!("it is refused") };
        assert_eq!(name, "Bo Li");
    }
}
