using Credentials.OpenId.Issuance.Metadata;
using Credentials.OpenId.OAuth;
using Credentials.TestKit;

namespace Credentials.OpenId.Issuance;

/// <summary>What issuers and their authorization servers say of themselves.</summary>
public sealed class CredentialIssuerMetadataTests
{
    private const string Issuer = "https://issuer.example/institutions/u";

    [Fact]
    public void Lies_at_the_well_known_path_between_host_and_path()
    {
        Assert.Equal("https://issuer.example/.well-known/openid-credential-issuer/institutions/u", CredentialIssuerMetadata.UrlOf(Issuer).AbsoluteUri);
        Assert.Equal("https://tenant.issuer.example:8443/.well-known/openid-credential-issuer", CredentialIssuerMetadata.UrlOf("https://tenant.issuer.example:8443").AbsoluteUri);
        Assert.Equal("https://issuer.example/.well-known/oauth-authorization-server/institutions/u", AuthorizationServerMetadata.UrlOf(Issuer).AbsoluteUri);
    }

    [Fact]
    public void Passes_over_parameters_that_it_does_not_know() =>
        Assert.True(Read("""{"x":{"format":"jwt_vc_json","future":[1]}}""", """, "future": {"a":1}""").Ok);

    [Theory]
    [InlineData("https://issuer.example/institutions/U")]
    [InlineData("https://issuer.example/institutions/u/")]
    [InlineData("https://ISSUER.example/institutions/u")]
    [InlineData("https://issuer.example:443/institutions/u")]
    [InlineData("https://evil.example/institutions/u")]
    public void Refuses_metadata_that_name_another_issuer_were_it_by_one_letter(string asked) =>
        Assert.Equal("/credential_issuer", CredentialIssuerMetadata.Read(Utf8.Bytes(Document("{}", "")), asked).Problem!.Pointer);

    [Theory]
    [InlineData($$"""{"credential_issuer":"{{Issuer}}","credential_configurations_supported":{} }""")]
    [InlineData($$"""{"credential_issuer":"{{Issuer}}","credential_endpoint":"/credential","credential_configurations_supported":{} }""")]
    [InlineData($$"""{"credential_issuer":"{{Issuer}}","credential_endpoint":"https://issuer.example/c"}""")]
    [InlineData($$"""{"credential_endpoint":"https://issuer.example/c","credential_configurations_supported":{} }""")]
    [InlineData("""[]""")]
    public void Refuses_metadata_without_what_is_required(string json) =>
        Assert.Equal(IssuanceError.InvalidMetadata, CredentialIssuerMetadata.Read(Utf8.Bytes(json), Issuer).Problem!.Code);

    [Theory]
    [InlineData(""","batch_credential_issuance":{"batch_size":1}""")]
    [InlineData(""","authorization_servers":[]""")]
    [InlineData(""","display":[]""")]
    [InlineData(""","display":[{"name":"U","locale":"en"},{"name":"V","locale":"en"}]""")]
    [InlineData(""","credential_request_encryption":{"enc_values_supported":["A128GCM"],"encryption_required":false}""")]
    [InlineData(""","credential_request_encryption":{"jwks":{"keys":[{"kty":"EC","alg":"ECDH-ES"}]},"enc_values_supported":["A128GCM"],"encryption_required":false}""")]
    [InlineData(""","credential_response_encryption":{"alg_values_supported":["ECDH-ES"],"encryption_required":false}""")]
    [InlineData(""","credential_response_encryption":{"alg_values_supported":[],"enc_values_supported":["A128GCM"],"encryption_required":true}""")]
    public void Refuses_parameters_out_of_shape(string more) => Assert.Equal(IssuanceError.InvalidMetadata, Read("{}", more).Problem!.Code);

    [Theory]
    [InlineData("""{"a":{"scope":"s"}}""")]
    [InlineData("""{"a":{"format":"jwt_vc_json","credential_metadata":{"display":[{"name":"A","locale":"en"},{"name":"B","locale":"EN"}]}}}""")]
    [InlineData("""{"a":{"format":"jwt_vc_json","credential_metadata":{"claims":[{"mandatory":true}]}}}""")]
    [InlineData("""{"a":{"format":"jwt_vc_json","credential_metadata":{"claims":[{"path":[]}]}}}""")]
    [InlineData("""{"a":{"format":"jwt_vc_json","credential_metadata":{"claims":[{"path":[-1]}]}}}""")]
    [InlineData("""{"a":{"format":"jwt_vc_json","credential_metadata":{"claims":[{"path":[true]}]}}}""")]
    [InlineData("""{"a":{"format":"jwt_vc_json","proof_types_supported":{"jwt":{}}}}""")]
    public void Refuses_a_configuration_out_of_shape(string configurations) => Assert.Equal(IssuanceError.InvalidMetadata, Read(configurations, "").Problem!.Code);

    [Theory]
    [InlineData("""["name"]""", """["name"]""")]
    [InlineData("""["degrees", null, "type"]""", """["degrees", null, "type"]""")]
    [InlineData("""["degrees", null]""", """["degrees", 0]""")]
    [InlineData("""["degrees", 1]""", """["degrees", null, "type"]""")]
    [InlineData("""["degrees", null]""", """["degrees", "type"]""")]
    [InlineData("""["degrees", "type"]""", """["degrees", 0]""")]
    public void Refuses_descriptions_of_claims_that_repeat_or_contradict_each_other(string one, string other)
    {
        Problem problem = Read($$"""{"a":{"format":"jwt_vc_json","credential_metadata":{"claims":[{"path":{{one}} },{"path":["else"]},{"path":{{other}} }]} } }""", "").Problem!;
        Assert.Equal("/credential_configurations_supported/a/credential_metadata/claims", problem.Pointer);
        Assert.Equal(OAuthError.InvalidAuthorizationDetails, AuthorizationDetail.Read($$"""[{"type":"openid_credential","credential_configuration_id":"a","claims":[{"path":{{other}} },{"path":{{one}} }]}]""").Problem!.Code);
    }

    [Theory]
    [InlineData("""["address"]""", """["address", "street"]""")]
    [InlineData("""["degrees", 0]""", """["degrees", 1]""")]
    [InlineData("""["degrees", null, "type"]""", """["degrees", null, "year"]""")]
    public void Takes_descriptions_of_a_claim_and_of_its_parts(string one, string other) =>
        Assert.Equal(2, Read($$"""{"a":{"format":"jwt_vc_json","credential_metadata":{"claims":[{"path":{{one}} },{"path":{{other}} }]} } }""", "").Value!.Configurations["a"].Claims.Count);

    [Fact]
    public void Refuses_a_server_that_calls_itself_by_another_name()
    {
        byte[] document = new AuthorizationServerMetadata(Issuer, new(Issuer + "/token")).Write();
        Assert.True(AuthorizationServerMetadata.Read(document, Issuer).Ok);
        Assert.False(AuthorizationServerMetadata.Read(document, Issuer + "/").Ok);
    }

    [Fact]
    public void A_server_takes_anonymous_wallets_only_where_it_says_so() =>
        Assert.False(AuthorizationServerMetadata.Read(Utf8.Bytes($$"""{"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","future":1}"""), Issuer).Value!.PreAuthorizedAnonymousAccess);

    private static Parsed<CredentialIssuerMetadata> Read(string configurations, string more) => CredentialIssuerMetadata.Read(Utf8.Bytes(Document(configurations, more)), Issuer);

    private static string Document(string configurations, string more) =>
        $$"""{"credential_issuer":"{{Issuer}}","credential_endpoint":"{{Issuer}}/credential","credential_configurations_supported":{{configurations}}{{more}}}""";
}
