using Credentials.IssuerApi.Configuration;

namespace Credentials.IssuerApi.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services
        .AddSingleton(provider => Database.Open(provider.GetRequiredService<IssuerOptions>().DataFolder))
        .AddSingleton<IDatabase>(provider => provider.GetRequiredService<Database>());
}
