//! Turns files of news into articles: walk, read, extract, recognise, hand over.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod actors;
pub mod extract;
pub mod raw;
