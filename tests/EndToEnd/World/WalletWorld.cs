using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Credentials.EndToEnd.World;

/// <summary>A chain, an issuer and an employer's verifier, each a process, and learners with wallets of several makes.</summary>
internal sealed class WalletWorld : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Uri _verifierUrl = new($"http://localhost:{LocalWorld.FreePort()}");
    private IssuerHost? _verifier;

    private WalletWorld(LocalWorld local)
    {
        Local = local;
        Verifier = new HttpClient { BaseAddress = _verifierUrl };
    }

    public LocalWorld Local { get; }

    public Registrar Registrar => Local.Registrar;

    /// <summary>Processor time that the verifier has used, on all cores.</summary>
    public TimeSpan VerifierProcessorTime => _verifier?.ProcessorTime ?? TimeSpan.Zero;

    /// <summary>Asks the verifier.</summary>
    public HttpClient Verifier { get; }

    /// <summary>For wallets: follows no redirect.</summary>
    public HttpClient Web { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public static async Task<WalletWorld> StartAsync(IReadOnlyDictionary<string, string>? issuerSettings = null)
    {
        WalletWorld world = new(await LocalWorld.StartAsync(issuerSettings));
        try
        {
            world._verifier = await IssuerHost.StartAsync(world._verifierUrl, world.Settings(), "Credentials.VerifierWeb");
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a test in a world of its own; when it fails, the hosts' last words come with it.</summary>
    public static async Task RunAsync(ITestOutputHelper output, Func<WalletWorld, Task> test, IReadOnlyDictionary<string, string>? issuerSettings = null)
    {
        await using WalletWorld world = await StartAsync(issuerSettings);
        try
        {
            await test(world);
        }
        catch
        {
            world.WriteLogs(output);
            throw;
        }
    }

    public void WriteLogs(ITestOutputHelper output) => output.WriteLine($"The issuer printed:\n{Local.IssuerLog}\n\nThe verifier printed:\n{_verifier?.Log}");

    /// <summary>Asks a question.</summary>
    public async Task<Question> AskAsync(JsonObject question)
    {
        using HttpResponseMessage answer = await Verifier.PostAsJsonAsync("/presentations", question);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        JsonElement asked = JsonDocument.Parse(text).RootElement;
        return new(asked.GetProperty("id").GetString()!, asked.GetProperty("deepLink").GetString()!, asked.GetProperty("walletLink").GetString()!);
    }

    /// <summary>What came of a question.</summary>
    public async Task<JsonElement> OutcomeAsync(Question question) => await Verifier.GetFromJsonAsync<JsonElement>($"/presentations/{question.Id}");

    public Task WaitUntilAllIsFinalAsync() => Registrar.WaitUntilAllIsFinalAsync(s_patience);

    public async ValueTask DisposeAsync()
    {
        Verifier.Dispose();
        Web.Dispose();
        await (_verifier?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Local.DisposeAsync();
    }

    private Dictionary<string, string> Settings() => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = _verifierUrl.ToString(),
        ["Verifier:Name"] = "Employer",
        ["Verifier:PublicBaseUrl"] = _verifierUrl.ToString().TrimEnd('/'),
        ["Verifier:AllowPrivateAddresses"] = "true",
        ["Verifier:RequestsPerMinute"] = "100000",
        ["Verifier:MaxOpenPerAddress"] = "100000",
        ["Verifier:Chains:0:RpcUrl"] = Local.ChainUrl.ToString(),
        ["Verifier:Chains:0:ChainId"] = Local.Registry.ChainId.ToString(CultureInfo.InvariantCulture),
        ["Verifier:Chains:0:GenesisHash"] = Local.Registry.GenesisHash.ToString(),
        ["Verifier:Chains:0:Contract"] = Local.Registry.Contract.ToString(),
    };
}

/// <summary>An open question.</summary>
internal sealed record Question(string Id, string DeepLink, string WalletLink);

/// <summary>One world for the tests of a class; none where there is no node to run it on.</summary>
public sealed class SharedWalletWorld : IAsyncLifetime
{
    private string? _diploma;

    internal WalletWorld World { get; private set; } = null!;

    /// <summary>The id of a diploma whose anchor is final: copies of it carry the evidence.</summary>
    public async Task<string> DiplomaAsync()
    {
        if (_diploma is null)
        {
            _diploma = await World.Registrar.IssueAsync();
            await World.WaitUntilAllIsFinalAsync();
        }

        return _diploma;
    }

    public async Task InitializeAsync()
    {
        if (Ethereum.LocalChain.AnvilProcess.FindBinary(TestKit.Repository.Root).Path is not null)
        {
            World = await WalletWorld.StartAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (World is not null)
        {
            await World.DisposeAsync();
        }
    }
}
