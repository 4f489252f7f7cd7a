using System.Text.Json.Nodes;
using Credentials.VerifierWeb.Options;
using Microsoft.Extensions.Configuration;

namespace Credentials.VerifierWeb.Tests;

public sealed class StartTests
{
    private static VerifierOptions Good => new()
    {
        Name = "Desk",
        PublicBaseUrl = "https://verify.example",
        Chains = [new() { RpcUrl = "https://node.example", ChainId = 1, GenesisHash = "0x" + new string('a', 64), Contract = "0x" + new string('b', 40) }],
    };

    [Fact]
    public void Starts_with_a_name_an_address_and_a_chain_or_none()
    {
        Assert.Empty(Faults(Good));
        Assert.Empty(Faults(new() { Name = "Desk", PublicBaseUrl = "http://localhost:7102" }));
    }

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { "no name", "Verifier__Name" },
        { "no address", "Verifier__PublicBaseUrl" },
        { "address of another scheme", "Verifier__PublicBaseUrl" },
        { "no visitors allowed", "Verifier__RequestsPerMinute" },
        { "no open questions", "Verifier__MaxOpenPerAddress" },
        { "no room for answers", "Verifier__MaxAnswerMebibytes" },
        { "no node", "Verifier__Chains__0__RpcUrl" },
        { "no chain id", "Verifier__Chains__0__ChainId" },
        { "short genesis hash", "Verifier__Chains__0__GenesisHash" },
        { "no contract", "Verifier__Chains__0__Contract" },
        { "broken code hash", "Verifier__Chains__0__CodeHash" },
        { "a node that is no URL among several", "Verifier__Chains__0__RpcUrls__0" },
        { "a host twice", "a node votes once" },
        { "a quorum of more nodes than there are", "Verifier__Chains__0__Quorum" },
        { "a quorum of nobody", "Verifier__Chains__0__Quorum" },
        { "several nodes that prove nothing", "Verifier__Chains__0__Proven" },
        { "chain twice", "twice" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Refuses_to_start_and_names_what_to_set(string mistake, string named)
    {
        VerifierOptions options = Good;
        ChainOptions chain = options.Chains[0];
        switch (mistake)
        {
            case "no name": options.Name = " "; break;
            case "no address": options.PublicBaseUrl = ""; break;
            case "address of another scheme": options.PublicBaseUrl = "ftp://verify.example"; break;
            case "no visitors allowed": options.RequestsPerMinute = 0; break;
            case "no open questions": options.MaxOpenPerAddress = 0; break;
            case "no room for answers": options.MaxAnswerMebibytes = 0; break;
            case "no node": chain.RpcUrl = "node"; break;
            case "no chain id": chain.ChainId = 0; break;
            case "short genesis hash": chain.GenesisHash = "0xab"; break;
            case "no contract": chain.Contract = ""; break;
            case "broken code hash": chain.CodeHash = "0x" + new string('g', 64); break;
            case "a node that is no URL among several": chain.RpcUrls.Add("node"); break;
            case "a host twice": chain.RpcUrls.Add(chain.RpcUrl + "/again"); break;
            case "a quorum of more nodes than there are": chain.Quorum = 2; break;
            case "a quorum of nobody": chain.Quorum = 0; break;
            case "several nodes that prove nothing": chain.Proven = false; chain.RpcUrls.Add("http://other.example"); break;
            default: options.Chains.Add(chain with { Contract = chain.Contract.ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal) }); break;
        }

        Assert.Contains(named, Assert.Single(Faults(options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_it_is_ready_while_its_chains_answer_and_degraded_while_they_do_not()
    {
        await using VerifierApplication application = new();
        await application.InitializeAsync();

        Assert.Equal("healthy", await StatusAsync(application, "/health/ready"));
        application.World.Ledger.Unplugged = true;
        Assert.Equal("healthy", await StatusAsync(application, "/health/ready")); // remembered: anybody may ask
        application.World.Clock.Set(application.World.Clock.GetUtcNow().AddSeconds(6));
        Assert.Equal("degraded", await StatusAsync(application, "/health/ready"));
        Assert.Equal("healthy", await StatusAsync(application, "/health/live"));
    }

    [Fact]
    public async Task Says_that_it_is_degraded_when_the_node_serves_another_contract()
    {
        await using VerifierApplication application = new();
        application.Settings["Verifier:Chains:0:GenesisHash"] = "0x" + new string('a', 64);
        await application.InitializeAsync();

        Assert.Equal("degraded", await StatusAsync(application, "/health/ready"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:7102", true)]
    [InlineData("http://localhost:7102;http://[::1]:7102", true)]
    [InlineData("http://0.0.0.0:7102", false)]
    [InlineData("http://127.0.0.1:7102;http://192.0.2.1:7102", false)]
    [InlineData("http://*:7102", false)]
    [InlineData("", false)]
    public void Takes_signatures_of_strangers_on_loopback_only(string urls, bool taken)
    {
        VerifierOptions options = Good with { IssuerReportedOnly = true };

        Assert.Equal(taken, !Faults(options, urls).Any());
        Assert.Equal(taken, !Faults(Good with { ForeignWords = true }, urls).Any());
        Assert.Empty(Faults(Good, urls));
    }

    private static IEnumerable<string> Faults(VerifierOptions options, string urls = "")
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["urls"] = urls }).Build();
        return new VerifierOptionsRules(configuration).Validate(null, options) is { Failed: true } result ? result.Failures : [];
    }

    private static async Task<string?> StatusAsync(VerifierApplication application, string path) => (string?)JsonNode.Parse((await application.OpenAsync(path)).Html)!["status"];
}
