using System.Text.Json.Nodes;
using Credentials.Evidence;
using Credentials.TestKit;

namespace Credentials.Tests.Evidence;

public sealed class EvidenceBundleTests
{
    [Fact]
    public void Reads_what_it_writes_and_writes_the_same_again()
    {
        byte[] text = SampleBundles.Full.ToUtf8();
        EvidenceBundle read = EvidenceBundle.Parse(text).Require();
        Assert.Equal(Utf8.Text(text), Utf8.Text(read.ToUtf8()));
        Assert.Equal(SampleBundles.Chain(2).Header.ToArray(), read.Chain!.Header.ToArray());
        Assert.Equal(SampleBundles.Receipt(6).Root, read.Earlier[0].Receipt.Root);
        Assert.Equal(["https://status.example/0", "https://status.example/1"], read.StatusLists.Select(list => list.Url));
    }

    [Fact]
    public void Keeps_the_credential_byte_by_byte()
    {
        EvidenceBundle read = EvidenceBundle.Parse(SampleBundles.Full.ToUtf8()).Require();
        Assert.Equal("""{"name":"a diploma","n":1.0}""", Utf8.Text(read.Credential.Secured.Span));
    }

    [Fact]
    public void Reads_one_that_holds_a_credential_alone()
    {
        var bundle = new EvidenceBundle(new BundledDocument("application/vc+sd-jwt", Utf8.Bytes("a.b.c~d~")));
        Assert.Equal("a.b.c~d~", Utf8.Text(EvidenceBundle.Parse(bundle.ToUtf8()).Require().Credential.Secured.Span));
    }

    [Fact]
    public void Keeps_the_bytes_of_a_COSE_credential()
    {
        var bundle = new EvidenceBundle(new BundledDocument("application/vc+cose", new byte[] { 0xd2, 0x84, 0 }));
        Assert.Equal([0xd2, 0x84, 0], EvidenceBundle.Parse(bundle.ToUtf8()).Require().Credential.Secured.ToArray());
    }

    [Theory]
    [InlineData("type", "\"Bundle\"", "/type")]
    [InlineData("version", "2", "/version")]
    [InlineData("mediaType", "\"application/json\"", "/credential")]
    [InlineData("mediaType", "\"application/vc+jwt\"", "/credential")]
    [InlineData("credential", "\"a.b.c\"", "/credential")]
    [InlineData("credential", "null", "/credential")]
    [InlineData("credential", """{"type":"EvidenceBundle"}""", "/credential")]
    [InlineData("receipt", "{}", "/receipt/version")]
    [InlineData("chain", "[]", "/chain")]
    [InlineData("accreditation", "{}", "/accreditation/type")]
    [InlineData("statusLists", "{}", "/statusLists")]
    [InlineData("statusLists", """[{"url":"x","mediaType":"application/vc","credential":{}}]""", "/statusLists/0/url")]
    [InlineData("contexts", "[]", "/contexts")]
    [InlineData("contexts", """{"https://a.example":"abc"}""", "/contexts")]
    [InlineData("earlier", "[{}]", "/earlier/0/receipt")]
    [InlineData("proof", "{}", "/proof")]
    public void Refuses_a_member_that_is_none_of_version_1(string member, string value, string pointer) =>
        Assert.Equal(pointer, Refused(json => json[member] = JsonNode.Parse(value)));

    [Theory]
    [InlineData("registry", "\"eip155:x\"")]
    [InlineData("genesisHash", "\"0x00\"")]
    [InlineData("header", "\"f901\"")]
    [InlineData("header", "\"0x\"")]
    [InlineData("header", "\"0xf90\"")]
    [InlineData("header", "\"0xzz\"")]
    [InlineData("accountProof", "null")]
    [InlineData("storageProofs", "{}")]
    [InlineData("witnesses", "1")]
    [InlineData("number", "1")]
    public void Refuses_evidence_of_a_chain_that_is_none(string member, string value) =>
        Assert.Equal($"/chain/{member}", Refused(json => json["chain"]![member] = JsonNode.Parse(value)));

    [Theory]
    [InlineData("""{"type":"rfc3161","value":"MA=="}""", "/chain/witnesses/1/value")]
    [InlineData("""{"type":"rfc3161","value":""}""", "/chain/witnesses/1/value")]
    [InlineData("""{"type":"jws","value":"ä"}""", "/chain/witnesses/1/value")]
    [InlineData("""{"type":"pgp","value":"MA"}""", "/chain/witnesses/1/type")]
    [InlineData("""{"type":"jws","value":"a","time":1}""", "/chain/witnesses/1/time")]
    public void Refuses_a_witness_of_no_known_form(string witness, string pointer) =>
        Assert.Equal(pointer, Refused(json => json["chain"]!["witnesses"]![1] = JsonNode.Parse(witness)));

    [Fact]
    public void Refuses_more_of_anything_than_evidence_needs()
    {
        Assert.Equal("/chain/witnesses", Refused(json => Repeat(json["chain"]!["witnesses"]!.AsArray(), 9)));
        Assert.Equal("/chain/storageProofs", Refused(json => Repeat(json["chain"]!["storageProofs"]!.AsArray(), 129)));
        Assert.Equal("/chain/accountProof", Refused(json => Repeat(json["chain"]!["accountProof"]!.AsArray(), 66)));
        Assert.Equal("/statusLists", Refused(json => Repeat(json["statusLists"]!.AsArray(), 17)));
        Assert.Equal("/earlier", Refused(json => Repeat(json["earlier"]!.AsArray(), 5)));
        Assert.Equal("/chain/header", Refused(json => json["chain"]!["header"] = "0x" + new string('0', 2 * 4097)));
    }

    [Fact]
    public void Refuses_a_member_that_is_there_twice_and_what_is_no_JSON()
    {
        string text = Utf8.Text(SampleBundles.Full.ToUtf8());
        Assert.Equal(ProblemCode.EvidenceError, EvidenceBundle.Parse(Utf8.Bytes(text.Replace("\"version\":1,", "\"version\":1,\"version\":1,", StringComparison.Ordinal))).Problem?.Code);
        Assert.Equal(ProblemCode.EvidenceError, EvidenceBundle.Parse(Utf8.Bytes(text[..^1])).Problem?.Code);
        Assert.Equal(ProblemCode.EvidenceError, EvidenceBundle.Parse(new byte[EvidenceBundle.MaxLength + 1]).Problem?.Code);
    }

    [Theory]
    [InlineData("""{"type":"EvidenceBundle"}""", true)]
    [InlineData("""  {"version":1,"type":"EvidenceBundle"}""", true)]
    [InlineData("""{"credentialSubject":{"type":"EvidenceBundle"},"type":["VerifiableCredential"]}""", false)]
    [InlineData("""{"name":"EvidenceBundle"}""", false)]
    [InlineData("""["EvidenceBundle"]""", false)]
    [InlineData("""{"a":"EvidenceBundle""", false)]
    public void Is_told_apart_from_what_only_speaks_of_one(string text, bool expected) =>
        Assert.Equal(expected, EvidenceBundle.IsOne(Utf8.Bytes(text)));

    [Fact]
    public void Is_not_made_of_a_presentation() => Assert.False(BundledDocument.Of(Utf8.Bytes("not a credential")).Ok);

    private static void Repeat(JsonArray array, int count)
    {
        while (array.Count < count)
        {
            array.Add(array[0]!.DeepClone());
        }
    }

    private static string? Refused(Action<JsonNode> edit)
    {
        JsonNode json = JsonNode.Parse(SampleBundles.Full.ToUtf8())!;
        edit(json);
        Parsed<EvidenceBundle> read = EvidenceBundle.Parse(Utf8.Bytes(json.ToJsonString()));
        Assert.False(read.Ok);
        Assert.Equal(ProblemCode.EvidenceError, read.Problem.Code);
        return read.Problem.Pointer;
    }
}
