using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>Lengths and patterns of strings; a character is a Unicode code point.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-validation#section-6.3</remarks>
internal static class StringKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("maxLength", KeywordValue.Count, Assert: (run, frame, value) => LengthOf(run, frame) is not { } length || length.Versus(SchemaNumber.Read(value)!.Value) <= 0 || run.Fail($"it has more than {value.GetRawText()} characters")),
        new("minLength", KeywordValue.Count, Assert: (run, frame, value) => LengthOf(run, frame) is not { } length || length.Versus(SchemaNumber.Read(value)!.Value) >= 0 || run.Fail($"it has fewer than {value.GetRawText()} characters")),
        new("pattern", KeywordValue.Text, Assert: Pattern),
    ];

    private static SchemaNumber? LengthOf(SchemaRun run, Frame frame)
    {
        if (frame.Instance.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string text = frame.Instance.GetString()!;
        run.Charge(text.Length / 64);
        return SchemaNumber.Of(text.EnumerateRunes().Count());
    }

    private static bool Pattern(SchemaRun run, Frame frame, JsonElement value) =>
        frame.Instance.ValueKind != JsonValueKind.String
        || run.Matches(frame.Node.Patterns[value.GetString()!], frame.Instance.GetString()!)
        || run.Fail($"it does not match {value.GetString()}");
}
