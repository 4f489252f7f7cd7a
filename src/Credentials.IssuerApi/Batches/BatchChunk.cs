using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Batches;

/// <summary>
/// Signs some hundred rows on all cores, then stores the credentials and settles the rows in one transaction: a crash at any line
/// leaves each row either pending or with exactly one credential.
/// </summary>
internal sealed class BatchChunk(
    IDatabase database,
    BatchStore batches,
    InstitutionStore institutions,
    StatusAllocator statuses,
    CredentialSigner signer,
    CredentialStore credentials,
    AuditLog audit,
    IOptions<BatchOptions> options)
{
    private static readonly Problem s_duplicate = new(ApiProblem.Conflict, "A credential with this id was issued before.", "/id");

    /// <returns>The number of rows that were settled.</returns>
    public async Task<int> SettleNextAsync(BatchJob job, CancellationToken cancellationToken)
    {
        IReadOnlyList<BatchRow> rows = await batches.PendingAsync(job.Id, options.Value.ChunkSize, cancellationToken);
        if (rows.Count == 0)
        {
            return 0;
        }

        Institution institution = await institutions.GetAsync(job.InstitutionId, cancellationToken);
        SecuringPlan plan = SecuringPlan.Of(job.Cryptosuites.Split(' '), "").Require();
        IReadOnlyList<StatusPosition> positions = await statuses.LeaseAsync(institution.Id, rows.Count, cancellationToken);
        var signings = new Signing[rows.Count];
        try
        {
            await Parallel.ForAsync(0, rows.Count, cancellationToken, async (i, cancel) =>
                signings[i] = await SignAsync(institution, rows[i], positions[i], plan, cancel));
        }
        catch
        {
            // Tried again each second: without this, a fault that lasts would fill list after list with unused entries.
            statuses.Return(institution.Id, positions);
            throw;
        }

        HashSet<StatusPosition> used = await database.WriteAsync(transaction => StoreAsync(transaction, job, rows, signings), CancellationToken.None);
        statuses.Return(institution.Id, positions.Where(position => !used.Contains(position)));
        return rows.Count;
    }

    private async Task<Signing> SignAsync(Institution institution, BatchRow row, StatusPosition position, SecuringPlan plan, CancellationToken cancellationToken)
    {
        Parsed<JsonDocument> parsed = StrictJson.Parse(row.Body);
        if (!parsed.Ok)
        {
            return Signing.Refused(parsed.Problem);
        }

        using JsonDocument document = parsed.Value;
        return await signer.SignAsync(institution, document.RootElement, position, plan, cancellationToken);
    }

    private async Task<HashSet<StatusPosition>> StoreAsync(DbTransaction transaction, BatchJob job, IReadOnlyList<BatchRow> rows, Signing[] signings)
    {
        HashSet<StatusPosition> used = [];
        if (!await batches.StartAsync(transaction, job.Id))
        {
            return used;
        }

        for (int i = 0; i < rows.Count; i++)
        {
            IReadOnlyList<Problem> problems = signings[i].Problems;
            if (signings[i].Credential is { } signed)
            {
                if (await credentials.InsertAsync(transaction, job.InstitutionId, signed))
                {
                    used.Add(signed.Position);
                    await BatchStore.SettleAsync(transaction, job.Id, rows[i].Line, signed.Id, null);
                    continue;
                }

                problems = [s_duplicate];
            }

            await BatchStore.SettleAsync(transaction, job.Id, rows[i].Line, null, ToJson(problems));
        }

        int failed = rows.Count - used.Count;
        await batches.CountAsync(transaction, job.Id, used.Count, failed);
        if (used.Count > 0)
        {
            await audit.WriteAsync(transaction, new AuditEntry(job.CreatedBy, job.InstitutionId, AuditAction.Issue, job.Id, used.Count.ToString(CultureInfo.InvariantCulture)));
        }

        Telemetry.CredentialsIssued.Add(used.Count);
        Telemetry.BatchRowsFailed.Add(failed);
        return used;
    }

    private static string ToJson(IReadOnlyList<Problem> problems) =>
        JsonSerializer.Serialize([.. problems.Select(ProblemItem.Of)], IssuerJson.Default.ProblemItemArray);
}
