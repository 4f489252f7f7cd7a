-- What goes into learners' wallets: copies of a credential, offers of them, and what OAuth has to remember meanwhile.
-- Secrets (tokens, codes) are kept as SHA-256: whoever reads this database redeems nothing with it.

ALTER TABLE credentials ADD COLUMN master_id text COLLATE "C" NULL;            -- of a copy: the credential that it is a copy of
ALTER TABLE credentials ADD COLUMN form text COLLATE "C" NULL;                 -- of a copy: its configuration
ALTER TABLE credentials ADD COLUMN wallet_issue_id text COLLATE "C" NULL;      -- of a copy: the issue that it came of
ALTER TABLE credentials ADD COLUMN wallet_issue_index bigint NULL;
ALTER TABLE credentials ADD COLUMN held_alone bigint NOT NULL DEFAULT 0; -- of a copy: 1 while it is suspended by itself

CREATE INDEX credentials_by_master ON credentials (master_id) WHERE master_id IS NOT NULL;
CREATE UNIQUE INDEX credentials_by_wallet_issue ON credentials (wallet_issue_id, wallet_issue_index) WHERE wallet_issue_id IS NOT NULL;

-- Half of each page is left free: an offer changes twice or thrice, and a new version on the same page touches no index (HOT).
CREATE TABLE wallet_offers (
    id                text COLLATE "C" NOT NULL PRIMARY KEY,
    institution_id    text COLLATE "C" NOT NULL REFERENCES institutions (id),
    credential_id     text COLLATE "C" NOT NULL REFERENCES credentials (id),
    grant_type        text COLLATE "C" NOT NULL CHECK (grant_type IN ('pre-authorized_code', 'authorization_code')),
    configurations    text COLLATE "C" NOT NULL,                            -- ids, separated by a space
    token_hash        bytea NOT NULL UNIQUE CHECK (length(token_hash) = 32),
    code_hash         bytea NOT NULL UNIQUE CHECK (length(code_hash) = 32), -- of the pre-authorized code, or of the issuer_state
    learner_code_hash bytea NULL CHECK (length(learner_code_hash) = 32),    -- of the transaction code, or of the collection code
    attempts          bigint NOT NULL DEFAULT 0,                  -- wrong ones
    created_at        bigint NOT NULL,
    expires_at        bigint NOT NULL,
    revoked_at        bigint NULL,
    held              bigint NOT NULL DEFAULT 0 CHECK (held IN (0, 1)), -- 1 while the credential is suspended
    redeemed_at       bigint NULL,                                -- the first access token
    client_id         text COLLATE "C" NULL,
    granted           text COLLATE "C" NULL,                                -- ids, separated by a space
    by_identifiers    bigint NOT NULL DEFAULT 0 CHECK (by_identifiers IN (0, 1)),
    access_hash       bytea NULL CHECK (length(access_hash) = 32), -- not indexed: the token names the offer
    access_key        text COLLATE "C" NULL,                                -- thumbprint of the DPoP key; null for a bearer token
    access_expires_at bigint NULL,
    issued_at         bigint NULL,                                -- the first copy
    copies            bigint NOT NULL DEFAULT 0                   -- keys that copies were made for, or are to be
) WITH (fillfactor = 50);

CREATE INDEX wallet_offers_by_credential ON wallet_offers (credential_id);

CREATE TABLE wallet_authorizations (
    id              bytea NOT NULL PRIMARY KEY CHECK (length(id) = 32), -- hash of what stands for the request
    institution_id  text COLLATE "C" NOT NULL REFERENCES institutions (id),
    offer_id        text COLLATE "C" NOT NULL REFERENCES wallet_offers (id),
    client_id       text COLLATE "C" NOT NULL,
    redirect_uri    text COLLATE "C" NOT NULL,
    state           text COLLATE "C" NULL,
    code_challenge  text COLLATE "C" NOT NULL,
    configurations  text COLLATE "C" NOT NULL,
    by_identifiers  bigint NOT NULL CHECK (by_identifiers IN (0, 1)),
    dpop_key        text COLLATE "C" NULL,
    created_at      bigint NOT NULL,
    expires_at      bigint NOT NULL,
    code_hash       bytea NULL UNIQUE CHECK (length(code_hash) = 32),
    code_expires_at bigint NULL
);

CREATE INDEX wallet_authorizations_by_expiry ON wallet_authorizations (expires_at);

-- One request for one configuration of an offer; what was made of it is in credentials.
CREATE TABLE wallet_issues (
    id               text COLLATE "C" NOT NULL PRIMARY KEY,
    offer_id         text COLLATE "C" NOT NULL REFERENCES wallet_offers (id),
    configuration    text COLLATE "C" NOT NULL,
    request_hash     bytea NOT NULL CHECK (length(request_hash) = 32),
    notification_id  text COLLATE "C" NOT NULL UNIQUE,
    transaction_id   text COLLATE "C" NULL UNIQUE,                          -- of one that was deferred
    holders          text COLLATE "C" NULL,                                 -- of one that is deferred: for which keys
    event            text COLLATE "C" NULL,
    event_at         bigint NULL,
    created_at       bigint NOT NULL,
    UNIQUE (offer_id, configuration)
);

-- Nonces that were used, until they would be too old anyway.
CREATE TABLE wallet_nonces (
    hash       bytea NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    expires_at bigint NOT NULL
);

CREATE INDEX wallet_nonces_by_expiry ON wallet_nonces (expires_at);

-- What others vouch for an institution's key by.
CREATE TABLE key_certificates (
    institution_id text COLLATE "C" NOT NULL,
    key_id         text COLLATE "C" NOT NULL,
    chain          text COLLATE "C" NOT NULL,                               -- PEM, that of the key first
    created_at     bigint NOT NULL,
    PRIMARY KEY (institution_id, key_id),
    FOREIGN KEY (institution_id, key_id) REFERENCES signing_keys (institution_id, id)
);
