//! The ground floor of Dateline: what an article is, what may be asked of an archive, who answers.
//!
//! In reading order: an [`article`] with its [`published`] date, its [`language`] and its
//! [`actor`]s, the [`prominence`] of those in it, and where each field was [`found`]; an [`edit`], which is what a person corrects; a
//! [`record`], which is how ingest hands one over, and the [`wishes`] of who adds it; a [`query`] as typed and a
//! [`search`] around it; the [`analysis`] of text into words and the [`passages`] where they match;
//! the [`registry`] of names, the [`authority`] that people's decisions make of it, [`why`] somebody is in an
//! article; the [`suggest`]ions of what may be one; the [`archive`] façade; the [`backend`]s behind it.
//!
//! Without the feature `embedded` there is no SQLite and no tantivy here: `ingest` and `web` see
//! plain data, the façade and the memory backend, and nothing else.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod actor;
pub mod analysis;
pub mod archive;
pub mod article;
pub mod authority;
pub mod backend;
#[cfg(any(test, feature = "contract"))]
pub mod contract;
pub mod doubts;
pub mod edit;
pub mod files;
pub mod found;
pub mod identity;
pub mod language;
pub mod likeness;
pub mod passages;
pub mod prominence;
pub mod published;
pub mod query;
pub mod record;
pub mod registry;
pub mod search;
pub mod suggest;
pub mod view;
pub mod why;
pub mod wishes;
