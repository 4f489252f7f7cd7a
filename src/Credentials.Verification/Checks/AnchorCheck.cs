using Credentials.Anchoring;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>Whether the secured credential lies under a root that the institution, named in the signed document, anchored on a trusted chain; and when.</summary>
/// <remarks>
/// Failed in one way alone: the institution declared that it does not stand by the root, for somebody else anchored it. It counts whatever moment is asked about, and unless the credential lies under another root by which the institution stands.
/// Everything else is no evidence, and that is not evidence against. A receipt is signed by nobody, so what is wrong with it says nothing of the diploma;
/// a root that is absent may be on its way, or the node behind; and a chain of the same id but another genesis is simply not the trusted one. What a missing anchor costs is decided by the policy, and by <see cref="IssuerCheck"/> for a key that is no longer good.
/// </remarks>
internal sealed class AnchorCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => CheckName.Anchor;

    /// <inheritdoc/>
    public async Task<CheckResult> RunAsync(Verification verification, Patience patience)
    {
        if (verification.Credential.RegistryEntries.Count == 0)
        {
            return verification.Policy.Required.Contains(CheckName.Anchor)
                ? Check.CannotTell(Name, ProblemCode.AnchorReceiptError, "The credential names no registry, so no chain can show when it was signed; an anchor was asked for.", Remedy.Issuer)
                : Check.Skipped(Name, "The credential names no registry: it was not meant to be anchored.");
        }

        CheckResult own = await RunOwnAsync(verification, patience).ConfigureAwait(false);
        if (own.Outcome != CheckOutcome.Indeterminate)
        {
            return own;
        }

        // Of a wallet's copy it is its award that was anchored: that says when the award was recorded, and nothing of when the copy was signed.
        CheckResult? award = await AwardAnchor.RunAsync(verification, patience).ConfigureAwait(false);
        return award is null || (award.Outcome == CheckOutcome.Indeterminate && verification.Receipts.Consistent.Count > 0) ? own : award;
    }

    private async Task<CheckResult> RunOwnAsync(Verification verification, Patience patience)
    {
        AnchorEvidence receipts = verification.Receipts;
        if (receipts.Consistent.Count == 0)
        {
            return Check.CannotTell(Name, receipts.Doubts.Count > 0 ? receipts.Doubts[0] : new(ProblemCode.AnchorReceiptError, "The document carries no anchor receipt. Ask for the anchored form of the file.", Remedy.Holder));
        }

        if (!receipts.Consistent.Any(receipt => verification.Registries.CanAsk(receipt.Entry)))
        {
            return Check.CannotTell(Name, ProblemCode.Offline, "The document fits its anchor receipt; whether the receipt's root is on the chain was not checked, for the policy asks for no network.", Remedy.Verifier);
        }

        Judged[] judged = await Task.WhenAll(receipts.Consistent.Select(receipt => JudgeAsync(receipt, verification, patience))).ConfigureAwait(false);
        Judged[] passed = [.. judged.Where(one => one.Result.Outcome == CheckOutcome.Passed).OrderBy(one => one.Anchor!.Time)];
        if (passed.Length == 0)
        {
            return Worst(judged);
        }

        // The first time that a chain saw the signature is the one that counts.
        (verification.Anchor, verification.AnchoredBy) = (passed[0].Anchor, passed[0].Entry);
        verification.MayBeOlder = judged.Any(one => one.Result.Outcome == CheckOutcome.Indeterminate) || receipts.Doubts.Count > 0;
        return passed[0].Result;
    }

    // A root that was made up is no more than none; one that could not be looked up, or is not settled, may be the one by which the institution stands.
    private static CheckResult Worst(Judged[] judged) =>
        judged.FirstOrDefault(one => one.Result.Outcome == CheckOutcome.Failed) is { } failed && judged.All(one => one.Result.Outcome == CheckOutcome.Failed || one is { WasRead: true, Anchor: null })
            ? failed.Result
            : judged.First(one => one.Result.Outcome == CheckOutcome.Indeterminate).Result;

    private async Task<Judged> JudgeAsync(ConsistentReceipt receipt, Verification verification, Patience patience)
    {
        (RegistryRecord? record, Doubt? doubt) = await verification.Registries.ReadAsync(receipt.Entry, receipt.Root, patience).ConfigureAwait(false);
        return record is null
            ? new(Check.CannotTell(Name, doubt!), receipt.Entry, null, WasRead: false)
            : new(Judge(record, receipt.Entry, verification, Dated(verification)), receipt.Entry, record.Anchor, WasRead: true);
    }

    private sealed record Judged(CheckResult Result, RegistryEntry Entry, SettledFact? Anchor, bool WasRead);

    /// <summary>Judges what a registry says of a root.</summary>
    /// <param name="record">Its record.</param>
    /// <param name="entry">The institution.</param>
    /// <param name="verification">The verification.</param>
    /// <param name="unchanged">What has not changed since, when it passes.</param>
    public static CheckResult Judge(RegistryRecord record, RegistryEntry entry, Verification verification, string unchanged)
    {
        if (record.Anchor is not { } anchor)
        {
            return Check.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal, record.InstitutionExists
                ? "The root of the anchor receipt is not on the chain, as far as the node that was asked has followed it."
                : $"The registry knows no institution {entry.Institution}, as far as the node that was asked has followed the chain.", Remedy.Issuer);
        }

        if (record.Distrusted is { } distrusted)
        {
            return Check.Failed(CheckName.Anchor, ProblemCode.RootDistrusted, $"The institution declared on {Check.Say(distrusted)} that it does not stand by the record of {Check.Say(anchor.Time)} under which the document lies: somebody else made it.");
        }

        if (anchor.Finality < verification.Policy.MinimumFinality)
        {
            return Check.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal, $"Anchored on {Check.Say(anchor.Time)}, but not settled yet: {Say(anchor.Finality)}, and {Say(verification.Policy.MinimumFinality)} is asked for. This takes some minutes.", Remedy.TryLater);
        }

        if (anchor.Time > verification.Policy.JudgedAt)
        {
            return Check.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal, $"Anchored only on {Check.Say(anchor.Time)}, after the moment for which was asked.", Remedy.None);
        }

        string block = anchor.Block is { } number ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $" in block {number}") : "";
        return Check.Passed(CheckName.Anchor, $"Anchored on {Check.Say(anchor.Time)}{block} of {entry.Registry} ({Say(anchor.Finality)}): {unchanged} since.");
    }

    // The base signature of ecdsa-sd-2023 covers what is mandatory and the key of the proof, with which an issuer that kept it could sign further statements later.
    private static string Dated(Verification verification) => verification.Proofs.Held.Any(held => held.Signature is { LetsWithhold: true, CoversMeaningOnly: true })
        ? "what its holder cannot withhold has not changed"
        : "the document has not changed";

    private static string Say(Finality finality) => finality switch
    {
        Finality.Finalized => "finalized",
        Finality.Safe => "safe",
        _ => "included in a block",
    };
}
