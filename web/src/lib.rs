//! Search, facets and reading in a browser, and the same as JSON.
//!
//! [`router`] turns an archive into addresses, [`serve`] answers them on a listener. In reading
//! order: `routes` is the table of addresses; `params` reads and writes their query strings;
//! `pages` and `api` answer; `view` turns answers into strings for `templates/`; `guard` decides
//! who is answered at all; `limits` holds every number.
//!
//! This crate never opens an archive, reads no environment and prints nothing.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod api;
mod assets;
mod error;
mod frame;
mod guard;
mod headers;
mod highlight;
mod limits;
mod pages;
mod params;
mod routes;
mod serve;
mod state;
mod view;

pub use routes::router;
pub use serve::serve;

/// How a server presents an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What stands before every address: empty, or `/news`.
    pub base_path: String,
    /// Host names that are answered besides the loopback's (`news.example.org`), without a port.
    pub hosts: Vec<String>,
    /// Whether the archive may be changed in the browser.
    pub editable: bool,
    /// Whether the server listens to other machines.
    pub beyond_loopback: bool,
    /// The program's version, shown at the foot of each page.
    pub version: String,
}
