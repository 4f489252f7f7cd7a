using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>Objects: which members, and what each must be.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2, https://json-schema.org/draft/2020-12/json-schema-validation#section-6.5</remarks>
internal static class ObjectKeywords
{
    private const string Properties = "properties";
    private const string PatternProperties = "patternProperties";

    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("maxProperties", KeywordValue.Count, Assert: (run, frame, value) => !IsObject(frame) || Count(frame).Versus(SchemaNumber.Read(value)!.Value) <= 0 || run.Fail($"it has more than {value.GetRawText()} members")),
        new("minProperties", KeywordValue.Count, Assert: (run, frame, value) => !IsObject(frame) || Count(frame).Versus(SchemaNumber.Read(value)!.Value) >= 0 || run.Fail($"it has fewer than {value.GetRawText()} members")),
        new("required", KeywordValue.Names, Assert: (run, frame, value) => !IsObject(frame) || HasAll(run, frame, value)),
        new("dependentRequired", KeywordValue.NamesByName, Assert: (run, frame, value) => !IsObject(frame) || value.EnumerateObject().All(rule => !Has(run, frame, rule.Name) || HasAll(run, frame, rule.Value))),
        new("propertyNames", KeywordValue.Schema, Subschemas.One, PropertyNames),
        new(Properties, KeywordValue.SchemaMap, Subschemas.Map, (run, frame, _) => ForEach(run, frame, name => frame.Node.Maps[Properties].TryGetValue(name, out SchemaNode? node) ? [node] : [])),
        new(PatternProperties, KeywordValue.SchemaMap, Subschemas.Map, (run, frame, _) => ForEach(run, frame, name => frame.Node.Maps[PatternProperties].Where(rule => run.Matches(frame.Node.Patterns[rule.Key], name)).Select(rule => rule.Value))),
        new("additionalProperties", KeywordValue.Schema, Subschemas.One, (run, frame, _) => ForEach(run, frame, name => IsNamed(run, frame.Node, name) ? [] : [frame.Node.One["additionalProperties"]])),
        new("dependentSchemas", KeywordValue.SchemaMap, Subschemas.Map, (run, frame, _) => !IsObject(frame) || frame.Node.Maps["dependentSchemas"].All(rule => !Has(run, frame, rule.Key) || run.Evaluate(rule.Value, frame.Instance, frame.Seen))),
    ];

    private static bool IsObject(Frame frame) => frame.Instance.ValueKind == JsonValueKind.Object;

    private static SchemaNumber Count(Frame frame) => SchemaNumber.Of(frame.Instance.GetPropertyCount());

    // A look-up goes through the members one by one.
    private static bool Has(SchemaRun run, Frame frame, string name) => run.Charge(1 + (frame.Instance.GetPropertyCount() / 4)) && frame.Instance.TryGetProperty(name, out _);

    private static bool HasAll(SchemaRun run, Frame frame, JsonElement names) =>
        names.EnumerateArray().Select(name => name.GetString()!).All(name => Has(run, frame, name) || run.Fail($"the member {name} is missing"));

    private static bool PropertyNames(SchemaRun run, Frame frame, JsonElement value)
    {
        foreach (JsonProperty member in IsObject(frame) ? frame.Instance.EnumerateObject().ToArray() : [])
        {
            using JsonDocument name = JsonSerializer.SerializeToDocument(member.Name);
            if (!run.Try(frame.Node.One["propertyNames"], name.RootElement, null))
            {
                return run.Fail($"a member may not be called {member.Name}");
            }
        }

        return true;
    }

    /// <summary>"additionalProperties" looks at the names that its siblings know, and at nothing else.</summary>
    private static bool IsNamed(SchemaRun run, SchemaNode node, string name) =>
        (node.Maps.TryGetValue(Properties, out Dictionary<string, SchemaNode>? named) && named.ContainsKey(name))
        || (node.Maps.TryGetValue(PatternProperties, out Dictionary<string, SchemaNode>? patterns) && patterns.Keys.Any(pattern => run.Matches(node.Patterns[pattern], name)));

    private static bool ForEach(SchemaRun run, Frame frame, Func<string, IEnumerable<SchemaNode>> schemasOf)
    {
        foreach (JsonProperty member in IsObject(frame) ? frame.Instance.EnumerateObject() : default)
        {
            if (!run.Charge(1))
            {
                return false;
            }

            foreach (SchemaNode node in schemasOf(member.Name))
            {
                frame.Seen?.AddProperty(member.Name);
                if (!run.EvaluateIn(member.Name, node, member.Value))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
