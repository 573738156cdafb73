//! Common names ("Congress", "Foreign Ministry", "National Front") belong to the country that an
//! article is about: there they mean the body that the registry knows with the country's name.

use std::collections::{BTreeMap, HashSet};

use dateline_index::actor::{ActorKind, Field, Mention};
use dateline_index::registry::{Entry, NameRule, Registry, fold};

use super::lists::organisation_heads;

/// Where a mention stands.
pub(super) type Span = (Field, usize, usize);

/// Gives common names to the bodies of the article's country, and drops those that are nobody's
/// there. `seen` are the spans that the tagger holds for names by themselves.
pub(super) fn bring_home(mentions: &mut Vec<Mention>, seen: &HashSet<Span>, registry: &Registry) {
    let countries = countries(mentions, registry);
    let home = Home { main: main(&countries).and_then(|code| Country::of(code, registry)), registry };
    mentions.retain_mut(|mention| {
        let entry = registry.entry_of(&mention.name, mention.kind);
        let Some(entry) = entry.filter(|entry| is_wary(entry, &mention.name)) else {
            if entry.is_none() && is_body(mention) {
                home.rename(mention, false);
            }
            return true;
        };
        let away = entry.country.as_ref().is_some_and(|country| !countries.contains_key(country));
        let own = is_its_own_name(entry, &mention.name);
        let printed = seen.contains(&(mention.field, mention.start, mention.end));
        match away {
            true => printed && (own || home.rename(mention, true)),
            // "obtain a Visa": where the tagger reads the language, it must see the company too.
            false => !own || printed || seen.is_empty(),
        }
    });
}

/// How often the article names each country and what belongs to it.
fn countries(mentions: &[Mention], registry: &Registry) -> BTreeMap<String, usize> {
    let mut countries = BTreeMap::new();
    for mention in mentions {
        let entry = registry.entry_of(&mention.name, mention.kind);
        let entry = entry.filter(|entry| !is_wary(entry, &mention.name));
        if let Some(country) = entry.and_then(|entry| entry.country.as_ref()) {
            *countries.entry(country.clone()).or_default() += 1;
        }
    }
    countries
}

/// The country that is named more often than any other.
fn main(countries: &BTreeMap<String, usize>) -> Option<&str> {
    let (code, most) = countries.iter().max_by_key(|(_, count)| **count)?;
    let alone = countries.values().filter(|count| *count == most).count() == 1;
    alone.then_some(code.as_str())
}

fn is_wary(entry: &Entry, name: &str) -> bool {
    let kind = entry.actor.kind;
    !matches!(kind, ActorKind::Person | ActorKind::State | ActorKind::Place)
        && entry.names.iter().any(|known| known.wary && known.text == name)
}

/// Whether a name is a body's by what it does: "Foreign Ministry".
fn is_body(mention: &Mention) -> bool {
    super::is_learned(&mention.found_by)
        && matches!(mention.kind, ActorKind::Institution | ActorKind::Organisation)
        && mention.name.split(' ').any(|word| organisation_heads().contains(fold(word).as_str()))
}

/// Whether a common word is what the whole world calls a company ("Shell"), and no party.
fn is_its_own_name(entry: &Entry, name: &str) -> bool {
    let acronym = !name.contains(char::is_lowercase);
    let label = &entry.actor.label;
    let forms = label.strip_prefix(name).is_some_and(|rest| rest.split(' ').count() <= 2);
    let party = label.split(' ').any(|word| organisation_heads().contains(fold(word).as_str()));
    entry.actor.kind == ActorKind::Organisation && !acronym && !name.contains(' ') && forms && !party
}

/// The country that an article is about.
struct Home<'r> {
    main: Option<Country>,
    registry: &'r Registry,
}

/// What a country and its people are called.
struct Country {
    label: String,
    adjectives: Vec<String>,
}

impl Country {
    fn of(code: &str, registry: &Registry) -> Option<Self> {
        let state = registry
            .entries()
            .find(|entry| entry.actor.kind == ActorKind::State && entry.country.as_deref() == Some(code))?;
        let people =
            state.names.iter().filter(|name| name.rule == NameRule::Demonym && name.language.is_none());
        let adjectives = people.take(1).map(|name| name.text.clone()).collect();
        Some(Self { label: state.actor.label.clone(), adjectives })
    }

    /// How the country's body of a name is written in full.
    fn forms(&self, name: &str) -> Vec<String> {
        let mut forms: Vec<_> =
            self.adjectives.iter().map(|adjective| format!("{adjective} {name}")).collect();
        forms.extend([format!("{}'s {name}", self.label), format!("{} {name}", self.label)]);
        if name.contains(' ') || organisation_heads().contains(fold(name).as_str()) {
            forms.push(format!("{name} of {}", self.label));
        }
        forms
    }
}

impl Home<'_> {
    /// Gives a mention the name of the main country's body. A name that the registry does not know
    /// with that country is told apart by the country, if it must be.
    fn rename(&self, mention: &mut Mention, must: bool) -> bool {
        let Some(main) = &self.main else { return false };
        let known = main.forms(&mention.name).into_iter().find_map(|form| {
            let entry = self.registry.entry_of(&form, mention.kind)?;
            let body = !matches!(entry.actor.kind, ActorKind::Person | ActorKind::Place | ActorKind::State);
            // "The Times" is not the Times of Israel.
            let medium = entry.actor.kind == ActorKind::Organisation && form.ends_with(&main.label);
            (body && !medium).then_some((form, entry))
        });
        match known {
            Some((form, entry)) => {
                mention.name = form;
                mention.kind = entry.actor.kind;
                "registry".clone_into(&mut mention.found_by);
            }
            None if must => mention.name = format!("{} ({})", mention.name, main.label),
            None => return false,
        }
        "country".clone_into(&mut mention.resolved_by);
        true
    }
}
