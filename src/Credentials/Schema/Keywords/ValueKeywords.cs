using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>What a value is, whatever its type.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1</remarks>
internal static class ValueKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("type", KeywordValue.Types, Assert: Type),
        new("enum", KeywordValue.Array, Assert: (run, frame, value) => value.EnumerateArray().Any(one => run.AreEqual(one, frame.Instance)) || run.Fail("it is none of the values that are allowed")),
        new("const", KeywordValue.Any, Assert: (run, frame, value) => run.AreEqual(value, frame.Instance) || run.Fail("it is not the one value that is allowed")),
    ];

    private static bool Type(SchemaRun run, Frame frame, JsonElement value)
    {
        bool fits = value.ValueKind == JsonValueKind.String ? Is(frame.Instance, value.GetString()!) : value.EnumerateArray().Any(name => Is(frame.Instance, name.GetString()!));
        return fits || run.Fail($"expected {(value.ValueKind == JsonValueKind.String ? value.GetString() : string.Join(" or ", value.EnumerateArray().Select(name => name.GetString())))}");
    }

    private static bool Is(JsonElement instance, string type) => (instance.ValueKind, type) switch
    {
        (JsonValueKind.Null, "null") => true,
        (JsonValueKind.True or JsonValueKind.False, "boolean") => true,
        (JsonValueKind.Object, "object") => true,
        (JsonValueKind.Array, "array") => true,
        (JsonValueKind.Number, "number") => true,
        (JsonValueKind.Number, "integer") => SchemaNumber.Read(instance) is { IsInteger: true },
        (JsonValueKind.String, "string") => true,
        _ => false,
    };
}
