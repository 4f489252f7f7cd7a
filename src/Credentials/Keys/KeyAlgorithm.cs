namespace Credentials.Keys;

/// <summary>Everything that tells one type of key from another. To add one: a value in <see cref="KeyType"/>, a file, a row in <see cref="All"/>.</summary>
internal abstract class KeyAlgorithm
{
    /// <summary>The types of keys that are known here.</summary>
    public static IReadOnlyList<KeyAlgorithm> All => Table.Rows;

    /// <summary>The type.</summary>
    public abstract KeyType Type { get; }

    /// <summary>Bytes of a raw public key.</summary>
    public abstract int PublicLength { get; }

    /// <summary>Bytes of a raw private key.</summary>
    public abstract int SecretLength { get; }

    /// <summary>Bytes of a signature.</summary>
    public abstract int SignatureLength { get; }

    /// <summary>Multicodec of a public key.</summary>
    public abstract uint PublicCodec { get; }

    /// <summary>Multicodec of a private key.</summary>
    public abstract uint SecretCodec { get; }

    /// <summary>The <c>kty</c> of a JWK.</summary>
    public abstract string JwkKeyType { get; }

    /// <summary>The <c>crv</c> of a JWK.</summary>
    public abstract string JwkCurve { get; }

    /// <summary>Bytes of a coordinate in a JWK.</summary>
    public int CoordinateLength => SecretLength;

    /// <summary>Whether a JWK has a <c>y</c>.</summary>
    public abstract bool HasY { get; }

    /// <summary>Whether this platform can sign and verify.</summary>
    public virtual bool IsSupported => true;

    /// <summary>The row of a type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such type.</exception>
    public static KeyAlgorithm Of(KeyType type) => All.FirstOrDefault(algorithm => algorithm.Type == type)
        ?? throw new ArgumentOutOfRangeException(nameof(type), type, "There is no such type of key.");

    /// <summary>Reads a raw public key of the right length.</summary>
    public abstract Parsed<KeyMaterial> ReadPublic(ReadOnlySpan<byte> bytes);

    /// <summary>Reads the coordinates of a JWK, each of the right length; <paramref name="y"/> is empty where the type has none.</summary>
    public abstract Parsed<KeyMaterial> ReadCoordinates(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y);

    /// <summary>Reads a raw private key of the right length.</summary>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    public abstract Parsed<KeyMaterial> ReadSecret(ReadOnlySpan<byte> secret);

    /// <summary>A fresh random key with its private half.</summary>
    /// <exception cref="PlatformNotSupportedException">See <see cref="IsSupported"/>.</exception>
    public abstract KeyMaterial Generate();

    private static class Table
    {
        internal static readonly IReadOnlyList<KeyAlgorithm> Rows =
        [
            new EcdsaAlgorithm(KeyType.P256, WeierstrassCurve.P256, "P-256", 0x1200, 0x1306), // https://www.w3.org/TR/vc-di-ecdsa/#multikey
            new EcdsaAlgorithm(KeyType.P384, WeierstrassCurve.P384, "P-384", 0x1201, 0x1307), // https://www.w3.org/TR/vc-di-ecdsa/#multikey
            new Ed25519Algorithm(), // https://www.w3.org/TR/vc-di-eddsa/#multikey
        ];
    }
}
