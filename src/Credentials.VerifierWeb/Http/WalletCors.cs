using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Credentials.VerifierWeb.Http;

/// <summary>What wallets in browsers call, from wherever they are served: any origin, no cookies, so that nothing is lent to a stranger's page that he could not ask for himself.</summary>
internal static class WalletCors
{
    public const string Policy = "wallets";

    public static void Configure(CorsOptions options) => options.AddPolicy(Policy, policy => policy.AllowAnyOrigin().WithMethods("GET", "POST").WithHeaders("Accept", "Content-Type"));
}
