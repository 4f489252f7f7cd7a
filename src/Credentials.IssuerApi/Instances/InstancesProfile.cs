using Credentials.IssuerApi.Derivation;
using Credentials.IssuerApi.Health;
using Credentials.IssuerApi.Http;
using Microsoft.Extensions.Options;

namespace Credentials.IssuerApi.Instances;

/// <summary>The configuration profile of named issuing instances: keys of this start alone, no database, no chain, no authentication, loopback only. For interoperability suites and for trying forms out.</summary>
internal static class InstancesProfile
{
    private const string Section = "Issuer";

    /// <summary>Whether the configuration names instances.</summary>
    public static bool IsChosenIn(IConfiguration configuration) => configuration.GetSection($"{Section}:Instances").GetChildren().Any();

    /// <summary>Serves the instances until the process is told to stop.</summary>
    /// <exception cref="StartupRefusedException">It would listen to others than this computer.</exception>
    /// <exception cref="OptionsValidationException">A setting is wrong.</exception>
    public static async Task RunAsync(WebApplicationBuilder builder)
    {
        LoopbackOnly.Require(builder.Configuration, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
        builder.Services.AddOptionsWithValidateOnStart<InstancesOptions, InstancesOptionsRules>().BindConfiguration(Section);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<IssuingInstances>().AddIssuerOpenApi().AddHealthChecks();
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();

        await using WebApplication app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UseIssuerHttp();
        app.MapOpenApi();
        app.MapHealth();
        app.MapDerivation();
        app.MapInstances();
        await app.RunAsync();
    }
}
