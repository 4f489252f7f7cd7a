using Credentials.Anchoring;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Evidence;

/// <summary>The witnesses' statements, one a batch and block: 8,000 diplomas of one batch do not ask an authority 8,000 times.</summary>
internal sealed class SeenBlockStore(IDatabase database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO seen_blocks (institution_id, root, block_number, block_hash, witness_type, witness, seen_at)
        VALUES (@InstitutionId, @Root, @Number, @Hash, @Type, @Witness, @Now)
        ON CONFLICT (institution_id, root, block_hash) DO NOTHING
        """;

    private const string SelectNewest = """
        SELECT block_number AS Number, block_hash AS Hash, witness_type AS Type, witness AS Witness FROM seen_blocks
        WHERE institution_id = @InstitutionId AND root = @Root AND seen_at >= @Since
        ORDER BY seen_at DESC, block_number DESC LIMIT 1
        """;

    /// <summary>The newest block for a batch that was seen within a time; null for none.</summary>
    public Task<SeenBlock?> FindAsync(string institutionId, MerkleRoot root, TimeSpan maxAge, CancellationToken cancellationToken) => database.ReadAsync(
        async connection =>
        {
            Row? row = await connection.QuerySingleOrDefaultAsync<Row>(SelectNewest, new { InstitutionId = institutionId, Root = root.Value.ToArray(), Since = (clock.GetUtcNow() - maxAge).ToUnixTimeMilliseconds() });
            return row is null ? null : new SeenBlock(root, (ulong)row.Number, Bytes32.From(row.Hash), new(row.Type, row.Witness));
        },
        cancellationToken);

    /// <summary>Keeps one.</summary>
    public Task<bool> AddAsync(string institutionId, SeenBlock block, CancellationToken cancellationToken) => database.WriteAsync(
        async transaction => await transaction.Connection!.ExecuteAsync(
            Insert,
            new
            {
                InstitutionId = institutionId,
                Root = block.Root.Value.ToArray(),
                Number = (long)block.Number,
                Hash = block.Hash.ToArray(),
                block.Witness.Type,
                Witness = block.Witness.Value.ToArray(),
                Now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            },
            transaction) > 0,
        cancellationToken);

    private sealed class Row
    {
        public long Number { get; init; }

        public byte[] Hash { get; init; } = [];

        public string Type { get; init; } = "";

        public byte[] Witness { get; init; } = [];
    }
}
