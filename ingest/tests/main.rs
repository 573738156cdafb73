//! The crate as its callers use it, on inputs that could break it: one test program, one module a
//! subject.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test that cannot go on should stop")]

mod bad_input;
mod containers;
mod copies;
mod deep_pages;
mod extraction;
mod feeds;
mod hostile_pages;
#[cfg(feature = "neural")]
mod neural;
mod no_publishers;
mod pipeline;
mod pipeline_support;
mod sample;
mod saved_pages;
