//! What reading and the pipeline owe their callers, on inputs that could break them.
#![allow(clippy::unwrap_used, missing_docs, reason = "these are tests")]

mod hostile_pages;
