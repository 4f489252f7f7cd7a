-- The outbox in full: every call of the registry, nonces that are leased before they are signed (a signer may be far away), cancellation,
-- the cost of every attempt, and what operators ordered. SQLite changes no CHECK in place: the tables are written anew, the
-- children before the parent, so that no reference is ever without what it refers to.

CREATE TABLE transactions_anew (
    id                  INTEGER NOT NULL PRIMARY KEY,    -- the order of queueing
    intent_id           INTEGER NULL REFERENCES transactions_anew (id),   -- the first attempt at the same intent; null in the first itself
    purpose             TEXT    NOT NULL,                -- a row of the table of effects
    repeatable          INTEGER NOT NULL DEFAULT 0 CHECK (repeatable IN (0, 1)),   -- 1: the same call twice is two intents
    institution_id      TEXT    NOT NULL REFERENCES institutions (id),
    destination         BLOB    NOT NULL CHECK (length(destination) = 20),
    data                BLOB    NOT NULL,
    gas_limit           INTEGER NOT NULL,
    attempt             INTEGER NOT NULL DEFAULT 1,      -- how often this intent was given a nonce, this row included
    not_before          INTEGER NOT NULL DEFAULT 0,
    queued_at           INTEGER NOT NULL,
    -- queued: no nonce yet. leased: a nonce, and no signature yet. failed: its nonce is used up for good without the effect; a later
    -- row carries the intent on, unless the contract refuses it for good. cancelled: an operator took it back, and it never came about.
    state               TEXT    NOT NULL DEFAULT 'queued'
                        CHECK (state IN ('queued', 'leased', 'submitted', 'included', 'safe', 'finalized', 'failed', 'cancelled')),
    problem             TEXT    NULL,                    -- the last thing that stood in its way
    -- requested: somebody wants it back. signed: the bytes are those of an empty transaction to ourselves, which uses up the nonce.
    cancellation        TEXT    NULL CHECK (cancellation IN ('requested', 'signed')),

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
    CHECK ((nonce IS NULL) = (account IS NULL)),
    CHECK ((raw IS NULL) = (hash IS NULL)),
    CHECK (raw IS NULL OR nonce IS NOT NULL),
    CHECK (state <> 'queued' OR nonce IS NULL),
    CHECK (state IN ('queued', 'cancelled') OR nonce IS NOT NULL),
    CHECK (state <> 'leased' OR raw IS NULL),
    CHECK (state IN ('queued', 'leased', 'cancelled') OR raw IS NOT NULL)
) STRICT;

INSERT INTO transactions_anew (id, purpose, institution_id, destination, data, gas_limit, attempt, not_before, queued_at, state, problem,
    account, nonce, hash, raw, max_fee, max_priority_fee, sent_at, mined_hash, block_number, block_hash, block_time, gas_used, effective_gas_price, finalized_at)
SELECT id, purpose, institution_id, destination, data, gas_limit, attempt, not_before, queued_at, state, problem,
    account, nonce, hash, raw, max_fee, max_priority_fee, sent_at, mined_hash, block_number, block_hash, block_time, gas_used, effective_gas_price, finalized_at
FROM transactions;

-- Until now the same data was always the same intent.
UPDATE transactions_anew SET intent_id = (
    SELECT min(first.id) FROM transactions_anew AS first WHERE first.data = transactions_anew.data AND first.destination = transactions_anew.destination)
WHERE attempt > 1;

CREATE TABLE replaced_anew (
    hash           BLOB    NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    transaction_id INTEGER NOT NULL REFERENCES transactions_anew (id),
    replaced_at    INTEGER NOT NULL,
    cancels        INTEGER NOT NULL DEFAULT 0 CHECK (cancels IN (0, 1))   -- 1: of an empty transaction, which only used up the nonce
) STRICT;

INSERT INTO replaced_anew (hash, transaction_id, replaced_at) SELECT hash, transaction_id, rowid FROM replaced_transactions;

CREATE TABLE batches_anew (
    id             INTEGER NOT NULL PRIMARY KEY,
    institution_id TEXT    NOT NULL REFERENCES institutions (id),
    root           BLOB    NOT NULL CHECK (length(root) = 32),
    tree_size      INTEGER NOT NULL CHECK (tree_size > 0),
    -- The digests in order: the receipts of the others stay when one credential is erased.
    leaves         BLOB    NOT NULL CHECK (length(leaves) = 32 * tree_size),
    transaction_id INTEGER NOT NULL REFERENCES transactions_anew (id),   -- its state is the batch's state
    sealed_at      INTEGER NOT NULL,
    UNIQUE (institution_id, root)
) STRICT;

INSERT INTO batches_anew (id, institution_id, root, tree_size, leaves, transaction_id, sealed_at)
SELECT id, institution_id, root, tree_size, leaves, transaction_id, sealed_at FROM anchor_batches;

DROP TABLE replaced_transactions;
DROP TABLE anchor_batches;
DROP TABLE transactions;
ALTER TABLE transactions_anew RENAME TO transactions;
ALTER TABLE replaced_anew RENAME TO replaced_transactions;
ALTER TABLE batches_anew RENAME TO anchor_batches;

CREATE INDEX transactions_queued ON transactions (id) WHERE state = 'queued';
CREATE INDEX transactions_leased ON transactions (nonce) WHERE state = 'leased';
CREATE INDEX transactions_open ON transactions (id) WHERE state IN ('submitted', 'included', 'safe');
CREATE INDEX transactions_by_intent ON transactions (intent_id) WHERE intent_id IS NOT NULL;
CREATE INDEX transactions_by_institution ON transactions (institution_id, id);
CREATE UNIQUE INDEX transactions_by_effect ON transactions (data, destination) WHERE repeatable = 0 AND state NOT IN ('failed', 'cancelled');
CREATE INDEX replaced_transactions_by_transaction ON replaced_transactions (transaction_id);
CREATE INDEX anchor_batches_by_root ON anchor_batches (root);
CREATE INDEX anchor_batches_by_transaction ON anchor_batches (transaction_id);

-- One row while anchoring is paused.
CREATE TABLE anchoring_pauses (
    id        INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    paused_at INTEGER NOT NULL,
    paused_by TEXT    NOT NULL
) STRICT;

-- An institution's queue, up to a moment, that is sealed however young and few.
CREATE TABLE anchoring_flushes (
    institution_id TEXT    NOT NULL PRIMARY KEY REFERENCES institutions (id),
    requested_at   INTEGER NOT NULL,
    requested_by   TEXT    NOT NULL
) STRICT;

-- Who signs a line of an upload, and until when nobody else does.
ALTER TABLE batch_rows ADD COLUMN claimed_by TEXT NULL;
ALTER TABLE batch_rows ADD COLUMN claimed_until INTEGER NULL;
