//! Who is in an archive: listed, looked up as people type it, decided on.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;

use super::{Archive, MAX_FACET_LIMIT};
use crate::actor::{Actor, ActorId, ActorKind};
use crate::analysis;
use crate::article::{Article, ArticleId};
use crate::authority::{self, Authority, Decided, Decision, Entry, Logged};
use crate::backend::{Error, NameCount, NewEntry, Result};
use crate::edit;
use crate::registry::slug;
use crate::search::{Choice, Facet, FacetCount, Mode, NONE, Passage, SearchRequest};

/// Actors offered to whoever typed a name that nobody has.
const OFFERED: usize = 5;

/// Values of one facet, most articles first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The values.
    pub values: Vec<FacetCount>,
    /// Whether there may be more than were looked through.
    pub cut: bool,
}

/// One side of a merge that is about to be decided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side {
    /// Who.
    pub actor: Actor,
    /// The articles that name it.
    pub articles: u64,
    /// The names that those have for it.
    pub names: Vec<NameCount>,
    /// The headline of one of them, and a passage that names it.
    pub example: Option<(String, Passage)>,
}

/// What a merge would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergePreview {
    /// Who would be no row of its own any more.
    pub from: Side,
    /// Who would survive.
    pub into: Side,
    /// The articles that would count for the survivor.
    pub together: u64,
}

impl Archive {
    /// Which names are one actor, as the newest decision leaves it.
    pub fn authority(&self) -> Result<Arc<Authority>> {
        self.backend.authority()
    }

    /// Decides something about actors, authors or sources: it holds with the next answer. `who` says so,
    /// now. All of them or, where one is refused, none.
    pub fn decide(&self, decisions: &[Decision], who: &str) -> Result<Decided> {
        let (authority, at, who) = (self.authority()?, edit::now(), edit::check_who(who)?);
        let entry = |decision: &Decision| {
            let decision = authority::check(decision.clone(), &authority)?;
            Ok(NewEntry { entry: Entry::Decision(decision), who: who.clone(), at: at.clone() })
        };
        let entries = decisions.iter().map(entry).collect::<Result<Vec<_>>>()?;
        self.backend.decide(&entries)
    }

    /// Takes back an entry of the log of decisions. Tells whether there was one to take back.
    pub fn take_back(&self, number: u64, who: &str) -> Result<bool> {
        let (at, who) = (edit::now(), edit::check_who(who)?);
        let decided = self.backend.decide(&[NewEntry { entry: Entry::Undo { undo: number }, who, at }])?;
        Ok(decided.numbers.iter().any(Option::is_some))
    }

    /// The log of decisions, the oldest first.
    pub fn decisions(&self) -> Result<Vec<Logged>> {
        self.backend.decisions()
    }

    /// Takes in decisions of another archive, with who made them and when. What stands already is left
    /// alone, so the same file can be taken in twice.
    pub fn import_decisions(&self, decisions: &[(Decision, String, String)]) -> Result<Decided> {
        let log = self.decisions()?;
        let standing: HashSet<&Decision> =
            authority::standing(&log).into_iter().map(|(_, decision)| decision).collect();
        let news: Vec<bool> = decisions.iter().map(|(decision, ..)| !standing.contains(decision)).collect();
        let entries: Vec<_> = decisions
            .iter()
            .zip(&news)
            .filter(|(_, news)| **news)
            .map(|((decision, who, at), _)| NewEntry {
                entry: Entry::Decision(decision.clone()),
                who: who.clone(),
                at: at.clone(),
            })
            .collect();
        let mut numbers = self.backend.decide(&entries)?.numbers.into_iter();
        let number = |news: bool| if news { numbers.next().flatten() } else { None };
        Ok(Decided { numbers: news.into_iter().map(number).collect() })
    }

    /// The names that articles have for an actor, each with the articles that have it, most first.
    pub fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        self.backend.names_of(actor)
    }

    /// Has the mentions of these articles found anew; returns how many articles have others now.
    pub fn reread(&self, articles: &[ArticleId], recognise: &mut dyn FnMut(&mut Article)) -> Result<u64> {
        self.backend.reread(articles, recognise)
    }

    /// The values of a facet whose label has all of these words, or beginnings of them.
    pub fn listed(&self, facet: Facet, words: &str, kind: Option<ActorKind>, limit: usize) -> Result<Listed> {
        let request = SearchRequest { limit: 0, facet_limit: MAX_FACET_LIMIT, ..SearchRequest::default() };
        let mut values = self.search(&request)?.facets.remove(&facet).unwrap_or_default();
        let cut = values.len() >= MAX_FACET_LIMIT;
        let wanted = split(words);
        values.retain(|count| {
            let label = split(&count.label);
            count.value != NONE
                && kind.is_none_or(|kind| count.kind == Some(kind))
                && wanted.iter().all(|wanted| label.iter().any(|word| word.starts_with(wanted.as_str())))
        });
        values.truncate(limit);
        Ok(Listed { values, cut })
    }

    /// The actor that somebody means who typed an id, a label or any name of it.
    pub fn find_actor(&self, typed: &str) -> Result<Actor> {
        let authority = self.authority()?;
        let typed = typed.trim();
        let id = authority.survivor(&ActorId(typed.to_owned()));
        if let Some(actor) = self.known(&authority, &id)? {
            return Ok(actor);
        }
        let mut meant: Vec<Actor> = Vec::new();
        for kind in [ActorKind::Person, ActorKind::Organisation, ActorKind::State] {
            let Some(actor) = authority.actor_of(typed, kind) else { continue };
            if let Some(actor) = self.known(&authority, &actor.id)?
                && !meant.iter().any(|other| other.id == actor.id)
            {
                meant.push(actor);
            }
        }
        match meant.as_slice() {
            [one] => Ok(one.clone()),
            [] => Err(self.no_actor(typed)?),
            several => {
                let like = several.iter().map(|actor| (actor.id.clone(), actor.label.clone())).collect();
                Err(Error::NoActor { name: typed.to_owned(), like })
            }
        }
    }

    /// The actor of an id: as the list or a decision knows it, else as articles name it.
    fn known(&self, authority: &Authority, id: &ActorId) -> Result<Option<Actor>> {
        if let Some(actor) = authority.actor(id) {
            return Ok(Some(actor));
        }
        if !id.0.starts_with('~') {
            return Ok(None);
        }
        let names = self.names_of(id)?;
        Ok(names.first().and_then(|name| authority.actor_of(&name.name, name.kind)))
    }

    fn no_actor(&self, typed: &str) -> Result<Error> {
        let mut like: Vec<(ActorId, String)> = Vec::new();
        for word in split(typed).into_iter().filter(|word| word.chars().count() > 2) {
            for count in self.listed(Facet::Actor, &word, None, OFFERED)?.values {
                let offered = (ActorId(count.value), count.label);
                if like.len() < OFFERED && !like.contains(&offered) {
                    like.push(offered);
                }
            }
        }
        Ok(Error::NoActor { name: typed.to_owned(), like })
    }

    /// An actor with its articles, its names and a passage.
    pub fn side(&self, actor: &Actor) -> Result<Side> {
        let names = self.names_of(&actor.id)?;
        let q = names.first().map(|name| format!("\"{}\"", name.name.replace('"', " "))).unwrap_or_default();
        let choice = Choice { include: vec![actor.id.0.clone()], ..Choice::default() };
        let choices = [(Facet::Actor, choice)].into();
        let request = SearchRequest { limit: 1, facet_limit: 0, choices, ..SearchRequest::words(&q) };
        let example = self.search(&request)?.hits.into_iter().next();
        let example = example.and_then(|hit| Some((hit.title, hit.passages.into_iter().next()?)));
        let articles = self.articles_of(&[&actor.id])?;
        Ok(Side { actor: actor.clone(), articles, names, example })
    }

    /// The articles that name any of these actors.
    fn articles_of(&self, actors: &[&ActorId]) -> Result<u64> {
        let include = actors.iter().map(|id| id.0.clone()).collect();
        let choice = Choice { include, mode: Some(Mode::Any), ..Choice::default() };
        let choices = [(Facet::Actor, choice)].into();
        Ok(self
            .search(&SearchRequest { limit: 0, facet_limit: 0, choices, ..SearchRequest::default() })?
            .total)
    }

    /// What a merge would do, before it is decided.
    pub fn preview_merge(&self, from: &Actor, into: &Actor) -> Result<MergePreview> {
        authority::check(Decision::Merge { from: from.clone(), into: into.clone() }, &*self.authority()?)?;
        let together = self.articles_of(&[&from.id, &into.id])?;
        Ok(MergePreview { from: self.side(from)?, into: self.side(into)?, together })
    }

    /// An actor for a name that is split off its own, or that nobody has yet: its id is not taken.
    pub fn new_actor(&self, label: &str, kind: ActorKind) -> Result<Actor> {
        let authority = self.authority()?;
        let base = format!("~{}", slug(label));
        let mut id = ActorId(base.clone());
        let mut number = 2;
        while authority.actor(&id).is_some()
            || authority.is_hidden(&id)
            || authority.survivor(&id) != id
            || !self.names_of(&id)?.is_empty()
        {
            id = ActorId(format!("{base}-{number}"));
            number += 1;
        }
        Ok(Actor { id, label: label.trim().to_owned(), kind })
    }
}

/// The words of a label, as they are compared.
fn split(text: &str) -> Vec<String> {
    let folded = analysis::fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
