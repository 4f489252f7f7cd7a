using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using Credentials.Encoding;
using Credentials.Verification.Fetching;

namespace Credentials.Verification;

/// <summary>Fetches over HTTP within bounds of time, size and redirects, and never from a private address unless told to: the address actually connected to is checked.</summary>
/// <remarks>Sends no cookies, no credentials, no referrer, and uses no proxy (behind one, the address that is connected to could not be checked). Safe to share between threads.</remarks>
public sealed class BoundedFetcher : IDocumentFetcher, IDisposable
{
    private readonly BoundedFetcherOptions _options;
    private readonly HttpMessageInvoker _http;

    /// <summary>A fetcher.</summary>
    public BoundedFetcher(BoundedFetcherOptions options)
        : this(options, Network.System, new SslClientAuthenticationOptions())
    {
    }

    /// <summary>A fetcher over another network.</summary>
    internal BoundedFetcher(BoundedFetcherOptions options, Network network, SslClientAuthenticationOptions tls)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _http = new HttpMessageInvoker(CheckedHttp.Create(options.AllowPrivateAddresses, network, tls));
    }

    /// <inheritdoc/>
    public async Task<FetchedDocument> FetchAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(accept);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(_options.Timeout);
        try
        {
            return await FollowAsync(url, accept, bounded.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fault(string.Create(CultureInfo.InvariantCulture, $"no complete answer within {_options.Timeout.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException fault)
        {
            return Fault(FetchFault.Say(fault));
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            return Fault("the body of the answer is broken");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static FetchedDocument Fault(string fault) => new(default, null, fault);

    private async Task<FetchedDocument> FollowAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            if (RefuseUrl(url) is { } refusal)
            {
                return Fault(refusal);
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(BodyEncoding.Gzip));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Credentials", "1"));
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            }

            if (NextOf(response, url) is not { } next)
            {
                return Fault(string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}")) with { Status = (int)response.StatusCode };
            }

            if (redirects == _options.MaxRedirects)
            {
                return Fault("too many redirects");
            }

            url = next;
        }
    }

    private static Uri? NextOf(HttpResponseMessage response, Uri url) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location && Uri.TryCreate(url, location, out Uri? next) ? next : null;

    private string? RefuseUrl(Uri url) =>
        !url.IsAbsoluteUri ? "the address is no absolute URL"
        : HostName.AsciiOf(url) is null ? "the host's name cannot be looked up"
        : url.UserInfo.Length > 0 ? "an address with a user name or password in it was refused"
        : url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && _options.AllowPrivateAddresses) ? null
        : $"an address of the scheme {url.Scheme} was refused";

    private async Task<FetchedDocument> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (BodyEncoding.Of(content) is not { } encoding)
        {
            return Fault("the answer is packed in a way that was not asked for");
        }

        if (content.Headers.ContentLength > _options.MaxBytes)
        {
            return TooLarge();
        }

        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            ReadOnlyMemory<byte>? body = await BodyEncoding.ReadAtMostAsync(stream, _options.MaxBytes, cancellationToken).ConfigureAwait(false);
            body = body is { } packed && encoding == BodyEncoding.Gzip ? BodyEncoding.Unpack(packed, _options.MaxBytes) : body;
            return body is { } whole ? new(whole, content.Headers.ContentType?.MediaType?.ToLowerInvariant(), null) { Status = (int)HttpStatusCode.OK } : TooLarge();
        }
    }

    private FetchedDocument TooLarge() => Fault(string.Create(CultureInfo.InvariantCulture, $"the answer is larger than {_options.MaxBytes:N0} bytes"));
}
