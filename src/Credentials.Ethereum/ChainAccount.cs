using System.Security.Cryptography;
using Credentials.Anchoring;
using Credentials.Ethereum.Cryptography;

namespace Credentials.Ethereum;

/// <summary>A secp256k1 key that pays for and signs transactions. Never signs a credential. Safe to share between threads.</summary>
/// <remarks>Needs OpenSSL 3 and its secp256k1; every member that makes or uses a key throws <see cref="PlatformNotSupportedException"/> without them.</remarks>
public sealed class ChainAccount : IChainSigner, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ECDsa _key;
    private readonly byte[] _publicKey;

    private ChainAccount(ECDsa key)
    {
        _key = key;
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        _publicKey = [.. parameters.Q.X!, .. parameters.Q.Y!];
        Address = EthereumAddress.OfPublicKey(_publicKey);
    }

    /// <summary>The account's address.</summary>
    public EthereumAddress Address { get; }

    /// <summary>A fresh random account.</summary>
    public static ChainAccount Generate() => Create(static () => ECDsa.Create(Secp256k1.Curve));

    /// <summary>From a 32-byte private key.</summary>
    /// <exception cref="ArgumentException">Not in the curve's range.</exception>
    public static ChainAccount FromPrivateKey(ReadOnlySpan<byte> privateKey)
    {
        if (!Secp256k1.IsScalar(privateKey))
        {
            throw new ArgumentException("A private key is 32 bytes, above zero and below the order of secp256k1.", nameof(privateKey));
        }

        byte[] d = privateKey.ToArray();
        try
        {
            return Create(() => ECDsa.Create(new ECParameters { Curve = Secp256k1.Curve, D = d }));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(d);
        }
    }

    /// <summary>The 32-byte private key. The caller wipes it.</summary>
    public byte[] ExportPrivateKey()
    {
        lock (_gate)
        {
            return _key.ExportParameters(includePrivateParameters: true).D!;
        }
    }

    /// <summary>Signs a 32-byte hash: r, s (low, EIP-2) and the recovery bit.</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    /// <remarks>https://eips.ethereum.org/EIPS/eip-2</remarks>
    public (byte[] R, byte[] S, int RecoveryId) SignHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Secp256k1.Size)
        {
            throw new ArgumentException($"Expected a hash of {Secp256k1.Size} bytes, got {hash.Length}.", nameof(hash));
        }

        while (true)
        {
            byte[] signature = Sign(hash);
            byte[] r = signature[..Secp256k1.Size];
            byte[] s = Secp256k1.ToLow(signature.AsSpan(Secp256k1.Size));
            if (Secp256k1.RecoveryIdOf(hash, r, s, _publicKey) is { } recoveryId)
            {
                return (r, s, recoveryId);
            }
        }
    }

    /// <inheritdoc/>
    public Task<ChainSignature> SignHashAsync(Bytes32 hash, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ChainSignature>(cancellationToken);
        }

        (byte[] r, byte[] s, _) = SignHash(hash);
        return Task.FromResult(new ChainSignature(Bytes32.From(r), Bytes32.From(s)));
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private byte[] Sign(ReadOnlySpan<byte> hash)
    {
        lock (_gate)
        {
            return _key.SignHash(hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    private static ChainAccount Create(Func<ECDsa> create)
    {
        if (!LibCrypto.IsSupported)
        {
            throw new PlatformNotSupportedException(Secp256k1.Unsupported);
        }

        try
        {
            return new(create());
        }
        catch (Exception fault) when (fault is CryptographicException or PlatformNotSupportedException)
        {
            throw new PlatformNotSupportedException(Secp256k1.Unsupported, fault);
        }
    }
}
