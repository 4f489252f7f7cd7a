using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Dids;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Interop;

/// <summary>Verifiers that know nothing of us, over what we sign: bare, and with the anchor proof in the set.</summary>
public sealed class ForeignVerifierTests : IDisposable
{
    private readonly SampleIssuer _issuer = new();

    public static TheoryData<string> Suites => [.. JcsSuites, "ecdsa-rdfc-2019", "eddsa-rdfc-2022"];

    public static TheoryData<string> JcsSuites => ["ecdsa-jcs-2019", "eddsa-jcs-2022"];

    public void Dispose() => _issuer.Dispose();

    [InteropTheory]
    [MemberData(nameof(Suites))]
    public async Task Take_every_sample_bare_and_anchored(string suite)
    {
        var credentials = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string name in Samples.Names)
        {
            SampleAnchored anchored = await _issuer.IssueAnchoredAsync(name, suites: suite);
            credentials[$"{name}-bare"] = anchored.Bare.Text;
            credentials[$"{name}-anchored"] = anchored.Text;
        }

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(_issuer.DocumentText, credentials);

        Assert.Equal(2 * credentials.Count, verdicts.Count);
        Assert.All(verdicts, verdict =>
        {
            Assert.True(verdict.Verified, verdict.ToString());
            Assert.Equal([suite], verdict.Cryptosuites);
        });
    }

    [InteropTheory]
    [InlineData("ecdsa-jcs-2019", "eddsa-jcs-2022")]
    [InlineData("eddsa-jcs-2022", "ecdsa-jcs-2019")]
    [InlineData("ecdsa-rdfc-2019", "eddsa-rdfc-2022")]
    [InlineData("eddsa-rdfc-2022", "ecdsa-jcs-2019")]
    public async Task Take_a_set_of_both_signatures_and_the_anchor(string first, string second)
    {
        SampleAnchored anchored = await _issuer.IssueAnchoredAsync("china", suites: [first, second]);

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(
            _issuer.DocumentText,
            new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["bare"] = anchored.Bare.Text, ["anchored"] = anchored.Text });

        Assert.Equal(4, verdicts.Count);
        Assert.All(verdicts, verdict =>
        {
            Assert.True(verdict.Verified, verdict.ToString());
            Assert.Equal(new[] { first, second }.Order(StringComparer.Ordinal), verdict.Cryptosuites.Order(StringComparer.Ordinal));
        });
    }

    [InteropTheory]
    [InlineData(KeyType.P256, "ecdsa-jcs-2019")]
    [InlineData(KeyType.P384, "ecdsa-jcs-2019")]
    [InlineData(KeyType.Ed25519, "eddsa-jcs-2022")]
    public async Task Take_every_type_of_key_and_a_context_appended_after_signing(KeyType type, string suite)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] text = (await DataIntegritySuite.SignAsync(_issuer.Prepare("morocco").Text, Cryptosuite.Find(suite)!, key, new($"{_issuer.Did}#key", _issuer.Time), CancellationToken.None)).Require();
        Dictionary<string, byte[]> credentials = new(StringComparer.Ordinal)
        {
            ["bare"] = text,
            ["context-appended"] = With(text, node => node["@context"]!.AsArray().Add("https://www.w3.org/ns/credentials/examples/v2")),
        };

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(DidDocumentWriter.Write(_issuer.Did, [new("key", key.PublicKey)]), credentials);

        Assert.Equal(4, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.True(verdict.Verified, verdict.ToString()));
    }

    [InteropTheory]
    [MemberData(nameof(Suites))]
    public async Task Refuse_what_was_altered(string suite)
    {
        byte[] text = (await _issuer.IssueAnchoredAsync("brazil", suites: suite)).Text;
        using var thief = new SampleIssuer("another");
        Dictionary<string, byte[]> credentials = new(StringComparer.Ordinal)
        {
            ["subject-altered"] = With(text, node => node["credentialSubject"]!["id"] = "did:example:thief"),
            ["member-added"] = With(text, node => node["validUntil"] = "2099-01-01T00:00:00Z"),
            ["created-altered"] = With(text, node => node["proof"]![0]!["created"] = "2026-09-15T10:00:01Z"),
            ["signature-removed"] = With(text, node => node["proof"]!.AsArray().RemoveAt(0)),
            ["key-of-another"] = With((await thief.IssueAsync("brazil", suite)).Text, node => node["proof"]!["verificationMethod"] = $"{_issuer.Did}#{(suite.StartsWith("ecdsa", StringComparison.Ordinal) ? "p256" : "ed25519")}"),
        };

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(_issuer.DocumentText, credentials);

        Assert.Equal(2 * credentials.Count, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.False(verdict.Verified, verdict.ToString()));
    }

    [InteropTheory]
    [InlineData(KeyType.P256, "ecdsa-rdfc-2019")]
    [InlineData(KeyType.P384, "ecdsa-rdfc-2019")]
    [InlineData(KeyType.Ed25519, "eddsa-rdfc-2022")]
    public async Task Take_every_type_of_key_over_RDF(KeyType type, string suite)
    {
        using SigningKey key = SigningKey.Generate(type);
        byte[] text = (await DataIntegritySuite.SignAsync(_issuer.Prepare("morocco").Text, Cryptosuite.Find(suite)!, key, new($"{_issuer.Did}#key", _issuer.Time), CancellationToken.None)).Require();

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(DidDocumentWriter.Write(_issuer.Did, [new("key", key.PublicKey)]), new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["bare"] = text });

        Assert.Equal(2, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.True(verdict.Verified, verdict.ToString()));
    }

    [InteropFact]
    public async Task Take_what_a_holder_disclosed_and_refuse_what_was_altered_of_it()
    {
        ProofOptions options = new($"{_issuer.Did}#p256", _issuer.Time) { MandatoryPointers = ["/issuer", "/validFrom"] };
        byte[] whole = (await DataIntegritySuite.SignAsync(_issuer.Prepare("brazil").Text, Cryptosuite.Find("ecdsa-sd-2023")!, _issuer.P256, options, CancellationToken.None)).Require();
        byte[] nothing = EcdsaSd2023Proofs.Derive(whole, []).Require();
        byte[] subject = EcdsaSd2023Proofs.Derive(whole, ["/credentialSubject"]).Require();

        IReadOnlyList<ForeignVerdict> taken = await ForeignVerifiers.VerifyAsync(_issuer.DocumentText, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["subject"] = subject });
        IReadOnlyList<ForeignVerdict> refused = await ForeignVerifiers.VerifyAsync(_issuer.DocumentText, new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["whole"] = whole, // a base proof is for its holder
            ["altered"] = With(subject, node => node["credentialSubject"]!["id"] = "did:example:thief"),
            ["proof-of-less"] = With(subject, node => node["proof"]!["proofValue"] = (string?)JsonNode.Parse(nothing)!["proof"]!["proofValue"]),
        });

        Assert.Equal((2, 6), (taken.Count, refused.Count));
        Assert.All(taken, verdict => Assert.True(verdict.Verified, verdict.ToString()));
        Assert.All(refused, verdict => Assert.False(verdict.Verified, verdict.ToString()));
    }

    /// <summary>A known limit of theirs: <c>!==</c> between two objects of one content. Ours verifies it; the specification asks for values.</summary>
    [InteropTheory]
    [MemberData(nameof(JcsSuites))]
    public async Task Refuse_an_inline_context_which_is_why_the_samples_have_none(string suite)
    {
        byte[] template = With(Samples.Diploma("brazil"), node => node["@context"]!.AsArray().Add(JsonNode.Parse("""{"@vocab":"https://example.edu/terms#"}""")));
        byte[] text = await _issuer.SignAsync(_issuer.Prepare(template).Text, suite);

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(_issuer.DocumentText, new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["inline"] = text });

        Assert.Equal(2, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.Contains("@context", verdict.Error, StringComparison.Ordinal));
    }

    private static byte[] With(byte[] text, Action<JsonNode> change)
    {
        JsonNode node = JsonNode.Parse(text)!;
        change(node);
        return Utf8.Bytes(node.ToJsonString());
    }
}
