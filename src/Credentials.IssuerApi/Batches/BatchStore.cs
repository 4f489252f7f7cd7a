using System.Data.Common;
using Credentials.IssuerApi.Storage;
using Dapper;

namespace Credentials.IssuerApi.Batches;

/// <summary>The batches at rest.</summary>
internal sealed class BatchStore(IDatabase database, TimeProvider clock)
{
    private const string Columns = """
        SELECT id AS Id, institution_id AS InstitutionId, state AS State, cryptosuites AS Cryptosuites, created_by AS CreatedBy, total AS Total,
               signed AS Signed, failed AS Failed, created_at AS CreatedAt, started_at AS StartedAt, finished_at AS FinishedAt
        FROM batch_jobs
        """;

    private const string SelectOne = Columns + " WHERE id = @Id AND institution_id = @InstitutionId AND state <> 'uploading'";
    private const string SelectOpen = Columns + " WHERE state IN ('queued', 'running') ORDER BY created_at, id";
    private const string SelectPending = "SELECT line AS Line, body AS Body FROM batch_rows WHERE job_id = @Id AND credential_id IS NULL AND problem IS NULL ORDER BY line LIMIT @Most";
    private const string SelectClaimable = """
        SELECT line AS Line, body AS Body FROM batch_rows
        WHERE job_id = @Id AND credential_id IS NULL AND problem IS NULL AND (claimed_until IS NULL OR claimed_until < @Now) ORDER BY line LIMIT @Most
        """;

    private const string Claim = "UPDATE batch_rows SET claimed_by = @Claim, claimed_until = @Until WHERE job_id = @Id AND line = @Line";
    private const string Release = "UPDATE batch_rows SET claimed_by = NULL, claimed_until = NULL WHERE job_id = @Id AND claimed_by = @Claim AND credential_id IS NULL AND problem IS NULL";
    private const string SelectHeld = "SELECT line FROM batch_rows WHERE job_id = @Id AND claimed_by = @Claim AND credential_id IS NULL AND problem IS NULL";
    private const string Start = "UPDATE batch_jobs SET state = 'running', started_at = coalesce(started_at, @Now) WHERE id = @Id AND state IN ('queued', 'running')";
    private const string SettleRow = "UPDATE batch_rows SET body = NULL, credential_id = @CredentialId, problem = @Problem WHERE job_id = @Id AND line = @Line";
    private const string Count = "UPDATE batch_jobs SET signed = signed + @Signed, failed = failed + @Failed WHERE id = @Id";
    private const string Complete = "UPDATE batch_jobs SET state = 'completed', finished_at = @Now WHERE id = @Id AND state = 'running' AND signed + failed = total";
    private const string CancelJob = "UPDATE batch_jobs SET state = 'cancelled', finished_at = @Now WHERE id = @Id AND institution_id = @InstitutionId AND state IN ('queued', 'running')";
    private const string ForgetPending = "UPDATE batch_rows SET body = NULL WHERE job_id = @Id AND body IS NOT NULL";

    public Task<BatchJob?> FindAsync(string institutionId, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(connection => connection.QuerySingleOrDefaultAsync<BatchJob>(SelectOne, new { Id = id, InstitutionId = institutionId }), cancellationToken);

    /// <summary>What is not finished, oldest first.</summary>
    public async Task<IReadOnlyList<BatchJob>> OpenAsync(CancellationToken cancellationToken) =>
        [.. await database.ReadAsync(connection => connection.QueryAsync<BatchJob>(SelectOpen), cancellationToken)];

    public async Task<IReadOnlyList<BatchRow>> PendingAsync(string id, int most, CancellationToken cancellationToken) =>
        [.. await database.ReadAsync(connection => connection.QueryAsync<BatchRow>(SelectPending, new { Id = id, Most = most }), cancellationToken)];

    /// <summary>Takes lines that nobody else signs, until a moment: who is dead by then has lost them to the next.</summary>
    /// <returns>The lines, and the name under which they are claimed.</returns>
    public async Task<(IReadOnlyList<BatchRow> Rows, string Claim)> ClaimAsync(string id, int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        string claim = Guid.NewGuid().ToString();
        IReadOnlyList<BatchRow> rows = await database.WriteAsync<IReadOnlyList<BatchRow>>(
            async transaction =>
            {
                long now = clock.Now();
                BatchRow[] free = [.. await transaction.Connection!.QueryAsync<BatchRow>(SelectClaimable + database.Dialect.SkipLocked, new { Id = id, Now = now, Most = most }, transaction)];
                await transaction.Connection!.ExecuteAsync(Claim, free.Select(row => new { Id = id, row.Line, Claim = claim, Until = now + (long)lease.TotalMilliseconds }), transaction);
                return free;
            },
            cancellationToken);
        return (rows, claim);
    }

    /// <summary>The lines that are still ours under a claim, and not settled.</summary>
    public static async Task<HashSet<long>> HeldAsync(DbTransaction transaction, string id, string claim) =>
        [.. await transaction.Connection!.QueryAsync<long>(SelectHeld, new { Id = id, Claim = claim }, transaction)];

    /// <summary>Gives the lines of a claim back that were not settled: they wait for nobody.</summary>
    public static Task ReleaseAsync(DbTransaction transaction, string id, string claim) =>
        transaction.Connection!.ExecuteAsync(Release, new { Id = id, Claim = claim }, transaction);

    /// <summary>Marks the job as running.</summary>
    /// <returns>False when it was cancelled in the meantime: nothing more of it may be stored.</returns>
    public async Task<bool> StartAsync(DbTransaction transaction, string id) =>
        await transaction.Connection!.ExecuteAsync(Start, new { Id = id, Now = clock.Now() }, transaction) == 1;

    /// <summary>Settles a row with its credential or its problem, and forgets its text.</summary>
    public static Task SettleAsync(DbTransaction transaction, string id, long line, string? credentialId, string? problem) =>
        transaction.Connection!.ExecuteAsync(SettleRow, new { Id = id, Line = line, CredentialId = credentialId, Problem = problem }, transaction);

    /// <summary>Counts settled rows, and completes the job with its last one.</summary>
    public async Task CountAsync(DbTransaction transaction, string id, int signed, int failed)
    {
        await transaction.Connection!.ExecuteAsync(Count, new { Id = id, Signed = signed, Failed = failed }, transaction);
        await transaction.Connection!.ExecuteAsync(Complete, new { Id = id, Now = clock.Now() }, transaction);
    }

    /// <summary>Cancels what is not signed yet, and forgets its text.</summary>
    /// <returns>False when there is nothing left to cancel.</returns>
    public async Task<bool> CancelAsync(DbTransaction transaction, string institutionId, string id)
    {
        bool cancelled = await transaction.Connection!.ExecuteAsync(CancelJob, new { Id = id, InstitutionId = institutionId, Now = clock.Now() }, transaction) == 1;
        if (cancelled)
        {
            await transaction.Connection!.ExecuteAsync(ForgetPending, new { Id = id }, transaction);
        }

        return cancelled;
    }
}
