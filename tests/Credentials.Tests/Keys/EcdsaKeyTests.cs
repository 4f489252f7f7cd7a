using System.Numerics;
using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.Tests.Keys;

/// <summary>What is particular to ECDSA: points, scalars, and any s.</summary>
public class EcdsaKeyTests
{
    private static readonly byte[] Data = "Credentials"u8.ToArray();

    // SP 800-186 section 3.2.1: the order of the group and the prime of the field.
    public static TheoryData<KeyType, string, string> Curves => new()
    {
        { KeyType.P256, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff" },
        { KeyType.P384, "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff" },
    };

    [Theory, MemberData(nameof(Curves))]
    public void Takes_any_s_high_or_low(KeyType type, string order, string prime)
    {
        _ = prime;
        using SigningKey key = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        int size = signature.Length / 2;
        BigInteger other = Number(Convert.FromHexString(order)) - Number(signature.AsSpan(size));
        Assert.True(key.PublicKey.Verify(Data, [.. signature[..size], .. Bytes(other, size)]));
        Assert.True(key.PublicKey.Verify(Data, signature));
    }

    [Theory, MemberData(nameof(Curves))]
    public void Refuses_r_and_s_outside_of_the_group(KeyType type, string order, string prime)
    {
        _ = prime;
        using SigningKey key = SigningKey.Generate(type);
        byte[] signature = key.Sign(Data);
        int size = signature.Length / 2;
        BigInteger n = Number(Convert.FromHexString(order));
        byte[] r = signature[..size];
        byte[] s = signature[size..];
        byte[] zero = new byte[size];
        Assert.All(
            (byte[][])[[.. zero, .. s], [.. r, .. zero], [.. zero, .. zero], [.. Bytes(n, size), .. s], [.. r, .. Bytes(n, size)], [.. Bytes(n + 1, size), .. Bytes(n + 1, size)], [.. s, .. r]],
            forged => Assert.False(key.PublicKey.Verify(Data, forged)));
        if (Number(s) + n is var wrapped && wrapped.GetByteCount(isUnsigned: true) <= size)
        {
            Assert.False(key.PublicKey.Verify(Data, [.. r, .. Bytes(wrapped, size)]));
        }
    }

    [Theory, MemberData(nameof(Curves))]
    public void Refuses_a_signature_in_der(KeyType type, string order, string prime)
    {
        _ = (order, prime);
        using SigningKey key = SigningKey.Generate(type);
        using ECDsa native = Native(key);
        byte[] der = native.SignData(Data, type == KeyType.P256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
        Assert.False(key.PublicKey.Verify(Data, der));
    }

    [Theory, MemberData(nameof(Curves))]
    public void Refuses_scalars_outside_of_the_group(KeyType type, string order, string prime)
    {
        _ = prime;
        byte[] n = Convert.FromHexString(order);
        Assert.False(SigningKey.FromBytes(type, new byte[n.Length]).Ok);
        Assert.False(SigningKey.FromBytes(type, n).Ok);
        byte[] last = [.. n];
        last[^1]--;
        using SigningKey key = SigningKey.FromBytes(type, last).Require();
        Assert.True(key.PublicKey.Verify(Data, key.Sign(Data)));
    }

    [Theory, MemberData(nameof(Curves))]
    public void Refuses_points_that_are_not_on_the_curve_and_foreign_spellings_of_those_that_are(KeyType type, string order, string prime)
    {
        _ = order;
        using SigningKey key = SigningKey.Generate(type);
        byte[] point = key.PublicKey.Bytes.ToArray();
        foreach (byte prefix in (byte[])[0, 1, 4, 6, 7, 0x82])
        {
            Assert.False(PublicKey.FromBytes(type, [prefix, .. point.AsSpan(1)]).Ok);
        }

        // Half of all x have no point; a walk finds one soon.
        int size = point.Length - 1;
        BigInteger x = Number(point.AsSpan(1));
        Assert.Contains(Enumerable.Range(1, 64), step => !PublicKey.FromBytes(type, [2, .. Bytes(x + step, size)]).Ok);
        Assert.False(PublicKey.FromBytes(type, [2, .. Convert.FromHexString(prime)]).Ok);
        Assert.False(PublicKey.FromBytes(type, [2, .. Enumerable.Repeat((byte)0xff, size)]).Ok);
    }

    [Theory, MemberData(nameof(Curves))]
    public void Decompresses_as_the_platform_computes(KeyType type, string order, string prime)
    {
        _ = (order, prime);
        for (int i = 0; i < 20; i++)
        {
            using SigningKey key = SigningKey.Generate(type);
            using ECDsa native = Native(key);
            ECPoint q = native.ExportParameters(includePrivateParameters: false).Q;
            System.Text.Json.JsonElement jwk = KeyTypeLaws.Jwk(PublicKey.FromBytes(type, key.PublicKey.Bytes.Span).Require());
            Assert.Equal(Encoding.StrictBase64Url.Encode(q.X), jwk.GetProperty("x").GetString());
            Assert.Equal(Encoding.StrictBase64Url.Encode(q.Y), jwk.GetProperty("y").GetString());
        }
    }

    private static ECDsa Native(SigningKey key) => ECDsa.Create(new ECParameters
    {
        Curve = key.PublicKey.Type == KeyType.P256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384,
        D = key.ExportSecret(),
    });

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int size)
    {
        byte[] bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[size - bytes.Length], .. bytes];
    }
}
