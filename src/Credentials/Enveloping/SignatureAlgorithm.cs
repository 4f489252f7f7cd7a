using Credentials.Keys;

namespace Credentials.Enveloping;

/// <summary>The one algorithm of each type of key, by its names in JOSE and COSE. To add one: a row in <see cref="All"/>.</summary>
/// <param name="KeyType">The keys.</param>
/// <param name="Jose">The <c>alg</c> of JOSE.</param>
/// <param name="Cose">The <c>alg</c> of COSE.</param>
internal sealed record SignatureAlgorithm(KeyType KeyType, string Jose, int Cose)
{
    /// <summary>The algorithms that are known here.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All { get; } =
    [
        new(KeyType.P256, "ES256", -7), // https://www.rfc-editor.org/rfc/rfc7518#section-3.4, https://www.rfc-editor.org/rfc/rfc9053#section-2.1
        new(KeyType.P384, "ES384", -35), // the same
        new(KeyType.Ed25519, "EdDSA", -8), // https://www.rfc-editor.org/rfc/rfc8037#section-3.1, https://www.rfc-editor.org/rfc/rfc9053#section-2.2
    ];

    /// <summary>The types of keys that sign envelopes.</summary>
    public static IReadOnlySet<KeyType> KeyTypes { get; } = All.Select(row => row.KeyType).ToHashSet();

    /// <summary>The algorithm of a type of key.</summary>
    public static SignatureAlgorithm Of(KeyType type) => All.First(row => row.KeyType == type);

    /// <summary>Null when such a key can have signed by this algorithm here; else why not. RFC 8725 section 3.1: the algorithm and the key must fit, whatever the message says.</summary>
    public Problem? CheckKey(PublicKey key) =>
        key.Type != KeyType ? new(ProblemCode.InvalidVerificationMethod, $"The key is of type {key.Type}, with which {Jose} does not sign.")
        : !PublicKey.IsSupported(key.Type) ? new(ProblemCode.Unsupported, $"This platform cannot verify {key.Type}: it lacks OpenSSL 3.")
        : null;

    /// <summary>Signs, and looks whether the signer gave a signature as this algorithm writes it.</summary>
    public static async ValueTask<Parsed<byte[]>> SignAsync(ISigner signer, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        byte[] signature = await signer.SignAsync(data, cancellationToken).ConfigureAwait(false);
        int expected = signer.PublicKey.Algorithm.SignatureLength;

        // A signing service that answers in DER, say: better no credential than one that nobody can verify.
        return signature.Length == expected
            ? signature
            : new Problem(ProblemCode.ProofGenerationError, $"The signer returned {signature.Length} bytes where a signature has {expected} (ECDSA: r || s of fixed width).");
    }
}
