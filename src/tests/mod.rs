//! Runs the binary as a user runs it: one file a subject.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod actors;
mod bad_input;
mod browser;
mod crash;
mod documents;
mod edits;
mod end_to_end;
mod evaluate;
mod facets;
mod ingest;
mod lists;
mod server;
mod support;
