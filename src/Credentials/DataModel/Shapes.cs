using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.DataModel;

/// <summary>The shapes of single values that the data model's members are made of.</summary>
internal static class Shapes
{
    private const int MaxLanguageTag = 64;

    /// <summary>An absolute URL.</summary>
    internal static void Url(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            check.Malformed(pointer, $"Expected one absolute URL as a string, found {KindOf(value)}.");
        }
        else if (!AbsoluteUrl.Is(value.GetString()!))
        {
            check.Malformed(pointer, "Expected an absolute URL, such as https://example.edu/1, urn:uuid:… or did:web:….");
        }
    }

    /// <summary>A date and time with its zone.</summary>
    internal static void DateTimeStamp(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String || !XsdDateTime.TryParse(value.GetString(), out _))
        {
            check.Malformed(pointer, "Expected a date and time with its zone, such as 2026-06-30T12:00:00Z.");
        }
    }

    /// <summary>A string, or language value objects.</summary>
    /// <remarks>https://www.w3.org/TR/vc-data-model-2.0/#language-and-base-direction</remarks>
    internal static void LanguageText(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            OneOrMore(LanguageValue)(check, value, pointer);
        }
        else if (value.ValueKind != JsonValueKind.String)
        {
            LanguageValue(check, value, pointer);
        }
    }

    /// <summary>One value, or an array of at least one.</summary>
    internal static Shape OneOrMore(Shape shape) => (check, value, pointer) =>
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            shape(check, value, pointer);
            return;
        }

        if (value.GetArrayLength() == 0)
        {
            check.Malformed(pointer, "The array is empty: put a value into it, or leave the member out.");
        }

        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            shape(check, item, JsonPointer.Item(pointer, index++));
        }
    };

    /// <summary>An object, whatever its members.</summary>
    internal static void AnyObject(ShapeCheck check, JsonElement value, string pointer) => IsObject(check, value, pointer);

    /// <summary>An object with at least one member, and a URL for an <c>id</c> if it has one.</summary>
    internal static void Subject(ShapeCheck check, JsonElement value, string pointer)
    {
        if (IsObject(check, value, pointer))
        {
            if (!value.EnumerateObject().Any())
            {
                check.Malformed(pointer, "The subject is empty: claim something about it.");
            }

            check.Member(value, "id", pointer, Url, required: false);
        }
    }

    /// <summary>An object that says its <c>type</c>, and an <c>id</c> that is a URL.</summary>
    internal static Shape Typed(bool idRequired) => (check, value, pointer) =>
    {
        if (IsObject(check, value, pointer))
        {
            check.Member(value, "type", pointer, OneOrMore(TypeName), required: true);
            check.Member(value, "id", pointer, Url, idRequired);
        }
    };

    /// <summary>The name of a type: a term, or an absolute URL.</summary>
    internal static void TypeName(ShapeCheck check, JsonElement value, string pointer)
    {
        string? name = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (string.IsNullOrEmpty(name) || name.Any(char.IsWhiteSpace) || (name.Contains(':', StringComparison.Ordinal) && !AbsoluteUrl.Is(name)))
        {
            check.Malformed(pointer, "A type is a term without white space, or an absolute URL, as a string.");
        }
    }

    internal static bool IsObject(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        check.Malformed(pointer, $"Expected an object, found {KindOf(value)}.");
        return false;
    }

    internal static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };

    private static void LanguageValue(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            check.Malformed(pointer, $"Expected a string, or objects such as {{\"@value\":\"…\",\"@language\":\"ar\",\"@direction\":\"rtl\"}}; found {KindOf(value)}.");
            return;
        }

        check.Member(value, "@value", pointer, PlainText, required: true);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            string at = JsonPointer.Member(pointer, member.Name);
            switch (member.Name)
            {
                case "@value":
                    break;
                case "@language" when member.Value.ValueKind != JsonValueKind.String || !IsLanguageTag(member.Value.GetString()!):
                    check.Malformed(at, "Expected a language tag (BCP 47), such as pt-BR.");
                    break;
                case "@direction" when !IsText(member.Value, "ltr") && !IsText(member.Value, "rtl"):
                    check.Malformed(at, "The direction is ltr or rtl.");
                    break;
                case "@language" or "@direction":
                    break;
                default:
                    check.Malformed(at, "Only @value, @language and @direction may stand here: remove it.");
                    break;
            }
        }
    }

    private static void PlainText(ShapeCheck check, JsonElement value, string pointer)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            check.Malformed(pointer, $"Expected a string, found {KindOf(value)}.");
        }
    }

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    // "language = 2*3ALPHA / 4ALPHA / 5*8ALPHA", then subtags; or "x" for private use and "i" for those of old, with subtags after them.
    private static bool IsLanguageTag(string text) =>
        text.Length <= MaxLanguageTag
        && text.Split('-') is [var language, ..] subtags
        && language.All(char.IsAsciiLetter)
        && (language.Length > 1 || (subtags.Length > 1 && language is "x" or "X" or "i" or "I"))
        && subtags.All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
}
