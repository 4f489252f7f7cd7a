using System.Security.Cryptography;
using Credentials.Keys;

namespace Credentials.Verification.Evidence;

/// <summary>Finds the key of an issuer that is named by a URL: in its DID document, by its certificate, by what it publishes for JWTs. Each way is bound to the very <c>iss</c>; whichever found the key, the DID document says by what name it is known and whether it was given up.</summary>
/// <remarks>
/// https://www.ietf.org/archive/id/draft-ietf-oauth-sd-jwt-vc-19.html#name-issuer-verification-key-dis. The signer chooses the <c>kid</c> and which certificates to send, and neither certificates nor key sets can say that a key was revoked: hence the same key is looked for in the issuer's DID document, whatever it is called there.
/// A pinned DID document is final. Of one that could not be read, a published key may not be believed, for it may stand there as revoked; a certified one is, for the relying party chose the roots to rely on, without a network as well. One that does not exist, or lacks the key, leaves the word to the others.
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
        (FoundKey? certified, Doubt? uncertified) = Certified(issuer, clock.GetUtcNow());
        (FoundKey? named, Doubt? doubt) = !IsDid(issuer.Method) ? (null, null)
            : fresh ? await keys.FindAgainAsync(issuer.Method, patience).ConfigureAwait(false)
            : await keys.FindAsync(issuer.Method, patience).ConfigureAwait(false);
        bool certifies = certified is not null && issuer.Holds(certified.Key);
        if (named is not null && (!certifies || issuer.Holds(named.Key)) && (named.Document.Id == issuer.Id || await IsLentAsync(named, issuer, patience).ConfigureAwait(false)))
        {
            return (named with { IsGuess = MeansAnother(issuer, named.Key) }, null);
        }

        bool isGood = certified is not null && !(certified.Over <= clock.GetUtcNow());
        if (isGood && certifies)
        {
            return await HoldAgainstDocumentAsync(issuer, certified!, fresh, patience).ConfigureAwait(false);
        }

        (FoundKey? published, Doubt? unpublished) = (null, null);
        if (IssuerMetadata.UrlOf(issuer.Name) is { } url)
        {
            (published, unpublished) = await _metadata.FindAsync(issuer, url, fresh, patience).ConfigureAwait(false);
            published = published is null ? null : published with { IsGuess = published.IsGuess || MeansAnother(issuer, published.Key) };
        }

        FoundKey? best = certifies && !(published is not null && issuer.Holds(published.Key)) ? certified : published ?? certified;
        if (best is { } candidate && (named is null || issuer.Holds(candidate.Key)))
        {
            return await HoldAgainstDocumentAsync(issuer, candidate, fresh, patience).ConfigureAwait(false);
        }

        // Another party's key, by its own name. That it is none of the issuer's is known only once the issuer has been heard; a did:key is nobody's name for a key of an institution.
        if (named is not null && (unpublished is null or { IsAbsence: true } || issuer.Method.StartsWith("did:key:", StringComparison.Ordinal)))
        {
            return (named, null);
        }

        doubt ??= unpublished;
        return (null, uncertified is not null && doubt is not null ? doubt with { Problem = doubt.Problem with { Detail = $"{doubt.Problem.Detail} {uncertified.Problem.Detail}" } } : doubt ?? uncertified ?? Nameless(issuer));
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

    private static bool IsDid(string name) => name.StartsWith("did:", StringComparison.Ordinal);

    private static bool MeansAnother(WebIssuer issuer, PublicKey key) => IssuerCertificate.KeyShownBy(issuer) is { } shown && !(shown.Type == key.Type && shown.Bytes.Span.SequenceEqual(key.Bytes.Span));

    /// <summary>Whether the issuer's own document lists a key that lies in another's.</summary>
    private async Task<bool> IsLentAsync(FoundKey named, WebIssuer issuer, Patience patience) =>
        named.Method.Controller == issuer.Id && IsDid(issuer.Id)
        && (await keys.DocumentOfAsync(issuer.Id, patience).ConfigureAwait(false)).Document is { } own && own.AssertionMethods.Contains(named.Method.Id, StringComparer.Ordinal);

    private async Task<(FoundKey? Found, Doubt? Doubt)> HoldAgainstDocumentAsync(WebIssuer issuer, FoundKey candidate, bool fresh, Patience patience)
    {
        if (!IsDid(issuer.Id))
        {
            return (candidate, null);
        }

        (FoundKey? recorded, Doubt? unread) = await keys.FindSameAsync(issuer.Id, candidate.Key, fresh, patience).ConfigureAwait(false);
        return recorded is not null ? (recorded with { IsGuess = candidate.IsGuess }, null)
            : unread is null && keys.IsPinned(issuer.Id) ? (null, new(ProblemCode.InvalidVerificationMethod, $"The DID document of {issuer.Id} that this verifier has pinned does not have the key that signed.", Remedy.Verifier))
            : unread is null or { IsAbsence: true } || candidate.Method.Type == IssuerCertificate.MethodType ? (candidate, null)
            : (null, unread with { Problem = unread.Problem with { Detail = $"The issuer publishes the key that signed; whether it was revoked could not be read. {unread.Problem.Detail}" } });
    }

    private static Doubt Nameless(WebIssuer issuer) =>
        new(ProblemCode.InvalidVerificationMethod, $"The signature names its key by '{(issuer.Method.Length <= 120 ? issuer.Method : issuer.Method[..120] + "…")}', where no key can be found.", Remedy.Issuer);
}
