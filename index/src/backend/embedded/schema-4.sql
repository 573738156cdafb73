-- archive.db, version 4: the list of actors that the archive is pinned to.

-- Its last row holds. What a name means changes with another list, so a newer program does not bring its own
-- into an archive: `dateline actors upgrade` adds a row here. Earlier lists stay, to know what was meant.
CREATE TABLE lists (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    digest  TEXT NOT NULL,           -- of the text
    text    BLOB NOT NULL,           -- zstd; index/data/actors/README.md tells its lines
    former  TEXT NOT NULL,           -- JSON: {id that only an earlier list had: the actor that it leads to}
    program TEXT NOT NULL,           -- the version of the program that brought it
    who     TEXT NOT NULL,
    at      TEXT NOT NULL            -- UTC, ISO 8601, with milliseconds
);
