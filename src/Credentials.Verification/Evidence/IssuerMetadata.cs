using System.Text.Json;
using Credentials.Encoding;
using Credentials.Keys;

namespace Credentials.Verification.Evidence;

/// <summary>The keys that an issuer publishes at <c>/.well-known/jwt-vc-issuer</c>. What was had is kept for five minutes.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-jwt-vc-issuer-metadata</remarks>
internal sealed class IssuerMetadata(TrustedMaterial trusted, VerificationPolicy policy, TimeProvider clock)
{
    private const string WellKnown = "/.well-known/jwt-vc-issuer";
    private const string Accept = "application/json";
    private const int NotFound = 404;
    private const int Gone = 410;
    private const int Largest = 64 * 1024;
    private const int MaxKeys = 64;

    /// <summary>Keys of one name. Each costs a verification of the whole token.</summary>
    private const int MaxTried = 8;

    private static readonly TimeSpan TimeKept = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<PublishedKeys> _kept = new(256);

    /// <summary>Where an issuer's metadata lies; null for a name that has none. http is for loopback alone, and the fetcher has the last word about that.</summary>
    public static Uri? UrlOf(string issuer)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out Uri? url) || issuer.AsSpan().ContainsAny('?', '#') || url.UserInfo.Length > 0
            || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            return null;
        }

        // "any terminating / MUST be removed before inserting /.well-known/ and the well-known URI suffix between the host component and the path component."
        return HostName.AsciiOf(url) is not null && Uri.TryCreate(url.GetLeftPart(UriPartial.Authority) + WellKnown + url.AbsolutePath.TrimEnd('/'), UriKind.Absolute, out Uri? place) ? place : null;
    }

    /// <summary>The key that a token names, or why it cannot be had.</summary>
    public async Task<(FoundKey? Found, Doubt? Doubt)> FindAsync(WebIssuer issuer, Uri url, bool fresh, Patience patience)
    {
        bool kept = _kept.TryGet(issuer.Name, clock.GetUtcNow(), out PublishedKeys? keys) && !fresh;
        Doubt? doubt = null;
        if (!kept || keys!.Find(issuer) is null)
        {
            (keys, doubt) = await FetchAsync(issuer.Name, url, patience).ConfigureAwait(false);
            kept = false;
        }

        if (keys is null)
        {
            return (null, doubt);
        }

        // A key that the token did not name is a guess. One that it did name is the issuer's by the very name, whosever DID that is.
        return keys.Find(issuer) is { } key
            ? PublicKey.IsSupported(key.Type)
                ? (issuer.Found(key, "JsonWebKey", expires: null, kept, issuer.KeyId is null ? null : issuer.Method) with { IsGuess = issuer.KeyId is null }, null)
                : (null, new(ProblemCode.Unsupported, $"This computer cannot check {key.Type} signatures; a verifier on another one can.", Remedy.Verifier))
            : (null, new(ProblemCode.InvalidVerificationMethod, $"The issuer {issuer.Name} does not publish the key that the signature names (any more).", Remedy.Issuer) { IsAbsence = true });
    }

    private async Task<(PublishedKeys? Keys, Doubt? Doubt)> FetchAsync(string issuer, Uri url, Patience patience)
    {
        (JsonDocument? metadata, Doubt? doubt) = await FetchJsonAsync(url, patience).ConfigureAwait(false);
        if (metadata is null)
        {
            return (null, doubt);
        }

        using (metadata)
        {
            // "The issuer value returned MUST be identical to the iss value of the Issuer-signed JWT."
            JsonElement root = metadata.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("issuer", out JsonElement name) || name.ValueKind != JsonValueKind.String || !name.ValueEquals(issuer))
            {
                return (null, Malformed(url, "it is of another issuer"));
            }

            // "JWT VC Issuer Metadata MUST include either jwks_uri or jwks ... but not both."
            bool byValue = root.TryGetProperty("jwks", out JsonElement set);
            bool byReference = root.TryGetProperty("jwks_uri", out JsonElement address);
            if (byValue == byReference)
            {
                return (null, Malformed(url, "it has either jwks or jwks_uri, and not both"));
            }

            return byValue ? Keep(issuer, url, set)
                : address.ValueKind == JsonValueKind.String && Uri.TryCreate(address.GetString(), UriKind.Absolute, out Uri? place) ? await FetchKeysAsync(issuer, place, patience).ConfigureAwait(false)
                : (null, Malformed(url, "its jwks_uri is no URL"));
        }
    }

    private async Task<(PublishedKeys? Keys, Doubt? Doubt)> FetchKeysAsync(string issuer, Uri url, Patience patience)
    {
        (JsonDocument? set, Doubt? doubt) = await FetchJsonAsync(url, patience).ConfigureAwait(false);
        if (set is null)
        {
            return (null, doubt);
        }

        using (set)
        {
            return Keep(issuer, url, set.RootElement);
        }
    }

    private (PublishedKeys? Keys, Doubt? Doubt) Keep(string issuer, Uri url, JsonElement set)
    {
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out JsonElement keys) || keys.ValueKind != JsonValueKind.Array || keys.GetArrayLength() > MaxKeys)
        {
            return (null, Malformed(url, $"its key set is none, or has more than {MaxKeys} keys"));
        }

        var published = PublishedKeys.Read(keys);
        _kept.Put(issuer, published, clock.GetUtcNow() + TimeKept);
        return (published, null);
    }

    private async Task<(JsonDocument? Json, Doubt? Doubt)> FetchJsonAsync(Uri url, Patience patience)
    {
        if (!policy.UseNetwork || trusted.Fetcher is not { } fetcher)
        {
            return (null, new(ProblemCode.Offline, "The issuer's keys were not fetched: no network is to be used.", Remedy.Verifier));
        }

        var late = new FetchedDocument(default, null, "no answer in time");
        FetchedDocument answer = await patience.AskAsync(token => fetcher.FetchAsync(url, Accept, token), late).ConfigureAwait(false);
        if (!answer.Ok || answer.Body.Length > Largest)
        {
            return (null, new(ProblemCode.DidResolutionError, $"The issuer's keys at {url.Host} could not be fetched: {answer.Fault ?? $"the answer is larger than {Largest} bytes"}.", Remedy.TryLater) { IsAbsence = answer.Status is NotFound or Gone });
        }

        Parsed<JsonDocument> json = StrictJson.Parse(answer.Body);
        return json.Ok ? (json.Value, null) : (null, Malformed(url, "it is no JSON"));
    }

    private static Doubt Malformed(Uri url, string why) => new(ProblemCode.InvalidDidDocument, $"What {url.Host} publishes of its keys cannot be used: {why}.", Remedy.Issuer);

    /// <summary>A key set, as far as its keys can be read.</summary>
    private sealed record PublishedKeys(IReadOnlyList<(string? KeyId, PublicKey Key)> All)
    {
        public static PublishedKeys Read(JsonElement keys) => new(
        [
            .. from jwk in keys.EnumerateArray()
               where jwk.ValueKind == JsonValueKind.Object && !(jwk.TryGetProperty("use", out JsonElement use) && use.ValueKind == JsonValueKind.String && !use.ValueEquals("sig"))
               let key = JsonWebKey.Read(jwk)
               where key.Ok
               select (jwk.TryGetProperty("kid", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null, key.Value),
        ]);

        /// <summary>The key of that name, or of a token that names none any: where there are several, the one under which it holds.</summary>
        public PublicKey? Find(WebIssuer issuer)
        {
            PublicKey[] meant = [.. All.Where(one => issuer.KeyId is null || one.KeyId == issuer.KeyId).Select(one => one.Key).Take(MaxTried)];
            return Array.Find(meant, key => PublicKey.IsSupported(key.Type) && issuer.Holds(key)) ?? Array.Find(meant, key => !PublicKey.IsSupported(key.Type)) ?? meant.FirstOrDefault();
        }
    }
}
