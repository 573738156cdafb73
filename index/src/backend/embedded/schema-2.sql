-- archive.db, version 2: where each field was found, what people corrected, in which bin each record
-- ended, and which articles are one text saved twice.

ALTER TABLE revisions ADD COLUMN found TEXT NOT NULL DEFAULT '{}';  -- JSON: {field: where it was found}

-- article, not-article, failed, unsupported, skipped: `outcome` in finer steps.
ALTER TABLE records ADD COLUMN bin TEXT;
UPDATE records SET bin = outcome;
CREATE INDEX records_by_bin ON records (bin, file, run);

-- What people said of an article. A log: the last row of an article and field holds; a value of NULL
-- takes back what was said before.
CREATE TABLE edits (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number),
    field   TEXT NOT NULL,           -- title, published, authors, source, section …
    value   TEXT,                    -- JSON
    who     TEXT NOT NULL,
    at      TEXT NOT NULL            -- UTC, ISO 8601, with milliseconds
);
CREATE INDEX edits_by_article ON edits (article, field);

-- What extraction makes of a field that people corrected: it comes back when the correction is undone.
-- Names in a headline and doubts go with the fields, so 'mentions' and 'doubts' are kept whole beside them.
CREATE TABLE extracted (
    article INTEGER NOT NULL REFERENCES articles (number),
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,           -- JSON: the field, and where it was found
    PRIMARY KEY (article, field)
) WITHOUT ROWID;

-- The doubts of current revisions, to count them and find them by: revisions.doubts has their sentences.
CREATE TABLE current_doubts (
    article  INTEGER NOT NULL REFERENCES articles (number),
    position INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    field    TEXT NOT NULL,
    PRIMARY KEY (article, position)
) WITHOUT ROWID;
CREATE INDEX current_doubts_by_kind ON current_doubts (kind, field);
INSERT INTO current_doubts (article, position, kind, field)
    SELECT articles.number, doubt.key, coalesce(doubt.value ->> 'kind', 'other'), coalesce(doubt.value ->> 'field', '')
      FROM articles JOIN revisions ON revisions.change = articles.revision, json_each(revisions.doubts) AS doubt;

-- By what an article is known again when it is saved a second time (index/src/likeness.rs).
CREATE TABLE fingerprints (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    words   INTEGER NOT NULL,        -- of the text
    text    INTEGER NOT NULL,        -- a digest of its folded words
    title   INTEGER NOT NULL,        -- a digest of the headline's folded words; 0 without any
    sketch  BLOB NOT NULL            -- the MinHash values of its five-word runs, little-endian
);

-- Articles that share one of these are compared: bands of the sketch, and the headline.
CREATE TABLE likeness_keys (
    key     INTEGER NOT NULL,
    article INTEGER NOT NULL,        -- articles.number
    PRIMARY KEY (key, article)
) WITHOUT ROWID;

-- Two articles that are one text, each pair in both directions. Equal bytes are seen in `records`.
CREATE TABLE same (
    article INTEGER NOT NULL REFERENCES articles (number),
    other   INTEGER NOT NULL REFERENCES articles (number),
    why     TEXT NOT NULL,           -- text, near
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
