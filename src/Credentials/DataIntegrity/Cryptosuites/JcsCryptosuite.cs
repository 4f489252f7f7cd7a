using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary>What the suites over JCS have in common: all but the name, the keys and the hashes.</summary>
/// <remarks>The numbered steps are those of "Create Proof", "Verify Proof" and "Hashing", which read alike in https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019 and https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022.</remarks>
public abstract class JcsCryptosuite : Cryptosuite
{
    private const string Context = "@context";

    private readonly Dictionary<KeyType, HashAlgorithmName> _hashes;

    private protected JcsCryptosuite(Dictionary<KeyType, HashAlgorithmName> hashes)
    {
        _hashes = hashes;
        KeyTypes = hashes.Keys.ToFrozenSet();
    }

    /// <inheritdoc/>
    public sealed override IReadOnlySet<KeyType> KeyTypes { get; }

    /// <inheritdoc/>
    /// <remarks>Create Proof, step 2: "If unsecuredDocument.@context is present, set proof.@context to unsecuredDocument.@context."</remarks>
    public sealed override bool ProofCarriesContext => true;

    /// <summary>A context may be appended to the document after it was signed; the contexts that were signed must still come first.</summary>
    public sealed override Problem? Check(JsonElement document, JsonElement proof)
    {
        // Verify Proof, step 4: If proofOptions.@context exists:
        if (!proof.TryGetProperty(Context, out JsonElement signed))
        {
            return null;
        }

        // 4.1 Check that the securedDocument.@context starts with all values contained in the proofOptions.@context in the same order. Otherwise, set verified to false ...
        return document.TryGetProperty(Context, out JsonElement present) && StartsWith(Values(present), Values(signed))
            ? null
            : new(ProblemCode.CryptographicSecurityError, "The document's @context does not begin with the contexts that were signed.", "/@context");
    }

    /// <inheritdoc/>
    public sealed override byte[] HashData(JsonElement document, JsonElement proofConfiguration, KeyType keyType)
    {
        HashAlgorithmName hash = _hashes[keyType];
        using JcsWriter writer = JcsWriter.Rent();

        // Proof Configuration: "the result of applying the JSON Canonicalization Scheme to the proofConfig", which has no proofValue (Verify Proof, step 2).
        // Hashing, step 2: Let proofConfigHash be the result of applying the hashing algorithm to the canonicalProofConfig.
        writer.WriteDocument(proofConfiguration, exceptMember: "proofValue");
        byte[] proofConfigHash = CryptographicOperations.HashData(hash, writer.Written);

        // Verify Proof, step 1: unsecuredDocument is a copy of securedDocument with the proof value removed.
        // 4.2 Set unsecuredDocument.@context equal to proofOptions.@context.
        // Transformation, step 2: canonicalDocument is the result of applying JCS to the unsecuredDocument.
        // Hashing, step 1: Let transformedDocumentHash be the result of applying the hashing algorithm to the transformedDocument.
        writer.WriteDocument(
            document,
            exceptMember: "proof",
            replacedMember: proofConfiguration.TryGetProperty(Context, out JsonElement context) ? Context : null,
            replacement: context);
        byte[] transformedDocumentHash = CryptographicOperations.HashData(hash, writer.Written);

        // 3. Let hashData be the result of joining proofConfigHash (the first hash) with transformedDocumentHash (the second hash).
        return [.. proofConfigHash, .. transformedDocumentHash];
    }

    private static bool StartsWith(ReadOnlySpan<JsonElement> values, ReadOnlySpan<JsonElement> prefix)
    {
        if (prefix.Length > values.Length)
        {
            return false;
        }

        for (int i = 0; i < prefix.Length; i++)
        {
            if (!JsonElement.DeepEquals(values[i], prefix[i]))
            {
                return false;
            }
        }

        return true;
    }

    // A context is one value or a list of them.
    private static JsonElement[] Values(JsonElement context) => context.ValueKind == JsonValueKind.Array ? [.. context.EnumerateArray()] : [context];
}
