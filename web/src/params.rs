//! The query string of a search and what it asks for, both ways: every state of the search page is
//! an address, and every address is read here.

mod links;
mod lists;
mod read;
mod write;

pub(crate) use links::{Links, Target};
pub(crate) use lists::{read_doubts, read_files, write_doubts, write_files};
pub(crate) use read::{BadParameter, Reading, advice, read};
pub(crate) use write::{pairs, write};

#[cfg(test)]
mod tests;
