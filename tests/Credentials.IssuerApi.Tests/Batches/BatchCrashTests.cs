using System.IO.Pipelines;
using Credentials.DataIntegrity;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.ApiKeys;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Batches;
using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Issuance;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Status;
using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Tests.Anchoring.Lab;
using Credentials.TestKit;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Tests.Batches;

/// <summary>The process dies before, during or after each operation of its database; the next one goes on from what is on the disk.</summary>
public sealed class BatchCrashTests : IDisposable
{
    private const int Lines = 25;
    private static readonly Caller s_registrar = new("test", Role.Registrar, "u");
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly EphemeralDataProtectionProvider _ring = new();
    private readonly TrustedChain _chain = new(31337, default, EthereumAddress.From([.. Enumerable.Repeat((byte)7, 20)]), default);

    public BatchCrashTests() => _database = Database.Open(_folder.Path);

    public static TheoryData<CrashMoment> Moments => [CrashMoment.Before, CrashMoment.During, CrashMoment.After];

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task Every_line_gets_one_credential_wherever_the_signing_died(CrashMoment moment)
    {
        await PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            string job = await UploadAsync(Process(_database));
            var crash = new CrashPoint(operation, moment);
            await DieAsync(() => SignAllAsync(Process(new CrashingDatabase(_database, crash))));
            await SignAllAsync(Process(_database));
            await AssertSettledAsync(job);
            if (!crash.IsDead)
            {
                Assert.True(operation > 4, "The crash never happened.");
                return;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task An_upload_is_there_whole_or_not_at_all_wherever_it_died(CrashMoment moment)
    {
        await PrepareAsync();
        for (int operation = 1; ; operation++)
        {
            var crash = new CrashPoint(operation, moment);
            bool survived = await DieAsync(async () => await UploadAsync(Process(new CrashingDatabase(_database, crash))));
            await Process(_database).GetRequiredService<BatchIntake>().RemoveUnfinishedAsync(CancellationToken.None);

            string state = await _database.ReadAsync(
                connection => connection.ExecuteScalarAsync<string>("SELECT coalesce(group_concat(state || ' ' || total), '') || '/' || (SELECT count(*) FROM batch_rows) FROM batch_jobs"), CancellationToken.None) ?? "";
            Assert.Contains(state, (string[])["/0", $"queued {Lines}/{Lines}"]);
            Assert.True(!survived || state != "/0");
            await _database.WriteAsync(transaction => transaction.Connection!.ExecuteAsync("DELETE FROM batch_jobs", transaction: transaction), CancellationToken.None);
            if (survived)
            {
                Assert.True(operation > 3, "The crash never happened.");
                return;
            }
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private async Task PrepareAsync()
    {
        await _database.InsertInstitutionAsync("u");
        await _database.WriteAsync(
            async transaction =>
            {
                await Process(_database).GetRequiredService<InstitutionKeys>().CreateAsync(transaction, "u");
                return true;
            },
            CancellationToken.None);
    }

    private static async Task<string> UploadAsync(IServiceProvider process)
    {
        byte[] text = Utf8.Bytes(string.Join('\n', Enumerable.Range(0, Lines).Select(i => Diploma.Unsigned($"Learner {i}").ToJsonString())));
        (string? id, _) = await process.GetRequiredService<BatchIntake>().AcceptAsync(
            PipeReader.Create(new MemoryStream(text)), [Cryptosuite.Find("ecdsa-jcs-2019")!], null, s_registrar, CancellationToken.None);
        return id!;
    }

    private static async Task SignAllAsync(IServiceProvider process)
    {
        while (await process.GetRequiredService<BatchStore>().OpenAsync(CancellationToken.None) is [var job, ..])
        {
            await process.GetRequiredService<BatchChunk>().SettleNextAsync(job, CancellationToken.None);
        }
    }

    private async Task AssertSettledAsync(string job)
    {
        (string state, long signed, long rows, long credentials) = await _database.ReadAsync(
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
        await _database.WriteAsync(
            transaction => transaction.Connection!.ExecuteAsync("DELETE FROM batch_jobs; DELETE FROM credentials", transaction: transaction), CancellationToken.None);
    }

    private static async Task<bool> DieAsync(Func<Task> live)
    {
        try
        {
            await live();
            return true;
        }
        catch (ProcessDiedException)
        {
            return false;
        }
    }

    private ServiceProvider Process(IDatabase database)
    {
        ServiceCollection services = new();
        services.AddLogging().AddAnchoring().AddApiKeys().AddInstitutions().AddStatus().AddIssuance().AddBatches();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<AuditLog>().AddSingleton<SecretProtector>().AddSingleton(TimeProvider.System).AddSingleton(new IssuerOptions());
        services.AddSingleton(database).AddSingleton(_chain).AddSingleton<IDataProtectionProvider>(_ring);
        services.AddSingleton(Options.Create(new BatchOptions { ChunkSize = 10 }));
        return services.BuildServiceProvider();
    }
}
