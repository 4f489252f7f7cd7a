using System.Net;

namespace Credentials.TestKit.Witnesses;

/// <summary>A time-stamp authority on a wire: what <see cref="HttpClient"/> sends it, it answers, and counts.</summary>
public sealed class TimeStampServer(TestTimeStampAuthority authority, TimeProvider clock) : HttpMessageHandler
{
    private int _asked;

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>What it answers instead; null for a token.</summary>
    public Func<byte[], HttpResponseMessage>? Instead { get; set; }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        byte[] query = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        if (request.Method != HttpMethod.Post || request.Content?.Headers.ContentType?.MediaType != "application/timestamp-query")
        {
            return new(HttpStatusCode.UnsupportedMediaType);
        }

        return Instead?.Invoke(query) ?? Reply(authority.Answer(query, clock.GetUtcNow()));
    }

    /// <summary>An answer of the right media type.</summary>
    public static HttpResponseMessage Reply(byte[] body) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/timestamp-reply") } } };
}
