//! The query's tree becomes a query of tantivy.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query as TantivyQuery,
    RegexQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::excluded::Excluded;
use super::schema::Fields;
use crate::analysis;
use crate::language::Language;
use crate::query::{Leaf, Query, Words};

/// A match in the headline weighs as much as this many in the text.
const TITLE_WEIGHT: f32 = 3.0;
/// And one in the standfirst.
const STANDFIRST_WEIGHT: f32 = 1.5;

/// Lowers a query for an archive of these languages.
pub(super) fn lower(
    query: &Query,
    fields: &Fields,
    languages: &[Language],
) -> tantivy::Result<Box<dyn TantivyQuery>> {
    Lowering { fields, languages }.query(query)
}

struct Lowering<'a> {
    fields: &'a Fields,
    languages: &'a [Language],
}

type Lowered = Box<dyn TantivyQuery>;

impl Lowering<'_> {
    fn query(&self, query: &Query) -> tantivy::Result<Lowered> {
        Ok(match query {
            Query::All => Box::new(AllQuery),
            Query::Leaf(leaf) => self.leaf(leaf)?,
            Query::Not(inner) => all_but(vec![(Occur::MustNot, self.excluded(inner)?)]),
            Query::Or(parts) => {
                let parts: tantivy::Result<Vec<_>> = parts.iter().map(|part| self.query(part)).collect();
                Box::new(BooleanQuery::union(parts?))
            }
            Query::And(parts) => self.all_of(parts)?,
        })
    }

    fn excluded(&self, query: &Query) -> tantivy::Result<Lowered> {
        Ok(Box::new(Excluded(self.query(query)?)))
    }

    fn all_of(&self, parts: &[Query]) -> tantivy::Result<Lowered> {
        let mut clauses = Vec::with_capacity(parts.len());
        for part in parts {
            clauses.push(match part {
                Query::Not(inner) => (Occur::MustNot, self.excluded(inner)?),
                other => (Occur::Must, self.query(other)?),
            });
        }
        let only_not = clauses.iter().all(|(occur, _)| *occur == Occur::MustNot);
        Ok(if only_not { all_but(clauses) } else { Box::new(BooleanQuery::new(clauses)) })
    }

    /// A leaf matches if it matches in one of its fields.
    fn leaf(&self, leaf: &Leaf) -> tantivy::Result<Lowered> {
        let mut fields = Vec::new();
        for field in self.fields.of(leaf.field) {
            let lowered = match &leaf.words {
                Words::Word(word) => self.word(field, word),
                Words::Phrase(words) => phrase(field, words),
                Words::Prefix(start) => prefix(field, start)?,
            };
            fields.push(self.weighted(field, lowered));
        }
        Ok(if fields.len() == 1 { fields.swap_remove(0) } else { Box::new(BooleanQuery::union(fields)) })
    }

    /// A word counts once, whether it is met as itself or by its stem.
    fn word(&self, field: Field, word: &str) -> Lowered {
        let family = analysis::word_family(word, self.languages);
        let mut terms: Vec<Lowered> = family.iter().map(|token| term(field, token)).collect();
        if terms.len() == 1 { terms.swap_remove(0) } else { Box::new(DisjunctionMaxQuery::new(terms)) }
    }

    fn weighted(&self, field: Field, query: Lowered) -> Lowered {
        if field == self.fields.title {
            Box::new(BoostQuery::new(query, TITLE_WEIGHT))
        } else if field == self.fields.standfirst {
            Box::new(BoostQuery::new(query, STANDFIRST_WEIGHT))
        } else {
            query
        }
    }
}

fn all_but(mut clauses: Vec<(Occur, Lowered)>) -> Lowered {
    clauses.push((Occur::Must, Box::new(AllQuery)));
    Box::new(BooleanQuery::new(clauses))
}

fn term(field: Field, token: &str) -> Lowered {
    Box::new(TermQuery::new(Term::from_field_text(field, token), IndexRecordOption::WithFreqs))
}

fn phrase(field: Field, words: &[String]) -> Lowered {
    let words: Vec<String> = words.iter().map(|word| analysis::folded_word(word)).collect();
    match words.as_slice() {
        [word] => term(field, word),
        words => {
            Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect()))
        }
    }
}

/// Every word that begins so. Words are letters and digits, so nothing in them means anything to the
/// pattern; and stems, which begin with a mark, never match it.
fn prefix(field: Field, start: &str) -> tantivy::Result<Lowered> {
    let pattern: String = analysis::folded_word(start).chars().flat_map(escaped).collect();
    Ok(Box::new(RegexQuery::from_pattern(&format!("{pattern}.*"), field)?))
}

fn escaped(c: char) -> impl Iterator<Item = char> {
    let escape = c.is_ascii_punctuation().then_some('\\');
    escape.into_iter().chain(std::iter::once(c))
}
