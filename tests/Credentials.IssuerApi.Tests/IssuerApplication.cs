using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Tests.Storage;
using Credentials.TestKit.Ledger;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credentials.IssuerApi.Tests;

/// <summary>The whole issuer in this process, over a data folder of its own and a chain in memory that mines at once.</summary>
public sealed class IssuerApplication : WebApplicationFactory<Program>, IAsyncLifetime
{
    public const string AdministratorKey = "administrator-key-of-the-tests-0123456789";
    public const string Passphrase = "a passphrase of the tests";
    private readonly bool _ownsFolder;
    private TrustedChain? _chain;

    public IssuerApplication()
        : this(Path.Combine(Path.GetTempPath(), "issuer-" + Guid.NewGuid().ToString("N")), new InMemoryLedger { MinesAtOnce = true }) => _ownsFolder = true;

    /// <summary>A second start over what an earlier one left.</summary>
    internal IssuerApplication(string dataFolder, InMemoryLedger ledger)
    {
        (DataFolder, Ledger) = (dataFolder, ledger);
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Issuer:PublicBaseUrl"] = "http://localhost:7101",
            ["Issuer:VerifierBaseUrl"] = "http://localhost:7102",
            ["Issuer:DataFolder"] = dataFolder,
            ["Storage:Postgres"] = TestStorage.PostgresOf(dataFolder),
            ["Issuer:AdministratorKey"] = AdministratorKey,
            ["Issuer:KeyRing:Passphrase"] = Passphrase,
            ["Anchoring:MaxBatchAge"] = "00:00:00.050",
            ["Anchoring:PollInterval"] = "00:00:00.020",
        };
    }

    public string DataFolder { get; }

    public InMemoryLedger Ledger { get; }

    /// <summary>Configuration; change it before the first request.</summary>
    public IDictionary<string, string> Settings { get; }

    /// <summary>The clock, where it is not the system's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Replaces services, after the program's own.</summary>
    public Action<IServiceCollection>? Overrides { get; init; }

    /// <summary>Everything that was logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public TrustedChain Chain => _chain ?? throw new InvalidOperationException("Not initialised.");

    public async Task InitializeAsync()
    {
        _chain = await Ledger.DeployRegistryAsync();
        Settings["Chain:RpcUrl"] = "http://127.0.0.1:1";
        Settings["Chain:ChainId"] = _chain.ChainId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Settings["Chain:GenesisHash"] = _chain.GenesisHash.ToString();
        Settings["Chain:Contract"] = _chain.Contract.ToString();
    }

    /// <summary>A client with an API key, or without one.</summary>
    public HttpClient ClientOf(string? key)
    {
        HttpClient client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Makes an institution and funds its chain account.</summary>
    public async Task<University> CreateUniversityAsync(string? slug = null)
    {
        slug ??= "u-" + Guid.NewGuid().ToString("N")[..12];
        using HttpClient administrator = ClientOf(AdministratorKey);
        using HttpResponseMessage answer = await administrator.PostAsJsonAsync("/institutions", new { slug, name = "Universidade de Teste", country = "PT" });
        answer.EnsureSuccessStatusCode();
        JsonElement made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        _ = EthereumAddress.TryParse(made.GetProperty("chainAccount").GetString(), out EthereumAddress account);
        Ledger.Fund(account, System.Numerics.BigInteger.Pow(10, 20));
        string key = made.GetProperty("registrarKey").GetString()!;
        return new University(slug, made.GetProperty("did").GetString()!, made.GetProperty("chainInstitution").GetString()!, key, ClientOf(key));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await DisposeAsync();
        if (_ownsFolder && Directory.Exists(DataFolder))
        {
            TestStorage.Drop(DataFolder);
            Directory.Delete(DataFolder, recursive: true);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach ((string key, string value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(new CapturingLogs(Log)));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<ILedger>(Ledger);
            if (Clock is not null)
            {
                services.AddSingleton(Clock);
            }

            Overrides?.Invoke(services);
        });
    }
}

/// <summary>An institution of a test, and its registrar's client.</summary>
public sealed record University(string Slug, string Did, string ChainInstitution, string RegistrarKey, HttpClient Registrar);
