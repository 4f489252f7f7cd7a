using System.Runtime.InteropServices;
using System.Text.Json;

namespace Credentials.DataIntegrity;

/// <summary>Adds proofs to the text of a document without touching its other bytes.</summary>
internal static class ProofSet
{
    /// <summary>The text with one more proof: a first one becomes the document's <c>proof</c>, a second one makes it an array.</summary>
    /// <param name="text">The document's text.</param>
    /// <param name="document">The object that was parsed from that very memory.</param>
    /// <param name="proof">The proof's JSON.</param>
    public static Parsed<byte[]> Append(ReadOnlySpan<byte> text, JsonElement document, ReadOnlySpan<byte> proof)
    {
        if (!document.TryGetProperty("proof", out JsonElement present))
        {
            // After the last member, before white space and the closing brace.
            int last = text[..text.LastIndexOf((byte)'}')].TrimEnd(" \t\r\n"u8).Length;
            return (byte[])[.. text[..last], .. document.GetPropertyCount() == 0 ? ""u8 : ","u8, .. "\"proof\":"u8, .. proof, .. text[last..]];
        }

        (int start, int end) = Locate(text, present);
        switch (present.ValueKind)
        {
            case JsonValueKind.Object:
                return (byte[])[.. text[..start], (byte)'[', .. text[start..end], (byte)',', .. proof, (byte)']', .. text[end..]];
            case JsonValueKind.Array:
                int at = text[..(end - 1)].TrimEnd(" \t\r\n"u8).Length;
                return (byte[])[.. text[..at], .. present.GetArrayLength() == 0 ? ""u8 : ","u8, .. proof, .. text[at..]];
            default:
                return new Problem(ProblemCode.MalformedValueError, "The document's proof is neither an object nor an array of objects.", "/proof");
        }
    }

    private static (int Start, int End) Locate(ReadOnlySpan<byte> text, JsonElement value)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        return text.Overlaps(raw, out int offset)
            ? (offset, offset + raw.Length)
            : throw new ArgumentException("The document was not parsed from this text.", nameof(value));
    }
}
