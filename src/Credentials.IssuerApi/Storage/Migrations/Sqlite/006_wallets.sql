-- What goes into learners' wallets: copies of a credential, offers of them, and what OAuth has to remember meanwhile.
-- Secrets (tokens, codes) are kept as SHA-256: whoever reads this database redeems nothing with it.

ALTER TABLE credentials ADD COLUMN master_id TEXT NULL;            -- of a copy: the credential that it is a copy of
ALTER TABLE credentials ADD COLUMN form TEXT NULL;                 -- of a copy: its configuration
ALTER TABLE credentials ADD COLUMN wallet_issue_id TEXT NULL;      -- of a copy: the issue that it came of
ALTER TABLE credentials ADD COLUMN wallet_issue_index INTEGER NULL;
ALTER TABLE credentials ADD COLUMN held_alone INTEGER NOT NULL DEFAULT 0; -- of a copy: 1 while it is suspended by itself

CREATE INDEX credentials_by_master ON credentials (master_id) WHERE master_id IS NOT NULL;
CREATE UNIQUE INDEX credentials_by_wallet_issue ON credentials (wallet_issue_id, wallet_issue_index) WHERE wallet_issue_id IS NOT NULL;

CREATE TABLE wallet_offers (
    id                TEXT    NOT NULL PRIMARY KEY,
    institution_id    TEXT    NOT NULL REFERENCES institutions (id),
    credential_id     TEXT    NOT NULL REFERENCES credentials (id),
    grant_type        TEXT    NOT NULL CHECK (grant_type IN ('pre-authorized_code', 'authorization_code')),
    configurations    TEXT    NOT NULL,                            -- ids, separated by a space
    token_hash        BLOB    NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    code_hash         BLOB    NOT NULL UNIQUE CHECK (length(code_hash) = 32), -- of the pre-authorized code, or of the issuer_state
    learner_code_hash BLOB    NULL CHECK (length(learner_code_hash) = 32),    -- of the transaction code, or of the collection code
    attempts          INTEGER NOT NULL DEFAULT 0,                  -- wrong ones
    created_at        INTEGER NOT NULL,
    expires_at        INTEGER NOT NULL,
    revoked_at        INTEGER NULL,
    held              INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)), -- 1 while the credential is suspended
    redeemed_at       INTEGER NULL,                                -- the first access token
    client_id         TEXT    NULL,
    granted           TEXT    NULL,                                -- ids, separated by a space
    by_identifiers    INTEGER NOT NULL DEFAULT 0 CHECK (by_identifiers IN (0, 1)),
    access_hash       BLOB    NULL CHECK (length(access_hash) = 32), -- not indexed: the token names the offer
    access_key        TEXT    NULL,                                -- thumbprint of the DPoP key; null for a bearer token
    access_expires_at INTEGER NULL,
    issued_at         INTEGER NULL,                                -- the first copy
    copies            INTEGER NOT NULL DEFAULT 0                   -- keys that copies were made for, or are to be
) STRICT;

CREATE INDEX wallet_offers_by_credential ON wallet_offers (credential_id);

CREATE TABLE wallet_authorizations (
    id              BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 32), -- hash of what stands for the request
    institution_id  TEXT    NOT NULL REFERENCES institutions (id),
    offer_id        TEXT    NOT NULL REFERENCES wallet_offers (id),
    client_id       TEXT    NOT NULL,
    redirect_uri    TEXT    NOT NULL,
    state           TEXT    NULL,
    code_challenge  TEXT    NOT NULL,
    configurations  TEXT    NOT NULL,
    by_identifiers  INTEGER NOT NULL CHECK (by_identifiers IN (0, 1)),
    dpop_key        TEXT    NULL,
    created_at      INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL,
    code_hash       BLOB    NULL UNIQUE CHECK (length(code_hash) = 32),
    code_expires_at INTEGER NULL
) STRICT;

CREATE INDEX wallet_authorizations_by_expiry ON wallet_authorizations (expires_at);

-- One request for one configuration of an offer; what was made of it is in credentials.
CREATE TABLE wallet_issues (
    id               TEXT    NOT NULL PRIMARY KEY,
    offer_id         TEXT    NOT NULL REFERENCES wallet_offers (id),
    configuration    TEXT    NOT NULL,
    request_hash     BLOB    NOT NULL CHECK (length(request_hash) = 32),
    notification_id  TEXT    NOT NULL UNIQUE,
    transaction_id   TEXT    NULL UNIQUE,                          -- of one that was deferred
    holders          TEXT    NULL,                                 -- of one that is deferred: for which keys
    event            TEXT    NULL,
    event_at         INTEGER NULL,
    created_at       INTEGER NOT NULL,
    UNIQUE (offer_id, configuration)
) STRICT;

-- Nonces that were used, until they would be too old anyway.
CREATE TABLE wallet_nonces (
    hash       BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX wallet_nonces_by_expiry ON wallet_nonces (expires_at);

-- What others vouch for an institution's key by.
CREATE TABLE key_certificates (
    institution_id TEXT    NOT NULL,
    key_id         TEXT    NOT NULL,
    chain          TEXT    NOT NULL,                               -- PEM, that of the key first
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (institution_id, key_id),
    FOREIGN KEY (institution_id, key_id) REFERENCES signing_keys (institution_id, id)
) STRICT;
