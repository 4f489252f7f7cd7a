-- The outbox in full: every call of the registry, nonces that are leased before they are signed (a signer may be far away), cancellation,
-- the cost of every attempt, and what operators ordered.

-- The old checks have names that the server made.
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT conname FROM pg_constraint WHERE conrelid = 'transactions'::regclass AND contype = 'c' LOOP
        EXECUTE format('ALTER TABLE transactions DROP CONSTRAINT %I', old.conname);
    END LOOP;
END
$$;

ALTER TABLE transactions
    ADD COLUMN intent_id    bigint           NULL REFERENCES transactions (id),   -- the first attempt at the same intent; null in the first itself
    ADD COLUMN repeatable   bigint           NOT NULL DEFAULT 0,                  -- 1: the same call twice is two intents
    -- requested: somebody wants it back. signed: the bytes are those of an empty transaction to ourselves, which uses up the nonce.
    ADD COLUMN cancellation text COLLATE "C" NULL,

    -- queued: no nonce yet. leased: a nonce, and no signature yet. failed: its nonce is used up for good without the effect; a later
    -- row carries the intent on, unless the contract refuses it for good. cancelled: an operator took it back, and it never came about.
    ADD CONSTRAINT transactions_state CHECK (state IN ('queued', 'leased', 'submitted', 'included', 'safe', 'finalized', 'failed', 'cancelled')),
    ADD CONSTRAINT transactions_repeatable CHECK (repeatable IN (0, 1)),
    ADD CONSTRAINT transactions_cancellation CHECK (cancellation IN ('requested', 'signed')),
    ADD CONSTRAINT transactions_destination CHECK (length(destination) = 20),
    ADD CONSTRAINT transactions_hash CHECK (length(hash) = 32),
    ADD CONSTRAINT transactions_mined_hash CHECK (length(mined_hash) = 32),
    ADD CONSTRAINT transactions_block_hash CHECK (length(block_hash) = 32),
    ADD CONSTRAINT transactions_lease CHECK ((nonce IS NULL) = (account IS NULL)),
    ADD CONSTRAINT transactions_bytes CHECK ((raw IS NULL) = (hash IS NULL)),
    ADD CONSTRAINT transactions_bytes_have_nonce CHECK (raw IS NULL OR nonce IS NOT NULL),
    ADD CONSTRAINT transactions_queued_has_none CHECK (state <> 'queued' OR nonce IS NULL),
    ADD CONSTRAINT transactions_others_have_one CHECK (state IN ('queued', 'cancelled') OR nonce IS NOT NULL),
    ADD CONSTRAINT transactions_leased_is_unsigned CHECK (state <> 'leased' OR raw IS NULL),
    ADD CONSTRAINT transactions_others_are_signed CHECK (state IN ('queued', 'leased', 'cancelled') OR raw IS NOT NULL);

-- Until now the same data was always the same intent.
UPDATE transactions SET intent_id = (
    SELECT min(first.id) FROM transactions AS first WHERE first.data = transactions.data AND first.destination = transactions.destination)
WHERE attempt > 1;

ALTER TABLE replaced_transactions
    ADD COLUMN replaced_at bigint NOT NULL DEFAULT 0,
    ADD COLUMN cancels     bigint NOT NULL DEFAULT 0 CHECK (cancels IN (0, 1));   -- 1: of an empty transaction, which only used up the nonce
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

-- Who signs a line of an upload, and until when nobody else does.
ALTER TABLE batch_rows
    ADD COLUMN claimed_by    text COLLATE "C" NULL,
    ADD COLUMN claimed_until bigint           NULL;
