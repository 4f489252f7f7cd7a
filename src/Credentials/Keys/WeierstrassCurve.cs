using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Credentials.Keys;

/// <summary>A NIST prime curve y² = x³ - 3x + b: just enough arithmetic to tell whether a point is on it, and to find y from x.</summary>
/// <remarks>Curves of NIST SP 800-186 section 3.2.1; point compression of SEC 1 section 2.3. Public keys only: nothing here runs in constant time.</remarks>
internal sealed class WeierstrassCurve
{
    /// <summary>secp256r1.</summary>
    public static readonly WeierstrassCurve P256 = new(
        ECCurve.NamedCurves.nistP256,
        HashAlgorithmName.SHA256,
        prime: "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        b: "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
        order: "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    /// <summary>secp384r1.</summary>
    public static readonly WeierstrassCurve P384 = new(
        ECCurve.NamedCurves.nistP384,
        HashAlgorithmName.SHA384,
        prime: "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
        b: "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
        order: "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    private readonly BigInteger _prime;
    private readonly BigInteger _b;
    private readonly byte[] _order;

    private WeierstrassCurve(ECCurve native, HashAlgorithmName hash, string prime, string b, string order)
    {
        Native = native;
        Hash = hash;
        Size = prime.Length / 2;
        _prime = FromHex(prime);
        _b = FromHex(b);
        _order = Convert.FromHexString(order);
    }

    /// <summary>The curve as .NET names it.</summary>
    public ECCurve Native { get; }

    /// <summary>The hash that signatures use.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>Bytes of a coordinate and of a scalar.</summary>
    public int Size { get; }

    /// <summary>Whether a big-endian scalar of <see cref="Size"/> bytes lies between 1 and the group's order less 1.</summary>
    public bool IsScalar(ReadOnlySpan<byte> scalar) => scalar.ContainsAnyExcept((byte)0) && scalar.SequenceCompareTo(_order) < 0;

    /// <summary>Whether (x, y) is on the curve.</summary>
    public bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        BigInteger px = FromBytes(x);
        BigInteger py = FromBytes(y);
        return px < _prime && py < _prime && BigInteger.Remainder(py * py, _prime) == RightSide(px);
    }

    /// <summary>The y of a compressed point; null when there is no such point.</summary>
    public byte[]? Decompress(bool odd, ReadOnlySpan<byte> x)
    {
        BigInteger px = FromBytes(x);
        if (px >= _prime)
        {
            return null;
        }

        // Both primes are 3 modulo 4: a square's root is its power (p + 1) / 4.
        BigInteger square = RightSide(px);
        BigInteger y = BigInteger.ModPow(square, (_prime + 1) / 4, _prime);
        if (BigInteger.Remainder(y * y, _prime) != square)
        {
            return null;
        }

        // No curve of prime order has a point with y = 0, so that both signs exist.
        y = y.IsEven == odd ? _prime - y : y;
        byte[] bytes = new byte[Size];
        y.TryWriteBytes(bytes.AsSpan(Size - y.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }

    private BigInteger RightSide(BigInteger x)
    {
        BigInteger value = BigInteger.Remainder((((x * x) - 3) * x) + _b, _prime);
        return value.Sign < 0 ? value + _prime : value;
    }

    private static BigInteger FromBytes(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger FromHex(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
