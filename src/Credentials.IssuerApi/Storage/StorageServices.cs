using Credentials.IssuerApi.Configuration;
using Credentials.IssuerApi.Storage.Postgres;
using Credentials.IssuerApi.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Storage;

internal static partial class StorageServices
{
    /// <summary>The database that <c>Storage</c> names. It is opened when it is first asked for.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>().BindConfiguration(StorageOptions.Section);
        return services.AddSingleton<IDatabase>(Open);
    }

    private static IDatabase Open(IServiceProvider provider)
    {
        StorageOptions options = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        ILogger logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger("Credentials.IssuerApi.Storage");
        return string.IsNullOrEmpty(options.Postgres)
            ? SqliteDatabase.Open(provider.GetRequiredService<IssuerOptions>().DataFolder)
            : PostgresStart.Open(options, sentence => Waiting(logger, sentence));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Sentence}")]
    private static partial void Waiting(ILogger logger, string sentence);
}
