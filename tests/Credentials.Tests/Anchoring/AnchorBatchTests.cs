using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Anchoring;
using Credentials.TestKit;

namespace Credentials.Tests.Anchoring;

public sealed class AnchorBatchTests
{
    [Fact]
    public void Every_digest_has_a_receipt_that_leads_to_the_root()
    {
        AnchorDigest[] digests = MerkleTreeTests.Digests(37);
        var batch = new AnchorBatch(digests, Receipts.Registry, Receipts.Institution, Receipts.SomeHints);
        foreach (AnchorDigest digest in digests)
        {
            AnchorReceipt receipt = batch.ReceiptOf(digest)!;
            Assert.Equal(batch.Root, MerkleTree.RootFromPath(digest, receipt.LeafIndex, receipt.TreeSize, [.. receipt.Path]));
            Assert.Equal((batch.Root, Receipts.Registry, Receipts.Institution, Receipts.SomeHints), (receipt.Root, receipt.Registry, receipt.Institution, receipt.Hints));
        }
    }

    [Fact]
    public void A_digest_of_another_batch_has_no_receipt() =>
        Assert.Null(Some(37).ReceiptOf(MerkleTreeTests.Digest(37)));

    [Fact]
    public void The_file_comes_back_as_it_was()
    {
        AnchorBatch batch = Some(100);
        AnchorBatch read = AnchorBatch.FromJson(Parse(Write(batch))).Require();
        Assert.Equal(batch.Digests, read.Digests);
        Assert.Equal((batch.Root, batch.Registry, batch.Institution, batch.Hints), (read.Root, read.Registry, read.Institution, read.Hints));
    }

    [Fact]
    public void Ten_thousand_leaves_take_under_half_a_megabyte_and_one_tree()
    {
        AnchorBatch batch = Some(10_000);
        byte[] file = Write(batch);
        Assert.InRange(file.Length, 10_000 * 43, 480_000);

        AnchorBatch read = AnchorBatch.FromJson(Parse(file)).Require();
        Assert.Equal(9_999, read.ReceiptOf(MerkleTreeTests.Digest(9_999))!.LeafIndex);
    }

    [Fact]
    public void Digests_in_hexadecimal_are_read_too()
    {
        JsonNode json = JsonNode.Parse(Write(Some(3)))!;
        json["digests"] = new JsonArray([.. MerkleTreeTests.Digests(3).Select(digest => JsonValue.Create(digest.ToString()))]);
        Assert.True(AnchorBatch.FromJson(Parse(json)).Ok);
    }

    public static TheoryData<string, string?, string> Faults => new()
    {
        { "version", "2", "/version" },
        { "version", null, "/version" },
        { "registry", "\"eip155:1:0xZZ\"", "/registry" },
        { "institution", "[]", "/institution" },
        { "institution", null, "/institution" },
        { "root", "\"0x00\"", "/root" },
        { "root", $"\"0x{new string('0', 64)}\"", "/root" },
        { "digests", "[]", "/digests" },
        { "digests", "{}", "/digests" },
        { "digests", null, "/digests" },
        { "digests", "[\"\"]", "/digests/0" },
        { "digests", "[null]", "/digests/0" },
        { "digests", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"]", "/digests/0" },
        { "digests", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\"]", "/digests/0" },
        { "digests", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+\"]", "/digests/0" },
        { "digests", "[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]", "/root" },
        { "hints", "1", "/hints" },
        { "padding", "1", "/padding" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_file_with_one_member_wrong_is_refused_at_that_member(string member, string? value, string pointer)
    {
        JsonObject json = JsonNode.Parse(Write(Some(3)))!.AsObject();
        if (value is null)
        {
            json.Remove(member);
        }
        else
        {
            json[member] = JsonNode.Parse(value);
        }

        Problem problem = AnchorBatch.FromJson(Parse(json)).Problem!;
        Assert.Equal(ProblemCode.AnchorReceiptError, problem.Code);
        Assert.Equal(pointer, problem.Pointer);
    }

    [Fact]
    public void A_file_that_was_cut_short_or_reordered_is_refused_by_its_root()
    {
        JsonNode json = JsonNode.Parse(Write(Some(5)))!;
        JsonArray digests = json["digests"]!.AsArray();
        JsonNode last = digests[4]!;
        digests.RemoveAt(4);
        Assert.Equal("/root", AnchorBatch.FromJson(Parse(json)).Problem?.Pointer);
        digests.Insert(0, last.DeepClone());
        Assert.Equal("/root", AnchorBatch.FromJson(Parse(json)).Problem?.Pointer);
    }

    [Fact]
    public void An_empty_batch_is_misuse() =>
        Assert.ThrowsAny<ArgumentException>(() => new AnchorBatch([], Receipts.Registry, Receipts.Institution, null));

    private static AnchorBatch Some(int size) => new(MerkleTreeTests.Digests(size), Receipts.Registry, Receipts.Institution, Receipts.SomeHints);

    private static byte[] Write(AnchorBatch batch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            batch.WriteJson(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement Parse(byte[] json) => JsonDocument.Parse(json).RootElement;

    private static JsonElement Parse(JsonNode json) => Parse(Utf8.Bytes(json.ToJsonString()));
}
