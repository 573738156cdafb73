//! The same answers as JSON, one address a file.

pub(crate) mod archive;
pub(crate) mod article;
pub(crate) mod edits;
pub(crate) mod search;
