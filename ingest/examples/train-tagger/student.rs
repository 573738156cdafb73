//! What weights that were learned, with all other rules of the stage, say of a text.

use std::sync::Arc;

use dateline_index::actor::Field;
use dateline_index::registry::Registry;
use dateline_ingest::actors::evaluate::{Document, Name, found};
use dateline_ingest::actors::tagger::{Model, Sort, Tagger};
use dateline_ingest::actors::{Actors, FieldText};

/// A tagger with its registry and rules.
pub(crate) struct Student {
    actors: Actors,
    tagger: Tagger,
}

impl Student {
    /// The student that a model makes.
    pub(crate) fn new(model: Model) -> Self {
        let actors = Actors::with_tagger(Arc::new(Registry::builtin()), Tagger::new(model.clone()));
        Self { actors, tagger: Tagger::new(model) }
    }

    /// The names of a text: actors as the whole stage finds them, and what the tagger alone takes
    /// for names of another sort.
    pub(crate) fn names(&self, document: &Document) -> Vec<Name> {
        let found = found(&self.actors, document);
        let mut names: Vec<Name> =
            found.iter().map(|named| Name { start: named.start, end: named.end, sort: named.sort }).collect();
        let field = FieldText::new(Field::Text, &document.text, None);
        for (tokens, tagged) in self.tagger.tag(&[field]) {
            for name in tagged.iter().filter(|name| name.sort == Sort::Other) {
                let (start, end) = (tokens[name.first].start, tokens[name.last].end);
                if !found.iter().any(|named| named.start < end && start < named.end) {
                    names.push(Name { start, end, sort: Sort::Other });
                }
            }
        }
        names.sort_unstable_by_key(|name| (name.start, name.end));
        names.dedup_by(|second, first| second.start < first.end);
        names
    }
}
