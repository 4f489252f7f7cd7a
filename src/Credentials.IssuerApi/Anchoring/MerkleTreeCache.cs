using System.Data.Common;
using Credentials.Anchoring;
using Dapper;
using Microsoft.Extensions.Caching.Memory;

namespace Credentials.IssuerApi.Anchoring;

/// <summary>Keeps the trees of the batches last asked for: the 10,000 receipts of one batch are read one after the other. A sealed batch never changes; its number may be that of another one after it was cancelled, its root never.</summary>
internal sealed class MerkleTreeCache : IDisposable
{
    private const long MostLeaves = 1 << 20;
    private const string SelectLeaves = "SELECT leaves FROM anchor_batches WHERE id = @Batch";

    private readonly MemoryCache _trees = new(new MemoryCacheOptions { SizeLimit = MostLeaves });

    public async Task<MerkleTree> GetAsync(DbConnection connection, long batch, MerkleRoot root)
    {
        if (_trees.TryGetValue(root, out MerkleTree? known))
        {
            return known!;
        }

        MerkleTree tree = MerkleTree.Build(await ReadLeavesAsync(connection, batch));
        _trees.Set(tree.Root, tree, new MemoryCacheEntryOptions { Size = tree.Size });
        return tree;
    }

    /// <summary>The digests of a batch in the order of its leaves.</summary>
    public static async Task<AnchorDigest[]> ReadLeavesAsync(DbConnection connection, long batch)
    {
        byte[] leaves = await connection.QuerySingleAsync<byte[]>(SelectLeaves, new { Batch = batch });
        return [.. leaves.Chunk(Bytes32.Length).Select(digest => AnchorDigest.From(digest))];
    }

    public void Dispose() => _trees.Dispose();
}
