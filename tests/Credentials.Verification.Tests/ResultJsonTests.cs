using System.Text.Json;
using Credentials.DataModel;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests;

public sealed class ResultJsonTests
{
    [Fact]
    public async Task Says_all_of_a_verified_diploma()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        VerificationResult result = await world.VerifyAsync((await world.IssueAsync()).Text);
        JsonElement json = Parse(result);

        Assert.Equal("verified", json.GetProperty("verdict").GetString());
        Assert.True(json.GetProperty("verified").GetBoolean());
        Assert.Equal("default", json.GetProperty("policy").GetString());
        Assert.Equal("data-integrity", json.GetProperty("form").GetString());
        Assert.Equal("2026-09-15T11:00:00Z", json.GetProperty("at").GetString());
        Assert.Equal(world.Issuer.Did, json.GetProperty("issuer").GetString());
        Assert.Equal(result.Credential!.Id, json.GetProperty("credentialId").GetString());
        Assert.Equal("finalized", json.GetProperty("anchor").GetProperty("finality").GetString());
        Assert.Equal(result.Anchor!.Block, json.GetProperty("anchor").GetProperty("block").GetUInt64());
        Assert.Equal(CheckName.All, json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()));
        Assert.Empty(json.GetProperty("problemDetails").EnumerateArray());
        Assert.Empty(json.GetProperty("warnings").EnumerateArray());
        Assert.False(json.TryGetProperty("decisive", out _));
    }

    [Fact]
    public async Task Gives_the_problem_of_a_rejected_one_as_RFC_9457_wants_it_and_names_no_issuer()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        JsonElement json = Parse(await world.VerifyAsync(Text.Replace((await world.IssueAsync()).Text, "8.74", "9.74")));

        Assert.Equal("rejected", json.GetProperty("verdict").GetString());
        Assert.Equal("proof", json.GetProperty("decisive").GetString());
        Assert.False(json.TryGetProperty("issuer", out _));
        Assert.False(json.TryGetProperty("anchor", out _));
        JsonElement problem = Assert.Single(json.GetProperty("problemDetails").EnumerateArray());
        Assert.True(Uri.TryCreate(problem.GetProperty("type").GetString(), UriKind.Absolute, out _));
        Assert.Equal("Cryptographic security error", problem.GetProperty("title").GetString());
        Assert.Equal(ProblemCode.CryptographicSecurityError, problem.GetProperty("code").GetString());
        Assert.Equal("/proof/0/proofValue", problem.GetProperty("pointer").GetString());
        JsonElement check = json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("check").GetString() == "proof");
        Assert.Equal("failed", check.GetProperty("outcome").GetString());
        Assert.Equal("holder", check.GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task Warns_of_what_was_not_required()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        JsonElement json = Parse(await world.VerifyAsync((await world.IssueAsync()).Text, VerificationPolicy.Offline, world.Trusted with { PinnedDidDocuments = [world.Issuer.Document] }));

        Assert.Equal(["status", "anchor"], json.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("check").GetString()));
        Assert.Empty(json.GetProperty("problemDetails").EnumerateArray());
    }

    [Fact]
    public async Task Says_all_of_a_presentation_and_of_each_credential_in_it()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        JsonElement json = Parse(await world.VerifyAsync(await world.PresentAsync("vp+jwt", await world.DiplomaAsync("vc+sd-jwt", subject: "did:example:child"))));

        Assert.Equal("verified", json.GetProperty("verdict").GetString());
        Assert.Equal("vp+jwt", json.GetProperty("form").GetString());
        Assert.Equal(world.LearnerDid, json.GetProperty("presenter").GetString());
        Assert.Equal(CheckName.OfPresentations, json.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()));
        JsonElement credential = Assert.Single(json.GetProperty("credentials").EnumerateArray());
        Assert.Equal("vc+sd-jwt", credential.GetProperty("form").GetString());
        Assert.Equal(CheckName.All, credential.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("check").GetString()));
        Assert.Empty(json.GetProperty("problemDetails").EnumerateArray());
        Assert.Equal("HOLDER_MISMATCH", Assert.Single(json.GetProperty("warnings").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Gives_the_problem_of_a_rejected_presentation()
    {
        using PresentationWorld world = await PresentationWorld.CreateAsync();
        JsonElement json = Parse(await world.VerifyAsync(await world.PresentAsync(options: said => said with { Challenge = "another" })));

        Assert.Equal(("rejected", "proof"), (json.GetProperty("verdict").GetString(), json.GetProperty("decisive").GetString()));
        Assert.False(json.TryGetProperty("presenter", out _));
        Assert.Equal("https://w3id.org/security#INVALID_CHALLENGE_ERROR", Assert.Single(json.GetProperty("problemDetails").EnumerateArray()).GetProperty("type").GetString());
        Assert.Empty(json.GetProperty("credentials").EnumerateArray());
    }

    [Fact]
    public void Survives_text_that_JSON_cannot_carry()
    {
        var check = new CheckResult(CheckName.Format, CheckOutcome.Indeterminate, new Problem("X_Y", "half \ud800 a pair", "/\udfff"), "half \ud800 a pair", Remedy.Holder);
        VerifiableCredential? none = null;
        var result = new VerificationResult(Verdict.Indeterminate, [check, .. CheckName.All.Skip(1).Select(name => new CheckResult(name, CheckOutcome.Skipped, null, "no"))], none, null, Samples.Time) { Decisive = check };

        Assert.Equal("indeterminate", Parse(result).GetProperty("verdict").GetString());
    }

    private static JsonElement Parse(PresentationResult result) => JsonDocument.Parse(VerificationResultJson.ToUtf8(result, indented: true)).RootElement;

    private static JsonElement Parse(VerificationResult result) => JsonDocument.Parse(VerificationResultJson.ToUtf8(result, indented: true)).RootElement;
}
