-- Times are integer Unix milliseconds UTC; hashes and ids are bytea in network byte order.

CREATE TABLE institutions (
    id                text COLLATE "C" NOT NULL PRIMARY KEY,      -- the slug
    did               text COLLATE "C" NOT NULL UNIQUE,
    name              text COLLATE "C" NOT NULL,
    country           text COLLATE "C" NOT NULL,                  -- ISO 3166-1 alpha-2
    chain_institution bytea            NOT NULL UNIQUE CHECK (length(chain_institution) = 32),
    chain_nonce       bytea            NOT NULL CHECK (length(chain_nonce) = 16),
    account           bytea            NOT NULL CHECK (length(account) = 20),
    created_at        bigint           NOT NULL
);

CREATE TABLE signing_keys (
    institution_id text COLLATE "C" NOT NULL REFERENCES institutions (id),
    id             text COLLATE "C" NOT NULL,                     -- the public key as Multikey: the fragment of its verification method
    type           text COLLATE "C" NOT NULL,                     -- P256 | P384 | Ed25519
    secret         bytea            NOT NULL,                     -- protected by the key ring
    created_at     bigint           NOT NULL,
    retired_at     bigint           NULL,
    PRIMARY KEY (institution_id, id)
);

CREATE TABLE api_keys (
    id             text COLLATE "C" NOT NULL PRIMARY KEY,         -- the readable part, shown in the audit log
    hash           bytea            NOT NULL CHECK (length(hash) = 32),
    role           text COLLATE "C" NOT NULL CHECK (role IN ('registrar', 'reader')),
    institution_id text COLLATE "C" NOT NULL REFERENCES institutions (id),
    created_at     bigint           NOT NULL,
    revoked_at     bigint           NULL
);

CREATE TABLE status_lists (
    id              text COLLATE "C" NOT NULL PRIMARY KEY,
    institution_id  text COLLATE "C" NOT NULL REFERENCES institutions (id),
    allocated       bytea            NOT NULL,                    -- one bit an entry: taken
    allocated_count bigint           NOT NULL,
    revocation_bits bytea            NOT NULL,
    suspension_bits bytea            NOT NULL,
    version         bigint           NOT NULL,                    -- rises with each change of a bit
    created_at      bigint           NOT NULL
);

CREATE INDEX status_lists_by_institution ON status_lists (institution_id, created_at);

CREATE TABLE batch_jobs (
    id             text COLLATE "C" NOT NULL PRIMARY KEY,
    institution_id text COLLATE "C" NOT NULL REFERENCES institutions (id),
    state          text COLLATE "C" NOT NULL CHECK (state IN ('uploading', 'queued', 'running', 'completed', 'cancelled')),
    cryptosuites   text COLLATE "C" NOT NULL,                     -- names, separated by a space
    created_by     text COLLATE "C" NOT NULL,
    total          bigint           NOT NULL,
    signed         bigint           NOT NULL DEFAULT 0,
    failed         bigint           NOT NULL DEFAULT 0,
    created_at     bigint           NOT NULL,
    started_at     bigint           NULL,
    finished_at    bigint           NULL
);

CREATE INDEX batch_jobs_open ON batch_jobs (created_at) WHERE state IN ('uploading', 'queued', 'running');

CREATE TABLE credentials (
    id              text COLLATE "C" NOT NULL PRIMARY KEY,        -- our own uuid
    institution_id  text COLLATE "C" NOT NULL REFERENCES institutions (id),
    credential_id   text COLLATE "C" NOT NULL,                    -- the document's own id
    document        bytea            NOT NULL,                    -- the secured, bare text
    digest          bytea            NOT NULL UNIQUE CHECK (length(digest) = 32),
    handle          bytea            NOT NULL CHECK (length(handle) = 16),
    status_list_id  text COLLATE "C" NOT NULL REFERENCES status_lists (id),
    status_index    bigint           NOT NULL,
    link_token      text COLLATE "C" NULL UNIQUE,
    created_at      bigint           NOT NULL,
    anchor_batch_id bigint           NULL,
    leaf_index      bigint           NULL,
    UNIQUE (institution_id, credential_id),
    UNIQUE (status_list_id, status_index)
);

CREATE INDEX credentials_queued ON credentials (institution_id, created_at) WHERE anchor_batch_id IS NULL;
CREATE UNIQUE INDEX credentials_by_leaf ON credentials (anchor_batch_id, leaf_index) WHERE anchor_batch_id IS NOT NULL;

CREATE TABLE batch_rows (
    job_id        text COLLATE "C" NOT NULL REFERENCES batch_jobs (id) ON DELETE CASCADE,
    line          bigint           NOT NULL,                      -- 1-based, as in the file that was sent
    body          bytea            NULL,                          -- emptied once the row is settled
    credential_id text COLLATE "C" NULL REFERENCES credentials (id),
    problem       text COLLATE "C" NULL,                          -- JSON
    PRIMARY KEY (job_id, line)
);

CREATE INDEX batch_rows_open ON batch_rows (job_id, line) WHERE credential_id IS NULL AND problem IS NULL;
CREATE INDEX batch_rows_by_credential ON batch_rows (credential_id) WHERE credential_id IS NOT NULL;

CREATE TABLE idempotency_keys (
    institution_id text COLLATE "C" NOT NULL REFERENCES institutions (id),
    key            text COLLATE "C" NOT NULL,
    request_hash   bytea            NOT NULL CHECK (length(request_hash) = 32),
    resource       text COLLATE "C" NOT NULL,                     -- path of what the first request made
    created_at     bigint           NOT NULL,
    PRIMARY KEY (institution_id, key)
);

CREATE TABLE audit_log (
    id             bigint           NOT NULL GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    at             bigint           NOT NULL,
    actor          text COLLATE "C" NOT NULL,                     -- id of the API key, or administrator
    institution_id text COLLATE "C" NULL,
    action         text COLLATE "C" NOT NULL,
    subject        text COLLATE "C" NOT NULL,                     -- an id, never subject data
    detail         text COLLATE "C" NULL
);

CREATE INDEX audit_log_by_subject ON audit_log (subject);
