using System.Buffers.Text;
using System.IO.Compression;
using Credentials.Encoding;

namespace Credentials.Status;

/// <summary>The byte array of a Token Status List: entries of 1, 2, 4 or 8 bits, packed from the least significant bit on.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-compressed-byte-array. Reading is safe from several threads, writing is not.</remarks>
public sealed class TokenStatusList
{
    /// <summary>VALID.</summary>
    public const byte Valid = 0;

    /// <summary>INVALID: revoked, annulled, taken back.</summary>
    public const byte Invalid = 1;

    /// <summary>SUSPENDED: temporarily not valid.</summary>
    public const byte Suspended = 2;

    /// <summary>The most bytes that a list is read with, decompressed: 16 MiB, or 64 million entries of 2 bits.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly byte[] _bytes;

    /// <summary>A list of nothing but valid entries.</summary>
    /// <param name="length">Number of entries; rounded up to whole bytes.</param>
    /// <param name="bits">Bits of an entry: 1, 2, 4 or 8.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such size, or a list of none or of more than <see cref="MaxBytes"/>.</exception>
    public TokenStatusList(int length, int bits)
    {
        ThrowIfNoSize(bits);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        long bytes = (((long)length * bits) + 7) / 8;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, MaxBytes, nameof(length));
        (_bytes, Bits) = (new byte[bytes], bits);
    }

    private TokenStatusList(byte[] bytes, int bits) => (_bytes, Bits) = (bytes, bits);

    /// <summary>Bits of an entry.</summary>
    public int Bits { get; }

    /// <summary>Number of entries that there is room for.</summary>
    public int Length => (int)((long)_bytes.Length * 8 / Bits);

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>An entry's value, 0 to 2^bits - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; length, or no such value.</exception>
    public byte this[int index]
    {
        get
        {
            (int at, int shift) = PlaceOf(index);
            return (byte)((_bytes[at] >> shift) & Mask);
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Mask);
            (int at, int shift) = PlaceOf(index);
            _bytes[at] = (byte)((_bytes[at] & ~(Mask << shift)) | (value << shift));
        }
    }

    private int Mask => (1 << Bits) - 1;

    /// <summary>A list over a copy of bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such size, no bytes, or more than <see cref="MaxBytes"/>.</exception>
    public static TokenStatusList FromBytes(ReadOnlySpan<byte> bytes, int bits)
    {
        ThrowIfNoSize(bits);
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length, nameof(bytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxBytes, nameof(bytes));
        return new(bytes.ToArray(), bits);
    }

    /// <summary>Whether entries may have that many bits. "The allowed values for bits are 1, 2, 4, and 8."</summary>
    public static bool IsSize(long bits) => bits is 1 or 2 or 4 or 8;

    /// <summary>Reads the <c>lst</c> of the JSON form: base64url of the compressed bytes.</summary>
    public static Parsed<TokenStatusList> Decode(string lst, int bits)
    {
        ArgumentNullException.ThrowIfNull(lst);
        return StrictBase64Url.Decode(lst) is { } compressed ? Decompress(compressed, bits) : Fault("The lst of a status list is base64url without padding.");
    }

    /// <summary>Reads the <c>lst</c> of the CBOR form: ZLIB. Bounded against decompression bombs; a stream that was cut short, altered, or has something behind it is refused.</summary>
    public static Parsed<TokenStatusList> Decompress(ReadOnlyMemory<byte> compressed, int bits) =>
        !IsSize(bits) ? Fault("The bits of a status list are 1, 2, 4 or 8.")
        : ZlibBytes.Decompress(compressed, MaxBytes) is not { Length: > 0 } bytes ? Fault($"The lst is no whole ZLIB stream of 1 to {MaxBytes} bytes: it was cut short or altered.")
        : new TokenStatusList(bytes, bits);

    /// <summary>The <c>lst</c> of the JSON form.</summary>
    public string Encode() => Base64Url.EncodeToString(Compress());

    /// <summary>The <c>lst</c> of the CBOR form.</summary>
    public byte[] Compress()
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(_bytes);
        }

        return compressed.ToArray();
    }

    private (int At, int Shift) PlaceOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
        long bit = (long)index * Bits;
        return ((int)(bit / 8), (int)(bit % 8));
    }

    private static void ThrowIfNoSize(int bits)
    {
        if (!IsSize(bits))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "1, 2, 4 or 8.");
        }
    }

    private static Problem Fault(string detail) => new(ProblemCode.StatusVerificationError, detail);
}
