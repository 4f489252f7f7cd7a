using Credentials.DataModel;
using Credentials.Status;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>What one Bitstring Status List says about the credential.</summary>
/// <remarks>
/// https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm. The list is believed when the credential's own issuer signed it, or a party whose DID document the relying party has pinned: who takes over a lapsed status host can then neither revoke nor un-revoke.
/// Judged for another moment than now (<see cref="VerificationPolicy.JudgedAt"/>), a list that is newer than that moment still tells what was not: not revoked later is not revoked then. What it says is set may have been set since, and is indeterminate.
/// </remarks>
internal static class ListStatus
{
    /// <summary>Judges one entry.</summary>
    public static async Task<CheckResult> RunAsync(BitstringStatusListEntry entry, Verification verification, Patience patience)
    {
        if (entry.StatusPurpose is not ("revocation" or "suspension"))
        {
            return Check.Skipped(CheckName.Status, $"A status of the purpose '{DisplayText.Of(entry.StatusPurpose, 60)}' was not looked up: it does not withdraw the credential.");
        }

        (VerifiedStatusList? list, Doubt? doubt) = await verification.Lists.GetAsync(entry.StatusListCredential, patience).ConfigureAwait(false);
        doubt = list is null ? doubt : DoubtOf(list, entry, verification);
        if (list is null || doubt is not null)
        {
            return Check.CannotTell(CheckName.Status, doubt!);
        }

        // 11. Let status be the value in the bitstring at the position indicated by the credentialIndex.
        bool set = list.Content.List[(int)entry.StatusListIndex];
        bool newer = list.From > verification.Policy.JudgedAt;
        string asOf = list.From is { } from ? $" as of {Check.Say(from)}" : "";
        string what = entry.StatusPurpose == "revocation" ? "revoked" : "suspended";
        return (set, newer) switch
        {
            (false, true) when entry.StatusPurpose == "suspension" => Check.Passed(CheckName.Status, $"Not suspended{asOf}. A list says only how things stand on its day: a suspension at the moment for which was asked may have been lifted since."),
            (false, _) => Check.Passed(CheckName.Status, $"Not {what}{asOf}."),
            (true, true) => Check.CannotTell(CheckName.Status, ProblemCode.StatusVerificationError, $"The credential is {what}{asOf}; whether it was at the moment for which was asked cannot be told from that.", Remedy.Issuer),
            _ when entry.StatusPurpose == "revocation" => Check.Failed(CheckName.Status, ProblemCode.CredentialRevoked, $"The issuer has revoked the credential, for good{asOf}."),
            _ => Check.Failed(CheckName.Status, ProblemCode.CredentialSuspended, $"The issuer has suspended the credential{asOf}; it may lift that again."),
        };
    }

    private static Doubt? DoubtOf(VerifiedStatusList list, BitstringStatusListEntry entry, Verification verification)
    {
        VerificationPolicy policy = verification.Policy;
        DateTimeOffset now = verification.Now;
        return list switch
        {
            _ when list.Issuer != verification.Credential.IssuerId && !verification.Lists.IsTrusted(list.Issuer)
                => Distrust($"The status list was signed by {list.Issuer}, not by the credential's issuer, and this verifier has not been told to trust that party."),
            { Id: { } id } when id != entry.StatusListCredential.OriginalString
                => Distrust("The status list that was fetched is another one than the credential names."),
            { Until: { } until } when now > until
                => Distrust($"The status list was valid until {Check.Say(until)}; its issuer should publish a new one."),
            { From: null } when policy.MaxStatusAge is not null
                => Distrust("The status list does not say of when it is."),
            { From: { } from } when policy.JudgedAt is null && from - now > policy.ClockTolerance
                => Distrust($"The status list is valid only from {Check.Say(from)}."),
            { From: { } from } when now - from > policy.MaxStatusAge
                => Distrust($"The status list is of {Check.Say(from)}: older than this verifier's policy allows."),

            // 6. Verify that the status purpose is equal to a statusPurpose value in the statusListCredential.
            _ when !list.Content.StatusPurpose.Contains(entry.StatusPurpose, StringComparer.Ordinal)
                => Distrust($"The status list does not speak of {entry.StatusPurpose}."),
            _ when entry.StatusListIndex < 0 || entry.StatusListIndex >= list.Content.List.Length
                => new(ProblemCode.RangeError, "The credential's index lies outside of the status list.", Remedy.Issuer),
            _ => null,
        };
    }

    private static Doubt Distrust(string detail) => new(ProblemCode.StatusVerificationError, detail, Remedy.Issuer);
}
