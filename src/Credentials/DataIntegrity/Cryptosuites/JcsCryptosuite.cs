using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary>What the suites over JCS have in common: all but the name, the keys and the hashes.</summary>
/// <remarks>The numbered steps are those of "Create Proof", "Verify Proof" and "Hashing", which read alike in https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-jcs-2019 and https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022.</remarks>
public abstract class JcsCryptosuite : HashingCryptosuite
{
    private const string Context = "@context";

    private protected JcsCryptosuite(Dictionary<KeyType, HashAlgorithmName> hashes)
        : base(hashes)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Create Proof, step 2: "If unsecuredDocument.@context is present, set proof.@context to unsecuredDocument.@context."</remarks>
    public sealed override bool ProofCarriesContext => true;

    /// <summary>A context may be appended to the document after it was signed; the contexts that were signed must still come first.</summary>
    private protected sealed override Problem? Check(ProofInput input)
    {
        // Verify Proof, step 4: If proofOptions.@context exists:
        if (!input.Configuration.TryGetProperty(Context, out JsonElement signed))
        {
            return null;
        }

        // 4.1 Check that the securedDocument.@context starts with all values contained in the proofOptions.@context in the same order. Otherwise, set verified to false ...
        return input.DocumentContext is { ValueKind: not JsonValueKind.Undefined } present && StartsWith(Values(present), Values(signed))
            ? null
            : new(ProblemCode.CryptographicSecurityError, "The document's @context does not begin with the contexts that were signed.", "/@context");
    }

    // Proof Configuration: "the result of applying the JSON Canonicalization Scheme to the proofConfig", which has no proofValue (Verify Proof, step 2).
    private protected sealed override Problem? HashConfiguration(ProofInput input, HashAlgorithmName hash, Span<byte> destination) =>
        Hash(input.Configuration, "proofValue", null, default, hash, destination);

    private protected sealed override Problem? HashDocument(ProofInput input, HashAlgorithmName hash, Span<byte> destination)
    {
        // Verify Proof, step 1: unsecuredDocument is a copy of securedDocument with the proof value removed.
        // 4.2 Set unsecuredDocument.@context equal to proofOptions.@context.
        // Transformation, step 2: canonicalDocument is the result of applying JCS to the unsecuredDocument.
        string? replaced = input.Configuration.TryGetProperty(Context, out JsonElement context) ? Context : null;
        if (input.PreviousProofs.Count == 0)
        {
            return Hash(input.Document, "proof", replaced, context, hash, destination);
        }

        using JsonDocument document = input.InputDocument();
        return Hash(document.RootElement, null, replaced, context, hash, destination);
    }

    private static Problem? Hash(JsonElement json, string? exceptMember, string? replacedMember, JsonElement replacement, HashAlgorithmName hash, Span<byte> destination)
    {
        try
        {
            using JcsWriter writer = JcsWriter.Rent();
            writer.WriteDocument(json, exceptMember, replacedMember, replacement);
            CryptographicOperations.HashData(hash, writer.Written, destination);
            return null;
        }
        catch (FormatException e)
        {
            return new(ProblemCode.ProofTransformationError, $"The document has no canonical form. {e.Message}", "");
        }
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
