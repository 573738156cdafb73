//! What people decided, laid over the list.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Decision, Joined, spelling_key};
use crate::actor::{Actor, ActorId, ActorKind};
use crate::article::ArticleId;
use crate::registry::{Entry, Name, NameRule, Registry, Sort, fold, slug};
use crate::search::Facet;

/// Which names are one actor in an archive.
#[derive(Clone, Debug, Default)]
pub struct Authority {
    registry: Arc<Registry>,
    /// Actors of the archive that the list does not know and that are safely another.
    joined: Joined,
    /// Ids that only earlier lists had, with whom they lead to.
    former: HashMap<ActorId, ActorId>,
    /// Names that people gave to an actor, or to nobody.
    names: HashMap<(Sort, String), Option<Actor>>,
    /// Names that people gave to somebody, as they are spelled.
    spelled: Vec<(Sort, String, Actor)>,
    merged: HashMap<ActorId, ActorId>,
    /// Actors as decisions tell of them.
    told: HashMap<ActorId, Actor>,
    labels: HashMap<ActorId, String>,
    kinds: HashMap<ActorId, ActorKind>,
    hidden: HashSet<ActorId>,
    not_here: HashMap<ArticleId, Vec<ActorId>>,
    /// By their key: spellings that people gave to another, each with what people read then.
    spellings: HashMap<(Facet, String), String>,
    /// Values of a facet that people said are two.
    distinct: HashSet<(Facet, String, String)>,
}

impl Authority {
    /// The list alone.
    #[must_use]
    pub fn of_list(registry: Arc<Registry>) -> Self {
        Self { registry, ..Self::default() }
    }

    /// The list with standing decisions laid over it, the oldest first.
    #[must_use]
    pub fn new<'d>(registry: Arc<Registry>, decisions: impl IntoIterator<Item = &'d Decision>) -> Self {
        Self::joined(registry, Joined::default(), decisions)
    }

    /// The same, where actors that the list does not know are safely others.
    #[must_use]
    pub fn joined<'d>(
        registry: Arc<Registry>,
        joined: Joined,
        decisions: impl IntoIterator<Item = &'d Decision>,
    ) -> Self {
        let mut authority = Self { joined, ..Self::of_list(registry) };
        for decision in decisions {
            authority.lay(decision);
        }
        authority
    }

    /// The same list and archive with other decisions.
    #[must_use]
    pub fn with<'d>(&self, decisions: impl IntoIterator<Item = &'d Decision>) -> Self {
        let laid = Self::joined(Arc::clone(&self.registry), self.joined.clone(), decisions);
        laid.with_former(self.former.clone())
    }

    /// Gives an actor that no list knew when something was decided about it the id that the list knows it by.
    fn bring_up(&self, actor: &mut Actor) {
        if actor.id.0.strip_prefix('~') == Some(slug(&actor.label).as_str())
            && self.spelled.iter().all(|(_, _, given)| given.id != actor.id)
            && let Some(entry) = self.registry.entry_of(&actor.label, actor.kind)
        {
            actor.id = entry.actor.id.clone();
        }
    }

    /// Whom an id leads to that no article's names lead to: the list knows its name now, or did once.
    #[must_use]
    pub fn elsewhere(&self, id: &ActorId) -> Option<ActorId> {
        let led = match id.0.strip_prefix('~') {
            Some(slug) => {
                let name = slug.replace('-', " ");
                let sorts = [Sort::Other, Sort::Person].into_iter();
                let mut known = sorts.filter_map(|sort| self.registry.find_folded(sort, &name));
                known.next().filter(|_| known.next().is_none()).map(|entry| entry.actor.id.clone())
            }
            // A list may bring back who was gone.
            None if self.registry.actor(id).is_some() => None,
            None => self.former.get(id).cloned(),
        };
        led.map(|led| self.survivor(&led)).filter(|led| led != id)
    }

    /// The same, where ids that only earlier lists of the archive had lead to others.
    #[must_use]
    pub fn with_former(self, former: HashMap<ActorId, ActorId>) -> Self {
        Self { former, ..self }
    }

    fn lay(&mut self, decision: &Decision) {
        let mut decision = decision.clone();
        // Whom a name is given to may be a new one, and is told apart from the list's on purpose.
        if !matches!(decision, Decision::Name { .. }) {
            decision.each_actor(|actor| self.bring_up(actor));
        }
        match &decision {
            Decision::Merge { from, into } if from.id == into.id => self.tell([into]),
            Decision::Merge { from, into } => {
                self.tell([from, into]);
                let (from, into) = (self.survivor(&from.id), self.first(&into.id).clone());
                // Whoever was part of another and is now to survive stands by itself again.
                self.merged.remove(&into);
                if from != into {
                    self.merged.insert(from, into);
                }
            }
            Decision::Name { name, actor, taken_for } => {
                self.tell([actor]);
                let sort = Sort::of_kind(taken_for.unwrap_or(actor.kind));
                self.spelled.push((sort, name.clone(), actor.clone()));
                self.names.insert((sort, fold(name)), Some(actor.clone()));
            }
            Decision::Never { name, kind } => {
                self.names.insert((Sort::of_kind(*kind), fold(name)), None);
            }
            Decision::Rename { actor, label } => {
                self.labels.insert(self.first(actor).clone(), label.clone());
            }
            Decision::Kind { actor, kind } => {
                self.kinds.insert(self.first(actor).clone(), *kind);
            }
            Decision::Hide { actor } => {
                self.tell([actor]);
                self.hidden.insert(self.first(&actor.id).clone());
            }
            Decision::NotHere { article, actor } => {
                self.tell([actor]);
                self.not_here.entry(article.clone()).or_default().push(actor.id.clone());
            }
            Decision::Spelling { facet, from, into } => self.lay_spelling(*facet, from, into),
            Decision::Distinct { facet, one, other } => {
                let (one, other) = (one.min(other).clone(), one.max(other).clone());
                self.distinct.insert((*facet, one, other));
            }
        }
    }

    fn tell<'a>(&mut self, actors: impl IntoIterator<Item = &'a Actor>) {
        for actor in actors {
            self.told.entry(actor.id.clone()).or_insert_with(|| actor.clone());
        }
    }

    fn lay_spelling(&mut self, facet: Facet, from: &str, into: &str) {
        let (from, key) = (spelling_key(from), spelling_key(into));
        // What was given to `from` before goes along.
        for label in self.spellings.iter_mut().filter(|((of, _), _)| *of == facet).map(|(_, label)| label) {
            if spelling_key(label) == from {
                into.clone_into(label);
            }
        }
        self.spellings.insert((facet, from), into.to_owned());
        self.spellings.insert((facet, key), into.to_owned());
    }

    /// Whether the other answers every question alike.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        self.joined == other.joined
            && self.names == other.names
            && self.merged == other.merged
            && self.labels == other.labels
            && self.kinds == other.kinds
            && self.hidden == other.hidden
            && self.not_here == other.not_here
            && self.spellings == other.spellings
            && self.distinct == other.distinct
    }

    /// The actors that people gave this label.
    #[must_use]
    pub fn labelled(&self, label: &str) -> Vec<ActorId> {
        let label = fold(label);
        let mut ids: Vec<_> = self
            .labels
            .iter()
            .filter(|(_, own)| fold(own) == label)
            .map(|(id, _)| self.survivor(id))
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// The list that the program brings.
    #[must_use]
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// The actor that a name stands for; none where it stands for nobody, or for somebody who is hidden.
    #[must_use]
    pub fn actor_of(&self, name: &str, kind: ActorKind) -> Option<Actor> {
        let actor = match self.given(name, kind) {
            Some(given) => given.clone()?,
            None => self.registry.actor_of(name, kind),
        };
        if stands_apart(&actor) {
            return Some(actor);
        }
        Some(self.shown(actor)).filter(|actor| !self.hidden.contains(&actor.id))
    }

    /// The actor that a name stands for in one article.
    #[must_use]
    pub fn actor_in(&self, article: &ArticleId, name: &str, kind: ActorKind) -> Option<Actor> {
        let actor = self.actor_of(name, kind)?;
        (stands_apart(&actor) || !self.is_absent(article, &actor.id)).then_some(actor)
    }

    /// Whether people said that an actor is not in this article.
    #[must_use]
    pub fn is_absent(&self, article: &ArticleId, actor: &ActorId) -> bool {
        let absent = self.not_here.get(article);
        absent.is_some_and(|absent| absent.iter().any(|absent| self.survivor(absent) == *actor))
    }

    /// The articles from which people took an actor, with who was taken.
    pub fn absences(&self) -> impl Iterator<Item = (&ArticleId, ActorId)> {
        let absences = self.not_here.iter();
        absences.flat_map(move |(article, actors)| actors.iter().map(move |id| (article, self.survivor(id))))
    }

    fn given(&self, name: &str, kind: ActorKind) -> Option<&Option<Actor>> {
        if self.names.is_empty() {
            return None;
        }
        self.names.get(&(Sort::of_kind(kind), fold(name)))
    }

    /// An actor as it is shown: the one that it was merged into, with its label and its kind.
    fn shown(&self, actor: Actor) -> Actor {
        let id = self.survivor(&actor.id);
        let is_first = self.joined.survivor(&id).is_some();
        let mut actor = if id == actor.id && !is_first { actor } else { self.described(id) };
        if let Some(label) = self.labels.get(&actor.id) {
            actor.label.clone_from(label);
        }
        if let Some(kind) = self.kinds.get(&actor.id) {
            actor.kind = *kind;
        }
        actor
    }

    fn described(&self, id: ActorId) -> Actor {
        self.known(&id).cloned().unwrap_or_else(|| Actor {
            label: id.0.clone(),
            id,
            kind: ActorKind::Organisation,
        })
    }

    /// Who an id leads to: the actor that it was merged into, or itself.
    #[must_use]
    pub fn survivor(&self, id: &ActorId) -> ActorId {
        let mut id = self.first(id);
        while let Some(into) = self.merged.get(id) {
            id = self.first(into);
        }
        id.clone()
    }

    /// Who an address means that names an actor or, in the facet of places, a place.
    #[must_use]
    pub fn meant(&self, id: &ActorId, is_place: bool) -> ActorId {
        if is_place && id.0.starts_with('~') { id.clone() } else { self.survivor(id) }
    }

    /// The actor that an id is safely another spelling of, or itself.
    fn first<'a>(&'a self, id: &'a ActorId) -> &'a ActorId {
        let mut id = id;
        while let Some(into) = self.joined.other(id) {
            id = into;
        }
        id
    }

    /// The actor of an id, as far as the list, the archive's names or a decision tell of it.
    #[must_use]
    pub fn actor(&self, id: &ActorId) -> Option<Actor> {
        let id = self.survivor(id);
        let known = self.known(&id)?;
        Some(self.shown(known.clone()))
    }

    fn known(&self, id: &ActorId) -> Option<&Actor> {
        self.registry.actor(id).or_else(|| self.joined.survivor(id)).or_else(|| self.told.get(id))
    }

    /// Whether an actor that the list does not know is told of by a decision, or others are safely it.
    #[must_use]
    pub fn is_told(&self, id: &ActorId) -> bool {
        self.told.contains_key(id) || self.joined.survivor(id).is_some()
    }

    /// Whether an actor is hidden.
    #[must_use]
    pub fn is_hidden(&self, id: &ActorId) -> bool {
        self.hidden.contains(&self.survivor(id))
    }

    /// The ids that were merged into an actor, and those that are safely it, sorted.
    #[must_use]
    pub fn merged_into(&self, id: &ActorId) -> Vec<ActorId> {
        let all = self.merged.keys().chain(self.joined.ids());
        let mut merged: Vec<_> = all.filter(|from| self.survivor(from) == *id).cloned().collect();
        merged.sort();
        merged.dedup();
        merged
    }

    /// The actors that names were split off from an actor of the list, sorted: an address that names
    /// the one may mean the others.
    #[must_use]
    pub fn split_off(&self, id: &ActorId) -> Vec<ActorId> {
        let elsewhere = self.names.iter().filter_map(move |((sort, name), actor)| {
            let now = self.survivor(&actor.as_ref()?.id);
            let listed = self.registry.find_folded(*sort, name)?;
            (self.survivor(&listed.actor.id) == *id && now != *id).then_some(now)
        });
        let mut elsewhere: Vec<_> = elsewhere.collect();
        elsewhere.sort();
        elsewhere.dedup();
        elsewhere
    }

    /// The list as recognisers look for its names: with those that people added, without those that they
    /// said name nobody.
    #[must_use]
    pub fn recognised(&self) -> Arc<Registry> {
        if self.names.is_empty() {
            return Arc::clone(&self.registry);
        }
        let mut entries: Vec<Entry> = self.registry.entries().cloned().collect();
        for entry in &mut entries {
            let sort = Sort::of_kind(entry.actor.kind);
            entry.names.retain(|name| !matches!(self.names.get(&(sort, fold(&name.text))), Some(None)));
        }
        let mut places: HashMap<ActorId, usize> =
            entries.iter().enumerate().map(|(place, entry)| (entry.actor.id.clone(), place)).collect();
        for (sort, spelled, actor) in &self.spelled {
            // What was said of the name later holds.
            let stands = self.names.get(&(*sort, fold(spelled))).and_then(Option::as_ref);
            if stands.is_none_or(|stands| stands.id != actor.id) {
                continue;
            }
            let name = Name::new(spelled, NameRule::Alias);
            match places.get(&actor.id) {
                Some(place) => entries[*place].names.push(name),
                None => {
                    places.insert(actor.id.clone(), entries.len());
                    entries.push(Entry::of(actor.clone(), name));
                }
            }
        }
        Arc::new(Registry::new(entries))
    }

    /// The pairs of values of a facet that people said are two, as they were named then.
    pub fn distinct(&self, facet: Facet) -> impl Iterator<Item = (&str, &str)> {
        let of_facet = self.distinct.iter().filter(move |(of, ..)| *of == facet);
        of_facet.map(|(_, one, other)| (one.as_str(), other.as_str()))
    }

    /// By what a spelling of an author or a source is one with others, and how people want it to be read.
    #[must_use]
    pub fn spelling(&self, facet: Facet, name: &str) -> (String, Option<&str>) {
        let key = spelling_key(name);
        match self.spellings.get(&(facet, key.clone())) {
            Some(label) => (spelling_key(label), Some(label.as_str())),
            None => (key, None),
        }
    }
}

/// Whether it is a place that the list does not know. Its id may be that of an actor, too (a man called
/// after a village): what people decide about an id is about the actor, and of such a place they decide
/// about its names.
fn stands_apart(actor: &Actor) -> bool {
    actor.kind == ActorKind::Place && actor.id.0.starts_with('~')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(id: &str, kind: ActorKind) -> Actor {
        Actor { id: ActorId(id.into()), label: id.trim_start_matches('~').into(), kind }
    }

    fn person(id: &str) -> Actor {
        actor(id, ActorKind::Person)
    }

    fn merge(from: &str, into: &str) -> Decision {
        Decision::Merge { from: person(from), into: person(into) }
    }

    fn laid(decisions: &[Decision]) -> Authority {
        Authority::new(Arc::new(Registry::builtin()), decisions)
    }

    fn id_of(authority: &Authority, name: &str, kind: ActorKind) -> Option<String> {
        authority.actor_of(name, kind).map(|actor| actor.id.0)
    }

    #[test]
    fn a_merge_leads_every_name_of_one_to_the_other() {
        let iran = Registry::builtin().actor(&ActorId("iran".into())).unwrap().clone();
        let persia = actor("~sublime-state-of-persia", ActorKind::State);
        let authority = laid(&[Decision::Merge { from: persia, into: iran }]);
        let merged = authority.actor_of("The Sublime State of Persia", ActorKind::State).unwrap();
        assert_eq!((merged.id.0.as_str(), merged.label.as_str()), ("iran", "Iran"));
        assert_eq!(
            authority.merged_into(&ActorId("iran".into())),
            [ActorId("~sublime-state-of-persia".into())]
        );
    }

    #[test]
    fn merges_in_a_row_and_in_a_circle_have_one_survivor() {
        let authority = laid(&[merge("~a", "~b"), merge("~b", "~c")]);
        assert_eq!(authority.survivor(&ActorId("~a".into())).0, "~c");
        let authority = laid(&[merge("~a", "~b"), merge("~b", "~c"), merge("~c", "~a")]);
        for id in ["~a", "~b", "~c"] {
            assert_eq!(authority.survivor(&ActorId(id.into())).0, "~a", "{id}");
        }
        let authority = laid(&[merge("~a", "~b"), merge("~a", "~a")]);
        assert_eq!(authority.survivor(&ActorId("~a".into())).0, "~b");
    }

    #[test]
    fn a_name_split_off_is_somebody_else_and_its_old_actor_says_so() {
        let split = Decision::Name {
            name: "Persia".into(),
            actor: actor("~persia", ActorKind::State),
            taken_for: None,
        };
        let authority = laid(&[split]);
        assert_eq!(id_of(&authority, "Persia", ActorKind::State).unwrap(), "~persia");
        assert_eq!(id_of(&authority, "Iranian", ActorKind::State).unwrap(), "iran");
        assert_eq!(authority.split_off(&ActorId("iran".into())), [ActorId("~persia".into())]);
    }

    #[test]
    fn recognisers_look_for_what_was_added_and_not_for_what_names_nobody() {
        let weather = || Decision::Name {
            name: "Better Weather".into(),
            actor: actor("~better-weather", ActorKind::Organisation),
            taken_for: None,
        };
        let never = Decision::Never { name: "better weather".into(), kind: ActorKind::Organisation };
        let looked_for = |decisions: &[Decision]| {
            let list = laid(decisions).recognised();
            list.entry(&ActorId("~better-weather".into())).is_some()
        };
        assert!(looked_for(&[weather()]));
        assert!(!looked_for(&[weather(), never.clone()]), "what was said last holds");
        assert!(looked_for(&[never, weather()]));
    }

    #[test]
    fn who_is_hidden_or_nobody_or_absent_is_no_actor() {
        let authority = laid(&[
            Decision::Hide { actor: person("~ada-byron") },
            Decision::Never { name: "Live Story".into(), kind: ActorKind::Organisation },
            Decision::NotHere { article: ArticleId::new("a").unwrap(), actor: person("~bo-li") },
            merge("~bo-li", "~bo-lee"),
        ]);
        assert_eq!(authority.actor_of("Ada Byron", ActorKind::Person), None);
        assert_eq!(authority.actor_of("LIVE STORY", ActorKind::Institution), None);
        let there = |article: &str| {
            authority.actor_in(&ArticleId::new(article).unwrap(), "Bo Li", ActorKind::Person).is_some()
        };
        assert!(!there("a") && there("b"), "it is absent as whom it was merged into, too");
    }

    #[test]
    fn a_label_and_a_kind_are_those_of_the_survivor() {
        let id = ActorId("~harbour-wire".into());
        let authority = laid(&[
            Decision::Rename { actor: id.clone(), label: "Harbour Wire Service".into() },
            Decision::Kind { actor: id, kind: ActorKind::Institution },
            Decision::Merge {
                from: actor("~hws", ActorKind::Organisation),
                into: actor("~harbour-wire", ActorKind::Organisation),
            },
        ]);
        let actor = authority.actor_of("HWS", ActorKind::Organisation).unwrap();
        assert_eq!((actor.label.as_str(), actor.kind), ("Harbour Wire Service", ActorKind::Institution));
    }

    #[test]
    fn spellings_follow_what_they_were_merged_into() {
        let spelling = |from: &str, into: &str| Decision::Spelling {
            facet: Facet::Source,
            from: from.into(),
            into: into.into(),
        };
        let authority = laid(&[
            spelling("Fox Online News", "Fox News (Online)"),
            spelling("Fox News (Online)", "Fox News"),
        ]);
        for name in ["fox online news", "Fox News (online)", "FOX NEWS"] {
            assert_eq!(
                authority.spelling(Facet::Source, name),
                ("foxnews".into(), Some("Fox News")),
                "{name}"
            );
        }
        assert_eq!(authority.spelling(Facet::Author, "Fox Online News"), ("foxonlinenews".into(), None));
    }
}
