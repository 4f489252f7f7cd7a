using System.IO.Compression;

namespace Credentials.Jose.Encryption;

/// <summary>The compression of a JWE's content (<c>zip</c>: <c>DEF</c>), raw DEFLATE, with a bound on what a few bytes may grow into.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7516#section-4.1.3, https://www.rfc-editor.org/rfc/rfc8725#section-3.6</remarks>
internal static class Deflated
{
    public const string Name = "DEF";

    /// <summary>Compresses.</summary>
    public static byte[] Compress(ReadOnlySpan<byte> content)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return output.ToArray();
    }

    /// <summary>Expands; null when the bytes are no DEFLATE, or grow beyond the bound.</summary>
    public static byte[]? Expand(byte[] compressed, int maxLength)
    {
        using var deflate = new DeflateStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var output = new MemoryStream();
        byte[] piece = new byte[8192];
        try
        {
            for (int read; (read = deflate.Read(piece)) > 0;)
            {
                if (output.Length + read > maxLength)
                {
                    return null;
                }

                output.Write(piece, 0, read);
            }

            return output.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
