using System.Text.Json;
using Credentials.JsonLd.Syntax;

namespace Credentials.JsonLd.Contexts;

/// <summary>Context Processing: an active context from another and a local context.</summary>
/// <param name="library">The contexts that are known by URL.</param>
/// <param name="budget">What the operation may spend.</param>
/// <param name="options">Those of the operation.</param>
/// <remarks>https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm</remarks>
internal sealed class ContextReader(ContextLibrary library, Budget budget, JsonLdOptions options)
{
    public Budget Budget => budget;

    public JsonLdOptions Options => options;

    /// <summary>Applies what a document has under <c>@context</c>. A chain of URLs leads to the same object each time.</summary>
    public ActiveContext Apply(ActiveContext active, JsonElement local)
    {
        if (local.ValueKind != JsonValueKind.Array)
        {
            return Usable(ApplyItem(active, local, isWhole: true));
        }

        foreach (JsonElement item in local.EnumerateArray())
        {
            active = item.ValueKind == JsonValueKind.Array ? throw NoContext() : ApplyItem(active, item, isWhole: false);
        }

        return Usable(active);
    }

    /// <summary>Applies the scoped context of a term.</summary>
    public ActiveContext Apply(ActiveContext active, ScopedContext scoped, bool typeScoped)
    {
        if (active.TryGetDerived(scoped, typeScoped, out ActiveContext? derived))
        {
            return Usable(derived);
        }

        // Even an empty one comes to an active context of its own, and the types of a node may bring any number.
        budget.Define();
        derived = Read(active, scoped.Value, new ContextReading(scoped.BaseUrl, null, OverrideProtected: !typeScoped, Propagate: !typeScoped, ValidateScoped: true));
        return Usable(Keep(active, scoped, typeScoped, derived));
    }

    private ActiveContext ApplyItem(ActiveContext active, JsonElement item, bool isWhole)
    {
        ContextReading reading = new(options.Base, null, OverrideProtected: false, Propagate: true, ValidateScoped: true);
        if (item.ValueKind != JsonValueKind.String)
        {
            return Read(active, item, reading, isWhole);
        }

        string url = ResolveUrl(Json.Text(item), options.Base);
        return active.TryGetDerived(url, typeScoped: false, out ActiveContext? derived)
            ? derived
            : Keep(active, url, typeScoped: false, Read(active, item, reading, isWhole));
    }

    // Safe mode refuses the use of a context of which something would be dropped.
    private ActiveContext Usable(ActiveContext active) =>
        options.Safe && active.Flaw is { } flaw ? throw new JsonLdFault(JsonLdErrorCode.WouldBeDropped, flaw) : active;

    private ActiveContext Keep(ActiveContext active, object context, bool typeScoped, ActiveContext derived)
    {
        if (active.Owner is { } owner)
        {
            // What comes from the document itself is not kept beyond it.
            if (derived.LeansOnBase || context is ScopedContext { IsShared: false })
            {
                return derived;
            }

            derived = derived.Flatten(owner);
            owner.Add(derived);
            if (owner.IsFull)
            {
                library.Forget(owner);
            }
        }

        active.Keep(context, typeScoped, derived);
        return derived;
    }

    /// <summary>The algorithm.</summary>
    internal ActiveContext Read(ActiveContext active, JsonElement local, ContextReading reading, bool isWhole = true)
    {
        budget.Enter();

        // 1. Initialize result to the result of cloning active context.
        var result = new ActiveContext(active);

        // 2. If local context is an object containing the member @propagate, ... set propagate to that value.
        if (isWhole && local.ValueKind == JsonValueKind.Object && local.TryGetProperty("@propagate"u8, out JsonElement propagate))
        {
            reading = reading with { Propagate = propagate.ValueKind != JsonValueKind.False };
        }

        // 3. If propagate is false, and result does not have a previous context, set previous context in result to active context.
        if (!reading.Propagate)
        {
            result.Previous ??= active;
        }

        // 4. If local context is not an array, set local context to an array containing only local context.
        // 5. For each item context in local context:
        if (local.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in local.EnumerateArray())
            {
                result = ReadItem(result, item, ref reading);
            }
        }
        else
        {
            result = ReadItem(result, local, ref reading);
        }

        if (result.Layers > ActiveContext.MaxLayers)
        {
            budget.Copy(result.Weight);
            result = result.Flatten(null);
        }

        // 6. Return result.
        budget.Leave();
        return result;
    }

    private ActiveContext ReadItem(ActiveContext result, JsonElement context, ref ContextReading reading)
    {
        switch (context.ValueKind)
        {
            case JsonValueKind.Null:
                // 5.1.1 If override protected is false and active context contains any protected term definitions, an invalid context nullification has been detected.
                if (!reading.OverrideProtected && result.HasProtected)
                {
                    throw new JsonLdFault("invalid context nullification", "A null context would take away terms that are protected.");
                }

                // 5.1.2 Initialize result as a newly-initialized active context, ... and, if propagate is false, previous context in result to the previous value of result.
                return new ActiveContext { Previous = reading.Propagate ? null : result };

            case JsonValueKind.String:
                return ReadRemote(result, context, ref reading);

            // Only where it is the document's own: what a context library holds is shared with those who do not read it so.
            case JsonValueKind.Object when options.NestedContexts && reading.Remote is null && reading.BaseUrl == options.Base && Nested(context) is { } nested:
                return ReadItem(result, nested, ref reading);

            case JsonValueKind.Object:
                ContextDefinition definition = ContextDefinition.Read(this, context, reading.BaseUrl);
                definition.SetDefaults(result, isRemote: reading.Remote is not null);
                new DefinitionReader(this, result, definition, reading).ReadAll();
                return result;

            default:
                // 5.3 If context is not a map, an invalid local context error has been detected.
                throw NoContext();
        }
    }

    private static JsonLdFault NoContext() => new("invalid local context", "A context is a URL, an object, or null.");

    private static JsonElement? Nested(JsonElement context) =>
        context.TryGetProperty("@context"u8, out JsonElement nested) && nested.ValueKind == JsonValueKind.Object && context.GetPropertyCount() == 1 && !nested.TryGetProperty("@context"u8, out _) ? nested : null;

    private ActiveContext ReadRemote(ActiveContext result, JsonElement context, ref ContextReading reading)
    {
        // 5.2.1 Initialize context to the result of resolving context against base URL.
        string url = ResolveUrl(Json.Text(context), reading.BaseUrl);

        // 5.2.2 If validate scoped context is false, and remote contexts already includes context do not process context further.
        if (!reading.ValidateScoped && reading.Remote?.Includes(url) == true)
        {
            return result;
        }

        // 5.2.3 If the number of entries in the remote contexts array exceeds a processor defined limit, a context overflow error has been detected.
        reading = reading with { Remote = RemoteContexts.Add(url, reading.Remote) };

        // 5.2.4 and 5.2.5 ... set loaded context to the value of the @context entry.
        // 5.2.6 Set result to the result of recursively calling this algorithm, ... the documentUrl of context document for base URL.
        budget.Define();
        return Read(result, Load(url), new ContextReading(url, reading.Remote, OverrideProtected: false, Propagate: true, reading.ValidateScoped));
    }

    /// <summary>The value of the <c>@context</c> entry of a known document.</summary>
    internal JsonElement Load(string url) => library.ContextOf(url);

    /// <summary>The absolute URL of a context.</summary>
    internal static string ResolveUrl(string reference, string? baseUrl)
    {
        if (Iri.HasForm(reference))
        {
            return reference;
        }

        return baseUrl is not null && Iri.HasForm(baseUrl)
            ? Iri.Resolve(baseUrl, reference)
            : throw new JsonLdFault(JsonLdErrorCode.LoadingDocumentFailed, "A context is named by a relative URL, and there is no base.");
    }
}

/// <summary>The inputs of context processing besides the contexts.</summary>
/// <param name="BaseUrl">Against which the URLs of contexts are resolved.</param>
/// <param name="Remote">The contexts by URL that are being processed.</param>
/// <param name="OverrideProtected">Whether protected terms may change.</param>
/// <param name="Propagate">Whether it holds for the nodes inside too.</param>
/// <param name="ValidateScoped">Whether a context may come again inside itself, up to the limit.</param>
internal readonly record struct ContextReading(string? BaseUrl, RemoteContexts? Remote, bool OverrideProtected, bool Propagate, bool ValidateScoped);

/// <summary>The contexts by URL that lead to a place.</summary>
internal sealed class RemoteContexts
{
    private const int Limit = 32;

    private readonly RemoteContexts? _rest;
    private readonly string _url;
    private readonly int _count;

    private RemoteContexts(string url, RemoteContexts? rest) => (_url, _rest, _count) = (url, rest, (rest?._count ?? 0) + 1);

    public static RemoteContexts Add(string url, RemoteContexts? rest) => rest is { _count: >= Limit }
        ? throw new JsonLdFault(JsonLdErrorCode.ContextOverflow, $"Contexts lead to contexts more than {Limit} times: a loop.")
        : new RemoteContexts(url, rest);

    public bool Includes(string url) => _url == url || _rest?.Includes(url) == true;
}
