//! Turns files of news into articles: walk, read, extract, recognise, hand over.
//!
//! In reading order: the [`pipeline`] walks folders and drives everything; a [`reader`] splits a
//! file into [`raw`] records; [`charset`] turns their bytes into text, [`prescan`] makes pages safe
//! to parse, [`mapping`] renames fields of JSON Lines; [`extract`] makes an article of a record and
//! [`actors`] finds who it is about. The [`sample`] is the demo's archive.
//!
//! This crate never opens an archive: it writes through `dateline_index::record::Intake`.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod actors;
pub mod charset;
pub mod evidence;
pub mod extract;
pub mod mapping;
pub mod pipeline;
pub mod prescan;
pub mod raw;
pub mod reader;
pub mod sample;
