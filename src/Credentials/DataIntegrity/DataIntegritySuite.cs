using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.DataIntegrity;

/// <summary>Adds and verifies Data Integrity proofs.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#algorithms</remarks>
public static class DataIntegritySuite
{
    /// <summary>Signs a document and returns its text with the proof added; existing proofs stay (a proof set). Every other byte of the text is kept.</summary>
    /// <param name="document">UTF-8 JSON text of an object.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="signer">The key.</param>
    /// <param name="options">What the proof says.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The suite does not sign with such keys.</exception>
    public static async Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, Cryptosuite suite, ISigner signer, ProofOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(options);
        if (!suite.KeyTypes.Contains(signer.PublicKey.Type))
        {
            throw new ArgumentException($"{suite.Name} does not sign with {signer.PublicKey.Type}.", nameof(signer));
        }

        Parsed<JsonDocument> parsed = StrictJson.Parse(document);
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument json = parsed.Value;
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new Problem(ProblemCode.MalformedValueError, "Only an object can be signed.", "");
        }

        // Create Proof, steps 1 and 2.
        byte[] configuration = WriteConfiguration(json.RootElement, suite, options);
        Parsed<byte[]> hashData = Hash(json.RootElement, configuration, suite, signer.PublicKey.Type);
        if (!hashData.Ok)
        {
            return hashData.Problem;
        }

        // Step 6: Let proofBytes be the result of running the algorithm in Proof Serialization with hashData.
        byte[] proofBytes = await signer.SignAsync(hashData.Value, cancellationToken).ConfigureAwait(false);

        int expected = signer.PublicKey.Algorithm.SignatureLength;
        if (proofBytes.Length != expected)
        {
            // A signing service that answers in DER, say: better no credential than one that nobody can verify.
            return new Problem(ProblemCode.ProofGenerationError, $"The signer returned {proofBytes.Length} bytes where a signature has {expected} (ECDSA: r || s of fixed width).");
        }

        // Step 7: Let proof.proofValue be a base58-btc-encoded Multibase value of the proofBytes.
        byte[] proof = [.. configuration.AsSpan(..^1), .. ",\"proofValue\":\""u8, .. System.Text.Encoding.ASCII.GetBytes(Multibase.EncodeBase58Btc(proofBytes)), .. "\"}"u8];
        return ProofSet.Append(document.Span, json.RootElement, proof);
    }

    /// <summary>Verifies one proof over its document with the key that it names. Null when it verifies.</summary>
    /// <returns>
    /// <see cref="ProblemCode.CryptographicSecurityError"/> when the signature is not the key's over this document: evidence against the document.
    /// <see cref="ProblemCode.ProofVerificationError"/> or <see cref="ProblemCode.ProofTransformationError"/> when there is nothing that could be verified, <see cref="ProblemCode.InvalidVerificationMethod"/> when the key does not fit the suite;
    /// <see cref="ProblemCode.UnsupportedCryptosuite"/> and <see cref="ProblemCode.Unsupported"/> when this library or platform cannot tell.
    /// </returns>
    public static Problem? Verify(JsonElement document, DataIntegrityProof proof, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(key);
        string pointer = proof.Pointer;
        if (document.ValueKind != JsonValueKind.Object)
        {
            return new(ProblemCode.MalformedValueError, "Only an object can be secured.", "");
        }

        if (proof.Type != DataIntegrityProof.DataIntegrityType || Cryptosuite.Find(proof.Cryptosuite) is not { } suite)
        {
            return new(ProblemCode.UnsupportedCryptosuite, $"The proof is of the suite {proof.Cryptosuite ?? proof.Type}, which is not known here.", pointer);
        }

        if (!suite.KeyTypes.Contains(key.Type))
        {
            return new(ProblemCode.InvalidVerificationMethod, $"The key is of type {key.Type}, with which {suite.Name} does not sign.", pointer + "/verificationMethod");
        }

        if (proof.VerificationMethod is null)
        {
            return new(ProblemCode.ProofVerificationError, "The proof names no verificationMethod.", pointer);
        }

        // Verify Proof, step 3: proofBytes is the Multibase decoded base58-btc value.
        if (proof.ProofValue is null || Multibase.DecodeBase58Btc(proof.ProofValue) is not { } proofBytes)
        {
            return new(ProblemCode.ProofVerificationError, "The proofValue is no base58btc text that begins with \"z\".", pointer + "/proofValue");
        }

        if (!PublicKey.IsSupported(key.Type))
        {
            return new(ProblemCode.Unsupported, $"This platform cannot verify {key.Type}: it lacks OpenSSL 3.", pointer);
        }

        if (suite.Check(document, proof.Json) is { } problem)
        {
            return problem;
        }

        Parsed<byte[]> hashData = Hash(document, proof.Json, suite, key.Type);
        return !hashData.Ok ? hashData.Problem
            : key.Verify(hashData.Value, proofBytes) ? null
            : new(ProblemCode.CryptographicSecurityError, "The signature is not that of the key over this document: one of them was altered, or another key signed.", pointer + "/proofValue");
    }

    private static Parsed<byte[]> Hash(JsonElement document, ReadOnlyMemory<byte> configuration, Cryptosuite suite, KeyType keyType)
    {
        using JsonDocument json = JsonDocument.Parse(configuration, new() { MaxDepth = StrictJson.MaxDepth });
        return Hash(document, json.RootElement, suite, keyType);
    }

    private static Parsed<byte[]> Hash(JsonElement document, JsonElement configuration, Cryptosuite suite, KeyType keyType)
    {
        try
        {
            return suite.HashData(document, configuration, keyType);
        }
        catch (FormatException e)
        {
            return new Problem(ProblemCode.ProofTransformationError, $"The document has no canonical form. {e.Message}", "");
        }
    }

    private static byte[] WriteConfiguration(JsonElement document, Cryptosuite suite, ProofOptions options)
    {
        // Written by hand: a Utf8JsonWriter takes buffers of 4 KiB, which cost more than the whole canonical form.
        var text = new ByteBuffer(512);
        text.Append("{\"type\":\"DataIntegrityProof\",\"cryptosuite\":"u8);
        text.AppendQuoted(Encode(suite.Name));
        if (options.Created is { } created)
        {
            text.Append(",\"created\":"u8);
            text.AppendQuoted(Encode(XsdDateTime.Format(created)));
        }

        text.Append(",\"verificationMethod\":"u8);
        text.AppendQuoted(Encode(options.VerificationMethod));
        text.Append(",\"proofPurpose\":"u8);
        text.AppendQuoted(Encode(options.ProofPurpose));
        if (suite.ProofCarriesContext && document.TryGetProperty("@context", out JsonElement context))
        {
            text.Append(",\"@context\":"u8);
            text.Append(JsonMarshal.GetRawUtf8Value(context));
        }

        text.Append((byte)'}');
        return text.Written.ToArray();
    }

    private static ReadOnlySpan<byte> Encode(string text) => JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
}
