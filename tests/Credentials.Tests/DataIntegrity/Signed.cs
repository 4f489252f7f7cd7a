using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Tests.DataIntegrity;

/// <summary>Signs and verifies in a line.</summary>
internal static class Signed
{
    public const string Method = "did:example:issuer#key-1";

    /// <summary>A small document with what canonical forms trip over.</summary>
    public const string Text = """
        {
          "@context": ["https://www.w3.org/ns/credentials/v2", {"@vocab": "https://example.edu/terms#"}],
          "type": ["VerifiableCredential"],
          "issuer": "did:example:issuer",
          "credentialSubject": {"name": "Amélie \u0645\u0631\u064a\u0645", "ects": 180.0, "grade": 1.50, "final": true, "thesis": null, "courses": [{"n": 1}, {"n": 2}]}
        }
        """;

    /// <summary>The same for a suite: statements know no null, and the legacy suite has a context of its own.</summary>
    public static string TextFor(string suite) =>
        suite.Contains("jcs", StringComparison.Ordinal) ? Text
        : (suite == "Ed25519Signature2020" ? Text.Replace("v2\",", "v2\", \"https://w3id.org/security/suites/ed25519-2020/v1\",", StringComparison.Ordinal) : Text)
            .Replace(" \"thesis\": null,", "", StringComparison.Ordinal);

    /// <summary>Signs so that a verifier can verify: with selective disclosure, all is disclosed.</summary>
    public static async Task<byte[]> SignForVerifierAsync(string document, string suite, ISigner key)
    {
        byte[] signed = await SignAsync(document, suite, key);
        return suite == "ecdsa-sd-2023" ? EcdsaSd2023Proofs.Derive(signed, [""]).Require() : signed;
    }

    public static async Task<byte[]> SignAsync(byte[] document, string suite, ISigner key, string method = Method) =>
        (await DataIntegritySuite.SignAsync(document, Cryptosuite.Find(suite)!, key, new(method, new(2026, 6, 30, 12, 0, 0, TimeSpan.Zero)), CancellationToken.None)).Require();

    public static Task<byte[]> SignAsync(string document, string suite, ISigner key) => SignAsync(System.Text.Encoding.UTF8.GetBytes(document), suite, key);

    public static JsonElement Parse(byte[] text) => StrictJson.Parse(text).Require().RootElement;

    public static JsonElement Parse(JsonNode node) => Parse(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString()));

    public static JsonNode Node(byte[] text) => JsonNode.Parse(text)!;

    /// <summary>The verdict over one proof of a document: null when it verifies.</summary>
    public static Problem? Verify(JsonElement document, PublicKey key, int index = 0)
    {
        Parsed<DataIntegrityProof> proof = DataIntegrityProof.ReadAll(document)[index];
        return proof.Ok ? DataIntegritySuite.Verify(document, proof.Value, key) : proof.Problem;
    }

    public static Problem? Verify(byte[] text, PublicKey key, int index = 0) => Verify(Parse(text), key, index);

    public static Problem? Verify(JsonNode node, PublicKey key, int index = 0) => Verify(Parse(node), key, index);
}
