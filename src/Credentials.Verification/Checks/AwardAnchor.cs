using Credentials.Anchoring;
using Credentials.Keys;
using Credentials.Verification.Evidence;

namespace Credentials.Verification.Checks;

/// <summary>The anchor of the award that a wallet's copy is a copy of.</summary>
/// <param name="Entry">The institution, as the copy's own signed entry names it.</param>
/// <param name="Anchor">When, and how settled.</param>
internal sealed record AwardedFact(RegistryEntry Entry, SettledFact Anchor);

/// <summary>Whether the award of which a wallet's copy is one was anchored: by the signed evidence in the copy, under the institution that the copy itself names.</summary>
/// <remarks>
/// It is the issuer's word that the copy is of that award; the chain's, that the award was recorded then. So the copy's own signature is not dated by it, and whoever has the issuer's key today could refer to any award of its own institution.
/// That the institution is the issuer's is the copy's word, too: it counts where the relying party knows it, somebody trusted vouches for it, or the institution keeps on the chain the very key that signed. Else anybody could borrow another's award.
/// </remarks>
internal static class AwardAnchor
{
    /// <summary>The result by the first award that is anchored, else by the last; null when the copy shows no award's receipt.</summary>
    public static async Task<CheckResult?> RunAsync(Verification verification, Patience patience)
    {
        CheckResult? last = null;
        foreach (Parsed<AwardEvidence> evidence in AwardEvidence.ReadAll(verification.Credential.Json).Take(AnchorEvidence.MaxReceipts))
        {
            last = evidence.Ok
                ? await JudgeAsync(evidence.Value, verification, patience).ConfigureAwait(false)
                : Check.CannotTell(CheckName.Anchor, new Doubt(evidence.Problem, Remedy.Issuer));
            if (last.Outcome == CheckOutcome.Passed)
            {
                return last;
            }
        }

        return last;
    }

    private static async Task<CheckResult> JudgeAsync(AwardEvidence evidence, Verification verification, Patience patience)
    {
        if (evidence.Receipt is not { } receipt)
        {
            return Check.CannotTell(CheckName.Anchor, ProblemCode.AnchorNotFinal, "The award had not been recorded on the chain yet when this copy of it was made. Have the wallet fetch a new copy.", Remedy.Holder);
        }

        if (verification.Credential.RegistryEntries.FirstOrDefault(entry => entry.Registry == receipt.Registry && entry.Institution == receipt.Institution) is not { } entry)
        {
            return Unfit("The receipt of the award is of another registry or institution than the one that the copy names.");
        }

        if (MerkleTree.RootFromPath(evidence.MasterDigest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]) is not { } root || root != receipt.Root)
        {
            return Unfit("The receipt of the award does not lead from the award's digest to its root.");
        }

        if (!verification.Registries.CanAsk(entry))
        {
            return Check.CannotTell(CheckName.Anchor, ProblemCode.Offline, "The copy shows its award's anchor receipt; whether the receipt's root is on the chain was not checked, for the policy asks for no network.", Remedy.Verifier);
        }

        (RegistryRecord? record, Doubt? doubt) = await verification.Registries.ReadAsync(entry, root, patience).ConfigureAwait(false);
        if (record is null)
        {
            return Check.CannotTell(CheckName.Anchor, doubt!);
        }

        CheckResult result = AnchorCheck.Judge(record, entry, verification, "the award of which this is a copy has been on record");
        if (result.Outcome == CheckOutcome.Passed)
        {
            if (!await IsIssuersAsync(entry, record.Anchor!.Time, verification, patience).ConfigureAwait(false))
            {
                return Check.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError, $"The award was recorded by the institution {entry.Institution}; nothing that this verifier trusts shows that this institution is {verification.Credential.IssuerId}.", Remedy.Verifier);
            }

            verification.Award = new(entry, record.Anchor!);
        }

        // The copy itself does not lie under that root: that the institution does not stand by it is no word against the copy.
        return result.Outcome == CheckOutcome.Failed ? Check.CannotTell(CheckName.Anchor, result.Problem!.Code, result.Detail, Remedy.Issuer) : result;
    }

    private static async Task<bool> IsIssuersAsync(RegistryEntry entry, DateTimeOffset anchored, Verification verification, Patience patience)
    {
        if (RegistryKeys.IsPinned(verification.Trusted, entry, verification.Credential.IssuerId))
        {
            return true;
        }

        foreach (IssuerSignature own in verification.IssuerSignatures)
        {
            byte[] key = Multikey.ToBytes(own.Held.Found.Key);
            foreach (string name in IssuerCheck.NamesOf(own.Held))
            {
                (IReadOnlyList<RegisteredKey> kept, _) = await verification.Keys.AllAsync(name, verification.Seen, anchoredBy: null, patience).ConfigureAwait(false);
                if (kept.Any(one => one.Entry == entry && one.Fact.Multikey.Span.SequenceEqual(key)))
                {
                    return true;
                }
            }
        }

        // Whose institution it is, is asked here, and AccreditationCheck asks whether it was accredited when it counts.
        return verification.Trusted.Accreditors.Count > 0
            && ((await AccreditationInquiry.MakeAsync(verification, entry, anchored, patience).ConfigureAwait(false)).Best is not null
                || (await AccreditationInquiry.MakeAsync(verification, entry, verification.Seen, patience).ConfigureAwait(false)).Best is not null);
    }

    private static CheckResult Unfit(string detail) => Check.CannotTell(CheckName.Anchor, ProblemCode.AnchorReceiptError, detail, Remedy.Issuer);
}
