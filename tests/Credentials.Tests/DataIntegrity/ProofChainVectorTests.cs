using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.DataIntegrity;
using Credentials.Encoding;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.DataIntegrity;

/// <summary>The proof sets and proof chains of the vectors, made again byte by byte: Ed25519 signatures are deterministic.</summary>
public class ProofChainVectorTests
{
    private const string Folder = "vc-di-eddsa/proof-set-chain";

    /// <summary>Which proof is added by which key to which document, and what comes of it: configuration, signed configuration, document before, document after.</summary>
    private static readonly (string Key, string Configuration, string Signed, string Before, string After)[] Steps =
    [
        ("keyPair1", "proofSetConfig1.json", "proofSetConfigSigned1.json", "unsigned.json", "signedProofSet1.json"),
        ("keyPair2", "proofSetConfig2.json", "proofSetConfigSigned2.json", "signedProofSet1.json", "signedProofSet2.json"),
        ("keyPair3", "proofChainConfig1.json", "proofChainConfigSigned1.json", "signedProofSet2.json", "signedProofChain1.json"),
        ("keyPair4", "proofChainConfig2.json", "proofChainConfigSigned2.json", "signedProofChain1.json", "signedProofChain2.json"),
    ];

    /// <summary>Every file that is asserted here.</summary>
    internal static IEnumerable<string> Files =>
        Steps.SelectMany(step => new[] { step.Configuration, step.Signed, step.Before, step.After }).Concat(["multiKeyPairs.json", "proofChainTempDoc1.json", "proofChainTempDoc2.json"])
            .Distinct(StringComparer.Ordinal).Select(file => $"{Folder}/{file}");

    public static TheoryData<int> Indexes => [0, 1, 2, 3];

    [VectorTheory]
    [MemberData(nameof(Indexes))]
    public async Task Adds_the_proof_of_the_vectors(int step)
    {
        (string pair, string configuration, string signed, string before, string after) = Steps[step];
        JsonElement json = Json(configuration);
        using SigningKey key = Multikey.DecodeSecret(Json("multiKeyPairs.json").GetProperty(pair).GetProperty("privateKeyMultibase").GetString()!).Require();
        var options = new ProofOptions(json.GetProperty("verificationMethod").GetString()!, DateTimeOffset.Parse(json.GetProperty("created").GetString()!, System.Globalization.CultureInfo.InvariantCulture))
        {
            Id = json.TryGetProperty("id", out JsonElement id) ? id.GetString() : null,
            PreviousProof = !json.TryGetProperty("previousProof", out JsonElement previous) ? []
                : previous.ValueKind == JsonValueKind.Array ? [.. previous.EnumerateArray().Select(each => each.GetString()!)]
                : [previous.GetString()!],
        };

        byte[] text = (await DataIntegritySuite.SignAsync(Vectors.Bytes(Folder, before), Cryptosuite.Find("eddsa-rdfc-2022")!, key, options, CancellationToken.None)).Require();

        JsonElement secured = Signed.Parse(text);
        Assert.True(JsonElement.DeepEquals(Json(signed), DataIntegrityProof.ReadAll(secured)[^1].Require().Json));
        Assert.True(JsonElement.DeepEquals(AsArray(Json(after)), AsArray(secured)));
    }

    [VectorTheory]
    [MemberData(nameof(Indexes))]
    public void Verifies_every_proof_of_the_document(int step)
    {
        JsonElement secured = Json(Steps[step].After);
        IReadOnlyList<Parsed<DataIntegrityProof>> proofs = DataIntegrityProof.ReadAll(secured);
        Assert.Equal(step + 1, proofs.Count);
        Assert.All(proofs, proof => Assert.Null(DataIntegritySuite.Verify(secured, proof.Require(), KeyOf(proof.Require()))));
    }

    [VectorTheory]
    [InlineData(2, "proofChainTempDoc1.json")]
    [InlineData(3, "proofChainTempDoc2.json")]
    public void Signs_the_document_with_the_proofs_that_are_built_on(int step, string temporary)
    {
        JsonElement before = Json(Steps[step].Before);
        IReadOnlyList<string> ids = DataIntegrityProof.ReadAll(Json(Steps[step].After))[step].Require().PreviousProof;
        JsonElement[] previous = ProofChain.Match(before, ids, null).Require();
        using JsonDocument input = new ProofInput(before, Json(Steps[step].Configuration), previous, null).InputDocument();
        Assert.True(JsonElement.DeepEquals(AsArray(Json(temporary)), AsArray(input.RootElement)));
    }

    [VectorFact]
    public void Rejects_a_chain_whose_earlier_proof_was_altered_removed_or_exchanged()
    {
        JsonElement secured = Json("signedProofChain2.json");
        PublicKey third = KeyOf(DataIntegrityProof.ReadAll(secured)[2].Require());
        PublicKey fourth = KeyOf(DataIntegrityProof.ReadAll(secured)[3].Require());

        JsonNode altered = JsonNode.Parse(secured.GetRawText())!;
        altered["proof"]![0]!["created"] = "2023-02-24T23:36:39Z";
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(altered, third, 2)?.Code);
        Assert.Null(Signed.Verify(altered, fourth, 3));

        JsonNode removed = JsonNode.Parse(secured.GetRawText())!;
        removed["proof"]!.AsArray().RemoveAt(1);
        Problem? missing = Signed.Verify(removed, third, 1);
        Assert.Equal((ProblemCode.ProofVerificationError, "/proof/1/previousProof"), (missing?.Code, missing?.Pointer));

        JsonNode exchanged = JsonNode.Parse(secured.GetRawText())!;
        exchanged["proof"]![0]!["proofValue"] = exchanged["proof"]![1]!["proofValue"]!.GetValue<string>();
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(exchanged, third, 2)?.Code);

        JsonNode unlinked = JsonNode.Parse(secured.GetRawText())!;
        unlinked["proof"]![3]!.AsObject().Remove("previousProof");
        Assert.Equal(ProblemCode.CryptographicSecurityError, Signed.Verify(unlinked, fourth, 3)?.Code);
    }

    private static JsonElement Json(string file) => Vectors.Json(Folder, file);

    private static PublicKey KeyOf(DataIntegrityProof proof) => Multikey.Decode(proof.VerificationMethod![(proof.VerificationMethod!.IndexOf('#', StringComparison.Ordinal) + 1)..]).Require();

    // The vectors write a single proof as an object, or as an array of one.
    private static JsonElement AsArray(JsonElement document)
    {
        JsonNode node = JsonNode.Parse(document.GetRawText())!;
        if (node["proof"] is JsonObject single)
        {
            node["proof"] = new JsonArray(single.DeepClone());
        }

        return StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(node.ToJsonString())).Require().RootElement;
    }
}
