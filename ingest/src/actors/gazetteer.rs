//! Finds the registry's names: a tree of words, walked from every capitalised word to the longest
//! name that fits there.
//!
//! Words are compared folded; then each name says how it wants its capitals and what may stand
//! between its words, so that "IS" is not "is" and "Islamic State- Khorasan Province" is found.

use std::collections::{HashMap, HashSet};

use dateline_index::actor::{ActorKind, Mention};
use dateline_index::language::Language;
use dateline_index::registry::{NameRule, Registry};

use super::Recognizer;
use super::context;
use super::lists::{COMMON_NOUNS, NOT_NAMES, PARTICLES, holds};
use super::words::{Case, FieldText, Word, fold_word, words};

/// The longest name in words.
const MAX_WORDS: usize = 14;

/// The registry's names as a tree of words.
#[derive(Debug, Default)]
pub struct Gazetteer {
    vocabulary: HashMap<String, u32>,
    steps: HashMap<(u32, u32), u32>,
    /// For each node, the names that end there.
    ends: Vec<Vec<Pattern>>,
    /// First letters and lengths of the words that open a name in small letters.
    small_openings: HashSet<(u8, usize)>,
}

/// A name, and how it wants to be written.
#[derive(Debug)]
pub(super) struct Pattern {
    name: String,
    tokens: Vec<Token>,
    /// Without it the phrase names nobody: "Native American".
    pub(super) kind: Option<ActorKind>,
    rule: NameRule,
    pub(super) wary: bool,
    /// Whether it has a letter with an accent: "Malé".
    pub(super) accented: bool,
    /// The only language in which it is looked for.
    language: Option<Language>,
    /// A surname alone, or with its particle: "Putin", "bin Laden".
    pub(super) bare: bool,
    acronym: bool,
    ends_in_dot: bool,
}

#[derive(Clone, Copy, Debug)]
struct Token {
    case: Case,
    /// Whether it is short and has a capital behind a small letter: "LeT" is not "Let".
    mixed: bool,
    length: usize,
    gap: Gap,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Gap {
    space: bool,
    dash: bool,
    dot: bool,
    /// An apostrophe, a comma, a slash, an ampersand.
    mark: Option<char>,
    /// Anything else, or too much of it.
    wall: bool,
}

impl Gazetteer {
    /// A tree of every name of the registry.
    #[must_use]
    pub fn new(registry: &Registry) -> Self {
        let mut gazetteer = Self { ends: vec![Vec::new()], ..Self::default() };
        for entry in registry.entries() {
            for name in &entry.names {
                gazetteer.add(&name.text, Some(entry.actor.kind), name.rule, name.wary, name.language);
            }
        }
        for phrase in NOT_NAMES {
            gazetteer.add(phrase, None, NameRule::Alias, false, None);
        }
        gazetteer
    }

    fn add(
        &mut self,
        name: &str,
        kind: Option<ActorKind>,
        rule: NameRule,
        wary: bool,
        language: Option<Language>,
    ) {
        let mut words = words(name);
        let folded: Vec<_> = words.iter().map(|word| fold_word(&name[word.start..word.end])).collect();
        let Some(first) = words.first_mut() else { return };
        // The Arabic article opens a name in the list and is small within a sentence: "al-Qaeda".
        if folded.len() > 1 && matches!(folded[0].as_str(), "al" | "el") {
            first.case = Case::Lower;
        }
        if first.case == Case::Lower {
            let opening = (name.as_bytes()[first.start].to_ascii_lowercase(), first.end - first.start);
            self.small_openings.insert(opening);
        }
        let node = folded.iter().fold(0, |node, word| self.step_or_grow(node, word));
        let carrying = folded.iter().filter(|word| !holds(PARTICLES, word)).count();
        self.ends[node as usize].push(Pattern {
            tokens: tokens(name, &words),
            kind,
            rule,
            wary,
            accented: !name.is_ascii(),
            language,
            bare: kind == Some(ActorKind::Person) && carrying == 1,
            acronym: words.iter().all(|word| word.case == Case::Capitals),
            ends_in_dot: name.ends_with('.'),
            name: name.to_owned(),
        });
    }

    fn step_or_grow(&mut self, node: u32, word: &str) -> u32 {
        let known = u32::try_from(self.vocabulary.len()).unwrap_or(u32::MAX);
        let word = *self.vocabulary.entry(word.to_owned()).or_insert(known);
        let fresh = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        let next = *self.steps.entry((node, word)).or_insert(fresh);
        if next == fresh {
            self.ends.push(Vec::new());
        }
        next
    }

    /// The longest name that opens at a word: its last word and the name.
    fn longest<'g>(&'g self, field: &FieldText<'_>, first: usize) -> Option<(usize, &'g Pattern)> {
        let mut node = 0;
        let mut found = None;
        for last in first..field.words.len().min(first + MAX_WORDS) {
            if last > first && gap(field.gap_before(last)).wall {
                break;
            }
            let Some(next) = self.step(node, field.slice(field.words[last])) else { break };
            node = next;
            let fitting = self.ends[node as usize].iter().filter(|pattern| pattern.fits(field, first));
            if let Some(pattern) = choose(field, first, last, fitting) {
                found = Some((last, pattern));
            }
        }
        found
    }

    fn step(&self, node: u32, word: &str) -> Option<u32> {
        let mut buffer = [0; 32];
        let word = match buffer.get_mut(..word.len()) {
            Some(buffer) if word.is_ascii() && !word.contains('\'') => {
                buffer.copy_from_slice(word.as_bytes());
                buffer.make_ascii_lowercase();
                self.vocabulary.get(std::str::from_utf8(buffer).unwrap_or_default())
            }
            _ => self.vocabulary.get(&fold_word(word)),
        };
        self.steps.get(&(node, *word?)).copied()
    }

    fn may_open(&self, field: &FieldText<'_>, word: Word) -> bool {
        word.case != Case::Lower
            || self.small_openings.contains(&(field.text.as_bytes()[word.start], word.end - word.start))
    }
}

impl Recognizer for Gazetteer {
    fn name(&self) -> &'static str {
        "registry"
    }

    fn mentions(&self, field: &FieldText<'_>) -> Vec<Mention> {
        let mut mentions: Vec<Mention> = Vec::new();
        let mut first = 0;
        while first < field.words.len() {
            let longest =
                self.may_open(field, field.words[first]).then(|| self.longest(field, first)).flatten();
            let Some((last, pattern)) = longest else {
                first += 1;
                continue;
            };
            let start = field.words[first].start;
            let before = mentions.last().filter(|before| {
                matches!(&field.text[before.end..start], " " | "\n" | "'s " | "’s " | "'s\n" | "’s\n")
            });
            if let Some(kind) = pattern.kind
                && context::accepts(field, first, last, pattern, before)
            {
                mentions.push(pattern.mention(field, first, last, kind));
            }
            first = last + 1;
        }
        mentions
    }
}

impl Pattern {
    fn fits(&self, field: &FieldText<'_>, first: usize) -> bool {
        (self.language.is_none() || self.language == field.language) && self.is_written_there(field, first)
    }

    fn is_written_there(&self, field: &FieldText<'_>, first: usize) -> bool {
        self.tokens.iter().enumerate().all(|(place, token)| {
            let word = field.words[first + place];
            let written = match (token.case, word.case) {
                (Case::Lower, _) => true,
                // "Nato" is a name of its own, "UNESCO" may be Unesco.
                (Case::Capitals, Case::Capital) => token.length > 4,
                (Case::Capital | Case::Capitals, Case::Capitals | Case::Capital) => true,
                (Case::Capital, Case::Lower) => place > 0 && self.may_be_small(field, first + place),
                (Case::Capitals, Case::Lower) => false,
            };
            let written = written && (!token.mixed || self.is_spelled_there(field.slice(word)));
            written && (place == 0 || self.bridges(token, field, first + place))
        })
    }

    /// "PwC" may be "PWC", but "WaMu" is not "WAMU", and "LeT" is not "Let".
    fn is_spelled_there(&self, word: &str) -> bool {
        word == self.name || word.len() < 4 && is_mixed(word)
    }

    /// Whether a word after the first may be written small: "Iraqi army", "Kim Jong-un".
    fn may_be_small(&self, field: &FieldText<'_>, place: usize) -> bool {
        let hyphened = self.kind == Some(ActorKind::Person) && field.gap_before(place) == "-";
        hyphened || holds(COMMON_NOUNS, &field.folded(place))
    }

    /// Whether what stands before a word may stand inside this name.
    fn bridges(&self, token: &Token, field: &FieldText<'_>, place: usize) -> bool {
        let (wanted, printed) = (token.gap, gap(field.gap_before(place)));
        if printed.wall || printed.mark != wanted.mark {
            return false;
        }
        if self.acronym {
            return printed.dash == wanted.dash
                && printed.dot == wanted.dot
                && (printed.space == wanted.space || printed.dot);
        }
        let initial = field.words[place - 1].end - field.words[place - 1].start == 1;
        (!printed.dot || wanted.dot || initial) && (!(printed.dash && printed.space) || wanted.dash)
    }

    fn mention(&self, field: &FieldText<'_>, first: usize, last: usize, kind: ActorKind) -> Mention {
        let (start, mut end) = (field.words[first].start, field.words[last].end);
        if self.ends_in_dot && field.text[end..].starts_with('.') {
            end += 1;
        }
        let capital = self.rule == NameRule::Capital;
        Mention {
            field: field.field,
            start,
            end,
            text: field.text[start..end].to_owned(),
            name: self.name.clone(),
            kind: if capital { ActorKind::State } else { kind },
            found_by: "registry".to_owned(),
            resolved_by: match self.rule {
                NameRule::Alias => "alias",
                NameRule::Demonym => "demonym",
                NameRule::Capital => "capital",
            }
            .to_owned(),
        }
    }
}

/// Of the names that fit at one place: the one spelled as printed, and of a capital and its city
/// the one that the context asks for.
fn choose<'g>(
    field: &FieldText<'_>,
    first: usize,
    last: usize,
    patterns: impl Iterator<Item = &'g Pattern>,
) -> Option<&'g Pattern> {
    let printed = &field.text[field.words[first].start..field.words[last].end];
    let governs = context::stands_for_government(field, first, last);
    patterns
        .filter(|pattern| pattern.rule != NameRule::Capital || governs)
        .max_by_key(|pattern| (pattern.rule == NameRule::Capital, pattern.name == printed))
}

fn tokens(name: &str, words: &[Word]) -> Vec<Token> {
    let mut before = 0;
    let mut tokens = Vec::with_capacity(words.len());
    for word in words {
        let gap = gap(&name[before..word.start]);
        let length = word.end - word.start;
        let mixed = words.len() == 1 && length <= 4 && is_mixed(&name[word.start..word.end]);
        tokens.push(Token { case: word.case, mixed, length, gap });
        before = word.end;
    }
    tokens
}

/// Whether a word has a capital behind its first letter, or is in capitals.
fn is_mixed(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

fn gap(text: &str) -> Gap {
    let mut gap = Gap { wall: text.chars().nth(4).is_some(), ..Gap::default() };
    let mut lines = 0;
    for letter in text.chars() {
        match letter {
            '\n' => {
                lines += 1;
                gap.space = true;
            }
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => gap.dash = true,
            '.' => gap.dot = true,
            // After a plural it falls away: "Students' News Agency".
            '\'' | '’' | '‘' | '`' if text.len() == letter.len_utf8() => gap.mark = Some('\''),
            '\'' | '’' | '‘' | '`' => {}
            ',' | '/' | '&' => gap.mark = Some(letter),
            _ if letter.is_whitespace() => gap.space = true,
            _ => gap.wall = true,
        }
    }
    gap.wall |= lines > 1;
    gap
}

#[cfg(test)]
mod tests {
    use dateline_index::actor::Field;

    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let gazetteer = Gazetteer::new(&Registry::builtin());
        let mentions = gazetteer.mentions(&FieldText::new(Field::Text, text, None));
        mentions.into_iter().map(|mention| (mention.text, mention.name)).collect()
    }

    fn names(text: &str) -> Vec<String> {
        found(text).into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn the_arabic_article_may_be_small() {
        for printed in ["al-Qaeda", "Al-Qaeda", "al Qaeda", "Al Qaeda", "al-Shabaab"] {
            let texts: Vec<_> =
                found(&format!("The men of {printed} left.")).into_iter().map(|(text, _)| text).collect();
            assert_eq!(texts, [printed]);
        }
    }

    #[test]
    fn short_acronyms_match_in_capitals_only() {
        assert_eq!(names("It is said that IS is weak."), ["IS"]);
        assert_eq!(names("Who told us that the WHO told the US?"), ["WHO", "US"]);
        assert_eq!(names("IRAN IS READY, WHO KNOWS"), ["Iran"]);
    }

    #[test]
    fn possessives_fall_away_and_compounds_are_parted() {
        assert_eq!(
            found("Iran’s fears, an anti-IS crusade, the US's withdrawal, U.S.-led troops"),
            [("Iran", "Iran"), ("IS", "IS"), ("US", "US"), ("U.S.", "U.S.")]
                .map(|(text, name)| (text.to_owned(), name.to_owned()))
        );
    }

    #[test]
    fn odd_spaces_and_dashes_do_not_split_a_name() {
        let label = "Islamic State – Khorasan Province";
        for text in ["Islamic State- Khorasan Province", "Islamic State — Khorasan\nProvince", label] {
            assert_eq!(names(text), [label], "{text}");
        }
        assert_eq!(names("an Islamic state. Khorasan Province fell."), ["Khorasan Province"]);
        assert_eq!(names("United\n\nNations"), Vec::<String>::new(), "two paragraphs are not one name");
    }

    #[test]
    fn the_longest_name_wins() {
        assert_eq!(names("South Korean and Latin American envoys"), ["South Korean", "Latin American"]);
        assert_eq!(names("Native Americans and Americans"), ["Americans"]);
        assert_eq!(
            names("Papua New Guinea, the Gulf of Guinea, Guinea"),
            ["Papua New Guinea", "Gulf of Guinea", "Guinea"]
        );
    }

    #[test]
    fn diacritics_and_small_nouns_do_not_hide_a_name() {
        assert_eq!(
            names("Slobodan Milosevic faced the Yugoslav army"),
            ["Slobodan Milošević", "Yugoslav Army"]
        );
    }

    #[test]
    fn a_name_of_one_language_is_looked_for_in_that_language_alone() {
        let gazetteer = Gazetteer::new(&Registry::builtin());
        let text = "Fas, Suriye ve Frankreich";
        let names = |code: &str| -> Vec<_> {
            let field = FieldText::new(Field::Text, text, Language::from_code(code));
            gazetteer.mentions(&field).into_iter().map(|mention| mention.text).collect()
        };
        assert_eq!(names("tr"), ["Fas", "Suriye"]);
        assert_eq!(names("de"), ["Frankreich"]);
        assert_eq!(names("en"), Vec::<String>::new());
    }

    #[test]
    fn a_name_inside_an_address_is_not_a_mention() {
        assert_eq!(names("see www.iran.example or write to Iran@Iran.example"), Vec::<String>::new());
    }
}
