using System.Data.Common;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Institutions;

/// <summary>How far a call of the registry has come.</summary>
/// <param name="Id">Its row in <c>transactions</c>.</param>
/// <param name="State">queued (no node has it yet), submitted, included, safe, finalized; failed or cancelled when it never will come about.</param>
/// <param name="Problem">What stands in its way; null when nothing does.</param>
/// <param name="BlockTime">When the chain did it, in Unix milliseconds; null while it has not.</param>
internal sealed record CallProgress(long Id, string State, string? Problem, long? BlockTime)
{
    public const string Final = TransactionState.Finalized;

    /// <summary>Taken back before it came about.</summary>
    public const string Cancelled = "cancelled";

    public bool IsFinal => State == Final;

    /// <summary>Whether the chain has it, settled or not.</summary>
    public bool IsMined => State is TransactionState.Included or TransactionState.Safe or TransactionState.Finalized;
}

/// <summary>Calls of the registry in an institution's name: into the outbox, within the caller's transaction, and how far they have come. A call is found again by its data.</summary>
internal sealed class RegistryCalls(IDatabase database, TransactionOutbox outbox, TrustedChain chain)
{
    private const string Columns = """
        SELECT id AS Id, CASE WHEN state = 'leased' OR (state = 'submitted' AND sent_at IS NULL) THEN 'queued' ELSE state END AS State, problem AS Problem, block_time AS BlockTime
        FROM transactions
        """;

    // By the unique index over what is, or may still come, about.
    private const string SelectLive = Columns + " WHERE data = @Data AND destination = @Destination AND repeatable = 0 AND state NOT IN ('failed', 'cancelled')";
    private const string SelectAny = Columns + " WHERE institution_id = @InstitutionId AND data = @Data AND destination = @Destination ORDER BY id DESC LIMIT 1";

    // What no node has been given yet is simply taken out; what may be on its way is for the sender to overtake.
    private const string Cancel = """
        UPDATE transactions SET state = CASE WHEN state = 'queued' THEN 'cancelled' ELSE state END, cancellation = CASE WHEN state = 'queued' THEN cancellation ELSE 'requested' END
        WHERE id = @Id AND state IN ('queued', 'leased', 'submitted') AND cancellation IS NULL
        """;

    /// <summary>Queues a call; asked twice, made once.</summary>
    public Task EnqueueAsync(DbTransaction transaction, Institution institution, string purpose, byte[] data) =>
        outbox.EnqueueAsync(transaction, OutboxItem.Call(purpose, institution.Id, chain.Contract, data));

    /// <summary>How far a call has come; null when it was never asked for.</summary>
    public Task<CallProgress?> FindAsync(Institution institution, byte[] data, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => FindAsync(connection, null, institution, data), cancellationToken);

    /// <inheritdoc cref="FindAsync(Institution, byte[], CancellationToken)"/>
    public Task<CallProgress?> FindAsync(DbTransaction transaction, Institution institution, byte[] data) =>
        FindAsync(transaction.Connection!, transaction, institution, data);

    /// <summary>How far several calls have come, in one look.</summary>
    public Task<IReadOnlyList<CallProgress?>> FindAllAsync(Institution institution, IReadOnlyList<byte[]> calls, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<CallProgress?>>(
        async connection =>
        {
            List<CallProgress?> found = [];
            foreach (byte[] data in calls)
            {
                found.Add(await FindAsync(connection, null, institution, data));
            }

            return found;
        },
        cancellationToken);

    /// <summary>Takes a call back that has not come about. One that is on its way may win the race: it is judged by what the chain says.</summary>
    public static Task CancelAsync(DbTransaction transaction, long id) => transaction.Connection!.ExecuteAsync(Cancel, new { Id = id }, transaction);

    private async Task<CallProgress?> FindAsync(DbConnection connection, DbTransaction? transaction, Institution institution, byte[] data)
    {
        var key = new { InstitutionId = institution.Id, Data = data, Destination = chain.Contract.ToArray() };
        return await connection.QuerySingleOrDefaultAsync<CallProgress>(SelectLive, key, transaction)
            ?? await connection.QuerySingleOrDefaultAsync<CallProgress>(SelectAny, key, transaction);
    }
}
