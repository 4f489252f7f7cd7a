using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Takes intents inside the caller's own database transaction: what the caller commits will come about on the chain, what it rolls back never does.</summary>
internal sealed class TransactionOutbox(TimeProvider clock)
{
    // The same call of the same contract is the same intent: asked twice, made once. But some calls may rightly be made again.
    private const string Insert = """
        INSERT INTO transactions (purpose, repeatable, institution_id, destination, data, gas_limit, queued_at)
        VALUES (@Purpose, @Repeatable, @InstitutionId, @Destination, @Data, @GasLimit, @Now)
        ON CONFLICT (data, destination) WHERE repeatable = 0 AND state NOT IN ('failed', 'cancelled') DO UPDATE SET purpose = excluded.purpose
        RETURNING id
        """;

    /// <returns>The id in <c>transactions</c>; that of the earlier intent when this one was there already.</returns>
    public Task<long> EnqueueAsync(DbTransaction transaction, OutboxItem item) => transaction.Connection!.ExecuteScalarAsync<long>(
        Insert,
        new
        {
            item.Purpose,
            Repeatable = TransactionEffect.Of(item.Purpose).Repeatable ? 1 : 0,
            item.InstitutionId,
            Destination = item.Destination.ToArray(),
            Data = item.Data.ToArray(),
            GasLimit = checked((long)item.GasLimit),
            Now = clock.Now(),
        },
        transaction);
}
