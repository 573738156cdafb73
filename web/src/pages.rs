//! The pages, one a file: ask the archive, hand the answer to a template.

pub(crate) mod article;
pub(crate) mod doubts;
pub(crate) mod files;
pub(crate) mod help;
pub(crate) mod search;
