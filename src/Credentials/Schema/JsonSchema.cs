using System.Text.Json;

namespace Credentials.Schema;

/// <summary>A JSON Schema of draft 2020-12, read and checked before anything is held against it. Immutable, safe to share between threads.</summary>
/// <remarks>
/// https://json-schema.org/draft/2020-12/json-schema-core, https://json-schema.org/draft/2020-12/json-schema-validation. Schemas of draft 2019-09 are read as far as they mean the same.
/// The subset that public credential schemas use: every assertion and applicator of the standard vocabularies, references within the document and to the metaschema. <c>format</c> and the content keywords are annotations, as the standard dialect says, and decide nothing.
/// Refused as unsupported, never passed over: another dialect or vocabulary, a keyword that is not known (but for names that begin with <c>x-</c>), a reference to another document, a pattern that cannot be matched in linear time (look-around, back-references).
/// Nothing is fetched. Work, depth and patterns are bounded: what is beyond the bounds is <see cref="SchemaOutcome.CannotTell"/>.
/// </remarks>
public sealed class JsonSchema
{
    /// <summary>The dialect that is read.</summary>
    public const string Draft202012 = "https://json-schema.org/draft/2020-12/schema";

    /// <summary>The dialect before it, of which the common part is read.</summary>
    public const string Draft201909 = "https://json-schema.org/draft/2019-09/schema";

    private readonly SchemaNode _root;
    private readonly bool _tracks;

    private JsonSchema(SchemaNode root, bool tracks) => (_root, _tracks) = (root, tracks);

    /// <summary>Reads a schema; the first thing in it that is wrong (<see cref="ProblemCode.MalformedValueError"/>) or not supported (<see cref="ProblemCode.Unsupported"/>) is the problem, with its pointer.</summary>
    /// <param name="schema">The schema; it must name its dialect (<c>$schema</c>), as credential schemas must. It is kept, so its document must not be disposed of.</param>
    /// <param name="retrievedFrom">Where it came from: what its relative references are relative to until it gives itself an <c>$id</c>.</param>
    public static Parsed<JsonSchema> Read(JsonElement schema, Uri? retrievedFrom = null)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema", out JsonElement named) || named.ValueKind != JsonValueKind.String)
        {
            // "Schemas without a $schema property are not considered valid and MUST NOT be processed."
            return new Problem(ProblemCode.MalformedValueError, "A schema is an object that names its dialect in $schema.", "/$schema");
        }

        var reader = new SchemaReader(IsDraft201909(named), retrievedFrom);
        Parsed<SchemaNode> root = reader.Read(schema);
        return root.Ok ? new JsonSchema(root.Value, reader.Tracks) : root.Problem;
    }

    /// <summary>Holds an instance against the schema.</summary>
    /// <param name="instance">Any JSON; for a credential, the whole of it.</param>
    public SchemaVerdict Validate(JsonElement instance)
    {
        var run = new SchemaRun(_tracks);
        bool fits = run.Evaluate(_root, instance, null);
        return run.Doubt is { } doubt ? new(SchemaOutcome.CannotTell, doubt)
            : fits ? new(SchemaOutcome.Fits, null)
            : new(SchemaOutcome.DoesNotFit, run.Fault);
    }

    /// <summary>Whether a schema names the earlier dialect, with or without an empty fragment.</summary>
    internal static bool IsDraft201909(JsonElement named) => named.ValueEquals(Draft201909) || named.ValueEquals(Draft201909 + "#");

    /// <summary>Whether a schema names a dialect that is read.</summary>
    internal static bool IsKnown(JsonElement named) => named.ValueEquals(Draft202012) || named.ValueEquals(Draft202012 + "#") || IsDraft201909(named);
}

/// <summary>What came of holding an instance against a schema.</summary>
public enum SchemaOutcome
{
    /// <summary>It fits.</summary>
    Fits = 1,

    /// <summary>It does not.</summary>
    DoesNotFit = 2,

    /// <summary>Finding out would take more than is allowed. Says nothing about the instance.</summary>
    CannotTell = 3,
}

/// <summary>What came of it, and the first reason.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Problem">Null when it fits; otherwise <see cref="ProblemCode.SchemaValidationError"/> with the pointer of the value that does not fit, or <see cref="ProblemCode.Unsupported"/>.</param>
public sealed record SchemaVerdict(SchemaOutcome Outcome, Problem? Problem);
