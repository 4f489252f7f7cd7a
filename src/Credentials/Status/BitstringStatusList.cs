namespace Credentials.Status;

/// <summary>The bitstring of a Bitstring Status List: at least 131,072 entries of one bit; index 0 is the left-most bit of the first byte.</summary>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/</remarks>
public sealed class BitstringStatusList
{
    /// <summary>The smallest number of entries: the herd in which one diploma hides.</summary>
    public const int MinimumLength = 131_072;

    /// <summary>An all-zero list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than <see cref="MinimumLength"/> entries, or no multiple of 8.</exception>
    public BitstringStatusList(int length = MinimumLength) => throw new NotImplementedException();

    /// <summary>A list over raw bits.</summary>
    public static BitstringStatusList FromBytes(ReadOnlySpan<byte> bits) => throw new NotImplementedException();

    /// <summary>Reads an <c>encodedList</c>: multibase base64url of the GZIP-compressed bitstring. Bounded against decompression bombs.</summary>
    public static Parsed<BitstringStatusList> Decode(string encodedList) => throw new NotImplementedException();

    /// <summary>The <c>encodedList</c>.</summary>
    public string Encode() => throw new NotImplementedException();

    /// <summary>Number of entries.</summary>
    public int Length => throw new NotImplementedException();

    /// <summary>One entry's bit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; length.</exception>
    public bool this[int index]
    {
        get => throw new NotImplementedException();
        set => throw new NotImplementedException();
    }

    /// <summary>The raw bits.</summary>
    public ReadOnlyMemory<byte> Bytes => throw new NotImplementedException();
}
