namespace Credentials.TestKit;

/// <summary>UTF-8 under a short name; <c>Encoding</c> means our own namespace here.</summary>
public static class Utf8
{
    /// <summary>The bytes of a text.</summary>
    public static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>The text of bytes.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
