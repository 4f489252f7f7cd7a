using System.Buffers;
using System.Text.Json;

namespace Credentials.Canonicalization;

/// <summary>JSON Canonicalization Scheme: one byte sequence for one JSON value.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8785. Members ordered by UTF-16 code units, numbers as ECMAScript writes doubles, no white space.</remarks>
public static class Jcs
{
    /// <summary>The canonical UTF-8 form.</summary>
    /// <exception cref="FormatException">The value has no canonical form: a lone surrogate, a duplicate member, a number that is no finite double.</exception>
    public static byte[] Canonicalize(JsonElement value)
    {
        using JcsWriter writer = JcsWriter.Rent();
        writer.WriteDocument(value);
        return writer.Written.ToArray();
    }

    /// <summary>Writes the canonical form of an object without one of its own members (such as <c>proof</c>).</summary>
    /// <exception cref="FormatException">As <see cref="Canonicalize"/>.</exception>
    public static void Write(IBufferWriter<byte> output, JsonElement value, string? exceptMember = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        using JcsWriter writer = JcsWriter.Rent();
        writer.WriteDocument(value, exceptMember);
        output.Write(writer.Written);
    }
}
