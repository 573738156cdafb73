//! Turns files of news into articles: walk, read, extract, recognise, hand over.
//!
//! In reading order: the [`pipeline`] walks folders and drives everything; a [`reader`] splits a
//! file into [`raw`] records; [`charset`] turns their bytes into text, [`prescan`] makes pages safe
//! to parse, [`mapping`] renames fields of JSON Lines. The [`sample`] is the demo's archive.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod charset;
pub mod mapping;
pub mod pipeline;
pub mod prescan;
pub mod raw;
pub mod reader;
pub mod sample;
