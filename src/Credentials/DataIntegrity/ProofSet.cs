using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Encoding;

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
            return Splice(text, last..last, ""u8, document.GetPropertyCount() == 0 ? "\"proof\":"u8 : ",\"proof\":"u8, proof, ""u8);
        }

        Range value = Locate(text, present);
        switch (present.ValueKind)
        {
            case JsonValueKind.Object:
                return Splice(text, value, "["u8, ","u8, proof, "]"u8);
            case JsonValueKind.Array:
                int bracket = value.End.Value - 1;
                return Splice(text, bracket..bracket, ""u8, present.GetArrayLength() == 0 ? ""u8 : ","u8, proof, ""u8);
            default:
                return new Problem(ProblemCode.MalformedValueError, "The document's proof is neither an object nor an array of objects.", "/proof");
        }
    }

    /// <summary>Whether one more proof leaves a document that can be read: a single one goes one level down, into an array.</summary>
    public static bool HasRoom(JsonElement document)
    {
        if (!document.TryGetProperty("proof", out JsonElement single) || single.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        try
        {
            // Below the document and the array.
            var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(single), new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth - 2 });
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Range Locate(ReadOnlySpan<byte> text, JsonElement value)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(value);
        return text.Overlaps(raw, out int offset)
            ? offset..(offset + raw.Length)
            : throw new ArgumentException("The document was not parsed from this text.", nameof(value));
    }

    // The text, with something before and something after one part of it; one allocation.
    private static byte[] Splice(ReadOnlySpan<byte> text, Range part, ReadOnlySpan<byte> opening, ReadOnlySpan<byte> separator, ReadOnlySpan<byte> proof, ReadOnlySpan<byte> closing)
    {
        byte[] result = new byte[text.Length + opening.Length + separator.Length + proof.Length + closing.Length];
        Span<byte> rest = result;
        Put(ref rest, text[..part.Start.Value]);
        Put(ref rest, opening);
        Put(ref rest, text[part]);
        Put(ref rest, separator);
        Put(ref rest, proof);
        Put(ref rest, closing);
        Put(ref rest, text[part.End.Value..]);
        return result;
    }

    private static void Put(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(rest);
        rest = rest[bytes.Length..];
    }
}
