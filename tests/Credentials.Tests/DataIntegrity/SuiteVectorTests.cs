using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Canonicalization;
using Credentials.DataIntegrity;
using Credentials.DataIntegrity.Cryptosuites;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>The vectors of vc-di-ecdsa and vc-di-eddsa, value by value.</summary>
public class SuiteVectorTests
{
    [VectorTheory]
    [MemberData(nameof(Registry.SuiteVectorFolders), MemberType = typeof(Registry))]
    public void Computes_every_value_on_the_way_to_the_signature(string folder)
    {
        SuiteVector vector = Find(folder);
        JsonElement configuration = vector.ProofConfiguration;
        PublicKey key = vector.PublicKey;
        var suite = (HashingCryptosuite)Cryptosuite.Find(vector.SuiteName)!;

        byte[] document = CanonicalForm(suite, vector.Unsecured, vector.Hash);
        byte[] proof = CanonicalForm(suite, configuration, vector.Hash);

        Assert.Equal(vector.CanonicalDocument, System.Text.Encoding.UTF8.GetString(document).Trim());
        Assert.Equal(vector.DocumentHash, CryptographicOperations.HashData(vector.Hash, document));
        Assert.Equal(vector.CanonicalProof, System.Text.Encoding.UTF8.GetString(proof).Trim());
        Assert.Equal(vector.ProofHash, CryptographicOperations.HashData(vector.Hash, proof));

        byte[] combined = suite.HashData(new(vector.Unsecured, configuration, [], null), key.Type).Require();

        Assert.Equal(vector.CombinedHash, combined);
        Assert.True(key.Verify(combined, vector.Signature));
        Assert.Equal(vector.Signature, Multibase.DecodeBase58Btc(vector.ProofValue));
    }

    [VectorTheory]
    [MemberData(nameof(Registry.SuiteVectorFolders), MemberType = typeof(Registry))]
    public void Verifies_the_signed_credential(string folder)
    {
        SuiteVector vector = Find(folder);
        JsonElement secured = StrictJson.Parse(vector.SecuredText).Require().RootElement;

        DataIntegrityProof proof = Assert.Single(DataIntegrityProof.ReadAll(secured)).Require();

        Assert.Equal(vector.ProofValue, proof.ProofValue);
        Assert.Equal(new DateTimeOffset(2023, 2, 24, 23, 36, 38, TimeSpan.Zero), proof.Created);
        Assert.Null(DataIntegritySuite.Verify(secured, proof, vector.PublicKey));
    }

    [VectorTheory]
    [MemberData(nameof(Registry.SuiteVectorFolders), MemberType = typeof(Registry))]
    public async Task Signs_the_credential_so_that_it_verifies_and_equals_where_signatures_are_deterministic(string folder)
    {
        SuiteVector vector = Find(folder);
        using SigningKey key = vector.SecretKey();
        Assert.Equal(vector.PublicKey, key.PublicKey);
        var options = new ProofOptions(
            vector.ProofConfiguration.GetProperty("verificationMethod").GetString()!,
            DateTimeOffset.Parse("2023-02-24T23:36:38Z", System.Globalization.CultureInfo.InvariantCulture));

        byte[] text = (await DataIntegritySuite.SignAsync(
            JsonSerializer.SerializeToUtf8Bytes(vector.Unsecured),
            Cryptosuite.Find(vector.SuiteName)!,
            key,
            options,
            CancellationToken.None)).Require();

        JsonElement secured = StrictJson.Parse(text).Require().RootElement;
        DataIntegrityProof proof = Assert.Single(DataIntegrityProof.ReadAll(secured)).Require();
        Assert.Null(DataIntegritySuite.Verify(secured, proof, vector.PublicKey));
        if (key.PublicKey.Type == KeyType.Ed25519)
        {
            Assert.Equal(vector.ProofValue, proof.ProofValue);
            Assert.True(JsonElement.DeepEquals(StrictJson.Parse(vector.SecuredText).Require().RootElement, secured));
        }
    }

    /// <summary>The vectors' credential, corrupted by name.</summary>
    public static TheoryData<string, string> Corruptions
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string folder in Registry.SuiteVectors.Select(vector => vector.Folder))
            {
                foreach (string corruption in Corrupt.Keys)
                {
                    rows.Add(folder, corruption);
                }
            }

            return rows;
        }
    }

    private static readonly Dictionary<string, Action<JsonNode>> Corrupt = new(StringComparer.Ordinal)
    {
        ["subject-altered"] = node => node["credentialSubject"]!["alumniOf"] = "The School of Forgers",
        ["subject-removed"] = node => node.AsObject().Remove("credentialSubject"),
        ["issuer-altered"] = node => node["issuer"] = "https://vc.example/issuers/5679",
        ["type-altered"] = node => node["type"] = new JsonArray("VerifiableCredential"),
        ["context-prepended"] = node => node["@context"]!.AsArray().Insert(0, "https://evil.example"),
        ["context-shortened"] = node => node["@context"]!.AsArray().RemoveAt(1),
        ["member-added"] = node => node["validUntil"] = "2033-01-01T00:00:00Z",
        ["created-altered"] = node => node["proof"]!["created"] = "2023-02-24T23:36:39Z",
        ["created-respelled"] = node => node["proof"]!["created"] = "2023-02-24T23:36:38+00:00",
        ["created-removed"] = node => node["proof"]!.AsObject().Remove("created"),
        ["purpose-altered"] = node => node["proof"]!["proofPurpose"] = "authentication",
        ["method-altered"] = node => node["proof"]!["verificationMethod"] = "did:example:thief#key",
        ["proof-expires-added"] = node => node["proof"]!["expires"] = "2040-01-01T00:00:00Z",
        ["suite-of-another-canonical-form"] = node => node["proof"]!["cryptosuite"] = Swap(node["proof"]!["cryptosuite"]?.GetValue<string>()),
        ["type-of-another-suite"] = node => node["proof"]!["type"] = node["proof"]!["cryptosuite"] is null ? "DataIntegrityProof" : "Ed25519Signature2020",
        ["signature-truncated"] = node => node["proof"]!["proofValue"] = node["proof"]!["proofValue"]!.GetValue<string>()[..^1],
        ["signature-extended"] = node => node["proof"]!["proofValue"] = node["proof"]!["proofValue"]!.GetValue<string>() + "1",
    };

    [VectorTheory]
    [MemberData(nameof(Corruptions))]
    public void Rejects_the_signed_credential_once_it_is_corrupted(string folder, string corruption)
    {
        SuiteVector vector = Find(folder);
        JsonNode node = Signed.Node(vector.SecuredText);
        Assert.Null(Signed.Verify(node, vector.PublicKey));
        Corrupt[corruption](node);
        Assert.NotNull(Signed.Verify(node, vector.PublicKey));
    }

    [VectorFact]
    public void Rejects_over_jcs_what_is_no_change_over_rdf()
    {
        foreach (SuiteVector vector in Registry.SuiteVectors)
        {
            bool overText = vector.SuiteName.Contains("jcs", StringComparison.Ordinal);
            JsonNode context = Signed.Node(vector.SecuredText);
            context["proof"]!.AsObject().Remove("@context");
            Assert.Equal(overText, Signed.Verify(context, vector.PublicKey) is not null);

            JsonNode types = Signed.Node(vector.SecuredText);
            types["type"] = new JsonArray([.. types["type"]!.AsArray().Reverse().Select(type => type!.DeepClone())]);
            Assert.Equal(overText, Signed.Verify(types, vector.PublicKey) is not null);
        }
    }

    private static string Swap(string? suite) => suite is null ? "eddsa-rdfc-2022"
        : suite.Contains("jcs", StringComparison.Ordinal) ? suite.Replace("jcs", "rdfc", StringComparison.Ordinal)
        : suite.Replace("rdfc", "jcs", StringComparison.Ordinal);

    private static byte[] CanonicalForm(HashingCryptosuite suite, JsonElement json, HashAlgorithmName hash) => suite is JcsCryptosuite
        ? Jcs.Canonicalize(json)
        : RdfCanonicalForm.Of(json, null, hash).Require().NQuads.ToArray();

    private static SuiteVector Find(string folder) => Registry.SuiteVectors.Single(vector => vector.Folder == folder);
}
