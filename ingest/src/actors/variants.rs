//! A long name that an article spells in two ways is one name: "Amirabdollaian" beside Amirabdollahian.

use std::collections::HashMap;

use dateline_index::actor::{ActorKind, Mention};
use dateline_index::registry::{Registry, fold};

/// Shorter words differ in one letter by chance.
const LONG: usize = 10;

/// A name of the article that has a long word.
struct Known {
    name: String,
    kind: ActorKind,
    words: Vec<Vec<char>>,
    listed: bool,
    mentions: usize,
}

/// Gives names that no list knows the spelling of another name of the article that differs in one letter of a
/// long word: of one that the list knows, else of the one that stands there more often, else of the first.
pub(super) fn join(mentions: &mut [Mention], registry: &Registry) {
    let names = known(mentions, registry);
    for (place, odd) in names.iter().enumerate().filter(|(_, odd)| !odd.listed) {
        let rank = |place: usize| (names[place].listed, names[place].mentions, std::cmp::Reverse(place));
        let others =
            (0..names.len()).filter(|other| rank(*other) > rank(place) && is_slip(odd, &names[*other]));
        let Some(meant) = others.max_by_key(|other| rank(*other)).map(|other| &names[other]) else {
            continue;
        };
        for mention in
            mentions.iter_mut().filter(|mention| mention.name == odd.name && mention.kind == odd.kind)
        {
            mention.name.clone_from(&meant.name);
            mention.kind = meant.kind;
            "spelling".clone_into(&mut mention.resolved_by);
        }
    }
}

/// The names that have a long word, in the order of the article.
fn known(mentions: &[Mention], registry: &Registry) -> Vec<Known> {
    let mut names: Vec<Known> = Vec::new();
    let mut places: HashMap<(&str, ActorKind), usize> = HashMap::new();
    for mention in mentions.iter().filter(|mention| mention.kind != ActorKind::Place) {
        if let Some(place) = places.get(&(mention.name.as_str(), mention.kind)) {
            names[*place].mentions += 1;
            continue;
        }
        let folded = fold(&mention.name);
        let words: Vec<Vec<char>> = folded.split(' ').map(|word| word.chars().collect()).collect();
        if words.iter().any(|word| word.len() >= LONG) {
            places.insert((&mention.name, mention.kind), names.len());
            let listed = registry.entry_of(&mention.name, mention.kind).is_some();
            names.push(Known { name: mention.name.clone(), kind: mention.kind, words, listed, mentions: 1 });
        }
    }
    names
}

/// Whether a name is another with a slip in it: all words but one long one are equal, or, where they have
/// different gaps, all letters but one. A family's name alone is compared with the family's name.
fn is_slip(odd: &Known, other: &Known) -> bool {
    let person = |known: &Known| known.kind == ActorKind::Person;
    if person(odd) != person(other) {
        return false;
    }
    if let ([alone], [.., last], true) = (odd.words.as_slice(), other.words.as_slice(), person(odd)) {
        return differ_in_one_letter(alone, last);
    }
    if odd.words.len() != other.words.len() {
        // "Amir-Abdollahian" has a gap more.
        return differ_in_one_letter(&odd.words.concat(), &other.words.concat());
    }
    let mut different = odd.words.iter().zip(&other.words).filter(|(one, other)| one != other);
    let (Some((one, two)), None) = (different.next(), different.next()) else { return false };
    differ_in_one_letter(one, two)
}

/// Whether one letter of two long words is another, is missing or is more. The last one tells a man's family
/// name from a woman's, one from many: it counts.
fn differ_in_one_letter(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < LONG || long.len() - short.len() > 1 || short == long {
        return false;
    }
    let begins = short.iter().zip(long).take_while(|(one, other)| one == other).count();
    let ends = short.iter().rev().zip(long.iter().rev()).take_while(|(one, other)| one == other).count();
    ends > 0
        && begins + ends + 1 >= long.len()
        && long.iter().chain(short).all(|letter| letter.is_alphabetic())
}
