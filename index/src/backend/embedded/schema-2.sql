-- archive.db, version 2: where each field was found, what people corrected, in which bin each record
-- ended, and which articles are one text saved twice.

ALTER TABLE revisions ADD COLUMN found TEXT NOT NULL DEFAULT '{}';  -- JSON: {field: where it was found}

-- article, not-article, failed, unsupported, skipped: `outcome` in finer steps.
ALTER TABLE records ADD COLUMN bin TEXT;
UPDATE records SET bin = outcome;
CREATE INDEX records_by_bin ON records (bin);

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

-- By what an article is known again when it is saved a second time.
CREATE TABLE fingerprints (
    article INTEGER PRIMARY KEY REFERENCES articles (number),
    text    TEXT NOT NULL,           -- a digest of the text's folded words; empty for a short text
    heading TEXT NOT NULL,           -- a digest of the folded title and the day; empty without either
    sketch  BLOB NOT NULL            -- the MinHash of the text's five-word shingles
);
CREATE INDEX fingerprints_by_text ON fingerprints (text) WHERE text <> '';
CREATE INDEX fingerprints_by_heading ON fingerprints (heading) WHERE heading <> '';

-- Two articles that are one text, each pair in both directions.
CREATE TABLE same (
    article INTEGER NOT NULL REFERENCES articles (number),
    other   INTEGER NOT NULL REFERENCES articles (number),
    why     TEXT NOT NULL,           -- bytes, text, near
    PRIMARY KEY (article, other)
) WITHOUT ROWID;
