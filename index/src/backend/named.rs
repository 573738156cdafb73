//! Which names stand in which articles: what is counted from when names are to mean somebody else.

use std::collections::HashMap;

use crate::actor::{Actor, ActorId, ActorKind};
use crate::authority::Authority;

/// Every name of actors, with the articles that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// The names, each with what it was taken for, in the order in which they came.
    pub names: Vec<(String, ActorKind)>,
    /// For each of the names, the numbers of the articles that have it, ascending. Numbers tell articles
    /// apart and mean nothing else.
    pub articles: Vec<Vec<u32>>,
    /// Articles from which people took an actor, with who was taken.
    pub absent: Vec<(u32, ActorId)>,
}

/// The articles of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Who.
    pub actor: Actor,
    /// The numbers of the articles that name it, ascending.
    pub articles: Vec<u32>,
    /// The places of its names in [`Named::names`].
    pub names: Vec<usize>,
}

impl Named {
    /// Sets the articles of each name right: ascending, each once; names of places fall away.
    pub(crate) fn settle(&mut self) {
        let names = std::mem::take(&mut self.names).into_iter();
        let named = names.zip(std::mem::take(&mut self.articles));
        for (name, mut articles) in named.filter(|((_, kind), _)| *kind != ActorKind::Place) {
            articles.sort_unstable();
            articles.dedup();
            self.names.push(name);
            self.articles.push(articles);
        }
    }

    /// The articles of every actor, as an authority understands the names.
    #[must_use]
    pub fn count(&self, authority: &Authority) -> HashMap<ActorId, Count> {
        let mut counts: HashMap<ActorId, Count> = HashMap::new();
        for (place, (name, kind)) in self.names.iter().enumerate() {
            let Some(actor) = authority.actor_of(name, *kind) else { continue };
            let count = counts.entry(actor.id.clone()).or_insert_with(|| Count {
                actor,
                articles: Vec::new(),
                names: Vec::new(),
            });
            count.articles.extend(&self.articles[place]);
            count.names.push(place);
        }
        for count in counts.values_mut().filter(|count| count.names.len() > 1) {
            count.articles.sort_unstable();
            count.articles.dedup();
        }
        for (article, actor) in &self.absent {
            let mut id = authority.survivor(actor);
            if !counts.contains_key(&id) {
                id = authority.elsewhere(&id).unwrap_or(id);
            }
            if let Some(count) = counts.get_mut(&id) {
                count.articles.retain(|known| known != article);
            }
        }
        counts
    }
}
