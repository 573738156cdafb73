//! Scans everything.
