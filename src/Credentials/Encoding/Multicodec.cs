namespace Credentials.Encoding;

/// <summary>Multicodec prefixes: unsigned LEB128 numbers that say what the bytes after them are.</summary>
/// <remarks>https://www.w3.org/TR/cid-1.0/#Multikey, https://github.com/multiformats/unsigned-varint</remarks>
public static class Multicodec
{
    /// <summary>The prefix of a code, such as <c>80 24</c> for 0x1200 (a P-256 public key).</summary>
    public static byte[] Prefix(uint code)
    {
        var bytes = new List<byte>(2);
        for (; code >= 0x80; code >>= 7)
        {
            bytes.Add((byte)(code | 0x80));
        }

        bytes.Add((byte)code);
        return [.. bytes];
    }
}
