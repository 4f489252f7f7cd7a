using System.Diagnostics;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.JsonLd;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>What the suites over RDF refuse because the document says nothing, or nothing that is known, and how they say it.</summary>
public sealed class RdfcSuiteTests : IDisposable
{
    private const string Version1 = """
        {"@context":["https://www.w3.org/2018/credentials/v1","https://w3id.org/security/data-integrity/v2",{"@vocab":"https://example.edu/terms#"}],
        "id":"urn:uuid:1","type":["VerifiableCredential"],"issuer":"did:example:issuer","issuanceDate":"2020-01-01T00:00:00Z","credentialSubject":{"id":"did:example:subject","degree":"BSc"}}
        """;

    private readonly SigningKey _key = SigningKey.Generate(KeyType.Ed25519);

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData("eddsa-rdfc-2022", "https://w3id.org/security/data-integrity/v2")]
    [InlineData("eddsa-rdfc-2022", "https://w3id.org/security/data-integrity/v1")]
    [InlineData("Ed25519Signature2020", "https://w3id.org/security/suites/ed25519-2020/v1")]
    public async Task Secures_a_credential_of_version_1_1(string suite, string context)
    {
        JsonNode node = Signed.Node((await SignAsync(Version1.Replace("https://w3id.org/security/data-integrity/v2", context, StringComparison.Ordinal), suite)).Require());
        Assert.Null(Signed.Verify(node, _key.PublicKey));
        node["credentialSubject"]!["degree"] = "MSc";
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _key.PublicKey)?.Code);
    }

    [Theory]
    [InlineData("eddsa-rdfc-2022")]
    [InlineData("Ed25519Signature2020")]
    public async Task Refuses_a_credential_of_version_1_1_without_the_context_that_defines_the_proof(string suite)
    {
        string text = Version1.Replace(",\"https://w3id.org/security/data-integrity/v2\",{\"@vocab\":\"https://example.edu/terms#\"}", "", StringComparison.Ordinal).Replace(",\"degree\":\"BSc\"", "", StringComparison.Ordinal);
        Assert.Equal(ProblemCode.ProofTransformationError, (await SignAsync(text, suite)).Problem?.Code);
    }

    [Fact]
    public async Task Says_of_an_unknown_context_that_it_is_unknown_when_signing_and_when_verifying()
    {
        const string Text = """{"@context":["https://www.w3.org/ns/credentials/v2","https://unknown.example/v1"],"type":["VerifiableCredential"],"issuer":"did:example:issuer","credentialSubject":{"degree":"BSc"}}""";
        Assert.Equal(ProblemCode.UnknownContext, (await SignAsync(Text)).Problem?.Code);

        ContextLibrary supplied = Supplied("https://unknown.example/v1", "degree");
        byte[] signed = (await SignAsync(Text, contexts: supplied)).Require();
        DataIntegrityProof proof = DataIntegrityProof.ReadAll(Signed.Parse(signed))[0].Require();
        Assert.Null(DataIntegritySuite.Verify(Signed.Parse(signed), proof, _key.PublicKey, supplied));
        Assert.Equal(ProblemCode.UnknownContext, DataIntegritySuite.Verify(Signed.Parse(signed), proof, _key.PublicKey)?.Code);
    }

    [Fact]
    public async Task Rejects_a_context_exchanged_for_another_of_the_same_name()
    {
        const string Text = """{"@context":["https://www.w3.org/ns/credentials/v2","https://unknown.example/v1"],"type":["VerifiableCredential"],"issuer":"did:example:issuer","credentialSubject":{"degree":"BSc"}}""";
        byte[] signed = (await SignAsync(Text, contexts: Supplied("https://unknown.example/v1", "degree"))).Require();
        DataIntegrityProof proof = DataIntegrityProof.ReadAll(Signed.Parse(signed))[0].Require();
        Problem? problem = DataIntegritySuite.Verify(Signed.Parse(signed), proof, _key.PublicKey, Supplied("https://unknown.example/v1", "thesis"));
        Assert.Equal(ProblemCode.CryptographicSecurityError, problem?.Code);
    }

    [Theory]
    [InlineData("""{"issuer":"did:example:issuer"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","type":["VerifiableCredential"],"issuer":"did:example:issuer","undefined":"x"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","type":["VerifiableCredential","Undefined"],"issuer":"did:example:issuer"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","type":["VerifiableCredential"],"issuer":"relative"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","type":["VerifiableCredential"],"issuer":"did:example:issuer> <urn:p> <urn:o"}""")]
    [InlineData("""{"@context":["https://www.w3.org/ns/credentials/v2",{"VerifiableCredential":"urn:other"}],"type":["VerifiableCredential"],"issuer":"did:example:issuer"}""")]
    public async Task Refuses_to_sign_what_would_lose_a_part_of_what_it_says(string text) =>
        Assert.Equal(ProblemCode.ProofTransformationError, (await SignAsync(text)).Problem?.Code);

    [Fact]
    public async Task Gives_up_on_a_poisoned_document_within_a_second()
    {
        string clique = string.Join(',', Enumerable.Range(0, 12).Select(i => $$"""{"id":"_:n{{i}}","knows":[{{string.Join(',', Enumerable.Range(0, 12).Where(j => j != i).Select(j => $"{{\"id\":\"_:n{j}\"}}"))}}]}"""));
        string text = """{"@context":["https://www.w3.org/ns/credentials/v2",{"@vocab":"https://example.edu/terms#"}],"type":["VerifiableCredential"],"issuer":"did:example:issuer","credentialSubject":{"members":[CLIQUE]}}""".Replace("CLIQUE", clique, StringComparison.Ordinal);
        await SignAsync(Signed.TextFor("eddsa-rdfc-2022"));
        long start = Stopwatch.GetTimestamp();
        Problem? problem = (await SignAsync(text)).Problem;
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(ProblemCode.ProofTransformationError, problem?.Code);
        Assert.Contains(JsonLdErrorCode.TooMuchWork, problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_the_proof_in_the_contexts_of_its_document_whatever_it_claims_itself()
    {
        JsonNode node = Signed.Node((await SignAsync(Signed.TextFor("eddsa-rdfc-2022"))).Require());
        Assert.Null(node["proof"]!["@context"]);
        node["proof"]!["@context"] = JsonNode.Parse("""{"proofPurpose":"urn:other"}""");
        Assert.Null(Signed.Verify(node, _key.PublicKey));
        node["proof"]!["proofPurpose"] = "authentication";
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(node, _key.PublicKey)?.Code);
    }

    [Theory]
    [InlineData("Ed25519Signature2020", "eddsa-rdfc-2022")]
    [InlineData("DataIntegrityProof", "Ed25519Signature2020")]
    [InlineData("DataIntegrityProof", null)]
    public async Task Takes_a_proof_by_its_type_and_its_cryptosuite_together(string type, string? cryptosuite)
    {
        JsonNode node = Signed.Node((await SignAsync(Signed.TextFor("Ed25519Signature2020"), "Ed25519Signature2020")).Require());
        Assert.Null(Signed.Verify(node, _key.PublicKey));
        node["proof"]!["type"] = type;
        node["proof"]!["cryptosuite"] = cryptosuite;
        Assert.Contains(Signed.Verify(node, _key.PublicKey)?.Code, (string[])[ProblemCode.UnsupportedCryptosuite, ProblemCode.ProofVerificationError]);
    }

    private static ContextLibrary Supplied(string url, string term) =>
        ContextLibrary.Shipped.With(url, Utf8.Bytes($"{{\"@context\":{{\"degree\":\"https://example.edu/terms#{term}\"}}}}"));

    private Task<Parsed<byte[]>> SignAsync(string text, string suite = "eddsa-rdfc-2022", ContextLibrary? contexts = null) =>
        DataIntegritySuite.SignAsync(Utf8.Bytes(text), Cryptosuite.Find(suite)!, _key, new(Signed.Method, new(2026, 6, 30, 12, 0, 0, TimeSpan.Zero)), contexts, CancellationToken.None);
}
