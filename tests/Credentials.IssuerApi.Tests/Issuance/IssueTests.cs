using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.Dids;
using Credentials.TestKit;

namespace Credentials.IssuerApi.Tests.Issuance;

public sealed class IssueTests(IssuerApplication issuer) : IClassFixture<IssuerApplication>
{
    [Fact]
    public async Task Signs_with_the_institutions_P256_key_unless_told_otherwise()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement credential = await IssueAndReadAsync(university, Diploma.Unsigned(), null);

        DataIntegrityProof proof = Assert.Single(DataIntegrityProof.ReadAll(credential)).Require();
        Assert.Equal("ecdsa-jcs-2019", proof.Cryptosuite);
        await AssertVerifiesAsync(university, credential);
    }

    [Fact]
    public async Task Makes_a_proof_set_of_several_suites()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonObject options = new() { ["cryptosuite"] = new JsonArray("ecdsa-jcs-2019", "eddsa-jcs-2022") };
        JsonElement credential = await IssueAndReadAsync(university, Diploma.Unsigned(), options);

        Assert.Equal(["ecdsa-jcs-2019", "eddsa-jcs-2022"], DataIntegrityProof.ReadAll(credential).Select(proof => proof.Require().Cryptosuite));
        await AssertVerifiesAsync(university, credential);
    }

    [Fact]
    public async Task Fills_what_is_missing_and_names_status_lists_and_registry()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonElement answer = await university.Registrar.IssueAsync();
        VerifiableCredential credential = VerifiableCredential.Parse(Utf8.Bytes(answer.GetProperty("verifiableCredential").GetRawText())).Require();

        Assert.Equal($"urn:uuid:{answer.GetProperty("id").GetString()}", credential.Id);
        Assert.Equal(university.Did, credential.IssuerId);
        Assert.Equal(0, credential.ValidFrom!.Value.Millisecond);
        Assert.Equal(["revocation", "suspension", "message"], credential.StatusEntries.Select(entry => entry.StatusPurpose));
        Assert.Single(credential.StatusEntries.Select(entry => entry.StatusListIndex).Distinct());
        RegistryEntry entry = Assert.Single(credential.RegistryEntries);
        Assert.Equal(issuer.Chain.Registry, entry.Registry);
        Assert.Equal(university.ChainInstitution, entry.Institution.ToString());
    }

    [Theory]
    [InlineData("morocco")]
    [InlineData("china")]
    [InlineData("brazil")]
    public async Task Keeps_every_byte_of_what_the_caller_said(string sample)
    {
        University university = await issuer.CreateUniversityAsync();
        JsonObject diploma = JsonNode.Parse(Samples.Diploma(sample))!.AsObject();
        diploma["issuer"]!["id"] = university.Did;
        JsonElement credential = await IssueAndReadAsync(university, diploma, null);

        string sent = diploma.ToJsonString();
        Assert.StartsWith(sent[..^1], credential.GetRawText(), StringComparison.Ordinal);
        await AssertVerifiesAsync(university, credential);
    }

    [Fact]
    public async Task Keeps_the_callers_own_id_and_finds_the_credential_by_it()
    {
        University university = await issuer.CreateUniversityAsync();
        string id = "urn:uuid:" + Guid.NewGuid();
        JsonElement answer = await university.Registrar.IssueAsync(Diploma.With("id", id));

        Assert.Equal(id, answer.GetProperty("verifiableCredential").GetProperty("id").GetString());
        using HttpResponseMessage found = await university.Registrar.GetAsync($"/credentials/{id}");
        Assert.Equal(id, (await found.ReadAsync(HttpStatusCode.OK)).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Refuses_a_second_credential_with_the_same_id()
    {
        University university = await issuer.CreateUniversityAsync();
        JsonObject diploma = Diploma.With("id", "https://example.edu/diplomas/1");
        await university.Registrar.IssueAsync(diploma);

        using HttpResponseMessage again = await university.Registrar.PostIssueAsync(diploma);
        await again.ReadProblemAsync(HttpStatusCode.Conflict, "CONFLICT");
    }

    [Fact]
    public async Task Lets_two_institutions_use_the_same_id()
    {
        JsonObject diploma = Diploma.With("id", "https://example.edu/diplomas/shared");
        await (await issuer.CreateUniversityAsync()).Registrar.IssueAsync(diploma);
        await (await issuer.CreateUniversityAsync()).Registrar.IssueAsync(diploma);
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "proof", """{"type":"DataIntegrityProof"}""", "/credential/proof" },
        { "credentialStatus", """{"type":"BitstringStatusListEntry"}""", "/credential/credentialStatus" },
        { "issuer", "\"did:web:somebody.example\"", "/credential/issuer" },
        { "issuer", """{"id":"did:web:somebody.example"}""", "/credential/issuer" },
        { "issuer", "17", "/credential/issuer" },
        { "@context", "\"https://www.w3.org/2018/credentials/v1\"", "/credential/@context" },
        { "@context", "[]", "/credential/@context" },
        { "id", "17", "/credential/id" },
        { "id", "\"no url\"", "/credential/id" },
        { "type", "\"Diploma\"", "/credential/type" },
        { "validFrom", "\"yesterday\"", "/credential/validFrom" },
        { "credentialSubject", "\"Maria\"", "/credential/credentialSubject" },
        { "credentialSubject", "[]", "/credential/credentialSubject" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refuses_a_credential_and_points_to_what_is_wrong(string member, string value, string pointer)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostIssueAsync(Diploma.With(member, JsonNode.Parse(value)));

        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Contains(problem.GetProperty("errors").EnumerateArray(), error => error.GetProperty("pointer").GetString()!.StartsWith(pointer, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"cryptosuite":"rot13"}""", "/options/cryptosuite")]
    [InlineData("""{"cryptosuite":[]}""", "/options/cryptosuite")]
    [InlineData("""{"cryptosuite":17}""", "/options/cryptosuite")]
    [InlineData("""{"cryptosuite":["ecdsa-jcs-2019","ecdsa-jcs-2019"]}""", "/options/cryptosuite")]
    [InlineData("""{"mandatoryPointers":[]}""", "/options/mandatoryPointers")]
    public async Task Refuses_options_that_it_would_have_to_ignore(string options, string pointer)
    {
        University university = await issuer.CreateUniversityAsync();
        using HttpResponseMessage answer = await university.Registrar.PostIssueAsync(Diploma.Unsigned(), JsonNode.Parse(options)!.AsObject());

        JsonElement problem = await answer.ReadProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(pointer, problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    private static async Task<JsonElement> IssueAndReadAsync(University university, JsonObject diploma, JsonObject? options)
    {
        JsonElement answer = await university.Registrar.IssueAsync(diploma, options);
        using HttpResponseMessage read = await university.Registrar.GetAsync(answer.GetProperty("links").GetProperty("self").GetString());
        Assert.Equal("application/vc", read.Content.Headers.ContentType?.MediaType);
        string stored = await read.Content.ReadAsStringAsync();
        Assert.Equal(stored, answer.GetProperty("verifiableCredential").GetRawText());
        return JsonDocument.Parse(stored).RootElement;
    }

    private static async Task AssertVerifiesAsync(University university, JsonElement credential)
    {
        using HttpResponseMessage answer = await university.Registrar.GetAsync($"/institutions/{university.Slug}/did.json");
        DidDocument document = DidDocument.Read(await answer.ReadAsync(HttpStatusCode.OK), university.Did).Require();
        foreach (Parsed<DataIntegrityProof> proof in DataIntegrityProof.ReadAll(credential))
        {
            VerificationMethod method = document.VerificationMethods.Single(each => each.Id == proof.Require().VerificationMethod);
            Assert.Contains(method.Id, document.AssertionMethods);
            Assert.Null(DataIntegritySuite.Verify(credential, proof.Require(), method.Key.Require()));
        }
    }
}
