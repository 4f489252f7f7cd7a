using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Credentials.Verification.Fetching;

/// <summary>Reads a body within bounds, plain or gzip. Unpacked here and not by the framework, which takes a stream that was cut short for a whole one.</summary>
internal static class BodyEncoding
{
    /// <summary>The one encoding that is asked for.</summary>
    public const string Gzip = "gzip";

    /// <summary>Of a body as it is.</summary>
    private const string Identity = "identity";

    private const int TrailerLength = 8;

    /// <summary>The body's encoding; null when it is another one than was asked for.</summary>
    public static string? Of(HttpContent content) => string.Join(',', content.Headers.ContentEncoding).ToLowerInvariant() switch
    {
        "" or Identity => Identity,
        Gzip or "x-gzip" => Gzip,
        _ => null,
    };

    /// <summary>The whole stream; null when it has more bytes than allowed.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAtMostAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        // Room for one byte more than allowed is enough to see that there is more.
        var body = new ArrayBufferWriter<byte>(Math.Min(most + 1, 16 * 1024));
        while (body.WrittenCount <= most)
        {
            Memory<byte> room = body.GetMemory(1);
            int read = await stream.ReadAsync(room[..Math.Min(room.Length, most + 1 - body.WrittenCount)], cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return body.WrittenMemory;
            }

            body.Advance(read);
        }

        return null;
    }

    /// <summary>Unpacks a gzip body; null when it has more bytes than allowed.</summary>
    /// <exception cref="InvalidDataException">It is none, or was cut short.</exception>
    public static ReadOnlyMemory<byte>? Unpack(ReadOnlyMemory<byte> packed, int most)
    {
        using var gzip = new GZipStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        byte[] body = new byte[4096];
        int length = 0;
        for (int read; (read = gzip.Read(body, length, body.Length - length)) > 0;)
        {
            length += read;
            if (length > most)
            {
                return null;
            }

            if (length == body.Length)
            {
                Array.Resize(ref body, body.Length * 2);
            }
        }

        // RFC 1952: the last four bytes are the size of what was packed.
        return packed.Length > TrailerLength && BinaryPrimitives.ReadUInt32LittleEndian(packed.Span[^4..]) == (uint)length
            ? body.AsMemory(0, length)
            : throw new InvalidDataException("The stream was cut short.");
    }
}
