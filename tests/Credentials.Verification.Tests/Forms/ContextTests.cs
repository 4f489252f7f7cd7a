using System.Text.Json.Nodes;
using Credentials.JsonLd;
using Credentials.TestKit;
using Credentials.Verification.Tests.World;

namespace Credentials.Verification.Tests.Forms;

/// <summary>What the words of a document mean is a matter of trust: the contexts at hand decide whether a signature over meaning can be checked, and nothing is ever fetched.</summary>
public sealed class ContextTests
{
    private const string Own = "https://universidade-modelo.example/contexts/v1";

    private static readonly byte[] Grades = Utf8.Bytes("""{"@context":{"grade":"https://universidade-modelo.example/terms#grade"}}""");

    public static TheoryData<string> OverMeaning => ["ecdsa-rdfc-2019", "eddsa-rdfc-2022", "ecdsa-sd-2023", "Ed25519Signature2020"];

    [Theory]
    [MemberData(nameof(OverMeaning))]
    public async Task Cannot_tell_of_an_unknown_context_and_says_what_to_do(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        VerificationResult result = await world.VerifyAsync(diploma with { Text = Text.Edit(diploma.Text, json => json["@context"]!.AsArray().Add(Own)) });

        result.CannotTell(CheckName.Proof, ProblemCode.UnknownContext);
        Assert.Equal(Remedy.Verifier, result.Decisive!.Remedy);
        Assert.Contains(Own, result.Decisive.Detail, StringComparison.Ordinal);
        Assert.Contains("give this verifier a copy", result.Decisive.Detail, StringComparison.Ordinal);
        Assert.Equal(1, world.Web.Fetches);
    }

    [Fact]
    public async Task Verifies_a_context_that_the_relying_party_supplied_and_rejects_another_of_the_same_name()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        byte[] signed = await SignWithOwnContextAsync(world, Grades);
        byte[] others = Utf8.Bytes("""{"@context":{"grade":"https://universidade-modelo.example/terms#failures"}}""");

        (await world.VerifyAsync(signed, trusted: world.Trusted with { Contexts = ContextLibrary.Shipped.With(Own, Grades) })).IsVerified();
        (await world.VerifyAsync(signed, trusted: world.Trusted with { Contexts = ContextLibrary.Shipped.With(Own, others) })).IsRejected(CheckName.Proof, ProblemCode.CryptographicSecurityError);
        (await world.VerifyAsync(signed)).CannotTell(CheckName.Proof, ProblemCode.UnknownContext);
    }

    [Theory]
    [InlineData("ecdsa-jcs-2019")]
    [InlineData("eddsa-jcs-2022")]
    [InlineData("vc+jwt")]
    [InlineData("vc+cose")]
    public async Task Verifies_a_signature_over_letters_whatever_they_mean(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form, json => json["@context"]!.AsArray().Add(Own));

        (await world.VerifyAsync(diploma, trusted: world.Trusted with { Contexts = ContextLibrary.Empty })).IsVerified();
    }

    [Theory]
    [MemberData(nameof(OverMeaning))]
    public async Task Cannot_tell_of_a_word_that_no_context_defines_and_does_not_pass_over_it(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);
        VerificationResult result = await world.VerifyAsync(diploma with
        {
            Text = Text.Edit(diploma.Text, json =>
            {
                json["@context"]!.AsArray().Add(new JsonObject { ["@vocab"] = null });
                json["credentialSubject"]!["honours"] = "summa cum laude";
            }),
        });

        result.CannotTell(CheckName.Proof, ProblemCode.ProofTransformationError);
        Assert.Equal(Remedy.Holder, result.Decisive!.Remedy);
        Assert.Contains("signature cannot cover", result.Decisive.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OverMeaning))]
    public async Task Rejects_a_word_that_was_added_and_means_something(string form)
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync(form);

        Assert.Equal(Verdict.Rejected, (await world.VerifyAsync(diploma with { Text = Text.Edit(diploma.Text, json => json["credentialSubject"]!["honours"] = "summa cum laude") })).Verdict);
    }

    [Fact]
    public async Task Cannot_tell_when_a_credential_leans_on_another_version_of_a_context()
    {
        using TestWorld world = await TestWorld.CreateAsync();
        FormedDiploma diploma = await world.IssueAsAsync("ecdsa-jcs-2019", json => json["relatedResource"] = new JsonObject
        {
            ["id"] = "https://www.w3.org/ns/credentials/v2",
            ["digestMultibase"] = "uM4RgWQc3RUDtjJCSgTJtTfvpZ7SPEg_LNO0ESlovQC0",
        });
        VerificationResult result = await world.VerifyAsync(diploma);

        result.CannotTell(CheckName.Format, ProblemCode.MalformedValueError);
        result.Is(CheckName.Proof, CheckOutcome.Passed);
        Assert.Contains("another version", result.Decisive!.Detail, StringComparison.Ordinal);
    }

    private static async Task<byte[]> SignWithOwnContextAsync(TestWorld world, byte[] context)
    {
        byte[] unsigned = Text.Edit(world.Issuer.Prepare("brazil").Text, json =>
        {
            json["credentialStatus"]!.AsArray().RemoveAt(2);
            json["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", Own);
            json["type"] = "VerifiableCredential";
            json["credentialSubject"] = new JsonObject { ["grade"] = "8.74" };
        });
        DataIntegrity.Cryptosuite suite = DataIntegrity.Cryptosuite.Find("ecdsa-rdfc-2019")!;
        var options = new DataIntegrity.ProofOptions(world.Issuer.Did + "#p256", Samples.Time);
        return (await DataIntegrity.DataIntegritySuite.SignAsync(unsigned, suite, world.Issuer.P256, options, ContextLibrary.Shipped.With(Own, context), CancellationToken.None)).Require();
    }
}
