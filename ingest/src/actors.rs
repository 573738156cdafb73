//! Who an article is about: finds the mentions of actors and places in its headline and its text.
//!
//! Recognisers look at a field and name what they see; their spans are reconciled; then names are
//! resolved within the article. Which names are one actor is the registry's knowledge, not ours:
//! a mention keeps the name.

mod capitals;
mod context;
mod dated;
mod definition;
pub mod evaluate;
mod gazetteer;
mod home;
mod lists;
#[cfg(feature = "neural")]
pub mod neural;
mod pattern;
mod resolve;
pub mod tagger;
#[cfg(test)]
mod tests;
mod variants;
mod words;

use std::collections::HashSet;
use std::sync::Arc;

use dateline_index::actor::{ActorKind, Field, Mention};
use dateline_index::article::Article;
use dateline_index::registry::{Registry, fold};

pub use gazetteer::Gazetteer;
pub use pattern::Titles;
pub use words::{Case, FieldText, Word};

use definition::{Definition, definitions};
use resolve::Glossary;
use tagger::Tagger;

/// Anything that finds mentions.
pub trait Recognizer: Send + Sync {
    /// What a mention keeps as `found_by`.
    fn name(&self) -> &'static str;

    /// The mentions in a field, in order and without overlaps, their spans on characters' bounds.
    fn mentions(&self, field: &FieldText<'_>) -> Vec<Mention>;

    /// The mentions in each field of one article, for recognisers that look at all of them together.
    fn read(&self, fields: &[FieldText<'_>]) -> Vec<Vec<Mention>> {
        fields.iter().map(|field| self.mentions(field)).collect()
    }
}

impl<R: Recognizer + ?Sized> Recognizer for Arc<R> {
    fn name(&self) -> &'static str {
        (**self).name()
    }

    fn mentions(&self, field: &FieldText<'_>) -> Vec<Mention> {
        (**self).mentions(field)
    }

    fn read(&self, fields: &[FieldText<'_>]) -> Vec<Vec<Mention>> {
        (**self).read(fields)
    }
}

/// Whether a mention was found by what was learned from labelled texts.
fn is_learned(found_by: &str) -> bool {
    matches!(found_by, "tagger" | "neural")
}

/// The recognisers, built once and shared by all threads.
pub struct Actors {
    registry: Arc<Registry>,
    gazetteer: Gazetteer,
    /// Recognisers of names that the registry does not know, in the order of their rank.
    others: Vec<Box<dyn Recognizer>>,
}

impl std::fmt::Debug for Actors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let others: Vec<_> = self.others.iter().map(|other| other.name()).collect();
        f.debug_struct("Actors").field("others", &others).finish_non_exhaustive()
    }
}

impl Actors {
    /// Builds the recognisers for a registry: about a tenth of a second, so once for all articles.
    #[must_use]
    pub fn new(registry: Arc<Registry>) -> Self {
        Self::with_tagger(registry, Tagger::default())
    }

    /// The same with another tagger.
    #[must_use]
    pub fn with_tagger(registry: Arc<Registry>, tagger: Tagger) -> Self {
        let gazetteer = Gazetteer::new(&registry);
        Self { registry, gazetteer, others: vec![Box::new(tagger), Box::new(Titles)] }
    }

    /// Asks another recogniser, too, before all that look for unknown names: where it and they see a
    /// name in one place, its word stands.
    #[must_use]
    pub fn with(mut self, recogniser: Box<dyn Recognizer>) -> Self {
        self.others.insert(0, recogniser);
        self
    }

    /// Which names are one actor, as the recognisers know it.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Fills an article's mentions: sorted by field and place, none overlapping another.
    pub fn recognise(&self, article: &mut Article) {
        let fields = [(Field::Title, &article.title), (Field::Text, &article.text)];
        let fields = fields.map(|(field, text)| FieldText::new(field, text, article.language));
        let (mut mentions, mut defined, mut nobody) = (Vec::new(), Vec::new(), Vec::new());
        let mut seen: Vec<Vec<Mention>> = fields.iter().map(|field| self.gazetteer.mentions(field)).collect();
        let written = fields.each_ref().map(|field| capitals::truecased(field.text));
        let small: Vec<_> = fields
            .iter()
            .zip(&written)
            .map(|(field, text)| FieldText::new(field.field, text, field.language))
            .collect();
        let mut seen_by_others = HashSet::new();
        for other in &self.others {
            let found = as_printed(other.read(&small), &fields);
            seen_by_others.extend(found.iter().flatten().map(|name| (name.field, name.start, name.end)));
            seen = seen.into_iter().zip(found).map(|(seen, found)| add(seen, found)).collect();
        }
        for (field, seen) in fields.iter().zip(seen) {
            let (found, (definitions, things)) = self.look_at(field, seen);
            mentions.extend(found);
            defined.extend(definitions);
            nobody.extend(things);
        }
        mentions.retain(|mention| !nobody.contains(&mention.text));
        let glossary = Glossary::new(&mentions, &defined, &self.registry);
        let day = article.published.as_ref().map(|published| published.date.first_day());
        glossary.settle(&mut mentions, &seen_by_others, &self.registry, day.is_some());
        for field in &fields {
            let resolved = glossary.mentions(field, &mentions);
            mentions = merge(mentions, resolved);
        }
        variants::join(&mut mentions, &self.registry);
        dated::settle(&mut mentions, &self.registry, day);
        let own = Own::new(article, &self.registry);
        mentions.retain(|mention| !own.is(mention, &self.registry));
        article.mentions = mentions;
    }

    /// What the recognisers see in a field, and which acronyms it defines to be somebody and nobody.
    fn look_at(&self, field: &FieldText<'_>, mentions: Vec<Mention>) -> (Vec<Mention>, Defined) {
        let defined = definitions(field, &mentions, &self.registry);
        let unknown = defined.0.iter().filter(|definition| definition.found_by == "pattern");
        let unknown = unknown.map(|definition| of_definition(field, definition)).collect();
        (add(mentions, unknown), defined)
    }
}

/// Acronyms with their full names, and acronyms of things.
type Defined = (Vec<Definition>, Vec<String>);

/// Mentions found in texts that were in capitals, with what is printed there.
fn as_printed(mut found: Vec<Vec<Mention>>, fields: &[FieldText<'_>]) -> Vec<Vec<Mention>> {
    for (mentions, field) in found.iter_mut().zip(fields) {
        for mention in mentions {
            field.text[mention.start..mention.end].clone_into(&mut mention.text);
        }
    }
    found
}

/// Adds what another recogniser found. A longer name replaces what it holds as parts ("Jordan" in
/// "Jordan Bardella", "Iran" in "University of Iran"); where two names are equal, or one is within
/// the known one, or they only share some words, the known one stands.
fn add(mut mentions: Vec<Mention>, found: Vec<Mention>) -> Vec<Mention> {
    for mut new in found {
        let first = mentions.partition_point(|mention| mention.end <= new.start);
        let last = mentions.partition_point(|mention| mention.start < new.end);
        let held = &mentions[first..last.max(first)];
        if let [old] = held
            && is_with_given_name(old, &new)
        {
            (new.name, new.found_by) = (old.name.clone(), old.found_by.clone());
            mentions[first] = new;
        } else if held.iter().all(|old| yields(old, &new)) {
            mentions.splice(first..last.max(first), [new]);
        }
    }
    mentions
}

/// Whether a person is printed with another given name behind the known name: "Kevin So" in "Kevin So
/// Kam-wai".
fn is_with_given_name(old: &Mention, new: &Mention) -> bool {
    let people = (old.kind, new.kind) == (ActorKind::Person, ActorKind::Person);
    let longer = people && old.start == new.start && old.end < new.end && old.text.contains(' ');
    let rest = if longer { &new.text[old.text.len()..] } else { "" };
    let tied = rest.split_once('-').is_some_and(|(_, syllable)| syllable.starts_with(char::is_lowercase));
    rest.starts_with(' ') && tied
}

/// Whether a known name gives way to one that is found beside it.
fn yields(old: &Mention, new: &Mention) -> bool {
    if old.start < new.start || new.end < old.end || old.text.len() == new.text.len() {
        return false;
    }
    let outside = [&new.text[..old.start - new.start], &new.text[old.end - new.start..]];
    match (old.kind, new.kind) {
        // "the Iranian Ada Lind": a people is no part of a person's name.
        (_, ActorKind::Person) => {
            old.resolved_by == "alias" && (old.kind != ActorKind::Person || old.end == new.end)
        }
        (ActorKind::State | ActorKind::Place, _) => true,
        // In capitals nobody sees where a name ends.
        _ if !new.text.contains(char::is_lowercase) => false,
        // "the Quds Force of the IRGC" names two.
        _ => !outside.iter().any(|part| part.contains([',', '&', '’', '\'']) || part.split(' ').any(is_link)),
    }
}

fn is_link(word: &str) -> bool {
    matches!(word, "of" | "and" | "for" | "in")
}

/// Merges mentions that do not overlap.
fn merge(mut mentions: Vec<Mention>, more: Vec<Mention>) -> Vec<Mention> {
    mentions.extend(more);
    mentions.sort_by_key(|mention| (mention.field != Field::Title, mention.start));
    mentions
}

fn of_definition(field: &FieldText<'_>, definition: &Definition) -> Mention {
    let (first, last) = definition.words;
    let (start, end) = (field.words[first].start, field.words[last].end);
    Mention {
        field: field.field,
        start,
        end,
        text: field.text[start..end].to_owned(),
        name: definition.name.clone(),
        kind: definition.kind,
        found_by: definition.found_by.clone(),
        resolved_by: "alias".to_owned(),
    }
}

/// The outlet and the authors of an article, who are not its actors.
struct Own {
    names: Vec<String>,
    ids: Vec<String>,
}

impl Own {
    fn new(article: &Article, registry: &Registry) -> Self {
        let mut own = Self { names: Vec::new(), ids: Vec::new() };
        if let Some(source) = &article.source {
            own.ids.push(registry.actor_of(&source.name, ActorKind::Organisation).id.0);
            let domain = source.domain.as_deref().and_then(|domain| domain.split('.').next());
            own.names.extend([Some(source.name.as_str()), domain].into_iter().flatten().map(joined));
        }
        for byline in &article.bylines {
            own.ids.push(registry.actor_of(&byline.0, ActorKind::Person).id.0);
            own.names.push(joined(&byline.0));
        }
        own
    }

    fn is(&self, mention: &Mention, registry: &Registry) -> bool {
        if !matches!(mention.kind, ActorKind::Person | ActorKind::Organisation) {
            return false;
        }
        let actor = registry.actor_of(&mention.name, mention.kind);
        self.ids.contains(&actor.id.0) || self.names.contains(&joined(&mention.name))
    }
}

/// A name without its gaps: a domain has none.
fn joined(name: &str) -> String {
    fold(name).replace(' ', "")
}
