//! Every number that keeps one reader, or one broken client, from taking the server from the others.

use std::time::Duration;

/// A client must send the head of a request within this time, counted anew for each request of a
/// connection; so this is also how long a connection may wait between two requests.
pub(crate) const HEADER_READ: Duration = Duration::from_secs(10);
/// A connection on which no byte moves for this long is closed: it outlasts [`REQUEST`], so that
/// only a client that neither sends nor reads meets it.
pub(crate) const IDLE: Duration = Duration::from_secs(60);
/// A request that is not answered within this time is refused with 503.
pub(crate) const REQUEST: Duration = Duration::from_secs(30);
/// How long requests in progress may go on after the server was asked to stop.
pub(crate) const SHUTDOWN: Duration = Duration::from_secs(5);
/// How long to wait before accepting again when the system is out of file descriptors.
pub(crate) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Open connections. Further ones wait in the system's queue.
pub(crate) const CONNECTIONS: usize = 512;
/// Searches at one time. Further ones wait, within [`REQUEST`].
pub(crate) const SEARCHES: usize = 8;
/// Bytes of a request's body: a title, or what a person corrects of an article.
pub(crate) const BODY: usize = 64 * 1024;
/// Characters of an archive's title.
pub(crate) const TITLE: usize = 200;

/// Bytes of a query string beyond which a page stops repeating it in the links of every facet value
/// and hit: 300 links of 60 kB each would be a page of 18 MB.
pub(crate) const LINKED_QUERY: usize = 4_000;
/// Characters of a query that a page's title or reading repeats.
pub(crate) const SHOWN_QUERY: usize = 300;
/// How many more facet values each "more" asks for.
pub(crate) const MORE_FACTOR: usize = 5;

/// Values that can be chosen in all facets together. Every link of a page repeats them all, so the page
/// grows with their square.
pub(crate) const CHOICES: usize = 100;
