namespace Credentials.Keys;

/// <summary>Signs with a private key that may live in an HSM or a KMS.</summary>
public interface ISigner
{
    /// <summary>The public half.</summary>
    PublicKey PublicKey { get; }

    /// <summary>Signs the data (hashing it as the key's type demands). ECDSA: r || s of fixed width; Ed25519: 64 bytes.</summary>
    ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}
