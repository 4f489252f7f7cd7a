using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Ethereum;
using Credentials.Ethereum.LocalChain;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Xunit.Abstractions;

namespace Credentials.EndToEnd.World;

/// <summary>A real node with its state on disk, the registry on it, and a real issuer process: each may be killed and started again. All in a folder of its own, on ports of its own.</summary>
internal sealed class LocalWorld : IAsyncDisposable
{
    private const string AdministratorKey = "administrator-key-of-the-end-to-end-tests";

    private readonly string _folder = Directory.CreateTempSubdirectory("end-to-end-").FullName;
    private readonly int _chainPort = FreePort();
    private readonly int _issuerPort = FreePort();
    private readonly ulong _chainId = (ulong)RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue);
    private AnvilProcess? _chain;
    private IssuerHost? _issuer;

    private readonly IReadOnlyDictionary<string, string> _settings;

    private LocalWorld(IReadOnlyDictionary<string, string>? settings) => (Ledger, _settings) = (new EthereumLedger(ChainUrl), settings ?? new Dictionary<string, string>(StringComparer.Ordinal));

    public EthereumLedger Ledger { get; }

    public TrustedChain Registry { get; private set; } = null!;

    public EthereumAddress Account { get; private set; }

    public Uri ChainUrl => new($"http://127.0.0.1:{_chainPort}");

    public Uri IssuerUrl => new($"http://localhost:{_issuerPort}");

    public TimeSpan IssuerProcessorTime => _issuer?.ProcessorTime ?? TimeSpan.Zero;

    /// <summary>The registrar of the one institution.</summary>
    public Registrar Registrar { get; private set; } = null!;

    /// <summary>What the issuer printed last.</summary>
    public string IssuerLog => _issuer?.Log ?? "";

    public string DatabaseFile => Path.Combine(_folder, "issuer", "issuer.db");

    /// <summary>Runs a test in a world of its own; when it fails, the issuer's last words come with it.</summary>
    /// <param name="output">Takes them.</param>
    /// <param name="test">The test.</param>
    /// <param name="settings">Settings of every issuer, beside the usual ones.</param>
    public static async Task RunAsync(ITestOutputHelper output, Func<LocalWorld, Task> test, IReadOnlyDictionary<string, string>? settings = null)
    {
        await using LocalWorld world = await StartAsync(settings);
        try
        {
            await test(world);
        }
        catch
        {
            output.WriteLine($"The issuer printed:\n{world._issuer?.Log}");
            throw;
        }
    }

    /// <summary>Whoever runs the issuer.</summary>
    public Administrator CreateAdministrator() => new(Administrator());

    /// <summary>Another node, elsewhere, on what the stopped one had saved.</summary>
    public async Task<FreshNode> StartFreshNodeAsync()
    {
        string elsewhere = Path.Combine(_folder, "elsewhere");
        Directory.Move(Path.Combine(_folder, "chain"), elsewhere);
        return new FreshNode(await AnvilProcess.StartAsync(
            new AnvilOptions(AnvilProcess.FindBinary(Repository.Root).Path!, _chainId) { StateFile = Path.Combine(elsewhere, "state.json") }, CancellationToken.None));
    }

    /// <summary>A world for several tests; the caller ends it.</summary>
    internal static async Task<LocalWorld> StartAsync(IReadOnlyDictionary<string, string>? settings)
    {
        LocalWorld world = new(settings);
        try
        {
            await world.StartChainAsync();
            await world.DeployAsync();
            await world.StartIssuerAsync();
            await world.CreateInstitutionAsync();

            // What stands now is in the state file, and in the copy that a state cut short by a kill is replaced by.
            await world.StopChainAsync();
            await world.StartChainAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async Task StartChainAsync() => _chain = await AnvilProcess.StartAsync(
        new AnvilOptions(AnvilProcess.FindBinary(Repository.Root).Path!, _chainId) { Port = _chainPort, StateFile = Path.Combine(_folder, "chain", "state.json") },
        CancellationToken.None);

    public async Task StopChainAsync()
    {
        await _chain!.DisposeAsync();
        _chain = null;
    }

    /// <summary>SIGKILL to the node, and a new one on what it had saved.</summary>
    public async Task KillChainAsync()
    {
        _chain!.Kill();
        await StopChainAsync();
        await StartChainAsync();
    }

    public async Task StartIssuerAsync() => _issuer = await IssuerHost.StartAsync(IssuerUrl, SettingsOf(IssuerUrl));

    /// <summary>An issuer that dies by itself at a named step of its pipeline, unless it never gets there.</summary>
    public void StartDyingIssuer(string step)
    {
        Dictionary<string, string> settings = SettingsOf(IssuerUrl);
        settings["DOTNET_STARTUP_HOOKS"] = typeof(Repository).Assembly.Location;
        settings[global::StartupHook.Variable] = step;
        _issuer = IssuerHost.Launch(settings);
    }

    /// <summary>Waits until the issuer is dead.</summary>
    public Task IssuerDiesAsync(TimeSpan patience) => _issuer!.DiesAsync(patience);

    /// <summary>One more issuer on the same folder, for databases that allow it. The caller ends it.</summary>
    public async Task<(IssuerHost Issuer, Uri Url)> StartAnotherIssuerAsync(Uri? url = null)
    {
        url ??= new Uri($"http://localhost:{FreePort()}");
        return (await IssuerHost.StartAsync(url, SettingsOf(url)), url);
    }

    private Dictionary<string, string> SettingsOf(Uri url)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = url.ToString(),
            ["Issuer:PublicBaseUrl"] = IssuerUrl.ToString().TrimEnd('/'),
            ["Issuer:DataFolder"] = Path.GetDirectoryName(DatabaseFile)!,
            ["Issuer:AdministratorKey"] = AdministratorKey,
            ["Issuer:KeyRing:Passphrase"] = "a passphrase of the end-to-end tests",
            ["Chain:RpcUrl"] = ChainUrl.ToString(),
            ["Chain:ChainId"] = _chainId.ToString(CultureInfo.InvariantCulture),
            ["Chain:GenesisHash"] = Registry.GenesisHash.ToString(),
            ["Chain:Contract"] = Registry.Contract.ToString(),
            ["Anchoring:MaxBatchAge"] = "00:00:01",
            ["Anchoring:PollInterval"] = "00:00:00.250",
            ["Anchoring:MaxBackoff"] = "00:00:02",
        };
        foreach ((string key, string value) in _settings)
        {
            settings[key] = value;
        }

        return settings;
    }

    /// <summary>A client with the administrator's key.</summary>
    public HttpClient Administrator()
    {
        HttpClient administrator = new() { BaseAddress = IssuerUrl };
        administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdministratorKey);
        return administrator;
    }

    /// <summary>Tells the node something that only a test chain obeys.</summary>
    public async Task<JsonElement> ControlChainAsync(string method, params object[] arguments)
    {
        using HttpClient http = new();
        using HttpResponseMessage answer = await http.PostAsJsonAsync(ChainUrl, new { jsonrpc = "2.0", id = 1, method, @params = arguments });
        JsonElement json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException($"{method}: {json}");
    }

    public async Task StopIssuerAsync()
    {
        await _issuer!.DisposeAsync();
        _issuer = null;
    }

    /// <summary>SIGKILL to the issuer, and a new one on the same folder.</summary>
    public async Task KillIssuerAsync()
    {
        _issuer!.Kill();
        await StopIssuerAsync();
        await StartIssuerAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Registrar?.Dispose();
        Ledger.Dispose();
        await (_issuer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_chain?.DisposeAsync() ?? ValueTask.CompletedTask);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task DeployAsync()
    {
        using ChainAccount deployer = ChainAccount.Generate();
        await FundAsync(deployer.Address);
        Registry = await new RegistryDeployer(Ledger).DeployAsync(deployer, CancellationToken.None);
    }

    private async Task CreateInstitutionAsync()
    {
        using HttpClient administrator = Administrator();
        using HttpResponseMessage answer = await administrator.PostAsJsonAsync("/institutions", new { slug = "coimbra", name = "Universidade de Coimbra", country = "PT" });
        answer.EnsureSuccessStatusCode();
        JsonElement made = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(EthereumAddress.TryParse(made.GetProperty("chainAccount").GetString(), out EthereumAddress account));
        Account = account;
        await FundAsync(account);
        Registrar = new Registrar(IssuerUrl, made.GetProperty("registrarKey").GetString()!, made.GetProperty("did").GetString()!);
    }

    private Task FundAsync(EthereumAddress account) => _chain!.SetBalanceAsync(account, BigInteger.Pow(10, 20), CancellationToken.None);

    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
