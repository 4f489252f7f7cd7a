using System.Text.Json.Nodes;
using Credentials.TestKit;

namespace Credentials.Cli.Tests;

public sealed class DoctorCommandTests : IAsyncLifetime, IDisposable
{
    private readonly Terminal _terminal = new();

    public Task InitializeAsync() => _terminal.InitializeAsync();

    public Task DisposeAsync() => _terminal.DisposeAsync();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public async Task Ends_with_0_only_when_all_is_well()
    {
        Run run = await _terminal.RunAsync("doctor", "--trust", Pinned());

        Assert.True(run.Code == 0, run.Out);
        Assert.Contains("All is well.", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("→", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_which_nodes_prove_and_that_enough_agree()
    {
        _terminal.World.Ledger.Mine(3);

        Run run = await _terminal.RunAsync("doctor", "--trust", _terminal.ProvenTrust("https://one.example", "https://two.example", "https://three.example"));

        Assert.True(run.Code == 0, run.Out);
        Assert.Contains("https://three.example proves what it says (eth_getProof)", run.Out, StringComparison.Ordinal);
        Assert.Contains("2 of 3 nodes agree", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_node_whose_proofs_do_not_hold()
    {
        _terminal.World.Ledger.Mine(3);

        Run run = await _terminal.RunAsync("doctor", "--trust", _terminal.ProvenTrust("https://liar.example", "https://two.example"));

        Assert.Equal(1, run.Code);
        Assert.Contains("https://liar.example proves nothing", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_an_unplugged_node()
    {
        _terminal.World.Ledger.Unplugged = true;

        await AssertFaultAsync("the node cannot be asked", "Start the node");
    }

    [Theory]
    [InlineData("chainId", "serves chain", "Correct rpcUrl or chainId")]
    [InlineData("genesisHash", "another chain with the same id", "take the new genesisHash")]
    [InlineData("contract", "not the trusted registry contract", "deploy the registry first")]
    [InlineData("codeHash", "not the trusted registry contract", "codeHash")]
    public async Task Finds_a_mark_that_is_wrong(string mark, string fault, string mend)
    {
        JsonObject trust = _terminal.TrustText();
        trust["chains"]![0]![mark] = mark switch
        {
            "chainId" => JsonValue.Create(7UL),
            "contract" => "0x" + new string('1', 40),
            _ => "0x" + new string('1', 64),
        };

        await AssertFaultAsync(fault, mend, "--trust", _terminal.Write("wrong.json", trust));
    }

    [Theory]
    [InlineData(-1, "in this computer's future", "clock is behind")]
    [InlineData(+1, "old", "clock is ahead")]
    public async Task Finds_a_clock_that_is_out_of_step_with_the_chain(int hours, string fault, string mend)
    {
        _terminal.World.Clock.Set(_terminal.World.Clock.GetUtcNow().AddHours(hours));

        await AssertFaultAsync(fault, mend);
    }

    [Fact]
    public async Task Finds_a_chain_that_does_not_say_what_is_final()
    {
        _terminal.World.Ledger.HasTags = false;

        await AssertFaultAsync("does not say which block is final", "knows the tag");
    }

    [Fact]
    public async Task Finds_that_there_is_no_trust_file()
    {
        Run run = await _terminal.RunAsync([], ["doctor"], trust: null);

        Assert.Equal(1, run.Code);
        Assert.Contains("there is no trust file", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Finds_a_pinned_document_that_cannot_be_read() =>
        await AssertFaultAsync("missing.did.json", "fetch the document anew", "--trust", _terminal.Write("pins.json", _terminal.TrustText("missing.did.json")));

    [Fact]
    public async Task Finds_a_live_document_that_is_down()
    {
        _terminal.World.Web.TakeDown("universidade-modelo.example");

        await AssertFaultAsync("the live document cannot be had", "Tell the institution", "--trust", Pinned());
    }

    [Fact]
    public async Task Finds_a_key_that_the_live_document_no_longer_lists()
    {
        JsonNode live = JsonNode.Parse(_terminal.World.Issuer.DocumentText)!;
        live["assertionMethod"] = new JsonArray();
        string pins = Pinned();
        _terminal.World.Web.Put("https://universidade-modelo.example/.well-known/did.json", Utf8.Bytes(live.ToJsonString()));

        await AssertFaultAsync("no longer lists", "retired or stolen", "--trust", pins);
    }

    [Theory]
    [InlineData("""{"status":"Healthy","checks":{"storage":{"status":"Healthy","description":"5 ms"},"keyring":{"status":"Healthy","description":"1 key"}}}""", 0)]
    [InlineData("""{"status":"Healthy","checks":[{"name":"storage","status":"Healthy"}]}""", 0)]
    [InlineData("""{"status":"Unhealthy","checks":{"keyring":{"status":"Unhealthy","description":"cannot be opened"}}}""", 1)]
    [InlineData("""{"status":"Degraded","checks":[{"name":"chain","status":"Degraded","detail":"node down"}]}""", 1)]
    [InlineData("""{"checks":{}}""", 1)]
    [InlineData("[]", 1)]
    [InlineData("<html>", 1)]
    public async Task Reads_an_issuers_health(string report, int code)
    {
        _terminal.World.Web.Put("https://issuer.example/health/ready", Utf8.Bytes(report));

        Assert.Equal(code, (await _terminal.RunAsync("doctor", "--issuer", "https://issuer.example/")).Code);
    }

    [Fact]
    public async Task Finds_an_issuer_that_is_down() => await AssertFaultAsync("does not say that it is ready", "Start it", "--issuer", "https://issuer.example");

    [Fact]
    public async Task Finds_nothing_wrong_with_a_sound_data_folder()
    {
        string data = Data();

        Run run = await _terminal.RunAsync("doctor", "--issuer-data", data);

        Assert.True(run.Code == 0, run.Out);
        Assert.Contains("1 key(s), each wrapped", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no database", "there is no", "first start")]
    [InlineData("broken database", "is no SQLite database", "backup")]
    [InlineData("no ring", "there is no key", "backup")]
    [InlineData("plain ring", "lies in plain text", "known to others")]
    [InlineData("broken ring", "key ring:", "damaged")]
    public async Task Finds_what_is_wrong_with_a_data_folder(string harm, string fault, string mend)
    {
        string data = Data();
        string database = Path.Combine(data, "issuer.db");
        string key = Directory.GetFiles(Path.Combine(data, "keyring")).Single();
        switch (harm)
        {
            case "no database": File.Delete(database); break;
            case "broken database": await File.WriteAllTextAsync(database, "hello"); break;
            case "no ring": File.Delete(key); break;
            case "plain ring": await File.WriteAllTextAsync(key, "<key><descriptor><masterKey/></descriptor></key>"); break;
            default: await File.WriteAllTextAsync(key, "<key"); break;
        }

        await AssertFaultAsync(fault, mend, "--issuer-data", data);
    }

    [Theory]
    [InlineData("--issuer", "issuer.example")]
    [InlineData("--issuer-data", "/no/such/folder")]
    [InlineData("--trust", "/no/such/file")]
    public async Task Ends_with_3_when_used_wrongly(string option, string value) => Assert.Equal(3, (await _terminal.RunAsync("doctor", option, value)).Code);

    private string Pinned() => _terminal.Write("pinned.json", _terminal.TrustText(_terminal.Write("issuer.did.json", _terminal.World.Issuer.DocumentText)));

    private string Data()
    {
        string data = Directory.CreateDirectory(Path.Combine(_terminal.Folder, "data")).FullName;
        string ring = Directory.CreateDirectory(Path.Combine(data, "keyring")).FullName;
        File.WriteAllBytes(Path.Combine(data, "issuer.db"), [.. "SQLite format 3\0"u8, .. new byte[84]]);
        File.WriteAllText(Path.Combine(ring, "key-1.xml"), "<key><descriptor><encryptedSecret decryptorType=\"X\" xmlns=\"http://schemas.asp.net/2015/03/dataProtection\"/></descriptor></key>");
        return data;
    }

    private async Task AssertFaultAsync(string fault, string mend, params string[] options)
    {
        Run run = await _terminal.RunAsync([], ["doctor", .. options]);

        Assert.Equal(1, run.Code);
        Assert.Contains(fault, run.Out, StringComparison.Ordinal);
        Assert.Contains(mend, run.Out[run.Out.IndexOf(fault, StringComparison.Ordinal)..], StringComparison.Ordinal);
    }
}
