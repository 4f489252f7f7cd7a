-- Blocks that a witness saw for a batch, with what he said of them: a batch's bundles share them.

CREATE TABLE seen_blocks (
    institution_id  TEXT    NOT NULL REFERENCES institutions (id),
    root            BLOB    NOT NULL CHECK (length(root) = 32),
    block_number    INTEGER NOT NULL,
    block_hash      BLOB    NOT NULL CHECK (length(block_hash) = 32),
    witness_type    TEXT    NOT NULL CHECK (witness_type IN ('rfc3161', 'jws')),
    witness         BLOB    NOT NULL,
    seen_at         INTEGER NOT NULL,
    PRIMARY KEY (institution_id, root, block_hash)
) STRICT;

CREATE INDEX seen_blocks_newest ON seen_blocks (institution_id, root, seen_at);
