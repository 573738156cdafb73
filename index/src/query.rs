//! The tree that a typed query becomes, and its way back to text.
//!
//! `Display` writes the normal form: a query that reads as the same tree.

pub mod parse;

use std::fmt;

use crate::actor::Field;

/// What an article must satisfy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// Every article.
    All,
    /// Words of the text.
    Leaf(Leaf),
    /// Each of these.
    And(Vec<Query>),
    /// One of these.
    Or(Vec<Query>),
    /// Not this.
    Not(Box<Query>),
}

/// Words that are looked for, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The one field they must be in; headline, standfirst and text where none is named.
    pub field: Option<Field>,
    /// The words.
    pub words: Words,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// A bare word: matches itself and what shares its stem, whatever case and accents.
    Word(String),
    /// Words in this order: each matches itself only, whatever case and accents.
    Phrase(Vec<String>),
    /// Every word that begins so, whatever case and accents.
    Prefix(String),
}

impl Query {
    /// The leaves that a match must satisfy or can satisfy: all but those under a NOT. They are
    /// what is highlighted.
    pub fn positive_leaves<'q>(&'q self, each: &mut dyn FnMut(&'q Leaf)) {
        match self {
            Self::All | Self::Not(_) => {}
            Self::Leaf(leaf) => each(leaf),
            Self::And(parts) | Self::Or(parts) => {
                for part in parts {
                    part.positive_leaves(each);
                }
            }
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::Leaf(leaf) => leaf.fmt(f),
            Self::Not(inner) => {
                f.write_str("-")?;
                inner.fmt_grouped(f)
            }
            Self::And(parts) => join(f, parts, " "),
            Self::Or(parts) => join(f, parts, " OR "),
        }
    }
}

impl Query {
    /// In brackets where it would fall apart without.
    fn fmt_grouped(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::And(_) | Self::Or(_) => write!(f, "({self})"),
            Self::All | Self::Leaf(_) | Self::Not(_) => write!(f, "{self}"),
        }
    }
}

fn join(f: &mut fmt::Formatter<'_>, parts: &[Query], with: &str) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(with)?;
        }
        part.fmt_grouped(f)?;
    }
    Ok(())
}

impl fmt::Display for Leaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field {
            write!(f, "{}:", field.as_str())?;
        }
        match &self.words {
            Words::Word(word) => f.write_str(word),
            Words::Phrase(words) => write!(f, "\"{}\"", words.join(" ")),
            Words::Prefix(start) => write!(f, "{start}*"),
        }
    }
}
