using System.Collections.Frozen;
using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.DataIntegrity.Cryptosuites;

/// <summary>The suites that sign two hashes: that of the proof configuration and that of the document, each in a canonical form. All but that form.</summary>
/// <remarks>"Hashing", "Proof Serialization" and "Proof Verification" read alike in https://www.w3.org/TR/vc-di-ecdsa/ and https://www.w3.org/TR/vc-di-eddsa/.</remarks>
public abstract class HashingCryptosuite : Cryptosuite
{
    private readonly Dictionary<KeyType, HashAlgorithmName> _hashes;

    private protected HashingCryptosuite(Dictionary<KeyType, HashAlgorithmName> hashes)
    {
        _hashes = hashes;
        KeyTypes = hashes.Keys.ToFrozenSet();
    }

    /// <inheritdoc/>
    public sealed override IReadOnlySet<KeyType> KeyTypes { get; }

    /// <summary>The bytes that are signed.</summary>
    internal Parsed<byte[]> HashData(ProofInput input, KeyType keyType)
    {
        HashAlgorithmName hash = _hashes[keyType];
        int length = hash == HashAlgorithmName.SHA384 ? SHA384.HashSizeInBytes : SHA256.HashSizeInBytes;

        // Hashing, steps 1 and 2: the hashing algorithm applied to the transformedDocument and to the canonicalProofConfig.
        // 3. Let hashData be the result of joining proofConfigHash (the first hash) with transformedDocumentHash (the second hash).
        byte[] hashData = new byte[2 * length];
        return (HashConfiguration(input, hash, hashData.AsSpan(..length)) ?? HashDocument(input, hash, hashData.AsSpan(length))) is { } problem
            ? problem
            : hashData;
    }

    internal sealed override async ValueTask<Parsed<byte[]>> MakeProofBytesAsync(ProofInput input, ISigner signer, CancellationToken cancellationToken)
    {
        if (input.MandatoryPointers.Count > 0)
        {
            return new Problem(ProblemCode.ProofGenerationError, $"{Name} discloses everything: it takes no mandatory pointers.");
        }

        Parsed<byte[]> hashData = HashData(input, signer.PublicKey.Type);
        if (!hashData.Ok)
        {
            return hashData.Problem;
        }

        byte[] proofBytes = await signer.SignAsync(hashData.Value, cancellationToken).ConfigureAwait(false);
        return SignatureShape.Check(proofBytes, signer.PublicKey) is { } problem ? problem : proofBytes;
    }

    internal sealed override Problem? CheckProofBytes(ProofInput input, byte[] proofBytes, PublicKey key)
    {
        if (Check(input) is { } problem)
        {
            return problem;
        }

        Parsed<byte[]> hashData = HashData(input, key.Type);
        return !hashData.Ok ? hashData.Problem
            : key.Verify(hashData.Value, proofBytes) ? null
            : new(ProblemCode.CryptographicSecurityError, "The signature is not that of the key over this document: one of them was altered, or another key signed.", DataIntegritySuite.ProofValuePlace);
    }

    /// <summary>What the suite demands of a secured document besides its signature; null when it is met.</summary>
    private protected virtual Problem? Check(ProofInput input) => null;

    /// <summary>Writes the hash of the canonical proof configuration.</summary>
    private protected abstract Problem? HashConfiguration(ProofInput input, HashAlgorithmName hash, Span<byte> destination);

    /// <summary>Writes the hash of the canonical document.</summary>
    private protected abstract Problem? HashDocument(ProofInput input, HashAlgorithmName hash, Span<byte> destination);
}
