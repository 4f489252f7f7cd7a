using System.Buffers;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.TestKit;

namespace Credentials.Tests.Anchoring;

/// <summary>Receipts to corrupt.</summary>
internal static class Receipts
{
    public static AnchorHints SomeHints { get; } = new(MerkleTreeTests.Digest(1).Value, 1234, MerkleTreeTests.Digest(2).Value, new(2026, 9, 15, 10, 0, 0, TimeSpan.Zero));

    public static RegistryAddress Registry { get; } = new(31337, "0x5fbdb2315678afecb367f032d93f642f64180aa3");

    public static InstitutionId Institution { get; } = new(MerkleTreeTests.Digest(3).Value);

    public static AnchorReceipt Some(int size = 13, int index = 5, AnchorHints? hints = null)
    {
        var tree = MerkleTree.Build(MerkleTreeTests.Digests(size));
        return new(index, size, tree.PathOf(index), tree.Root, Registry, Institution, hints);
    }

    public static void AssertSame(AnchorReceipt expected, AnchorReceipt actual)
    {
        Assert.Equal(expected.Path, actual.Path);
        Assert.Equal(expected with { Path = [] }, actual with { Path = [] });
    }

    public static JsonElement Json(AnchorReceipt receipt)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            AnchorReceiptFormat.WriteJson(writer, receipt);
        }

        return Parse(Utf8.Text(buffer.WrittenSpan));
    }

    public static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
