using Credentials.IssuerApi.Storage;
using Credentials.IssuerApi.Wallets.Authorization;
using Credentials.IssuerApi.Wallets.Issuing;
using Credentials.IssuerApi.Wallets.Metadata;
using Credentials.IssuerApi.Wallets.Offers;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Wallets;

internal static class WalletServices
{
    /// <summary>OpenID4VCI: offers, tokens, copies, metadata.</summary>
    public static IServiceCollection AddWallets(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WalletOptions, WalletOptionsValidator>().BindConfiguration(WalletOptions.Section);
        return services
            .AddSingleton<WalletUrls>()
            .AddSingleton<WalletClients>()
            .AddSingleton<OfferStore>()
            .AddSingleton<OfferMaking>()
            .AddSingleton<BatchOffers>()
            .AddSingleton<ServerNonces>()
            .AddSingleton<ProofReplays>()
            .AddSingleton<DpopGate>()
            .AddSingleton<TokenGranting>()
            .AddSingleton<AuthorizationStore>()
            .AddSingleton<AuthorizationStarting>()
            .AddSingleton<AuthorizeEndpoint>()
            .AddSingleton<AccessGate>()
            .AddSingleton<IssueStore>()
            .AddSingleton<CopyMasters>()
            .AddSingleton<CopySigner>()
            .AddSingleton<CopyIssuing>()
            .AddSingleton<RequestEncryption>()
            .AddSingleton<CredentialEndpoint>()
            .AddSingleton<KeyCertificates>()
            .AddSingleton<StatusListTokenPublisher>()
            .AddSingleton<IssuerDescription>()
            .AddHostedService<WalletSweeping>();
    }

    public static void MapWallets(this IEndpointRouteBuilder app)
    {
        app.MapOffers();
        BatchOffers.Map(app);
        app.MapToken();
        app.MapPar();
        AuthorizeEndpoint.Map(app);
        CredentialEndpoint.Map(app);
        app.MapLater();
        app.MapMetadata();
        app.MapCertificates();
    }
}

/// <summary>Forgets, once a minute, nonces and authorization requests that are too old by themselves; and once an hour what offers that are over need no more.</summary>
internal sealed partial class WalletSweeping(IDatabase database, IOptions<WalletOptions> options, TimeProvider clock, ILogger<WalletSweeping> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(10);
    private const int RoundsAnHour = 60;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int round = 1; !stoppingToken.IsCancellationRequested; round++)
        {
            try
            {
                await Task.Delay(s_pause, clock, stoppingToken);
                await SweepAsync(stoppingToken);
                if (round % RoundsAnHour == 0)
                {
                    await OfferRetention.SweepAsync(database, options.Value, clock.GetUtcNow(), stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StorageUnavailableException fault)
            {
                Postponed(logger, fault.Message);
            }
#pragma warning disable CA1031 // Sweeping outlives every fault: a host that stops for it would issue nothing either.
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Failed(logger, fault);
            }
        }
    }

    /// <summary>One round.</summary>
    public Task<bool> SweepAsync(CancellationToken cancellationToken) => database.WriteAsync(
        async transaction =>
        {
            long before = (clock.GetUtcNow() - s_grace).ToUnixTimeMilliseconds();
            await IssueStore.ForgetNoncesAsync(transaction, before);
            await AuthorizationStore.DeleteOldAsync(transaction, before);
            return true;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweeping after wallets is postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping after wallets failed; it is tried again in a minute")]
    private static partial void Failed(ILogger logger, Exception fault);
}
