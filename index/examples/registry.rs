//! Prints what the built-in list of actors holds, by kind: `cargo run -p dateline-index --example registry`.
#![expect(clippy::print_stdout, reason = "its output is what it is for")]

use dateline_index::actor::ActorKind;
use dateline_index::registry::{Registry, tally};

fn main() {
    let registry = Registry::builtin();
    println!(
        "{:<14} {:>7} {:>8} {:>9} {:>13} {:>9}",
        "kind", "actors", "aliases", "demonyms", "of languages", "capitals"
    );
    let (mut actors, mut aliases) = (0, 0);
    for (kind, tally) in tally(registry.entries()) {
        println!(
            "{:<14} {:>7} {:>8} {:>9} {:>13} {:>9}",
            kind.to_string(),
            tally.actors,
            tally.aliases,
            tally.demonyms,
            tally.of_languages,
            tally.capitals
        );
        if kind != ActorKind::Place {
            (actors, aliases) = (actors + tally.actors, aliases + tally.aliases);
        }
    }
    println!(
        "{:<14} {actors:>7} {aliases:>8}   without places; \"demonyms\" and \"of languages\" are aliases too",
        "all"
    );
}
