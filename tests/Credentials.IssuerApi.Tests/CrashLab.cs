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
using Credentials.IssuerApi.Tests.Storage;
using Credentials.IssuerApi.Wallets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Tests;

/// <summary>One database and the processes that come and go over it, built as the host builds them; nothing runs by itself.</summary>
internal sealed class CrashLab : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EphemeralDataProtectionProvider _ring = new();
    private readonly TrustedChain _chain = new(31337, default, EthereumAddress.From([.. Enumerable.Repeat((byte)7, 20)]), default);

    public CrashLab() => Database = TestStorage.Open(_folder.Path);

    public static Caller Registrar { get; } = new("test", Role.Registrar, "u");

    public IDatabase Database { get; }

    /// <summary>What a process holds in memory; it dies where the crash point says.</summary>
    public ServiceProvider Process(CrashPoint? crash = null)
    {
        ServiceCollection services = new();
        services.AddLogging().AddAnchoring().AddApiKeys().AddInstitutions().AddStatus().AddIssuance().AddBatches().AddWallets();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<AuditLog>().AddSingleton<SecretProtector>().AddSingleton(TimeProvider.System).AddSingleton(new IssuerOptions());
        services.AddSingleton<IDatabase>(crash is null ? Database : new CrashingDatabase(Database, crash)).AddSingleton(_chain).AddSingleton<IDataProtectionProvider>(_ring);
        services.AddSingleton(Options.Create(new BatchOptions { ChunkSize = 10, ClaimTime = TimeSpan.FromMilliseconds(100) }));
        return services.BuildServiceProvider();
    }

    /// <summary>An institution <c>u</c> with its keys.</summary>
    public async Task PrepareAsync()
    {
        await Database.InsertInstitutionAsync("u");
        await Database.WriteAsync(
            async transaction =>
            {
                await Process().GetRequiredService<InstitutionKeys>().CreateAsync(transaction, "u");
                return true;
            },
            CancellationToken.None);
    }

    /// <returns>True when the process lived to the end.</returns>
    public static async Task<bool> DieAsync(Func<Task> live)
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

    public void Dispose()
    {
        Database.Close();
        _folder.Dispose();
    }
}
