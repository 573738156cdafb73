//! The archive on disk: SQLite holds the truth, tantivy the derived index.
