using System.Globalization;
using System.Text.Json.Nodes;
using Credentials.TestKit;
using Credentials.TestKit.Ledger.Proofs;

namespace Credentials.Cli.Tests;

/// <summary>The command line in a world of its own: its files in a folder, its network in memory, what it prints kept.</summary>
public sealed class Terminal : IAsyncLifetime, IDisposable
{
    private DiplomaWorld? _world;

    public DiplomaWorld World => _world ?? throw new InvalidOperationException("Not initialised.");

    /// <summary>What commands POST with.</summary>
    public Func<HttpClient> Http { get; set; } = static () => new HttpClient(new Wall());

    /// <summary>What a wallet reaches issuers and verifiers by; the system's own network by default.</summary>
    public Func<bool, HttpClient>? WalletHttp { get; set; }

    /// <summary>A folder that is gone afterwards.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("credentials-cli-").FullName;

    /// <summary>A trust file that names the world's chain.</summary>
    public string Trust => Path.Combine(Folder, "trust.json");

    public async Task InitializeAsync()
    {
        _world = await DiplomaWorld.CreateAsync();
        await File.WriteAllTextAsync(Trust, TrustText().ToJsonString());
    }

    public Task DisposeAsync()
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _world?.Dispose();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    /// <summary>What a trust file for the world says.</summary>
    public JsonObject TrustText(params string[] didDocuments) => new()
    {
        ["chains"] = new JsonArray(new JsonObject
        {
            ["rpcUrl"] = "http://node.example",
            ["chainId"] = World.Chain.ChainId,
            ["genesisHash"] = World.Chain.GenesisHash.ToString(),
            ["contract"] = World.Chain.Contract.ToString(),
            ["codeHash"] = World.Chain.CodeHash.ToString(),
        }),
        ["didDocuments"] = new JsonArray([.. didDocuments.Select(place => (JsonNode)place)]),
    };

    /// <summary>The same with several nodes, of which two must agree. <c>liar.example</c> is one whose proofs do not hold.</summary>
    public string ProvenTrust(params string[] nodes)
    {
        JsonObject trust = TrustText();
        JsonObject chain = trust["chains"]![0]!.AsObject();
        chain.Remove("rpcUrl");
        chain["rpcUrls"] = new JsonArray([.. nodes.Select(node => (JsonNode)node)]);
        chain["quorum"] = 2;
        return Write("proven.json", trust);
    }

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string name, byte[] content)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, JsonNode content) => Write(name, Utf8.Bytes(content.ToJsonString()));

    /// <summary>Runs a command with the world's trust file in the environment.</summary>
    public Task<Run> RunAsync(params string[] words) => RunAsync([], words);

    /// <summary>Runs a command with something on standard input.</summary>
    public async Task<Run> RunAsync(byte[] input, string[] words, bool colour = false, string? trust = "", Stream? binary = null)
    {
        using StringWriter output = new(CultureInfo.InvariantCulture);
        using StringWriter error = new(CultureInfo.InvariantCulture);
        Surroundings around = new()
        {
            Out = output,
            Error = error,
            Input = () => new MemoryStream(input),
            Binary = binary is null ? null : () => binary,
            Colour = colour,
            Clock = World.Clock,
            Variable = name => name switch
            {
                "CREDENTIALS_TRUST" => trust is "" ? Trust : trust,
                "HOME" => Folder,
                _ => null,
            },
            Fetcher = _ => World.Web,
            Ledger = node => new LyingLedger(World.Ledger, node.GetLeftPart(UriPartial.Authority)) { Proof = node.Host == "liar.example" ? ProofLies.All["empty proofs for set slots"] : null },
            Http = Http,
        };
        around = WalletHttp is { } given ? around with { WalletHttp = given } : around;
        int code = await CommandLine.RunAsync(words, around, CancellationToken.None);
        return new(code, output.ToString(), error.ToString());
    }
}

/// <summary>A network that reaches nobody.</summary>
internal sealed class Wall : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new HttpRequestException("Nobody is there.");
}

/// <summary>How a run ended.</summary>
public sealed record Run(int Code, string Out, string Error);
