//! Search, facets and reading in a browser, and the same as JSON.
