using System.Text.Json;

namespace Credentials.Schema;

/// <summary>What the value of a keyword must be.</summary>
/// <param name="Expected">In words.</param>
/// <param name="Fits">Whether a value is that.</param>
/// <remarks>As the metaschema of draft 2020-12 says it.</remarks>
internal sealed record KeywordValue(string Expected, Func<JsonElement, bool> Fits)
{
    private static readonly string[] TypeNames = ["null", "boolean", "object", "array", "number", "integer", "string"];

    public static KeywordValue Any { get; } = new("anything", _ => true);

    public static KeywordValue Text { get; } = new("a string", IsText);

    public static KeywordValue Boolean { get; } = new("true or false", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False);

    public static KeywordValue Array { get; } = new("an array", value => value.ValueKind == JsonValueKind.Array);

    public static KeywordValue Number { get; } = new("a number of at most 400 digits", value => SchemaNumber.Read(value) is not null);

    public static KeywordValue PositiveNumber { get; } = new("a number above 0", value => SchemaNumber.Read(value) is { Sign: > 0 });

    public static KeywordValue Count { get; } = new("an integer of 0 or more", value => SchemaNumber.Read(value) is { Sign: >= 0, IsInteger: true });

    public static KeywordValue Schema { get; } = new("a schema: an object, or true or false", IsSchema);

    public static KeywordValue SchemaList { get; } = new("an array of at least one schema", value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsSchema));

    public static KeywordValue SchemaMap { get; } = new("an object of schemas", value => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => IsSchema(member.Value)));

    public static KeywordValue Names { get; } = new("an array of different strings", IsNames);

    public static KeywordValue NamesByName { get; } = new("an object of arrays of different strings", value => value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => IsNames(member.Value)));

    public static KeywordValue Anchor { get; } = new("a name of letters, digits, '-', '_' and '.'", value =>
        IsText(value) && value.GetString() is [var first, .. var rest] && (char.IsAsciiLetter(first) || first == '_') && rest.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'));

    public static KeywordValue Id { get; } = new("a URI reference without a fragment", value =>
        IsText(value) && value.GetString()!.Split('#', 2) is [_] or [_, ""] && Uri.TryCreate(value.GetString(), UriKind.RelativeOrAbsolute, out _));

    public static KeywordValue Reference { get; } = new("a URI reference", value => IsText(value) && Uri.TryCreate(value.GetString(), UriKind.RelativeOrAbsolute, out _));

    public static KeywordValue Dialect { get; } = new("the URI of a dialect", value => IsText(value) && Uri.TryCreate(value.GetString(), UriKind.Absolute, out _));

    public static KeywordValue Types { get; } = new($"one or several of {string.Join(", ", TypeNames)}", value =>
        (IsText(value) && TypeNames.Contains(value.GetString())) || (IsNames(value) && value.GetArrayLength() > 0 && value.EnumerateArray().All(name => TypeNames.Contains(name.GetString()))));

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsSchema(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;

    private static bool IsNames(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(IsText) && value.EnumerateArray().Select(name => name.GetString()).Distinct().Count() == value.GetArrayLength();
}
