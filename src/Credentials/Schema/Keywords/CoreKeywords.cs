using System.Runtime.InteropServices;
using System.Text.Json;

namespace Credentials.Schema.Keywords;

/// <summary>Names of schemas, and references to them.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/json-schema-core#section-8</remarks>
internal static class CoreKeywords
{
    /// <summary>Bytes of a schema that are looked at for one step.</summary>
    private const int BytesPerStep = 4;

    public static IReadOnlyList<Keyword> All { get; } =
    [
        new("$schema", KeywordValue.Dialect),
        new("$id", KeywordValue.Id),
        new("$anchor", KeywordValue.Anchor),
        new("$dynamicAnchor", KeywordValue.Anchor),
        new("$comment", KeywordValue.Text),
        new("$defs", KeywordValue.SchemaMap, Subschemas.Map),
        new("definitions", KeywordValue.SchemaMap, Subschemas.Map), // What $defs was called before; schemas still keep theirs there.
        new("$ref", KeywordValue.Reference, Assert: Reference),
        new("$dynamicRef", KeywordValue.Reference, Assert: DynamicReference),
    ];

    private static bool Reference(SchemaRun run, Frame frame, JsonElement value) => Follow(run, frame, frame.Node.References["$ref"]);

    /// <summary>"If the initially resolved starting point URI includes a fragment that was created by the $dynamicAnchor keyword, the initial URI MUST be replaced by the URI for the outermost schema resource in the dynamic scope that defines an identically named fragment".</summary>
    private static bool DynamicReference(SchemaRun run, Frame frame, JsonElement value)
    {
        SchemaNode? target = frame.Node.References["$dynamicRef"];
        string text = value.GetString()!;
        if (target?.DynamicAnchor is { } anchor && text.EndsWith("#" + anchor, StringComparison.Ordinal))
        {
            target = run.Scope.Select(resource => resource.DynamicAnchors.GetValueOrDefault(anchor)).FirstOrDefault(node => node is not null) ?? target;
        }

        return Follow(run, frame, target);
    }

    private static bool Follow(SchemaRun run, Frame frame, SchemaNode? target) => target is not null
        ? run.Evaluate(target, frame.Instance, frame.Seen)
        : run.Charge(JsonMarshal.GetRawUtf8Value(frame.Instance).Length / BytesPerStep) && (SchemaReader.IsWellFormed(frame.Instance) || run.Fail("it is no JSON Schema"));
}
