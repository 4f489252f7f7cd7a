using System.Numerics;
using System.Security.Cryptography;

namespace Credentials.Ethereum.Cryptography;

/// <summary>What Ethereum asks of a secp256k1 signature beyond ECDSA: low s (EIP-2) and the recovery bit. Public data only; the points are multiplied by OpenSSL.</summary>
/// <remarks>https://www.secg.org/sec1-v2.pdf section 4.1.6</remarks>
internal static class Secp256k1
{
    /// <summary>Size of a coordinate and of a scalar, in bytes.</summary>
    public const int Size = 32;

    private static readonly BigInteger Order = BigInteger.Parse("0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture);
    private static readonly BigInteger HalfOrder = Order >> 1;

    /// <summary>The curve's object identifier.</summary>
    public const string Oid = "1.3.132.0.10";

    /// <summary>The curve. Not every platform has it.</summary>
    public static ECCurve Curve => ECCurve.CreateFromValue(Oid);

    /// <summary>Whether 32 bytes are a private key: 0 &lt; d &lt; n.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> value) => value.Length == Size && Unsigned(value) is { IsZero: false } d && d < Order;

    /// <summary>Whether s is at most half of the order, as EIP-2 wants it.</summary>
    public static bool IsLow(ReadOnlySpan<byte> s) => IsScalar(s) && Unsigned(s) <= HalfOrder;

    /// <summary>The equivalent s that EIP-2 lets pass.</summary>
    public static byte[] ToLow(ReadOnlySpan<byte> s) => Unsigned(s) is var value && value > HalfOrder ? Write(Order - value) : s.ToArray();

    /// <summary>The parity of the y coordinate of the signature's point R, or null when its x is not r itself (one in 2^127: sign again).</summary>
    public static int? RecoveryIdOf(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, ReadOnlySpan<byte> publicKey)
    {
        // R = (z/s) G + (r/s) Q
        BigInteger inverse = Invert(Unsigned(s));
        Span<byte> point = stackalloc byte[2 * Size];
        using LibCrypto.Group group = NewGroup();
        using LibCrypto.Point key = LibCrypto.NewPoint(group);
        using LibCrypto.Number x = New(publicKey[..Size]);
        using LibCrypto.Number y = New(publicKey[Size..]);
        bool found = LibCrypto.SetCoordinates(group, key, x, y, 0) == 1
            && TryMultiply(group, Unsigned(hash) * inverse, key, Unsigned(r) * inverse, point);
        return found && point[..Size].SequenceEqual(r) ? point[^1] & 1 : null;
    }

    /// <summary>The public key (x || y) that made a signature, or null when none did.</summary>
    public static byte[]? Recover(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> r, ReadOnlySpan<byte> s, int recoveryId)
    {
        if (!IsScalar(r) || !IsScalar(s) || recoveryId is not (0 or 1))
        {
            return null;
        }

        // Q = (s/r) R - (z/r) G
        BigInteger inverse = Invert(Unsigned(r));
        byte[] publicKey = new byte[2 * Size];
        using LibCrypto.Group group = NewGroup();
        using LibCrypto.Point nonce = LibCrypto.NewPoint(group);
        using LibCrypto.Number x = New(r);
        bool found = LibCrypto.SetCompressed(group, nonce, x, recoveryId, 0) == 1
            && TryMultiply(group, (Order - (Unsigned(hash) % Order)) * inverse, nonce, Unsigned(s) * inverse, publicKey);
        LibCrypto.ClearErrors();
        return found ? publicKey : null;
    }

    private static bool TryMultiply(LibCrypto.Group group, BigInteger generatorFactor, LibCrypto.Point point, BigInteger factor, Span<byte> coordinates)
    {
        using LibCrypto.Point result = LibCrypto.NewPoint(group);
        using LibCrypto.Number u1 = New(Write(generatorFactor % Order));
        using LibCrypto.Number u2 = New(Write(factor % Order));
        using LibCrypto.Number x = New([]);
        using LibCrypto.Number y = New([]);
        return LibCrypto.Multiply(group, result, u1, point, u2, 0) == 1
            && LibCrypto.GetCoordinates(group, result, x, y, 0) == 1
            && LibCrypto.WriteNumber(x, coordinates[..Size], Size) == Size
            && LibCrypto.WriteNumber(y, coordinates[Size..], Size) == Size;
    }

    private static LibCrypto.Group NewGroup() => LibCrypto.IsSupported
        ? LibCrypto.NewGroup(LibCrypto.Secp256k1)
        : throw new PlatformNotSupportedException(Unsupported);

    /// <summary>What to tell where the curve or libcrypto is missing.</summary>
    public const string Unsupported = "Ethereum transactions need the curve secp256k1 and OpenSSL 3 (libcrypto), which are not on this machine. Install OpenSSL 3.";

    private static LibCrypto.Number New(ReadOnlySpan<byte> bytes) => LibCrypto.NewNumber(bytes, bytes.Length, 0);

    private static BigInteger Invert(BigInteger value) => BigInteger.ModPow(value, Order - 2, Order);

    private static BigInteger Unsigned(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Write(BigInteger value)
    {
        byte[] bytes = new byte[Size];
        int length = value.GetByteCount(isUnsigned: true);
        value.TryWriteBytes(bytes.AsSpan(Size - length), out _, isUnsigned: true, isBigEndian: true);
        return bytes;
    }
}
