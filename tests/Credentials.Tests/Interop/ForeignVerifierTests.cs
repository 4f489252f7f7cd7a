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

    public static TheoryData<string> Suites => ["ecdsa-jcs-2019", "eddsa-jcs-2022"];

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
            ["key-of-another"] = With((await thief.IssueAsync("brazil", suite)).Text, node => node["proof"]!["verificationMethod"] = $"{_issuer.Did}#{(suite == "ecdsa-jcs-2019" ? "p256" : "ed25519")}"),
        };

        IReadOnlyList<ForeignVerdict> verdicts = await ForeignVerifiers.VerifyAsync(_issuer.DocumentText, credentials);

        Assert.Equal(2 * credentials.Count, verdicts.Count);
        Assert.All(verdicts, verdict => Assert.False(verdict.Verified, verdict.ToString()));
    }

    /// <summary>A known limit of theirs: <c>!==</c> between two objects of one content. Ours verifies it; the specification asks for values.</summary>
    [InteropTheory]
    [MemberData(nameof(Suites))]
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
