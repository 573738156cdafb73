//! Which numbers of authors or sources are one: spellings that differ in nothing that counts, and those
//! that people made one.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::authority::{Authority, better_spelling};
use crate::search::Facet;

/// The spellings of one facet.
#[derive(Clone, Debug, Default)]
pub(super) struct SpellingMap {
    /// Numbers that are not the first of their group.
    moved: HashMap<u32, u32>,
    /// By key: the first number.
    firsts: HashMap<String, u32>,
    /// By first number: what people read, where it is not that number's own spelling.
    labels: HashMap<u32, String>,
    /// Numbers up to this one are known here.
    upto: i64,
}

impl SpellingMap {
    /// The first number of a spelling's group.
    pub(super) fn ordinal(&self, number: u32) -> u32 {
        self.moved.get(&number).copied().unwrap_or(number)
    }

    /// What people read for a group, where it is not its first number's own spelling.
    pub(super) fn label(&self, ordinal: u32) -> Option<&str> {
        self.labels.get(&ordinal).map(String::as_str)
    }

    /// The group of a spelling.
    pub(super) fn find(&self, facet: Facet, name: &str, authority: &Authority) -> Option<u32> {
        self.firsts.get(&authority.spelling(facet, name).0).copied()
    }

    /// Takes in the spellings that came into the archive since.
    pub(super) fn catch_up(
        &mut self,
        connection: &Connection,
        facet: Facet,
        table: &str,
        authority: &Authority,
    ) -> rusqlite::Result<()> {
        let mut statement = connection
            .prepare_cached(&format!("SELECT number, name FROM {table} WHERE number > ?1 ORDER BY number"))?;
        let mut first_name =
            connection.prepare_cached(&format!("SELECT name FROM {table} WHERE number = ?1"))?;
        let mut rows = statement.query([self.upto])?;
        while let Some(row) = rows.next()? {
            let (number, name): (u32, String) = (row.get(0)?, row.get(1)?);
            self.upto = i64::from(number);
            let (key, wanted) = authority.spelling(facet, &name);
            let first = *self.firsts.entry(key).or_insert(number);
            if first != number {
                self.moved.insert(number, first);
            }
            if let Some(wanted) = wanted {
                self.labels.insert(first, wanted.to_owned());
            } else if first != number {
                let known = match self.labels.get(&first) {
                    Some(label) => label.clone(),
                    None => first_name.query_row([first], |row| row.get(0))?,
                };
                if better_spelling(&name, &known) {
                    self.labels.insert(first, name);
                }
            }
        }
        Ok(())
    }
}
