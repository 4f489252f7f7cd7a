using System.Security.Cryptography;

namespace Credentials.Keys;

/// <summary>ECDSA over P-256 and P-384. Raw public keys are compressed points (SEC 1 section 2.3.3).</summary>
internal sealed class EcdsaAlgorithm(KeyType type, WeierstrassCurve curve, string jwkCurve, uint publicCodec, uint secretCodec) : KeyAlgorithm
{
    public override KeyType Type => type;

    public override int PublicLength => curve.Size + 1;

    public override int SecretLength => curve.Size;

    public override int SignatureLength => 2 * curve.Size;

    public override uint PublicCodec => publicCodec;

    public override uint SecretCodec => secretCodec;

    public override string JwkKeyType => "EC";

    public override string JwkCurve => jwkCurve;

    public override bool HasY => true;

    public WeierstrassCurve Curve => curve;

    public override Parsed<KeyMaterial> ReadPublic(ReadOnlySpan<byte> bytes) =>
        bytes[0] is 2 or 3 && curve.Decompress(odd: bytes[0] == 3, bytes[1..]) is { } y
            ? new EcdsaKey(this, new ECPoint { X = bytes[1..].ToArray(), Y = y }, secret: null)
            : NotOnCurve();

    public override Parsed<KeyMaterial> ReadCoordinates(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y) =>
        curve.Contains(x, y)
            ? new EcdsaKey(this, new ECPoint { X = x.ToArray(), Y = y.ToArray() }, secret: null)
            : NotOnCurve();

    public override Parsed<KeyMaterial> ReadSecret(ReadOnlySpan<byte> secret)
    {
        if (!curve.IsScalar(secret))
        {
            return new Problem(ProblemCode.MalformedValueError, $"The private key is no scalar of {jwkCurve}.");
        }

        byte[] d = secret.ToArray();
        using var ecdsa = ECDsa.Create(new ECParameters { Curve = curve.Native, D = d });
        return new EcdsaKey(this, ecdsa.ExportParameters(includePrivateParameters: false).Q, d);
    }

    public override KeyMaterial Generate()
    {
        // Signs with the very object that made the key: to read one in again costs as much as eight signatures.
        var ecdsa = ECDsa.Create(curve.Native);
        ECParameters key = ecdsa.ExportParameters(includePrivateParameters: true);
        return new EcdsaKey(this, key.Q, key.D, ecdsa);
    }

    private Problem NotOnCurve() => new(ProblemCode.MalformedValueError, $"The public key is no point of {jwkCurve}.");
}
