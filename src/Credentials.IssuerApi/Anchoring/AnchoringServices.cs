using Credentials.IssuerApi.Anchoring.Outbox;
using Credentials.IssuerApi.Storage;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Anchoring;

internal static class AnchoringServices
{
    /// <summary>The outbox, the queries and the three workers. Needs a database, a key ring, the trusted chain and a ledger.</summary>
    public static IServiceCollection AddAnchoring(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AnchoringOptions, AnchoringOptionsValidator>().BindConfiguration(AnchoringOptions.Section);
        services.AddMetrics();
        services.AddSingleton<AnchoringTelemetry>();
        services.AddSingleton<AnchoringStatus>();
        services.AddSingleton<AnchoringQueries>();
        services.AddSingleton<AnchoringReports>();
        services.AddSingleton<AnchoringOrders>();
        services.AddSingleton<TransactionReports>();
        services.AddSingleton<TransactionCancelling>();
        services.AddSingleton<MerkleTreeCache>();
        services.AddSingleton<TransactionOutbox>();
        services.AddSingleton<ChainAccounts>();
        services.AddSingleton<ChainGuard>();
        services.AddSingleton<NonceLog>();
        services.AddSingleton<TransactionSigning>();
        services.AddSingleton<TransactionDelivery>();
        services.AddSingleton<TransactionSender>();
        services.AddSingleton<FollowedTransactions>();
        services.AddSingleton<TransactionJudge>();
        services.AddSingleton<FinalityFollower>();
        services.AddSingleton<BatchSealer>();
        services.AddHealthChecks().AddCheck<AnchoringStatus>("anchoring", tags: ["ready"]);
        return services
            .AddWorker("seal", provider => provider.GetRequiredService<BatchSealer>().StepAsync)
            .AddWorker("send", provider => provider.GetRequiredService<TransactionSender>().StepAsync)
            .AddWorker("follow", provider => provider.GetRequiredService<FinalityFollower>().StepAsync);
    }

    private static IServiceCollection AddWorker(this IServiceCollection services, string name, Func<IServiceProvider, Func<CancellationToken, Task<Stall?>>> step) =>
        services.AddSingleton<IHostedService>(provider => new PeriodicWorker(
            name,
            new AloneStep(provider.GetRequiredService<IDatabase>(), name, step(provider)).TakeAsync,
            provider.GetRequiredService<IOptions<AnchoringOptions>>().Value,
            provider.GetRequiredService<AnchoringStatus>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PeriodicWorker>>()));
}
