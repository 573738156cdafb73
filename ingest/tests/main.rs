//! What reading and the pipeline owe their callers, on inputs that could break them.
#![allow(clippy::unwrap_used, missing_docs, reason = "these are tests")]

mod bad_input;
mod hostile_pages;
mod pipeline;
mod pipeline_support;
