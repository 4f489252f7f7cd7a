using Microsoft.AspNetCore.Authentication;

namespace Credentials.IssuerApi.ApiKeys;

internal static class ApiKeyServices
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddSingleton<ApiKeyStore>();
        services.AddAuthentication(ApiKeyAuthentication.SchemeName).AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Role.Administrator, policy => policy.RequireRole(Role.Administrator))
            .AddPolicy(Role.Registrar, policy => policy.RequireRole(Role.Registrar))
            .AddPolicy(Role.Reader, policy => policy.RequireRole(Role.Reader, Role.Registrar))
            .AddPolicy(Role.Any, policy => policy.RequireRole(Role.Administrator, Role.Registrar, Role.Reader));
        return services;
    }
}
