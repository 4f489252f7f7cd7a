using Credentials.TestKit;

namespace Credentials.Tests.Dids;

/// <summary>A web of a few documents; whatever else is asked for is not there.</summary>
internal sealed class FakeFetcher : IDocumentFetcher
{
    private readonly Dictionary<string, FetchedDocument> _documents = new(StringComparer.Ordinal);

    public List<Uri> Asked { get; } = [];

    public FakeFetcher Serve(string url, byte[] body, string type = "application/json")
    {
        _documents[url] = new(body, type, null);
        return this;
    }

    public FakeFetcher Serve(string url, string body) => Serve(url, Utf8.Bytes(body));

    public FakeFetcher Fail(string url, string fault, int? status = null)
    {
        _documents[url] = new(default, null, fault) { Status = status };
        return this;
    }

    public Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        Asked.Add(url);
        return Task.FromResult(_documents.GetValueOrDefault(url.AbsoluteUri) ?? new FetchedDocument(default, null, "HTTP 404") { Status = 404 });
    }
}
