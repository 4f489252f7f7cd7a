using System.Numerics;
using Credentials.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>Tells operators of every call of the registry: what is on its way, what came of it, what each attempt cost.</summary>
internal sealed class TransactionReports(IDatabase database)
{
    private const string Columns = """
        SELECT id AS Id, purpose AS Purpose, institution_id AS Institution, state AS State, queued_at AS QueuedAt, finalized_at AS FinalizedAt, attempt AS Attempt,
               cancellation AS Cancellation, nonce AS Nonce, coalesce(mined_hash, hash) AS Hash, max_fee AS MaxFee, block_number AS Block, gas_used AS GasUsed,
               effective_gas_price AS Price, problem AS Problem
        FROM transactions
        """;

    private const string SelectPage = Columns + " WHERE id < @Before AND (@Institution IS NULL OR institution_id = @Institution) ORDER BY id DESC LIMIT @Most";
    private const string SelectOne = Columns + " WHERE id = @Id";

    /// <param name="institution">The one institution that is told of; null for all.</param>
    /// <param name="before">Transactions below this id.</param>
    /// <param name="most">Most transactions.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<TransactionReport> ReadAsync(string? institution, long before, int most, CancellationToken cancellationToken)
    {
        Row[] rows = [.. await database.ReadAsync(connection => connection.QueryAsync<Row>(SelectPage, new { Institution = institution, Before = before, Most = most }), cancellationToken)];
        return new TransactionReport([.. rows.Select(row => row.ToItem())], rows.Length == most ? rows[^1].Id : null);
    }

    /// <summary>One; null when there is none.</summary>
    public async Task<TransactionItem?> FindAsync(long id, CancellationToken cancellationToken) =>
        (await database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<Row>(SelectOne, new { Id = id }), cancellationToken))?.ToItem();

    private sealed class Row
    {
        public required long Id { get; init; }

        public required string Purpose { get; init; }

        public required string Institution { get; init; }

        public required string State { get; init; }

        public required long QueuedAt { get; init; }

        public long? FinalizedAt { get; init; }

        public required long Attempt { get; init; }

        public string? Cancellation { get; init; }

        public long? Nonce { get; init; }

        public byte[]? Hash { get; init; }

        public string? MaxFee { get; init; }

        public long? Block { get; init; }

        public long? GasUsed { get; init; }

        public string? Price { get; init; }

        public string? Problem { get; init; }

        public TransactionItem ToItem() => new(
            Id,
            Purpose,
            Institution,
            State,
            UnixTime.From(QueuedAt),
            FinalizedAt is { } at ? UnixTime.From(at) : null,
            Attempt,
            Cancellation,
            Nonce,
            Hash is null ? null : Bytes32.From(Hash).ToString(),
            MaxFee,
            Block,
            GasUsed is { } gas && Price is { } price ? Wei.ToText(new BigInteger(gas) * Wei.Parse(price)) : null,
            Problem);
    }
}
