namespace Credentials.Schema.Keywords;

/// <summary>Keywords that say something to people and decide nothing.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-validation#section-9; format: #section-7.2.1, "implementations ... MUST, by default, treat format as an annotation"; lang and dir: https://www.w3.org/TR/vc-json-schema/#reserved-keywords</remarks>
internal static class AnnotationKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("title", KeywordValue.Text),
        new("description", KeywordValue.Text),
        new("default", KeywordValue.Any),
        new("deprecated", KeywordValue.Boolean),
        new("readOnly", KeywordValue.Boolean),
        new("writeOnly", KeywordValue.Boolean),
        new("examples", KeywordValue.Array),
        new("format", KeywordValue.Text),
        new("contentEncoding", KeywordValue.Text),
        new("contentMediaType", KeywordValue.Text),
        new("contentSchema", KeywordValue.Schema, Subschemas.One),
        new("lang", KeywordValue.Text),
        new("dir", KeywordValue.Text),
    ];
}
