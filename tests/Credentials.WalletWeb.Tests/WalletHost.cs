using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Credentials.WalletWeb.Tests;

/// <summary>The host in memory, with the settings given.</summary>
public sealed class WalletHost : WebApplicationFactory<Program>
{
    public string BaseUrl { get; init; } = "https://wallet.example.org";

    public string VerifierUrl { get; init; } = "https://verify.example.org";

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Wallet:PublicBaseUrl", BaseUrl);
        builder.UseSetting("Wallet:VerifierUrl", VerifierUrl);
    }
}
