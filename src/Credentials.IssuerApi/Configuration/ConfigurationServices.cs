using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Configuration;

internal static class ConfigurationServices
{
    /// <summary>Binds and validates the options at start: a wrong value is a sentence, not a fault at three in the morning.</summary>
    public static IServiceCollection AddIssuerConfiguration(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<IssuerOptions, IssuerOptionsValidator>().BindConfiguration(IssuerOptions.Section);
        services.AddOptionsWithValidateOnStart<ChainOptions, ChainOptionsValidator>().BindConfiguration(ChainOptions.Section);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IssuerOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<ChainOptions>>().Value);
        services.AddSingleton(provider => provider.GetRequiredService<ChainOptions>().ToTrustedChain());
        return services;
    }
}
