using System.Net.Http.Headers;

namespace Credentials.OpenId.Wallet.Issuing;

/// <summary>POSTs of one issuance: with a DPoP proof where tokens are bound, again when a server gives its nonce first, and again when an answer was lost.</summary>
internal sealed class ProtectedHttp(WalletHttp http, DpopSession? dpop, WalletLimits limits)
{
    /// <summary>Sends a body. It must be such that the server takes it twice for one.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="body">The body.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="accessToken">The access token; null where there is none yet.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Parsed<WalletAnswer>> PostAsync(Uri url, ReadOnlyMemory<byte> body, string mediaType, string? accessToken, CancellationToken cancellationToken)
    {
        int losses = 0;
        bool knowsNonce = false;
        while (true)
        {
            Parsed<string> proof = dpop is null ? "" : await dpop.ProveAsync(HttpMethod.Post, url, accessToken, cancellationToken).ConfigureAwait(false);
            if (!proof.Ok)
            {
                return proof.Problem;
            }

            Parsed<WalletAnswer> answer = await http.SendAsync(() => Request(url, body, mediaType, accessToken, proof.Value), cancellationToken).ConfigureAwait(false);
            if (answer.Ok)
            {
                // Once for each call: a server that has a new nonce every time would keep the wallet busy for ever.
                if (dpop?.Learn(url, answer.Value) == true && !knowsNonce)
                {
                    knowsNonce = true;
                    continue;
                }

                return answer;
            }

            if (answer.Problem.Code != WalletProblem.NoAnswer || losses++ == limits.Repetitions)
            {
                return answer;
            }

            await Task.Delay(limits.RepetitionDelay, limits.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private HttpRequestMessage Request(Uri url, ReadOnlyMemory<byte> body, string mediaType, string? accessToken, string proof)
    {
        ByteArrayContent content = new(body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        HttpRequestMessage request = WalletHttp.Request(HttpMethod.Post, url, content);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/jwt"));
        if (accessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(dpop is null ? "Bearer" : "DPoP", accessToken);
        }

        if (dpop is not null)
        {
            request.Headers.Add("DPoP", proof);
        }

        return request;
    }
}
