//! Authority control: which names are one actor in an archive, and which spellings one author or source.
//!
//! The list that the program brings says it first; what people decided is laid over it. Decisions are a
//! log that only grows: an undo is an entry, too. Nothing of an article changes with a decision, for
//! articles hold names; what a name stands for is asked here.
//!
//! In reading order: [`Decision`] is what may be decided; [`Logged`] is an entry of the log, of which
//! [`standing`] is what holds; [`Kindred`] joins names that are safely one; [`Authority`] answers.

mod check;
mod decision;
mod file;
mod kindred;
mod laid;
mod spelling;

pub use check::{Refused, check, check_shape};
pub use decision::{Decided, Decision, Entry, Growing, Logged, standing};
pub use file::{Unreadable, from_toml, to_toml};
pub use kindred::{Joined, Kindred};
pub(crate) use kindred::{is_borne_by_many, keys as kindred_keys};
pub use laid::Authority;
pub use spelling::{better_spelling, spelling_key};
