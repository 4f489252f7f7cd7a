using System.Globalization;
using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>What no other schema of the value has looked at.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-11. Evaluated after every other keyword of their schema.</remarks>
internal static class UnevaluatedKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("unevaluatedItems", KeywordValue.Schema, Subschemas.One, Items),
        new("unevaluatedProperties", KeywordValue.Schema, Subschemas.One, Properties),
    ];

    private static bool Items(SchemaRun run, Frame frame, JsonElement value)
    {
        if (frame.Instance.ValueKind != JsonValueKind.Array)
        {
            return true;
        }

        int index = 0;
        foreach (JsonElement item in frame.Instance.EnumerateArray())
        {
            if (!frame.Seen!.HasItem(index) && !run.EvaluateIn(index.ToString(CultureInfo.InvariantCulture), frame.Node.One["unevaluatedItems"], item))
            {
                return false;
            }

            index++;
        }

        frame.Seen!.AddAllItems();
        return true;
    }

    private static bool Properties(SchemaRun run, Frame frame, JsonElement value)
    {
        if (frame.Instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (JsonProperty member in frame.Instance.EnumerateObject())
        {
            if (!frame.Seen!.HasProperty(member.Name) && !run.EvaluateIn(member.Name, frame.Node.One["unevaluatedProperties"], member.Value))
            {
                return false;
            }
        }

        frame.Seen!.AddAllProperties();
        return true;
    }
}
