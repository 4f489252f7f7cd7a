-- Institutions that change: keys that come and go, identities, accreditations, successors; and credentials that replace others.

-- A key signs while retiring_at is null. retired_at, from 001, is when its revocation went to the outbox: from then on it is published as revoked.
ALTER TABLE signing_keys ADD COLUMN reason text COLLATE "C" NULL CHECK (reason IN ('retired', 'compromised'));
ALTER TABLE signing_keys ADD COLUMN retiring_at bigint NULL;

CREATE INDEX signing_keys_retiring ON signing_keys (institution_id, id) WHERE retiring_at IS NOT NULL;

-- Ids of the keys that signed, separated by a space; null for those of before: any key may have.
ALTER TABLE credentials ADD COLUMN signed_by text COLLATE "C" NULL;

-- Our id of the credential that replaces this one. No foreign key to the own table: databases are copied row by row.
ALTER TABLE credentials ADD COLUMN replaced_by text COLLATE "C" NULL;

CREATE INDEX credentials_replaced ON credentials (status_list_id, status_index) WHERE replaced_by IS NOT NULL;

-- One bit an entry: superseded. Null for all zero.
ALTER TABLE status_lists ADD COLUMN message_bits bytea NULL;

-- Every identity document that an institution had, its newest being its own now. The registry keeps the hash.
CREATE TABLE institution_identities (
    institution_id text COLLATE "C"    NOT NULL REFERENCES institutions (id),
    revision       bigint NOT NULL CHECK (revision > 0),
    hash           bytea    NOT NULL CHECK (length(hash) = 32),
    document       bytea    NOT NULL,                     -- UTF-8 JSON, as hashed
    created_at     bigint NOT NULL,
    PRIMARY KEY (institution_id, revision),
    UNIQUE (institution_id, hash)
);

-- What institutions of this deployment gave as accreditors.
CREATE TABLE accreditations (
    id             bytea    NOT NULL PRIMARY KEY CHECK (length(id) = 32),   -- as in the registry
    accreditor     text COLLATE "C"    NOT NULL REFERENCES institutions (id),
    institution    bytea    NOT NULL CHECK (length(institution) = 32),      -- in the registry; of this deployment or of another
    identity       bytea    NOT NULL CHECK (length(identity) = 32),
    serial         bigint NOT NULL,
    valid_from     bigint NULL,
    valid_until    bigint NULL,
    scope          bigint NOT NULL,                     -- the contract's 64 bits
    created_at     bigint NOT NULL,
    revoked_at     bigint NULL,
    UNIQUE (accreditor, institution, identity, serial)
);

CREATE INDEX accreditations_by_institution ON accreditations (institution, identity);

-- Paths that accreditors outside of this deployment handed over, by their first link's accreditation.
CREATE TABLE accreditation_paths (
    institution_id text COLLATE "C"    NOT NULL REFERENCES institutions (id),
    accreditation  bytea    NOT NULL CHECK (length(accreditation) = 32),
    identity       bytea    NOT NULL CHECK (length(identity) = 32),
    document       bytea    NOT NULL,
    created_at     bigint NOT NULL,
    PRIMARY KEY (institution_id, accreditation)
);
