using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Credentials.Anchoring;

namespace Credentials.Benchmarks;

/// <summary>A batch of a million, and one receipt of it.</summary>
internal static class MerkleFigures
{
    private const int Leaves = 1_000_000;
    private const double BuildAim = 600_000;

    public static void Run(Stage stage)
    {
        if (!stage.Wanted("merkle/build") && !stage.Wanted("merkle/path"))
        {
            return;
        }

        var digests = new AnchorDigest[Leaves];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(digests.AsSpan()));
        stage.Measure("merkle/build-1000000", () => MerkleTree.Build(digests), aim: BuildAim);

        MerkleTree tree = MerkleTree.Build(digests);
        Bytes32[] path = tree.PathOf(Leaves / 3);
        stage.Measure("merkle/path-check-1000000", () =>
        {
            if (MerkleTree.RootFromPath(digests[Leaves / 3], Leaves / 3, Leaves, path) != tree.Root)
            {
                throw new InvalidOperationException("The path does not lead to the root: nothing was measured.");
            }
        });
    }
}
