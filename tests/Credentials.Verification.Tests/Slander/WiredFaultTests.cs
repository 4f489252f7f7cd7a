using Credentials.Dids;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.TestKit;
using Credentials.Verification.Tests.Fetching;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Slander;

/// <summary>A genuine diploma while hosts misbehave on real sockets: each time it cannot be told, with the right check named, and nothing is held against it.</summary>
public sealed class WiredFaultTests
{
    private static readonly Dictionary<string, Func<byte[], Answer>> Faults = new(StringComparer.Ordinal)
    {
        ["500"] = _ => Answers.Status(500),
        ["404"] = _ => Answers.Status(404),
        ["truncated gzip"] = body => Answers.TruncatedGzip(body),
        ["wrong content length"] = body => Answers.WrongLength(body),
        ["HTML instead of JSON"] = _ => Answers.Html(),
        ["silent"] = _ => Answers.Silent(),
        ["slow head"] = _ => Answers.SlowHead(),
        ["slow body"] = _ => Answers.SlowBody(),
        ["endless"] = _ => Answers.Endless(),
        ["hangs up"] = _ => Answers.HangUp(),
        ["no HTTP"] = _ => Answers.NoHttp(),
        ["redirect loop"] = _ => Answers.Redirect("?again"),
        ["empty"] = _ => Answers.Json(""),
        ["truncated JSON"] = body => Answers.Json(body.AsMemory(0, body.Length / 2)),
        ["other JSON"] = _ => Answers.Json("""{"id":"did:web:somebody.example"}"""),
        ["JSON null"] = _ => Answers.Json("null"),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Fact]
    public async Task Verifies_over_real_sockets_when_nothing_is_wrong()
    {
        await using Wires wires = await Wires.CreateAsync();

        (await wires.VerifyAsync()).IsVerified();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_DID_host_that_answers_with(string fault)
    {
        await using Wires wires = await Wires.CreateAsync();
        wires.Server.Routes["/.well-known/did.json"] = Faults[fault](wires.World.Issuer.DocumentText);
        VerificationResult result = await wires.VerifyAsync();

        result.CannotTell(CheckName.Proof, fault is "other JSON" or "JSON null" ? ProblemCode.InvalidDidDocument : ProblemCode.DidResolutionError);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_status_host_that_answers_with(string fault)
    {
        await using Wires wires = await Wires.CreateAsync();
        wires.Server.Routes["/lists/revocation"] = Faults[fault](await wires.World.Issuer.StatusListAsync());
        VerificationResult result = await wires.VerifyAsync();

        result.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
        result.Is(CheckName.Anchor, CheckOutcome.Passed);
        result.Is(CheckName.Issuer, CheckOutcome.Passed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_chain_node_that_answers_with(string fault)
    {
        await using Wires wires = await Wires.CreateAsync();
        wires.Server.Routes["/node"] = Faults[fault]("""[{"jsonrpc":"2.0","id":1,"result":"0x1"}]"""u8.ToArray());
        var options = new EthereumLedgerOptions(wires.Server.Url("/node")) { Timeout = TimeSpan.FromSeconds(0.5) };
        using var node = new EthereumLedger(options, TimeProvider.System);
        VerificationResult result = await wires.VerifyAsync(new TrustedRegistryReader(wires.World.Chain, node));

        result.CannotTell(CheckName.Status, ProblemCode.LedgerUnavailable);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerUnavailable);
        Assert.Equal(Remedy.TryLater, result.Decisive!.Remedy);
    }

    [Fact]
    public async Task Hosts_that_are_down()
    {
        await using Wires wires = await Wires.CreateAsync();
        await wires.Server.DisposeAsync();

        (await wires.VerifyAsync()).CannotTell(CheckName.Proof, ProblemCode.DidResolutionError);
        (await wires.VerifyAsync(pinned: true)).CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError);
    }

    [Fact]
    public async Task A_chain_node_that_is_down()
    {
        await using Wires wires = await Wires.CreateAsync();
        var nowhere = new FaultServer();
        using var node = new EthereumLedger(nowhere.Url("/"));
        await nowhere.DisposeAsync();
        VerificationResult result = await wires.VerifyAsync(new TrustedRegistryReader(wires.World.Chain, node));

        result.CannotTell(CheckName.Status, ProblemCode.LedgerUnavailable);
        result.Is(CheckName.Anchor, CheckOutcome.Indeterminate, ProblemCode.LedgerUnavailable);
    }

    /// <summary>The university's web server on a real socket, and a fetcher that goes there.</summary>
    private sealed class Wires : IAsyncDisposable
    {
        private readonly BoundedFetcher _fetcher = new(new BoundedFetcherOptions { AllowPrivateAddresses = true, Timeout = TimeSpan.FromSeconds(1.5), MaxBytes = 128 * 1024 });
        private SampleAnchored? _diploma;

        public FaultServer Server { get; } = new();

        public TestWorld World { get; private set; } = null!;

        public static async Task<Wires> CreateAsync()
        {
            var wires = new Wires();
            wires.World = await TestWorld.CreateAsync(did: $"did:web:127.0.0.1%3A{wires.Server.Port}", statusBaseUrl: wires.Server.Url("/lists").AbsoluteUri);
            wires.Server.Routes["/.well-known/did.json"] = Answers.Json(wires.World.Issuer.DocumentText);
            wires.Server.Routes["/lists/revocation"] = Answers.Json(await wires.World.Issuer.StatusListAsync("revocation"));
            wires.Server.Routes["/lists/suspension"] = Answers.Json(await wires.World.Issuer.StatusListAsync("suspension"));
            wires._diploma = await wires.World.IssueAsync();
            return wires;
        }

        public Task<VerificationResult> VerifyAsync(Anchoring.IRegistryReader? reader = null, bool pinned = false) => World.VerifyAsync(_diploma!.Text, trusted: new TrustedMaterial
        {
            Registries = reader is null ? World.Trusted.Registries : [reader],
            PinnedDidDocuments = pinned ? [World.Issuer.Document] : [],
            DidResolver = DidResolver.Online(_fetcher),
            Fetcher = _fetcher,
        });

        public async ValueTask DisposeAsync()
        {
            World.Dispose();
            _fetcher.Dispose();
            await Server.DisposeAsync();
        }
    }
}
