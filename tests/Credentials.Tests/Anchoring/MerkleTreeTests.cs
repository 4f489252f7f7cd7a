using System.Buffers.Binary;
using System.Security.Cryptography;
using Credentials.Anchoring;

namespace Credentials.Tests.Anchoring;

public sealed class MerkleTreeTests
{
    [Fact]
    public void A_tree_of_one_has_the_leaf_hash_for_a_root_and_an_empty_path()
    {
        AnchorDigest digest = Digest(7);
        var tree = MerkleTree.Build([digest]);

        Assert.Equal(SHA256.HashData([0x00, .. digest.Value.ToArray()]), tree.Root.Value.ToArray());
        Assert.Empty(tree.PathOf(0));
        Assert.Equal(tree.Root, MerkleTree.RootFromPath(digest, 0, 1, []));
    }

    [Fact]
    public void A_last_leaf_without_a_sibling_rises_and_is_not_doubled()
    {
        AnchorDigest[] three = Digests(3);
        Assert.NotEqual(MerkleTree.Build([.. three, three[2]]).Root, MerkleTree.Build(three).Root);
    }

    // The roots that every implementation of Certificate Transparency has for these eight leaves.
    [Theory]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_second_opinion_has_the_known_roots(int size, string root)
    {
        byte[][] leaves = [.. ((string[])["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]).Select(Convert.FromHexString)];
        Assert.Equal(root, Convert.ToHexStringLower(ReferenceMerkleTree.Root(leaves.AsSpan(0, size))));
    }

    [Fact]
    public void Every_size_to_130_has_the_root_and_the_paths_of_the_definition()
    {
        for (int size = 1; size <= 130; size++)
        {
            AnchorDigest[] digests = Digests(size);
            byte[][] leaves = [.. digests.Select(digest => digest.Value.ToArray())];
            var tree = MerkleTree.Build(digests);

            Assert.Equal(size, tree.Size);
            Assert.Equal(ReferenceMerkleTree.Root(leaves), tree.Root.Value.ToArray());
            for (int index = 0; index < size; index++)
            {
                Bytes32[] path = tree.PathOf(index);
                Assert.Equal(ReferenceMerkleTree.Path(index, leaves), path.Select(hash => hash.ToArray()));
                Assert.Equal(tree.Root, MerkleTree.RootFromPath(digests[index], index, size, path));
            }
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4097)]
    [InlineData(65_535)]
    public void Great_trees_have_the_root_of_the_definition(int size)
    {
        AnchorDigest[] digests = Digests(size);
        var tree = MerkleTree.Build(digests);

        Assert.Equal(ReferenceMerkleTree.Root(digests.Select(digest => digest.Value.ToArray()).ToArray()), tree.Root.Value.ToArray());
        foreach (int index in (int[])[0, 1, size / 2, size - 2, size - 1])
        {
            Assert.Equal(tree.Root, MerkleTree.RootFromPath(digests[index], index, size, tree.PathOf(index)));
        }
    }

    [Fact]
    public void A_path_that_is_truncated_extended_reordered_or_altered_never_leads_to_the_root()
    {
        foreach (int size in (int[])[2, 3, 5, 8, 13, 21, 64, 100])
        {
            AnchorDigest[] digests = Digests(size);
            var tree = MerkleTree.Build(digests);
            for (int index = 0; index < size; index++)
            {
                foreach ((string story, Bytes32[] path) in Corruptions(tree.PathOf(index)))
                {
                    Assert.True(tree.Root != MerkleTree.RootFromPath(digests[index], index, size, path), $"{story}: size {size}, index {index}");
                }
            }
        }
    }

    [Fact]
    public void The_path_of_one_leaf_does_not_serve_another_leaf_or_another_index()
    {
        AnchorDigest[] digests = Digests(21);
        var tree = MerkleTree.Build(digests);
        for (int index = 0; index < digests.Length; index++)
        {
            Bytes32[] path = tree.PathOf(index);
            for (int other = 0; other < digests.Length; other++)
            {
                if (other != index)
                {
                    Assert.NotEqual(tree.Root, MerkleTree.RootFromPath(digests[other], index, 21, path));
                    Assert.NotEqual(tree.Root, MerkleTree.RootFromPath(digests[index], other, 21, path));
                }
            }
        }
    }

    [Fact]
    public void The_path_of_one_tree_does_not_lead_to_the_root_of_another()
    {
        AnchorDigest[] digests = Digests(21);
        var tree = MerkleTree.Build(digests);
        AnchorDigest[] swapped = [.. digests];
        (swapped[19], swapped[20]) = (swapped[20], swapped[19]);
        var other = MerkleTree.Build(swapped);
        Assert.NotEqual(tree.Root, other.Root);
        for (int index = 0; index < 19; index++)
        {
            Assert.NotEqual(other.Root, MerkleTree.RootFromPath(digests[index], index, 21, tree.PathOf(index)));
        }
    }

    [Fact]
    public void A_size_at_which_the_path_has_another_length_leads_nowhere()
    {
        AnchorDigest[] digests = Digests(21);
        var tree = MerkleTree.Build(digests);
        Bytes32[] path = tree.PathOf(4);
        foreach (long size in (long[])[4, 5, 8, 9, 12, 16, 33, 64, 1L << 40, long.MaxValue])
        {
            Assert.NotEqual(tree.Root, MerkleTree.RootFromPath(digests[4], 4, size, path));
        }
    }

    [Theory]
    [InlineData(-1, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 8)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(long.MinValue, long.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void An_index_outside_of_the_tree_leads_nowhere(long index, long size)
    {
        var tree = MerkleTree.Build(Digests(8));
        Assert.Null(MerkleTree.RootFromPath(Digest(0), index, size, tree.PathOf(0)));
    }

    [Fact]
    public void A_node_is_not_taken_for_a_leaf()
    {
        // A forger who takes an inner node for a leaf's digest has the shorter path right, but not the prefix.
        AnchorDigest[] digests = Digests(4);
        var tree = MerkleTree.Build(digests);
        Bytes32[] path = tree.PathOf(0);
        var left = MerkleTree.Build(digests.AsSpan(0, 2));
        Assert.NotEqual(tree.Root, MerkleTree.RootFromPath(new AnchorDigest(left.Root.Value), 0, 2, path.AsSpan(1)));
    }

    [Fact]
    public void Misuse_throws()
    {
        var tree = MerkleTree.Build(Digests(3));
        Assert.Throws<ArgumentException>(() => MerkleTree.Build([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.PathOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.PathOf(3));
    }

    internal static IEnumerable<(string Story, Bytes32[] Path)> Corruptions(Bytes32[] path)
    {
        yield return ("truncated at its end", path[..^1]);
        yield return ("truncated at its start", path[1..]);
        yield return ("extended at its end", [.. path, path[^1]]);
        yield return ("extended at its start", [path[0], .. path]);
        yield return ("extended by zeros", [.. path, default]);
        yield return ("empty", []);
        yield return ("far too long", [.. Enumerable.Repeat(path[0], 200)]);
        if (path.Length > 1)
        {
            yield return ("reordered", [path[1], path[0], .. path[2..]]);
            yield return ("reversed", [.. Enumerable.Reverse(path)]);
        }

        for (int i = 0; i < path.Length; i++)
        {
            byte[] altered = path[i].ToArray();
            altered[i % Bytes32.Length] ^= 1;
            yield return ("one bit of it altered", [.. path[..i], Bytes32.From(altered), .. path[(i + 1)..]]);
        }
    }

    internal static AnchorDigest[] Digests(int count) => [.. Enumerable.Range(0, count).Select(Digest)];

    internal static AnchorDigest Digest(int seed)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, seed);
        return AnchorDigest.From(SHA256.HashData(bytes));
    }
}
