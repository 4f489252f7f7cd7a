using System.Text.Json;
using Credentials.Encoding;
using Credentials.JsonLd;
using Credentials.Keys;

namespace Credentials.DataIntegrity;

/// <summary>Adds and verifies Data Integrity proofs.</summary>
/// <remarks>https://www.w3.org/TR/vc-data-integrity/#algorithms</remarks>
public static class DataIntegritySuite
{
    /// <summary>The place of a problem with the proof value before the proof's own place is known.</summary>
    internal const string ProofValuePlace = "proofValue";

    /// <summary>Characters of a proof value in base64url: for selective disclosure, the signatures of some ten thousand statements.</summary>
    internal const int MaxProofValue = 1024 * 1024;

    /// <summary>As the overload with contexts, with those that ship.</summary>
    public static Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, Cryptosuite suite, ISigner signer, ProofOptions options, CancellationToken cancellationToken) =>
        SignAsync(document, suite, signer, options, contexts: null, cancellationToken);

    /// <summary>Signs a document and returns its text with the proof added; existing proofs stay (a proof set), and the proof may build on some of them (a proof chain). Every other byte of the text is kept.</summary>
    /// <param name="document">UTF-8 JSON text of an object.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="signer">The key.</param>
    /// <param name="options">What the proof says.</param>
    /// <param name="contexts">What the document's terms mean, for the suites over RDF; null: <see cref="ContextLibrary.Shipped"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The suite does not sign with such keys.</exception>
    /// <remarks>https://www.w3.org/TR/vc-data-integrity/#add-proof-set-chain</remarks>
    public static async Task<Parsed<byte[]>> SignAsync(ReadOnlyMemory<byte> document, Cryptosuite suite, ISigner signer, ProofOptions options, ContextLibrary? contexts, CancellationToken cancellationToken)
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

        if (!ProofSet.HasRoom(json.RootElement))
        {
            return new Problem(ProblemCode.MalformedValueError, "The document's proof is nested so deep that none can be put beside it.", "/proof");
        }

        // Add Proof Set/Chain: matchingProofs are those of allProofs that options.previousProof names; they are signed with the document.
        Parsed<JsonElement[]> previous = ProofChain.Match(json.RootElement, options.PreviousProof, pointer: null);
        if (!previous.Ok)
        {
            return previous.Problem;
        }

        // Create Proof, steps 1 to 6.
        byte[] configuration = ProofConfiguration.Write(json.RootElement, suite, options);
        using JsonDocument proof = JsonDocument.Parse(configuration, new() { MaxDepth = StrictJson.MaxDepth });
        var input = new ProofInput(json.RootElement, proof.RootElement, previous.Value, contexts) { MandatoryPointers = options.MandatoryPointers };
        Parsed<byte[]> proofBytes = await suite.MakeProofBytesAsync(input, signer, cancellationToken).ConfigureAwait(false);

        // Step 7: Let proof.proofValue be a Multibase value of the proofBytes.
        return proofBytes.Ok
            ? ProofSet.Append(document.Span, json.RootElement, ProofConfiguration.Complete(configuration, Multibase.Encode(suite.ProofValuePrefix, proofBytes.Value)))
            : proofBytes.Problem;
    }

    /// <summary>Verifies one proof over its document with the key that it names, and over the proofs that it builds on; those are not verified themselves. Null when it verifies.</summary>
    /// <param name="document">The secured document, with all its proofs.</param>
    /// <param name="proof">One of them.</param>
    /// <param name="key">The key.</param>
    /// <param name="contexts">What the document's terms mean, for the suites over RDF; null: <see cref="ContextLibrary.Shipped"/>.</param>
    /// <returns>
    /// <see cref="ProblemCode.CryptographicSecurityError"/> when the signature is not the key's over this document: evidence against the document, and the only code that is.
    /// <see cref="ProblemCode.ProofVerificationError"/> when there is nothing that could be verified (no proof value, a base proof of selective disclosure, a proof of the chain that is missing), <see cref="ProblemCode.InvalidVerificationMethod"/> when the key does not fit the suite;
    /// <see cref="ProblemCode.ProofTransformationError"/> when the document has no canonical form (under JCS: a number or text that cannot be; under RDF: a term that no context defines, a graph made to take for ever);
    /// <see cref="ProblemCode.UnknownContext"/> when it names a context that is not in <paramref name="contexts"/>, <see cref="ProblemCode.UnsupportedCryptosuite"/> and <see cref="ProblemCode.Unsupported"/> when this library or platform cannot tell.
    /// </returns>
    /// <remarks>https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains</remarks>
    public static Problem? Verify(JsonElement document, DataIntegrityProof proof, PublicKey key, ContextLibrary? contexts = null)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(key);
        string pointer = proof.Pointer;
        if (document.ValueKind != JsonValueKind.Object)
        {
            return new(ProblemCode.MalformedValueError, "Only an object can be secured.", "");
        }

        if (Cryptosuite.Of(proof) is not { } suite)
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

        // Verify Proof, step 3: proofBytes is the Multibase decoded value, in the base of the suite.
        if (proof.ProofValue is not { Length: > 0 } value || value[0] != suite.ProofValuePrefix || Multibase.Decode(value, MaxProofValue) is not { } proofBytes)
        {
            return new(ProblemCode.ProofVerificationError, $"The proofValue is no multibase text that begins with \"{suite.ProofValuePrefix}\".", pointer + "/proofValue");
        }

        if (!PublicKey.IsSupported(key.Type))
        {
            return new(ProblemCode.Unsupported, $"This platform cannot verify {key.Type}: it lacks OpenSSL 3.", pointer);
        }

        Parsed<JsonElement[]> previous = ProofChain.Match(document, proof.PreviousProof, pointer);
        if ((previous.Problem ?? ProofChain.FindCycle(document, proof)) is { } broken)
        {
            return broken;
        }

        // 3.4 Let inputDocument be a copy of securedDocument with the proof value removed, and then set inputDocument.proof to matchingProofs.
        Problem? problem = suite.CheckProofBytes(new(document, proof.Json, previous.Value!, contexts), proofBytes, key);
        return problem?.Pointer == ProofValuePlace ? problem with { Pointer = $"{pointer}/{ProofValuePlace}" } : problem;
    }
}
