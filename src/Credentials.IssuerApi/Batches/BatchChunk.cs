using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Http;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
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
    InstitutionKeys keys,
    CredentialStore credentials,
    AuditLog audit,
    IOptions<BatchOptions> options)
{
    // A key was given up while its rows were being signed.
    private const int SignAgain = -1;

    private static readonly Problem s_duplicate = new(ApiProblem.Conflict, "A credential with this id was issued before.", "/id");

    /// <returns>The number of rows that were settled.</returns>
    public async Task<int> SettleNextAsync(BatchJob job, CancellationToken cancellationToken)
    {
        // Alone on the database there is nobody to claim against.
        (IReadOnlyList<BatchRow> rows, string? claim) = database.IsShared
            ? await batches.ClaimAsync(job.Id, options.Value.ChunkSize, options.Value.ClaimTime, cancellationToken)
            : (await batches.PendingAsync(job.Id, options.Value.ChunkSize, cancellationToken), null);
        if (rows.Count == 0)
        {
            return 0;
        }

        PipelineStep.RowsClaimed.Reached();
        try
        {
            return await SettleAsync(job, rows, claim, cancellationToken);
        }
        catch when (claim is not null)
        {
            // Its fault is told; the rows do not wait until the claim runs out.
            await database.WriteAsync(transaction => ReleaseAsync(transaction, job, claim), CancellationToken.None);
            throw;
        }
    }

    private async Task<int> SettleAsync(BatchJob job, IReadOnlyList<BatchRow> rows, string? claim, CancellationToken cancellationToken)
    {
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

        PipelineStep.RowsSigned.Reached();
        (HashSet<StatusPosition> used, int settled) = await database.WriteAsync(transaction => StoreAsync(transaction, job, claim, rows, signings), CancellationToken.None);
        PipelineStep.RowsStored.Reached();
        if (settled == SignAgain)
        {
            keys.Forget(job.InstitutionId);
            statuses.Return(institution.Id, positions);
            return rows.Count;
        }

        Telemetry.CredentialsIssued.Add(used.Count);
        Telemetry.BatchRowsFailed.Add(settled - used.Count);
        statuses.Return(institution.Id, positions.Where(position => !used.Contains(position)));
        return settled;
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

    private async Task<(HashSet<StatusPosition> Used, int Settled)> StoreAsync(DbTransaction transaction, BatchJob job, string? claim, IReadOnlyList<BatchRow> rows, Signing[] signings)
    {
        HashSet<StatusPosition> used = [];
        IEnumerable<string> signers = signings.SelectMany(signing => signing.Credential?.SignedBy ?? []).Distinct(StringComparer.Ordinal);
        if (!await SigningKeyStore.AllSignAsync(transaction, job.InstitutionId, signers))
        {
            // A key was given up while these were signed: the rows stay pending, and are signed again with another.
            await ReleaseAsync(transaction, job, claim);
            return (used, SignAgain);
        }

        if (!await batches.StartAsync(transaction, job.Id))
        {
            return (used, 0);
        }

        // What another process took over, because we were slower than our claim, is that one's to settle.
        HashSet<long>? held = claim is null ? null : await BatchStore.HeldAsync(transaction, job.Id, claim);
        int settled = 0;
        for (int i = 0; i < rows.Count; i++)
        {
            if (held?.Contains(rows[i].Line) == false)
            {
                continue;
            }

            settled++;
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

        await batches.CountAsync(transaction, job.Id, used.Count, settled - used.Count);
        if (used.Count > 0)
        {
            await audit.WriteAsync(transaction, new AuditEntry(job.CreatedBy, job.InstitutionId, AuditAction.Issue, job.Id, used.Count.ToString(CultureInfo.InvariantCulture)));
        }

        PipelineStep.RowsStoring.Reached();
        return (used, settled);
    }

    private static async Task<bool> ReleaseAsync(DbTransaction transaction, BatchJob job, string? claim)
    {
        if (claim is not null)
        {
            await BatchStore.ReleaseAsync(transaction, job.Id, claim);
        }

        return claim is not null;
    }

    private static string ToJson(IReadOnlyList<Problem> problems) =>
        JsonSerializer.Serialize([.. problems.Select(ProblemItem.Of)], IssuerJson.Default.ProblemItemArray);
}
