using System.Security.Cryptography;

namespace Credentials.Keys;

/// <summary>Ed25519 (pure EdDSA of RFC 8032) over OpenSSL's libcrypto. Private keys are seeds.</summary>
internal sealed class Ed25519Algorithm : KeyAlgorithm
{
    private const int KeyLength = 32;

    public override KeyType Type => KeyType.Ed25519;

    public override int PublicLength => KeyLength;

    public override int SecretLength => KeyLength;

    public override int SignatureLength => 2 * KeyLength;

    public override uint PublicCodec => 0xed;

    public override uint SecretCodec => 0x1300;

    public override string JwkKeyType => "OKP";

    public override string JwkCurve => "Ed25519";

    public override bool HasY => false;

    public override bool IsSupported => LibCrypto.IsAvailable;

    public override Parsed<KeyMaterial> ReadPublic(ReadOnlySpan<byte> bytes) => Edwards25519.IsPublicKey(bytes)
        ? new Ed25519Key(this, bytes.ToArray())
        : new Problem(ProblemCode.MalformedValueError, "The public key is no point of Ed25519, or one of small order.");

    public override Parsed<KeyMaterial> ReadCoordinates(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) => ReadPublic(x);

    public override Parsed<KeyMaterial> ReadSecret(ReadOnlySpan<byte> secret) => new Ed25519Key(this, secret);

    public override KeyMaterial Generate()
    {
        byte[] seed = RandomNumberGenerator.GetBytes(KeyLength);
        var key = new Ed25519Key(this, (ReadOnlySpan<byte>)seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }
}
