-- The outbox of transactions. A row of `transactions` is an intent first; when it is given a nonce it becomes a row of the
-- nonce log as well, with the signed bytes that are sent, and sent again, until the chain has them.

CREATE TABLE chain_accounts (
    address    BLOB    NOT NULL PRIMARY KEY CHECK (length(address) = 20),
    secret     BLOB    NOT NULL,                         -- protected by the key ring
    next_nonce INTEGER NULL,                             -- null until the first lease
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE transactions (
    id                  INTEGER NOT NULL PRIMARY KEY,    -- the order of queueing
    purpose             TEXT    NOT NULL CHECK (purpose IN ('create-institution', 'anchor', 'revoke')),
    institution_id      TEXT    NOT NULL REFERENCES institutions (id),
    destination         BLOB    NOT NULL CHECK (length(destination) = 20),
    data                BLOB    NOT NULL,
    gas_limit           INTEGER NOT NULL,
    attempt             INTEGER NOT NULL DEFAULT 1,      -- how often this intent was given a nonce, this row included
    not_before          INTEGER NOT NULL DEFAULT 0,
    queued_at           INTEGER NOT NULL,
    -- queued: no nonce yet. failed: its nonce is used up for good without the effect; a later row carries the intent on.
    state               TEXT    NOT NULL DEFAULT 'queued'
                        CHECK (state IN ('queued', 'submitted', 'included', 'safe', 'finalized', 'failed')),
    problem             TEXT    NULL,                    -- the last thing that stood in its way

    account             BLOB    NULL REFERENCES chain_accounts (address),
    nonce               INTEGER NULL,
    hash                BLOB    NULL CHECK (length(hash) = 32),
    raw                 BLOB    NULL,
    max_fee             TEXT    NULL,                    -- wei per gas, decimal
    max_priority_fee    TEXT    NULL,
    sent_at             INTEGER NULL,                    -- when the node last took it

    mined_hash          BLOB    NULL CHECK (length(mined_hash) = 32),
    block_number        INTEGER NULL,
    block_hash          BLOB    NULL CHECK (length(block_hash) = 32),
    block_time          INTEGER NULL,
    gas_used            INTEGER NULL,
    effective_gas_price TEXT    NULL,                    -- wei per gas, decimal
    finalized_at        INTEGER NULL,

    UNIQUE (account, nonce),
    CHECK ((state = 'queued') = (nonce IS NULL)),
    CHECK ((nonce IS NULL) = (account IS NULL)),
    CHECK ((nonce IS NULL) = (raw IS NULL)),
    CHECK ((nonce IS NULL) = (hash IS NULL))
) STRICT;

CREATE INDEX transactions_queued ON transactions (id) WHERE state = 'queued';
CREATE INDEX transactions_open ON transactions (id) WHERE state IN ('submitted', 'included', 'safe');
CREATE UNIQUE INDEX transactions_by_effect ON transactions (data, destination) WHERE state <> 'failed';

-- Hashes that a transaction had before its fees were raised: one of those may be the one that is mined.
CREATE TABLE replaced_transactions (
    hash           BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    transaction_id INTEGER NOT NULL REFERENCES transactions (id)
) STRICT;

CREATE INDEX replaced_transactions_by_transaction ON replaced_transactions (transaction_id);

CREATE TABLE anchor_batches (
    id             INTEGER NOT NULL PRIMARY KEY,
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    root           BLOB    NOT NULL CHECK (length(root) = 32),
    tree_size      INTEGER NOT NULL CHECK (tree_size > 0),
    -- The digests in order: the receipts of the others stay when one credential is erased.
    leaves         BLOB    NOT NULL CHECK (length(leaves) = 32 * tree_size),
    transaction_id INTEGER NOT NULL REFERENCES transactions (id),   -- its state is the batch's state
    sealed_at      INTEGER NOT NULL,
    UNIQUE (institution_id, root)
) STRICT;

CREATE INDEX anchor_batches_by_root ON anchor_batches (root);
CREATE INDEX anchor_batches_by_transaction ON anchor_batches (transaction_id);

-- The registry that this database writes to, and the newest block that was final when its transactions were last judged:
-- when the chain no longer has that block, everything is judged again.
CREATE TABLE chain_checkpoint (
    id               INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    chain_id         INTEGER NOT NULL,
    genesis_hash     BLOB    NOT NULL CHECK (length(genesis_hash) = 32),
    contract         BLOB    NOT NULL CHECK (length(contract) = 20),
    finalized_number INTEGER NULL,
    finalized_hash   BLOB    NULL
) STRICT;
