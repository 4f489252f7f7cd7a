using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>What is known of anchors: the state of a credential, its receipt, a batch's receipt file.</summary>
internal sealed class AnchoringQueries(IDatabase database, TrustedChain chain, MerkleTreeCache trees)
{
    /// <summary>The state of a batch, of its transaction <c>t</c>: one that the node has not taken yet is no more than sealed.</summary>
    public const string BatchState = "CASE WHEN t.state IN ('queued', 'leased', 'failed') OR (t.state = 'submitted' AND t.sent_at IS NULL) THEN 'sealed' ELSE t.state END";

    private const string SelectOne = $"""
        SELECT CASE WHEN b.id IS NULL THEN 'queued' ELSE {BatchState} END AS State, i.chain_institution AS Institution, b.id AS BatchId, b.root AS Root, b.tree_size AS TreeSize, c.leaf_index AS LeafIndex,
               t.mined_hash AS TransactionHash, t.block_number AS BlockNumber, t.block_hash AS BlockHash, t.block_time AS BlockTime,
               t.finalized_at AS FinalizedAt, t.problem AS Problem
        FROM credentials c
        JOIN institutions i ON i.id = c.institution_id
        LEFT JOIN anchor_batches b ON b.id = c.anchor_batch_id
        LEFT JOIN transactions t ON t.id = b.transaction_id
        WHERE c.id = @Id
        """;

    private const string SelectBatch = """
        SELECT t.state AS State, i.chain_institution AS Institution, b.id AS BatchId, b.root AS Root, b.tree_size AS TreeSize, CAST(NULL AS bigint) AS LeafIndex,
               t.mined_hash AS TransactionHash, t.block_number AS BlockNumber, t.block_hash AS BlockHash, t.block_time AS BlockTime,
               t.finalized_at AS FinalizedAt, t.problem AS Problem
        FROM anchor_batches b
        JOIN institutions i ON i.id = b.institution_id
        JOIN transactions t ON t.id = b.transaction_id
        WHERE b.root = @Root
        LIMIT 1
        """;

    private const string SelectRevocation = """
        SELECT CASE WHEN state IN ('queued', 'leased') OR (state = 'submitted' AND sent_at IS NULL) THEN 'queued' ELSE state END
        FROM transactions WHERE data = @Data AND destination = @Destination AND state NOT IN ('failed', 'cancelled')
        """;

    /// <summary>How far a credential's anchoring has come; null when there is no such credential.</summary>
    public Task<CredentialAnchoring?> GetStateAsync(string credentialId, CancellationToken cancellationToken) =>
        database.ReadAsync(async connection => (await connection.QuerySingleOrDefaultAsync<AnchorRow>(SelectOne, new { Id = credentialId }))?.ToAnchoring(), cancellationToken);

    /// <summary>The receipt of a credential; null until its anchor is finalized.</summary>
    public Task<AnchorReceipt?> GetReceiptAsync(string credentialId, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            AnchorRow? row = await connection.QuerySingleOrDefaultAsync<AnchorRow>(SelectOne, new { Id = credentialId });
            if (row is not { State: AnchoringState.Finalized, LeafIndex: { } index, BatchId: { } batch, Root: { } root, TreeSize: { } size })
            {
                return null;
            }

            MerkleRoot anchored = MerkleRoot.From(root);
            MerkleTree tree = await trees.GetAsync(connection, batch, anchored);
            return new AnchorReceipt(index, size, tree.PathOf(index), anchored, chain.Registry, InstitutionId.From(row.Institution), row.ToHints());
        },
        cancellationToken);

    /// <summary>A batch's receipt file; null until its anchor is finalized.</summary>
    public Task<AnchorBatch?> GetBatchAsync(MerkleRoot root, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            AnchorRow? row = await connection.QuerySingleOrDefaultAsync<AnchorRow>(SelectBatch, new { Root = root.Value.ToArray() });
            return row is { State: AnchoringState.Finalized, BatchId: { } batch }
                ? new AnchorBatch(await MerkleTreeCache.ReadLeavesAsync(connection, batch), chain.Registry, InstitutionId.From(row.Institution), row.ToHints())
                : null;
        },
        cancellationToken);

    /// <summary>How far a revocation on the chain has come, in the words of <see cref="AnchoringState"/>; null when none was asked for.</summary>
    public Task<string?> GetRevocationStateAsync(InstitutionId institution, RegistryHandle handle, CancellationToken cancellationToken) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<string>(
            SelectRevocation,
            new { Data = CredentialRegistryContract.Revoke(institution, handle), Destination = chain.Contract.ToArray() }),
        cancellationToken);
}
