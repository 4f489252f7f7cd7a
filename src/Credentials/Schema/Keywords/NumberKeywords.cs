using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>Bounds of numbers, compared exactly.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-validation#section-6.2</remarks>
internal static class NumberKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("multipleOf", KeywordValue.PositiveNumber, Assert: Of((number, divisor) => number.IsMultipleOf(divisor), "it is no multiple of")),
        new("maximum", KeywordValue.Number, Assert: Of((number, bound) => number.Versus(bound) <= 0, "it is above")),
        new("exclusiveMaximum", KeywordValue.Number, Assert: Of((number, bound) => number.Versus(bound) < 0, "it is not below")),
        new("minimum", KeywordValue.Number, Assert: Of((number, bound) => number.Versus(bound) >= 0, "it is below")),
        new("exclusiveMinimum", KeywordValue.Number, Assert: Of((number, bound) => number.Versus(bound) > 0, "it is not above")),
    ];

    private static KeywordAssertion Of(Func<SchemaNumber, SchemaNumber, bool> fits, string what) => (run, frame, value) =>
        frame.Instance.ValueKind != JsonValueKind.Number
        || (SchemaNumber.Read(frame.Instance) is { } number
            ? fits(number, SchemaNumber.Read(value)!.Value) || run.Fail($"{what} {value.GetRawText()}")
            : run.GiveUp("The document has a number that is too long to be compared."));
}
