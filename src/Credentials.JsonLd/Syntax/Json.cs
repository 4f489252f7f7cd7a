using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Credentials.JsonLd.Syntax;

/// <summary>Texts of JSON that may be hostile.</summary>
internal static class Json
{
    /// <summary>The longest name that is looked up without building a string of it.</summary>
    public const int ShortName = 128;

    /// <summary>A string's text.</summary>
    /// <exception cref="JsonLdFault">It holds half of a surrogate pair.</exception>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw HalfPair();
        }
    }

    /// <summary>A member's name.</summary>
    /// <exception cref="JsonLdFault">It holds half of a surrogate pair.</exception>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw HalfPair();
        }
    }

    /// <summary>A member's name in UTF-16 without building a string, where it is short and holds no escapes; else nothing.</summary>
    public static ReadOnlySpan<char> ShortText(JsonProperty member, Span<char> buffer) => Transcode(JsonMarshal.GetRawUtf8PropertyName(member), buffer);

    /// <summary>The same for a string.</summary>
    public static ReadOnlySpan<char> ShortText(JsonElement value, Span<char> buffer) => Transcode(JsonMarshal.GetRawUtf8Value(value)[1..^1], buffer);

    /// <summary>Whether it is an array, an object, or neither.</summary>
    public static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);

    private static ReadOnlySpan<char> Transcode(ReadOnlySpan<byte> raw, Span<char> buffer) =>
        raw.Length > buffer.Length || raw.Contains((byte)'\\') ? default : buffer[..Encoding.UTF8.GetChars(raw, buffer)];

    private static JsonLdFault HalfPair() => new(JsonLdErrorCode.LoadingDocumentFailed, "A text holds half of a surrogate pair.");
}
