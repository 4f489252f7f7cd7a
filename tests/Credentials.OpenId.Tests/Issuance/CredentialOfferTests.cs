using Credentials.TestKit;

namespace Credentials.OpenId.Issuance;

/// <summary>Offers and the links that hold them.</summary>
public sealed class CredentialOfferTests
{
    private const string Grant = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
    private const string Issuer = "https://issuer.example/institutions/u";

    [Fact]
    public void Writes_what_it_reads_again()
    {
        CredentialOffer offer = new(Issuer, ["diploma-sd-jwt", "diploma-ldp-vc"])
        {
            PreAuthorizedCode = new("secret", new() { Length = 6, Description = "On paper, from the registrar." }),
            AuthorizationCode = new("state"),
        };
        CredentialOffer read = CredentialOffer.Read(offer.Write()).Value!;
        Assert.Equal(offer.ConfigurationIds, read.ConfigurationIds);
        Assert.Equal(offer.PreAuthorizedCode, read.PreAuthorizedCode);
        Assert.Equal(offer.AuthorizationCode, read.AuthorizationCode);
    }

    [Fact]
    public void Takes_an_empty_prompt_for_a_transaction_code_that_is_wanted() =>
        Assert.Equal(new TransactionCodePrompt(), Read($$"""{"credential_issuer":"{{Issuer}}","credential_configuration_ids":["a"],"grants":{"{{Grant}}":{"pre-authorized_code":"x","tx_code":{} } } }""").Value!.PreAuthorizedCode!.TransactionCode);

    [Fact]
    public void Passes_over_parameters_that_it_does_not_know()
    {
        CredentialOffer offer = Read($$"""{"credential_issuer":"{{Issuer}}","credential_configuration_ids":["a"],"colour":"red","grants":{"urn:other":{"x":1},"{{Grant}}":{"pre-authorized_code":"x","interval":5} } }""").Value!;
        Assert.Equal("x", offer.PreAuthorizedCode!.Code);
    }

    [Fact]
    public void Reads_an_offer_without_grants() =>
        Assert.True(Read($$"""{"credential_issuer":"{{Issuer}}","credential_configuration_ids":["a"]}""") is { Ok: true, Value: { PreAuthorizedCode: null, AuthorizationCode: null } });

    [Theory]
    [InlineData("""{"credential_configuration_ids":["a"]}""", "/credential_issuer")]
    [InlineData("""{"credential_issuer":"http://issuer.example","credential_configuration_ids":["a"]}""", "/credential_issuer")]
    [InlineData("""{"credential_issuer":"https://issuer.example?x=1","credential_configuration_ids":["a"]}""", "/credential_issuer")]
    [InlineData("""{"credential_issuer":"https://issuer.example#x","credential_configuration_ids":["a"]}""", "/credential_issuer")]
    [InlineData("""{"credential_issuer":"https://issuer.example"}""", "/credential_configuration_ids")]
    [InlineData("""{"credential_issuer":"https://issuer.example","credential_configuration_ids":[]}""", "/credential_configuration_ids")]
    [InlineData("""{"credential_issuer":"https://issuer.example","credential_configuration_ids":["a","a"]}""", "/credential_configuration_ids")]
    [InlineData("""{"credential_issuer":"https://issuer.example","credential_configuration_ids":[1]}""", "/credential_configuration_ids")]
    [InlineData("""["an","array"]""", "")]
    public void Refuses_an_offer_that_misses_or_repeats_what_is_required(string json, string pointer) => Refused(Read(json), pointer);

    [Theory]
    [InlineData("""{"tx_code":{}}""", "/pre-authorized_code")]
    [InlineData("""{"pre-authorized_code":""}""", "/pre-authorized_code")]
    [InlineData("""{"pre-authorized_code":"x","tx_code":{"input_mode":"emoji"}}""", "/tx_code/input_mode")]
    [InlineData("""{"pre-authorized_code":"x","tx_code":{"length":0}}""", "/tx_code/length")]
    [InlineData("""{"pre-authorized_code":"x","tx_code":"yes"}""", "/tx_code")]
    public void Refuses_a_grant_by_a_pre_authorized_code_that_is_malformed(string grant, string pointer) =>
        Refused(Read($$"""{"credential_issuer":"{{Issuer}}","credential_configuration_ids":["a"],"grants":{"{{Grant}}":{{grant}} } }"""), $"/grants/{Grant.Replace("/", "~1", StringComparison.Ordinal)}{pointer}");

    [Fact]
    public void Refuses_a_description_of_more_than_300_characters()
    {
        Assert.True(Described(300).Ok);
        Assert.False(Described(301).Ok);
    }

    [Fact]
    public void Refuses_an_offer_that_says_one_thing_twice() =>
        Assert.False(Read("""{"credential_issuer":"https://a.example","credential_issuer":"https://b.example","credential_configuration_ids":["a"]}""").Ok);

    [Fact]
    public void A_link_holds_the_offer_or_where_it_is()
    {
        CredentialOffer offer = new(Issuer, ["a"]) { PreAuthorizedCode = new("secret") };
        Assert.Equal(offer.PreAuthorizedCode, CredentialOfferLink.Read(CredentialOfferLink.ByValue(offer)).Value!.Offer!.PreAuthorizedCode);
        Uri place = new("https://issuer.example/offers/1");
        Assert.Equal(place, CredentialOfferLink.Read(CredentialOfferLink.ByReference(place)).Value!.Reference);
        Assert.Equal(place, CredentialOfferLink.Read(CredentialOfferLink.At("https://wallet.example/offer", place)).Value!.Reference);
    }

    [Theory]
    [InlineData("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example&credential_offer=%7B%7D")]
    [InlineData("openid-credential-offer://?other=1")]
    [InlineData("openid-credential-offer://")]
    [InlineData("openid-credential-offer://?credential_offer_uri=http%3A%2F%2Fa.example%2Foffer")]
    [InlineData("openid-credential-offer://?credential_offer_uri=file%3A%2F%2F%2Fetc%2Fpasswd")]
    [InlineData("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fa.example&credential_offer_uri=https%3A%2F%2Fb.example")]
    [InlineData("openid-credential-offer://?credential_offer=%7B%7D")]
    public void Refuses_a_link_with_both_with_neither_or_with_an_unsafe_address(string link) =>
        Assert.Equal(IssuanceError.InvalidOffer, CredentialOfferLink.Read(link).Problem!.Code);

    private static Parsed<CredentialOffer> Described(int length) => Read(
        $$"""{"credential_issuer":"{{Issuer}}","credential_configuration_ids":["a"],"grants":{"{{Grant}}":{"pre-authorized_code":"x","tx_code":{"description":"{{new string('x', length)}}"} } } }""");

    private static Parsed<CredentialOffer> Read(string json) => CredentialOffer.Read(Utf8.Bytes(json));

    private static void Refused(Parsed<CredentialOffer> offer, string pointer)
    {
        Assert.Equal(IssuanceError.InvalidOffer, offer.Problem!.Code);
        Assert.Equal(pointer, offer.Problem.Pointer);
    }
}
