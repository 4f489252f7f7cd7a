using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.VerifierWeb.Chain;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credentials.VerifierWeb.Tests;

/// <summary>The whole verifier in a world of its own: real checks over a chain and a web in memory.</summary>
public sealed class VerifierApplication : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string VerifierName = "Acme <Verification> Desk";

    private DiplomaWorld? _world;

    public DiplomaWorld World => _world ?? throw new InvalidOperationException("Not initialised.");

    /// <summary>Every line that was logged, at every level.</summary>
    internal CollectingLogs Logs { get; } = new();

    /// <summary>The chain's id; null for a random one.</summary>
    public ulong? ChainId { get; init; }

    /// <summary>Settings besides the usual ones.</summary>
    public IDictionary<string, string> Settings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync() => _world = await DiplomaWorld.CreateAsync(ChainId);

    public new async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _world?.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        TrustedChain chain = World.Chain;
        builder.UseSetting("Verifier:Name", VerifierName);
        builder.UseSetting("Verifier:PublicBaseUrl", "https://verify.example");
        builder.UseSetting("Verifier:RequestsPerMinute", "100000");
        builder.UseSetting("Verifier:Chains:0:RpcUrl", "http://node.example");
        builder.UseSetting("Verifier:Chains:0:ChainId", chain.ChainId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("Verifier:Chains:0:GenesisHash", chain.GenesisHash.ToString());
        builder.UseSetting("Verifier:Chains:0:Contract", chain.Contract.ToString());
        builder.UseSetting("Verifier:Chains:0:CodeHash", chain.CodeHash.ToString());
        builder.UseSetting("Logging:LogLevel:Default", "Trace");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace");
        builder.UseSetting($"Logging:{typeof(CollectingLogs).FullName}:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Trace");
        foreach ((string key, string value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.AddProvider(Logs));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(World.Clock);
            services.AddSingleton<IDocumentFetcher>(World.Web);
            services.AddSingleton<LedgerFactory>(_ => World.Ledger);
        });
    }
}

/// <summary>Keeps every line.</summary>
internal sealed class CollectingLogs : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

    public IEnumerable<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue("scope " + string.Join(' ', state is IEnumerable<KeyValuePair<string, object>> pairs ? pairs.Select(pair => $"{pair.Key}={pair.Value}") : [state.ToString() ?? ""]));
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
