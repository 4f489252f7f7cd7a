using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring;
using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Audit;
using Credentials.IssuerApi.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>All that one process of the issuer holds in memory, built as the host builds it; the steps are taken by hand instead of by the clock.</summary>
internal sealed class IssuerProcess : IDisposable
{
    private readonly ServiceProvider _services;

    public IssuerProcess(IDatabase database, ILedger ledger, TrustedChain chain, IDataProtectionProvider keys, AnchoringOptions options, TimeProvider clock, IChainSigner? signer = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddAnchoring();
        services.AddSingleton(database).AddSingleton(ledger).AddSingleton(chain).AddSingleton(keys).AddSingleton(clock);
        services.AddSingleton(Options.Create(options)).AddSingleton<AuditLog>();
        if (signer is not null)
        {
            services.AddSingleton(signer);
        }

        _services = services.BuildServiceProvider();
    }

    public Task<Stall?> SealAsync() => Get<BatchSealer>().StepAsync(CancellationToken.None);

    public Task<Stall?> SendAsync() => Get<TransactionSender>().StepAsync(CancellationToken.None);

    public Task<Stall?> FollowAsync() => Get<FinalityFollower>().StepAsync(CancellationToken.None);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Dispose() => _services.Dispose();
}
