using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.DataIntegrity.SelectiveDisclosure;
using Credentials.Encoding;
using Credentials.JsonLd;

namespace Credentials.DataIntegrity;

/// <summary>What a holder does with a base proof of <c>ecdsa-sd-2023</c>: shows a part of the credential.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#add-derived-proof-ecdsa-sd-2023</remarks>
public static class EcdsaSd2023Proofs
{
    private const string Name = "ecdsa-sd-2023";

    /// <summary>The document with what the issuer made mandatory and what the pointers select, and a derived proof over it. Anchor proofs stay; other proofs, which are over the whole, do not, nor do anchor proofs that date those too.</summary>
    /// <param name="document">UTF-8 JSON text with one base proof.</param>
    /// <param name="selectivePointers">RFC 6901 pointers into it, such as <c>/credentialSubject/name</c>; ids and types on the way are shown too.</param>
    /// <param name="contexts">What the document's terms mean; null: <see cref="ContextLibrary.Shipped"/>.</param>
    /// <returns>UTF-8 JSON text. <see cref="ProblemCode.ProofGenerationError"/> when a pointer points to nothing, <see cref="ProblemCode.ProofVerificationError"/> when there is no base proof or it is not of this document. The base proof is not verified.</returns>
    public static Parsed<byte[]> Derive(ReadOnlyMemory<byte> document, IReadOnlyList<string> selectivePointers, ContextLibrary? contexts = null)
    {
        ArgumentNullException.ThrowIfNull(selectivePointers);
        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        if (ProofsOf(json.RootElement).Where(IsOfSuite).ToArray() is not [var proof] || ValueOf(proof) is not { } bytes || BaseProofValue.Read(bytes) is not { } baseProof)
        {
            return new Problem(ProblemCode.ProofVerificationError, "The document carries no base proof of ecdsa-sd-2023, or more than one.", "/proof");
        }

        using JsonDocument unsecured = ProofDocument.WithProofs(json.RootElement, []);
        Parsed<Disclosure> disclosure = Disclosure.Of(unsecured.RootElement, baseProof, selectivePointers, contexts);
        if (!disclosure.Ok)
        {
            return disclosure.Problem;
        }

        // 2. Initialize newProof to a shallow copy of proof. 3. Replace proofValue in newProof with the result of serializeDerivedProofValue.
        JsonObject newProof = JsonObject.Create(proof)!;
        newProof["proofValue"] = Multibase.EncodeBase64Url(disclosure.Value.ProofValue.Write());

        // 4. Set the value of the "proof" property in revealDocument to newProof.
        ILookup<bool, JsonElement> others = ProofsOf(json.RootElement).Where(other => !IsOfSuite(other)).ToLookup(MerkleAnchor2026.IsAnchor);
        JsonNode[] proofs = [newProof, .. (others[false].Any() ? [] : others[true]).Select(anchor => JsonObject.Create(anchor)!)];
        disclosure.Value.RevealDocument["proof"] = proofs.Length == 1 ? newProof : new JsonArray(proofs);
        return JsonSerializer.SerializeToUtf8Bytes(disclosure.Value.RevealDocument, RelaxedJson);
    }

    /// <summary>Whether a proof is a base proof: nobody can verify it, and nobody but the holder should have it.</summary>
    public static bool IsBaseProof(DataIntegrityProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return IsOfSuite(proof.Json) && ValueOf(proof.Json) is { } bytes && BaseProofValue.IsOne(bytes);
    }

    /// <summary>The issuer's signature in a base or derived proof, which is the same in both; null for anything else.</summary>
    internal static byte[]? BaseSignatureOf(JsonElement proof) =>
        !IsOfSuite(proof) || ValueOf(proof) is not { } bytes ? null
        : BaseProofValue.IsOne(bytes) ? BaseProofValue.Read(bytes)?.BaseSignature
        : DerivedProofValue.Read(bytes)?.BaseSignature;

    private static readonly JsonSerializerOptions RelaxedJson = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonElement[] ProofsOf(JsonElement document) =>
        document.ValueKind != JsonValueKind.Object || !document.TryGetProperty("proof", out JsonElement proof) ? []
        : proof.ValueKind != JsonValueKind.Array ? [proof]
        : proof.GetArrayLength() > DataIntegrityProof.MaxProofs ? []
        : [.. proof.EnumerateArray()];

    private static bool IsOfSuite(JsonElement proof) => Text(proof, "type") == DataIntegrityProof.DataIntegrityType && Text(proof, "cryptosuite") == Name;

    private static byte[]? ValueOf(JsonElement proof) =>
        Text(proof, "proofValue") is [Multibase.Base64UrlPrefix, ..] value ? Multibase.Decode(value, DataIntegritySuite.MaxProofValue) : null;

    private static string? Text(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
