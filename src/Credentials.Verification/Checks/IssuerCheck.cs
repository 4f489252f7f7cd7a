using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>A signature of the issuer's.</summary>
/// <param name="Held">The signature.</param>
/// <param name="Listed">Whether the issuer's document lists its key for assertions.</param>
internal sealed record IssuerSignature(HeldSignature Held, bool Listed)
{
    /// <summary>Whether the signature itself is over by then.</summary>
    public bool IsOver(DateTimeOffset now) => Held.Signature.IsOver(now);
}

/// <summary>Whether the one who signed is the issuer that the document names, and the key was good when it signed.</summary>
/// <remarks>
/// A key is the issuer's when it lies in the issuer's own DID document with the issuer as its controller, or lies elsewhere and the issuer's document lists it for assertions. A document that merely names the issuer as the controller of its own keys proves nothing.
/// Failed: every signature is somebody else's, and the issuer's document (or the absence of the issuer from the signatures) says so; the key was revoked or had expired before the time judged.
/// The time judged is the anchor's; without one, now by the clock, whatever time the policy asks about: nothing else shows that a signature was there before its key was stolen.
/// While there may be an anchor that could not be read, a key that is no longer good proves nothing: that anchor may well be older.
/// Indeterminate: a key that the live document no longer lists for assertions; when it was taken off cannot be known.
/// Where a registry that the credential names keeps the key, <see cref="RegisteredKeyJudge"/> comes first.
/// </remarks>
internal sealed class IssuerCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.Issuer;

    /// <summary>The signatures that are the issuer's, or the result that ends the verification because there are none.</summary>
    public static async Task<(IReadOnlyList<IssuerSignature> Own, CheckResult? Result)> IdentifyAsync(string issuer, ProofFindings proofs, KeyFinder keys, Patience patience)
    {
        IssuerSignature[] own = [.. proofs.Held.Where(proof => IsOwn(proof.Found, issuer)).Select(proof => new IssuerSignature(proof, Lists(proof.Found.Document, proof.Found.Method.Id)))];
        if (own.Length > 0)
        {
            return (own, null);
        }

        if (!issuer.StartsWith("did:", StringComparison.Ordinal))
        {
            return ([], Check.CannotTell(CheckName.Issuer, ProblemCode.InvalidDid, $"The issuer is named by '{issuer}', which is no DID: no key can be tied to it.", Remedy.Issuer));
        }

        if (proofs.Unknown.FirstOrDefault(proof => proof.VerificationMethod is { } method && method.StartsWith(issuer + '#', StringComparison.Ordinal)) is { } unread)
        {
            return ([], Check.CannotTell(CheckName.Issuer, ProblemCode.UnsupportedCryptosuite, $"The issuer's own signature is of a kind that this verifier does not know: {unread.Cryptosuite ?? unread.Type}.", Remedy.Verifier));
        }

        (DidDocument? document, Doubt? doubt) = await keys.DocumentOfAsync(issuer, patience).ConfigureAwait(false);
        if (document is null)
        {
            return ([], Check.CannotTell(CheckName.Issuer, doubt!));
        }

        own = [.. proofs.Held.Where(proof => IsLent(proof.Found, document)).Select(proof => new IssuerSignature(proof, Listed: true))];
        if (own.Length == 0 && proofs.Held.FirstOrDefault(proof => proof.Found.Method.Controller == issuer) is { } claimed)
        {
            return ([], Check.CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod, $"The key {claimed.Found.Method.Id} says that it is {issuer}'s, but that issuer does not list it among those that may sign credentials (any more).", Remedy.Issuer));
        }

        if (own.Length == 0 && proofs.Unknown is [var foreign, ..])
        {
            // Whose key that is cannot be known either: an issuer may sign with one that lies in another document.
            return ([], Check.CannotTell(CheckName.Issuer, ProblemCode.UnsupportedCryptosuite, $"None of the signatures that can be checked is {issuer}'s; one that cannot may be: it is of a kind that this verifier does not know, {foreign.Cryptosuite ?? foreign.Type}.", Remedy.Verifier));
        }

        string signers = string.Join(", ", proofs.Held.Select(proof => proof.Found.Document.Id).Distinct(StringComparer.Ordinal));
        return own.Length > 0
            ? (own, null)
            : ([], Check.Failed(CheckName.Issuer, ProblemCode.IssuerMismatch, $"The document says that it comes from {issuer}, but it was signed by {signers}, who may not sign for that institution.", Remedy.Holder));
    }

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Verification verification, Patience patience)
    {
        DateTimeOffset at = verification.Anchor?.Time ?? verification.Seen;
        bool mayBeOlder = verification.Anchor is null ? verification.Credential.RegistryEntries.Count > 0 : verification.MayBeOlder;
        var judged = new List<(CheckResult Result, KeyFact? GivenUp)>(1);
        foreach (IssuerSignature proof in verification.StandingSignatures)
        {
            (IReadOnlyList<RegisteredKey> keys, Doubt? doubt) = await verification.Keys.AllAsync(proof.Held.Found.Method.Id, at, verification.AnchoredBy, patience).ConfigureAwait(false);
            foreach (string name in NamesOf(proof.Held).Skip(1))
            {
                keys = [.. keys, .. (await verification.Keys.AllAsync(name, at, verification.AnchoredBy, patience).ConfigureAwait(false)).Keys];
            }

            (CheckResult? registered, KeyFact? later) = RegisteredKeyJudge.Judge(proof, keys, at, verification.Anchor?.Time, mayBeOlder);
            judged.Add((registered ?? JudgeByDocument(proof, verification, mayBeOlder, later, doubt), later));
        }

        (CheckResult result, verification.GivenUp) = First(judged, one => one.Result);
        return result.Outcome == CheckOutcome.Passed && await SuccessionOfAsync(verification, patience).ConfigureAwait(false) is { } succession
            ? result with { Detail = $"{result.Detail} {succession}" }
            : result;
    }

    /// <summary>The names by which a registry may know the key. Where the key need not be in a DID document, the signer chose what to call it: then it is asked by that name, too, and by the key's own.</summary>
    public static IEnumerable<string> NamesOf(HeldSignature held) => held.Signature.WebIssuer is not { } web ? [held.Found.Method.Id]
        : ((string[])[web.Method, web.OwnNameOf(held.Found.Key)]).Where(name => name.StartsWith(web.Id + '#', StringComparison.Ordinal)).Prepend(held.Found.Method.Id).Distinct(StringComparer.Ordinal);

    // Where the registry answered about the anchor and not about the key, a key that was given up must not pass for a good one.
    private static CheckResult JudgeByDocument(IssuerSignature proof, Verification verification, bool mayBeOlder, KeyFact? later, Doubt? doubt)
    {
        CheckResult own = Judge(proof, verification.Anchor?.Time, mayBeOlder, verification.Seen);
        return own.Outcome != CheckOutcome.Passed ? own
            : doubt is not null ? Check.CannotTell(CheckName.Issuer, doubt)
            : own with { Detail = own.Detail + RegisteredKeyJudge.Told(later, verification.Anchor?.Time) };
    }

    /// <summary>Judges the issuer's keys for the time of the anchor, else for now, by DID documents alone; one good key suffices.</summary>
    public static CheckResult Judge(IReadOnlyList<IssuerSignature> own, DateTimeOffset? anchored, bool mayBeOlder, DateTimeOffset now) =>
        First([.. own.Select(proof => Judge(proof, anchored, mayBeOlder, now))], result => result);

    private static T First<T>(IReadOnlyList<T> all, Func<T, CheckResult> resultOf) =>
        all.Where(one => resultOf(one).Outcome == CheckOutcome.Passed)
            .Concat(all.Where(one => resultOf(one).Outcome == CheckOutcome.Indeterminate))
            .Concat(all)
            .First();

    /// <summary>What became of the institution, where a registry that the credential names says so.</summary>
    private static async Task<string?> SuccessionOfAsync(Verification verification, Patience patience)
    {
        foreach (RegistryEntry entry in verification.Credential.RegistryEntries.Take(AnchorEvidence.MaxReceipts))
        {
            (RegistryRecord? record, _) = await verification.Registries.ReadAsync(entry, verification.Receipts.FirstRootOf(entry), patience).ConfigureAwait(false);
            if (record?.Succession is { } succession)
            {
                verification.Succession = succession;
                return $"The institution was closed or merged since: on {Check.Say(succession.Since)} the institution {succession.Successor} succeeded it, and accepted that.";
            }
        }

        return null;
    }

    private static CheckResult Judge(IssuerSignature proof, DateTimeOffset? anchored, bool mayBeOlder, DateTimeOffset now)
    {
        VerificationMethod method = proof.Held.Found.Method;
        if (!proof.Listed)
        {
            return Check.CannotTell(CheckName.Issuer, ProblemCode.InvalidVerificationMethod, $"{method.Controller} does not list the key {method.Id} among those that may sign credentials (any more).", Remedy.Issuer);
        }

        bool revoked = method.Revoked is { } r && !(method.Expires < r);
        DateTimeOffset? over = revoked ? method.Revoked : method.Expires;
        string what = revoked ? "revoked" : "due to expire";
        return over is not { } end || end > now ? Check.Passed(CheckName.Issuer, $"Signed by {method.Controller} with a key of its own, {method.Id}.")
            : anchored < end ? Check.Passed(CheckName.Issuer, $"Signed by {method.Controller} with the key {method.Id}, which was {what} on {Check.Say(end)}, after the credential was anchored on {Check.Say(anchored.Value)}.")
            : GivenUpBefore(method.Id, $"{what} on {Check.Say(end)}", anchored, mayBeOlder);
    }

    /// <summary>What a key proves that was given up before the time judged.</summary>
    public static CheckResult GivenUpBefore(string key, string what, DateTimeOffset? anchored, bool mayBeOlder) =>
        mayBeOlder ? Check.CannotTell(CheckName.Issuer, ProblemCode.KeyNotValid, $"The key {key} was {what}; whether the credential was anchored before that could not be established.", Remedy.TryLater)
        : anchored is { } time ? Check.Failed(CheckName.Issuer, ProblemCode.KeyNotValid, $"The key {key} was {what}, before the credential was anchored on {Check.Say(time)}.")
        : Check.Failed(CheckName.Issuer, ProblemCode.KeyNotValid, $"The key {key} was {what}, and no anchor shows that the credential was signed before.");

    private static bool IsOwn(FoundKey found, string issuer) => found.Document.Id == issuer && found.Method.Controller == issuer;

    private static bool IsLent(FoundKey found, DidDocument issuer) => found.Method.Controller == issuer.Id && Lists(issuer, found.Method.Id);

    private static bool Lists(DidDocument document, string method) => document.AssertionMethods.Contains(method, StringComparer.Ordinal);
}
