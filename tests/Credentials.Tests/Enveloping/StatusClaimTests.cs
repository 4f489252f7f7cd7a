using Credentials.DataModel;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.TestKit;
using Credentials.Tests.Cose;
using Credentials.Tests.Jose;

namespace Credentials.Tests.Enveloping;

/// <summary>A status that stands in the envelope's claims: asked like any other, or refused, and never passed over.</summary>
public sealed class StatusClaimTests
{
    private const string Document = """{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:web:universidade-modelo.example","credentialSubject":{"n":1.50}}""";
    private const string Listed = """{"status_list":{"idx":7,"uri":"https://uni.example/l"}}""";

    private static readonly SigningKey Key = Sealed.Key(KeyType.P256);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Brings_the_claim_of_a_JWT_among_the_entries_of_the_document(bool disclosing)
    {
        VerifiableCredential alone = VerifiableCredential.Parse(Open(Listed, null, disclosing).Require().Payload).Require();
        Assert.Equal(7, Assert.Single(alone.TokenStatusEntries).Index);
        Assert.Equal("1.50", alone.Json.GetProperty("credentialSubject").GetProperty("n").GetRawText());

        VerifiableCredential both = VerifiableCredential.Parse(Open(Listed, """{"type":"Other"}""", disclosing).Require().Payload).Require();
        Assert.Single(both.TokenStatusEntries);
        Assert.Equal("Other", Assert.Single(both.UnknownStatusTypes));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"valid\"")]
    [InlineData("[]")]
    [InlineData("""{"status_list":7}""")]
    [InlineData("""{"status_list":{"idx":"7","uri":"https://uni.example/l"}}""")]
    public void Refuses_a_claim_that_says_nothing(string status)
    {
        Assert.Equal(ProblemCode.MalformedValueError, Open(status, null, disclosing: false).Problem?.Code);
        Assert.Equal(ProblemCode.MalformedValueError, Open(status, null, disclosing: true).Problem?.Code);
    }

    [Fact]
    public void Leaves_a_document_without_one_as_it_is() =>
        Assert.Equal(Document, Utf8.Text(Envelope.Open(Forge.Jws(Forge.Header, Utf8.Bytes(Document), Key)).Require().Payload.ToArray()));

    [Fact]
    public void Refuses_the_claim_of_a_CWT()
    {
        byte[] header = ForgedCose.Map((1, -7), (3, "application/vc"), (4, Utf8.Bytes(Sealed.Method)), (16, "application/vc+cose"));
        byte[] stated = ForgedCose.Map((1, -7), (3, "application/vc"), (4, Utf8.Bytes(Sealed.Method)), (15, new (object, object?)[] { (65535, "x") }), (16, "application/vc+cose"));
        Assert.True(Envelope.Open(ForgedCose.Sign1(header, ForgedCose.Map(), Utf8.Bytes(Document), Key)).Ok);
        Assert.False(Envelope.Open(ForgedCose.Sign1(stated, ForgedCose.Map(), Utf8.Bytes(Document), Key)).Ok);
    }

    private static Parsed<Envelope> Open(string status, string? entry, bool disclosing)
    {
        string text = $"{Document[..^1]},\"status\":{status}{(entry is null ? "" : $",\"credentialStatus\":{entry}")}}}";
        return Envelope.Open(disclosing ? Forge.SdJwt(text, Key) : Forge.Jws(Forge.Header, Utf8.Bytes(text), Key));
    }
}
