using System.Data.Common;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Anchoring.Outbox;

/// <summary>Takes back what an operator no longer wants on the chain. What has no nonce is gone at once; what has one is replaced by an empty transaction with the same
/// nonce, and the chain decides which of the two it takes. The credentials of a batch that was taken back wait in the queue again.</summary>
/// <remarks>Only what <see cref="TransactionEffect.MayCancel"/> allows: of everything else the database would go on to say what the chain never heard of.</remarks>
internal sealed class TransactionCancelling(IDatabase database, AuditLog audit, AnchoringTelemetry telemetry, TimeProvider clock, ILogger<TransactionCancelling> logger)
{
    private const string CancelQueued = "UPDATE transactions SET state = 'cancelled', problem = @Problem WHERE id = @Id AND state = 'queued'";
    private const string Request = "UPDATE transactions SET cancellation = 'requested' WHERE id = @Id AND state IN ('leased', 'submitted') AND cancellation IS NULL";
    private const string SelectState = "SELECT state AS State, cancellation AS Cancellation, institution_id AS Institution, purpose AS Purpose FROM transactions WHERE id = @Id";

    /// <summary>Takes one back, or says why not.</summary>
    public async Task<CancelOutcome> CancelAsync(long id, Caller caller, CancellationToken cancellationToken)
    {
        (CancelOutcome outcome, bool changed) = await database.WriteAsync(transaction => CancelAsync(transaction, id, caller), cancellationToken);
        if (changed)
        {
            telemetry.Orders.Add(1, new KeyValuePair<string, object?>("order", AuditAction.CancelTransaction));
            logger.Ordered(caller.KeyId, AuditAction.CancelTransaction);
        }

        return outcome;
    }

    private async Task<(CancelOutcome Outcome, bool Changed)> CancelAsync(DbTransaction transaction, long id, Caller caller)
    {
        DbConnection connection = transaction.Connection!;
        if (await connection.QuerySingleOrDefaultAsync<Row>(SelectState, new { Id = id }, transaction) is not { } before)
        {
            return (CancelOutcome.Missing, false);
        }

        if (!TransactionEffect.Of(before.Purpose).MayCancel)
        {
            return (CancelOutcome.Bound, false);
        }

        if (before is { State: TransactionState.Cancelled } or { State: TransactionState.Leased or TransactionState.Submitted, Cancellation: not null })
        {
            return (CancelOutcome.Cancelled, false);
        }

        bool atOnce = await connection.ExecuteAsync(CancelQueued, new { Id = id, Problem = $"{caller.KeyId} cancelled it at {clock.GetUtcNow():u}." }, transaction) == 1;
        if (atOnce)
        {
            await BatchRelease.ReleaseAsync(transaction, id);
        }
        else if (await connection.ExecuteAsync(Request, new { Id = id }, transaction) == 0)
        {
            return (CancelOutcome.TooLate, false);
        }

        await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, before.Institution, AuditAction.CancelTransaction, id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        return (CancelOutcome.Cancelled, true);
    }

    private sealed record Row(string State, string? Cancellation, string Institution, string Purpose);
}

/// <summary>What came of an operator's wish to take a transaction back.</summary>
internal enum CancelOutcome
{
    /// <summary>There is no such transaction.</summary>
    Missing = 0,

    /// <summary>It is cancelled, or on the way there.</summary>
    Cancelled = 1,

    /// <summary>It is in the chain, or over.</summary>
    TooLate = 2,

    /// <summary>The database counts on it: nothing but the chain can end it.</summary>
    Bound = 3,
}
