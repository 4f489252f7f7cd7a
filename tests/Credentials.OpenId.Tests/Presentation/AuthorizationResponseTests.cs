using System.Text.Json;
using Credentials.Jose.Encryption;
using Credentials.TestKit;

namespace Credentials.OpenId.Presentation;

/// <summary>Answers: plain, encrypted, and errors.</summary>
public sealed class AuthorizationResponseTests : IDisposable
{
    private readonly KeyAgreementKey _key = KeyAgreementKey.Generate();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void An_answer_is_written_as_it_is_read_as_form_and_as_object()
    {
        AuthorizationResponse answer = Read("""{"vp_token":{"a":["x~y~"],"b":[{"id": "urn:x",  "n":1.0}]},"state":"s"}""").Value!;
        AuthorizationResponse again = AuthorizationResponse.Read(FormText.Read(FormText.Write(answer.ToForm())).Value!).Value!;
        Assert.Equal("s", again.State);
        Assert.Equal("x~y~", Utf8.Text(again.VpToken!.Presentations["a"][0].Span));
        Assert.Equal("""{"id": "urn:x",  "n":1.0}""", Utf8.Text(again.VpToken.Presentations["b"][0].Span));
        Assert.Equal(answer.ToUtf8(), again.ToUtf8());
    }

    [Fact]
    public void Passes_over_parameters_that_it_does_not_know() =>
        Assert.True(Read("""{"vp_token":{"a":["x"]},"state":"s","iss":"https://wallet.example","id_token":"a.b.c","future":{}}""").Ok);

    [Fact]
    public void Reads_the_error_of_a_wallet()
    {
        AuthorizationResponse error = AuthorizationResponse.Read(FormText.Read("error=access_denied&error_description=No+thanks&state=s").Value!).Value!;
        Assert.Equal(("access_denied", "No thanks", "s"), (error.Error, error.ErrorDescription, error.State));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"state":"s"}""")]
    [InlineData("""{"vp_token":{"a":["x"]},"error":"access_denied"}""")]
    [InlineData("""{"vp_token":"x~y~"}""")]
    [InlineData("""{"vp_token":["x"]}""")]
    [InlineData("""{"vp_token":{"a":"x"}}""")]
    [InlineData("""{"vp_token":{"a":[]}}""")]
    [InlineData("""{"vp_token":{"a":[""]}}""")]
    [InlineData("""{"vp_token":{"a":[7]}}""")]
    [InlineData("""{"vp_token":{"a":[["x"]]}}""")]
    [InlineData("""{"vp_token":{"a":["x"]},"state":7}""")]
    [InlineData("""[]""")]
    public void Refuses_an_answer_out_of_shape(string json) => Assert.Equal(PresentationError.InvalidRequest, Read(json).Problem!.Code);

    [Theory]
    [InlineData("vp_token=notjson&state=s")]
    [InlineData("vp_token=%7B%22a%22%3A%5B%22x%22%5D%2C%22a%22%3A%5B%22y%22%5D%7D")]
    [InlineData("state=s")]
    public void Refuses_a_form_out_of_shape(string form) => Assert.False(AuthorizationResponse.Read(FormText.Read(form).Value!).Ok);

    [Fact]
    public void Refuses_a_form_that_gives_a_parameter_twice() => Assert.False(FormText.Read("vp_token=%7B%7D&vp_token=%7B%7D").Ok);

    [Fact]
    public void Encrypts_to_the_verifiers_key_names_it_and_puts_the_parameters_at_the_top()
    {
        string text = EncryptedResponse.Encrypt(Answer(), Metadata("A256GCM")).Value!;
        CompactJwe jwe = CompactJwe.Read(text).Value!;
        Assert.Equal(("k1", "A256GCM", "ECDH-ES"), (jwe.KeyId, jwe.Encryption, jwe.Header.GetProperty("alg").GetString()));
        using var content = JsonDocument.Parse(jwe.Decrypt(_key).Value!);
        Assert.True(content.RootElement.TryGetProperty("vp_token", out _));
        Assert.Equal("s", content.RootElement.GetProperty("state").GetString());
        Assert.Equal("s", EncryptedResponse.Decrypt(text, _key, "k1", ["A256GCM"]).Value!.State);
    }

    [Fact]
    public void Encrypts_nothing_where_the_verifier_offers_nothing_that_is_known()
    {
        Assert.False(EncryptedResponse.Encrypt(Answer(), Metadata("A999GCM")).Ok);
        Assert.False(EncryptedResponse.Encrypt(Answer(), new ClientMetadata()).Ok);
    }

    [Fact]
    public void Refuses_what_is_encrypted_to_another_key_by_another_method_or_not_at_all()
    {
        using var other = KeyAgreementKey.Generate();
        string text = EncryptedResponse.Encrypt(Answer(), Metadata("A128GCM")).Value!;
        Assert.False(EncryptedResponse.Decrypt(text, other, "k1", ["A128GCM"]).Ok);
        Assert.False(EncryptedResponse.Decrypt(text, _key, "k2", ["A128GCM"]).Ok);
        Assert.False(EncryptedResponse.Decrypt(text, _key, "k1", ["A256GCM"]).Ok);
        Assert.False(EncryptedResponse.Decrypt(text[..^3] + "AAA", _key, "k1", ["A128GCM"]).Ok);
        Assert.False(EncryptedResponse.Decrypt("""{"vp_token":{"a":["x"]}}""", _key, "k1", ["A128GCM"]).Ok);
    }

    private static AuthorizationResponse Answer() => Read("""{"vp_token":{"a":["x"]},"state":"s"}""").Value!;

    private ClientMetadata Metadata(string encryption) => new() { ResponseKeys = [new("k1", _key.PublicKey)], EncryptionValues = [encryption] };

    private static Parsed<AuthorizationResponse> Read(string json) => AuthorizationResponse.Read(JsonDocument.Parse(json).RootElement);
}
