-- The outbox in full: every call of the registry, nonces that are leased before they are signed (a signer may be far away), cancellation,
-- the cost of every attempt, and what operators ordered.

ALTER TABLE transactions
    ADD COLUMN intent_id    bigint           NULL REFERENCES transactions (id),   -- the first attempt at the same intent; null in the first itself
    ADD COLUMN repeatable   bigint           NOT NULL DEFAULT 0 CHECK (repeatable IN (0, 1)),   -- 1: the same call twice is two intents
    -- requested: somebody wants it back. signed: the bytes are those of an empty transaction to ourselves, which uses up the nonce.
    ADD COLUMN cancellation text COLLATE "C" NULL CHECK (cancellation IN ('requested', 'signed')),
    DROP CONSTRAINT transactions_purpose_check,          -- a row of the table of effects
    -- queued: no nonce yet. leased: a nonce, and no signature yet. failed: its nonce is used up for good without the effect; a later
    -- row carries the intent on, unless the contract refuses it for good. cancelled: an operator took it back, and it never came about.
    DROP CONSTRAINT transactions_state_check,
    DROP CONSTRAINT transactions_check,
    DROP CONSTRAINT transactions_check1,
    DROP CONSTRAINT transactions_check2,
    DROP CONSTRAINT transactions_check3,
    ADD CHECK (state IN ('queued', 'leased', 'submitted', 'included', 'safe', 'finalized', 'failed', 'cancelled')),
    ADD CHECK ((nonce IS NULL) = (account IS NULL)),
    ADD CHECK ((raw IS NULL) = (hash IS NULL)),
    ADD CHECK (raw IS NULL OR nonce IS NOT NULL),
    ADD CHECK (state <> 'queued' OR nonce IS NULL),
    ADD CHECK (state IN ('queued', 'cancelled') OR nonce IS NOT NULL),
    ADD CHECK (state <> 'leased' OR raw IS NULL),
    ADD CHECK (state IN ('queued', 'leased', 'cancelled') OR raw IS NOT NULL);

-- Until now the same data was always the same intent.
UPDATE transactions SET intent_id = (
    SELECT min(first.id) FROM transactions AS first WHERE first.data = transactions.data AND first.destination = transactions.destination)
WHERE attempt > 1;

ALTER TABLE replaced_transactions ADD COLUMN replaced_at bigint NOT NULL DEFAULT 0;
ALTER TABLE replaced_transactions ALTER COLUMN replaced_at DROP DEFAULT;

DROP INDEX transactions_by_effect;
CREATE INDEX transactions_leased ON transactions (nonce) WHERE state = 'leased';
CREATE INDEX transactions_by_intent ON transactions (intent_id) WHERE intent_id IS NOT NULL;
CREATE INDEX transactions_by_institution ON transactions (institution_id, id);
CREATE UNIQUE INDEX transactions_by_effect ON transactions (data, destination) WHERE repeatable = 0 AND state NOT IN ('failed', 'cancelled');

-- One row while anchoring is paused.
CREATE TABLE anchoring_pauses (
    id        bigint           NOT NULL PRIMARY KEY CHECK (id = 1),
    paused_at bigint           NOT NULL,
    paused_by text COLLATE "C" NOT NULL
);

-- An institution's queue, up to a moment, that is sealed however young and few.
CREATE TABLE anchoring_flushes (
    institution_id text COLLATE "C" NOT NULL PRIMARY KEY REFERENCES institutions (id),
    requested_at   bigint           NOT NULL,
    requested_by   text COLLATE "C" NOT NULL
);
