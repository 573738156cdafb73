//! The same answers as JSON, one address a file.

pub(crate) mod actors;
pub(crate) mod archive;
pub(crate) mod article;
pub(crate) mod decisions;
pub(crate) mod doubts;
pub(crate) mod edits;
pub(crate) mod files;
pub(crate) mod search;
pub(crate) mod suggestions;
