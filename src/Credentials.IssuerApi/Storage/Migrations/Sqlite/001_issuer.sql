-- Times are integer Unix milliseconds UTC; hashes and ids are BLOBs in network byte order.

CREATE TABLE institutions (
    id                TEXT    NOT NULL PRIMARY KEY,      -- the slug
    did               TEXT    NOT NULL UNIQUE,
    name              TEXT    NOT NULL,
    country           TEXT    NOT NULL,                  -- ISO 3166-1 alpha-2
    chain_institution BLOB    NOT NULL UNIQUE CHECK (length(chain_institution) = 32),
    chain_nonce       BLOB    NOT NULL CHECK (length(chain_nonce) = 16),
    account           BLOB    NOT NULL CHECK (length(account) = 20),
    created_at        INTEGER NOT NULL
) STRICT;

CREATE TABLE signing_keys (
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    id             TEXT    NOT NULL,                     -- the public key as Multikey: the fragment of its verification method
    type           TEXT    NOT NULL,                     -- P256 | P384 | Ed25519
    secret         BLOB    NOT NULL,                     -- protected by the key ring
    created_at     INTEGER NOT NULL,
    retired_at     INTEGER NULL,
    PRIMARY KEY (institution_id, id)
) STRICT;

CREATE TABLE api_keys (
    id             TEXT    NOT NULL PRIMARY KEY,         -- the readable part, shown in the audit log
    hash           BLOB    NOT NULL CHECK (length(hash) = 32),
    role           TEXT    NOT NULL CHECK (role IN ('registrar', 'reader')),
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    created_at     INTEGER NOT NULL,
    revoked_at     INTEGER NULL
) STRICT;

CREATE TABLE status_lists (
    id              TEXT    NOT NULL PRIMARY KEY,
    institution_id  TEXT    NOT NULL REFERENCES institutions (id),
    allocated       BLOB    NOT NULL,                    -- one bit an entry: taken
    allocated_count INTEGER NOT NULL,
    revocation_bits BLOB    NOT NULL,
    suspension_bits BLOB    NOT NULL,
    version         INTEGER NOT NULL,                    -- rises with each change of a bit
    created_at      INTEGER NOT NULL
) STRICT;

CREATE INDEX status_lists_by_institution ON status_lists (institution_id, created_at);

CREATE TABLE batch_jobs (
    id             TEXT    NOT NULL PRIMARY KEY,
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    state          TEXT    NOT NULL CHECK (state IN ('uploading', 'queued', 'running', 'completed', 'cancelled')),
    cryptosuites   TEXT    NOT NULL,                     -- names, separated by a space
    created_by     TEXT    NOT NULL,
    total          INTEGER NOT NULL,
    signed         INTEGER NOT NULL DEFAULT 0,
    failed         INTEGER NOT NULL DEFAULT 0,
    created_at     INTEGER NOT NULL,
    started_at     INTEGER NULL,
    finished_at    INTEGER NULL
) STRICT;

CREATE INDEX batch_jobs_open ON batch_jobs (created_at) WHERE state IN ('uploading', 'queued', 'running');

CREATE TABLE credentials (
    id              TEXT    NOT NULL PRIMARY KEY,        -- our own uuid
    institution_id  TEXT    NOT NULL REFERENCES institutions (id),
    credential_id   TEXT    NOT NULL,                    -- the document's own id
    document        BLOB    NOT NULL,                    -- the secured, bare text
    digest          BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32),
    handle          BLOB    NOT NULL CHECK (length(handle) = 16),
    status_list_id  TEXT    NOT NULL REFERENCES status_lists (id),
    status_index    INTEGER NOT NULL,
    link_token      TEXT    NULL UNIQUE,
    created_at      INTEGER NOT NULL,
    anchor_batch_id INTEGER NULL,
    leaf_index      INTEGER NULL,
    UNIQUE (institution_id, credential_id),
    UNIQUE (status_list_id, status_index)
) STRICT;

CREATE INDEX credentials_queued ON credentials (institution_id, created_at) WHERE anchor_batch_id IS NULL;
CREATE UNIQUE INDEX credentials_by_leaf ON credentials (anchor_batch_id, leaf_index) WHERE anchor_batch_id IS NOT NULL;

CREATE TABLE batch_rows (
    job_id        TEXT    NOT NULL REFERENCES batch_jobs (id) ON DELETE CASCADE,
    line          INTEGER NOT NULL,                      -- 1-based, as in the file that was sent
    body          BLOB    NULL,                          -- emptied once the row is settled
    credential_id TEXT    NULL REFERENCES credentials (id),
    problem       TEXT    NULL,                          -- JSON
    PRIMARY KEY (job_id, line)
) STRICT;

CREATE INDEX batch_rows_open ON batch_rows (job_id, line) WHERE credential_id IS NULL AND problem IS NULL;
CREATE INDEX batch_rows_by_credential ON batch_rows (credential_id) WHERE credential_id IS NOT NULL;

CREATE TABLE idempotency_keys (
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    key            TEXT    NOT NULL,
    request_hash   BLOB    NOT NULL CHECK (length(request_hash) = 32),
    resource       TEXT    NOT NULL,                     -- path of what the first request made
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (institution_id, key)
) STRICT;

CREATE TABLE audit_log (
    id             INTEGER NOT NULL PRIMARY KEY,
    at             INTEGER NOT NULL,
    actor          TEXT    NOT NULL,                     -- id of the API key, or administrator
    institution_id TEXT    NULL,
    action         TEXT    NOT NULL,
    subject        TEXT    NOT NULL,                     -- an id, never subject data
    detail         TEXT    NULL
) STRICT;

CREATE INDEX audit_log_by_subject ON audit_log (subject);
