using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;

namespace Credentials.IssuerApi;

/// <summary>Runs before everything else that starts: opens the database, the key ring and every private key, so that what is wrong is said at start.</summary>
internal sealed partial class StartupChecks(Database database, KeyRing ring, InstitutionKeys keys, ILogger<StartupChecks> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        int ringKeys = ring.Open();
        await keys.OpenAllAsync(cancellationToken);
        Opened(logger, ringKeys);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Database and key ring are open ({RingKeys} ring keys)")]
    private static partial void Opened(ILogger logger, int ringKeys);
}
