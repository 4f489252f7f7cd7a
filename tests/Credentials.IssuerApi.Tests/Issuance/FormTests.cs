using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Enveloping;
using Credentials.Jose;
using Credentials.TestKit;

namespace Credentials.IssuerApi.Tests.Issuance;

/// <summary>An institution issues in every form whose result can be anchored.</summary>
public sealed class FormTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Theory]
    [InlineData("ecdsa-rdfc-2019")]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("ecdsa-sd-2023")]
    public async Task Signs_with_a_suite_over_RDF(string suite)
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement credential = (await university.Registrar.IssueAsync(options: new JsonObject { ["cryptosuite"] = suite })).GetProperty("verifiableCredential");

        Assert.Equal(suite, Assert.Single(DataIntegrityProof.ReadAll(credential)).Require().Cryptosuite);
    }

    [Theory]
    [InlineData("vc+jwt", "application/vc+jwt")]
    [InlineData("vc+sd-jwt", "application/vc+sd-jwt")]
    public async Task Hands_out_an_envelope_as_JSON_when_issued_and_as_itself_when_read(string form, string mediaType)
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement answer = await university.Registrar.IssueAsync(options: new JsonObject { ["form"] = form });
        Envelope enveloped = EnvelopedDocument.Open(answer.GetProperty("verifiableCredential")).Require();
        using HttpResponseMessage read = await university.Registrar.GetAsync(new Uri($"/credentials/{answer.GetProperty("id").GetString()}", UriKind.Relative));

        Assert.Equal(mediaType, enveloped.MediaType);
        Assert.Equal(mediaType, read.Content.Headers.ContentType?.MediaType);
        Assert.Equal(enveloped.Secured.ToArray(), await read.Content.ReadAsByteArrayAsync());
        using HttpResponseMessage anchored = await university.Registrar.GetAsync(new Uri($"/credentials/{answer.GetProperty("id").GetString()}?form=anchored", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, anchored.StatusCode);
    }

    [Fact]
    public async Task Lets_no_holder_withhold_issuer_and_status()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement whole = (await university.Registrar.IssueAsync(options: new JsonObject { ["cryptosuite"] = "ecdsa-sd-2023" })).GetProperty("verifiableCredential");

        JsonObject copy = JsonNode.Parse(EcdsaSd2023Proofs.Derive(Utf8.Bytes(whole.GetRawText()), ["/credentialSubject/degree"]).Require())!.AsObject();

        Assert.Equal(university.Did, (string?)copy["issuer"]!["id"]);
        Assert.Equal(4, copy["credentialStatus"]!.AsArray().Count);
        Assert.False(copy["credentialSubject"]!.AsObject().ContainsKey("name"));
    }

    [Fact]
    public async Task Lets_a_holder_withhold_what_was_named()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement answer = await university.Registrar.IssueAsync(options: new JsonObject { ["form"] = "vc+sd-jwt", ["disclosable"] = new JsonArray("/credentialSubject/name") });

        SdJwt whole = SdJwt.Open(EnvelopedDocument.Open(answer.GetProperty("verifiableCredential")).Require().Secured).Require();

        Assert.Equal(["/credentialSubject/name"], whole.DisclosedPointers);
    }

    [Theory]
    [InlineData("""{"form":"vc+cose"}""")]
    [InlineData("""{"form":"vp+jwt"}""")]
    [InlineData("""{"form":["vc+jwt"]}""")]
    [InlineData("""{"cryptosuite":"Ed25519Signature2020"}""")]
    [InlineData("""{"cryptosuite":["ecdsa-jcs-2019","vc+jwt"]}""")]
    [InlineData("""{"cryptosuite":["ecdsa-jcs-2019","ecdsa-sd-2023"]}""")]
    [InlineData("""{"cryptosuite":"ecdsa-jcs-2019","form":"vc+jwt"}""")]
    [InlineData("""{"mandatoryPointers":["/issuer"]}""")]
    [InlineData("""{"form":"vc+jwt","disclosable":["/credentialSubject/name"]}""")]
    [InlineData("""{"form":"vc+sd-jwt","disclosable":["/credentialStatus/0"]}""")]
    [InlineData("""{"form":"vc+sd-jwt","disclosable":["/nothing"]}""")]
    [InlineData("""{"cryptosuite":"ecdsa-sd-2023","mandatoryPointers":["/nothing"]}""")]
    public async Task Refuses_forms_and_pointers_that_do_not_go_together(string options)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), JsonNode.Parse(options)!.AsObject());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }
}
