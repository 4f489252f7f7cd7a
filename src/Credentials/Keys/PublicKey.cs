namespace Credentials.Keys;

/// <summary>A public key that verifies signatures. Immutable, safe to share between threads, caches its native key.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private readonly KeyMaterial _material;

    internal PublicKey(KeyMaterial material) => _material = material;

    /// <summary>The key's type.</summary>
    public KeyType Type => Algorithm.Type;

    /// <summary>The raw key: 33 or 49 bytes compressed point for P-256 and P-384, 32 bytes for Ed25519.</summary>
    public ReadOnlyMemory<byte> Bytes => _material.PublicBytes;

    internal KeyAlgorithm Algorithm => _material.Algorithm;

    internal ReadOnlyMemory<byte> X => _material.X;

    internal ReadOnlyMemory<byte> Y => _material.Y;

    /// <summary>From raw bytes as in <see cref="Bytes"/>; refuses points that are not on the curve, and Ed25519 points of small order.</summary>
    /// <remarks>Takes about as long as a verification: keep the key.</remarks>
    public static Parsed<PublicKey> FromBytes(KeyType type, ReadOnlySpan<byte> bytes)
    {
        KeyAlgorithm algorithm = KeyAlgorithm.Of(type);
        return bytes.Length == algorithm.PublicLength
            ? Of(algorithm.ReadPublic(bytes))
            : new Problem(ProblemCode.MalformedValueError, $"A public key of {algorithm.JwkCurve} has {algorithm.PublicLength} bytes, not {bytes.Length}.");
    }

    /// <summary>Whether this platform can verify with such keys (Ed25519 needs OpenSSL).</summary>
    public static bool IsSupported(KeyType type) => KeyAlgorithm.Of(type).IsSupported;

    /// <summary>True when the signature is the key's over the data. ECDSA: r || s of fixed width (IEEE P1363), any s; zero, out-of-range and wrong-length values are false.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm: see <see cref="IsSupported"/>.</exception>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == Algorithm.SignatureLength && _material.Verify(data, signature);

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => other is not null && Type == other.Type && Bytes.Span.SequenceEqual(other.Bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    internal static Parsed<PublicKey> Of(Parsed<KeyMaterial> material) => material.Ok ? new PublicKey(material.Value) : material.Problem;
}
