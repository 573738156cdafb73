//! The pages and the API through the router, in memory.
