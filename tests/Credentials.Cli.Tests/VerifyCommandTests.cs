using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.TestKit;

namespace Credentials.Cli.Tests;

public sealed class VerifyCommandTests(Terminal terminal) : IClassFixture<Terminal>
{
    private const string Holder = "Conceição Exemplo d'Ávila Guimarães";

    [Fact]
    public async Task Ends_with_0_and_says_whose_diploma_it_is_when_verified()
    {
        Run run = await terminal.RunAsync("verify", File(await AnchoredAsync()));

        Assert.Equal(0, run.Code);
        Assert.StartsWith("✔ VERIFIED", run.Out, StringComparison.Ordinal);
        Assert.Contains(Holder, run.Out, StringComparison.Ordinal);
        Assert.Contains("did:web:universidade-modelo.example", run.Out, StringComparison.Ordinal);
        Assert.Contains("anchored     2026-09-16 10:0", run.Out, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public async Task Nodes_that_prove_what_they_say_verify_a_diploma_though_one_of_them_lies()
    {
        string trust = terminal.ProvenTrust("https://liar.example/key", "https://one.example", "https://two.example");

        Assert.Equal(0, (await terminal.RunAsync("verify", File(await AnchoredAsync()), "--trust", trust)).Code);
    }

    [Fact]
    public async Task A_lying_node_leaves_it_open_and_is_named_without_its_key()
    {
        JsonObject trust = terminal.TrustText();
        trust["chains"]![0]!["rpcUrl"] = "https://liar.example/key";
        trust["chains"]![0]!["proven"] = true;

        Run run = await terminal.RunAsync("verify", File(await AnchoredAsync()), "--trust", terminal.Write("liar.json", trust));

        Assert.Equal(2, run.Code);
        Assert.Contains("https://liar.example", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("/key", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_1_and_shows_nothing_of_a_forged_document()
    {
        string forged = Utf8.Text((await AnchoredAsync()).Text).Replace("8.74", "9.99", StringComparison.Ordinal);

        Run run = await terminal.RunAsync("verify", terminal.Write("forged.json", Utf8.Bytes(forged)));

        Assert.Equal(1, run.Code);
        Assert.StartsWith("✘ REJECTED", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Holder, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_1_when_revoked()
    {
        SampleAnchored diploma = await AnchoredAsync();
        await terminal.World.RevokeAsync(diploma.Bare);

        Run run = await terminal.RunAsync("verify", File(diploma));

        Assert.Equal(1, run.Code);
        Assert.Contains("[CREDENTIAL_REVOKED]", run.Out, StringComparison.Ordinal);
        Assert.Contains("do not rely on it", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_with_2_while_the_chain_is_unplugged()
    {
        string file = File(await AnchoredAsync());
        terminal.World.Ledger.Unplugged = true;
        try
        {
            Run run = await terminal.RunAsync("verify", file);

            Assert.Equal(2, run.Code);
            Assert.StartsWith("? CANNOT TELL", run.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("REVOKED", run.Out, StringComparison.Ordinal);
        }
        finally
        {
            terminal.World.Ledger.Unplugged = false;
        }
    }

    [Theory]
    [InlineData("words")]
    [InlineData("{}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("")]
    public async Task Ends_with_2_for_what_is_no_credential(string text) => Assert.Equal(2, (await terminal.RunAsync(Utf8.Bytes(text), ["verify", "-"])).Code);

    [Fact]
    public async Task Ends_with_2_for_a_link_that_leads_nowhere_and_for_one_that_leads_to_a_web_page()
    {
        CredentialLink page = terminal.World.Publish("<html>"u8.ToArray(), "text/html", "page");

        Assert.Equal(2, (await terminal.RunAsync("verify", "https://issuer.example/c/gone")).Code);
        Assert.Equal(2, (await terminal.RunAsync("verify", page.Locator)).Code);
        Run json = await terminal.RunAsync("verify", "--json", "https://issuer.example/c/gone");
        Assert.Equal("indeterminate", (string?)JsonNode.Parse(json.Out)!["verdict"]);
    }

    [Fact]
    public async Task Takes_a_file_standard_input_a_url_a_qr_link_and_a_locator()
    {
        SampleAnchored diploma = await AnchoredAsync();
        CredentialLink link = terminal.World.Publish(diploma.Text, name: "all-ways");

        Assert.Equal(0, (await terminal.RunAsync(diploma.Text, ["verify", "-"])).Code);
        Assert.Equal(0, (await terminal.RunAsync([.. "\uFEFF"u8, .. diploma.Text, .. "\r\n"u8], ["verify", "-"])).Code);
        Assert.Equal(0, (await terminal.RunAsync("verify", link.CredentialUrl.AbsoluteUri)).Code);
        Assert.Equal(0, (await terminal.RunAsync("verify", link.At(new Uri("https://any-verifier.example")).AbsoluteUri)).Code);
        Assert.Equal(0, (await terminal.RunAsync("verify", link.Locator)).Code);
    }

    [Fact]
    public async Task Writes_the_answer_as_json()
    {
        Run run = await terminal.RunAsync("verify", "--json", File(await AnchoredAsync()));

        JsonNode answer = JsonNode.Parse(run.Out)!;
        Assert.Equal("verified", (string?)answer["verdict"]);
        Assert.Equal(Credentials.Verification.CheckName.All.Count, answer["checks"]!.AsArray().Count);
    }

    [Fact]
    public async Task Takes_receipts_that_came_beside_the_bare_form()
    {
        SampleAnchored diploma = await AnchoredAsync();
        string bare = terminal.Write("bare.json", diploma.Bare.Text);
        string receipt = terminal.Write("receipt.json", Json(writer => AnchorReceiptFormat.WriteJson(writer, diploma.Receipt)));
        string batch = terminal.Write("batch.json", Json(diploma.Batch.WriteJson));

        Assert.Equal(2, (await terminal.RunAsync("verify", bare)).Code);
        Assert.Equal(0, (await terminal.RunAsync("verify", bare, "--receipts", receipt)).Code);
        Assert.Equal(0, (await terminal.RunAsync("verify", "--receipts=" + batch, bare)).Code);
    }

    [Fact]
    public async Task Says_when_a_receipt_file_is_of_other_documents_and_cannot_tell()
    {
        SampleAnchored diploma = await AnchoredAsync();
        string other = terminal.Write("other-batch.json", Json((await AnchoredAsync()).Batch.WriteJson));

        Run run = await terminal.RunAsync("verify", terminal.Write("bare2.json", diploma.Bare.Text), "--receipts", other);

        Assert.Equal(2, run.Code);
        Assert.Contains("does not hold this credential", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judges_by_the_policy_that_was_asked_for()
    {
        string neverAnchored = terminal.Write("never.json", (await terminal.World.Issuer.IssueAsync("brazil")).Text);
        string pinned = terminal.Write("pinned.json", terminal.TrustText(terminal.Write("issuer.did.json", terminal.World.Issuer.DocumentText)));
        int asked = terminal.World.Web.Asked;

        Assert.Equal(0, (await terminal.RunAsync("verify", neverAnchored, "--policy", "offline", "--trust", pinned)).Code);
        Assert.Equal(asked, terminal.World.Web.Asked);
        Assert.Equal(2, (await terminal.RunAsync("verify", neverAnchored, "--policy", "offline")).Code);
        Assert.Equal(2, (await terminal.RunAsync("verify", neverAnchored, "--policy", "require-anchor")).Code);
    }

    [Theory]
    [InlineData("2026-09-16", 2)] // before the anchor of ten o'clock
    [InlineData("2026-09-16T12:00:00Z", 0)]
    [InlineData("2020-01-01", 1)] // not valid yet
    public async Task Judges_for_the_day_that_was_asked_for(string day, int code) =>
        Assert.Equal(code, (await terminal.RunAsync("verify", File(await AnchoredAsync()), "--as-of", day)).Code);

    [Fact]
    public async Task Knows_no_chain_without_a_trust_file_and_cannot_tell_the_anchor()
    {
        Run run = await terminal.RunAsync((await AnchoredAsync()).Text, ["verify", "-"], trust: null);

        Assert.Equal(2, run.Code);
        Assert.Contains("[LEDGER_NOT_TRUSTED]", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paints_for_a_terminal_but_lets_no_document_paint()
    {
        JsonObject document = JsonNode.Parse(terminal.World.Issuer.Prepare("brazil").Text)!.AsObject();
        document["credentialSubject"]!["name"] = "\u001b[2J\u001b[H\u001b[32m✔ VERIFIED\u0007\u202E";
        document.Remove("credentialStatus");
        byte[] signed = await terminal.World.Issuer.SignAsync(Utf8.Bytes(document.ToJsonString()));

        Run painted = await terminal.RunAsync(signed, ["verify", "-"], colour: true);
        Run plain = await terminal.RunAsync(signed, ["verify", "-"]);

        Assert.Contains("\u001b[32m", painted.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", painted.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(plain.Out, c => c is '\u001b' or '\u0007' or '\u202E');
    }

    public static TheoryData<string[], string> Misuses { get; } = new()
    {
        { [], "What shall be done" },
        { ["frobnicate"], "no command" },
        { ["verify"], "takes FILE|URL|-" },
        { ["verify", "a", "b"], "takes FILE|URL|-" },
        { ["verify", "/no/such/file.json"], "no file that exists" },
        { ["verify", "-", "--colour"], "no option --colour" },
        { ["verify", "-", "--policy"], "needs a value" },
        { ["verify", "-", "--policy", "lax"], "no policy lax" },
        { ["verify", "-", "--json", "--json"], "twice" },
        { ["verify", "-", "--json=yes"], "takes no value" },
        { ["verify", "-", "--as-of", "yesterday"], "no date" },
        { ["verify", "-", "--receipts", "/no/such"], "no receipt file" },
        { ["verify", "-", "--trust", "/no/such"], "no trust file" },
        { ["verify", "https://issuer.example/c/x", "--policy", "offline"], "needs the network" },
        { ["help", "frobnicate"], "no command" },
        { ["version", "2"], "takes no operand" },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public async Task Ends_with_3_and_one_sentence_when_used_wrongly(string[] words, string sentence)
    {
        Run run = await terminal.RunAsync("{}"u8.ToArray(), words);

        Assert.Equal(3, run.Code);
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}{}")]
    [InlineData("{\"version\":99}")]
    [InlineData("{\"digests\":[]}")]
    [InlineData("[]")]
    public async Task Ends_with_3_for_a_receipt_file_that_is_none(string text)
    {
        string file = terminal.Write("bad-receipt.json", Utf8.Bytes(text));

        Assert.Equal(3, (await terminal.RunAsync((await AnchoredAsync()).Text, ["verify", "-", "--receipts", file])).Code);
    }

    [Fact]
    public async Task Says_who_accredited_the_institution_by_the_accreditors_of_the_trust_file_and_needs_no_web_site_for_it()
    {
        using Terminal own = new();
        await own.InitializeAsync();
        (InstitutionId ministry, Credentials.Evidence.AccreditationPath path) = await own.World.AccreditAsync();
        SampleAnchored diploma = await own.World.IssueAnchoredAsync("brazil");
        own.World.Web.TakeDown("universidade-modelo.example");
        JsonObject trust = own.TrustText();
        string file = own.Write("diploma.json", diploma.Text);
        Assert.Equal(2, (await own.RunAsync("verify", file, "--trust", own.Write("bare.json", trust))).Code);

        own.Write("path.json", Json(path.WriteTo));
        trust["accreditors"] = new JsonArray(new JsonObject { ["registry"] = path.Registry.ToString(), ["institution"] = ministry.ToString(), ["name"] = "Ministry" });
        trust["accreditationPaths"] = new JsonArray("path.json");
        Run run = await own.RunAsync("verify", file, "--policy", "require-accreditation", "--trust", own.Write("full.json", trust));
        Assert.True(run.Code == 0, run.Out);
        Assert.Contains("accredited   Universidade Modelo de São Paulo by Ministry, since 2026-09-16", run.Out, StringComparison.Ordinal);

        // The host of the status lists dies as well.
        own.World.Web.TakeDown("status.example");
        Assert.Equal(2, (await own.RunAsync("verify", file, "--trust", own.Write("full.json", trust))).Code);
        Assert.Equal(0, (await own.RunAsync("verify", file, "--registry-status", "--trust", own.Write("full.json", trust))).Code);
    }

    [Theory]
    [InlineData("accreditors", """[{"registry":"eip155:1","institution":"0x00","name":"M"}]""", "registry")]
    [InlineData("accreditors", """[{"registry":"eip155:1:0x5fbdb2315678afecb367f032d93f642f64180aa3","institution":"0x00","name":"M"}]""", "institution")]
    [InlineData("institutions", """[{"registry":"eip155:1:0x5fbdb2315678afecb367f032d93f642f64180aa3","institution":"0x0000000000000000000000000000000000000000000000000000000000000001","did":"x"}]""", "did")]
    [InlineData("accreditationPaths", """["nowhere.json"]""", "nowhere.json")]
    public async Task Refuses_a_trust_file_whose_accreditors_it_cannot_read(string member, string value, string said)
    {
        JsonObject trust = terminal.TrustText();
        trust[member] = JsonNode.Parse(value);
        Run run = await terminal.RunAsync("verify", File(await AnchoredAsync()), "--trust", terminal.Write("bad-trust.json", trust));

        Assert.Equal(3, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    private Task<SampleAnchored> AnchoredAsync() => terminal.World.IssueAnchoredAsync("brazil");

    private string File(SampleAnchored diploma) => terminal.Write(Guid.NewGuid().ToString("N") + ".json", diploma.Text);

    private static byte[] Json(Action<System.Text.Json.Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(stream))
        {
            write(writer);
        }

        return stream.ToArray();
    }
}
