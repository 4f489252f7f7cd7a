using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Xunit;

namespace Credentials.TestKit.Ledger;

/// <summary>However badly a node answers, it is unavailable: nothing is said about what was asked.</summary>
public abstract class NodeFaultLaws : ClientLaws
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public static TheoryData<string> Faults => [.. Answers.Keys];

    private static Dictionary<string, Func<string, FaultyAnswer>> Answers { get; } = new(StringComparer.Ordinal)
    {
        ["reset"] = _ => FaultyAnswer.Reset,
        ["closed"] = _ => FaultyAnswer.Nothing,
        ["not HTTP"] = _ => new("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray()),
        ["500"] = _ => FaultyAnswer.Html(500),
        ["500 with a result"] = request => FaultyAnswer.Json(Good(request), 500),
        ["502"] = _ => FaultyAnswer.Html(502),
        ["429"] = _ => FaultyAnswer.Json("""{"jsonrpc":"2.0","id":0,"error":{"code":-32005,"message":"limit exceeded"}}""", 429),
        ["401"] = _ => FaultyAnswer.Json("{}", 401),
        ["302"] = _ => FaultyAnswer.Http(302, "text/plain", [], headers: "Location: http://127.0.0.1:1/\r\n"),
        ["204"] = _ => FaultyAnswer.Http(204, "text/plain", []),
        ["HTML"] = _ => FaultyAnswer.Html(),
        ["400 with HTML"] = _ => FaultyAnswer.Html(400),
        ["truncated gzip"] = request => FaultyAnswer.TruncatedGzip(Good(request)),
        ["gzip that is none"] = request => FaultyAnswer.Http(200, "application/json", System.Text.Encoding.UTF8.GetBytes(Good(request)), headers: "Content-Encoding: gzip\r\n"),
        ["short body"] = request => FaultyAnswer.Http(200, "application/json", System.Text.Encoding.UTF8.GetBytes(Good(request)), length: 1_000_000),
        ["empty body"] = _ => FaultyAnswer.Json(""),
        ["half a JSON"] = request => FaultyAnswer.Json(Good(request)[..^5]),
        ["two JSONs"] = request => FaultyAnswer.Json(Good(request) + Good(request)),
        ["a number"] = _ => FaultyAnswer.Json("42"),
        ["null"] = _ => FaultyAnswer.Json("null"),
        ["an empty list"] = _ => FaultyAnswer.Json("[]"),
        ["an empty object"] = _ => FaultyAnswer.Json("{}"),
        ["wrong id"] = request => FaultyAnswer.Json(Good(request).Replace("\"id\":0", "\"id\":77", StringComparison.Ordinal)),
        ["id as text"] = request => FaultyAnswer.Json(Good(request).Replace("\"id\":0", "\"id\":\"0\"", StringComparison.Ordinal)),
        ["negative id"] = request => FaultyAnswer.Json(Good(request).Replace("\"id\":0", "\"id\":-1", StringComparison.Ordinal)),
        ["no id"] = request => FaultyAnswer.Json(Good(request).Replace("\"id\":0", "\"idea\":0", StringComparison.Ordinal)),
        ["doubled member"] = request => FaultyAnswer.Json(Good(request).Replace("\"id\":0", "\"id\":0,\"id\":0", StringComparison.Ordinal)),
        ["neither result nor error"] = request => FaultyAnswer.Json(Good(request).Replace("\"result\"", "\"resolt\"", StringComparison.Ordinal)),
        ["internal error"] = request => FaultyAnswer.Json(ScriptedNode.Answer(request, (_, _) => ScriptedNode.Error(-32603, "internal error"))),
        ["parse error"] = _ => FaultyAnswer.Json("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"parse error"}}"""),
        ["an error that is text"] = request => FaultyAnswer.Json(ScriptedNode.Answer(request, (_, _) => new() { ["error"] = "no" })),
        ["results of another shape"] = request => FaultyAnswer.Json(ScriptedNode.Answer(request, (_, _) => ScriptedNode.Result("yes"))),
        ["results that are objects"] = request => FaultyAnswer.Json(ScriptedNode.Answer(request, (_, _) => ScriptedNode.Result(new System.Text.Json.Nodes.JsonObject()))),
        ["a flood"] = request => FaultyAnswer.Json(Good(request) + new string(' ', 100_000)),
        ["a deep tower"] = _ => FaultyAnswer.Json(new string('[', 10_000) + new string(']', 10_000)),
        ["slow"] = request => FaultyAnswer.Json(Good(request)) with { Delay = TimeSpan.FromSeconds(30) },
        ["a trickle"] = request => FaultyAnswer.Json(Good(request)) with { PieceSize = 1, PieceDelay = TimeSpan.FromMilliseconds(50) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Makes_every_question_unavailable(string fault)
    {
        await using FaultyNode node = FaultyNode.Start(Answers[fault]);
        ILedger ledger = ConnectImpatiently(node.Url);
        Func<Task>[] questions =
        [
            () => ledger.GetMarksAsync(EthereumAddress.Zero, CancellationToken.None),
            () => ledger.GetTransactionCountAsync(EthereumAddress.Zero, BlockTag.Latest, CancellationToken.None),
            () => ledger.LookUpAsync(EthereumAddress.Zero, new(default), BlockTag.Latest, CancellationToken.None),
        ];
        foreach (Func<Task> question in questions)
        {
            LedgerUnavailableException told = await Assert.ThrowsAsync<LedgerUnavailableException>(question);
            Assert.Contains($"127.0.0.1:{node.Url.Port}", told.Message, StringComparison.Ordinal);
            Assert.EndsWith(".", told.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Never_slanders_a_credential(string fault)
    {
        await using FaultyNode node = FaultyNode.Start(Answers[fault]);
        ILedger ledger = ConnectImpatiently(node.Url);
        TrustedChain trusted = new(1, default, EthereumAddress.Zero, default);
        RegistryReading reading = await new TrustedRegistryReader(trusted, ledger).ReadAsync(new(default, default(MerkleRoot), default(RegistryHandle)), CancellationToken.None);
        Assert.Null(reading.Record);
        Assert.Equal(ProblemCode.LedgerUnavailable, reading.Problem!.Code);
    }

    [Fact]
    public async Task The_good_answers_of_these_tests_are_good()
    {
        await using FaultyNode node = FaultyNode.Start(request => FaultyAnswer.Gzipped(Good(request)));
        ILedger ledger = ConnectImpatiently(node.Url);
        Assert.Equal(7UL, (await ledger.GetMarksAsync(null, CancellationToken.None)).ChainId);
        Assert.Equal(7UL, await ledger.GetTransactionCountAsync(EthereumAddress.Zero, BlockTag.Latest, CancellationToken.None));
    }

    [Fact]
    public async Task A_node_that_is_not_there_is_named()
    {
        ILedger ledger = ConnectImpatiently(new("http://127.0.0.1:1/"));
        LedgerUnavailableException told = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetMarksAsync(null, CancellationToken.None));
        Assert.Contains("http://127.0.0.1:1 could not be asked", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_has_no_address_is_named()
    {
        ILedger ledger = ConnectImpatiently(new("http://no-such-host.invalid/"));
        LedgerUnavailableException told = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetMarksAsync(null, CancellationToken.None));
        Assert.Contains("no-such-host.invalid", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_the_address_is_used_and_never_shown()
    {
        await using FaultyNode node = FaultyNode.Start(_ => FaultyAnswer.Html(500));
        Uri secret = new UriBuilder(node.Url) { UserName = "user", Password = "pass%20word", Path = "/v3/secret-key", Query = "token=secret-key" }.Uri;
        ILedger ledger = ConnectImpatiently(secret);
        LedgerUnavailableException told = await Assert.ThrowsAsync<LedgerUnavailableException>(() => ledger.GetMarksAsync(null, CancellationToken.None));
        Assert.DoesNotContain("secret", told.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("pass", told.Message, StringComparison.Ordinal);
        Assert.StartsWith("POST /v3/secret-key?token=secret-key ", node.LastHead, StringComparison.Ordinal);
        Assert.Contains("Authorization: Basic " + Convert.ToBase64String("user:pass word"u8), node.LastHead, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Giving_up_is_no_fault_of_the_node()
    {
        await using FaultyNode node = FaultyNode.Start(Answers["slow"]);
        ILedger ledger = Connect(node.Url);
        using CancellationTokenSource bound = new(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.GetMarksAsync(null, bound.Token));
    }

    private ILedger ConnectImpatiently(Uri node) => Connect(new EthereumLedgerOptions(node) { Timeout = Patience, MaxAnswerBytes = 50_000 });

    private static string Good(string request) => ScriptedNode.Answer(request, (method, _) => ScriptedNode.Result(method switch
    {
        "eth_getBlockByNumber" => ScriptedNode.Block(7, "0x" + new string('a', 64), 7),
        "eth_call" => "0x" + new string('0', 256),
        _ => "0x7",
    }));
}
