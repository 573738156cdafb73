//! The crate as its callers use it: one test program, one module a subject.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod extraction;
