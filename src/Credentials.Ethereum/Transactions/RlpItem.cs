using System.Numerics;

namespace Credentials.Ethereum.Transactions;

/// <summary>One decoded RLP item. Reads the canonical form only, so that what decodes encodes to the same bytes.</summary>
/// <param name="Bytes">The byte string; null for a list.</param>
/// <param name="Items">The items of a list; null for a byte string.</param>
internal sealed record RlpItem(ReadOnlyMemory<byte>? Bytes, IReadOnlyList<RlpItem>? Items)
{
    private const int MaxDepth = 16;

    /// <summary>The item as it was encoded, prefix and all.</summary>
    public ReadOnlyMemory<byte> Encoded { get; private init; }

    /// <summary>Decodes exactly one item, or null where the bytes are truncated, trailing, too deep, or not the shortest form.</summary>
    public static RlpItem? Decode(ReadOnlyMemory<byte> encoded) => TryRead(ref encoded, MaxDepth) is { } item && encoded.IsEmpty ? item : null;

    /// <summary>The byte string as an unsigned integer of at most 256 bits, or null where it is a list, longer, or has leading zeros.</summary>
    public BigInteger? AsInteger() => Bytes is { Length: <= 32 } bytes && !(bytes.Length > 0 && bytes.Span[0] == 0)
        ? new BigInteger(bytes.Span, isUnsigned: true, isBigEndian: true)
        : null;

    private static RlpItem? TryRead(ref ReadOnlyMemory<byte> rest, int depth)
    {
        if (rest.IsEmpty || depth == 0)
        {
            return null;
        }

        byte prefix = rest.Span[0];
        if (prefix < Rlp.StringPrefix)
        {
            RlpItem single = new(rest[..1], null) { Encoded = rest[..1] };
            rest = rest[1..];
            return single;
        }

        bool list = prefix >= Rlp.ListPrefix;
        ReadOnlyMemory<byte> whole = rest;
        if (TryTakePayload(ref rest, prefix - (list ? Rlp.ListPrefix : Rlp.StringPrefix)) is not { } payload)
        {
            return null;
        }

        // A byte below 0x80 is its own encoding.
        bool longer = !list && payload.Length == 1 && payload.Span[0] < Rlp.StringPrefix;
        RlpItem? item = longer ? null : list ? ReadList(payload, depth) : new RlpItem(payload, null);
        return item is null ? null : item with { Encoded = whole[..^rest.Length] };
    }

    private static RlpItem? ReadList(ReadOnlyMemory<byte> payload, int depth)
    {
        List<RlpItem> items = [];
        while (!payload.IsEmpty)
        {
            if (TryRead(ref payload, depth - 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return new(null, items);
    }

    private static ReadOnlyMemory<byte>? TryTakePayload(ref ReadOnlyMemory<byte> rest, int length)
    {
        int header = 1;
        if (length > Rlp.ShortLimit)
        {
            int sizeLength = length - Rlp.ShortLimit;
            header += sizeLength;
            if (sizeLength > sizeof(int) || rest.Length < header || rest.Span[1] == 0)
            {
                return null;
            }

            BigInteger size = new(rest.Span[1..header], isUnsigned: true, isBigEndian: true);
            if (size <= Rlp.ShortLimit || size > rest.Length)
            {
                return null;
            }

            length = (int)size;
        }

        if (rest.Length - header < length)
        {
            return null;
        }

        ReadOnlyMemory<byte> payload = rest.Slice(header, length);
        rest = rest[(header + length)..];
        return payload;
    }
}
