using System.Buffers.Binary;
using System.IO.Compression;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>The bitstring of a Bitstring Status List: at least 131,072 entries, of one bit or more; index 0 is the left-most bit of the first byte.</summary>
/// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/. Reading is safe from several threads, writing is not.</remarks>
public sealed class BitstringStatusList
{
    /// <summary>The smallest number of entries: the herd in which one diploma hides.</summary>
    public const int MinimumLength = 131_072;

    /// <summary>The most bytes that a list is read with, decompressed: 16 MiB, or 134 million entries.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    // RFC 1952: a header of 10 bytes, an empty block, and CRC-32 and size of what was compressed.
    private const int GzipMinimum = 20;
    private const int GzipSizeLength = 4;

    private readonly byte[] _bits;

    /// <summary>An all-zero list.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than <see cref="MinimumLength"/> entries, or no multiple of 8.</exception>
    public BitstringStatusList(int length = MinimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinimumLength);
        ArgumentOutOfRangeException.ThrowIfNotEqual(length % 8, 0, nameof(length));
        _bits = new byte[length / 8];
    }

    private BitstringStatusList(byte[] bits) => _bits = bits;

    /// <summary>Number of entries.</summary>
    public int Length => _bits.Length * 8;

    /// <summary>The raw bits.</summary>
    public ReadOnlyMemory<byte> Bytes => _bits;

    /// <summary>One entry's bit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; length.</exception>
    public bool this[int index]
    {
        get => (_bits[ByteOf(index)] & MaskOf(index)) != 0;
        set
        {
            int at = ByteOf(index);
            _bits[at] = (byte)(value ? _bits[at] | MaskOf(index) : _bits[at] & ~MaskOf(index));
        }
    }

    /// <summary>How many entries of a size fit.</summary>
    /// <param name="size">Bits of an entry, 1 to 16.</param>
    public int LengthOf(int size) => Length / Checked(size);

    /// <summary>The value of an entry of several bits: those from index times size on, the left-most weighing most.</summary>
    /// <param name="index">Counted in entries.</param>
    /// <param name="size">Bits of an entry, 1 to 16.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; <see cref="LengthOf"/>(size), or no such size.</exception>
    /// <remarks>https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-encoding: the specification says where an entry begins, and that the string reads from the left; hence the order of its bits.</remarks>
    public int ValueAt(int index, int size)
    {
        int start = StartOf(index, size);
        int value = 0;
        for (int bit = start; bit < start + size; bit++)
        {
            value = (value << 1) | (this[bit] ? 1 : 0);
        }

        return value;
    }

    /// <summary>Sets the value of an entry of several bits.</summary>
    /// <param name="index">Counted in entries.</param>
    /// <param name="size">Bits of an entry, 1 to 16.</param>
    /// <param name="value">0 to 2^size - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">As of <see cref="ValueAt"/>, or no such value.</exception>
    public void SetValueAt(int index, int size, int value)
    {
        int start = StartOf(index, size);
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1 << size);
        for (int bit = 0; bit < size; bit++)
        {
            this[start + bit] = ((value >> (size - 1 - bit)) & 1) != 0;
        }
    }

    /// <summary>A list over a copy of raw bits.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than <see cref="MinimumLength"/> bits, or more than <see cref="MaxBytes"/> bytes.</exception>
    public static BitstringStatusList FromBytes(ReadOnlySpan<byte> bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits.Length, MinimumLength / 8, nameof(bits));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits.Length, MaxBytes, nameof(bits));
        return new(bits.ToArray());
    }

    /// <summary>Reads an <c>encodedList</c>: multibase base64url of the GZIP-compressed bitstring. Bounded against decompression bombs.</summary>
    public static Parsed<BitstringStatusList> Decode(string encodedList)
    {
        ArgumentNullException.ThrowIfNull(encodedList);
        if (encodedList is not ['u', ..] || StrictBase64Url.Decode(encodedList.AsSpan(1)) is not { } compressed)
        {
            return Fault("The encodedList must be multibase base64url without padding: u and the list.");
        }

        if (Decompress(compressed) is not { } bits)
        {
            return Fault($"The encodedList is no whole GZIP stream of at most {MaxBytes} bytes: it was cut short or altered.");
        }

        return bits.Length >= MinimumLength / 8
            ? new BitstringStatusList(bits)
            : new Problem(ProblemCode.StatusListLengthError, $"The list has {bits.Length * 8} entries; fewer than {MinimumLength} tell too much about each.");
    }

    /// <summary>The <c>encodedList</c>.</summary>
    public string Encode()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(_bits);
        }

        return Multibase.EncodeBase64Url(compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    private static byte[]? Decompress(byte[] compressed)
    {
        if (compressed.Length < GzipMinimum)
        {
            return null;
        }

        // The size at the end betrays a stream that was cut short, or that has something behind it.
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(compressed.AsSpan(^GzipSizeLength));
        if (size > MaxBytes)
        {
            return null;
        }

        try
        {
            using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
            byte[] bits = new byte[size];
            return gzip.ReadAtLeast(bits, bits.Length, throwOnEndOfStream: false) == bits.Length && gzip.ReadByte() < 0 ? bits : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Problem Fault(string detail) => new(ProblemCode.StatusVerificationError, detail);

    private int ByteOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        return index / 8;
    }

    private int StartOf(int index, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, LengthOf(size));
        return index * size;
    }

    private static int Checked(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, StatusMessage.MaxSize);
        return size;
    }

    private static int MaskOf(int index) => 0x80 >> (index % 8);
}
