-- Blocks that a witness saw for a batch, with what he said of them: a batch's bundles share them.

CREATE TABLE seen_blocks (
    institution_id  text COLLATE "C" NOT NULL REFERENCES institutions (id),
    root            bytea            NOT NULL CHECK (length(root) = 32),
    block_number    bigint           NOT NULL,
    block_hash      bytea            NOT NULL CHECK (length(block_hash) = 32),
    witness_type    text COLLATE "C" NOT NULL CHECK (witness_type IN ('rfc3161', 'jws')),
    witness         bytea            NOT NULL,
    seen_at         bigint           NOT NULL,
    PRIMARY KEY (institution_id, root, block_hash)
);

CREATE INDEX seen_blocks_newest ON seen_blocks (institution_id, root, seen_at);
