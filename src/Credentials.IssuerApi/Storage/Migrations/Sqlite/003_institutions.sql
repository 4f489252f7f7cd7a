-- Institutions that change: keys that come and go, identities, accreditations, successors; and credentials that replace others.

-- A key signs while retiring_at is null. retired_at, from 001, is when its revocation went to the outbox: from then on it is published as revoked.
ALTER TABLE signing_keys ADD COLUMN reason TEXT NULL CHECK (reason IN ('retired', 'compromised'));
ALTER TABLE signing_keys ADD COLUMN retiring_at INTEGER NULL;

CREATE INDEX signing_keys_retiring ON signing_keys (institution_id, id) WHERE retiring_at IS NOT NULL;

-- Ids of the keys that signed, separated by a space; null for those of before: any key may have.
ALTER TABLE credentials ADD COLUMN signed_by TEXT NULL;

-- Our id of the credential that replaces this one. No foreign key to the own table: databases are copied row by row.
ALTER TABLE credentials ADD COLUMN replaced_by TEXT NULL;

CREATE INDEX credentials_replaced ON credentials (status_list_id, status_index) WHERE replaced_by IS NOT NULL;

-- One bit an entry: superseded. Null for all zero.
ALTER TABLE status_lists ADD COLUMN message_bits BLOB NULL;

-- Every identity document that an institution had, its newest being its own now. The registry keeps the hash.
CREATE TABLE institution_identities (
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    revision       INTEGER NOT NULL CHECK (revision > 0),
    hash           BLOB    NOT NULL CHECK (length(hash) = 32),
    document       BLOB    NOT NULL,                     -- UTF-8 JSON, as hashed
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (institution_id, revision),
    UNIQUE (institution_id, hash)
) STRICT;

-- What institutions of this deployment gave as accreditors.
CREATE TABLE accreditations (
    id             BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 32),   -- as in the registry
    accreditor     TEXT    NOT NULL REFERENCES institutions (id),
    institution    BLOB    NOT NULL CHECK (length(institution) = 32),      -- in the registry; of this deployment or of another
    identity       BLOB    NOT NULL CHECK (length(identity) = 32),
    serial         INTEGER NOT NULL,
    valid_from     INTEGER NULL,
    valid_until    INTEGER NULL,
    scope          INTEGER NOT NULL,                     -- the contract's 64 bits
    created_at     INTEGER NOT NULL,
    revoked_at     INTEGER NULL,
    UNIQUE (accreditor, institution, identity, serial)
) STRICT;

CREATE INDEX accreditations_by_institution ON accreditations (institution, identity);

-- Paths that accreditors outside of this deployment handed over, by their first link's accreditation.
CREATE TABLE accreditation_paths (
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    accreditation  BLOB    NOT NULL CHECK (length(accreditation) = 32),
    identity       BLOB    NOT NULL CHECK (length(identity) = 32),
    document       BLOB    NOT NULL,
    created_at     INTEGER NOT NULL,
    PRIMARY KEY (institution_id, accreditation)
) STRICT;
