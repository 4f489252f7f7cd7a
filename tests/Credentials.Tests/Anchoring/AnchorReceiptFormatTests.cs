using System.Formats.Cbor;
using System.Text.Json.Nodes;
using Credentials.Anchoring;

namespace Credentials.Tests.Anchoring;

public sealed class AnchorReceiptFormatTests
{
    public static TheoryData<int, int, bool> Shapes => new()
    {
        { 1, 0, false },
        { 2, 1, true },
        { 13, 5, false },
        { 13, 12, true },
        { 300, 299, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Cbor_comes_back_as_it_was(int size, int index, bool hints)
    {
        AnchorReceipt receipt = Receipts.Some(size, index, hints ? Receipts.SomeHints : null);
        Receipts.AssertSame(receipt, AnchorReceiptFormat.FromCbor(AnchorReceiptFormat.ToCbor(receipt)).Require());
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Json_comes_back_as_it_was(int size, int index, bool hints)
    {
        AnchorReceipt receipt = Receipts.Some(size, index, hints ? Receipts.SomeHints : null);
        Receipts.AssertSame(receipt, AnchorReceiptFormat.FromJson(Receipts.Json(receipt)).Require());
    }

    [Fact]
    public void The_bytes_of_version_1_are_these_for_ever()
    {
        var receipt = new AnchorReceipt(
            1, 2, [Filled(0xaa)], new(Filled(0xbb)), new(1, "0x" + new string('c', 40)), new(Filled(0xdd)), new(Filled(0xee), 7, Filled(0xff), DateTimeOffset.UnixEpoch.AddSeconds(256)));
        string expected = "a9" + "0001" + "0101" + "0202"
            + "0381" + "5820" + Repeat("aa", 32)
            + "045820" + Repeat("bb", 32)
            + "0501"
            + "0654" + Repeat("cc", 20)
            + "075820" + Repeat("dd", 32)
            + "08a4" + "005820" + Repeat("ee", 32) + "0107" + "025820" + Repeat("ff", 32) + "03190100";
        Assert.Equal(expected, Convert.ToHexStringLower(AnchorReceiptFormat.ToCbor(receipt)));
    }

    [Fact]
    public void Cbor_with_any_one_byte_changed_is_refused_or_is_another_receipt()
    {
        byte[] cbor = AnchorReceiptFormat.ToCbor(Receipts.Some(13, 5, Receipts.SomeHints));
        for (int i = 0; i < cbor.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] altered = [.. cbor];
                altered[i] ^= (byte)(1 << bit);
                Parsed<AnchorReceipt> read = AnchorReceiptFormat.FromCbor(altered);
                Assert.True(read.Ok ? AnchorReceiptFormat.ToCbor(read.Value).AsSpan().SequenceEqual(altered) : read.Problem.Code == ProblemCode.AnchorReceiptError);
            }
        }
    }

    [Fact]
    public void Cbor_that_is_truncated_or_followed_by_anything_is_refused()
    {
        byte[] cbor = AnchorReceiptFormat.ToCbor(Receipts.Some(13, 5, Receipts.SomeHints));
        for (int length = 0; length < cbor.Length; length++)
        {
            AssertRefused(cbor[..length]);
        }

        AssertRefused([.. cbor, 0]);
        AssertRefused([.. cbor, .. cbor]);
        AssertRefused(new byte[5000]);
    }

    [Fact]
    public void Cbor_in_any_other_spelling_is_refused()
    {
        byte[] cbor = AnchorReceiptFormat.ToCbor(Receipts.Some(2, 1));

        // 0x01 01: leaf index 1; 0x18 01 says the same in two bytes. 0xbf … 0xff is the map without its length; 0xc2 is a tag.
        int index = cbor.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x01, 0x01, 0x02, 0x02]);
        AssertRefused([.. cbor[..(index + 1)], 0x18, 0x01, .. cbor[(index + 2)..]]);
        AssertRefused([0xbf, .. cbor[1..], 0xff]);
        AssertRefused([0xd9, 0xd9, 0xf7, .. cbor]);
    }

    [Fact]
    public void Cbor_with_its_keys_in_another_order_or_one_too_many_is_refused()
    {
        AssertRefused(Cbor(writer =>
        {
            writer.WriteStartMap(2);
            writer.WriteInt32(1);
            writer.WriteInt32(0);
            writer.WriteInt32(0);
            writer.WriteInt32(1);
            writer.WriteEndMap();
        }));
        byte[] cbor = AnchorReceiptFormat.ToCbor(Receipts.Some(2, 1));
        AssertRefused([0xa9, .. cbor[1..], 0x09, 0x00]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4_000_000_000)]
    public void A_newer_version_is_told_from_a_broken_receipt(long version)
    {
        byte[] cbor = Cbor(writer =>
        {
            writer.WriteStartMap(2);
            writer.WriteInt32(0);
            writer.WriteInt64(version);
            writer.WriteInt32(77);
            writer.WriteTextString("whatever it brings");
            writer.WriteEndMap();
        });
        Assert.Contains($"version {version}", AnchorReceiptFormat.FromCbor(cbor).Problem!.Detail, StringComparison.Ordinal);

        Problem json = AnchorReceiptFormat.FromJson(Receipts.Parse($$"""{"version":{{version}},"whatever":"it brings"}""")).Problem!;
        Assert.Contains($"version {version}", json.Detail, StringComparison.Ordinal);
        Assert.Equal("/version", json.Pointer);
    }

    [Fact]
    public void A_path_of_64_hashes_is_read_and_one_of_65_is_not()
    {
        AnchorReceipt receipt = Receipts.Some() with { TreeSize = long.MaxValue, Path = [.. Enumerable.Repeat(Filled(1), 64)] };
        Assert.True(AnchorReceiptFormat.FromCbor(AnchorReceiptFormat.ToCbor(receipt)).Ok);
        Assert.True(AnchorReceiptFormat.FromJson(Receipts.Json(receipt)).Ok);

        AnchorReceipt longer = receipt with { Path = [.. receipt.Path, Filled(2)] };
        Assert.Throws<ArgumentException>(() => AnchorReceiptFormat.ToCbor(longer));
        Assert.Throws<ArgumentException>(() => Receipts.Json(longer));
        JsonNode json = JsonNode.Parse(Receipts.Json(receipt).GetRawText())!;
        json["path"]!.AsArray().Add(Filled(2).ToString());
        Assert.Equal("/path", AnchorReceiptFormat.FromJson(Receipts.Parse(json.ToJsonString())).Problem?.Pointer);
    }

    [Fact]
    public void A_receipt_that_could_not_be_read_back_is_not_written()
    {
        AnchorReceipt receipt = Receipts.Some();
        foreach (AnchorReceipt unfit in new[]
        {
            receipt with { LeafIndex = 13 },
            receipt with { LeafIndex = -1 },
            receipt with { TreeSize = 0 },
            receipt with { Registry = new(1, "0xABCDEF") },
            receipt with { Registry = new(1, "0x" + new string('A', 40)) },
            receipt with { Hints = Receipts.SomeHints with { BlockTime = DateTimeOffset.UnixEpoch.AddSeconds(-1) } },
        })
        {
            Assert.Throws<ArgumentException>(() => AnchorReceiptFormat.ToCbor(unfit));
            Assert.Throws<ArgumentException>(() => Receipts.Json(unfit));
        }
    }

    private static void AssertRefused(byte[] cbor) => Assert.Equal(ProblemCode.AnchorReceiptError, AnchorReceiptFormat.FromCbor(cbor).Problem?.Code);

    private static byte[] Cbor(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Lax);
        write(writer);
        return writer.Encode();
    }

    private static Bytes32 Filled(byte value) => Bytes32.From(Enumerable.Repeat(value, Bytes32.Length).ToArray());

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
