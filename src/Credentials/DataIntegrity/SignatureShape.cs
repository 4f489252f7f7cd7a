using Credentials.Keys;

namespace Credentials.DataIntegrity;

/// <summary>What a signer must return.</summary>
internal static class SignatureShape
{
    /// <summary>A signing service that answers in DER, say: better no credential than one that nobody can verify.</summary>
    public static Problem? Check(byte[] signature, PublicKey key)
    {
        int expected = key.Algorithm.SignatureLength;
        return signature.Length == expected
            ? null
            : new(ProblemCode.ProofGenerationError, $"The signer returned {signature.Length} bytes where a signature has {expected} (ECDSA: r || s of fixed width).");
    }
}
