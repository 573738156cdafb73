-- archive.db: the truth. Everything in index/ is derived from it and may be deleted; this file never.
--
-- Numbers are given once and never used again. Every put and every delete takes the next number of
-- one sequence, `changes`; the index knows up to which of them it reaches.

CREATE TABLE archive (
    key   TEXT PRIMARY KEY,          -- id, title, created, program, runs
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE changes (
    change  INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number),
    kind    TEXT NOT NULL CHECK (kind IN ('put', 'delete')),
    at      TEXT NOT NULL            -- UTC, ISO 8601, with milliseconds
);

CREATE TABLE articles (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,   -- the public id, as addresses use it
    revision INTEGER                 -- the current revision; NULL: deleted
);

-- What makes a record the same article when it is met again: its own id, its address, its place.
CREATE TABLE identities (
    key     TEXT PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles (number)
) WITHOUT ROWID;

-- Each row is an article as one change left it. The current one is articles.revision.
CREATE TABLE revisions (
    change          INTEGER PRIMARY KEY REFERENCES changes (change),
    article         INTEGER NOT NULL REFERENCES articles (number),
    title           TEXT NOT NULL,
    standfirst      TEXT,
    published       TEXT,            -- 2024, 2024-01, 2024-01-17 or 2024-01-17T08:30:00+01:00
    published_found TEXT,            -- where the date was found: json-ld, meta, byline, url, text …
    updated         TEXT,
    updated_found   TEXT,
    source          INTEGER REFERENCES sources (number),
    domain          TEXT,
    section         INTEGER REFERENCES sections (number),
    language        INTEGER REFERENCES languages (number),
    url             TEXT,
    collection      TEXT,
    digest          TEXT NOT NULL,   -- equal for equal articles
    doubts          TEXT NOT NULL,   -- JSON: [{field, reason}]
    blocks          TEXT NOT NULL,   -- JSON: [{kind, start, end}], bytes of the text's UTF-8
    extra           TEXT NOT NULL,   -- JSON: fields of the record that nobody asked for
    text            TEXT NOT NULL    -- last, so that the columns above are read without it
);
CREATE INDEX revisions_by_article ON revisions (article);

CREATE TABLE authors   (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE sources   (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE sections  (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE tags      (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE languages (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

-- Names of actors and places as articles use them. Which names are one actor is decided by the
-- registry when the archive is asked; `same_as` is the first name that differs only in case,
-- accents, hyphens and the like.
CREATE TABLE names (
    number  INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    kind    TEXT NOT NULL,           -- person, state, institution, armed_group, organisation, place
    slug    TEXT NOT NULL,
    same_as INTEGER NOT NULL,
    UNIQUE (name, kind)
);
CREATE INDEX names_by_slug ON names (slug);

CREATE TABLE revision_authors (
    revision INTEGER NOT NULL REFERENCES revisions (change),
    position INTEGER NOT NULL,
    author   INTEGER NOT NULL REFERENCES authors (number),
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;

CREATE TABLE revision_tags (
    revision INTEGER NOT NULL REFERENCES revisions (change),
    position INTEGER NOT NULL,
    tag      INTEGER NOT NULL REFERENCES tags (number),
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;

CREATE TABLE mentions (
    revision    INTEGER NOT NULL REFERENCES revisions (change),
    position    INTEGER NOT NULL,
    field       TEXT NOT NULL,       -- title or text
    start       INTEGER NOT NULL,    -- bytes of the field's UTF-8
    end         INTEGER NOT NULL,
    text        TEXT NOT NULL,       -- what is printed there
    name        INTEGER NOT NULL REFERENCES names (number),
    found_by    TEXT NOT NULL,
    resolved_by TEXT NOT NULL,
    PRIMARY KEY (revision, position)
) WITHOUT ROWID;

-- Every file that was looked at. `complete`: all of its records are in `records`.
CREATE TABLE files (
    number   INTEGER PRIMARY KEY,
    path     TEXT NOT NULL UNIQUE,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,       -- nanoseconds since 1970
    reading  TEXT NOT NULL,          -- how it was read: program, labels, mapping
    complete INTEGER NOT NULL,
    run      INTEGER NOT NULL DEFAULT 0 -- the ingest run that read it to its end
);

-- Every record that was seen, and what became of it.
CREATE TABLE records (
    number   INTEGER PRIMARY KEY,
    file     INTEGER NOT NULL REFERENCES files (number),
    member   TEXT NOT NULL,          -- inside a container; empty for the file itself
    record   TEXT NOT NULL,          -- its own id or address, else 'line N'; empty if the file is one
    place    TEXT NOT NULL,          -- the part of the path that stays when a folder is moved
    offset   INTEGER,
    url      TEXT,
    hash     TEXT NOT NULL,
    size     INTEGER NOT NULL,
    modified INTEGER NOT NULL,       -- seconds since 1970
    outcome  TEXT NOT NULL CHECK (outcome IN ('article', 'skipped', 'failed')),
    reason   TEXT,                   -- why it is no article
    article  INTEGER REFERENCES articles (number),
    digest   TEXT,                   -- the article as this record last gave it: revisions.digest
    run      INTEGER NOT NULL,       -- the ingest run that last saw it
    UNIQUE (file, member, record)
);
CREATE INDEX records_by_article ON records (article);
CREATE INDEX records_by_hash ON records (hash);

-- For people who look around with an SQLite tool.
CREATE VIEW current_articles AS
    SELECT articles.id, revisions.title, revisions.published, sources.name AS source,
           sections.name AS section, languages.name AS language, revisions.url, revisions.collection,
           (SELECT group_concat(name, '; ')
              FROM (SELECT authors.name FROM revision_authors JOIN authors ON authors.number = author
                     WHERE revision = revisions.change ORDER BY position)) AS authors,
           revisions.text, articles.number, revisions.change AS revision
      FROM articles
      JOIN revisions ON revisions.change = articles.revision
      LEFT JOIN sources ON sources.number = revisions.source
      LEFT JOIN sections ON sections.number = revisions.section
      LEFT JOIN languages ON languages.number = revisions.language;

CREATE VIEW current_names AS
    SELECT articles.id, names.name, names.kind, count(*) AS mentions
      FROM articles
      JOIN mentions ON mentions.revision = articles.revision
      JOIN names ON names.number = mentions.name
     GROUP BY articles.number, names.number;

CREATE VIEW origins AS
    SELECT articles.id, files.path, records.member, records.record, records.offset, records.url,
           records.hash, records.size, records.modified, records.outcome, records.reason
      FROM records
      JOIN files ON files.number = records.file
      LEFT JOIN articles ON articles.number = records.article;
