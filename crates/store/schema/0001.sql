-- The first schema. Words in braces differ between the databases and are put in at load (src/schema.rs).
-- Times are milliseconds since 1970, flags are 0 or 1, keys compare byte by byte.
CREATE TABLE meta (
    key {key} PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE outlets (
    id {serial},
    domain {key} NOT NULL UNIQUE,
    name {key} NOT NULL,
    family TEXT NOT NULL,
    country TEXT NOT NULL,
    paywalled BIGINT NOT NULL,
    state TEXT NOT NULL,
    added BIGINT NOT NULL
);

CREATE TABLE feeds (
    id {serial},
    address {key} NOT NULL UNIQUE,
    outlet BIGINT NOT NULL REFERENCES outlets (id),
    title TEXT NOT NULL,
    section TEXT NOT NULL,
    state TEXT NOT NULL,
    health TEXT NOT NULL,
    note TEXT NOT NULL,
    etag TEXT,
    modified TEXT,
    rhythm BIGINT NOT NULL,
    next BIGINT NOT NULL,
    fetched BIGINT,
    succeeded BIGINT,
    failures BIGINT NOT NULL,
    newest BIGINT,
    fresh BIGINT,
    moved_from TEXT NOT NULL,
    hub TEXT NOT NULL,
    topic TEXT NOT NULL,
    secret TEXT NOT NULL,
    lease BIGINT,
    offered BIGINT NOT NULL,
    added BIGINT NOT NULL
);
CREATE INDEX feeds_due ON feeds (state, next);
CREATE INDEX feeds_outlet ON feeds (outlet);

-- Addresses that feeds had before they moved.
CREATE TABLE moves (
    address {key} PRIMARY KEY,
    feed BIGINT NOT NULL REFERENCES feeds (id)
);

CREATE TABLE offers (
    id {serial},
    address {key} NOT NULL UNIQUE,
    feed BIGINT NOT NULL REFERENCES feeds (id),
    guid TEXT NOT NULL,
    title TEXT NOT NULL,
    published BIGINT,
    item {bytes} NOT NULL,
    hash TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    article {key},
    reason TEXT NOT NULL
);
CREATE INDEX offers_moment ON offers (feed, published);
CREATE INDEX offers_unread ON offers (id) WHERE article IS NULL AND reason = '';

-- Texts, each once, deflated.
CREATE TABLE texts (
    hash {key} PRIMARY KEY,
    length BIGINT NOT NULL,
    body {bytes} NOT NULL
);

CREATE TABLE articles (
    number {serial},
    id {key} NOT NULL UNIQUE,
    address {key} UNIQUE,
    domain {key} NOT NULL,
    outlet {key} NOT NULL,
    title TEXT NOT NULL,
    published BIGINT,
    paywalled BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    story {key},
    likeness {real} NOT NULL,
    -- 0: no; 1: by an editor; 2: with its outlet.
    withdrawn BIGINT NOT NULL,
    grouped BIGINT NOT NULL,
    added BIGINT NOT NULL
);
CREATE INDEX articles_added ON articles (added, number);
CREATE INDEX articles_domain ON articles (domain, added, number);
CREATE INDEX articles_lost ON articles (number) WHERE grouped = 0;

CREATE TABLE revisions (
    article BIGINT NOT NULL REFERENCES articles (number),
    number BIGINT NOT NULL,
    hash {key} NOT NULL REFERENCES texts (hash),
    title TEXT NOT NULL,
    record TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (article, number)
);
CREATE INDEX revisions_hash ON revisions (hash);

CREATE TABLE stories (
    number {serial},
    id {key} NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    lead TEXT NOT NULL,
    section {key} NOT NULL,
    created BIGINT NOT NULL,
    touched BIGINT NOT NULL,
    -- The `touched` that the last finished writing had seen.
    written BIGINT NOT NULL,
    published BIGINT,
    updated BIGINT,
    version BIGINT,
    articles BIGINT NOT NULL,
    families BIGINT NOT NULL,
    words BIGINT NOT NULL,
    held BIGINT NOT NULL,
    reason TEXT NOT NULL,
    comments BIGINT NOT NULL
);
CREATE INDEX stories_published ON stories (published, id) WHERE version IS NOT NULL;
CREATE INDEX stories_section ON stories (section, published, id) WHERE version IS NOT NULL;
CREATE INDEX stories_touched ON stories (touched, id);
CREATE INDEX stories_section_touched ON stories (section, touched, id);
CREATE INDEX stories_unwritten ON stories (id) WHERE written < touched;

CREATE TABLE members (
    story {key} NOT NULL REFERENCES stories (id),
    article {key} NOT NULL UNIQUE REFERENCES articles (id),
    family TEXT NOT NULL,
    copy_of {key},
    background BIGINT NOT NULL,
    likeness {real} NOT NULL,
    PRIMARY KEY (story, article)
);

-- Passages that an editor forbade as the base of a sentence.
CREATE TABLE dropped (
    id {serial},
    story {key} NOT NULL REFERENCES stories (id),
    article {key} NOT NULL REFERENCES articles (id),
    first BIGINT NOT NULL,
    past BIGINT NOT NULL,
    hash {key} NOT NULL,
    at BIGINT NOT NULL,
    UNIQUE (story, article, first, past, hash)
);

CREATE TABLE digests (
    story {key} NOT NULL REFERENCES stories (id),
    version BIGINT NOT NULL,
    state TEXT NOT NULL,
    input TEXT NOT NULL,
    seal TEXT NOT NULL,
    headline TEXT NOT NULL,
    lead TEXT NOT NULL,
    words BIGINT NOT NULL,
    sentences BIGINT NOT NULL,
    families BIGINT NOT NULL,
    domains TEXT NOT NULL,
    refused BIGINT NOT NULL,
    change TEXT NOT NULL,
    correction TEXT NOT NULL,
    reason TEXT NOT NULL,
    created BIGINT NOT NULL,
    published BIGINT,
    receipt {bytes} NOT NULL,
    PRIMARY KEY (story, version)
);
CREATE INDEX digests_waiting ON digests (created) WHERE state = 'held';
CREATE INDEX digests_corrected ON digests (published) WHERE state = 'published' AND correction <> '';

-- Which domains the digest that is shown cites; `published` is the story's, so that a domain's stories are one range.
CREATE TABLE cited (
    domain {key} NOT NULL,
    published BIGINT NOT NULL,
    story {key} NOT NULL REFERENCES stories (id),
    PRIMARY KEY (domain, published, story)
);
CREATE INDEX cited_story ON cited (story);

CREATE TABLE comments (
    id {serial},
    story {key} NOT NULL REFERENCES stories (id),
    parent BIGINT REFERENCES comments (id),
    author TEXT NOT NULL,
    words TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Whether it was ever shown: the place of a deleted one stays only then.
    shown BIGINT NOT NULL,
    editor BIGINT NOT NULL,
    created BIGINT NOT NULL,
    edited BIGINT,
    token {key} NOT NULL,
    sender {key} NOT NULL
);
CREATE INDEX comments_story ON comments (story, id);
CREATE INDEX comments_parent ON comments (parent);
CREATE INDEX comments_state ON comments (state, id);
CREATE INDEX comments_sender ON comments (sender, created) WHERE sender <> '';

CREATE TABLE reports (
    id {serial},
    story {key} NOT NULL REFERENCES stories (id),
    version BIGINT NOT NULL,
    sentence BIGINT NOT NULL,
    quoted TEXT NOT NULL,
    words TEXT NOT NULL,
    contact TEXT NOT NULL,
    sender {key} NOT NULL,
    created BIGINT NOT NULL,
    closed BIGINT,
    answer TEXT NOT NULL
);
CREATE INDEX reports_open ON reports (id) WHERE closed IS NULL;
CREATE INDEX reports_sender ON reports (sender, created) WHERE sender <> '';

CREATE TABLE jobs (
    id {serial},
    stage {key} NOT NULL,
    key {key} NOT NULL,
    state {key} NOT NULL,
    attempts BIGINT NOT NULL,
    due BIGINT NOT NULL,
    -- When it was, or will again be, due apart from any lease.
    since BIGINT NOT NULL,
    error TEXT NOT NULL,
    created BIGINT NOT NULL,
    asked BIGINT NOT NULL,
    UNIQUE (stage, key)
);
CREATE INDEX jobs_due ON jobs (stage, state, due);
CREATE INDEX jobs_state ON jobs (state, due);

CREATE TABLE editors (
    id {serial},
    name {key} NOT NULL UNIQUE,
    password TEXT NOT NULL,
    added BIGINT NOT NULL
);

CREATE TABLE sessions (
    token {key} PRIMARY KEY,
    editor BIGINT NOT NULL REFERENCES editors (id),
    until BIGINT NOT NULL,
    opened BIGINT NOT NULL
);
CREATE INDEX sessions_editor ON sessions (editor);

CREATE TABLE log (
    id {serial},
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL
);

{index story_words}

{index article_words}
