using System.Text.Json;
using Credentials.DataModel;
using Credentials.Encoding;

namespace Credentials.CredentialTypes;

/// <summary>Members of type metadata, each read with its problem.</summary>
internal static class Members
{
    private const int MaxObjects = 512;

    /// <summary>An optional text.</summary>
    public static string? Text(ShapeCheck check, JsonElement owner, string name, string pointer)
    {
        if (!owner.TryGetProperty(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            check.Malformed(JsonPointer.Member(pointer, name), $"The {name} is text.");
            return null;
        }

        return value.GetString();
    }

    /// <summary>Optional integrity metadata.</summary>
    public static IntegrityMetadata? Integrity(ShapeCheck check, JsonElement owner, string name, string pointer)
    {
        if (Text(check, owner, name, pointer) is not { } text)
        {
            return null;
        }

        Parsed<IntegrityMetadata> read = IntegrityMetadata.Parse(text);
        if (!read.Ok)
        {
            check.Malformed(JsonPointer.Member(pointer, name), read.Problem.Detail);
        }

        return read.Value;
    }

    /// <summary>An optional array of objects.</summary>
    public static IReadOnlyList<T> Objects<T>(ShapeCheck check, JsonElement owner, string name, string pointer, Func<ShapeCheck, JsonElement, string, T?> read)
        where T : class
    {
        string at = JsonPointer.Member(pointer, name);
        if (!owner.TryGetProperty(name, out JsonElement array))
        {
            return [];
        }

        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > MaxObjects)
        {
            check.Malformed(at, $"The {name} is an array of at most {MaxObjects} objects.");
            return [];
        }

        var objects = new List<T>(array.GetArrayLength());
        int index = 0;
        foreach (JsonElement item in array.EnumerateArray())
        {
            string place = JsonPointer.Item(at, index++);
            if (Shapes.IsObject(check, item, place) && read(check, item, place) is { } one)
            {
                objects.Add(one);
            }
        }

        return objects;
    }
}
