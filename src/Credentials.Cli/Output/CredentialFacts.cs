using System.Globalization;
using Credentials.Anchoring;
using Credentials.DataIntegrity;
using Credentials.DataModel;
using Credentials.Status;

namespace Credentials.Cli.Output;

/// <summary>What a credential says, as lines of name and value; none of it verified.</summary>
internal static class CredentialFacts
{
    private const int MostOfEach = 16;

    public static IEnumerable<(string Name, string Value)> Of(VerifiableCredential credential) =>
        Document(credential)
            .Concat(Proofs(credential))
            .Concat(Receipts(credential))
            .Concat(Status(credential))
            .Select(fact => (fact.Name, DisplayText.Of(fact.Value, 600)));

    private static IEnumerable<(string Name, string Value)> Document(VerifiableCredential credential)
    {
        CredentialSummary summary = CredentialSummary.Of(credential);
        yield return ("id", credential.Id ?? "none");
        yield return ("types", string.Join(", ", credential.Types.Take(MostOfEach)));
        yield return ("issuer", credential.IssuerId);
        yield return ("institution", VerdictText.Names(summary.Institution));
        yield return ("holder", VerdictText.Names(summary.Holder));
        yield return ("degree", VerdictText.Names(summary.Award));
        yield return ("dated", summary.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not said");
        yield return ("valid from", credential.ValidFrom is { } from ? VerdictText.Moment(from) : "not said");
        yield return ("valid until", credential.ValidUntil is { } until ? VerdictText.Moment(until) : "without an end");
        yield return ("size", $"{credential.Utf8.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes");
    }

    private static IEnumerable<(string Name, string Value)> Proofs(VerifiableCredential credential)
    {
        IReadOnlyList<Parsed<DataIntegrityProof>> proofs = DataIntegrityProof.ReadAll(credential.Json);
        return proofs.Count == 0 ? [("proof", "none")] : proofs.Take(MostOfEach).Select(read => ("proof", !read.Ok
            ? $"unreadable: {read.Problem.Detail}"
            : $"{read.Value.Cryptosuite ?? read.Value.Type}, {read.Value.ProofPurpose}, key {read.Value.VerificationMethod ?? "none"}{(read.Value.Created is { } created ? $", says it was made {VerdictText.Moment(created)}" : "")}"));
    }

    private static IEnumerable<(string Name, string Value)> Receipts(VerifiableCredential credential)
    {
        if (MerkleAnchor2026.DigestOf(credential.Json) is { } digest)
        {
            yield return ("anchor digest", digest.ToString());
        }

        foreach (Parsed<AnchorReceipt> read in MerkleAnchor2026.ReceiptsIn(credential.Json).Take(MostOfEach))
        {
            if (!read.Ok)
            {
                yield return ("receipt", $"unreadable: {read.Problem.Detail}");
                continue;
            }

            AnchorReceipt receipt = read.Value;
            yield return ("receipt", string.Create(CultureInfo.InvariantCulture, $"leaf {receipt.LeafIndex} of {receipt.TreeSize}, root {receipt.Root}"));
            yield return ("", $"in registry {receipt.Registry}, by institution {receipt.Institution}");
            if (receipt.Hints is { } hints)
            {
                yield return ("", string.Create(CultureInfo.InvariantCulture, $"hints, no evidence: block {hints.BlockNumber} of {VerdictText.Moment(hints.BlockTime)}, transaction {hints.TransactionHash}"));
            }
        }
    }

    private static IEnumerable<(string Name, string Value)> Status(VerifiableCredential credential)
    {
        foreach (BitstringStatusListEntry entry in credential.StatusEntries.Take(MostOfEach))
        {
            yield return ("status", string.Create(CultureInfo.InvariantCulture, $"{entry.StatusPurpose}: bit {entry.StatusListIndex} of {entry.StatusListCredential}"));
        }

        foreach (RegistryEntry entry in credential.RegistryEntries.Take(MostOfEach))
        {
            yield return ("registry", $"{entry.Registry}, institution {entry.Institution}, handle {entry.Handle}");
        }

        foreach (string type in credential.UnknownStatusTypes.Take(MostOfEach))
        {
            yield return ("status", $"of the unknown type {type}");
        }
    }
}
