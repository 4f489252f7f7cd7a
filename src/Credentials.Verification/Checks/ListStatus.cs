using System.Globalization;
using Credentials.Status;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>What one Bitstring Status List says about the credential.</summary>
/// <remarks>
/// https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm. The list is believed when the credential's own issuer signed it, or a party whose DID document the relying party has pinned: who takes over a lapsed status host can then neither revoke nor un-revoke.
/// Judged for another moment than now (<see cref="VerificationPolicy.JudgedAt"/>), a list that is newer than that moment still tells what was not: not revoked later is not revoked then. What it says is set may have been set since, and is indeterminate.
/// A message, and that a newer copy is to be had (refresh), are told and decide nothing: neither that they are set, nor that it could not be found out. Purposes of the issuer's own are not looked up. None of that is a status that passed: where there is nothing else, the check is skipped.
/// </remarks>
internal static class ListStatus
{
    private const string Revocation = "revocation";
    private const string Suspension = "suspension";
    private const string Message = "message";
    private const string Refresh = "refresh";

    /// <summary>A message is shown, not believed: no longer than this.</summary>
    private const int MaxMessage = 200;

    /// <summary>Judges one entry.</summary>
    public static async Task<CheckResult> RunAsync(BitstringStatusListEntry entry, Verification verification, Patience patience)
    {
        if (entry.StatusPurpose is not (Revocation or Suspension or Message or Refresh))
        {
            return Check.Skipped(CheckName.Status, $"A status of the purpose '{Brief(entry.StatusPurpose)}' was not looked up: it does not withdraw the credential.");
        }

        (VerifiedStatusList? list, Doubt? doubt) = await verification.Lists.GetAsync(entry.StatusListCredential, verification.KeysOfLists, patience).ConfigureAwait(false);
        doubt = list is null ? doubt : DoubtOf(list, entry, verification);
        if (list is null || doubt is not null)
        {
            return entry.StatusPurpose is Revocation or Suspension
                ? Check.CannotTell(CheckName.Status, doubt!)
                : Check.Skipped(CheckName.Status, $"Whether the issuer has {What(entry)} is not known, and does not decide: {doubt!.Problem.Detail}");
        }

        // 11. Let status be the value in the bitstring at the position indicated by the credentialIndex multiplied by the size.
        int status = list.Content.List.ValueAt((int)entry.StatusListIndex, entry.StatusSize);
        if (entry.StatusPurpose == Message && list.Content.Replacements.TryGetValue(entry.StatusListIndex, out string? successor))
        {
            verification.ReplacedBy = Brief(successor);
        }

        string asOf = list.From is { } from ? $" as of {Check.Say(from)}" : "";
        return entry.StatusPurpose is Revocation or Suspension
            ? Judge(entry, status, asOf, newer: list.From > verification.Policy.JudgedAt)
            : Check.Skipped(CheckName.Status, Tell(entry, status, asOf));
    }

    private static CheckResult Judge(BitstringStatusListEntry entry, int status, string asOf, bool newer)
    {
        string what = entry.StatusPurpose == Revocation ? "revoked" : "suspended";
        string words = Words(entry, status);
        return (status != 0, newer) switch
        {
            (false, true) when entry.StatusPurpose == Suspension => Check.Passed(CheckName.Status, $"Not suspended{asOf}. A list says only how things stand on its own day: a suspension at the moment for which was asked may have been lifted since."),
            (false, _) => Check.Passed(CheckName.Status, $"Not {what}{asOf}."),
            (true, true) => Check.CannotTell(CheckName.Status, ProblemCode.StatusVerificationError, $"The credential is {what}{asOf}; whether it was at the moment for which was asked cannot be told from that.", Remedy.Issuer),
            _ when entry.StatusPurpose == Revocation => Check.Failed(CheckName.Status, ProblemCode.CredentialRevoked, $"The issuer has revoked the credential, for good{asOf}.{words}"),
            _ => Check.Failed(CheckName.Status, ProblemCode.CredentialSuspended, $"The issuer has suspended the credential{asOf}; it may lift that again.{words}"),
        };
    }

    /// <summary>12. "If the statusPurpose is message, set the message key in result to the corresponding message of the value."</summary>
    private static string Tell(BitstringStatusListEntry entry, int status, string asOf) => (entry.StatusPurpose, status) switch
    {
        (Refresh, 0) => $"The issuer has no newer copy of the credential{asOf}.",
        (Refresh, _) => $"The issuer has a newer copy of the credential{asOf}; this one has not lost its validity.",
        _ when entry.MessageFor(status) is not null => $"The issuer's message{asOf}:{Words(entry, status)}",
        _ => string.Create(CultureInfo.InvariantCulture, $"The issuer's message{asOf} is {(entry.StatusSize > 1 ? $"number {status}" : status == 0 ? "unset" : "set")}, and it does not say what that means."),
    };

    private static string What(BitstringStatusListEntry entry) => entry.StatusPurpose == Refresh ? "a newer copy" : "a message about the credential";

    private static string Words(BitstringStatusListEntry entry, int status) =>
        entry.MessageFor(status) is { } message ? $" “{Brief(message.TextFor(CultureInfo.CurrentUICulture))}”" : "";

    private static string Brief(string text) => text.Length <= MaxMessage ? text : text[..MaxMessage] + "…";

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

            // 10. If the length of the bitstring divided by statusSize is less than minimumNumberOfEntries, raise a STATUS_LIST_LENGTH_ERROR.
            _ when list.Content.List.LengthOf(entry.StatusSize) < BitstringStatusList.MinimumLength
                => new(ProblemCode.StatusListLengthError, $"The status list has room for {list.Content.List.LengthOf(entry.StatusSize)} entries of {entry.StatusSize} bits; fewer than {BitstringStatusList.MinimumLength} tell too much about each.", Remedy.Issuer),

            // 11. If the credentialIndex multiplied by the size is a value outside of the range of the bitstring, a RANGE_ERROR MUST be raised.
            _ when entry.StatusListIndex < 0 || entry.StatusListIndex >= list.Content.List.LengthOf(entry.StatusSize)
                => new(ProblemCode.RangeError, "The credential's index lies outside of the status list.", Remedy.Issuer),
            _ => null,
        };
    }

    private static Doubt Distrust(string detail) => new(ProblemCode.StatusVerificationError, detail, Remedy.Issuer);
}
