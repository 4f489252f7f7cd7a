using System.Globalization;
using System.Numerics;

namespace Credentials.Keys;

/// <summary>The curve of Ed25519: just enough arithmetic to refuse public keys that are no points of it, or of so small an order that one signature fits many messages.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8032#section-5.1.3. Public keys only: nothing here runs in constant time.</remarks>
internal static class Edwards25519
{
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    private static readonly BigInteger D = BigInteger.Parse("052036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    // y of the points of order 8; those of orders 1, 2 and 4 have y = 1, -1 and 0.
    private static readonly BigInteger OrderEight = BigInteger.Parse("07a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>Whether 32 bytes encode a point, in its one spelling, whose order is not small.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> bytes)
    {
        // 1. ... interpreted as an integer in little-endian representation. Bit 255 is the least significant bit of the x-coordinate. If the resulting value is >= p, decoding fails.
        BigInteger y = new BigInteger(bytes, isUnsigned: true) & ((BigInteger.One << 255) - 1);
        if (y >= Prime || y.IsZero || y.IsOne || y == Prime - 1 || y == OrderEight || y == Prime - OrderEight)
        {
            return false;
        }

        // 2. x^2 = (y^2 - 1) / (d y^2 + 1) = u / v; (3.) the root exists if v x^2 is u or -u for x = u v^3 (u v^7)^((p-5)/8).
        BigInteger square = Mod(y * y);
        BigInteger u = Mod(square - 1);
        BigInteger v = Mod((D * square) + 1);
        BigInteger v3 = Mod(v * v * v);
        BigInteger power = BigInteger.ModPow(Mod(u * Mod(v3 * v3 * v)), (Prime - 5) / 8, Prime);
        BigInteger x = Mod(Mod(u * v3) * power);
        BigInteger check = Mod(v * Mod(x * x));
        return check == u || check == Prime - u;
    }

    private static BigInteger Mod(BigInteger value)
    {
        BigInteger remainder = BigInteger.Remainder(value, Prime);
        return remainder.Sign < 0 ? remainder + Prime : remainder;
    }
}
