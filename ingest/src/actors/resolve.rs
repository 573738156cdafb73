//! From mentions to names within one article: "Soleimani" is the Qassem Soleimani named elsewhere
//! in it, an acronym is what it was defined to be, and Moscow in 1962 speaks for the Soviet Union.

use std::collections::{BTreeSet, HashMap, HashSet};

use dateline_index::actor::{ActorId, ActorKind, Field, Mention};
use dateline_index::registry::Registry;

use super::context;
use super::definition::Definition;
use super::home::{Span, bring_home};
use super::is_learned;
use super::lists::{GOVERNMENT_VERBS, OPENERS, ORDINARY_SURNAMES, PARTICLES, comes_first, holds};
use super::words::{Case, FieldText, fold_word, words};

/// Capitals of states that are no more: in an article that names the state, the capital is its.
const FORMER_CAPITALS: &[(&str, &str)] =
    &[("Belgrade", "Yugoslavia"), ("Moscow", "Soviet Union"), ("Prague", "Czechoslovakia")];

/// What the article itself says its names are.
#[derive(Debug, Default)]
pub(super) struct Glossary {
    /// For the folded first word of a name, the names that open with it, longest first.
    names: HashMap<String, Vec<Local>>,
    /// The people named in full, in the order of their mentions.
    people: Vec<Person>,
}

/// A mention of a person by the full name.
#[derive(Debug)]
struct Person {
    field: Field,
    start: usize,
    /// The name's folded words.
    words: Vec<String>,
    full: Full,
}

/// A short form of a name that the article gives in full.
#[derive(Clone, Debug)]
struct Local {
    /// Its folded words.
    words: Vec<String>,
    /// The full name; none where two actors of the article share the short form.
    full: Option<Full>,
    rule: Rule,
}

#[derive(Clone, Debug)]
struct Full {
    name: String,
    kind: ActorKind,
    found_by: String,
    actor: ActorId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Alias,
    Surname,
    Acronym,
}

impl Glossary {
    /// Gathers the full names and the definitions of an article.
    pub(super) fn new(mentions: &[Mention], definitions: &[Definition], registry: &Registry) -> Self {
        let mut glossary = Self::default();
        for mention in mentions.iter().filter(|mention| mention.kind == ActorKind::Person) {
            let full = full(mention, registry);
            let words = folded_words(&mention.name);
            if words.len() > 1 {
                let (field, start) = (mention.field, mention.start);
                glossary.people.push(Person { field, start, words, full: full.clone() });
            }
            if mention.found_by == "pattern"
                || is_learned(&mention.found_by) && folded_words(&mention.text).len() > 1
            {
                glossary.add(folded_words(&mention.text), &full, Rule::Alias);
            }
            // The actor's own label names its family too: "Chairman Mao" is Mao Zedong.
            let label = registry.actor_of(&mention.name, mention.kind).label;
            let forms: BTreeSet<_> = surnames(&mention.name).into_iter().chain(surnames(&label)).collect();
            for form in forms {
                glossary.add(form, &full, Rule::Surname);
            }
        }
        for definition in definitions {
            let actor = registry.actor_of(&definition.name, definition.kind).id;
            let (name, found_by) = (definition.name.clone(), definition.found_by.clone());
            let full = Full { name, kind: definition.kind, found_by, actor };
            glossary.add(folded_words(&definition.acronym), &full, Rule::Acronym);
            if full.found_by == "pattern" {
                glossary.add(folded_words(&definition.name), &full, Rule::Alias);
            }
        }
        for names in glossary.names.values_mut() {
            names.sort_by_key(|local| std::cmp::Reverse(local.words.len()));
        }
        glossary
    }

    fn add(&mut self, words: Vec<String>, full: &Full, rule: Rule) {
        let Some(first) = words.first() else { return };
        let names = self.names.entry(first.clone()).or_default();
        match names.iter_mut().find(|local| local.words == words) {
            // Two people with one surname stay two, and the surname alone is neither.
            Some(local) if local.full.as_ref().is_some_and(|known| known.actor != full.actor) => {
                local.full = None
            }
            Some(_) => {}
            None => names.push(Local { words, full: Some(full.clone()), rule }),
        }
    }

    /// The short forms of a field that no mention covers yet.
    pub(super) fn mentions(&self, field: &FieldText<'_>, taken: &[Mention]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        let mut taken = taken.iter().filter(|mention| mention.field == field.field).peekable();
        let mut place = 0;
        while place < field.words.len() {
            let word = field.words[place];
            while taken.next_if(|mention| mention.end <= word.start).is_some() {}
            let limit = taken.peek().map_or(usize::MAX, |mention| mention.start);
            match self.local(field, place, limit) {
                Some((last, local, full)) if word.start < limit => {
                    mentions.push(mention(field, place, last, local.rule, full));
                    place = last + 1;
                }
                _ => place += 1,
            }
        }
        mentions
    }

    fn local(&self, field: &FieldText<'_>, first: usize, limit: usize) -> Option<(usize, &Local, &Full)> {
        if field.words[first].case == Case::Lower && !holds(PARTICLES, &field.folded(first)) {
            return None;
        }
        let names = self.names.get(&field.folded(first))?;
        names.iter().find_map(|local| {
            let last = first + local.words.len() - 1;
            let full = local.full.as_ref()?;
            let whole = last < field.words.len()
                && field.words[last].end <= limit
                && (first..=last).all(|place| field.folded(place) == local.words[place - first]);
            (whole && local.suits(field, first, last)).then_some((last, local, full))
        })
    }

    /// Gives mentions of the registry the meaning they have in this article. Those that turn out to
    /// be nobody in particular are dropped. `seen` are the spans that the tagger holds for names by themselves.
    /// Whose a capital is follows from the article's day, where one is known.
    pub(super) fn settle(
        &self,
        mentions: &mut Vec<Mention>,
        seen: &HashSet<Span>,
        registry: &Registry,
        is_dated: bool,
    ) {
        mentions.retain_mut(|mention| self.settle_one(mention, registry));
        bring_home(mentions, seen, registry);
        if is_dated {
            return;
        }
        let named: BTreeSet<_> = mentions
            .iter()
            .filter(|mention| mention.resolved_by != "capital")
            .map(|mention| registry.actor_of(&mention.name, mention.kind).label)
            .collect();
        for mention in mentions.iter_mut().filter(|mention| mention.resolved_by == "capital") {
            let former = FORMER_CAPITALS.iter().find(|(capital, _)| *capital == mention.name);
            if let Some((_, state)) = former.filter(|(_, state)| named.contains(*state)) {
                mention.name = (*state).to_owned();
            }
        }
    }

    fn settle_one(&self, mention: &mut Mention, registry: &Registry) -> bool {
        if mention.resolved_by != "alias" {
            return true;
        }
        let words = folded_words(&mention.text);
        let local = words.first().and_then(|first| self.names.get(first)?.iter().find(|l| l.words == words));
        let Some(local) = local.filter(|local| local.rule != Rule::Alias) else {
            self.name_in_full(mention, &words);
            return true;
        };
        // A name that is one word by itself is no surname: "Putin" is, "Abu Mazen" is not.
        match &local.full {
            Some(full) if full.name != mention.name => {
                let same = full.actor == registry.actor_of(&mention.name, mention.kind).id;
                if local.rule == Rule::Acronym && same {
                    mention.resolved_by = "acronym".to_owned();
                    return true;
                }
                mention.name.clone_from(&full.name);
                mention.kind = full.kind;
                mention.found_by.clone_from(&full.found_by);
                mention.resolved_by = local.rule.as_str().to_owned();
                true
            }
            Some(_) => true,
            None => self.name_of_two(mention, &words),
        }
    }

    /// Gives a surname that two people share to the one whom alone the article has named so far.
    fn name_of_two(&self, mention: &mut Mention, words: &[String]) -> bool {
        if mention.found_by == "registry" && mention.kind != ActorKind::Person {
            return true;
        }
        let before = |person: &&Person| person.field == mention.field && person.start < mention.start;
        let mut named = self.bearers(words).filter(before);
        if let Some(person) = named.next()
            && named.all(|other| other.full.actor == person.full.actor)
        {
            person.lend_name(mention);
            return true;
        }
        if is_learned(&mention.found_by) && !self.bearers(words).any(Person::is_known) {
            mention.kind = ActorKind::Person;
            self.name_in_full(mention, words);
            return true;
        }
        mention.kind != ActorKind::Person
    }

    /// Gives a part of a name, which the tagger saw, to the person who was last named in full with
    /// it: the article then names nobody whom it does not name in full.
    fn name_in_full(&self, mention: &mut Mention, words: &[String]) {
        if !is_learned(&mention.found_by) || mention.kind != ActorKind::Person {
            return;
        }
        let before = |person: &&Person| person.field == mention.field && person.start < mention.start;
        let last = self.bearers(words).filter(before).last();
        let Some(person) = last.or_else(|| self.bearers(words).next()) else { return };
        person.lend_name(mention);
    }

    /// The people whose names open or end with a word.
    fn bearers(&self, words: &[String]) -> impl Iterator<Item = &Person> {
        let word = (words.len() == 1).then(|| words[0].clone());
        self.people.iter().filter(move |person| {
            word.is_some() && (person.words.first() == word.as_ref() || person.words.last() == word.as_ref())
        })
    }
}

impl Person {
    fn lend_name(&self, mention: &mut Mention) {
        mention.name.clone_from(&self.full.name);
        mention.kind = self.full.kind;
        Rule::Surname.as_str().clone_into(&mut mention.resolved_by);
    }

    fn is_known(&self) -> bool {
        self.full.found_by == "registry"
    }
}

impl Local {
    /// Whether the short form may stand for the full name at these words.
    fn suits(&self, field: &FieldText<'_>, first: usize, last: usize) -> bool {
        match self.rule {
            Rule::Alias => true,
            Rule::Acronym => field.words[first].case == Case::Capitals,
            Rule::Surname => {
                let large = field.words[last].case != Case::Lower;
                large && context::stands_alone(field, first, last) && self.is_meant(field, first, last)
            }
        }
    }

    /// Surnames that are ordinary words need a title before or a verb after them.
    fn is_meant(&self, field: &FieldText<'_>, first: usize, last: usize) -> bool {
        let ordinary = self.words.len() == 1 && holds(ORDINARY_SURNAMES, &self.words[0]);
        // "So", "He": a capital within a sentence tells the name from the word.
        if self.words.len() == 1 && holds(OPENERS, &self.words[0]) {
            let within = |before: usize| field.words[before].case == Case::Lower && !field.title_case;
            return field.neighbour_before(first).is_some_and(within) || context::follows_title(field, first);
        }
        let speaks = |place| holds(GOVERNMENT_VERBS, &field.folded(place));
        !ordinary || context::follows_title(field, first) || field.neighbour_after(last).is_some_and(speaks)
    }
}

impl Rule {
    fn as_str(self) -> &'static str {
        match self {
            Self::Alias => "alias",
            Self::Surname => "surname",
            Self::Acronym => "acronym",
        }
    }
}

fn full(mention: &Mention, registry: &Registry) -> Full {
    Full {
        name: mention.name.clone(),
        kind: mention.kind,
        found_by: mention.found_by.clone(),
        actor: registry.actor_of(&mention.name, mention.kind).id,
    }
}

fn mention(field: &FieldText<'_>, first: usize, last: usize, rule: Rule, full: &Full) -> Mention {
    let (start, end) = (field.words[first].start, field.words[last].end);
    Mention {
        field: field.field,
        start,
        end,
        text: field.text[start..end].to_owned(),
        name: full.name.clone(),
        kind: full.kind,
        found_by: full.found_by.clone(),
        resolved_by: rule.as_str().to_owned(),
    }
}

fn folded_words(name: &str) -> Vec<String> {
    words(name).iter().map(|word| fold_word(&name[word.start..word.end])).collect()
}

/// The surnames of a full name, folded: the last word, also with its particles ("al assad" and
/// "assad"), or the first where the family's name comes first.
fn surnames(name: &str) -> Vec<Vec<String>> {
    let words = folded_words(name);
    // "John Paul II", "Martin Luther King Jr."
    let ends =
        |word: &String| matches!(word.as_str(), "ii" | "iii" | "vi" | "xii" | "xvi" | "xxiii" | "jr" | "sr");
    let words: Vec<_> = words.into_iter().filter(|word| !ends(word)).collect();
    let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) else { return Vec::new() };
    if let Some(family) = before_given_name(name) {
        return vec![vec![family]];
    }
    if comes_first(&words[0]) && words.len() <= 3 {
        // "Liang Ge" may be written in western order.
        let western = (words.len() == 2).then(|| vec![words[1].clone()]);
        return [vec![words[0].clone()]].into_iter().chain(western).collect();
    }
    if words[0] == "king" || words[0] == "queen" || words[0] == "pope" || words.contains(&"of".to_owned()) {
        return Vec::new();
    }
    let mut forms = vec![vec![words[last].clone()]];
    let particles = words[..last].iter().rev().take_while(|word| holds(PARTICLES, word)).count();
    if particles > 0 && particles < last {
        forms.push(words[last - particles..].to_vec());
    }
    forms
}

/// The surname before a given name of two syllables with a hyphen: "Lo" of "Lo Chung-mau", "So" of
/// "Kevin So Kam-wai", where a western given name stands before it.
fn before_given_name(name: &str) -> Option<String> {
    let places = words(name);
    let given = places.len().checked_sub(2)?;
    let (one, two) = (places[given], places[given + 1]);
    let tied = &name[one.end..two.start] == "-" && one.case == Case::Capital && two.case == Case::Lower;
    let family = match given {
        1 => places[0],
        2 | 3 => places[1],
        _ => return None,
    };
    (tied && family.case == Case::Capital).then(|| fold_word(&name[family.start..family.end]))
}
