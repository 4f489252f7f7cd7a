using System.Text.Json;

namespace Credentials.Schema;

/// <summary>What schemas a keyword's value holds.</summary>
internal enum Subschemas
{
    None = 0,
    One,
    List,
    Map,
}

/// <summary>A schema at work on a value.</summary>
/// <param name="Node">The schema.</param>
/// <param name="Instance">The value.</param>
/// <param name="Seen">What of the value was evaluated so far; null where nobody asks.</param>
internal readonly record struct Frame(SchemaNode Node, JsonElement Instance, Evaluated? Seen);

/// <summary>Whether the instance keeps to a keyword; tells the run why not.</summary>
internal delegate bool KeywordAssertion(SchemaRun run, Frame frame, JsonElement value);

/// <summary>One keyword: what its value must be, what schemas it holds, what it asserts.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="Value">What its value must be.</param>
/// <param name="Holds">What schemas are in it.</param>
/// <param name="Assert">What it asserts; null for an identifier, an annotation, or a keyword that another one reads.</param>
internal sealed record Keyword(string Name, KeywordValue Value, Subschemas Holds = Subschemas.None, KeywordAssertion? Assert = null)
{
    /// <summary>Every keyword that is known, in the order in which assertions are made: those that ask what others have evaluated come last.</summary>
    public static IReadOnlyList<Keyword> All { get; } =
    [
        .. Keywords.CoreKeywords.All, // https://json-schema.org/draft/2020-12/json-schema-core#section-8
        .. Keywords.ValueKeywords.All, // https://json-schema.org/draft/2020-12/json-schema-validation#section-6.1
        .. Keywords.NumberKeywords.All, // #section-6.2
        .. Keywords.StringKeywords.All, // #section-6.3
        .. Keywords.LogicKeywords.All, // https://json-schema.org/draft/2020-12/json-schema-core#section-10.2
        .. Keywords.ArrayKeywords.All, // #section-10.3.1
        .. Keywords.ObjectKeywords.All, // #section-10.3.2
        .. Keywords.UnevaluatedKeywords.All, // #section-11
        .. Keywords.AnnotationKeywords.All, // https://json-schema.org/draft/2020-12/json-schema-validation#section-9
    ];

    private static readonly Dictionary<string, (Keyword Keyword, int Order)> ByName = All.Select((keyword, order) => (keyword, order)).ToDictionary(row => row.keyword.Name, StringComparer.Ordinal);

    /// <summary>The keyword of that name and its place in the order; null where it is not known.</summary>
    public static (Keyword Keyword, int Order)? Find(string name) => ByName.TryGetValue(name, out (Keyword, int) row) ? row : null;
}
