namespace Credentials.Keys;

/// <summary>A public key that verifies signatures. Immutable, safe to share between threads, caches its native key.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    private PublicKey() => throw new NotImplementedException();

    /// <summary>The key's type.</summary>
    public KeyType Type => throw new NotImplementedException();

    /// <summary>The raw key: 33 or 49 bytes compressed point for P-256 and P-384, 32 bytes for Ed25519.</summary>
    public ReadOnlyMemory<byte> Bytes => throw new NotImplementedException();

    /// <summary>From raw bytes as in <see cref="Bytes"/>; refuses points that are not on the curve.</summary>
    public static Parsed<PublicKey> FromBytes(KeyType type, ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Whether this platform can verify with such keys (Ed25519 needs OpenSSL).</summary>
    public static bool IsSupported(KeyType type) => throw new NotImplementedException();

    /// <summary>True when the signature is the key's over the data. ECDSA: r || s of fixed width (IEEE P1363), any s; zero, out-of-range and wrong-length values are false.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm: see <see cref="IsSupported"/>.</exception>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => throw new NotImplementedException();

    /// <inheritdoc/>
    public bool Equals(PublicKey? other) => throw new NotImplementedException();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => throw new NotImplementedException();
}
