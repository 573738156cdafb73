//! The pages and the API through the router, in memory.
#![allow(clippy::unwrap_used, unreachable_pub, missing_docs)]

mod api;
mod crawl;
mod decisions;
mod edits;
mod guard;
mod hostile;
mod lists;
mod pages;
mod sample;
mod style;
mod support;
