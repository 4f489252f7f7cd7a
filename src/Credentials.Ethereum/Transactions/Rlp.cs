using System.Numerics;

namespace Credentials.Ethereum.Transactions;

/// <summary>Writes RLP: byte strings, big-endian integers without leading zeros, and lists.</summary>
/// <remarks>https://ethereum.org/developers/docs/data-structures-and-encoding/rlp/</remarks>
internal static class Rlp
{
    /// <summary>Payloads up to this length have their length in the prefix byte itself.</summary>
    public const int ShortLimit = 55;

    /// <summary>Prefix of an empty byte string.</summary>
    public const byte StringPrefix = 0x80;

    /// <summary>Prefix of an empty list.</summary>
    public const byte ListPrefix = 0xc0;

    /// <summary>A byte string.</summary>
    public static byte[] Bytes(ReadOnlySpan<byte> value) => value.Length == 1 && value[0] < StringPrefix
        ? value.ToArray()
        : [.. Prefix(StringPrefix, value.Length), .. value];

    /// <summary>A non-negative integer.</summary>
    public static byte[] Integer(BigInteger value) => value.Sign < 0
        ? throw new ArgumentOutOfRangeException(nameof(value), "RLP has no negative integers.")
        : Bytes(value.IsZero ? [] : value.ToByteArray(isUnsigned: true, isBigEndian: true));

    /// <summary>A list of items that are encoded already.</summary>
    public static byte[] List(params ReadOnlySpan<byte[]> items)
    {
        byte[] payload = [.. items.ToArray().SelectMany(static item => item)];
        return [.. Prefix(ListPrefix, payload.Length), .. payload];
    }

    private static byte[] Prefix(byte kind, int length)
    {
        if (length <= ShortLimit)
        {
            return [(byte)(kind + length)];
        }

        byte[] size = new BigInteger(length).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [(byte)(kind + ShortLimit + size.Length), .. size];
    }
}
