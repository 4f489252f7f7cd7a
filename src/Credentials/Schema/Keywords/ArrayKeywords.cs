using System.Globalization;
using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>Arrays: how many items, and what each must be.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.1, https://json-schema.org/draft/2020-12/json-schema-validation#section-6.4</remarks>
internal static class ArrayKeywords
{
    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("maxItems", KeywordValue.Count, Assert: (run, frame, value) => !IsArray(frame) || Length(frame).Versus(SchemaNumber.Read(value)!.Value) <= 0 || run.Fail($"it has more than {value.GetRawText()} items")),
        new("minItems", KeywordValue.Count, Assert: (run, frame, value) => !IsArray(frame) || Length(frame).Versus(SchemaNumber.Read(value)!.Value) >= 0 || run.Fail($"it has fewer than {value.GetRawText()} items")),
        new("uniqueItems", KeywordValue.Boolean, Assert: UniqueItems),
        new("prefixItems", KeywordValue.SchemaList, Subschemas.List, PrefixItems),
        new("items", KeywordValue.Schema, Subschemas.One, Items),
        new("contains", KeywordValue.Schema, Subschemas.One, Contains),
        new("maxContains", KeywordValue.Count),
        new("minContains", KeywordValue.Count),
    ];

    private static bool IsArray(Frame frame) => frame.Instance.ValueKind == JsonValueKind.Array;

    private static SchemaNumber Length(Frame frame) => SchemaNumber.Of(frame.Instance.GetArrayLength());

    private static bool UniqueItems(SchemaRun run, Frame frame, JsonElement value)
    {
        if (!IsArray(frame) || value.ValueKind == JsonValueKind.False)
        {
            return true;
        }

        JsonElement[] items = [.. frame.Instance.EnumerateArray()];
        for (int i = 1; i < items.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!run.Charge(1) || run.AreEqual(items[i], items[j]))
                {
                    return run.Fail(string.Create(CultureInfo.InvariantCulture, $"items {j} and {i} are equal"));
                }
            }
        }

        return true;
    }

    private static bool PrefixItems(SchemaRun run, Frame frame, JsonElement value)
    {
        if (!IsArray(frame))
        {
            return true;
        }

        SchemaNode[] nodes = frame.Node.Lists["prefixItems"];
        frame.Seen?.AddPrefix(nodes.Length);
        return frame.Instance.EnumerateArray().Zip(nodes).Select((pair, index) => (pair.First, pair.Second, index)).All(item => run.EvaluateIn(Text(item.index), item.Second, item.First));
    }

    /// <summary>"applies its subschema to all instance elements at indexes greater than the length of the prefixItems array".</summary>
    private static bool Items(SchemaRun run, Frame frame, JsonElement value)
    {
        if (!IsArray(frame))
        {
            return true;
        }

        int prefix = frame.Node.Lists.TryGetValue("prefixItems", out SchemaNode[]? nodes) ? nodes.Length : 0;
        frame.Seen?.AddAllItems();
        return frame.Instance.EnumerateArray().Select((item, index) => (item, index)).Skip(prefix).All(row => run.EvaluateIn(Text(row.index), frame.Node.One["items"], row.item));
    }

    private static bool Contains(SchemaRun run, Frame frame, JsonElement value)
    {
        if (!IsArray(frame))
        {
            return true;
        }

        int count = 0;
        int index = 0;
        foreach (JsonElement item in frame.Instance.EnumerateArray())
        {
            if (run.Try(frame.Node.One["contains"], item, null))
            {
                frame.Seen?.AddItem(index);
                count++;
            }

            index++;
        }

        SchemaNumber least = Bound(frame, "minContains") ?? SchemaNumber.Of(1);
        return (SchemaNumber.Of(count).Versus(least) >= 0 || run.Fail("it does not contain what it must"))
            && (Bound(frame, "maxContains") is not { } most || SchemaNumber.Of(count).Versus(most) <= 0 || run.Fail("it contains too many of what it may"));
    }

    private static SchemaNumber? Bound(Frame frame, string name) => frame.Node.Json.TryGetProperty(name, out JsonElement bound) ? SchemaNumber.Read(bound) : null;

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);
}
