using Credentials.Anchoring;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>What the registry of a trusted chain says about the credential's own handle.</summary>
/// <remarks>A revocation counts from the block in which it is seen, settled or not: only the institution's operators can write one. That there is none counts only when the node's newest block is not older than the policy's <see cref="VerificationPolicy.MaxStatusAge"/>.</remarks>
internal static class RegistryStatus
{
    /// <summary>Judges one registry entry.</summary>
    public static async Task<CheckResult> RunAsync(RegistryEntry entry, Verification verification, Patience patience)
    {
        (RegistryRecord? record, Doubt? doubt) = await verification.Registries.ReadAsync(entry, verification.Receipts.FirstRootOf(entry), patience).ConfigureAwait(false);
        if (record is null)
        {
            return Check.CannotTell(CheckName.Status, doubt!);
        }

        DateTimeOffset now = verification.Now;
        if (record.Revocation is { } revoked)
        {
            return revoked.Time > verification.Policy.JudgedAt
                ? Check.Passed(CheckName.Status, $"Not yet revoked then; revoked on the chain on {Check.Say(revoked.Time)}.")
                : Check.Failed(CheckName.Status, ProblemCode.CredentialRevoked, $"The issuer revoked the credential on {Check.Say(revoked.Time)}, for good (recorded on the chain).");
        }

        if (!record.InstitutionExists)
        {
            return Check.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError, $"The registry knows no institution {entry.Institution}, as far as the node that was asked has followed the chain.", Remedy.Issuer);
        }

        return now - record.HeadTime > verification.Policy.MaxStatusAge
            ? Check.CannotTell(CheckName.Status, ProblemCode.StatusRetrievalError, $"The newest block that the node knows is of {Check.Say(record.HeadTime)}: too old to say that nothing was revoked since.", Remedy.Verifier)
            : Check.Passed(CheckName.Status, $"Not revoked on the chain as of {Check.Say(record.HeadTime)}.");
    }
}
