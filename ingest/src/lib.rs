//! Turns files of news into articles: walk, read, extract, recognise, hand over.

pub mod actors;
pub mod raw;
