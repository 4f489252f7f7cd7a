using Credentials.DataModel;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the time judged lies within the credential's own validity, and within that of its issuer's signature; another's that is over is told, and decides nothing.</summary>
/// <remarks>A start that lies ahead by no more than the policy's tolerance is forgiven (the issuer's clock may be ahead of ours); an end is not.</remarks>
internal sealed class ValidityPeriodCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.ValidityPeriod;

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Verification verification, Patience patience)
    {
        HeldSignature[] own = [.. verification.IssuerSignatures.Select(one => one.Held)];
        return Task.FromResult(Judge(verification.Credential, verification.Proofs.Held, own.Length > 0 ? own : verification.Proofs.Held, verification.Now, verification.Policy.ClockTolerance));
    }

    private static CheckResult Judge(VerifiableCredential credential, IReadOnlyList<HeldSignature> all, IReadOnlyList<HeldSignature> own, DateTimeOffset now, TimeSpan tolerance)
    {
        if (credential.ValidUntil is { } until && now > until)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialExpired, $"The credential was valid until {Check.Say(until)}.");
        }

        // One of the issuer's that stands is enough; nobody else's can take the credential away by ending.
        if (own.All(held => held.Signature.IsOver(now)) && own.Max(held => held.Signature.Expires) is { } expires)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialExpired, $"The credential's signature was made to hold until {Check.Say(expires)}.");
        }

        if (own.All(held => held.Signature.NotBefore - now > tolerance) && own.Min(held => held.Signature.NotBefore) is { } begins)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialNotYetValid, $"The credential's signature counts only from {Check.Say(begins)}.", Remedy.TryLater);
        }

        if (credential.ValidFrom is { } from && from - now > tolerance)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialNotYetValid, $"The credential is valid only from {Check.Say(from)}.", Remedy.TryLater);
        }

        string[] over = [.. all.Where(held => held.Signature.IsOver(now)).Select(held => $" A signature of {held.Found.Document.Id} besides was made to hold until {Check.Say(held.Signature.Expires!.Value)}.")];
        return Check.Passed(CheckName.ValidityPeriod, string.Concat(over.Prepend((credential.ValidFrom, credential.ValidUntil) switch
        {
            (null, null) => "The credential sets itself no limit in time.",
            ({ } start, null) => $"Valid since {Check.Say(start)}, without an end.",
            (null, { } end) => $"Valid until {Check.Say(end)}.",
            ({ } start, { } end) => $"Valid from {Check.Say(start)} until {Check.Say(end)}.",
        })));
    }
}
