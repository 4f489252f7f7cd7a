namespace Credentials.Ethereum;

/// <summary>A secp256k1 key that pays for and signs transactions. Never signs a credential.</summary>
public sealed class ChainAccount : IDisposable
{
    private ChainAccount() => throw new NotImplementedException();

    /// <summary>The account's address.</summary>
    public EthereumAddress Address => throw new NotImplementedException();

    /// <summary>A fresh random account.</summary>
    public static ChainAccount Generate() => throw new NotImplementedException();

    /// <summary>From a 32-byte private key.</summary>
    /// <exception cref="ArgumentException">Not in the curve's range.</exception>
    public static ChainAccount FromPrivateKey(ReadOnlySpan<byte> privateKey) => throw new NotImplementedException();

    /// <summary>The 32-byte private key. The caller wipes it.</summary>
    public byte[] ExportPrivateKey() => throw new NotImplementedException();

    /// <summary>Signs a 32-byte hash: r, s (low, EIP-2) and the recovery bit.</summary>
    public (byte[] R, byte[] S, int RecoveryId) SignHash(ReadOnlySpan<byte> hash) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
