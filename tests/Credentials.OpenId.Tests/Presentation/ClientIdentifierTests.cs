namespace Credentials.OpenId.Presentation;

/// <summary>Verifiers' names: what stands before the first colon says how they are proven.</summary>
public sealed class ClientIdentifierTests
{
    [Theory]
    [InlineData("redirect_uri:https://verifier.example/cb", "redirect_uri", "https://verifier.example/cb", false)]
    [InlineData("decentralized_identifier:did:web:verifier.example", "decentralized_identifier", "did:web:verifier.example", true)]
    [InlineData("x509_san_dns:verifier.example", "x509_san_dns", "verifier.example", true)]
    [InlineData("x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk", "x509_hash", "Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk", true)]
    public void Takes_a_name_apart_at_its_first_colon(string text, string prefix, string original, bool mustBeSigned)
    {
        var client = ClientIdentifier.Of(text);
        Assert.Equal((text, prefix, original, mustBeSigned), (client.Text, client.Prefix, client.Original, client.MustBeSigned));
        Assert.Null(client.Check());
    }

    [Theory]
    [InlineData("example-client")]
    [InlineData("https://verifier.example/cb")]
    [InlineData("did:web:verifier.example")]
    [InlineData("X509_san_dns:verifier.example")]
    [InlineData(":verifier.example")]
    [InlineData("origin:https://verifier.example")]
    [InlineData("openid_federation:https://verifier.example")]
    [InlineData("verifier_attestation:verifier.example")]
    [InlineData("redirect_uri:")]
    [InlineData("redirect_uri:http://verifier.example/cb")]
    [InlineData("redirect_uri:javascript:alert(1)")]
    [InlineData("redirect_uri:https://verifier.example/cb#x")]
    [InlineData("decentralized_identifier:verifier.example")]
    [InlineData("decentralized_identifier:did:web:verifier.example#key")]
    [InlineData("x509_san_dns:https://verifier.example")]
    [InlineData("x509_san_dns:192.0.2.1")]
    [InlineData("x509_hash:abc")]
    [InlineData("x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk=")]
    public void Refuses_names_that_nobody_registered_that_are_reserved_or_that_are_not_of_their_prefix(string text) =>
        Assert.Equal(PresentationError.InvalidRequest, ClientIdentifier.Of(text).Check()!.Code);

    [Fact]
    public void The_same_name_under_another_prefix_is_another_verifier() =>
        Assert.NotEqual(ClientIdentifier.Of("x509_san_dns:verifier.example"), ClientIdentifier.Of("verifier.example"));

    [Fact]
    public void An_origin_is_named_by_its_prefix_as_an_audience() => Assert.Equal("origin:https://verifier.example", ClientIdentifier.OfOrigin("https://verifier.example"));
}
