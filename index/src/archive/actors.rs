//! Who is in an archive: listed, looked up as people type it, decided on.

use std::collections::HashSet;
use std::sync::Arc;

use serde::Serialize;

use super::{Archive, MAX_LIMIT};
use crate::actor::{Actor, ActorId, ActorKind};
use crate::analysis;
use crate::article::{Article, ArticleId};
use crate::authority::{self, Authority, Decided, Decision, Entry, Logged};
use crate::backend::{Error, NameCount, NewEntry, Result};
use crate::edit;
use crate::query::Query;
use crate::registry::slug;
use crate::search::{Choice, Facet, FacetCount, Mode, NONE, Passage, SearchRequest};
use crate::suggest::{self, Suggestion};
use crate::why::{self, Present};

/// Actors offered to whoever typed a name that nobody has.
const OFFERED: usize = 5;
/// Names that are looked for at once: a query has its limits.
const PHRASES: usize = 100;

/// Values of one facet, most articles first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// The values.
    pub values: Vec<FacetCount>,
    /// Whether there are more.
    pub more: bool,
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
    /// now. All of them or, where one is refused, none. A name that was given or taken is looked for in
    /// the articles that print it.
    pub fn decide(&self, decisions: &[Decision], who: &str) -> Result<Decided> {
        let (authority, at, who) = (self.authority()?, edit::now(), edit::check_who(who)?);
        let entry = |decision: &Decision| {
            let decision = authority::check(decision.clone(), &authority)?;
            Ok(NewEntry { entry: Entry::Decision(decision), who: who.clone(), at: at.clone() })
        };
        let entries = decisions.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let decided = self.backend.decide(&entries)?;
        let new = entries.iter().zip(&decided.numbers).filter(|(_, number)| number.is_some());
        self.look_for(new.filter_map(|(new, _)| name_in(&new.entry)))?;
        Ok(decided)
    }

    /// Takes back an entry of the log. Tells whether there was one to take back.
    pub fn take_back(&self, number: u64, who: &str) -> Result<bool> {
        let (at, who) = (edit::now(), edit::check_who(who)?);
        let decided = self.backend.decide(&[NewEntry { entry: Entry::Undo { undo: number }, who, at }])?;
        let log = self.decisions()?;
        let mut undone = log.iter().find(|logged| logged.number == number);
        while let Some(Logged { entry: Entry::Undo { undo }, .. }) = undone {
            undone = log.iter().find(|logged| logged.number == *undo);
        }
        self.look_for(undone.and_then(|logged| name_in(&logged.entry)))?;
        Ok(decided.numbers.iter().any(Option::is_some))
    }

    /// The log of decisions, the oldest first.
    pub fn decisions(&self) -> Result<Vec<Logged>> {
        self.backend.decisions()
    }

    /// Takes in decisions of another archive, in their order, with who made them and when. Those at the
    /// beginning that stand here already are left alone, all of them if they would change nothing: the
    /// same file can be taken in twice. What became of each.
    pub fn import_decisions(&self, decisions: &[(Decision, String, String)]) -> Result<Vec<Imported>> {
        let log = self.decisions()?;
        let standing: Vec<&Decision> =
            authority::standing(&log).into_iter().map(|(_, decision)| decision).collect();
        let checked: Vec<_> = decisions.iter().map(checked).collect();
        let sound = || checked.iter().filter_map(|checked| Some(&checked.as_ref().ok()?.0));
        let now = self.authority()?;
        let then = now.with(standing.iter().copied().chain(sound()));
        let changes_nothing = then.is_as(&now);
        let mut known = standing.iter();
        let mut is_known = true;
        let mut entries = Vec::new();
        let mut imported = Vec::with_capacity(checked.len());
        for checked in &checked {
            imported.push(match checked {
                Err(reason) => Imported::Refused(reason.clone()),
                Ok(_) if changes_nothing => Imported::Known,
                Ok((decision, ..)) if is_known && known.any(|known| *known == decision) => Imported::Known,
                Ok((decision, who, at)) => {
                    is_known = false;
                    let entry = Entry::Decision(decision.clone());
                    entries.push(NewEntry { entry, who: who.clone(), at: at.clone() });
                    Imported::Written
                }
            });
        }
        self.backend.decide(&entries)?;
        self.look_for(entries.iter().filter_map(|new| name_in(&new.entry)))?;
        Ok(imported)
    }

    /// Has the mentions found anew in the articles that print one of these names, where the archive
    /// knows recognisers. Returns how many articles have others now.
    pub(super) fn look_for<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Result<u64> {
        let names: Vec<&str> = names.into_iter().collect();
        let Some(recognisers) = self.recognisers.as_ref().filter(|_| !names.is_empty()) else {
            return Ok(0);
        };
        let recognise = recognisers(self.authority()?.recognised());
        let found = self.printing(&names)?;
        self.backend.reread(&found, &mut |article| recognise(article))
    }

    /// The articles that print any of these names, each once.
    pub(super) fn printing(&self, names: &[&str]) -> Result<Vec<ArticleId>> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        for names in names.chunks(PHRASES) {
            let phrases: Vec<_> = names.iter().map(|name| phrase(name)).collect();
            let mut request = SearchRequest {
                limit: MAX_LIMIT,
                facet_limit: 0,
                ..SearchRequest::words(phrases.join(" OR "))
            };
            loop {
                let page = self.search(&request)?;
                let hits = page.hits.into_iter().map(|hit| hit.id);
                found.extend(hits.filter(|id| seen.insert(id.clone())));
                match page.next {
                    Some(next) => request.cursor = Some(next),
                    None => break,
                }
            }
        }
        Ok(found)
    }

    /// The articles that would gain an actor if it had these names, with their headlines.
    pub fn preview_names(&self, actor: &Actor, names: &[String]) -> Result<Vec<(ArticleId, String)>> {
        let now = self.authority()?;
        let log = self.decisions()?;
        let given: Vec<_> = names
            .iter()
            .map(|name| Decision::Name { name: name.clone(), actor: actor.clone(), taken_for: None })
            .collect();
        let standing = authority::standing(&log).into_iter().map(|(_, decision)| decision);
        let then = now.with(standing.chain(&given));
        let recognise = self.recognisers.as_ref().map(|recognisers| recognisers(then.recognised()));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut gaining = Vec::new();
        for id in self.printing(&names)? {
            let Some(stored) = self.article(&id)? else { continue };
            let mut article = stored.article;
            let before = names_actor(&article, &now, &actor.id);
            recognise.iter().for_each(|recognise| recognise(&mut article));
            if !before && names_actor(&article, &then, &actor.id) {
                gaining.push((id, article.title));
            }
        }
        Ok(gaining)
    }

    /// Who is in an article, and why; none where there is no such article.
    pub fn why(&self, id: &ArticleId) -> Result<Option<Vec<Present>>> {
        let Some(stored) = self.article(id)? else { return Ok(None) };
        Ok(Some(why::present(&stored.article, &*self.authority()?)))
    }

    /// The names that articles have for an actor, each with the articles that have it, most first.
    pub fn names_of(&self, actor: &ActorId) -> Result<Vec<NameCount>> {
        self.backend.names_of(actor)
    }

    /// The values of a facet whose label has all of these words, or beginnings of them.
    pub fn listed(&self, facet: Facet, words: &str, kind: Option<ActorKind>, limit: usize) -> Result<Listed> {
        let wanted = split(words);
        // Whoever is looked for by name may be the last.
        let facet_limit = if wanted.is_empty() { limit.saturating_add(1) } else { usize::MAX };
        let request = SearchRequest { limit: 0, facet_limit, actor_kind: kind, ..SearchRequest::default() };
        let mut answer = self.backend.search(&Query::All, &request)?;
        let mut values = answer.facets.remove(&facet).unwrap_or_default();
        values.retain(|count| {
            let label = split(&count.label);
            count.value != NONE
                && kind.is_none_or(|kind| count.kind == Some(kind))
                && wanted.iter().all(|wanted| label.iter().any(|word| word.starts_with(wanted.as_str())))
        });
        let more = values.len() > limit;
        values.truncate(limit);
        Ok(Listed { values, more })
    }

    /// Actors, authors or sources that may be one and are none by themselves, the weightiest first: those of
    /// which one side's label has all of these words, or beginnings of them.
    pub fn suggestions(&self, facet: Facet, words: &str, limit: usize) -> Result<Vec<Suggestion>> {
        let authority = self.authority()?;
        let mut suggestions = match facet {
            Facet::Actor => suggest::actors(&self.backend.named()?, &authority),
            _ => suggest::spellings(facet, &self.listed(facet, "", None, usize::MAX - 1)?.values, &authority),
        };
        let wanted = split(words);
        let has_words = |label: &str| {
            let label = split(label);
            wanted.iter().all(|wanted| label.iter().any(|word| word.starts_with(wanted.as_str())))
        };
        suggestions.retain(|suggestion| {
            [&suggestion.from, &suggestion.into].iter().any(|side| has_words(&side.label))
        });
        suggestions.truncate(limit);
        Ok(suggestions)
    }

    /// The actor that somebody means who typed an id, a label or any name of it.
    pub fn find_actor(&self, typed: &str) -> Result<Actor> {
        let authority = self.authority()?;
        let typed = typed.trim();
        let id = authority.survivor(&ActorId(typed.to_owned()));
        if let Some(actor) = self.known(&authority, &id)? {
            return Ok(actor);
        }
        let labelled = authority.labelled(typed);
        let mut meant: Vec<Actor> = Vec::new();
        for id in &labelled {
            meant.extend(self.known(&authority, id)?);
        }
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
        let q = names.first().map(|name| phrase(&name.name)).unwrap_or_default();
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

/// What became of a decision of another archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// It holds here, too.
    Written,
    /// It held already.
    Known,
    /// It makes no sense, and why.
    Refused(String),
}

/// A decision of another archive, if it makes sense here.
fn checked(
    (decision, who, at): &(Decision, String, String),
) -> std::result::Result<(Decision, String, String), String> {
    let decision = authority::check_shape(decision.clone()).map_err(|refused| refused.to_string())?;
    let who = edit::check_who(who).map_err(|refused| refused.to_string())?;
    let at = edit::check_at(at).map_err(|refused| refused.to_string())?;
    Ok((decision, who, at))
}

/// The name that an entry gives or takes.
fn name_in(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Decision(Decision::Name { name, .. } | Decision::Never { name, .. }) => Some(name),
        _ => None,
    }
}

fn names_actor(article: &Article, authority: &Authority, actor: &ActorId) -> bool {
    article.mentions.iter().any(|mention| {
        let named = authority.actor_in(&article.id, &mention.name, mention.kind);
        // A place that the list does not know may bear the id of an actor.
        let is_other = |named: &Actor| named.kind == ActorKind::Place && named.id.0.starts_with('~');
        named.is_some_and(|named| named.id == *actor && !is_other(&named))
    })
}

/// A name as a phrase of a query.
fn phrase(name: &str) -> String {
    format!("\"{}\"", name.replace('"', " "))
}

/// The words of a label, as they are compared.
fn split(text: &str) -> Vec<String> {
    let folded = analysis::fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}
