using System.Data.Common;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Takes back what an operator no longer wants on the chain. What has no nonce is gone at once; what has one is replaced by an empty transaction with the same
/// nonce, and the chain decides which of the two it takes. The credentials of a batch that was taken back wait in the queue again.</summary>
internal sealed class TransactionCancelling(IDatabase database, AuditLog audit, AnchoringTelemetry telemetry, TimeProvider clock, ILogger<TransactionCancelling> logger)
{
    private const string CancelQueued = "UPDATE transactions SET state = 'cancelled', problem = @Problem WHERE id = @Id AND state = 'queued'";
    private const string Request = "UPDATE transactions SET cancellation = 'requested' WHERE id = @Id AND state IN ('leased', 'submitted') AND cancellation IS NULL";
    private const string SelectState = "SELECT state AS State, cancellation AS Cancellation, institution_id AS Institution FROM transactions WHERE id = @Id";

    /// <returns>True when it is cancelled, or on the way there; false when it is too late: it is in the chain, or over. Null when there is no such transaction.</returns>
    public async Task<bool?> CancelAsync(long id, Caller caller, CancellationToken cancellationToken)
    {
        (bool? outcome, bool changed) = await database.WriteAsync(transaction => CancelAsync(transaction, id, caller), cancellationToken);
        if (changed)
        {
            telemetry.Orders.Add(1, new KeyValuePair<string, object?>("order", AuditAction.CancelTransaction));
            logger.Ordered(caller.KeyId, AuditAction.CancelTransaction);
        }

        return outcome;
    }

    private async Task<(bool? Outcome, bool Changed)> CancelAsync(DbTransaction transaction, long id, Caller caller)
    {
        DbConnection connection = transaction.Connection!;
        if (await connection.QuerySingleOrDefaultAsync<Row>(SelectState, new { Id = id }, transaction) is not { } before)
        {
            return (null, false);
        }

        if (before is { State: TransactionState.Cancelled } or { State: TransactionState.Leased or TransactionState.Submitted, Cancellation: not null })
        {
            return (true, false);
        }

        bool atOnce = await connection.ExecuteAsync(CancelQueued, new { Id = id, Problem = $"{caller.KeyId} cancelled it at {clock.GetUtcNow():u}." }, transaction) == 1;
        if (atOnce)
        {
            await BatchRelease.ReleaseAsync(transaction, id);
        }
        else if (await connection.ExecuteAsync(Request, new { Id = id }, transaction) == 0)
        {
            return (false, false);
        }

        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, before.Institution, AuditAction.CancelTransaction, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return (true, true);
    }

    private sealed record Row(string State, string? Cancellation, string Institution);
}
