using Credentials.TestKit;

namespace Credentials.Cli.Tests;

public sealed class OtherCommandsTests(Terminal terminal) : IClassFixture<Terminal>
{
    [Fact]
    public async Task Inspect_shows_proofs_receipts_and_registry_and_says_that_nothing_is_verified()
    {
        SampleAnchored diploma = await terminal.World.IssueAnchoredAsync("morocco");

        Run run = await terminal.RunAsync(diploma.Text, ["inspect", "-"]);

        Assert.Equal(0, run.Code);
        Assert.StartsWith("NOT VERIFIED", run.Out, StringComparison.Ordinal);
        Assert.Contains("سلمى النموذجية  /  Salma Namoudajia", run.Out, StringComparison.Ordinal);
        Assert.Contains("ecdsa-jcs-2019, assertionMethod, key did:web:universidade-modelo.example#p256", run.Out, StringComparison.Ordinal);
        Assert.Contains(diploma.Bare.Digest.ToString(), run.Out, StringComparison.Ordinal);
        Assert.Contains($"leaf 2 of 5, root {diploma.Batch.Root}", run.Out, StringComparison.Ordinal);
        Assert.Contains(diploma.Bare.Handle.ToString(), run.Out, StringComparison.Ordinal);
        Assert.Contains("revocation: bit ", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_touches_no_network()
    {
        int asked = terminal.World.Web.Asked;

        await terminal.RunAsync((await terminal.World.IssueAnchoredAsync("china")).Text, ["inspect", "-"]);

        Assert.Equal(asked, terminal.World.Web.Asked);
    }

    [Fact]
    public async Task Inspect_shows_a_corrupt_receipt_as_unreadable()
    {
        string text = Utf8.Text((await terminal.World.IssueAnchoredAsync("china")).Text);
        int at = text.IndexOf("merkle-anchor-2026", StringComparison.Ordinal);
        int value = text.IndexOf("\"proofValue\":\"u", at, StringComparison.Ordinal) is var after and >= 0 ? after : text.LastIndexOf("\"proofValue\":\"u", StringComparison.Ordinal);

        Run run = await terminal.RunAsync(Utf8.Bytes(text.Insert(value + "\"proofValue\":\"u".Length, "AAAA")), ["inspect", "-"]);

        Assert.Equal(0, run.Code);
        Assert.Contains("unreadable", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"@context\":7,\"type\":{},\"issuer\":[]}", "/issuer")]
    [InlineData("{\"a\":1,\"a\":2}", "/a")]
    [InlineData("no json", "PARSING_ERROR")]
    [InlineData("", "PARSING_ERROR")]
    public async Task Inspect_ends_with_2_and_names_each_fault_of_a_malformed_document(string text, string named)
    {
        Run run = await terminal.RunAsync(Utf8.Bytes(text), ["inspect", "-"]);

        Assert.Equal(2, run.Code);
        Assert.Contains(named, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_needs_a_file_not_a_link() => Assert.Equal(3, (await terminal.RunAsync("inspect", "https://issuer.example/c/x")).Code);

    [Fact]
    public async Task Help_lists_every_command_and_explains_each()
    {
        string overview = (await terminal.RunAsync("--help")).Out;
        foreach (Command command in CommandTable.All)
        {
            Run help = await terminal.RunAsync("help", command.Name);

            Assert.Contains(command.Name, overview, StringComparison.Ordinal);
            Assert.Equal(0, help.Code);
            Assert.All(command.Options, option => Assert.Contains(option.Name, help.Out, StringComparison.Ordinal));
            Assert.Equal(help.Out, (await terminal.RunAsync(command.Name, "--help")).Out);
        }
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("version")]
    [InlineData("-v")]
    public async Task Says_its_version(string word) => Assert.Matches("^credentials [0-9]+\\.[0-9]+\\.[0-9]+", (await terminal.RunAsync(word)).Out);

    [Fact]
    public async Task Qr_draws_a_square_code()
    {
        Run run = await terminal.RunAsync("qr", "https://verify.example/v?c=aHR0cHM6Ly9pc3N1ZXIuZXhhbXBsZS9jL3g");

        string[] lines = run.Out.TrimEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(0, run.Code);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        Assert.InRange(lines.Length, (lines[0].Length / 2) - 1, (lines[0].Length / 2) + 1);
    }

    [Fact]
    public async Task Qr_refuses_a_text_that_no_code_holds() => Assert.Equal(3, (await terminal.RunAsync("qr", new string('x', 5000))).Code);

    private const string Marks = """
        "chainId":1,"genesisHash":"0x1111111111111111111111111111111111111111111111111111111111111111","contract":"0x1111111111111111111111111111111111111111"
        """;

    public static TheoryData<string, string> BrokenTrust { get; } = new()
    {
        { "no json", "is no JSON" },
        { "[]", "is no JSON object" },
        { """{"chain":[]}""", "chain is not known here" },
        { """{"chains":{}}""", "chains must be an array" },
        { """{"chains":[7]}""", "chains[0] is no JSON object" },
        { """{"chains":[{"rpcUrl":"file:///x"}]}""", "rpcUrl" },
        { """{"chains":[{"rpcUrl":"http://n","genesisHash":"0x12"}]}""", "genesisHash" },
        { """{"chains":[{"chainId":1}]}""", "rpcUrl or rpcUrls must be there" },
        { """{"chains":[{"rpcUrl":"http://n","rpcUrls":["http://m"]}]}""", "and not both" },
        { """{"chains":[{"rpcUrls":[]}]}""", "must name a node" },
        { """{"chains":[{"rpcUrls":["http://n","ftp://m"]}]}""", "rpcUrls must be the http or https URL" },
        { """{"chains":[{"rpcUrls":["http://n/one","http://N/two"]}]}""", "a node votes once" },
        { $$"""{"chains":[{"rpcUrls":["http://n","http://m"],"quorum":3,{{Marks}}}]}""", "quorum must be at least 1" },
        { $$"""{"chains":[{"rpcUrls":["http://n","http://m"],"quorum":0,{{Marks}}}]}""", "quorum must be at least 1" },
        { $$"""{"chains":[{"rpcUrls":["http://n","http://m"],"proven":false,{{Marks}}}]}""", "proven must be true" },
        { """{"allowPrivateAddresses":"yes"}""", "allowPrivateAddresses must be true or false" },
        { """{"didDocuments":[7]}""", "didDocuments[0] is no text" },
        { """{"didDocuments":["missing.json"]}""", "missing.json cannot be had" },
        { """{"chains":[],"chains":[]}""", "chains" },
    };

    [Theory]
    [MemberData(nameof(BrokenTrust))]
    public async Task Refuses_a_broken_trust_file_and_names_the_member(string text, string named)
    {
        string file = terminal.Write("broken-trust.json", Utf8.Bytes(text));

        Run run = await terminal.RunAsync("{}"u8.ToArray(), ["verify", "-", "--trust", file]);

        Assert.Equal(3, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_the_trust_file_in_the_home_folder()
    {
        string folder = Directory.CreateDirectory(Path.Combine(terminal.Folder, ".config", "credentials")).FullName;
        string home = Path.Combine(folder, "trust.json");
        File.Copy(terminal.Trust, home, overwrite: true);
        try
        {
            Assert.Equal(0, (await terminal.RunAsync((await terminal.World.IssueAnchoredAsync("china")).Text, ["verify", "-"], trust: null)).Code);
        }
        finally
        {
            File.Delete(home);
        }
    }
}
