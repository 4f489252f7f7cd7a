using System.Net.Http.Headers;

namespace Credentials.OpenId.Wallet;

/// <summary>A caller's <see cref="HttpClient"/>, used as a wallet must: https alone (http to this very machine), no redirects, bounded time and bodies, faults as data.</summary>
internal sealed class WalletHttp(HttpClient http, WalletLimits limits)
{
    /// <summary>GETs a document.</summary>
    public Task<Parsed<WalletAnswer>> GetAsync(Uri url, string accept, CancellationToken cancellationToken) =>
        SendAsync(() => Request(HttpMethod.Get, url, null, accept), cancellationToken);

    /// <summary>Sends what the caller makes. One try: what may be repeated is the caller's knowledge.</summary>
    public async Task<Parsed<WalletAnswer>> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = make();
        Uri url = request.RequestUri!;
        if (!IsAllowed(url))
        {
            return WalletProblem.Malformed($"{url.Scheme}://{url.Host} is not asked: a wallet speaks https alone, and http only to its own machine.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limits.Timeout);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            if ((int)response.StatusCode is >= 300 and < 400 || response.RequestMessage?.RequestUri is { } asked && asked != url)
            {
                return WalletProblem.Unexpected($"{url.Host} sends the wallet elsewhere, and a wallet does not follow.");
            }

            return await ReadAsync(response, patience.Token).ConfigureAwait(false) is { } body
                ? new WalletAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(), body)
                {
                    DpopNonce = response.Headers.TryGetValues("DPoP-Nonce", out IEnumerable<string>? nonces) ? nonces.FirstOrDefault() : null,
                    Challenge = response.Headers.WwwAuthenticate.ToString(),
                }
                : WalletProblem.Unexpected($"{url.Host} answered with more than {limits.MaxBody} bytes.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Problem(WalletProblem.NoAnswer, $"{url.Host} did not answer within {limits.Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Problem(WalletProblem.NoAnswer, $"{url.Host} gave no answer: {e.Message}");
        }
    }

    /// <summary>A request, to be sent once.</summary>
    public static HttpRequestMessage Request(HttpMethod method, Uri url, HttpContent? content, string accept = "application/json")
    {
        HttpRequestMessage request = new(method, url) { Content = content };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return request;
    }

    /// <summary>Whether a wallet would ask there at all.</summary>
    public static bool IsAllowed(Uri url) => url.IsAbsoluteUri && url.UserInfo.Length == 0 && (url.Scheme == Uri.UriSchemeHttps || url is { Scheme: "http", IsLoopback: true });

    // Null when there is more than may be read.
    private async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > limits.MaxBody)
        {
            return null;
        }

        using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using MemoryStream body = new();
        byte[] buffer = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (body.Length + read > limits.MaxBody)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
