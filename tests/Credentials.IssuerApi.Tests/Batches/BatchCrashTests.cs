using System.IO.Pipelines;
using System.Security.Cryptography;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Batches;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.TestKit;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace Credentials.IssuerApi.Tests.Batches;

/// <summary>The process dies before, during or after each operation of its database; the next one goes on from what is on the disk.</summary>
public sealed class BatchCrashTests : IDisposable
{
    private const int Lines = 25;
    private readonly CrashLab _lab = new();

    public static TheoryData<CrashMoment> Moments => [CrashMoment.Before, CrashMoment.During, CrashMoment.After];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Every_line_gets_one_credential_wherever_the_signing_died(CrashMoment moment)
    {
        await _lab.PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            string job = await UploadAsync(_lab.Process());
            var crash = new CrashPoint(operation, moment);
            await CrashLab.DieAsync(() => SignAllAsync(_lab.Process(crash)));
            await SignAllAsync(_lab.Process());
            await AssertSettledAsync(job);
            if (!crash.IsDead)
            {
                Assert.True(operation > 4, "The crash never happened.");
                return;
            }
        }
    }

    /// <summary>One life over one upload, in which the process dies where the crash point says.</summary>
    internal static async Task AssertEveryLineGetsOneCredentialAsync(CrashPoint crash)
    {
        using BatchCrashTests test = new();
        await test._lab.PrepareAsync();
        string job = await UploadAsync(test._lab.Process());
        Assert.False(await CrashLab.DieAsync(() => SignAllAsync(test._lab.Process(crash))));
        await SignAllAsync(test._lab.Process());
        await test.AssertSettledAsync(job);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task An_upload_is_there_whole_or_not_at_all_wherever_it_died(CrashMoment moment)
    {
        await _lab.PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            var crash = new CrashPoint(operation, moment);
            bool survived = await CrashLab.DieAsync(async () => await UploadAsync(_lab.Process(crash)));
            await _lab.Process().GetRequiredService<BatchIntake>().RemoveUnfinishedAsync(CancellationToken.None);
            if (_lab.Database.IsShared)
            {
                // What a dead process left stays for a day, unseen: it may be what a live one is taking in.
                await _lab.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("DELETE FROM batch_jobs WHERE state = 'uploading'", transaction: transaction), CancellationToken.None);
            }

            string state = await _lab.Database.ReadAsync(
                connection => connection.ExecuteScalarAsync<string>("SELECT coalesce(string_agg(state || ' ' || total, ','), '') || '/' || (SELECT count(*) FROM batch_rows) FROM batch_jobs"), CancellationToken.None) ?? "";
            Assert.Contains(state, (string[])["/0", $"queued {Lines}/{Lines}"]);
            Assert.True(!survived || state != "/0");
            await _lab.Database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("DELETE FROM batch_jobs", transaction: transaction), CancellationToken.None);
            if (survived)
            {
                Assert.True(operation > 3, "The crash never happened.");
                return;
            }
        }
    }

    [Fact]
    public async Task A_batch_whose_key_does_not_open_holds_up_no_other_and_uses_up_no_status_list()
    {
        await _lab.PrepareAsync();
        await _lab.Database.InsertInstitutionAsync("broken");
        await _lab.Database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync(
                "INSERT INTO signing_keys (institution_id, id, type, secret, created_at) VALUES ('broken', 'z', 'P256', @secret, 0)", new { secret = new byte[1] }, transaction),
            CancellationToken.None);
        using ServiceProvider process = _lab.Process();
        BatchStore batches = process.GetRequiredService<BatchStore>();
        string broken = await UploadAsync(process, CrashLab.Registrar with { InstitutionId = "broken" });
        string good = await UploadAsync(process);

        BatchWorker worker = process.GetRequiredService<BatchWorker>();
        await worker.StartAsync(CancellationToken.None);
        for (int i = 0; i < 200 && (await batches.FindAsync("u", good, CancellationToken.None))!.State != BatchState.Completed; i++)
        {
            await Task.Delay(50);
        }

        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(BatchState.Completed, (await batches.FindAsync("u", good, CancellationToken.None))!.State);

        BatchJob job = (await batches.FindAsync("broken", broken, CancellationToken.None))!;
        for (int i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<CryptographicException>(() => process.GetRequiredService<BatchChunk>().SettleNextAsync(job, CancellationToken.None));
        }

        Assert.InRange(
            await _lab.Database.ReadAsync(connection => connection.ExecuteScalarAsync<long>("SELECT sum(allocated_count) FROM status_lists WHERE institution_id = 'broken'"), CancellationToken.None),
            1,
            64);
    }

    public void Dispose() => _lab.Dispose();

    private static async Task<string> UploadAsync(IServiceProvider process, Caller? caller = null)
    {
        byte[] text = Utf8.Bytes(string.Join('\n', Enumerable.Range(0, Lines).Select(i => Diploma.Unsigned($"Learner {i}").ToJsonString())));
        (string? id, _) = await process.GetRequiredService<BatchIntake>().AcceptAsync(
            PipeReader.Create(new MemoryStream(text)), SecuringPlan.Default, null, caller ?? CrashLab.Registrar, CancellationToken.None);
        return id!;
    }

    private static async Task SignAllAsync(IServiceProvider process)
    {
        while (await process.GetRequiredService<BatchStore>().OpenAsync(CancellationToken.None) is [var job, ..])
        {
            if (await process.GetRequiredService<BatchChunk>().SettleNextAsync(job, CancellationToken.None) == 0)
            {
                // What a dead process claimed is free when its claim has run out.
                await Task.Delay(20);
            }
        }
    }

    private async Task AssertSettledAsync(string job)
    {
        (string state, long signed, long rows, long credentials) = await _lab.Database.ReadAsync(
            connection => connection.QuerySingleAsync<(string, long, long, long)>(
                """
                SELECT state, signed,
                       (SELECT count(DISTINCT credential_id) FROM batch_rows WHERE job_id = @job),
                       (SELECT count(*) FROM credentials)
                FROM batch_jobs WHERE id = @job
                """,
                new { job }),
            CancellationToken.None);
        Assert.Equal(("completed", Lines, Lines, Lines), (state, (int)signed, (int)rows, (int)credentials));
        await _lab.Database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("DELETE FROM batch_jobs; DELETE FROM credentials", transaction: transaction), CancellationToken.None);
    }
}
