using System.Security.Cryptography;

namespace Credentials.Verification.Evidence;

/// <summary>Finds the key of an issuer that is named by a URL: by its certificate, by its DID document, by what it publishes for JWTs. Each way is bound to the very <c>iss</c>, so that whoever signs gains nothing by choosing among them.</summary>
/// <remarks>
/// https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-issuer-verification-key-dis. The relying party's own roots come first, for they need no network; the issuer's host is asked only where they do not tell.
/// A certificate that is over counts last, and then with its end: whether the signature is older is for the anchor to show.
/// </remarks>
internal sealed class IssuerKeys(TrustedMaterial trusted, VerificationPolicy policy, KeyFinder keys, TimeProvider clock)
{
    private static readonly TimeSpan TimeKept = TimeSpan.FromMinutes(5);

    private readonly IssuerMetadata _metadata = new(trusted, policy, clock);
    private readonly BoundedCache<FoundKey> _certified = new(256);

    /// <summary>The key, or why it cannot be had. Never evidence against what was signed.</summary>
    /// <param name="issuer">The issuer, and what its token says of the key.</param>
    /// <param name="fresh">Whether nothing is to be taken that was kept from before.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<(FoundKey? Found, Doubt? Doubt)> FindAsync(WebIssuer issuer, bool fresh, Patience patience)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (FoundKey? certified, Doubt? uncertified) = Certified(issuer, now);
        if (certified is not null && !(certified.Over <= now))
        {
            return (certified, null);
        }

        (FoundKey? found, Doubt? doubt) = (null, null);
        if (issuer.Method.StartsWith("did:", StringComparison.Ordinal))
        {
            (found, doubt) = fresh ? await keys.FindAgainAsync(issuer.Method, patience).ConfigureAwait(false) : await keys.FindAsync(issuer.Method, patience).ConfigureAwait(false);
        }

        if (found is null && IssuerMetadata.UrlOf(issuer.Name) is { } url)
        {
            (found, Doubt? unpublished) = await _metadata.FindAsync(issuer, url, fresh, patience).ConfigureAwait(false);
            doubt ??= unpublished;
        }

        return found is not null ? (found, null)
            : certified is not null ? (certified, null)
            : (null, uncertified is not null && doubt is not null ? doubt with { Problem = doubt.Problem with { Detail = $"{doubt.Problem.Detail} {uncertified.Problem.Detail}" } } : doubt ?? uncertified ?? Nameless(issuer));
    }

    // A chain costs more than the signature under it, and an issuer's is the same for a year.
    private (FoundKey? Found, Doubt? Doubt) Certified(WebIssuer issuer, DateTimeOffset now)
    {
        if (issuer.CertificateChain.Count == 0)
        {
            return (null, null);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ReadOnlyMemory<byte> certificate in issuer.CertificateChain)
        {
            hash.AppendData(certificate.Span);
        }

        string key = $"{Convert.ToHexString(hash.GetHashAndReset())} {issuer.Method} {issuer.Name}";
        if (_certified.TryGet(key, now, out FoundKey? known))
        {
            return (known, null);
        }

        (FoundKey? found, Doubt? doubt) = IssuerCertificate.Find(issuer, trusted.CertificateRoots, now);
        if (found?.Over is { } end && end > now)
        {
            _certified.Put(key, found, now + TimeKept < end ? now + TimeKept : end);
        }

        return (found, doubt);
    }

    private static Doubt Nameless(WebIssuer issuer) =>
        new(ProblemCode.InvalidVerificationMethod, $"The signature names its key by '{(issuer.Method.Length <= 120 ? issuer.Method : issuer.Method[..120] + "…")}', where no key can be found.", Remedy.Issuer);
}
