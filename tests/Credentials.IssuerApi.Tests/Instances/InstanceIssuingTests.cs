using System.Net;
using System.Text.Json.Nodes;
using Credentials.Verification;

namespace Credentials.IssuerApi.Tests.Instances;

/// <summary>What the interoperability suites look at when they issue.</summary>
public sealed class InstanceIssuingTests(InstancesApplication issuer) : IClassFixture<InstancesApplication>
{
    private const string DataIntegrity = "https://w3id.org/security/data-integrity/v2";

    public static TheoryData<string> Names => InstancesApplication.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Secures_what_a_verifier_accepts(string name)
    {
        JsonObject? options = name == "ecdsa-sd-2023" ? new() { ["mandatoryPointers"] = new JsonArray("/issuer") } : null;
        JsonObject secured = await issuer.IssueAsync(name, InstancesApplication.Credential(await issuer.DidOfAsync(name)), options);

        // A base proof of ecdsa-sd-2023 is its holder's, and is verified in the copies made of it.
        VerificationResult result = await issuer.VerifyAsync(name == "ecdsa-sd-2023" ? await DeriveAsync(secured, "/credentialSubject/name") : secured);
        Assert.True(result.Verdict == Verdict.Verified, result.Decisive?.Detail);
        Assert.Equal(await issuer.DidOfAsync(name), result.Credential!.IssuerId);
    }

    [Theory]
    [InlineData("vc-jwt", "data:application/vc+jwt,ey")]
    [InlineData("vc-sd-jwt", "data:application/vc+sd-jwt,ey")]
    [InlineData("vc-cose", "data:application/vc+cose;base64,")]
    public async Task Hands_an_envelope_over_in_its_data_url(string name, string id)
    {
        JsonObject secured = await issuer.IssueAsync(name, InstancesApplication.Credential(await issuer.DidOfAsync(name)));

        Assert.Equal("EnvelopedVerifiableCredential", (string?)secured["type"]);
        Assert.StartsWith(id, (string)secured["id"]!, StringComparison.Ordinal);
        Assert.Contains("https://www.w3.org/ns/credentials/v2", secured["@context"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False(secured.ContainsKey("proof"));
    }

    public static TheoryData<string, string, string?> Flaws { get; } = new()
    {
        { "no context", "@context", null },
        { "context is a number", "@context", "4" },
        { "context is empty", "@context", "[]" },
        { "another first context", "@context", """["https://www.w3.org/ns/credentials/examples/v2","https://www.w3.org/ns/credentials/v2"]""" },
        { "context is no URL", "@context", """["https://www.w3.org/ns/credentials/v2","https ://not-a-url/contexts"]""" },
        { "context is a number in the list", "@context", """["https://www.w3.org/ns/credentials/v2",7]""" },
        { "unknown context", "@context", """["https://www.w3.org/ns/credentials/v2","https://nobody.example/context"]""" },
        { "redefines a protected term", "@context", """["https://www.w3.org/ns/credentials/v2",{"VerifiableCredential":"https://evil.example/#Other"}]""" },
        { "no type", "type", null },
        { "type is a number", "type", "4" },
        { "type is another", "type", """["Diploma"]""" },
        { "type is not defined", "type", """["VerifiableCredential","NobodyDefinedThis"]""" },
        { "no issuer", "issuer", null },
        { "issuer is null", "issuer", "null" },
        { "issuer is a number", "issuer", "7" },
        { "issuer is a list", "issuer", "[]" },
        { "issuer is no URL", "issuer", "\"fake-issuer\"" },
        { "issuer is somebody else", "issuer", "\"did:example:somebody-else\"" },
        { "issuer object is somebody else", "issuer", """{"id":"did:example:somebody-else"}""" },
        { "issuer object with a null id", "issuer", """{"id":null}""" },
        { "issuer object whose id is no URL", "issuer", """{"id":"fake-issuer"}""" },
        { "no subject", "credentialSubject", null },
        { "subject is a text", "credentialSubject", "\"did:example:1234\"" },
        { "no subject in the list", "credentialSubject", "[]" },
        { "subject says nothing", "credentialSubject", "{}" },
        { "undefined term", "credentialSubject", """{"nobodyDefinedThis":"x"}""" },
        { "subject id is no URL", "credentialSubject", """{"id":"not a url","name":"Alice"}""" },
        { "id is no URL", "id", "\"not-a-url\"" },
        { "id is a list", "id", """["urn:uuid:1","urn:uuid:2"]""" },
        { "name in a bad language", "name", """{"@value":"Diploma","@language":["en"]}""" },
        { "name with a stranger's member", "name", """{"@value":"Diploma","@language":"en","url":"did:example:x"}""" },
        { "validFrom is no date", "validFrom", "\"yesterday\"" },
        { "validUntil without a time zone", "validUntil", "\"2030-01-01T00:00:00\"" },
        { "validUntil is a number", "validUntil", "2030" },
        { "status without a type", "credentialStatus", """{"id":"did:example:status"}""" },
        { "status with two ids", "credentialStatus", """{"id":["did:example:a","did:example:b"],"type":"BitstringStatusListEntry"}""" },
        { "schema without a type", "credentialSchema", """{"id":"https://example.org/schema.json"}""" },
        { "schema without an id", "credentialSchema", """{"type":"JsonSchema"}""" },
        { "evidence without a type", "evidence", """{"id":"https://example.org/evidence"}""" },
        { "terms of use without a type", "termsOfUse", """{"id":"https://example.org/terms"}""" },
        { "refresh service without a type", "refreshService", """{"id":"https://example.org/refresh"}""" },
        { "related resource without a digest", "relatedResource", """[{"id":"https://www.w3.org/ns/credentials/v2"}]""" },
        { "related resource with a digest that is none", "relatedResource", """[{"id":"https://www.w3.org/ns/credentials/v2","digestSRI":"sha384-xyz"}]""" },
        { "signed already", "proof", """{"type":"DataIntegrityProof"}""" },
    };

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Refuses_with_400_and_where(string flaw, string member, string? value)
    {
        JsonObject credential = InstancesApplication.Credential(await issuer.DidOfAsync("eddsa-rdfc-2022"));
        credential.Remove(member);
        if (value is not null)
        {
            credential[member] = JsonNode.Parse(value);
        }

        (HttpStatusCode status, JsonNode body) = await issuer.PostIssueAsync("eddsa-rdfc-2022", credential);

        Assert.True(status == HttpStatusCode.BadRequest, $"{flaw}: {status}");
        Assert.False(string.IsNullOrEmpty((string?)body["detail"]));
        Assert.All(body["errors"]!.AsArray(), error => Assert.StartsWith("/credential", (string)error!["pointer"]!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"credential":7}""", "/credential")]
    [InlineData("""{"verifiableCredential":{}}""", "")]
    [InlineData("""{"credential":{},"else":1}""", "/else")]
    [InlineData("""{"credential":{},"options":[]}""", "/options")]
    [InlineData("""{"credential":{},"options":{"colour":"red"}}""", "/options/colour")]
    [InlineData("""{"credential":{},"options":{"mandatoryPointers":"/issuer"}}""", "/options/mandatoryPointers")]
    [InlineData("""{"credential":{},"options":{"mandatoryPointers":[7]}}""", "/options/mandatoryPointers")]
    public async Task Refuses_a_request_that_is_none(string body, string pointer)
    {
        (HttpStatusCode status, JsonNode answer) = await issuer.PostAsync("/issuers/eddsa-rdfc-2022/credentials/issue", JsonNode.Parse(body)!);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(pointer, (string?)answer["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task Refuses_an_issuer_that_is_not_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await issuer.PostIssueAsync("nobody", InstancesApplication.Credential("did:example:x"))).Status);

    [Theory]
    [InlineData("2001-01-01T00:00:00Z", "2002-01-01T00:00:00Z")]
    [InlineData("2101-01-01T00:00:00Z", "2102-01-01T00:00:00Z")]
    [InlineData("2001-01-01T00:00:00.5+02:00", null)]
    public async Task Issues_for_the_past_and_for_the_future(string from, string? until)
    {
        JsonObject credential = InstancesApplication.Credential(await issuer.DidOfAsync("eddsa-rdfc-2022"));
        credential["validFrom"] = from;
        credential["validUntil"] = until;
        if (until is null)
        {
            credential.Remove("validUntil");
        }

        Assert.Equal(from, (string?)(await issuer.IssueAsync("eddsa-rdfc-2022", credential))["validFrom"]);
    }

    [Fact]
    public async Task Refuses_an_end_before_the_start()
    {
        JsonObject credential = InstancesApplication.Credential(await issuer.DidOfAsync("eddsa-rdfc-2022"));
        (credential["validFrom"], credential["validUntil"]) = ("2027-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
        Assert.Equal(HttpStatusCode.BadRequest, (await issuer.PostIssueAsync("eddsa-rdfc-2022", credential)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Keeps_the_other_members_of_an_issuer_object(bool withId)
    {
        string did = await issuer.DidOfAsync("eddsa-rdfc-2022");
        JsonObject credential = InstancesApplication.Credential(did);
        JsonObject party = new() { ["name"] = "Universidade Modelo", ["description"] = "A sample" };
        if (withId)
        {
            party["id"] = did;
        }

        credential["issuer"] = party;
        JsonNode secured = (await issuer.IssueAsync("eddsa-rdfc-2022", credential))["issuer"]!;

        Assert.Equal((did, "Universidade Modelo", "A sample"), ((string?)secured["id"], (string?)secured["name"], (string?)secured["description"]));
    }

    [Theory]
    [InlineData("eddsa-rdfc-2022", DataIntegrity)]
    [InlineData("eddsa-jcs-2022", DataIntegrity)]
    [InlineData("ecdsa-rdfc-2019-p384", DataIntegrity)]
    [InlineData("ecdsa-jcs-2019-p256", DataIntegrity)]
    [InlineData("legacy", "https://w3id.org/security/suites/ed25519-2020/v1")]
    public async Task Adds_the_context_of_the_proof_to_a_document_of_version_1_1_once(string name, string context)
    {
        JsonObject credential = InstancesApplication.CredentialV1(await issuer.DidOfAsync(name));
        JsonObject added = await issuer.IssueAsync(name, credential);
        credential["@context"]!.AsArray().Add(context);
        JsonObject kept = await issuer.IssueAsync(name, credential);

        string[] expected = ["https://www.w3.org/2018/credentials/v1", context];
        Assert.Equal(expected, added["@context"]!.AsArray().Select(item => (string)item!));
        Assert.Equal(expected, kept["@context"]!.AsArray().Select(item => (string)item!));
        Assert.Equal(Verdict.Verified, (await issuer.VerifyAsync(added)).Verdict);
    }

    [Theory]
    [InlineData("eddsa-jcs-2022", true)]
    [InlineData("ecdsa-jcs-2019-p384", true)]
    [InlineData("eddsa-rdfc-2022", false)]
    public async Task Carries_the_documents_context_in_proofs_over_jcs(string name, bool carries)
    {
        JsonObject secured = await issuer.IssueAsync(name, InstancesApplication.Credential(await issuer.DidOfAsync(name)));

        Assert.Equal(carries, secured["proof"]!.AsObject().TryGetPropertyValue("@context", out JsonNode? context) && JsonNode.DeepEquals(context, secured["@context"]));
    }

    [Fact]
    public async Task Refuses_a_mandatory_pointer_to_nothing()
    {
        JsonObject credential = InstancesApplication.Credential(await issuer.DidOfAsync("ecdsa-sd-2023"));
        JsonObject options = new() { ["mandatoryPointers"] = new JsonArray("/credentialSubject/nothing") };

        (HttpStatusCode status, JsonNode body) = await issuer.PostIssueAsync("ecdsa-sd-2023", credential, options);

        Assert.Equal((HttpStatusCode.BadRequest, "PROOF_GENERATION_ERROR"), (status, (string?)body["code"]));
    }

    private async Task<JsonNode> DeriveAsync(JsonObject secured, string pointer)
    {
        JsonObject body = new() { ["verifiableCredential"] = secured.DeepClone(), ["options"] = new JsonObject { ["selectivePointers"] = new JsonArray(pointer) } };
        (HttpStatusCode status, JsonNode answer) = await issuer.PostAsync("/credentials/derive", body);
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        return answer["verifiableCredential"]!;
    }
}
