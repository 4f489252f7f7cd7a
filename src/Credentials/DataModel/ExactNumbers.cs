using System.Runtime.InteropServices;
using System.Text.Json;
using Credentials.Canonicalization;
using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>Refuses numbers that a signature over JCS does not tell from others: JCS reads them as doubles, so that 9007199254740993 could be put in the place of 9007199254740992.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7493#section-2.2, which RFC 8785 presumes. What a double holds, and what is written as the shortest text of one, is exact.</remarks>
internal static class ExactNumbers
{
    // Fifteen digits are always told apart.
    private const int AlwaysExact = 15;

    internal static void Check(ShapeCheck check, JsonElement document)
    {
        if (MayHoldAny(document) && FirstIn(document) is { } pointer)
        {
            check.Malformed(pointer, "The number has more digits than a signature tells apart: write it as a string.");
        }
    }

    private static bool MayHoldAny(JsonElement document)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(document), new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && (reader.ValueSpan.Length > AlwaysExact || reader.ValueSpan.ContainsAny((byte)'e', (byte)'E')))
            {
                return true;
            }
        }

        return false;
    }

    // The pointer is made on the way back: made on the way down, long names over many members would cost their product.
    private static string? FirstIn(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(member => FirstIn(member.Value) is { } rest ? JsonPointer.Member("", member.Name) + rest : null).FirstOrDefault(found => found is not null),
        JsonValueKind.Array => value.EnumerateArray().Select((item, index) => FirstIn(item) is { } rest ? JsonPointer.Item("", index) + rest : null).FirstOrDefault(found => found is not null),
        JsonValueKind.Number when !IsExact(value) => "",
        _ => null,
    };

    private static bool IsExact(JsonElement number)
    {
        try
        {
            using var signed = JsonDocument.Parse(Jcs.Canonicalize(number));
            return JsonElement.DeepEquals(number, signed.RootElement);
        }
        catch (FormatException)
        {
            // Larger than any double.
            return false;
        }
    }
}
