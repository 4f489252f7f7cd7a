using Credentials.Anchoring;
using Credentials.Ethereum;
using Credentials.Ethereum.Registry;
using Credentials.IssuerApi.Anchoring;

namespace Credentials.IssuerApi.Tests.Anchoring.Lab;

/// <summary>What must hold once everything has come to rest, whatever happened before. Asked of the contract, not of our own records.</summary>
internal static class AnchoringLaw
{
    public static async Task AssertAsync(AnchoringLab lab)
    {
        HashSet<MerkleRoot> ours = await AssertEachDigestLiesUnderOneRootAsync(lab);
        await AssertNoOtherRootIsAnchoredAsync(lab, ours);
        await AssertNoncesAsync(lab);
        AssertNoNonceWasUsedForTwoThings(lab);
    }

    private static async Task<HashSet<MerkleRoot>> AssertEachDigestLiesUnderOneRootAsync(AnchoringLab lab)
    {
        AnchoringQueries queries = lab.Process.Get<AnchoringQueries>();
        HashSet<MerkleRoot> roots = [];
        foreach ((string id, byte[] digest) in await lab.QueryAsync<(string, byte[])>("SELECT id, digest FROM credentials"))
        {
            AnchorReceipt? receipt = await queries.GetReceiptAsync(id, CancellationToken.None);
            Assert.NotNull(receipt);
            Assert.Equal(receipt.Root, MerkleTree.RootFromPath(AnchorDigest.From(digest), receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]));
            RegistryState state = await lab.Chain.LookUpAsync(lab.Registry.Contract, new(receipt.Institution, receipt.Root), BlockTag.Finalized, CancellationToken.None);
            Assert.NotEqual(0UL, state.AnchoredAt);
            Assert.Equal(state.AnchoredBlock, receipt.Hints?.BlockNumber ?? state.AnchoredBlock);
            roots.Add(receipt.Root);
        }

        return roots;
    }

    private static async Task AssertNoOtherRootIsAnchoredAsync(AnchoringLab lab, HashSet<MerkleRoot> ours)
    {
        foreach (byte[] data in lab.Recorder.Sent.Select(transaction => transaction.Request.Data.ToArray()).Where(IsAnchor))
        {
            var root = MerkleRoot.From(data.AsSpan(36, 32));
            RegistryState state = await lab.Chain.LookUpAsync(lab.Registry.Contract, new(InstitutionId.From(data.AsSpan(4, 32)), root), BlockTag.Latest, CancellationToken.None);
            Assert.True(state.AnchoredAt == 0 || ours.Contains(root), $"The root {root} is on the chain and in no batch of ours.");
        }
    }

    private static async Task AssertNoncesAsync(AnchoringLab lab)
    {
        ulong count = await lab.Chain.GetTransactionCountAsync(lab.Account, BlockTag.Latest, CancellationToken.None);
        long[] log = [.. await lab.QueryAsync<long>("SELECT nonce FROM transactions WHERE nonce IS NOT NULL ORDER BY nonce")];
        Assert.Equal(Enumerable.Range(0, (int)count).Select(nonce => (long)nonce), log);
        Assert.Equal((long)count, await lab.QueryOneAsync<long?>("SELECT next_nonce FROM chain_accounts") ?? 0);
    }

    // An empty transaction that cancels is no thing.
    private static void AssertNoNonceWasUsedForTwoThings(AnchoringLab lab)
    {
        foreach (IGrouping<ulong, SignedTransaction> nonce in lab.Recorder.Sent.Where(transaction => !transaction.Request.Data.IsEmpty).GroupBy(transaction => transaction.Request.Nonce))
        {
            Assert.Single(nonce.Select(transaction => Convert.ToHexString(transaction.Request.Data.Span)).Distinct(StringComparer.Ordinal));
        }
    }

    private static bool IsAnchor(byte[] data) => data.AsSpan().StartsWith(CredentialRegistryContract.Anchor(default, default).AsSpan(0, 4));
}
