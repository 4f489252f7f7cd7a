using System.Data.Common;
using System.Numerics;
using Credentials.Anchoring;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>Tells operators how anchoring fares: what waits, what it costs, what stands in the way.</summary>
internal sealed class AnchoringReports(IDatabase database, ChainAccounts accounts, AnchoringStatus status, AnchoringOrders orders, TrustedChain chain)
{
    private const string SelectQueued = "SELECT count(*) FROM credentials WHERE anchor_batch_id IS NULL AND (@Institution IS NULL OR institution_id = @Institution)";

    private const string SelectBatches = $"""
        SELECT b.id AS Id, b.root AS Root, b.institution_id AS Institution, b.tree_size AS Size, {AnchoringQueries.BatchState} AS State, b.sealed_at AS SealedAt,
               t.finalized_at AS FinalizedAt, coalesce(t.mined_hash, t.hash) AS Hash, t.id AS TransactionId, coalesce(t.intent_id, t.id) AS IntentId, t.nonce AS Nonce, t.attempt AS Attempt, t.block_number AS Block,
               t.gas_used AS GasUsed, t.problem AS Problem
        FROM anchor_batches b JOIN transactions t ON t.id = b.transaction_id
        WHERE b.id < @Before AND (@Institution IS NULL OR b.institution_id = @Institution)
        ORDER BY b.id DESC LIMIT @Most
        """;

    // A nonce that was used up without effect was paid for all the same.
    private const string SelectCosts = """
        SELECT gas_used AS Gas, effective_gas_price AS Price FROM transactions WHERE id = @IntentId AND gas_used IS NOT NULL
        UNION ALL
        SELECT gas_used, effective_gas_price FROM transactions WHERE intent_id = @IntentId AND gas_used IS NOT NULL
        """;

    /// <param name="institution">The one institution that is told of; null for all.</param>
    /// <param name="before">Batches below this id.</param>
    /// <param name="most">Most batches.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<AnchoringReport> ReadAsync(string? institution, long before, int most, CancellationToken cancellationToken)
    {
        var selection = new { Institution = institution, Before = before, Most = most };
        (long queued, Row[] rows) = await database.ReadAsync(connection => ReadAsync(connection, selection), cancellationToken);
        AnchoringPause? pause = await orders.PauseAsync(cancellationToken);
        return new AnchoringReport(
            chain.Registry.ToString(),
            (await accounts.GetAddressAsync(cancellationToken)).ToString(),
            queued,
            [.. status.Stalled.Select(worker => new StallItem(worker.Name, worker.Stall!.Kind.ToString(), worker.Stall.Message, worker.Since))],
            new AnchoringOrdersReport(pause?.Since, pause?.Actor, await orders.FlushesAsync(institution, cancellationToken)),
            [.. rows.Select(row => row.ToItem())],
            rows.Length == most ? rows[^1].Id : null);
    }

    private static async Task<(long Queued, Row[] Rows)> ReadAsync(DbConnection connection, object selection)
    {
        long queued = await connection.QuerySingleAsync<long>(SelectQueued, selection);
        Row[] rows = [.. await connection.QueryAsync<Row>(SelectBatches, selection)];
        foreach (Row row in rows)
        {
            row.Costs = [.. await connection.QueryAsync<Cost>(SelectCosts, new { row.IntentId })];
        }

        return (queued, rows);
    }

    private sealed record Cost(long Gas, string Price)
    {
        public BigInteger Wei => Gas * Outbox.Wei.Parse(Price);
    }

    private sealed class Row
    {
        public required long Id { get; init; }

        public required byte[] Root { get; init; }

        public required string Institution { get; init; }

        public required long Size { get; init; }

        public required string State { get; init; }

        public required long SealedAt { get; init; }

        public long? FinalizedAt { get; init; }

        public byte[]? Hash { get; init; }

        public long TransactionId { get; init; }

        public long IntentId { get; init; }

        public long? Nonce { get; init; }

        public long Attempt { get; init; }

        public long? Block { get; init; }

        public long? GasUsed { get; init; }

        public string? Problem { get; init; }

        public IReadOnlyList<Cost> Costs { get; set; } = [];

        public AnchorItem ToItem()
        {
            BigInteger? fee = Costs.Count == 0 ? null : Costs.Aggregate(BigInteger.Zero, (sum, cost) => sum + cost.Wei);
            return new AnchorItem(
                MerkleRoot.From(Root).ToString(),
                Institution,
                Size,
                State,
                DateTimeOffset.FromUnixTimeMilliseconds(SealedAt),
                FinalizedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                Hash is null ? null : Bytes32.From(Hash).ToString(),
                TransactionId,
                Nonce,
                Attempt,
                Block,
                GasUsed,
                fee is { } whole ? Wei.ToText(whole) : null,
                fee is { } all ? Wei.ToText(all / Size) : null,
                Problem);
        }
    }
}
