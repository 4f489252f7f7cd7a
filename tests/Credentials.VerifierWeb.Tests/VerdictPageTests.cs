using System.Text.Json.Nodes;
using Credentials.DataModel;
using Credentials.TestKit;
using Credentials.Verification;

namespace Credentials.VerifierWeb.Tests;

public sealed class VerdictPageTests(VerifierApplication application) : IClassFixture<VerifierApplication>
{
    private const string Holder = "Conceição Exemplo d'Ávila Guimarães";

    private readonly DiplomaWorld _world = application.World;

    [Fact]
    public async Task Says_verified_whose_diploma_it_is_and_when_it_was_recorded()
    {
        PageShape page = await application.ReadAsync(Open(await _world.IssueAnchoredAsync("brazil")));

        Assert.Equal("Verified", page.Verdict());
        Assert.Equal("Verified – " + VerifierApplication.VerifierName, page.One("title").Text);
        Assert.Contains(Holder, page.Text, StringComparison.Ordinal);
        Assert.Contains("Bachelor of Science in Nursing", page.Text, StringComparison.Ordinal);
        Assert.Contains("Universidade Modelo de São Paulo", page.Text, StringComparison.Ordinal);
        Assert.Contains("universidade-modelo.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("14 August 2026", page.Text, StringComparison.Ordinal);
        Assert.Contains("16 September 2026 at 10:0", page.Text, StringComparison.Ordinal);
        Assert.Equal(CheckName.All.Where(name => name is not (CheckName.Accreditation or CheckName.Schema or CheckName.HolderBinding)).Count(), page.All("li", "good").Count()); // no accreditor is trusted, it names no schema, and nobody presented it
    }

    [Fact]
    public async Task Puts_the_name_in_the_readers_own_language_first()
    {
        string path = Open(await _world.IssueAnchoredAsync("china"));

        Assert.Equal("Bachelor of Engineering", Second((await application.ReadAsync(path)).All("bdi", "first")));
        Assert.Equal("工学学士", Second((await application.ReadAsync(path + "&lang=zh-Hans")).All("bdi", "first")));
    }

    [Fact]
    public async Task Rejects_a_changed_document_and_shows_nothing_of_what_it_says()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("brazil");
        string forged = Utf8.Text(diploma.Text).Replace("8.74", "9.99", StringComparison.Ordinal);

        PageShape page = await application.ReadAsync(Open(Utf8.Bytes(forged)));

        Assert.Equal("Rejected", page.Verdict());
        Assert.Contains("The signature does not fit", page.One("p", "reason").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Holder, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("São Paulo", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(page.All("h2"), heading => heading["id"] is "contents" or "record");
    }

    [Fact]
    public async Task Rejects_a_withdrawn_diploma_and_calls_its_contents_words()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("brazil");
        await _world.RevokeAsync(diploma.Bare);

        PageShape page = await application.ReadAsync(Open(diploma));

        Assert.Equal("Rejected", page.Verdict());
        Assert.Equal("The institution has withdrawn it for good.", page.One("p", "reason").Text);
        Assert.Contains("Do not rely on them", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Whose diploma it is", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_a_diploma_that_another_signed_in_the_institutions_name_and_does_not_say_that_the_institution_signed()
    {
        using SampleIssuer mill = new("diploma-mill");
        _world.Web.Put("https://diploma-mill.example/.well-known/did.json", mill.DocumentText);
        JsonObject document = JsonNode.Parse(_world.Issuer.Prepare("brazil").Text)!.AsObject();

        PageShape page = await application.ReadAsync(Open(await mill.SignAsync(Utf8.Bytes(document.ToJsonString()))));

        Assert.Equal("Rejected", page.Verdict());
        Assert.Equal("It names one issuer but was signed by somebody else.", page.One("p", "reason").Text);
        Assert.DoesNotContain("Signed by", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejects_an_expired_diploma()
    {
        JsonObject document = JsonNode.Parse(_world.Issuer.Prepare("brazil").Text)!.AsObject();
        document["validUntil"] = "2026-09-01T00:00:00Z";
        document.Remove("credentialStatus");

        PageShape page = await application.ReadAsync(Open(await _world.Issuer.SignAsync(Utf8.Bytes(document.ToJsonString()))));

        Assert.Equal("Rejected", page.Verdict());
        Assert.Equal("It has expired.", page.One("p", "reason").Text);
    }

    [Fact]
    public async Task Cannot_tell_while_the_chain_is_unplugged_and_says_that_it_is_no_fault_of_the_diploma()
    {
        string path = Open(await _world.IssueAnchoredAsync("brazil"));
        _world.Ledger.Unplugged = true;
        try
        {
            PageShape page = await application.ReadAsync(path);

            Assert.Equal("Cannot tell", page.Verdict());
            Assert.Contains("blockchain", page.One("p", "reason").Text, StringComparison.Ordinal);
            Assert.Contains("that is no fault of the diploma", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("withdrawn it for good", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(page.All("h2"), heading => heading["id"] == "record");
        }
        finally
        {
            _world.Ledger.Unplugged = false;
        }
    }

    [Theory]
    [InlineData("universidade-modelo.example")]
    [InlineData("status.example")]
    public async Task Cannot_tell_while_a_host_of_the_institution_is_down(string host)
    {
        // A fresh application: the verifier keeps documents that it has fetched for a while.
        await using VerifierApplication fresh = new();
        await fresh.InitializeAsync();
        SampleAnchored diploma = await fresh.World.IssueAnchoredAsync("brazil");
        fresh.World.Web.TakeDown(host);

        PageShape page = await fresh.ReadAsync("/v?c=" + fresh.World.Publish(diploma.Text).Locator);

        Assert.Equal("Cannot tell", page.Verdict());
        Assert.Empty(page.All("li", "bad"));
    }

    [Fact]
    public async Task Cannot_tell_when_the_link_leads_nowhere_and_says_so_of_the_link()
    {
        PageShape page = await application.ReadAsync("/v?c=" + new CredentialLink(new Uri("https://issuer.example/c/gone")).Locator);

        Assert.Equal("Cannot tell", page.Verdict());
        Assert.Equal("The diploma could not be fetched from the place that the link names.", page.One("p", "reason").Text);
    }

    [Fact]
    public async Task Cannot_tell_when_a_login_page_answers_in_the_diplomas_place()
    {
        CredentialLink link = _world.Publish("<html>Please sign in</html>"u8.ToArray(), "text/html", name: "captive");

        Assert.Equal("Cannot tell", (await application.ReadAsync("/v?c=" + link.Locator)).Verdict());
    }

    [Fact]
    public async Task Takes_the_same_document_by_link_upload_and_paste()
    {
        SampleAnchored diploma = await _world.IssueAnchoredAsync("morocco");
        string link = _world.Publish(diploma.Text, name: "same").At(new Uri("https://another-verifier.example")).AbsoluteUri;

        Assert.Equal("Verified", PageShape.Read((await application.UploadAsync(diploma.Text)).Html).Verdict());
        Assert.Equal("Verified", PageShape.Read((await application.UploadAsync([.. "\uFEFF\r\n"u8, .. diploma.Text, .. "\r\n"u8])).Html).Verdict());
        Assert.Equal("Verified", PageShape.Read((await application.PasteAsync(Utf8.Text(diploma.Text))).Html).Verdict());
        Assert.Equal("Verified", PageShape.Read((await application.PasteAsync(link)).Html).Verdict());
    }

    [Theory]
    [InlineData(1UL, "", "on Ethereum.", null)]
    [InlineData(11155111UL, "", "on Sepolia.", "for trials")]
    [InlineData(31337UL, "", "on blockchain number 31337.", "for trials")]
    [InlineData(424242UL, "", "on blockchain number 424242.", "does not know this blockchain")]
    [InlineData(424242UL, "the ministry's chain", "on the ministry's chain.", null)]
    public async Task Names_the_chain_and_says_what_its_records_are_worth(ulong chainId, string named, string sentence, string? note)
    {
        await using VerifierApplication other = new() { ChainId = chainId };
        other.Settings["Verifier:Chains:0:Name"] = named;
        await other.InitializeAsync();

        PageShape page = await other.ReadAsync("/v?c=" + other.World.Publish((await other.World.IssueAnchoredAsync("brazil")).Text).Locator);

        Assert.Contains(sentence, page.Text, StringComparison.Ordinal);
        string record = string.Concat(page.All("p", "warn").Select(warning => warning.Text));
        Assert.All((string[])["for trials", "does not know this blockchain"], other => Assert.Equal(other == note, record.Contains(other, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Hands_the_link_on_to_another_verifier_and_names_this_one()
    {
        CredentialLink link = _world.Publish((await _world.IssueAnchoredAsync("brazil")).Text, name: "carry");

        PageShape page = await application.ReadAsync("/v?c=" + link.Locator);

        Assert.Contains(page.All("code", "copy"), code => code.Text == link.Locator);
        Assert.Contains(page.All("code", "copy"), code => code.Text == "credentials verify " + link.Locator);
        Assert.Contains("https://verify.example", page.Text, StringComparison.Ordinal);
        Assert.Contains("Anybody can build a page that looks like this one", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_name_a_key_without_an_address_as_if_it_were_known()
    {
        string did = Credentials.Dids.Methods.DidKey.Of(_world.Issuer.P256.PublicKey);
        JsonObject document = JsonNode.Parse(Samples.Diploma("brazil"))!.AsObject();
        document["issuer"]!["id"] = did;
        byte[] signed = (await Credentials.DataIntegrity.DataIntegritySuite.SignAsync(
            Utf8.Bytes(document.ToJsonString()), Credentials.DataIntegrity.Cryptosuite.Find("ecdsa-jcs-2019")!, _world.Issuer.P256, new($"{did}#{did["did:key:".Length..]}", Samples.Time), default)).Require();

        PageShape page = PageShape.Read((await application.UploadAsync(signed)).Html);

        Assert.Equal("Verified", page.Verdict());
        Assert.Contains("A key that belongs to no web address", page.Text, StringComparison.Ordinal);
    }

    private string Open(SampleAnchored diploma) => Open(diploma.Text);

    private string Open(byte[] document) => "/v?c=" + _world.Publish(document, name: Guid.NewGuid().ToString("N")).Locator;

    private static string Second(IEnumerable<PageShape.Element> elements) => elements.ElementAt(1).Text;
}
