using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Credentials.DataIntegrity.SelectiveDisclosure;
using Credentials.Encoding;
using Credentials.JsonLd;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary><c>ecdsa-sd-2023</c>: each statement is signed on its own, so that the holder may disclose some. Signing makes a base proof, for the holder alone; <see cref="EcdsaSd2023Proofs"/> derives from it; only a derived proof verifies.</summary>
/// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#ecdsa-sd-2023</remarks>
public sealed class EcdsaSd2023 : Cryptosuite
{
    private readonly Func<byte[]> _newHmacKey;
    private readonly Func<SigningKey> _newProofKey;

    /// <summary>The suite, with other sources of secrets for tests.</summary>
    internal EcdsaSd2023(Func<byte[]>? newHmacKey = null, Func<SigningKey>? newProofKey = null)
    {
        _newHmacKey = newHmacKey ?? (() => RandomNumberGenerator.GetBytes(HmacLabels.KeyLength));
        _newProofKey = newProofKey ?? (() => SigningKey.Generate(KeyType.P256));
    }

    /// <inheritdoc/>
    public override string Name => "ecdsa-sd-2023";

    /// <inheritdoc/>
    public override IReadOnlySet<KeyType> KeyTypes { get; } = new[] { KeyType.P256 }.ToFrozenSet();

    /// <inheritdoc/>
    public override bool ProofCarriesContext => false;

    /// <inheritdoc/>
    public override bool SignsStatements => true;

    /// <inheritdoc/>
    public override bool DisclosesSelectively => true;

    /// <inheritdoc/>
    public override char ProofValuePrefix => Multibase.Base64UrlPrefix;

    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#create-base-proof-ecdsa-sd-2023</remarks>
    internal override async ValueTask<Parsed<byte[]>> MakeProofBytesAsync(ProofInput input, ISigner signer, CancellationToken cancellationToken)
    {
        if (input.PreviousProofs.Count > 0)
        {
            return new Problem(ProblemCode.ProofGenerationError, $"{Name} does not build on other proofs: a holder could not disclose a part of them.");
        }

        // Base Proof Transformation: the statements, with labels by HMAC, in groups.
        byte[] hmacKey = _newHmacKey();
        using JsonDocument document = input.InputDocument();
        Parsed<StatementGroups> groups = StatementGroups.Of(document.RootElement, input.Contexts, hmacKey);
        if (!groups.Ok)
        {
            return groups.Problem;
        }

        Parsed<StatementGroup> mandatory = groups.Value.Select(input.MandatoryPointers);
        if (!mandatory.Ok)
        {
            return mandatory.Problem;
        }

        // Base Proof Hashing.
        Parsed<byte[]> proofHash = ProofHash(input);
        if (!proofHash.Ok)
        {
            return proofHash.Problem;
        }

        var disclosed = new DisclosedStatements(groups.Value.Lines, mandatory.Value.Matching);
        if (disclosed.NonMandatory.Count > SdCbor.MaxSignatures)
        {
            return TooMany(disclosed.NonMandatory.Count);
        }

        // Base Proof Serialization, step 2: Initialize proofScopedKeyPair to a locally generated P-256 ECDSA key pair.
        using SigningKey proofKey = _newProofKey();

        // 3. Initialize signatures to an array where each element holds the result of digitally signing the UTF-8 representation of each N-Quad string in nonMandatory, in order.
        byte[][] signatures = [.. disclosed.NonMandatory.Select(statement => proofKey.Sign(statement.Span))];

        // 4. Initialize publicKey to the multikey expression of the public key exported from proofScopedKeyPair.
        byte[] publicKey = ProofScopedKey.Write(proofKey.PublicKey);

        // 5. Initialize toSign to the result of serializeSignData. 6. Initialize baseSignature to the result of digitally signing toSign using the private key associated with the base proof verification method.
        byte[] baseSignature = await signer.SignAsync(SignData(proofHash.Value, publicKey, disclosed.MandatoryHash()), cancellationToken).ConfigureAwait(false);
        if (SignatureShape.Check(baseSignature, signer.PublicKey) is { } problem)
        {
            return problem;
        }

        byte[] proofValue = new BaseProofValue(baseSignature, publicKey, hmacKey, signatures, [.. input.MandatoryPointers]).Write();
        return proofValue.Length <= SdCbor.MaxLength ? proofValue : TooMany(signatures.Length);
    }

    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023</remarks>
    internal override Problem? CheckProofBytes(ProofInput input, byte[] proofBytes, PublicKey key)
    {
        if (BaseProofValue.IsOne(proofBytes))
        {
            return Unusable("This is the base proof, which its issuer gave to the holder alone: the holder derives from it what is shown to a verifier.");
        }

        // createVerifyData, step 2: parseDerivedProofValue.
        if (DerivedProofValue.Read(proofBytes) is not { } proof || ProofScopedKey.Read(proof.PublicKey) is not { } publicKey)
        {
            return Unusable("The proofValue is no derived proof of ecdsa-sd-2023.");
        }

        Parsed<DisclosedStatements> disclosed = Disclosed(input, proof);
        Parsed<byte[]> proofHash = ProofHash(input);
        if ((disclosed.Problem ?? proofHash.Problem) is { } problem)
        {
            return problem;
        }

        // 3. If the length of signatures does not match the length of nonMandatory, an error MUST be raised and SHOULD convey an error type of PROOF_VERIFICATION_ERROR.
        if (proof.Signatures.Length != disclosed.Value!.NonMandatory.Count)
        {
            return Unusable($"The proof holds {proof.Signatures.Length} signatures for {disclosed.Value.NonMandatory.Count} statements: something was added or taken away.");
        }

        // 5. Initialize toVerify to the result of serializeSignData. 7. ... with toVerify as the data to be verified against the baseSignature ...
        if (!key.Verify(SignData(proofHash.Value!, proof.PublicKey, disclosed.Value.MandatoryHash()), proof.BaseSignature))
        {
            return new(ProblemCode.CryptographicSecurityError, "The base signature is not that of the key over what must be disclosed: one of them was altered, or another key signed.", DataIntegritySuite.ProofValuePlace);
        }

        // 8. For every entry (index, signature) in signatures, verify every signature for every selectively disclosed (non-mandatory) statement.
        for (int i = 0; i < proof.Signatures.Length; i++)
        {
            if (!publicKey.Verify(disclosed.Value.NonMandatory[i].Span, proof.Signatures[i]))
            {
                return new(ProblemCode.CryptographicSecurityError, "A disclosed statement is not one that was signed: it was altered.", DataIntegritySuite.ProofValuePlace);
            }
        }

        return null;
    }

    /// <summary>createVerifyData, steps 3 to 8: the statements of the document with the labels under which they were signed.</summary>
    /// <remarks>https://www.w3.org/TR/vc-di-ecdsa/#createverifydata</remarks>
    private static Parsed<DisclosedStatements> Disclosed(ProofInput input, DerivedProofValue proof)
    {
        using JsonDocument document = input.InputDocument();
        Parsed<CanonicalDataset> canonical = RdfCanonicalForm.Of(document.RootElement, input.Contexts, HashAlgorithmName.SHA256);
        if (!canonical.Ok)
        {
            return canonical.Problem;
        }

        // Two nodes with one label would let the statements of one pass for those of another.
        Dictionary<string, string> labels = proof.Labels.ToDictionary(pair => $"c14n{pair.Key}", pair => Multibase.EncodeBase64Url(pair.Value), StringComparer.Ordinal);
        if (labels.Values.Distinct(StringComparer.Ordinal).Count() != labels.Count
            || labels.Count != canonical.Value.Labels.Count
            || canonical.Value.Relabel(labels) is not { } lines)
        {
            return Unusable("The proof does not label each unnamed object of the document, and each with a label of its own: something was added or taken away.");
        }

        bool[] mandatory = new bool[lines.Count];
        foreach (int index in proof.MandatoryIndexes)
        {
            if (index < 0 || index >= mandatory.Length || mandatory[index])
            {
                return Unusable("The proof counts statements as mandatory that the document does not make: something was taken away.");
            }

            mandatory[index] = true;
        }

        return new DisclosedStatements(lines, mandatory);
    }

    private static Parsed<byte[]> ProofHash(ProofInput input)
    {
        using JsonDocument proofConfig = ProofDocument.Configuration(input.Configuration, input.DocumentContext);
        Parsed<CanonicalDataset> canonical = RdfCanonicalForm.Of(proofConfig.RootElement, input.Contexts, HashAlgorithmName.SHA256);
        return canonical.Ok ? SHA256.HashData(canonical.Value.NQuads.Span) : canonical.Problem;
    }

    /// <summary>serializeSignData: "the concatenation of proofHash, publicKey, and mandatoryHash, in that order".</summary>
    private static byte[] SignData(byte[] proofHash, byte[] publicKey, byte[] mandatoryHash) => [.. proofHash, .. publicKey, .. mandatoryHash];

    private static Problem TooMany(int statements) =>
        new(ProblemCode.ProofGenerationError, $"The document makes {statements} statements that are not mandatory; their signatures are more than a proof value may hold.");

    private static Problem Unusable(string detail) => new(ProblemCode.ProofVerificationError, detail, DataIntegritySuite.ProofValuePlace);
}
