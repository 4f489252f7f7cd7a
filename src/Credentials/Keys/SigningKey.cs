namespace Credentials.Keys;

/// <summary>A private key in this process's memory. Safe to share between threads.</summary>
public sealed class SigningKey : ISigner, IDisposable
{
    private readonly KeyMaterial _material;

    private SigningKey(KeyMaterial material)
    {
        _material = material;
        PublicKey = new(material.ToPublic());
    }

    /// <inheritdoc/>
    public PublicKey PublicKey { get; }

    /// <summary>A fresh random key.</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm.</exception>
    public static SigningKey Generate(KeyType type) => new(KeyAlgorithm.Of(type).Generate());

    /// <summary>From the raw private scalar (P-256: 32, P-384: 48 bytes) or Ed25519 seed (32 bytes).</summary>
    /// <exception cref="PlatformNotSupportedException">The platform lacks the algorithm.</exception>
    public static Parsed<SigningKey> FromBytes(KeyType type, ReadOnlySpan<byte> secret)
    {
        KeyAlgorithm algorithm = KeyAlgorithm.Of(type);
        if (secret.Length != algorithm.SecretLength)
        {
            return new Problem(ProblemCode.MalformedValueError, $"A private key of {algorithm.JwkCurve} has {algorithm.SecretLength} bytes, not {secret.Length}.");
        }

        Parsed<KeyMaterial> material = algorithm.ReadSecret(secret);
        return material.Ok ? new SigningKey(material.Value) : material.Problem;
    }

    /// <summary>The raw private scalar or seed. The caller wipes it.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public byte[] ExportSecret() => _material.ExportSecret();

    /// <summary>Signs at once.</summary>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data) => _material.Sign(data);

    /// <inheritdoc/>
    public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Sign(data.Span));
    }

    /// <summary>Wipes the private key; the public key stays usable.</summary>
    public void Dispose() => _material.Dispose();
}
