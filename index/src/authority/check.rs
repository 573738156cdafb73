//! What may be decided, and in which words a decision is refused.

use super::{Authority, Decision};
use crate::actor::ActorKind;
use crate::search::Facet;

/// The longest name or label, in characters.
const LONGEST: usize = 200;

/// Why something cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// A decision as it is written into the log: spaces set right, an actor named by its survivor.
pub fn check(decision: Decision, authority: &Authority) -> Result<Decision, Refused> {
    let id = |actor: &mut crate::actor::Actor| {
        let known = authority.actor(&actor.id);
        if let Some(known) = known {
            *actor = known;
        }
    };
    let mut decision = decision;
    match &mut decision {
        Decision::Merge { from, into } => {
            id(from);
            id(into);
            if from.id == into.id {
                return Err(Refused(format!(
                    "{} ({}) and the other are one actor already",
                    into.label, into.id
                )));
            }
            if (from.kind == ActorKind::Place) != (into.kind == ActorKind::Place) {
                return Err(Refused(format!(
                    "{} is a {}, {} a {}: a place and an actor are never one",
                    from.label, from.kind, into.label, into.kind
                )));
            }
        }
        Decision::Name { name, actor } => {
            *name = text("a name", name)?;
            actor.label = text("a label", &actor.label)?;
        }
        Decision::Never { name, .. } => *name = text("a name", name)?,
        Decision::Rename { label, .. } => *label = text("a label", label)?,
        Decision::Kind { kind, .. } => {
            if *kind == ActorKind::Place {
                return Err(Refused("an actor does not become a place: hide it instead".into()));
            }
        }
        Decision::Hide { .. } | Decision::NotHere { .. } => {}
        Decision::Spelling { facet, from, into } => {
            if !matches!(facet, Facet::Author | Facet::Source) {
                return Err(Refused(format!("{facet}: only spellings of an author or a source are merged")));
            }
            *from = text("a name", from)?;
            *into = text("a name", into)?;
        }
    }
    Ok(decision)
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
    use crate::actor::{Actor, ActorId};
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
        let name = Decision::Name { name: " Bo \n Li ".into(), actor: of("~bo-li", ActorKind::Person) };
        let Ok(Decision::Name { name, .. }) = check(name, &authority) else { panic!("it is refused") };
        assert_eq!(name, "Bo Li");
    }
}
