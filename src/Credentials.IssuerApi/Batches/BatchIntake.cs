using System.Data.Common;
using System.IO.Pipelines;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Storage;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Batches;

/// <summary>
/// Takes an upload in: its lines go to the disk as they come, under a job that nobody sees until the last line is there. A client that
/// goes away, or a crash, leaves nothing behind. No transaction stays open while the network is slow.
/// </summary>
internal sealed class BatchIntake(IDatabase database, IdempotencyKeys idempotency, AuditLog audit, IOptions<BatchOptions> options, TimeProvider clock)
{
    private const int LinesPerWrite = 1000;

    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    private const string InsertJob = """
        INSERT INTO batch_jobs (id, institution_id, state, cryptosuites, created_by, total, created_at)
        VALUES (@Id, @InstitutionId, 'uploading', @Cryptosuites, @CreatedBy, 0, @Now)
        """;

    private const string InsertRow = "INSERT INTO batch_rows (job_id, line, body) VALUES (@Id, @Line, @Body)";
    private const string AcceptJob = "UPDATE batch_jobs SET state = 'queued', total = @Total, created_at = @Now WHERE id = @Id";
    private const string DeleteJob = "DELETE FROM batch_jobs WHERE id = @Id AND state = 'uploading'";
    private const string DeleteUnfinished = "DELETE FROM batch_jobs WHERE state = 'uploading' AND created_at <= @Before";

    /// <returns>The id of the job that this upload made, now or the first time; or why it is refused.</returns>
    public async Task<(string? Id, ProblemHttpResult? Refusal)> AcceptAsync(
        PipeReader body, SecuringPlan plan, IdempotencyKey? requestKey, Caller caller, CancellationToken cancellationToken)
    {
        string id = Guid.NewGuid().ToString();
        using var lines = new NdjsonReader(body, options.Value.MaxLineBytes, options.Value.MaxRows);
        bool accepted = false;
        try
        {
            int total = await StoreAsync(id, lines, plan, caller, cancellationToken);
            if (lines.Refusal is { } refusal)
            {
                return (null, ApiProblem.Of(StatusCodes.Status413PayloadTooLarge, ApiProblem.BodyTooLarge, refusal));
            }

            if (total == 0)
            {
                return (null, ApiProblem.Invalid(new Problem(ProblemCode.ParsingError, "The upload has no line. Send one credential a line (NDJSON).")));
            }

            IdempotencyKey? key = requestKey?.WithBody(lines.HashSoFar());
            IdempotencyRecord? earlier = await FinishAsync(id, total, key, caller);
            accepted = earlier is null;
            return earlier is null || earlier.RequestHash.AsSpan().SequenceEqual(key!.RequestHash)
                ? (earlier?.Resource ?? id, null)
                : (null, ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, ApiProblem.IdempotencyKeyReused, $"This {IdempotencyKey.Header} was used for another request. Use a new key for a new request."));
        }
        finally
        {
            if (!accepted)
            {
                await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(DeleteJob, new { Id = id }, transaction), CancellationToken.None);
            }
        }
    }

    /// <summary>Removes what uploads left behind when the process died under them. At start, before any upload. Where other processes take uploads in, only what is older than any of theirs.</summary>
    public Task<int> RemoveUnfinishedAsync(CancellationToken cancellationToken)
    {
        long before = clock.Now() - (database.IsShared ? (long)LongestUpload.TotalMilliseconds : 0);
        return database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(DeleteUnfinished, new { Before = before }, transaction), cancellationToken);
    }

    private async Task<int> StoreAsync(string id, NdjsonReader lines, SecuringPlan plan, Caller caller, CancellationToken cancellationToken)
    {
        var job = new { Id = id, InstitutionId = caller.Institution, Cryptosuites = plan.Names, CreatedBy = caller.KeyId, Now = clock.Now() };
        await database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync(InsertJob, job, transaction), cancellationToken);
        int total = 0;
        while (await lines.ReadAsync(LinesPerWrite, cancellationToken) is { Count: > 0 } chunk)
        {
            await database.WriteAsync(transaction => InsertRowsAsync(transaction, id, chunk), cancellationToken);
            total += chunk.Count;
        }

        return total;
    }

    private static Task<int> InsertRowsAsync(DbTransaction transaction, string id, IReadOnlyList<NdjsonLine> chunk) =>
        transaction.Connection!.ExecuteAsync(InsertRow, chunk.Select(line => new { Id = id, Line = line.Number, Body = line.Text }), transaction);

    private Task<IdempotencyRecord?> FinishAsync(string id, int total, IdempotencyKey? key, Caller caller) => database.WriteAsync(
        async transaction =>
        {
            if (key is not null)
            {
                if (await IdempotencyKeys.FindAsync(transaction, caller.Institution, key) is { } earlier)
                {
                    return earlier;
                }

                await idempotency.InsertAsync(transaction, caller.Institution, key, id);
            }

            await transaction.Connection!.ExecuteAsync(AcceptJob, new { Id = id, Total = total, Now = clock.Now() }, transaction);
            await audit.WriteAsync(transaction, new AuditEntry(caller.KeyId, caller.Institution, AuditAction.AcceptBatch, id, total.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            return null;
        },
        CancellationToken.None);
}
