namespace Credentials.JsonLd;

/// <summary>The contexts that are known by URL. Immutable, shared between threads; compiled forms are kept with it, so keep one.</summary>
/// <remarks>Nothing is ever fetched: a URL that is not here is <see cref="JsonLdErrorCode.LoadingDocumentFailed"/>.</remarks>
public sealed class ContextLibrary
{
    /// <summary>The contexts that ship inside this library, each pinned by digest at build time.</summary>
    public static ContextLibrary Shipped => throw new NotImplementedException();

    /// <summary>This library and one more context; a URL that is known already keeps its shipped meaning unless it is the same document.</summary>
    /// <param name="url">Absolute URL.</param>
    /// <param name="document">JSON text of an object with <c>@context</c>.</param>
    public ContextLibrary With(string url, ReadOnlyMemory<byte> document) => throw new NotImplementedException();

    /// <summary>The URLs that are known.</summary>
    public IReadOnlyCollection<string> Urls => throw new NotImplementedException();

    /// <summary>The document of a URL, or null.</summary>
    public ReadOnlyMemory<byte>? Find(string url) => throw new NotImplementedException();
}
