//! Finds what an article defines an acronym to be: "Full Name (ABC)" and "ABC (Full Name)", after
//! Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions" (2003).

use std::collections::BTreeSet;

use dateline_index::actor::{ActorKind, Mention};
use dateline_index::registry::{Registry, fold};

use super::lists::{
    ARMED_WORDS, COMMON_NOUNS, INSTITUTION_WORDS, LINKS, NOT_ACTORS, OPENERS, holds, no_actor_heads,
    organisation_heads,
};
use super::words::{Case, FieldText};

/// An acronym and what it stands for in this article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// The acronym as printed.
    pub(super) acronym: String,
    /// The full name: the registry's spelling, or as printed.
    pub(super) name: String,
    /// What sort of actor it is.
    pub(super) kind: ActorKind,
    /// The recogniser that knew the full name.
    pub(super) found_by: String,
    /// Where the full name stands: its first and last word.
    pub(super) words: (usize, usize),
}

/// What an acronym with its full form beside it means.
enum Meaning {
    Actor(Definition),
    /// A thing or a law, by its acronym: "Road Safety Act (RSA)", "gross domestic product (GDP)".
    Nobody(String),
}

/// The definitions of a field, and the acronyms that it defines to be nobody. A full name that the
/// registry knows (one of the mentions) is taken as it is; another must be an organisation's by its
/// looks.
pub(super) fn definitions(
    field: &FieldText<'_>,
    mentions: &[Mention],
    registry: &Registry,
) -> (Vec<Definition>, Vec<String>) {
    let (mut definitions, mut nobody) = (Vec::new(), Vec::new());
    for meaning in (1..field.words.len()).filter_map(|place| meaning(field, mentions, place)) {
        match meaning {
            Meaning::Actor(definition) => definitions.push(variant_of_known(definition, registry)),
            Meaning::Nobody(acronym) => nobody.push(acronym),
        }
    }
    (definitions, nobody)
}

/// A full name that the registry does not know, with an acronym that it knows, is the acronym's
/// owner if they share most of their words: "United Nations International Children's Emergency
/// Fund (UNICEF)".
fn variant_of_known(definition: Definition, registry: &Registry) -> Definition {
    let known = registry.entry_of(&definition.acronym, ActorKind::Organisation);
    let Some(known) = known.filter(|_| definition.found_by == "pattern") else { return definition };
    let words = |name: &str| -> BTreeSet<String> {
        let folded = fold(name);
        folded.split(' ').filter(|word| !holds(LINKS, word)).map(str::to_owned).collect()
    };
    let (label, full) = (words(&known.actor.label), words(&definition.name));
    if label.intersection(&full).count() * 3 < label.len() * 2 {
        return definition;
    }
    Definition { name: definition.acronym.clone(), kind: known.actor.kind, ..definition }
}

fn meaning(field: &FieldText<'_>, mentions: &[Mention], place: usize) -> Option<Meaning> {
    if !field.gap_before(place).ends_with('(') {
        return None;
    }
    if is_acronym(field, place) && closes(field, place) {
        return acronym_behind_name(field, mentions, place);
    }
    name_behind_acronym(field, mentions, place)
}

/// "Full Name (ABC)".
fn acronym_behind_name(field: &FieldText<'_>, mentions: &[Mention], acronym: usize) -> Option<Meaning> {
    let short = field.slice(field.words[acronym]);
    if let Some(known) = mentions.iter().rev().find(|mention| mention.end == field.words[acronym - 1].end)
        && known.resolved_by == "alias"
        && known.text.len() > short.len()
        && known.kind != ActorKind::Place
    {
        let first = field.words.iter().position(|word| word.start == known.start)?;
        return Some(Meaning::Actor(of_known(short, known, (first, acronym - 1))));
    }
    let letters = short.chars().filter(|letter| letter.is_alphanumeric()).count();
    let reach = (letters + 5).min(letters * 2);
    let first = (0..acronym).rev().take(reach).take_while({
        let mut walled = false;
        move |place| {
            let inside = !walled;
            walled |= !is_loose(field.gap_before(*place));
            inside
        }
    });
    // The shortest phrase whose letters make the acronym, as in the paper.
    let mut first = first.filter(|first| *first < acronym - 1);
    let first = first.find(|first| {
        (is_full_name(field, *first, acronym - 1) || is_noun(field, *first, acronym - 1))
            && spells(field, *first, acronym - 1, short)
    })?;
    if is_noun(field, first, acronym - 1) {
        let head = field.folded(acronym - 1);
        let body = organisation_heads().contains(head.as_str()) || holds(COMMON_NOUNS, &head);
        return (!body).then(|| Meaning::Nobody(short.to_owned()));
    }
    unknown(field, short, first, acronym - 1)
}

/// "ABC (Full Name)".
fn name_behind_acronym(field: &FieldText<'_>, mentions: &[Mention], first: usize) -> Option<Meaning> {
    if !is_acronym(field, first - 1) || !matches!(field.gap_before(first), " (" | "(") {
        return None;
    }
    let short = field.slice(field.words[first - 1]);
    let last = (first..field.words.len().min(first + 10)).find(|place| closes(field, *place))?;
    if let Some(known) = mentions.iter().find(|mention| mention.start == field.words[first].start)
        && known.end == field.words[last].end
        && known.kind != ActorKind::Place
        && known.text.len() > short.len()
    {
        return Some(Meaning::Actor(of_known(short, known, (first, last))));
    }
    let whole = (first + 1..=last).all(|place| is_loose(field.gap_before(place)));
    let named =
        last > first && whole && is_full_name(field, first, last) && spells(field, first, last, short);
    named.then(|| unknown(field, short, first, last)).flatten()
}

fn of_known(acronym: &str, known: &Mention, words: (usize, usize)) -> Definition {
    Definition {
        acronym: acronym.to_owned(),
        name: known.name.clone(),
        kind: known.kind,
        found_by: known.found_by.clone(),
        words,
    }
}

fn unknown(field: &FieldText<'_>, acronym: &str, first: usize, last: usize) -> Option<Meaning> {
    let folded: Vec<_> = (first..=last).map(|place| field.folded(place)).collect();
    // The head of "X of Y" stands before the "of".
    let head = folded.iter().position(|word| matches!(word.as_str(), "of" | "for" | "on"));
    let head = &folded[head.unwrap_or(folded.len()).saturating_sub(1)];
    let nobody = |head: &String| holds(NOT_ACTORS, head) || no_actor_heads().contains(head.as_str());
    if nobody(head) || nobody(folded.last()?) || is_subject(field, first) {
        return Some(Meaning::Nobody(acronym.to_owned()));
    }
    let any = |list: &[&str]| folded.iter().any(|word| holds(list, word));
    let kind = if any(ARMED_WORDS) {
        ActorKind::ArmedGroup
    } else if any(INSTITUTION_WORDS) {
        ActorKind::Institution
    } else {
        ActorKind::Organisation
    };
    let text = &field.text[field.words[first].start..field.words[last].end];
    Some(Meaning::Actor(Definition {
        acronym: acronym.to_owned(),
        name: text.split_whitespace().collect::<Vec<_>>().join(" "),
        kind,
        found_by: "pattern".to_owned(),
        words: (first, last),
    }))
}

/// Whether the phrase is what a treaty or the like is on: "Treaty on Northern Forces (NF)".
fn is_subject(field: &FieldText<'_>, first: usize) -> bool {
    first >= 2
        && matches!(field.folded(first - 1).as_str(), "of" | "on")
        && holds(NOT_ACTORS, &field.folded(first - 2))
}

fn is_acronym(field: &FieldText<'_>, place: usize) -> bool {
    let word = field.slice(field.words[place]);
    field.words[place].case == Case::Capitals
        && (2..=8).contains(&word.len())
        && word.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
}

fn closes(field: &FieldText<'_>, place: usize) -> bool {
    let rest = &field.text[field.words[place].end..];
    rest.starts_with(')') || rest.starts_with("”)") || rest.starts_with("\")")
}

/// Whether a phrase is written in small letters throughout, as common nouns are.
fn is_noun(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    (first..=last).all(|place| field.words[place].case == Case::Lower)
}

/// Whether what stands between two words may stand inside a name.
fn is_loose(gap: &str) -> bool {
    matches!(gap, " " | "\n" | "\u{a0}" | "-" | " - " | " – " | "'" | "’" | "’ " | "' " | " & ")
}

/// Whether a phrase is written as a name: capitals at both ends, and between them nothing small but
/// "of", "for", "the".
fn is_full_name(field: &FieldText<'_>, first: usize, last: usize) -> bool {
    let large = |place: usize| field.words[place].case != Case::Lower;
    let opens = large(first) && !holds(OPENERS, &field.folded(first));
    opens
        && large(last)
        && (first..=last).all(|place| {
            large(place) || matches!(field.folded(place).as_str(), "s") || {
                holds(LINKS, &field.folded(place))
            }
        })
}

/// Whether the acronym's letters are found in the phrase from its end to its start, the first one
/// at the start of its first word.
fn spells(field: &FieldText<'_>, first: usize, last: usize, acronym: &str) -> bool {
    let long = field.text[field.words[first].start..field.words[last].end].to_lowercase();
    let long: Vec<char> = long.chars().collect();
    let short: Vec<char> = acronym.to_lowercase().chars().collect();
    let mut at = long.len();
    for (place, letter) in short.iter().enumerate().rev() {
        let fits = |at: usize| long[at] == *letter && (place > 0 || at == 0);
        let Some(next) = (0..at).rev().find(|at| fits(*at)) else { return false };
        at = next;
    }
    true
}

#[cfg(test)]
mod tests {
    use dateline_index::actor::Field;

    use super::*;

    fn defined(text: &str) -> Vec<(String, String, ActorKind)> {
        let field = FieldText::new(Field::Text, text, None);
        let found = definitions(&field, &[], &Registry::builtin()).0.into_iter();
        found.map(|definition| (definition.acronym, definition.name, definition.kind)).collect()
    }

    fn one(acronym: &str, name: &str, kind: ActorKind) -> Vec<(String, String, ActorKind)> {
        vec![(acronym.to_owned(), name.to_owned(), kind)]
    }

    #[test]
    fn an_acronym_in_brackets_is_the_name_before_it() {
        let union = one("NUB", "National Union of Bakers", ActorKind::Organisation);
        assert_eq!(defined("In Bern the National Union of Bakers (NUB) met."), union);
        assert_eq!(defined("The NUB (National Union of Bakers) met."), union);
        let front = one("WLF", "Western Liberation Front", ActorKind::ArmedGroup);
        assert_eq!(defined("the Western Liberation Front (“WLF”) said"), Vec::new());
        assert_eq!(defined("the Western Liberation Front (WLF) said"), front);
    }

    #[test]
    fn an_acronym_of_the_registry_lends_its_owner_to_a_variant_of_the_name() {
        let text = "the United Nations International Children's Emergency Fund (UNICEF)";
        assert_eq!(defined(text), one("UNICEF", "UNICEF", ActorKind::Institution));
        let text = "the Polish Kennel Klub (PKK)";
        assert_eq!(defined(text), one("PKK", "Polish Kennel Klub", ActorKind::Organisation));
    }

    #[test]
    fn what_is_no_actor_or_does_not_spell_the_acronym_is_left_alone() {
        for text in [
            "the Northern Border Treaty (NBT) holds",
            "the Treaty on Northern Forces (NF) holds",
            "gross domestic product (GDP) fell",
            "the National Union of Bakers (XYZ)",
            "he left. National Day (ND)",
            "the Bakers, Union (BU)",
        ] {
            assert_eq!(defined(text), Vec::new(), "{text}");
        }
    }
}
