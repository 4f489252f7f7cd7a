using System.Formats.Cbor;
using System.Text.Json;
using Credentials.Anchoring;
using Credentials.TestKit;
using FsCheck.Fluent;

namespace Credentials.Tests.Anchoring;

/// <summary>The evidence by which a copy points to its award: one spelling, and refused in any other.</summary>
public class AwardEvidenceTests
{
    private static readonly SampleIssuer Issuer = new();

    [Fact]
    public async Task Reads_what_it_writes_with_a_receipt_and_without()
    {
        SampleAnchored master = await Issuer.IssueAnchoredAsync();
        foreach (AwardEvidence evidence in (AwardEvidence[])[new(master.Bare.Digest, master.Receipt), new(master.Bare.Digest, null)])
        {
            AwardEvidence read = Read(evidence.ToJson().ToJsonString()).Require();
            Assert.Equal(evidence.MasterDigest, read.MasterDigest);
            Assert.Equal(evidence.Id, read.Id);
            Assert.Equal(evidence.Receipt is null, read.Receipt is null);
        }
    }

    [Theory]
    [InlineData("""{"type":"urn:credentials:award:v1"}""")]
    [InlineData("""{"type":"urn:credentials:award:v1","id":7}""")]
    [InlineData("""{"type":"urn:credentials:award:v1","id":"urn:x"}""")]
    [InlineData("""{"type":"urn:credentials:award:v1","id":"data:application/cbor;base64,"}""")]
    [InlineData("""{"type":"urn:credentials:award:v1","id":"data:application/cbor;base64,oA=="}""")]
    [InlineData("""{"type":"urn:credentials:award:v1","id":"data:application/cbor;base64,////"}""")]
    [InlineData("""{"type":"urn:credentials:award:v1","id":"data:application/json;base64,oA=="}""")]
    [InlineData("""{"type":"urn:credentials:award:v2","id":"data:application/cbor;base64,oA=="}""")]
    [InlineData("""{}""")]
    [InlineData("7")]
    public void Refuses_anything_else(string json) => Assert.Equal(ProblemCode.AnchorReceiptError, Read(json).Problem?.Code);

    [Theory]
    [InlineData(2, 32)]
    [InlineData(1, 31)]
    public void Refuses_another_version_and_another_length(int version, int length)
    {
        var cbor = new CborWriter(CborConformanceMode.Canonical);
        cbor.WriteStartMap(2);
        cbor.WriteInt32(0);
        cbor.WriteInt32(version);
        cbor.WriteInt32(1);
        cbor.WriteByteString(new byte[length]);
        cbor.WriteEndMap();
        Assert.False(Read($$"""{"type":"urn:credentials:award:v1","id":"{{AwardEvidence.IdPrefix}}{{Convert.ToBase64String(cbor.Encode())}}"}""").Ok);
    }

    [Fact]
    public async Task Changed_bytes_never_throw_and_never_read_as_the_same()
    {
        SampleAnchored master = await Issuer.IssueAnchoredAsync();
        var evidence = new AwardEvidence(master.Bare.Digest, master.Receipt);
        byte[] bytes = Convert.FromBase64String(evidence.Id[AwardEvidence.IdPrefix.Length..]);
        Randomised.ForAll(
            Gen.Choose(0, bytes.Length - 1).Zip(Gen.Choose(1, 255)),
            change =>
            {
                byte[] changed = [.. bytes];
                changed[change.Item1] ^= (byte)change.Item2;
                Parsed<AwardEvidence> read = Read($$"""{"type":"urn:credentials:award:v1","id":"{{AwardEvidence.IdPrefix}}{{Convert.ToBase64String(changed)}}"}""");
                return !read.Ok || read.Value.Id != evidence.Id;
            },
            slice: 500);
    }

    [Fact]
    public void Finds_it_among_other_evidence()
    {
        string own = new AwardEvidence(AnchorDigest.From(new byte[32]), null).ToJson().ToJsonString();
        using var json = JsonDocument.Parse($$"""{"evidence":[{"type":"Other"},{{own}},7]}""");
        Assert.True(Assert.Single(AwardEvidence.ReadAll(json.RootElement)).Ok);
        using var none = JsonDocument.Parse("{}");
        Assert.Empty(AwardEvidence.ReadAll(none.RootElement));
    }

    private static Parsed<AwardEvidence> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return AwardEvidence.Read(document.RootElement.Clone());
    }
}
