namespace Credentials.Keys;

/// <summary>A private key in this process's memory. Safe to share between threads.</summary>
public sealed class SigningKey : ISigner, IDisposable
{
    private SigningKey() => throw new NotImplementedException();

    /// <inheritdoc/>
    public PublicKey PublicKey => throw new NotImplementedException();

    /// <summary>A fresh random key.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm.</exception>
    public static SigningKey Generate(KeyType type) => throw new NotImplementedException();

    /// <summary>From the raw private scalar (P-256: 32, P-384: 48 bytes) or Ed25519 seed (32 bytes).</summary>
    public static Parsed<SigningKey> FromBytes(KeyType type, ReadOnlySpan<byte> secret) => throw new NotImplementedException();

    /// <summary>The raw private scalar or seed. The caller wipes it.</summary>
    public byte[] ExportSecret() => throw new NotImplementedException();

    /// <summary>Signs at once.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.FromResult(Sign(data.Span));

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
