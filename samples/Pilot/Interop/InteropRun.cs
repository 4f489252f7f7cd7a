using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Credentials.Pilot.Interop;

/// <summary><c>Pilot interop</c>: issuer and verifier as the interoperability suites want them, behind one origin on this computer. No chain, no database, fresh keys.</summary>
internal sealed class InteropRun : IAsyncDisposable
{
    private const int UsualPort = 7100;

    private readonly string _folder;
    private readonly string _publicUrl;
    private readonly int _port;
    private HostProcess? _issuer;
    private HostProcess? _verifier;
    private InteropFront? _front;

    private InteropRun(string folder, int port, string publicUrl) => (_folder, _port, _publicUrl) = (folder, port, publicUrl);

    public static async Task<int> ServeAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        int port = Port();
        string publicUrl = Environment.GetEnvironmentVariable("INTEROP_PUBLIC_URL") is { Length: > 0 } text ? text.TrimEnd('/') : $"http://localhost:{port}";
        await using var run = new InteropRun(Path.Combine(Checkout.Root, ".local", "interop", port.ToString(CultureInfo.InvariantCulture)), port, publicUrl);
        await run.StartAsync(cancellationToken);
        Console.WriteLine($"""
            Issuing, verifying, deriving and DID resolution for interoperability suites: {InteropInstances.All.Count} issuing instances, no authentication, this computer only.
            Manifest  {publicUrl}{InteropManifest.Path}
            Logs      {run._folder}
            Ready in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s. Ctrl-C stops.
            """);
        await run.WaitForTroubleAsync(cancellationToken);
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable? part in new IAsyncDisposable?[] { _front, _verifier, _issuer })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!PilotSettings.IsFree(_port))
        {
            throw new PilotException($"Port {_port} is taken. Is another one running? Stop it, or take another port with INTEROP_PORT=...");
        }

        Directory.CreateDirectory(_folder);
        var issuerUrl = new Uri($"http://127.0.0.1:{PilotSettings.FreePort()}");
        var verifierUrl = new Uri($"http://127.0.0.1:{PilotSettings.FreePort()}");
        _issuer = HostProcess.Start("Credentials.IssuerApi", IssuerSettings(issuerUrl), Path.Combine(_folder, "issuer.log"));
        _verifier = HostProcess.Start("Credentials.VerifierWeb", VerifierSettings(verifierUrl), Path.Combine(_folder, "verifier.log"));
        await Task.WhenAll(
            _issuer.WaitUntilHealthyAsync("issuer", new Uri(issuerUrl, "/health/live"), cancellationToken),
            _verifier.WaitUntilHealthyAsync("verifier", new Uri(verifierUrl, "/health/live"), cancellationToken));

        using var http = new HttpClient { BaseAddress = issuerUrl };
        JsonArray issuers = await http.GetFromJsonAsync<JsonArray>("/issuers", cancellationToken) ?? throw new PilotException("The issuer told no instances.");
        _front = await InteropFront.StartAsync(_port, issuerUrl, verifierUrl, InteropManifest.Of(issuers), cancellationToken);
    }

    // Suites send hundreds of requests at once from one address, whose limits are for strangers.
    private Dictionary<string, string> IssuerSettings(Uri url) => new(InteropInstances.Settings, StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = url.ToString(),
        ["Issuer:PublicBaseUrl"] = _publicUrl,
        ["RateLimits:AddressPerSecond"] = "100000",
        ["RateLimits:AddressBurst"] = "1000000",
    };

    private Dictionary<string, string> VerifierSettings(Uri url) => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = url.ToString(),
        ["Verifier:Name"] = "Interoperability",
        ["Verifier:PublicBaseUrl"] = _publicUrl,
        ["Verifier:AllowPrivateAddresses"] = "true",
        ["Verifier:RequestsPerMinute"] = "100000",

        // The suites' vectors are signed by keys that are not their issuers'.
        ["Verifier:IssuerReportedOnly"] = "true",

        // Some of their credentials define their terms themselves.
        ["Verifier:ForeignWords"] = "true",
    };

    private async Task WaitForTroubleAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            foreach ((string name, HostProcess? host) in new[] { ("issuer", _issuer), ("verifier", _verifier) })
            {
                if (host is { HasExited: true })
                {
                    throw new PilotException($"The {name} stopped by itself. Its last words:\n{host.Tail}");
                }
            }

            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static int Port() => Environment.GetEnvironmentVariable("INTEROP_PORT") is not { Length: > 0 } text ? UsualPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is > 0 and < 65536 ? port
        : throw new PilotException($"INTEROP_PORT={text} is no port number.");
}
