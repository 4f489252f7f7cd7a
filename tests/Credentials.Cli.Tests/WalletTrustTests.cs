using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Cli.Tests;

/// <summary>What the wallet believes of those whom it talks to, what it tells its holder of them, and where it does not go.</summary>
public sealed class WalletTrustTests : IClassFixture<Terminal>, IDisposable
{
    private readonly Terminal _terminal;
    private readonly WalletHosts _hosts;
    private readonly string _wallet;

    public WalletTrustTests(Terminal terminal)
    {
        _terminal = terminal;
        _hosts = new(terminal.World.Issuer);
        _wallet = Path.Combine(terminal.Folder, Guid.NewGuid().ToString("N"));
        terminal.WalletHttp = _ => _hosts.Http;
    }

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public async Task Keeps_as_verified_what_its_issuer_signed()
    {
        Run run = await AcceptAsync();
        Assert.True(run.Code == ExitCode.Verified, run.Out + run.Error);
        Assert.DoesNotContain("unverified", run.Out + run.Error, StringComparison.Ordinal);
        Assert.True(await IsVerifiedAsync());
        Assert.Contains("credential_accepted", _hosts.Asked[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_as_unverified_what_the_issuer_cannot_be_asked_about()
    {
        string host = new Uri(_hosts.Issuer).Host;
        _terminal.World.Web.TakeDown(host);
        try
        {
            Run run = await AcceptAsync();
            Assert.True(run.Code == ExitCode.Verified, run.Out + run.Error);
            Assert.Contains("unverified", run.Out, StringComparison.Ordinal);
            Assert.Contains("is unverified:", run.Error, StringComparison.Ordinal);
            Assert.False(await IsVerifiedAsync());
            Assert.Contains("unverified", (await _terminal.RunAsync("wallet", "list", "--wallet", _wallet)).Out, StringComparison.Ordinal);
        }
        finally
        {
            _terminal.World.Web.BringUp(host);
        }
    }

    [Fact]
    public async Task Keeps_nothing_that_somebody_else_signed_and_tells_the_issuer()
    {
        using var thief = SigningKey.Generate(KeyType.P256);
        _hosts.Signer = thief;
        await RefusesAsync();
    }

    [Fact]
    public async Task Keeps_nothing_in_a_name_that_nothing_shows()
    {
        _hosts.Name = "https://another.example";
        await RefusesAsync();
    }

    [Theory]
    [InlineData("accept", "openid-credential-offer://?credential_offer_uri=")]
    [InlineData("present", "openid4vp://?client_id=redirect_uri%3Ahttps%3A%2F%2Fverifier.example&request_uri=")]
    public async Task Reaches_a_private_address_only_where_the_trust_file_opens_them(string action, string link)
    {
        using TcpListener inside = new(IPAddress.Loopback, 0);
        inside.Start();
        _terminal.WalletHttp = null;
        string place = link + Uri.EscapeDataString($"http://127.0.0.1:{((IPEndPoint)inside.LocalEndpoint).Port}/");

        Run run = await _terminal.RunAsync("wallet", action, place, "--wallet", _wallet, "--json");
        Assert.Equal(ExitCode.CannotTell, run.Code);
        Assert.Contains("127.0.0.1 is not a public one", run.Out, StringComparison.Ordinal);
        Assert.False(inside.Pending());

        string open = _terminal.Write("open.json", new JsonObject { ["allowPrivateAddresses"] = true });
        Task<Run> second = _terminal.RunAsync("wallet", action, place, "--wallet", _wallet, "--json", "--trust", open);
        using (await inside.AcceptTcpClientAsync())
        {
            // Hangs up, and takes no second call: that somebody came is enough.
            inside.Stop();
        }

        Assert.Equal(ExitCode.CannotTell, (await second).Code);
    }

    [Fact]
    public async Task Says_who_gets_what_before_it_is_shown()
    {
        Assert.Equal(ExitCode.Verified, (await AcceptAsync()).Code);
        Run run = await PresentAsync("n\n");
        Assert.Equal(ExitCode.Verified, run.Code);
        Assert.Contains("who it is is unknown", run.Out, StringComparison.Ordinal);
        Assert.Contains("The answer goes to verifier.example", run.Out, StringComparison.Ordinal);
        Assert.Contains("eqf_level: 7", run.Out, StringComparison.Ordinal);
        Assert.Contains("never withholds", run.Out, StringComparison.Ordinal);
        Assert.Contains("campus: Norte[2J", run.Out, StringComparison.Ordinal);
        Assert.Contains("iss: " + _hosts.Issuer, run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Maria", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
        Assert.Contains("error=access_denied", Assert.Single(Answers()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_nothing_where_nobody_could_be_asked()
    {
        Assert.Equal(ExitCode.Verified, (await AcceptAsync()).Code);
        Assert.Equal(ExitCode.Misuse, (await PresentAsync("")).Code);
        Assert.Empty(Answers());
    }

    [Theory]
    [InlineData("", null, 0)]
    [InlineData("n\n", null, 0)]
    [InlineData("y\n", null, 1)]
    [InlineData("", "--yes", 1)]
    public async Task Says_that_it_has_nothing_only_to_whom_the_holder_lets_it(string typed, string? option, int answers)
    {
        Run run = await PresentAsync(typed, option is null ? [] : [option]);
        Assert.Equal(ExitCode.Rejected, run.Code);
        Assert.Contains("NOTHING_TO_SHOW", run.Error, StringComparison.Ordinal);
        Assert.Equal(answers, Answers().Length);
    }

    private async Task RefusesAsync()
    {
        Run run = await AcceptAsync("--json");
        Assert.Equal(ExitCode.Rejected, run.Code);
        Assert.Equal("WRONG_CREDENTIAL", JsonDocument.Parse(run.Out).RootElement.GetProperty("problem").GetProperty("code").GetString());
        Assert.Contains("credential_failure", _hosts.Asked[^1].Body, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_wallet));
    }

    private Task<Run> AcceptAsync(params string[] words) => _terminal.RunAsync(["wallet", "accept", _hosts.Offer, "--wallet", _wallet, .. words]);

    private Task<Run> PresentAsync(string typed, params string[] words) => _terminal.RunAsync(Utf8.Bytes(typed), ["wallet", "present", _hosts.Question, "--wallet", _wallet, .. words]);

    private async Task<bool> IsVerifiedAsync() =>
        Assert.Single(JsonDocument.Parse((await _terminal.RunAsync("wallet", "list", "--wallet", _wallet, "--json")).Out).RootElement.GetProperty("credentials").EnumerateArray()).GetProperty("verified").GetBoolean();

    private string[] Answers() => [.. _hosts.Asked.Where(one => one.Url == WalletHosts.ResponseUri).Select(one => one.Body)];
}
