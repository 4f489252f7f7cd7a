using Credentials.DataModel;
using Credentials.Verification.Checks;

namespace Credentials.Verification.Evidence;

/// <summary>A credential about another one (a status list, a schema) whose proof holds and is its issuer's.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="From">From when on it speaks: the start of its validity and of its signature's, else the time that its issuer gives for the signature.</param>
/// <param name="Until">Until when it may be believed.</param>
internal sealed record SignedCredential(VerifiableCredential Credential, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>Verifies such credentials, in every form. Whether they are still valid, and whose they should be, is the caller's to judge.</summary>
internal sealed class SignedCredentials(TrustedMaterial trusted, KeyFinder keys, IssuerKeys ofIssuers, TimeProvider clock)
{
    /// <summary>Whether this issuer is believed about the credentials of others: the relying party has pinned it.</summary>
    public bool IsTrusted(string issuer) => keys.IsPinned(issuer);

    /// <summary>The credential in a text, or the check that it does not pass.</summary>
    /// <param name="text">The text.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="registered">The registries in which the keys of the credential that names this one are kept; null to look in DID documents alone.</param>
    public async Task<(SignedCredential? Signed, CheckResult? Why)> VerifyAsync(ReadOnlyMemory<byte> text, Patience patience, RegistryKeys? registered = null)
    {
        using FormatFindings<VerifiableCredential> format = FormatCheck.ReadCredential(text, trusted.Contexts);
        if (format.Document is not { } credential)
        {
            return (null, format.Result);
        }

        ProofFindings proofs = await new ProofCheck(keys, trusted.Contexts, ProofCheck.Assertion, patience, anyWords: false) { OfIssuers = ofIssuers, Registered = registered, IsOfNow = true }.RunAsync(format).ConfigureAwait(false);
        if (proofs.Result.Outcome != CheckOutcome.Passed)
        {
            return (null, proofs.Result);
        }

        (IReadOnlyList<IssuerSignature> own, CheckResult? stranger) = await IssuerCheck.IdentifyAsync(credential.IssuerId, proofs, keys, patience).ConfigureAwait(false);
        CheckResult issuer = stranger ?? IssuerCheck.Judge(own, anchored: null, mayBeOlder: false, clock.GetUtcNow());
        if (issuer.Outcome != CheckOutcome.Passed)
        {
            return (null, issuer);
        }

        DateTimeOffset? from = own.Select(one => one.Held.Signature.NotBefore).Append(credential.ValidFrom).Max() ?? own[0].Held.Signature.Created;
        DateTimeOffset? until = own.Select(one => one.Held.Signature.Expires).Append(credential.ValidUntil).Min();
        return (new(credential, from, until), null);
    }
}
