using System.Globalization;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Ethereum.Registry;
using Credentials.Keys;
using Credentials.OpenId.Presentation;
using Credentials.TestKit;
using Credentials.TestKit.Ledger;
using Credentials.TestKit.Wallets;
using Credentials.VerifierWeb.Presentations;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Credentials.Browser;

/// <summary>The verifier on a real port, over a real Ethereum node on which a real root is anchored, and a browser before it. Only the institution's web site is in memory, so that it can have a name.</summary>
public sealed class VerifierDesk : IAsyncLifetime, IDisposable
{
    private readonly AnvilFixture _node = new();
    private readonly InMemoryWeb _web = new();
    private Chain? _chain;
    private SampleIssuer? _issuer;
    private Host? _host;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the verifier listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>An anchored diploma.</summary>
    public byte[] Diploma { get; private set; } = [];

    /// <summary>Who holds copies of that diploma in a wallet.</summary>
    public Learner Learner { get; private set; } = null!;

    /// <summary>The pages that people see, by name, as paths.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    private IBrowser Browser => _browser ?? throw new InvalidOperationException("No browser.");

    public async Task InitializeAsync()
    {
        if ((Chromium.SkipReason ?? AnvilFixture.SkipReason) is not null)
        {
            return;
        }

        _chain = new(_node);
        await _chain.InitializeAsync();
        LedgerActor institution = await LedgerActor.CreateInstitutionAsync(_chain);
        await PrepareAsync(institution);
        _host = new(_chain.Registry, _node.Process.Url, _web);
        _host.UseKestrel(0);
        _host.StartServer();
        Url = _host.ClientOptions.BaseAddress;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A fresh visitor, with a phone unless told otherwise.</summary>
    public async Task<Visit> OpenAsync(int width = 390, int height = 844, bool script = true, float scale = 1)
    {
        IBrowserContext context = await Browser.NewContextAsync(new()
        {
            BaseURL = Url.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = height },
            JavaScriptEnabled = script,
            DeviceScaleFactor = scale,
            Locale = "en",
        });
        return new(context, await context.NewPageAsync());
    }

    /// <summary>What the code on the page of a question says.</summary>
    public string QrTextOf(string id) => _host!.Services.GetRequiredService<PresentationStore>().Find(id)!.CrossDevice.Link!.ToUri(AuthorizationRequest.DeepLink);

    public async Task DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        Dispose();
        await (_chain?.DisposeAsync() ?? Task.CompletedTask);
    }

    public void Dispose()
    {
        _playwright?.Dispose();
        _host?.Dispose();
        Learner?.Dispose();
        _issuer?.Dispose();
    }

    private async Task PrepareAsync(LedgerActor institution)
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        _issuer = new() { Registry = _chain!.Registry.Registry, Institution = institution.Institution, Time = now.AddHours(-1) };
        _web.Put("https://universidade-modelo.example/.well-known/did.json", _issuer.DocumentText);
        await institution.MineAsync(CredentialRegistryContract.AddKey(institution.Institution, _issuer.Did + "#p256", Multikey.ToBytes(_issuer.P256.PublicKey), null));
        SampleAnchored brazil = await IssueAsync("brazil", now);
        SampleAnchored morocco = await IssueAsync("morocco", now);
        SampleAnchored revoked = await IssueAsync("china", now);
        foreach (SampleAnchored diploma in (SampleAnchored[])[brazil, morocco, revoked])
        {
            await institution.MineAsync(CredentialRegistryContract.Anchor(institution.Institution, diploma.Batch.Root));
        }

        await institution.MineAsync(CredentialRegistryContract.Revoke(institution.Institution, revoked.Bare.Handle));
        await _chain.MineAsync(4);
        foreach (string purpose in (string[])["revocation", "suspension"])
        {
            _web.Put($"{_issuer.StatusBaseUrl}/{purpose}", await _issuer.StatusListAsync(purpose));
        }

        Diploma = brazil.Text;
        Learner = await Learner.CreateAsync(_issuer, brazil, now);
        Pages = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["form"] = "/v?",
            ["verified"] = Publish("verified", brazil.Text),
            ["verified-ar-names"] = Publish("morocco", morocco.Text),
            ["rejected"] = Publish("rejected", Utf8.Bytes(Utf8.Text(brazil.Text).Replace("8.74", "9.99", StringComparison.Ordinal))),
            ["revoked"] = Publish("revoked", revoked.Text),
            ["cannot-tell"] = Publish("unlisted", await AnchoredElsewhereAsync(now)),
            ["unreachable"] = "/v?c=" + new CredentialLink(new Uri("https://nowhere.example/c/x")).Locator,
        };
    }

    /// <summary>A diploma whose root nobody has put on the chain.</summary>
    private async Task<byte[]> AnchoredElsewhereAsync(DateTimeOffset now) => (await IssueAsync("brazil", now)).Text;

    private async Task<SampleAnchored> IssueAsync(string name, DateTimeOffset now)
    {
        JsonObject template = JsonNode.Parse(Samples.Diploma(name))!.AsObject();
        template["validFrom"] = now.AddDays(-30).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
        (byte[] text, RegistryHandle handle, int index) = _issuer!.Prepare(Utf8.Bytes(template.ToJsonString()));
        return _issuer.Anchor(new(await _issuer.SignAsync(text), handle, index));
    }

    private string Publish(string name, byte[] document)
    {
        CredentialLink link = new(new Uri($"https://issuer.example/c/{name}-4vTq8Zk2"));
        _web.Put(link.CredentialUrl.AbsoluteUri, document, "application/vc");
        return "/v?c=" + link.Locator;
    }

    private sealed class Chain(AnvilFixture node) : AnvilWorld(node);

    private sealed class Host(TrustedChain chain, Uri node, InMemoryWeb web) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("Verifier:Name", "Verification desk");
            builder.UseSetting("Verifier:PublicBaseUrl", "https://verify.example.org");
            builder.UseSetting("Verifier:RequestsPerMinute", "100000");
            builder.UseSetting("Verifier:WalletBaseUrl", "https://wallet.example.org");
            builder.UseSetting("Verifier:Chains:0:RpcUrl", node.AbsoluteUri);
            builder.UseSetting("Verifier:Chains:0:ChainId", chain.ChainId.ToString(CultureInfo.InvariantCulture));
            builder.UseSetting("Verifier:Chains:0:GenesisHash", chain.GenesisHash.ToString());
            builder.UseSetting("Verifier:Chains:0:Contract", chain.Contract.ToString());
            builder.UseSetting("Verifier:Chains:0:Name", "Anvil");
            builder.ConfigureTestServices(services => services.AddSingleton<IDocumentFetcher>(web));
        }
    }
}

/// <summary>A visitor with one page open, who leaves nothing behind.</summary>
public sealed record Visit(IBrowserContext Context, IPage Page) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Context.DisposeAsync();
}

/// <summary>One desk for all classes of this project.</summary>
[CollectionDefinition(Name)]
public sealed class Desk : ICollectionFixture<VerifierDesk>
{
    public const string Name = "desk";
}
