using System.Security.Cryptography;
using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Jose.Encryption;

/// <summary>A private P-256 or P-384 key to which others encrypt by ECDH-ES. Never one that also signs. Safe to share between threads.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7518#section-4.6</remarks>
public sealed class KeyAgreementKey : IDisposable
{
    private readonly ECDiffieHellman _native;
    private readonly Lock _gate = new();

    private KeyAgreementKey(ECDiffieHellman native, PublicKey publicKey) => (_native, PublicKey) = (native, publicKey);

    /// <summary>The public half, which goes to those who encrypt.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>A fresh random key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is no curve on which keys are agreed here: P-256 and P-384 are.</exception>
    public static KeyAgreementKey Generate(KeyType type = KeyType.P256)
    {
        var native = ECDiffieHellman.Create(CurveOf(type) ?? throw new ArgumentOutOfRangeException(nameof(type), type, "Keys are agreed on P-256 and P-384."));
        ECPoint point = native.ExportParameters(includePrivateParameters: false).Q;
        return new(native, PublicKey.Of(KeyAlgorithm.Of(type).ReadCoordinates(point.X, point.Y)).Require());
    }

    /// <summary>From a private JWK.</summary>
    public static Parsed<KeyAgreementKey> Read(JsonElement jwk)
    {
        Parsed<SigningKey> read = JsonWebKey.ReadPrivate(jwk);
        if (!read.Ok)
        {
            return read.Problem;
        }

        using SigningKey key = read.Value;
        if (CurveOf(key.PublicKey.Type) is not { } curve)
        {
            return new Problem(ProblemCode.MalformedValueError, "Keys are agreed on P-256 and P-384.", "/crv");
        }

        byte[] secret = key.ExportSecret();
        try
        {
            PublicKey publicKey = key.PublicKey;
            var native = ECDiffieHellman.Create(new ECParameters { Curve = curve, Q = PointOf(publicKey), D = secret });
            return new KeyAgreementKey(native, publicKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>The private half too, as a JWK, for whoever keeps it in storage of its own.</summary>
    public void WritePrivate(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ECParameters parameters = _native.ExportParameters(includePrivateParameters: true);
        writer.WriteStartObject();
        writer.WriteString("kty", PublicKey.Algorithm.JwkKeyType);
        writer.WriteString("crv", PublicKey.Algorithm.JwkCurve);
        writer.WriteString("x", StrictBase64Url.Encode(parameters.Q.X));
        writer.WriteString("y", StrictBase64Url.Encode(parameters.Q.Y));
        writer.WriteString("d", StrictBase64Url.Encode(parameters.D));
        writer.WriteEndObject();
        CryptographicOperations.ZeroMemory(parameters.D);
    }

    /// <inheritdoc/>
    public void Dispose() => _native.Dispose();

    /// <summary>Whether keys of this type agree here.</summary>
    internal static bool Agrees(KeyType type) => CurveOf(type) is not null;

    /// <summary>The hash of a prefix, the shared secret and a suffix: one round of the Concat KDF, whose secret never leaves the platform.</summary>
    internal byte[] HashWith(PublicKey other, byte[] prefix, byte[] suffix)
    {
        using var peer = ECDiffieHellman.Create(new ECParameters { Curve = CurveOf(other.Type)!.Value, Q = PointOf(other) });
        using ECDiffieHellmanPublicKey peerKey = peer.PublicKey;
        lock (_gate)
        {
            return _native.DeriveKeyFromHash(peerKey, HashAlgorithmName.SHA256, prefix, suffix);
        }
    }

    private static ECPoint PointOf(PublicKey key) => new() { X = key.X.ToArray(), Y = key.Y.ToArray() };

    private static ECCurve? CurveOf(KeyType type) => type switch
    {
        KeyType.P256 => ECCurve.NamedCurves.nistP256,
        KeyType.P384 => ECCurve.NamedCurves.nistP384,
        _ => null,
    };
}
