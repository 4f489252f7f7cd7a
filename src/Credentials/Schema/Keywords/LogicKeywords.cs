using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>Schemas joined by and, or, not, and if.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-10.2</remarks>
internal static class LogicKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("allOf", KeywordValue.SchemaList, Subschemas.List, (run, frame, _) => Array.TrueForAll(frame.Node.Lists["allOf"], node => run.Evaluate(node, frame.Instance, frame.Seen))),
        new("anyOf", KeywordValue.SchemaList, Subschemas.List, AnyOf),
        new("oneOf", KeywordValue.SchemaList, Subschemas.List, OneOf),
        new("not", KeywordValue.Schema, Subschemas.One, (run, frame, _) => !run.Try(frame.Node.One["not"], frame.Instance, null) ? run.Doubt is null : run.Fail("it fits a schema that it must not fit")),
        new("if", KeywordValue.Schema, Subschemas.One, If),
        new("then", KeywordValue.Schema, Subschemas.One),
        new("else", KeywordValue.Schema, Subschemas.One),
    ];

    private static bool AnyOf(SchemaRun run, Frame frame, JsonElement value)
    {
        bool any = false;
        foreach (SchemaNode node in frame.Node.Lists["anyOf"])
        {
            any |= run.Try(node, frame.Instance, frame.Seen);

            // Each that fits adds to what was evaluated; where nobody asks, the first is enough.
            if (any && frame.Seen is null)
            {
                break;
            }
        }

        return any || run.Fail("it fits none of the schemas of which it must fit one");
    }

    private static bool OneOf(SchemaRun run, Frame frame, JsonElement value)
    {
        int count = frame.Node.Lists["oneOf"].Count(node => run.Try(node, frame.Instance, frame.Seen));
        return count == 1 || run.Fail(count == 0 ? "it fits none of the schemas of which it must fit one" : "it fits several of the schemas of which it must fit one only");
    }

    private static bool If(SchemaRun run, Frame frame, JsonElement value)
    {
        string branch = run.Try(frame.Node.One["if"], frame.Instance, frame.Seen) ? "then" : "else";
        return run.Doubt is null && (!frame.Node.One.TryGetValue(branch, out SchemaNode? node) || run.Evaluate(node, frame.Instance, frame.Seen));
    }
}
