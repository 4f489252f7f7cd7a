using System.Text.Json;
using Credentials.Encoding;

namespace Credentials.Schema;

/// <summary>Reads one schema document: every schema in it, wherever it stands, before any of them is used.</summary>
internal sealed class SchemaReader(bool draft201909, Uri? retrievedFrom)
{
    private const string NoPlace = "https://schema.invalid/";

    /// <summary>More schemas than any document needs that describes one kind of credential.</summary>
    private const int MaxNodes = 20_000;

    /// <summary>What all patterns of a document may stand for together: making their automata takes time.</summary>
    private const int MaxPatternSize = 20_000;

    private static readonly string[] Only202012 = ["prefixItems", "$dynamicRef", "$dynamicAnchor", "unevaluatedItems"];

    private readonly Dictionary<string, SchemaNode> _byPointer = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SchemaNode> _byUri = new(StringComparer.Ordinal);
    private int _patternSize;
    private Problem? _malformed;
    private Problem? _unsupported;

    /// <summary>Whether any schema asks what was left unevaluated.</summary>
    public bool Tracks { get; private set; }

    /// <summary>Whether a value is a well-formed schema, known keywords or not: what a reference to the metaschema asks.</summary>
    public static bool IsWellFormed(JsonElement schema)
    {
        var reader = new SchemaReader(draft201909: false, null);
        reader.Read(schema);
        return reader._malformed is null;
    }

    public Parsed<SchemaNode> Read(JsonElement schema)
    {
        SchemaNode root = Walk(schema, "", retrievedFrom?.GetLeftPart(UriPartial.Query) ?? NoPlace, null);
        foreach (SchemaNode node in _byPointer.Values)
        {
            foreach ((Keyword keyword, JsonElement value) in node.Assertions.Where(row => row.Keyword.Name is "$ref" or "$dynamicRef"))
            {
                node.References[keyword.Name] = Resolve(node, value.GetString()!, JsonPointer.Member(node.Pointer, keyword.Name));
            }
        }

        return (_malformed ?? _unsupported) is { } problem ? problem : root;
    }

    private SchemaNode Walk(JsonElement json, string pointer, string parentBase, SchemaNode? resource)
    {
        if (json.ValueKind != JsonValueKind.Object || _byPointer.Count >= MaxNodes)
        {
            if (json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Malformed(pointer, $"Expected a schema (an object, true or false), and no more than {MaxNodes} of them.");
            }

            return Register(new SchemaNode(json, pointer) { Base = parentBase, Resource = resource! });
        }

        string? id = TextOf(json, "$id") is { } text ? Combine(parentBase, text)?.TrimEnd('#') : null;
        bool isResource = resource is null || id is not null;
        SchemaNode node = Register(new SchemaNode(json, pointer) { Base = id ?? parentBase, Resource = isResource ? null! : resource! });
        if (isResource)
        {
            Name(node.Base, node);
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            ReadMember(node, member);
        }

        node.Assertions.Sort((a, b) => Keyword.Find(a.Keyword.Name)!.Value.Order.CompareTo(Keyword.Find(b.Keyword.Name)!.Value.Order));
        return node;
    }

    private void ReadMember(SchemaNode node, JsonProperty member)
    {
        string pointer = JsonPointer.Member(node.Pointer, member.Name);
        if (Keyword.Find(member.Name) is not var (keyword, _) || (draft201909 && Only202012.Contains(member.Name, StringComparer.Ordinal)))
        {
            if (!member.Name.StartsWith("x-", StringComparison.Ordinal))
            {
                Unsupported(pointer, $"The schema uses '{member.Name}', which is not known here.");
            }

            return;
        }

        if (!keyword.Value.Fits(member.Value))
        {
            if (draft201909 && member.Name == "items" && member.Value.ValueKind == JsonValueKind.Array)
            {
                Unsupported(pointer, "Items one by one, as draft 2019-09 wrote them, are not known here: draft 2020-12 calls them prefixItems.");
                return;
            }

            Malformed(pointer, $"The value of {member.Name} is {keyword.Value.Expected}.");
            return;
        }

        ReadIdentifier(node, member, pointer);
        ReadPatterns(node, member, pointer);
        switch (keyword.Holds)
        {
            case Subschemas.One:
                node.One[member.Name] = Walk(member.Value, pointer, node.Base, node.Resource);
                break;
            case Subschemas.List:
                node.Lists[member.Name] = [.. member.Value.EnumerateArray().Select((item, index) => Walk(item, JsonPointer.Item(pointer, index), node.Base, node.Resource))];
                break;
            case Subschemas.Map:
                node.Maps[member.Name] = member.Value.EnumerateObject().ToDictionary(item => item.Name, item => Walk(item.Value, JsonPointer.Member(pointer, item.Name), node.Base, node.Resource), StringComparer.Ordinal);
                break;
            default:
                break;
        }

        if (keyword.Assert is not null)
        {
            node.Assertions.Add((keyword, member.Value));
        }

        Tracks |= member.Name.StartsWith("unevaluated", StringComparison.Ordinal);
    }

    private void ReadIdentifier(SchemaNode node, JsonProperty member, string pointer)
    {
        switch (member.Name)
        {
            case "$schema" when !JsonSchema.IsKnown(member.Value):
                Unsupported(pointer, $"Schemas of the dialect {member.Value.GetString()} are not read here; those of {JsonSchema.Draft202012} are.");
                break;
            case "$anchor":
                Name($"{node.Base}#{member.Value.GetString()}", node);
                break;
            case "$dynamicAnchor":
                node.DynamicAnchor = member.Value.GetString()!;
                node.Resource.DynamicAnchors[node.DynamicAnchor] = node;
                Name($"{node.Base}#{node.DynamicAnchor}", node);
                break;
            default:
                break;
        }
    }

    private void ReadPatterns(SchemaNode node, JsonProperty member, string pointer)
    {
        IEnumerable<string> patterns = member.Name switch
        {
            "pattern" => [member.Value.GetString()!],
            "patternProperties" => member.Value.EnumerateObject().Select(item => item.Name),
            _ => [],
        };
        foreach (string pattern in patterns)
        {
            if (_patternSize <= MaxPatternSize && EcmaPattern.Compile(pattern) is { } compiled)
            {
                node.Patterns[pattern] = compiled;
                _patternSize += compiled.Size;
            }
            else
            {
                Unsupported(pointer, $"The pattern '{pattern}' is none, or none that can be matched in linear time, or there are too many.");
            }
        }
    }

    /// <summary>Where a reference leads; null for the metaschema.</summary>
    private SchemaNode? Resolve(SchemaNode from, string reference, string pointer)
    {
        string[] halves = (Combine(from.Base, reference) ?? "").Split('#', 2);
        string fragment = halves.Length == 2 ? Uri.UnescapeDataString(halves[1]) : "";
        if (!_byUri.TryGetValue(halves[0], out SchemaNode? resource))
        {
            if (halves[0] == JsonSchema.Draft202012 && fragment.Length == 0)
            {
                return null;
            }

            Unsupported(pointer, $"The schema refers to another document, which is not fetched: {reference}.");
            return from;
        }

        SchemaNode? target = fragment is "" or ['/', ..]
            ? _byPointer.GetValueOrDefault(resource.Pointer + fragment)
            : _byUri.GetValueOrDefault($"{halves[0]}#{fragment}");
        if (target is null)
        {
            Malformed(pointer, $"The reference leads to no schema: {reference}.");
        }

        return target ?? from;
    }

    private void Name(string uri, SchemaNode node)
    {
        if (!_byUri.TryAdd(uri, node) && _byUri[uri] != node)
        {
            Malformed(node.Pointer, "Two schemas have one name, so that nobody can tell which one is meant.");
        }
    }

    private SchemaNode Register(SchemaNode node) => _byPointer[node.Pointer] = node;

    private static string? Combine(string @base, string reference) =>
        reference.StartsWith('#') ? @base + reference
        : Uri.TryCreate(@base, UriKind.Absolute, out Uri? from) && Uri.TryCreate(from, reference, out Uri? combined) ? combined.AbsoluteUri
        : null;

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && KeywordValue.Id.Fits(value) ? value.GetString() : null;

    private void Malformed(string pointer, string detail) => _malformed ??= new(ProblemCode.MalformedValueError, detail, pointer);

    private void Unsupported(string pointer, string detail) => _unsupported ??= new(ProblemCode.Unsupported, detail, pointer);
}
