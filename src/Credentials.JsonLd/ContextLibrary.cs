using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Credentials.JsonLd.Contexts;

namespace Credentials.JsonLd;

/// <summary>The contexts that are known by URL. Immutable, shared between threads; compiled forms are kept with it, so keep one.</summary>
/// <remarks>Nothing is ever fetched: a URL that is not here is <see cref="JsonLdErrorCode.LoadingRemoteContextFailed"/>.</remarks>
public sealed class ContextLibrary
{
    // A loader may know any number of contexts.
    private const int MaxParsed = 1_000;

    private static readonly Lazy<ContextLibrary> ShippedLibrary = new(() => new ContextLibrary(ShippedContexts.Read(), null));

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _documents;
    private readonly Func<string, ReadOnlyMemory<byte>?>? _loader;
    private readonly ConcurrentDictionary<string, JsonElement> _contexts = new(StringComparer.Ordinal);
    private SharedContexts _shared = new();

    private ContextLibrary(Dictionary<string, ReadOnlyMemory<byte>> documents, Func<string, ReadOnlyMemory<byte>?>? loader) =>
        (_documents, _loader) = (documents, loader);

    /// <summary>The contexts that ship inside this library, each pinned by digest at build time.</summary>
    public static ContextLibrary Shipped => ShippedLibrary.Value;

    /// <summary>A library without contexts.</summary>
    public static ContextLibrary Empty { get; } = new([], null);

    /// <summary>The URLs that are known, without those that only a loader knows.</summary>
    public IReadOnlyCollection<string> Urls => _documents.Keys;

    /// <summary>This library and one more context; a URL that is known already keeps its meaning.</summary>
    /// <param name="url">Absolute URL.</param>
    /// <param name="document">JSON text of an object with <c>@context</c>.</param>
    public ContextLibrary With(string url, ReadOnlyMemory<byte> document)
    {
        Dictionary<string, ReadOnlyMemory<byte>> documents = new(_documents);
        documents.TryAdd(url, document);
        return new ContextLibrary(documents, _loader);
    }

    /// <summary>This library, and for a URL that is not in it what <paramref name="loader"/> says; null: it knows no such context. It must give the same answer to a URL always, for it is not asked each time.</summary>
    public ContextLibrary WithLoader(Func<string, ReadOnlyMemory<byte>?> loader) => new(_documents, loader);

    /// <summary>The document of a URL, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string url) => _documents.TryGetValue(url, out ReadOnlyMemory<byte> document) ? document : _loader?.Invoke(url);

    /// <summary>The context without terms, from which the compiled ones that are kept begin.</summary>
    internal ActiveContext Start => Volatile.Read(ref _shared).Empty;

    /// <summary>Lets go of the compiled contexts and begins anew.</summary>
    internal void Forget(SharedContexts full) => Interlocked.CompareExchange(ref _shared, new SharedContexts(), full);

    /// <summary>The value of the <c>@context</c> entry of a known document.</summary>
    internal JsonElement ContextOf(string url)
    {
        if (_contexts.TryGetValue(url, out JsonElement context))
        {
            return context;
        }

        if (Find(url) is not { } document)
        {
            throw new JsonLdFault(JsonLdErrorCode.LoadingRemoteContextFailed, $"The context {url} is not known.");
        }

        context = Parse(url, document);
        if (_contexts.Count < MaxParsed)
        {
            _contexts.TryAdd(url, context);
        }

        return context;
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The context lives in it as long as the library.")]
    private static JsonElement Parse(string url, ReadOnlyMemory<byte> document)
    {
        try
        {
            JsonElement root = JsonDocument.Parse(document, new JsonDocumentOptions { AllowDuplicateProperties = false }).RootElement;
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("@context"u8, out JsonElement context)
                ? context
                : throw new JsonLdFault("invalid remote context", $"The document {url} has no @context.");
        }
        catch (JsonException)
        {
            throw new JsonLdFault(JsonLdErrorCode.LoadingRemoteContextFailed, $"The document {url} is no JSON.");
        }
    }
}
