using Credentials.OpenId.Presentation;
using Credentials.OpenId.Presentation.Dcql;

namespace Credentials.OpenId.Tests.Presentation.Dcql;

/// <summary>Every rule that a query alone can break: what keeps it is read, and what breaks it is refused at the place of the fault.</summary>
public sealed class DcqlReadingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\"multiple\":true")]
    [InlineData("\"require_cryptographic_holder_binding\":false")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}]")]
    [InlineData("\"claims\":[{\"path\":[\"a\",null,0,\"b\"],\"values\":[\"x\",7,true,false]}]")]
    [InlineData("\"claims\":[{\"id\":\"x-_9\",\"path\":[\"a\"]},{\"id\":\"y\",\"path\":[\"b\"]}],\"claim_sets\":[[\"x-_9\"],[\"y\"]]")]
    [InlineData("\"trusted_authorities\":[{\"type\":\"aki\",\"values\":[\"s9tIpPmhxdiuNkHMEWNpYim8S8Y\"]},{\"type\":\"etsi_tl\",\"values\":[\"https://lotl.example\"]},{\"type\":\"openid_federation\",\"values\":[\"https://anchor.example\"]},{\"type\":\"other\",\"values\":[\"x\"]}]")]
    [InlineData("\"unknown\":{\"is\":\"passed over\"}")]
    public void Reads_what_keeps_the_rules_and_writes_it_again(string members)
    {
        DcqlQuery query = Queries.Of(Queries.One(members));

        Assert.Equal(query.ToUtf8(), DcqlQuery.Parse(query.ToUtf8()).Require().ToUtf8());
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("{}", "/credentials")]
    [InlineData("""{"credentials":[]}""", "/credentials")]
    [InlineData("""{"credentials":{}}""", "/credentials")]
    [InlineData("""{"credentials":["a"]}""", "/credentials/0")]
    [InlineData("""{"credentials":[{"format":"dc+sd-jwt","meta":{}}]}""", "/credentials/0/id")]
    [InlineData("""{"credentials":[{"id":"","format":"dc+sd-jwt","meta":{}}]}""", "/credentials/0/id")]
    [InlineData("""{"credentials":[{"id":"a b","format":"dc+sd-jwt","meta":{}}]}""", "/credentials/0/id")]
    [InlineData("""{"credentials":[{"id":"é","format":"dc+sd-jwt","meta":{}}]}""", "/credentials/0/id")]
    [InlineData("""{"credentials":[{"id":7,"format":"dc+sd-jwt","meta":{}}]}""", "/credentials/0/id")]
    [InlineData("""{"credentials":[{"id":"a","meta":{}}]}""", "/credentials/0/format")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt"}]}""", "/credentials/0/meta")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":[]}]}""", "/credentials/0/meta")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}},{"id":"a","format":"dc+sd-jwt","meta":{}}]}""", "/credentials")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"other":1}}]}""", "/credentials/0/meta/vct_values")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":[]}}]}""", "/credentials/0/meta/vct_values")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":[7]}}]}""", "/credentials/0/meta/vct_values/0")]
    [InlineData("""{"credentials":[{"id":"a","format":"ldp_vc","meta":{"vct_values":["t"]}}]}""", "/credentials/0/meta/type_values")]
    [InlineData("""{"credentials":[{"id":"a","format":"jwt_vc_json","meta":{"type_values":["t"]}}]}""", "/credentials/0/meta/type_values/0")]
    [InlineData("""{"credentials":[{"id":"a","format":"ldp_vc","meta":{"type_values":[[]]}}]}""", "/credentials/0/meta/type_values/0")]
    [InlineData("""{"credentials":[{"id":"a","format":"mso_mdoc","meta":{"doctype_value":7}}]}""", "/credentials/0/meta/doctype_value")]
    [InlineData("""{"credentials":[{"id":"a","format":"mso_mdoc","meta":{},"claims":[{"path":["one"]}]}]}""", "/credentials/0/claims/0/path")]
    [InlineData("""{"credentials":[{"id":"a","format":"mso_mdoc","meta":{},"claims":[{"path":["one",null]}]}]}""", "/credentials/0/claims/0/path")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}}],"credential_sets":[]}""", "/credential_sets")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}}],"credential_sets":[{}]}""", "/credential_sets/0/options")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}}],"credential_sets":[{"options":[]}]}""", "/credential_sets/0/options")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}}],"credential_sets":[{"options":[[]]}]}""", "/credential_sets/0/options/0")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}}],"credential_sets":[{"options":[["b"]]}]}""", "/credential_sets/0/options")]
    [InlineData("""{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{}}],"credential_sets":[{"options":[["a"]],"required":"yes"}]}""", "/credential_sets/0/required")]
    public void Refuses_what_breaks_a_rule_of_queries(string json, string pointer)
    {
        Problem problem = Queries.Read(json).Problem!;

        Assert.Equal((PresentationError.InvalidRequest, pointer), (problem.Code, problem.Pointer));
    }

    [Theory]
    [InlineData("\"multiple\":\"yes\"", "/multiple")]
    [InlineData("\"require_cryptographic_holder_binding\":0", "/require_cryptographic_holder_binding")]
    [InlineData("\"trusted_authorities\":[]", "/trusted_authorities")]
    [InlineData("\"trusted_authorities\":[{\"values\":[\"x\"]}]", "/trusted_authorities/0/type")]
    [InlineData("\"trusted_authorities\":[{\"type\":\"aki\"}]", "/trusted_authorities/0/values")]
    [InlineData("\"trusted_authorities\":[{\"type\":\"aki\",\"values\":[]}]", "/trusted_authorities/0/values")]
    [InlineData("\"trusted_authorities\":[{\"type\":\"aki\",\"values\":[1]}]", "/trusted_authorities/0/values/0")]
    [InlineData("\"claims\":[]", "/claims")]
    [InlineData("\"claims\":[7]", "/claims/0")]
    [InlineData("\"claims\":[{}]", "/claims/0/path")]
    [InlineData("\"claims\":[{\"path\":[]}]", "/claims/0/path")]
    [InlineData("\"claims\":[{\"path\":\"a\"}]", "/claims/0/path")]
    [InlineData("\"claims\":[{\"path\":[-1]}]", "/claims/0/path/0")]
    [InlineData("\"claims\":[{\"path\":[\"a\",1.5]}]", "/claims/0/path/1")]
    [InlineData("\"claims\":[{\"path\":[\"a\",true]}]", "/claims/0/path/1")]
    [InlineData("\"claims\":[{\"path\":[\"a\",{}]}]", "/claims/0/path/1")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[]}]", "/claims/0/values")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[null]}]", "/claims/0/values/0")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[1.5]}]", "/claims/0/values/0")]
    [InlineData("\"claims\":[{\"path\":[\"a\"],\"values\":[{}]}]", "/claims/0/values/0")]
    [InlineData("\"claims\":[{\"id\":\"a.b\",\"path\":[\"a\"]}]", "/claims/0/id")]
    [InlineData("\"claims\":[{\"id\":\"x\",\"path\":[\"a\"]},{\"id\":\"x\",\"path\":[\"b\"]}]", "/claims")]
    [InlineData("\"claim_sets\":[[\"x\"]]", "/claim_sets")]
    [InlineData("\"claims\":[{\"path\":[\"a\"]}],\"claim_sets\":[[\"x\"]]", "/claims")]
    [InlineData("\"claims\":[{\"id\":\"x\",\"path\":[\"a\"]}],\"claim_sets\":[]", "/claim_sets")]
    [InlineData("\"claims\":[{\"id\":\"x\",\"path\":[\"a\"]}],\"claim_sets\":[[]]", "/claim_sets/0")]
    [InlineData("\"claims\":[{\"id\":\"x\",\"path\":[\"a\"]}],\"claim_sets\":[[\"y\"]]", "/claim_sets")]
    public void Refuses_what_breaks_a_rule_of_credential_queries(string members, string pointer)
    {
        Problem problem = Queries.Read(Queries.One(members)).Problem!;

        Assert.Equal((PresentationError.InvalidRequest, "/credentials/0" + pointer), (problem.Code, problem.Pointer));
    }

    [Fact]
    public void Refuses_a_member_that_is_there_twice() =>
        Assert.Equal(PresentationError.InvalidRequest, Queries.Read("""{"credentials":[{"id":"a","id":"b","format":"x","meta":{}}]}""").Problem!.Code);

    [Fact]
    public void Refuses_more_than_can_be_weighed()
    {
        string many = string.Join(',', Enumerable.Range(0, DcqlQuery.MaxCredentials + 1).Select(i => $$$"""{"id":"c{{{i}}}","format":"dc+sd-jwt","meta":{}}"""));

        Assert.Equal("/credentials", Queries.Read($$"""{"credentials":[{{many}}]}""").Problem!.Pointer);
    }

    [Fact]
    public void A_verifier_must_not_ask_for_one_claim_twice_and_a_wallet_passes_over_it()
    {
        DcqlQuery query = Queries.Of(Queries.One("\"claims\":[{\"path\":[\"a\",null]},{\"path\":[\"a\",null]}]"));

        Assert.Equal("/credentials/0/claims", query.CheckAsVerifier()!.Pointer);
        Assert.Null(Queries.Of(Queries.One("\"claims\":[{\"path\":[\"a\",null]},{\"path\":[\"b\",null]}]")).CheckAsVerifier());
        Assert.True(DcqlSelection.Of(query, [Queries.Credential("""{"a":[1]}""", "/a")]).CanAnswer);
    }

    [Fact]
    public void What_can_be_left_out_has_its_default()
    {
        CredentialQuery query = Queries.Of(Queries.One("")).Credentials[0];

        Assert.False(query.Multiple);
        Assert.True(query.RequiresHolderBinding);
        Assert.True(Queries.Of("""{"credentials":[{"id":"a","format":"x","meta":{}}],"credential_sets":[{"options":[["a"]]}]}""").CredentialSets[0].Required);
    }
}
