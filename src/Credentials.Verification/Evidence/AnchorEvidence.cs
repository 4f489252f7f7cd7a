using Credentials.Anchoring;
using Credentials.DataModel;
using Credentials.Verification.Forms;

namespace Credentials.Verification.Evidence;

/// <summary>A receipt that leads from the credential to its root, for a registry that the signed credential names.</summary>
internal sealed record ConsistentReceipt(RegistryEntry Entry, MerkleRoot Root);

/// <summary>What receipts say when held against the document alone: no network, no chain.</summary>
/// <param name="Consistent">Those that fit; each is worth one look at the chain.</param>
/// <param name="Doubts">Why the others do not.</param>
internal sealed record AnchorEvidence(IReadOnlyList<ConsistentReceipt> Consistent, IReadOnlyList<Doubt> Doubts)
{
    /// <summary>More receipts than this are not followed: each costs a read of the chain, and anybody can add some.</summary>
    public const int MaxReceipts = 4;

    /// <summary>The first root whose receipt fits a registry entry, so that one read answers for status and anchor together.</summary>
    public MerkleRoot? FirstRootOf(RegistryEntry entry) => Consistent.FirstOrDefault(receipt => receipt.Entry == entry)?.Root;

    /// <summary>Judges the receipts inside of the credential and those beside it.</summary>
    /// <remarks>Registry and institution are those of the signed entry; a receipt that says otherwise is of something else. Its hints are not looked at: the contract's own time counts. Nor is the size of the tree told on: a path may fit trees of several sizes (RFC 9162), so that no root attests it.</remarks>
    public static AnchorEvidence Of(VerifiableCredential credential, SecuredDocument secured, IReadOnlyList<AnchorReceipt> beside)
    {
        if (credential.RegistryEntries.Count == 0)
        {
            return new([], []);
        }

        AnchorDigest? digest = secured.AnchorDigestOf(credential.Json);
        var consistent = new List<ConsistentReceipt>(1);
        var doubts = new List<Doubt>();
        foreach (Parsed<AnchorReceipt> receipt in MerkleAnchor2026.ReceiptsIn(credential.Json).Concat(beside.Select(receipt => (Parsed<AnchorReceipt>)receipt)))
        {
            (ConsistentReceipt? fit, Doubt? doubt) = Judge(receipt, credential.RegistryEntries, digest);
            if (fit is not null && consistent.Count < MaxReceipts && !consistent.Contains(fit))
            {
                consistent.Add(fit);
            }
            else if (doubt is not null)
            {
                doubts.Add(doubt);
            }
        }

        return new(consistent, doubts);
    }

    private static (ConsistentReceipt? Fit, Doubt? Doubt) Judge(Parsed<AnchorReceipt> read, IReadOnlyList<RegistryEntry> entries, AnchorDigest? digest)
    {
        if (!read.Ok)
        {
            return (null, new(read.Problem with { Detail = $"The anchor receipt cannot be read: {read.Problem.Detail} Ask for a fresh copy of the anchored file." }, Remedy.Holder));
        }

        AnchorReceipt receipt = read.Value;
        if (entries.FirstOrDefault(entry => entry.Registry == receipt.Registry && entry.Institution == receipt.Institution) is not { } entry)
        {
            return (null, Unfit("The anchor receipt is of another registry or institution than the one that the signed credential names."));
        }

        return digest is { } leaf && MerkleTree.RootFromPath(leaf, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]) is { } root && root == receipt.Root
            ? (new(entry, root), null)
            : (null, Unfit("The anchor receipt does not lead from this document to its root: it is another document's, it is damaged, or something was added to or taken from the document since it was anchored."));
    }

    private static Doubt Unfit(string detail) => new(ProblemCode.AnchorReceiptError, detail, Remedy.Holder);
}
