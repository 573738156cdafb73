//! Whole articles, as a reader would check them.
