using System.Buffers.Binary;
using System.IO.Compression;

namespace Credentials.Status;

/// <summary>ZLIB streams, read to their very end. The framework's stream forgives a missing end and does not look behind it.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc1950#section-2.2</remarks>
internal static class ZlibBytes
{
    private const int TrailerLength = 4;
    private const int MinLength = 2 + 1 + TrailerLength;
    private const uint AdlerModulus = 65_521;

    // The most additions after which the sums still fit into 32 bits.
    private const int AdlerBlock = 5552;

    /// <summary>The bytes; null when it is no whole stream, or holds more than that.</summary>
    public static byte[]? Decompress(ReadOnlyMemory<byte> compressed, int most)
    {
        if (compressed.Length < MinLength)
        {
            return null;
        }

        try
        {
            using var zlib = new ZLibStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress);
            byte[] bytes = new byte[Math.Min(most, 4096)];
            int length = 0;
            for (int read; (read = zlib.Read(bytes, length, bytes.Length - length)) > 0;)
            {
                length += read;
                if (length == bytes.Length)
                {
                    if (length == most)
                    {
                        return zlib.ReadByte() < 0 && IsWhole(compressed.Span, bytes) ? bytes : null;
                    }

                    Array.Resize(ref bytes, (int)Math.Min(most, 2L * length));
                }
            }

            return IsWhole(compressed.Span, bytes.AsSpan(0, length)) ? bytes[..length] : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return null;
        }
    }

    // The checksum is the very last thing: what was cut short has another one there, and so has what was lengthened.
    private static bool IsWhole(ReadOnlySpan<byte> compressed, ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(compressed[^TrailerLength..]) == Adler32(bytes);

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        (uint a, uint b) = (1, 0);
        while (bytes.Length > 0)
        {
            ReadOnlySpan<byte> block = bytes[..Math.Min(bytes.Length, AdlerBlock)];
            foreach (byte value in block)
            {
                a += value;
                b += a;
            }

            (a, b) = (a % AdlerModulus, b % AdlerModulus);
            bytes = bytes[block.Length..];
        }

        return (b << 16) | a;
    }
}
