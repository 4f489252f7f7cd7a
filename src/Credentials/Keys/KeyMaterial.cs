namespace Credentials.Keys;

/// <summary>A key that was read and found sound, ready to work. Safe to share between threads.</summary>
internal abstract class KeyMaterial : IDisposable
{
    /// <summary>What kind of key.</summary>
    public abstract KeyAlgorithm Algorithm { get; }

    /// <summary>The raw public key, as Multikey has it.</summary>
    public abstract ReadOnlyMemory<byte> PublicBytes { get; }

    /// <summary>The x of a JWK.</summary>
    public abstract ReadOnlyMemory<byte> X { get; }

    /// <summary>The y of a JWK; empty where there is none.</summary>
    public virtual ReadOnlyMemory<byte> Y => default;

    /// <summary>Whether the signature is this key's. The signature has the right length.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Signs; only of private keys.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);

    /// <summary>The same key without its private half, alive after this is disposed.</summary>
    public abstract KeyMaterial ToPublic();

    /// <summary>Copies the raw private key.</summary>
    public abstract byte[] ExportSecret();

    /// <summary>Wipes the private key.</summary>
    public abstract void Dispose();
}
