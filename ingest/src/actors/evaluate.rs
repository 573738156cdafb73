//! How exactly actors are found, through the same functions as ingest: names in corpora of labelled
//! tokens, and the set of actors of whole articles.
//!
//! In reading order: [`Corpus`] is a file of a folder; [`read`] reads labelled tokens, of which [`evaluate`]
//! makes [`Scores`]; [`read_articles`] reads articles with what people say who is in them, of which
//! [`evaluate_sets`] makes [`SetScores`].

mod annotated;
mod clock;
mod codes;
mod conll;
mod folder;
mod proper;
mod scores;
mod sets;

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use dateline_index::actor::{ActorKind, Mention};
use dateline_index::article::{Article, ArticleId};
use dateline_index::language::Language;

use super::Actors;
use super::lists::entries;
use super::tagger::Sort;
use super::words::{fold_word, words};

pub use annotated::{Annotated, Gold, Group, read_articles};
pub use clock::processor_time;
pub use conll::{Document, Name, read};
pub use folder::{Content, Corpus, corpora};
pub use scores::{Counts, Scores};
pub use sets::{GroupScores, SetScores, evaluate_sets};

const PRONOUNS: &[&str] = &[
    "all", "he", "her", "him", "his", "i", "it", "its", "me", "my", "our", "ours", "she", "that", "the",
    "their", "them", "they", "this", "those", "us", "we", "which", "who", "whose", "you", "your",
];

/// Before a phrase in small letters they tell that it is no name: "an aid convoy".
const DETERMINERS: &[&str] = &[
    "a", "all", "an", "any", "both", "each", "every", "her", "his", "its", "many", "my", "our", "several",
    "some", "that", "their", "these", "this", "those", "your",
];

static NOMINAL_HEADS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../data/lists/nominal-heads.txt")));

/// What is found in a corpus beside what is there.
#[must_use]
pub fn evaluate(actors: &Actors, documents: &[Document]) -> Scores {
    let mut scores = Scores::default();
    for document in documents {
        let found = found(actors, document);
        scores.add(&gold(document), &found);
    }
    scores
}

/// What another system found in a corpus beside what is there; none where its lines have no third column.
#[must_use]
pub fn evaluate_other(documents: &[Document]) -> Option<Scores> {
    let mut scores = Scores::default();
    for document in documents {
        scores.add(&gold(document), &other(document)?);
    }
    Some(scores)
}

/// The names of a document that count: people, organisations and places.
#[must_use]
pub fn gold(document: &Document) -> Vec<Named> {
    let names = document.names.iter().filter(|name| !is_nominal(&document.text[name.start..name.end]));
    counted(document, names)
}

/// The names that another system found in a document.
#[must_use]
pub fn other(document: &Document) -> Option<Vec<Named>> {
    Some(counted(document, document.others.as_deref()?.iter()))
}

fn counted<'n>(document: &Document, names: impl Iterator<Item = &'n Name>) -> Vec<Named> {
    let names = names.filter(|name| name.sort != Sort::Other);
    names.filter_map(|name| Named::new(&document.text, name.start, name.end, name.sort, "")).collect()
}

/// Whether a corpus marks what names nobody: pronouns, and common nouns without a capital.
fn is_nominal(printed: &str) -> bool {
    let folded: Vec<_> =
        words(printed).iter().map(|word| fold_word(&printed[word.start..word.end])).collect();
    let head = folded.last().is_some_and(|head| NOMINAL_HEADS.contains(head.as_str()));
    let pronouns = printed != "US" && folded.iter().all(|word| PRONOUNS.contains(&word.as_str()));
    // A sentence gives its first word a capital: "The group".
    let (opening, rest) = printed.split_once(' ').unwrap_or(("", printed));
    let opening = fold_word(opening);
    let (determined, rest) = match opening.as_str() {
        "the" => (false, rest),
        word => (DETERMINERS.contains(&word), if DETERMINERS.contains(&word) { rest } else { printed }),
    };
    pronouns || (head || determined) && !rest.contains(char::is_uppercase)
}

/// The names that ingest would find in a document's text.
#[must_use]
pub fn found(actors: &Actors, document: &Document) -> Vec<Named> {
    let Some(id) = ArticleId::new("evaluated") else { return Vec::new() };
    let mut article = Article::empty(id);
    article.text.clone_from(&document.text);
    article.language = Some(Language::ENGLISH);
    actors.recognise(&mut article);
    article.mentions.iter().filter_map(|mention| named(&document.text, mention)).collect()
}

/// A mention as corpora count it. A people's name that stands for a state ("Iranian") is none there.
fn named(text: &str, mention: &Mention) -> Option<Named> {
    let sort = match mention.kind {
        ActorKind::Person => Sort::Person,
        ActorKind::State | ActorKind::Place => Sort::Place,
        ActorKind::Institution | ActorKind::ArmedGroup | ActorKind::Organisation => Sort::Organisation,
    };
    if mention.resolved_by == "demonym" {
        return None;
    }
    Named::new(text, mention.start, mention.end, sort, &mention.found_by)
}

/// A name as it is compared: without a leading "the" and a trailing "'s", in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its words in small letters, single spaces between them.
    pub name: String,
    /// Its sort.
    pub sort: Sort,
    /// The rule that found it; empty in a corpus.
    pub found_by: String,
}

impl Named {
    fn new(text: &str, start: usize, end: usize, sort: Sort, found_by: &str) -> Option<Self> {
        let (mut start, mut end) = (start, end);
        let printed = text.get(start..end)?;
        if printed.get(..4).is_some_and(|opening| opening.eq_ignore_ascii_case("the ")) {
            start += 4;
        }
        let printed = text.get(start..end)?;
        for tail in ["'s", "’s", "'", "’", "."] {
            if let Some(rest) = printed.strip_suffix(tail) {
                end = start + rest.len();
                break;
            }
        }
        let name = text.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let name = name.replace('’', "'");
        (!name.is_empty()).then_some(Self { start, end, name, sort, found_by: found_by.to_owned() })
    }
}

/// The names of a document, each once.
fn set(names: &[Named]) -> BTreeSet<(String, Sort)> {
    names.iter().map(|named| (named.name.clone(), named.sort)).collect()
}
