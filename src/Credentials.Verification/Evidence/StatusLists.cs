using Credentials.Status;

namespace Credentials.Verification.Evidence;

/// <summary>A status list whose proof holds and is its issuer's.</summary>
/// <param name="Id">The list credential's id, if any.</param>
/// <param name="Issuer">Its issuer, who signed it.</param>
/// <param name="From">From when on it speaks: the start of its validity, else the time that its issuer gives for the signature.</param>
/// <param name="Until">Until when it may be believed.</param>
/// <param name="Content">The bits.</param>
internal sealed record VerifiedStatusList(string? Id, string Issuer, DateTimeOffset? From, DateTimeOffset? Until, BitstringStatusListCredential Content);

/// <summary>Fetches status lists and verifies them as credentials of their own. Verified ones are kept for their time to live, at most an hour.</summary>
internal sealed class StatusLists(TrustedMaterial trusted, VerificationPolicy policy, SignedCredentials credentials, TimeProvider clock)
{
    private const string Accept = "application/vc, application/vc+jwt;q=0.9, application/ld+json;q=0.9, application/json;q=0.8";

    /// <summary>What the specification gives to a list that says nothing.</summary>
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromMinutes(5);

    /// <summary>Anybody can sign a huge list of nothing; 8 million entries are room enough for a country's.</summary>
    private const int LargestKept = 1024 * 1024;

    private static readonly TimeSpan LongestKept = TimeSpan.FromHours(1);

    private readonly BoundedCache<VerifiedStatusList> _lists = new(64);

    /// <summary>The list at a URL, or why it cannot be had or believed. Whether it is still valid is the caller's to judge, each time anew.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="registered">The registries in which its issuer's keys are kept; null to look in DID documents alone.</param>
    /// <param name="patience">How long to wait.</param>
    public async Task<(VerifiedStatusList? List, Doubt? Doubt)> GetAsync(Uri url, RegistryKeys? registered, Patience patience)
    {
        if (_lists.TryGet(url.AbsoluteUri, clock.GetUtcNow(), out VerifiedStatusList? known))
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

        (VerifiedStatusList? list, Doubt? doubt) = await VerifyAsync(url, answer, registered, patience).ConfigureAwait(false);
        if (list is not null && list.Content.List.Bytes.Length <= LargestKept)
        {
            TimeSpan kept = list.Content.TimeToLive ?? DefaultTimeToLive;
            _lists.Put(url.AbsoluteUri, list, clock.GetUtcNow() + (kept < LongestKept ? kept : LongestKept));
        }

        return (list, doubt);
    }

    /// <summary>Whether lists of this issuer are believed for credentials of others: the relying party has pinned it.</summary>
    public bool IsTrusted(string issuer) => credentials.IsTrusted(issuer);

    private async Task<(VerifiedStatusList? List, Doubt? Doubt)> VerifyAsync(Uri url, FetchedDocument answer, RegistryKeys? registered, Patience patience)
    {
        (SignedCredential? signed, CheckResult? why) = await credentials.VerifyAsync(answer.Body, patience, registered).ConfigureAwait(false);
        if (signed is null)
        {
            return (null, why!.Name == CheckName.Format
                ? new(ProblemCode.StatusRetrievalError, $"What {Place(url)} answered ({answer.ContentType ?? "without a media type"}) is no status list: {why.Problem!.Detail}", Remedy.Issuer)
                : Unbelieved(url, why));
        }

        Parsed<BitstringStatusListCredential> content = BitstringStatusListCredential.Read(signed.Credential);
        return content.Ok
            ? (new(signed.Credential.Id, signed.Credential.IssuerId, signed.From, signed.Until, content.Value), null)
            : (null, new(content.Problem with { Detail = $"The issuer's status list at {Place(url)} is malformed: {content.Problem.Detail}" }, Remedy.Issuer));
    }

    private static string Place(Uri url) => url.Host.Length > 0 ? url.Host : url.Scheme + ":…";

    private static Doubt Unbelieved(Uri url, CheckResult check) => new(
        ProblemCode.StatusVerificationError,
        $"The status list at {Place(url)} cannot be believed. {check.Detail}",
        check.Outcome == CheckOutcome.Failed ? Remedy.Issuer : check.Remedy);
}
