using System.Security.Cryptography;

namespace Credentials.Keys;

/// <summary>An Ed25519 key. OpenSSL lets threads share one key object as long as nobody changes it, and nobody does.</summary>
internal sealed class Ed25519Key : KeyMaterial
{
    private readonly Ed25519Algorithm _algorithm;
    private readonly byte[] _publicBytes;
    private readonly byte[]? _secret;
    private readonly Lazy<EvpKeyHandle> _handle;

    /// <summary>A public key; opened when first used, so that it can be read on any platform.</summary>
    public Ed25519Key(Ed25519Algorithm algorithm, byte[] publicBytes)
    {
        _algorithm = algorithm;
        _publicBytes = publicBytes;
        _handle = new(() => LibCrypto.OpenPublic(publicBytes));
    }

    /// <summary>A private key.</summary>
    /// <exception cref="PlatformNotSupportedException">There is no OpenSSL.</exception>
    public Ed25519Key(Ed25519Algorithm algorithm, ReadOnlySpan<byte> secret)
    {
        EvpKeyHandle handle = LibCrypto.OpenSecret(secret);
        _algorithm = algorithm;
        _secret = secret.ToArray();
        _publicBytes = LibCrypto.PublicOf(handle);
        _handle = new(handle);
    }

    public override KeyAlgorithm Algorithm => _algorithm;

    public override ReadOnlyMemory<byte> PublicBytes => _publicBytes;

    public override ReadOnlyMemory<byte> X => _publicBytes;

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => LibCrypto.Verify(_handle.Value, data, signature);

    public override byte[] Sign(ReadOnlySpan<byte> data) => LibCrypto.Sign(_handle.Value, data, _algorithm.SignatureLength);

    public override KeyMaterial ToPublic() => new Ed25519Key(_algorithm, _publicBytes);

    public override byte[] ExportSecret()
    {
        ObjectDisposedException.ThrowIf(_handle.Value.IsClosed, this);
        return [.. _secret!];
    }

    public override void Dispose()
    {
        CryptographicOperations.ZeroMemory(_secret);
        _handle.Value.Dispose();
    }
}
