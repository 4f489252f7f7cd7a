using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.Enveloping;
using Credentials.Keys;
using Credentials.TestKit;

namespace Credentials.Tests.Enveloping;

/// <summary>Envelopes inside of JSON documents.</summary>
public class EnvelopedDocumentTests
{
    public static TheoryData<string> Forms => [.. Registry.Envelopes.Select(row => (string)row[0]).Distinct(StringComparer.Ordinal)];

    private static readonly string Jwt = Utf8.Text(Sealed.Make("vc+jwt", KeyType.P256));

    [Theory]
    [MemberData(nameof(Forms))]
    public void Go_out_and_come_back(string form)
    {
        byte[] secured = Sealed.Make(form, KeyType.P256);

        JsonElement document = JsonDocument.Parse(EnvelopedDocument.Write(Sealed.Open(secured))).RootElement;

        Assert.True(EnvelopedDocument.Is(document));
        Assert.StartsWith($"data:application/{form}{(form.EndsWith("cose", StringComparison.Ordinal) ? ";base64" : "")},", document.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.Contains("+", document.GetRawText(), StringComparison.Ordinal);
        Envelope envelope = EnvelopedDocument.Open(document).Require();
        Assert.True(envelope.Secured.Span.SequenceEqual(secured));
        Assert.Null(envelope.Verify(Sealed.Key(KeyType.P256).PublicKey));
    }

    [Theory]
    [InlineData("data:application/vc+jwt,{jwt}")]
    [InlineData("DATA:application/vc+jwt,{jwt}")]
    [InlineData("data:application/vc+jwt;charset=us-ascii,{jwt}")]
    [InlineData("data:application/VC+JWT;charset=us-ascii;base64,{base64}")]
    [InlineData("data:application/vc+jwt;base64,{base64}")]
    [InlineData("data:application/vc+jwt,%65{jwt-without-e}")]
    public void Takes_every_spelling_of_a_data_URL(string url) => Assert.Null(Open(url).Problem);

    [Theory]
    [InlineData("{jwt}")]
    [InlineData("https://example.edu/{jwt}")]
    [InlineData("data:{jwt}")]
    [InlineData("data:,{jwt}")]
    [InlineData("data:text/plain,{jwt}")]
    [InlineData("data:application/vp+jwt,{jwt}")]
    [InlineData("data:application/vc+sd-jwt,{jwt}")]
    [InlineData("data:application/vc+cose,{jwt}")]
    [InlineData("data:application/vc+cose;base64,{base64}")]
    [InlineData("data:application/jwt,{jwt}")]
    [InlineData("data:application/vc+jwt;base64,{jwt}")]
    [InlineData("data:application/vc+jwt;base64,{base64}=")]
    [InlineData("data:application/vc+jwt;base64,{base64} ")]
    [InlineData("data:application/vc+jwt;base64,%0A{base64}")]
    [InlineData("data:application/vc+jwt, {jwt}")]
    [InlineData("data:application/vc+jwt,{jwt}%")]
    [InlineData("data:application/vc+jwt,{jwt}%4")]
    [InlineData("data:application/vc+jwt,{jwt}%zz")]
    [InlineData("data:application/vc+jwt,{jwt}%20")]
    [InlineData("data:application/vc+jwt,{jwt}é")]
    [InlineData("data:application/vc+jwt,")]
    [InlineData("data:application/vc+jwt")]
    [InlineData("")]
    public void Refuses_what_is_no_such_data_URL(string url) => Assert.False(Open(url).Ok);

    [Theory]
    [InlineData("""{"id":"{id}","type":"EnvelopedVerifiableCredential"}""")]
    [InlineData("""{"@context":"https://www.w3.org/2018/credentials/v1","id":"{id}","type":"EnvelopedVerifiableCredential"}""")]
    [InlineData("""{"@context":7,"id":"{id}","type":"EnvelopedVerifiableCredential"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","type":"EnvelopedVerifiableCredential"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","id":7,"type":"EnvelopedVerifiableCredential"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","id":"{id}","type":"EnvelopedVerifiablePresentation"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","id":"{id}","type":["EnvelopedVerifiableCredential","EnvelopedVerifiablePresentation"]}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","id":"{id}","type":"VerifiableCredential"}""")]
    [InlineData("""{"@context":"https://www.w3.org/ns/credentials/v2","id":"{id}"}""")]
    [InlineData("[]")]
    public void Refuses_an_object_of_another_shape(string json) =>
        Assert.False(EnvelopedDocument.Open(JsonDocument.Parse(json.Replace("{id}", "data:application/vc+jwt," + Jwt, StringComparison.Ordinal)).RootElement).Ok);

    private static Parsed<Envelope> Open(string url) => EnvelopedDocument.Open(JsonSerializer.SerializeToElement(new JsonObject
    {
        ["@context"] = new JsonArray("https://www.w3.org/ns/credentials/v2", "https://example.edu/more"),
        ["id"] = url.Replace("{jwt}", Jwt, StringComparison.Ordinal).Replace("{jwt-without-e}", Jwt[1..], StringComparison.Ordinal).Replace("{base64}", Convert.ToBase64String(Utf8.Bytes(Jwt)), StringComparison.Ordinal),
        ["type"] = new JsonArray("EnvelopedVerifiableCredential", "Something"),
    }));
}
