using Credentials.Dids.Methods;
using Credentials.Status;

namespace Credentials.Verification.Evidence;

/// <summary>A status list token whose signature is its issuer's.</summary>
/// <param name="Issuer">The issuer's DID, or its name where it has none.</param>
/// <param name="IsJwt">Whether it is a JWT.</param>
/// <param name="Claims">What it says.</param>
internal sealed record VerifiedTokenList(string Issuer, bool IsJwt, StatusListClaims Claims);

/// <summary>Fetches status list tokens and verifies them. Verified ones are kept for their time to live, at most an hour and never beyond their end.</summary>
/// <remarks>https://www.ietf.org/archive/id/draft-ietf-oauth-status-list-20.html#name-validation-rules</remarks>
internal sealed class TokenStatusLists(TrustedMaterial trusted, VerificationPolicy policy, KeyFinder keys, IssuerKeys ofIssuers, TimeProvider clock)
{
    private const string Accept = StatusListToken.JwtMediaType + ", " + StatusListToken.CwtMediaType + ";q=0.5";

    /// <summary>Of a list that says nothing.</summary>
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(1);

    /// <summary>Anybody can sign a huge list of nothing; 4 million entries of 2 bits are room enough.</summary>
    private const int LargestKept = 1024 * 1024;

    private readonly BoundedCache<VerifiedTokenList> _lists = new(64);

    /// <summary>Whether lists of this issuer are believed for credentials of others: the relying party has pinned it.</summary>
    public bool IsTrusted(string issuer) => keys.IsPinned(issuer);

    /// <summary>The list at a URL, or why it cannot be had or believed. Whether it is still valid is the caller's to judge, each time anew.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="credential">The issuer of the credential that refers to it, by its own name; the list's, where that names none.</param>
    /// <param name="registered">The registries in which the issuer's keys are kept; null to look elsewhere alone.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<(VerifiedTokenList? List, Doubt? Doubt)> GetAsync(Uri url, string credential, RegistryKeys? registered, Patience patience)
    {
        // A list that names no issuer is taken for the credential's: another credential's issuer must not get it from here.
        string key = $"{url.OriginalString} {credential}";
        if (_lists.TryGet(key, clock.GetUtcNow(), out VerifiedTokenList? known))
        {
            return (known, null);
        }

        if (!policy.UseNetwork || trusted.Fetcher is not { } fetcher)
        {
            return (null, new(ProblemCode.Offline, "The issuer's status list was not fetched: no network is to be used. Whether the credential was revoked is not known.", Remedy.Verifier));
        }

        var late = new FetchedDocument(default, null, "no answer in time");
        FetchedDocument answer = await patience.AskAsync(token => fetcher.FetchAsync(url, Accept, token), late).ConfigureAwait(false);
        if (!answer.Ok)
        {
            return (null, new(ProblemCode.StatusRetrievalError, $"The issuer's status list at {Place(url)} could not be fetched: {answer.Fault}.", Remedy.TryLater));
        }

        Parsed<StatusListToken> opened = StatusListToken.Open(answer.Body);
        if (!opened.Ok)
        {
            return (null, new(ProblemCode.StatusRetrievalError, $"What {Place(url)} answered ({answer.ContentType ?? "without a media type"}) is no status list token: {opened.Problem.Detail}", Remedy.Issuer));
        }

        (VerifiedTokenList? list, Doubt? doubt) = await VerifyAsync(url, opened.Value, credential, registered, patience).ConfigureAwait(false);
        if (list is not null && list.Claims.List.Bytes.Length <= LargestKept)
        {
            _lists.Put(key, list, KeptUntil(list.Claims));
        }

        return (list, doubt);
    }

    // "Relying Parties MUST prioritize the exp and ttl claims within the Status List Token over the HTTP headers for determining caching behavior."
    private DateTimeOffset KeptUntil(StatusListClaims claims)
    {
        TimeSpan kept = claims.TimeToLive ?? DefaultTimeToLive;
        DateTimeOffset until = clock.GetUtcNow() + (kept < LongestKept ? kept : LongestKept);
        return claims.Expires < until ? claims.Expires.Value : until;
    }

    private async Task<(VerifiedTokenList? List, Doubt? Doubt)> VerifyAsync(Uri url, StatusListToken token, string credential, RegistryKeys? registered, Patience patience)
    {
        WebIssuer issuer = IssuerOf(token, credential);
        (FoundKey? found, _) = registered is null ? (null, false) : await registered.FindAsync(issuer.Method, isNow: true, patience).ConfigureAwait(false);
        Doubt? doubt = null;
        if (found is null)
        {
            (found, doubt) = await ofIssuers.FindAsync(issuer, fresh: false, patience).ConfigureAwait(false);
        }

        Problem? fault = found is null ? null : Verify(token, found, patience);
        if (found is { Kept: true } && fault is not null)
        {
            // The institution may have put another key in the place of the one that was kept.
            (found, doubt) = await ofIssuers.FindAsync(issuer, fresh: true, patience).ConfigureAwait(false);
            fault = found is null ? null : Verify(token, found, patience);
        }

        return found is null ? (null, Unbelieved(url, doubt!.Problem.Detail, doubt.Remedy))
            : fault is not null ? (null, Unbelieved(url, "Its signature does not hold under the key that it names.", Remedy.Issuer))
            : found.Document.Id != issuer.Id || found.Method.Controller != issuer.Id || !found.Document.AssertionMethods.Contains(found.Method.Id, StringComparer.Ordinal) ? (null, Unbelieved(url, $"The key that signed it is not one with which {issuer.Id} vouches for things.", Remedy.Issuer))
            : found.Over <= clock.GetUtcNow() ? (null, Unbelieved(url, "It was signed with a key that was given up.", Remedy.Issuer))
            : (new(issuer.Id, token.MediaType == StatusListToken.JwtMediaType, token.Claims), null);
    }

    // Who signed it is said by iss, else by the key, else it is the credential's own issuer.
    private static WebIssuer IssuerOf(StatusListToken token, string credential)
    {
        string? did = Dids.DidUrl.Parse(token.KeyId ?? "") is { Ok: true, Value: { } url } ? url.Did : null;
        string name = token.Claims.Issuer ?? (did is null || did == DidWeb.OfUrl(credential) ? credential : did);
        string method = did is not null ? token.KeyId! : token.KeyId is { Length: > 0 } id ? $"{name}#{id.TrimStart('#')}" : name;
        return new(name, DidWeb.OfUrl(name) ?? name, method, token.KeyId, token.CertificateChain, key => token.Verify(key) is null);
    }

    private static Problem? Verify(StatusListToken token, FoundKey found, Patience patience)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        Problem? fault = token.Verify(found.Key);
        patience.Spend(System.Diagnostics.Stopwatch.GetElapsedTime(started), fruitless: false);
        return fault;
    }

    private static string Place(Uri url) => url.Host.Length > 0 ? url.Host : url.Scheme + ":…";

    private static Doubt Unbelieved(Uri url, string why, Remedy remedy) => new(ProblemCode.StatusVerificationError, $"The status list at {Place(url)} cannot be believed. {why}", remedy);
}
