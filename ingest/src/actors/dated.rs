//! Names that change hands: an article is read by what its names meant on its day.

use dateline_index::actor::{ActorKind, Mention};
use dateline_index::registry::{Meaning, Registry};
use jiff::civil::Date;

/// Gives each name that meant somebody else on that day a name that means them at all times. A capital that
/// spoke for a state no longer is a place.
pub(super) fn settle(mentions: &mut [Mention], registry: &Registry, day: Option<Date>) {
    for mention in mentions {
        match registry.meaning_on(&mention.name, mention.kind, day) {
            Meaning::Usual => {}
            Meaning::Other(entry) => {
                if let Some(name) = registry.lasting_name(entry) {
                    name.clone_into(&mut mention.name);
                    mention.kind = entry.actor.kind;
                    "date".clone_into(&mut mention.resolved_by);
                }
            }
            Meaning::Past if mention.resolved_by == "capital" => {
                mention.kind = ActorKind::Place;
                "alias".clone_into(&mut mention.resolved_by);
            }
            // Whoever writes of what is no more means what was.
            Meaning::Past => {}
        }
    }
}
