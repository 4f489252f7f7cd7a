using Credentials.DataModel;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the time judged lies within the credential's own validity, and within that of its signatures.</summary>
/// <remarks>A start that lies ahead by no more than the policy's tolerance is forgiven (the issuer's clock may be ahead of ours); an end is not.</remarks>
internal sealed class ValidityPeriodCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.ValidityPeriod;

    /// <inheritdoc/>
    public Task<CheckResult> RunAsync(Verification verification, Patience patience) =>
        Task.FromResult(Judge(verification.Credential, verification.Proofs.Held, verification.Now, verification.Policy.ClockTolerance));

    private static CheckResult Judge(VerifiableCredential credential, IReadOnlyList<HeldProof> proofs, DateTimeOffset now, TimeSpan tolerance)
    {
        if (credential.ValidUntil is { } until && now > until)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialExpired, $"The credential was valid until {Check.Say(until)}.");
        }

        if (proofs.Select(proof => proof.Proof.Expires).Min() is { } expires && now > expires)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialExpired, $"The credential's signature was made to hold until {Check.Say(expires)}.");
        }

        if (credential.ValidFrom is { } from && from - now > tolerance)
        {
            return Check.Failed(CheckName.ValidityPeriod, ProblemCode.CredentialNotYetValid, $"The credential is valid only from {Check.Say(from)}.", Remedy.TryLater);
        }

        return Check.Passed(CheckName.ValidityPeriod, (credential.ValidFrom, credential.ValidUntil) switch
        {
            (null, null) => "The credential sets itself no limit in time.",
            ({ } start, null) => $"Valid since {Check.Say(start)}, without an end.",
            (null, { } end) => $"Valid until {Check.Say(end)}.",
            ({ } start, { } end) => $"Valid from {Check.Say(start)} until {Check.Say(end)}.",
        });
    }
}
