using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Encoding;
using Credentials.Jose.Encryption;
using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Wallet.Presenting;

/// <summary>A wallet's side of OpenID4VP: opens a request, proposes what to show, and sends what its holder agreed to. Three calls, so that nothing is sent unseen.</summary>
/// <param name="http">Should not follow redirects; when it does, what came by one is refused. Not disposed here.</param>
/// <param name="options">What is trusted.</param>
/// <remarks>https://openid.net/specs/openid-4-verifiable-presentations-1_0.html</remarks>
public sealed class PresentationClient(HttpClient http, PresentationClientOptions options)
{
    private const int NonceBytes = 16;

    private readonly WalletHttp _http = new(http, options.Limits);
    private readonly RequestCheck _check = new(options.Resolver, options.Roots, options.Limits.Clock);

    /// <summary>Reads a link or QR text, fetches the request if it is by reference, and checks whose it is.</summary>
    /// <param name="link"><c>openid4vp://?…</c>, the https link of a web wallet, or the query alone.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The request; or a problem, with a code of <see cref="PresentationError"/> where the request itself is at fault.</returns>
    public async Task<Parsed<CheckedRequest>> OpenAsync(string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        Parsed<RequestLink> read = RequestLink.Read(link.Trim());
        if (!read.Ok)
        {
            return read.Problem;
        }

        if (read.Value.RequestUri is not { } place)
        {
            return await _check.CheckAsync(read.Value, null, null, cancellationToken).ConfigureAwait(false);
        }

        string? nonce = read.Value.ByPost ? StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(NonceBytes)) : null;
        Parsed<WalletAnswer> fetched = await _http.SendAsync(() => Fetching(new Uri(place), read.Value.ClientId, nonce), cancellationToken).ConfigureAwait(false);
        return !fetched.Ok ? fetched.Problem

            // "If the Verifier responds with any HTTP error response, the Wallet MUST terminate the process."
            : !fetched.Value.Succeeded ? WalletProblem.Refusal(fetched.Value, "The verifier")
            : fetched.Value.MediaType != RequestObject.MediaType ? WalletProblem.Unexpected($"The request was not sent as {RequestObject.MediaType}.")
            : await _check.CheckAsync(read.Value, System.Text.Encoding.ASCII.GetString(fetched.Value.Body).Trim(), nonce, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What would be shown: for each use that the verifier requires, the first option that the wallet has; of each credential no more than was asked.</summary>
    /// <param name="request">What <see cref="OpenAsync"/> gave.</param>
    /// <param name="held">What the holder is willing to choose from, the preferred one first.</param>
    public static Parsed<PresentationProposal> Propose(CheckedRequest request, IReadOnlyList<HeldCredential> held)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(held);
        AuthorizationRequest asked = request.Request;
        HeldCredential[] takeable = [.. held.Where(one => PresentationWriting.CanShow(one.Format) && SigningMethods.AreTaken(one, asked.ClientMetadata))];
        DcqlCredential[] views = [.. takeable.Select(HeldCredentialView.Of).Where(view => view.Ok).Select(view => view.Value!)];
        var selection = DcqlSelection.Of(asked.Query, views);
        if (!selection.CanAnswer)
        {
            return new Problem(WalletProblem.NothingToShow, "The wallet holds nothing that answers what the verifier asks.");
        }

        return new PresentationProposal(request, [.. selection.Suggested.Select(id => selection.Matches[id][0]).Select(match =>
            new ShownCredential(match.Query.Id, takeable.First(one => one.Id == match.Credential.Id), match))]);
    }

    /// <summary>Signs and sends what was proposed.</summary>
    public async Task<Parsed<PresentationReceipt>> SendAsync(PresentationProposal proposal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        AuthorizationRequest request = proposal.Request.Request;
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(options.Limits.Clock.GetUtcNow().ToUnixTimeSeconds());
        Dictionary<string, IReadOnlyList<ReadOnlyMemory<byte>>> presentations = new(StringComparer.Ordinal);
        foreach (ShownCredential shown in proposal.Shown)
        {
            PresentationWriting.Purpose purpose = new(shown.Held, [.. shown.Match.Disclosures], request.Client!.Text, request.Nonce, shown.Match.Query.RequiresHolderBinding, now);
            Parsed<JsonNode> written = await PresentationWriting.WriteAsync(purpose, cancellationToken).ConfigureAwait(false);
            if (!written.Ok)
            {
                return written.Problem;
            }

            string text = written.Value is JsonValue value ? value.GetValue<string>() : written.Value.ToJsonString(PresentationWriting.Readable);
            presentations[shown.QueryId] = [System.Text.Encoding.UTF8.GetBytes(text)];
        }

        return await PostAsync(request, new AuthorizationResponse { VpToken = new VpToken(presentations), State = request.State }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells the verifier that it gets nothing.</summary>
    /// <param name="request">The request, checked: nobody else is told anything.</param>
    /// <param name="error">A code of <see cref="PresentationError"/>: <c>access_denied</c> both when the holder declines and when the wallet has nothing, so that the verifier cannot tell these apart.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<Parsed<PresentationReceipt>> DeclineAsync(CheckedRequest request, string error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return PostAsync(request.Request, new AuthorizationResponse { Error = error, State = request.Request.State }, cancellationToken);
    }

    private static HttpRequestMessage Fetching(Uri place, ClientIdentifier client, string? nonce) => WalletHttp.Request(
        nonce is null ? HttpMethod.Get : HttpMethod.Post,
        place,
        nonce is null ? null : new FormUrlEncodedContent([KeyValuePair.Create("wallet_metadata", WalletMetadata.Write(client)), KeyValuePair.Create("wallet_nonce", nonce)]),
        RequestObject.MediaType);

    private async Task<Parsed<PresentationReceipt>> PostAsync(AuthorizationRequest request, AuthorizationResponse response, CancellationToken cancellationToken)
    {
        Parsed<FormUrlEncodedContent> form = FormOf(request, response);
        if (!form.Ok)
        {
            return form.Problem;
        }

        Parsed<WalletAnswer> answer = await _http.SendAsync(() => WalletHttp.Request(HttpMethod.Post, new Uri(request.ResponseUri!), form.Value), cancellationToken).ConfigureAwait(false);
        return !answer.Ok ? answer.Problem
            : !answer.Value.Succeeded ? WalletProblem.Refusal(answer.Value, "The verifier")
            : ReadReceipt(answer.Value);
    }

    // "direct_post.jwt": one parameter, response, an unsigned encrypted JWT of all others; "error responses" may go the same way.
    private static Parsed<FormUrlEncodedContent> FormOf(AuthorizationRequest request, AuthorizationResponse response)
    {
        if (!ResponseMode.IsEncrypted(request.ResponseMode))
        {
            return new FormUrlEncodedContent(response.ToForm());
        }

        ClientMetadata? metadata = request.ClientMetadata;
        string? encryption = metadata?.EncryptionValues.FirstOrDefault(CompactJwe.Encryptions.Contains);
        return metadata?.ResponseKeys is [var key, ..] && encryption is not null
            ? new FormUrlEncodedContent([KeyValuePair.Create("response", CompactJwe.Encrypt(response.ToUtf8(), key.Key, new(encryption) { KeyId = key.KeyId }))])
            : new Problem(PresentationError.InvalidRequest, "The verifier wants its answer encrypted and names no key or method that is known here.");
    }

    private static Parsed<PresentationReceipt> ReadReceipt(WalletAnswer answer)
    {
        // "it MUST respond with an HTTP status code of 200 with Content-Type of application/json and a JSON object in the response body."
        Parsed<JsonDocument> parsed = answer.IsJson ? StrictJson.Parse(answer.Body) : WalletProblem.Unexpected("The verifier confirmed the answer with something else than JSON.");
        if (!parsed.Ok)
        {
            return parsed.Problem;
        }

        using JsonDocument document = parsed.Value;
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("redirect_uri", out JsonElement redirect))
        {
            return new PresentationReceipt(null);
        }

        return redirect.ValueKind == JsonValueKind.String && Uri.TryCreate(redirect.GetString(), UriKind.Absolute, out Uri? next) && WalletHttp.IsAllowed(next)
            ? new PresentationReceipt(next)
            : WalletProblem.Unexpected("The verifier sends the browser to what is no https address.");
    }
}
