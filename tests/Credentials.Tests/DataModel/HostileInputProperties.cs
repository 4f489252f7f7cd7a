using System.Buffers;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.Dids;
using Credentials.Encoding;
using Credentials.TestKit;
using Credentials.Tests.Anchoring;
using Credentials.Tests.Canonicalization;
using FsCheck;
using FsCheck.Fluent;

namespace Credentials.Tests.DataModel;

/// <summary>Receipts, receipt files, anchor proofs and DID documents that were spoiled at random: each is read or is a problem, none throws.</summary>
public sealed class HostileInputProperties
{
    private const string Did = "did:web:universidade-modelo.example";
    private static readonly Dictionary<string, (byte[] Text, Func<JsonElement, bool> Read)> Readers = MakeReaders();

    public static TheoryData<string> Names => new(Readers.Keys);

    private static Gen<int> Numbers => ArbMap.Default.GeneratorFor<int>();

    [Theory]
    [MemberData(nameof(Names))]
    public void Whole_it_is_read(string name) => Assert.True(Readers[name].Read(Parse(Readers[name].Text)!.Value));

    [Theory]
    [MemberData(nameof(Names))]
    public void With_any_json_somewhere_it_is_read_or_a_problem(string name) => Randomised.ForAll(
        Numbers.SelectMany(_ => JsonText.Values, (at, value) => JsonMutation.Replace(Readers[name].Text, at, value)),
        text => IsAnswered(name, text));

    [Theory]
    [MemberData(nameof(Names))]
    public void With_bytes_changed_it_is_read_or_a_problem(string name) => Randomised.ForAll(
        Numbers.ListOf(),
        seeds => IsAnswered(name, JsonMutation.Mutate(Readers[name].Text, seeds)));

    [Fact]
    public void A_receipt_in_cbor_that_was_spoiled_is_refused_or_has_that_one_spelling()
    {
        byte[] receipt = AnchorReceiptFormat.ToCbor(Receipts.Some(300, 123, Receipts.SomeHints));
        Randomised.ForAll(
            Numbers.ListOf(),
            seeds =>
            {
                byte[] spoiled = JsonMutation.Mutate(receipt, seeds);
                return AnchorReceiptFormat.FromCbor(spoiled) is not { Value: { } read } || AnchorReceiptFormat.ToCbor(read).AsSpan().SequenceEqual(spoiled);
            },
            slice: 2000);
        Randomised.ForAll(ArbMap.Default.GeneratorFor<byte[]>(), bytes => !AnchorReceiptFormat.FromCbor(bytes).Ok);
    }

    private static bool IsAnswered(string name, byte[] text)
    {
        if (Parse(text) is { } json)
        {
            Readers[name].Read(json);
        }

        return true;
    }

    private static JsonElement? Parse(byte[] text) => StrictJson.Parse(text).Value?.RootElement;

    private static Dictionary<string, (byte[] Text, Func<JsonElement, bool> Read)> MakeReaders()
    {
        using var issuer = new SampleIssuer();
        byte[] anchored = MerkleAnchor2026.AddTo("""{"a":{"b":[1,2]},"proof":[{"type":"DataIntegrityProof","cryptosuite":"x"},{"type":"y"}]}"""u8, Receipts.Some());
        return new(StringComparer.Ordinal)
        {
            ["receipt"] = (Write(writer => AnchorReceiptFormat.WriteJson(writer, Receipts.Some(13, 5, Receipts.SomeHints))), json => AnchorReceiptFormat.FromJson(json).Ok),
            ["receipt file"] = (Write(new AnchorBatch(MerkleTreeTests.Digests(9), Receipts.Registry, Receipts.Institution, Receipts.SomeHints).WriteJson), json => AnchorBatch.FromJson(json).Ok),
            ["anchored document"] = (anchored, json => MerkleAnchor2026.DigestOf(json) is not null && MerkleAnchor2026.ReceiptsIn(json).All(receipt => receipt.Ok)),
            ["DID document"] = (issuer.DocumentText, json => DidDocument.Read(json, Did).Ok),
        };
    }

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
