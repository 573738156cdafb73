//! Names that no list knows and that are safely one: told apart by gaps alone ("al-Assad", "Alassad"), or,
//! of a person, by whether the family's name comes first ("Xi Jinping", "Jinping Xi").

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::LazyLock;

use crate::actor::{Actor, ActorId, ActorKind};
use crate::registry::{Registry, Sort, fold};

/// Shorter names are spelled alike by chance.
const LONG_ENOUGH: usize = 8;

/// Words that are given names and families' names: their order tells people apart.
static BOTH_WAYS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/names/both-ways.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether many people bear a word, as a given name and as their family's.
pub(crate) fn is_borne_by_many(word: &str) -> bool {
    BOTH_WAYS.contains(word)
}

/// The Arabic article, however it is written.
const ARTICLES: [&str; 8] = ["al", "el", "ul", "ol", "as", "ad", "an", "ar"];

/// What makes names of that sort safely one: two that share any of these are. `words` are a name's, folded.
pub(crate) fn keys(sort: Sort, words: &[&str]) -> [Option<u64>; 2] {
    let digit = |letter: char| letter.is_numeric();
    if words.is_empty() || sort == Sort::Place || words.iter().any(|word| word.contains(digit)) {
        return [None, None];
    }
    let length: usize = words.iter().map(|word| word.chars().count()).sum();
    let joined = (length >= LONG_ENOUGH).then(|| {
        let mut hasher = DefaultHasher::new();
        (sort, "joined").hash(&mut hasher);
        words.iter().flat_map(|word| word.bytes()).for_each(|byte| hasher.write_u8(byte));
        hasher.finish()
    });
    [joined, (sort == Sort::Person).then(|| turned(words)).flatten()]
}

/// The key of a person's name, whichever end the family's name stands at.
fn turned(words: &[&str]) -> Option<u64> {
    let glued = glued(words);
    let ambiguous = glued.iter().filter(|word| is_borne_by_many(word)).count();
    let initial = glued.iter().any(|word| word.chars().nth(1).is_none());
    if !(2..=3).contains(&glued.len()) || ambiguous > 1 || initial {
        return None;
    }
    let turns = (0..glued.len()).map(|first| [&glued[first..], &glued[..first]].concat());
    let mut hasher = DefaultHasher::new();
    ("turned", turns.min()).hash(&mut hasher);
    Some(hasher.finish())
}

/// The words with each article joined to the word behind it.
fn glued(words: &[&str]) -> Vec<String> {
    let mut glued = Vec::with_capacity(words.len());
    let mut article = String::new();
    for (place, word) in words.iter().enumerate() {
        if ARTICLES.contains(word) && place + 1 < words.len() && article.is_empty() {
            article.push_str(word);
        } else {
            glued.push(std::mem::take(&mut article) + word);
        }
    }
    glued
}

/// The names of an archive that no list knows, as they came, joined where they are safely one. Of those that
/// are one, the first that came is the actor: what people decided about it goes on holding.
#[derive(Clone, Debug, Default)]
pub struct Kindred {
    names: Vec<(Box<str>, ActorKind)>,
    /// By key: the first name that has it.
    firsts: HashMap<u64, u32>,
    /// For a name that is not the first of its group: an earlier one.
    parents: HashMap<u32, u32>,
    joined: Joined,
}

/// Which actors are safely another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    into: HashMap<ActorId, ActorId>,
    survivors: HashMap<ActorId, Actor>,
}

impl Joined {
    /// The actor that an id is another spelling of; of one, if need be, that is itself another's.
    pub(super) fn other(&self, id: &ActorId) -> Option<&ActorId> {
        self.into.get(id)
    }

    /// An actor that others were joined to.
    pub(super) fn survivor(&self, id: &ActorId) -> Option<&Actor> {
        self.survivors.get(id)
    }

    /// The ids that are another's.
    pub(super) fn ids(&self) -> impl Iterator<Item = &ActorId> {
        self.into.keys()
    }

    /// How many actors are another's.
    #[must_use]
    pub fn len(&self) -> usize {
        self.into.len()
    }

    /// Whether every actor is its own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.into.is_empty()
    }
}

impl Kindred {
    /// Which actors are safely another, of the names taken in so far.
    #[must_use]
    pub fn joined(&self) -> &Joined {
        &self.joined
    }

    /// Takes in a name that came into the archive, in the order of coming.
    pub fn take_in(&mut self, list: &Registry, name: &str, kind: ActorKind) {
        if kind == ActorKind::Place {
            return;
        }
        let words = fold(name);
        let words: Vec<&str> = words.split(' ').collect();
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push((name.into(), kind));
        let mut hasher = DefaultHasher::new();
        ("same", &words).hash(&mut hasher);
        let [joined, turned] = keys(Sort::of_kind(kind), &words);
        for key in [Some(hasher.finish()), joined, turned].into_iter().flatten() {
            let first = *self.firsts.entry(key).or_insert(number);
            if first == number {
                continue;
            }
            // A name that the list knows is joined by the list.
            if self.is_listed(list, first) {
                self.firsts.insert(key, number);
            } else if !self.is_listed(list, number) {
                self.join(first, number);
            }
        }
    }

    fn is_listed(&self, list: &Registry, number: u32) -> bool {
        let (name, kind) = &self.names[number as usize];
        list.entry_of(name, *kind).is_some()
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other {
            return;
        }
        let (first, later) = (one.min(other), one.max(other));
        self.parents.insert(later, first);
        let actor = |number: u32| {
            let (name, kind) = &self.names[number as usize];
            Registry::unlisted(name, *kind)
        };
        let (into, from) = (actor(first), actor(later));
        if into.id != from.id {
            self.joined.into.insert(from.id, into.id.clone());
            self.joined.survivors.entry(into.id.clone()).or_insert(into);
        }
    }

    fn root(&self, number: u32) -> u32 {
        let mut number = number;
        while let Some(parent) = self.parents.get(&number) {
            number = *parent;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(names: &[(&str, ActorKind)]) -> Vec<(String, String)> {
        let (list, _) = Registry::read("[person]\nada | Ada Byron | Byronova Ada\n".to_owned());
        let mut kindred = Kindred::default();
        names.iter().for_each(|(name, kind)| kindred.take_in(&list, name, *kind));
        let mut joined: Vec<_> =
            kindred.joined.into.iter().map(|(from, into)| (from.0.clone(), into.0.clone())).collect();
        joined.sort();
        joined
    }

    fn people(names: &[&str]) -> Vec<(String, String)> {
        joined(&names.iter().map(|name| (*name, ActorKind::Person)).collect::<Vec<_>>())
    }

    #[test]
    fn gaps_articles_and_the_place_of_the_familys_name_do_not_count() {
        for (first, later) in [
            ("Bashar al-Hariqi", "Bashar Alhariqi"),
            ("Ali Akbar Ahmadyan", "Aliakbar Ahmadyan"),
            ("Xin Jinpong", "Jinpong Xin"),
            ("Kem Jong Uhn", "Jong Uhn Kem"),
            ("Alhariqi Bashar", "Bashar al Hariqi"),
        ] {
            assert_eq!(people(&[first, later]).len(), 1, "{first}, {later}");
            assert_eq!(people(&[later, first]).len(), 1, "{later}, {first}");
        }
        let school = ActorKind::Organisation;
        assert_eq!(joined(&[("Harbour Wire", school), ("HarbourWire", school)]).len(), 1);
    }

    #[test]
    fn what_may_be_two_stays_two() {
        for (one, other) in [
            ("Ali Hassan", "Hassan Ali"),
            ("Li Wang", "Wang Li"),
            ("Bashar Hariqi", "Bashar al-Hariqi"),
            ("J. Solberg", "Solberg J."),
            ("Ana Li", "Anali"),
            ("Mona Hojat Ansari", "Mona Ansari Hojati"),
        ] {
            assert_eq!(people(&[one, other]), [], "{one}, {other}");
        }
        let both = |kind| joined(&[("Solberg Ingrid", ActorKind::Person), ("Ingrid Solberg", kind)]).len();
        assert_eq!(
            (both(ActorKind::Person), both(ActorKind::Organisation), both(ActorKind::Place)),
            (1, 0, 0)
        );
        let group = ActorKind::ArmedGroup;
        assert_eq!(joined(&[("Group 4 Forces", group), ("Group 4Forces", group)]), []);
    }

    #[test]
    fn the_first_that_came_survives_also_where_two_groups_become_one() {
        let names = ["Ali Akbar Ahmadyan", "Ahmadyan Aliakbar", "Aliakbar Ahmadyan"];
        let into = "ali-akbar-ahmadyan";
        let joined = people(&names);
        assert!(joined.iter().any(|(_, to)| to.ends_with(into)) && joined.len() == 2, "{joined:?}");
    }

    #[test]
    fn a_name_that_the_list_knows_is_left_to_the_list() {
        assert_eq!(people(&["Ada Byron", "Byron Ada"]), []);
    }
}
