-- archive.db, version 3: what people decided about actors, authors and sources.

-- A log that only grows. An undo is an entry, too: `undoes` is the number of what it takes back. What a name
-- stands for is asked of the log (index/src/authority.rs); no article, mention or name changes with a decision.
CREATE TABLE decisions (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    decision TEXT,                   -- JSON; NULL: an undo
    undoes   INTEGER REFERENCES decisions (number),
    who      TEXT NOT NULL,
    at       TEXT NOT NULL,          -- UTC, ISO 8601, with milliseconds
    CHECK ((decision IS NULL) <> (undoes IS NULL))
);
