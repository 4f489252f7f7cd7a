using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Institutions;
using Credentials.IssuerApi.Keys;
using Credentials.IssuerApi.Storage;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi;

internal static partial class Startup
{
    /// <summary>Opens what everything leans on before anything runs: options, database, key ring, every private key. What is wrong is said now, in a sentence.</summary>
    /// <exception cref="StartupRefusedException">The database, the ring or a key does not open.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static async Task OpenAsync(this WebApplication app)
    {
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        _ = app.Services.GetRequiredService<IDatabase>();
        int ringKeys = app.Services.GetRequiredService<KeyRing>().Open();
        await app.Services.GetRequiredService<InstitutionKeys>().OpenAllAsync(ringIsEmpty: ringKeys == 0, app.Lifetime.ApplicationStopping);
        Opened(app.Logger, ringKeys);
        if (await app.Services.GetRequiredService<InstitutionCreation>().CompleteAsync(app.Lifetime.ApplicationStopping) is > 0 and var completed)
        {
            Completed(app.Logger, completed);
        }

        var publicBase = new Uri(app.Services.GetRequiredService<IssuerOptions>().PublicBaseUrl);
        foreach (string did in await app.Services.GetRequiredService<InstitutionStore>().MadeElsewhereAsync(publicBase, app.Lifetime.ApplicationStopping))
        {
            MadeElsewhere(app.Logger, did, publicBase);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database and key ring are open ({RingKeys} ring keys)")]
    private static partial void Opened(ILogger logger, int ringKeys);

    [LoggerMessage(Level = LogLevel.Information, Message = "The identities and keys of {Institutions} institutions of an older program are queued for the registry")]
    private static partial void Completed(ILogger logger, int institutions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The DID {Did} is not of Issuer:PublicBaseUrl {PublicBaseUrl}. Verifiers look for its document at its old address: set the address back, or keep serving the document there")]
    private static partial void MadeElsewhere(ILogger logger, string did, Uri publicBaseUrl);
}
