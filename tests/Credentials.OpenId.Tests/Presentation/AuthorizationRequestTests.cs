using System.Text.Json;
using System.Text.Json.Nodes;
using Credentials.TestKit;

namespace Credentials.OpenId.Presentation;

/// <summary>The rules of section 5 that the parameters of a request alone can break.</summary>
public sealed class AuthorizationRequestTests
{
    private const string Good = """
        {"response_type":"vp_token","client_id":"redirect_uri:https://verifier.example/response","response_mode":"direct_post","response_uri":"https://verifier.example/response",
        "nonce":"n-0S6_WzA2Mj","state":"s.~1","dcql_query":{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":["urn:x"]}}]}}
        """;

    private const string Unbound = """{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{},"require_cryptographic_holder_binding":false}]}""";
    private const string Key = """{"kty":"EC","crv":"P-256","x":"YO4epjifD-KWeq1sL2tNmm36BhXnkJ0He-WqMYrp9Fk","y":"Hekpm0zfK7C-YccH5iBjcIXgf6YdUvNUac_0At55Okk","alg":"ECDH-ES","kid":"1"}""";

    [Fact]
    public void Writes_what_it_reads_again()
    {
        AuthorizationRequest request = Read(Good).Value!;
        AuthorizationRequest again = Read(Utf8.Text(request.ToUtf8())).Value!;
        Assert.Equal((request.Client, request.Nonce, request.State, request.ResponseUri, request.ResponseMode), (again.Client, again.Nonce, again.State, again.ResponseUri, again.ResponseMode));
        Assert.Equal(request.Query.ToUtf8(), again.Query.ToUtf8());
    }

    [Theory]
    [InlineData("iss", "\"https://evil.example\"")]
    [InlineData("future", "{\"a\":[1]}")]
    [InlineData("id_token_type", "\"subject_signed\"")]
    [InlineData("client_metadata", "{\"client_name\":\"V\",\"vp_formats_supported\":{},\"policy_uri\":\"https://x.example\"}")]
    [InlineData("verifier_info", "[{\"format\":\"jwt\",\"data\":\"a.b.c\"}]")]
    public void Passes_over_what_it_does_not_know_and_over_iss(string name, string value) => Assert.True(With(name, value).Ok);

    [Theory]
    [InlineData("response_type", null, PresentationError.InvalidRequest)]
    [InlineData("response_type", "\"code\"", PresentationError.UnsupportedResponseType)]
    [InlineData("response_type", "\"vp_token id_token\"", PresentationError.UnsupportedResponseType)]
    [InlineData("client_id", null, PresentationError.InvalidRequest)]
    [InlineData("client_id", "\"\"", PresentationError.InvalidRequest)]
    [InlineData("response_mode", null, PresentationError.InvalidRequest)]
    [InlineData("response_mode", "\"fragment\"", PresentationError.InvalidRequest)]
    [InlineData("nonce", null, PresentationError.InvalidRequest)]
    [InlineData("nonce", "\"with space\"", PresentationError.InvalidRequest)]
    [InlineData("nonce", "\"plus+\"", PresentationError.InvalidRequest)]
    [InlineData("state", "\"é\"", PresentationError.InvalidRequest)]
    [InlineData("dcql_query", null, PresentationError.InvalidRequest)]
    [InlineData("dcql_query", "\"text\"", PresentationError.InvalidRequest)]
    [InlineData("scope", "\"com.example.diploma\"", PresentationError.InvalidRequest)]
    [InlineData("redirect_uri", "\"https://verifier.example/response\"", PresentationError.InvalidRequest)]
    [InlineData("response_uri", "\"https://verifier.example/elsewhere\"", PresentationError.InvalidRequest)]
    [InlineData("response_uri", "\"http://verifier.example/response\"", PresentationError.InvalidRequest)]
    [InlineData("request_uri", "\"https://verifier.example/r\"", PresentationError.InvalidRequest)]
    [InlineData("request", "\"a.b.c\"", PresentationError.InvalidRequest)]
    [InlineData("request_uri_method", "\"post\"", PresentationError.InvalidRequest)]
    [InlineData("verifier_info", "[{\"format\":\"jwt\"}]", PresentationError.InvalidRequest)]
    [InlineData("transaction_data", "[\"eyJ0eXBlIjoieCJ9\"]", PresentationError.InvalidTransactionData)]
    [InlineData("transaction_data", "[]", PresentationError.InvalidTransactionData)]
    public void Refuses_a_request_that_breaks_a_rule_with_the_code_to_answer_with(string name, string? value, string code) =>
        Assert.Equal(code, With(name, value).Problem!.Code);

    [Fact]
    public void Refuses_a_scope_in_place_of_a_query()
    {
        JsonObject request = JsonNode.Parse(Good)!.AsObject();
        request.Remove("dcql_query");
        request["scope"] = "com.example.diploma";
        Assert.Equal(PresentationError.InvalidScope, Read(request.ToJsonString()).Problem!.Code);
    }

    [Fact]
    public void Wants_a_state_where_a_presentation_without_holder_binding_will_do()
    {
        Assert.True(With("dcql_query", Unbound).Ok);
        JsonObject request = JsonNode.Parse(Good)!.AsObject();
        request["dcql_query"] = JsonNode.Parse(Unbound);
        request.Remove("state");
        Assert.Equal("/state", Read(request.ToJsonString()).Problem!.Pointer);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"jwks":{"keys":[{"kty":"OKP","crv":"X25519","x":"WPX7wnwq10hFNK9aDSyG1QlLswE_CJY14LdhcFUIVVc","alg":"ECDH-ES","kid":"x"}]}}""")]
    public void Refuses_to_be_asked_for_an_encrypted_answer_without_a_key_for_it(string? metadata)
    {
        JsonObject request = JsonNode.Parse(Good)!.AsObject();
        request["response_mode"] = "direct_post.jwt";
        request["client_metadata"] = metadata is null ? null : JsonNode.Parse(metadata);
        if (metadata is null)
        {
            request.Remove("client_metadata");
        }

        Assert.Equal(PresentationError.InvalidRequest, Read(request.ToJsonString()).Problem!.Code);
    }

    [Theory]
    [InlineData($$"""{"jwks":{"keys":[{{Key}},{{Key}}]} }""")]
    [InlineData("""{"jwks":{"keys":[{"kty":"EC","crv":"P-256","alg":"ECDH-ES"}]}}""")]
    [InlineData("""{"jwks":{"keys":[]}}""")]
    [InlineData("""{"jwks":[]}""")]
    [InlineData("""{"vp_formats_supported":[]}""")]
    [InlineData("""{"encrypted_response_enc_values_supported":[]}""")]
    [InlineData("""{"encrypted_response_enc_values_supported":"A128GCM"}""")]
    [InlineData("""[]""")]
    public void Refuses_metadata_out_of_shape_or_keys_without_an_id_of_their_own(string metadata) => Assert.Equal(PresentationError.InvalidRequest, With("client_metadata", metadata).Problem!.Code);

    [Theory]
    [InlineData("\"use\":\"sig\"")]
    [InlineData("\"alg\":\"ECDH-ES+A256KW\"")]
    [InlineData("\"use\":\"enc\",\"alg\":7")]
    public void Encrypts_to_no_key_that_is_for_something_else(string member)
    {
        JsonObject key = JsonNode.Parse(Key)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse("{" + member + "}")!.AsObject())
        {
            key[name] = value?.DeepClone();
        }

        Assert.Empty(ClientMetadata.Read(JsonDocument.Parse($$"""{"jwks":{"keys":[{{key.ToJsonString()}}]} }""").RootElement).Value!.ResponseKeys);
        key.Remove("alg");
        Assert.Empty(ClientMetadata.Read(JsonDocument.Parse($$"""{"jwks":{"keys":[{{key.ToJsonString()}}]} }""").RootElement).Value!.ResponseKeys);
    }

    [Fact]
    public void Without_a_word_of_it_answers_are_encrypted_by_A128GCM() =>
        Assert.Equal(["A128GCM"], ClientMetadata.Read(JsonDocument.Parse("{}").RootElement).Value!.EncryptionValues);

    private static Parsed<AuthorizationRequest> With(string name, string? value)
    {
        JsonObject request = JsonNode.Parse(Good)!.AsObject();
        request.Remove(name);
        if (value is not null)
        {
            request[name] = JsonNode.Parse(value);
        }

        return Read(request.ToJsonString());
    }

    private static Parsed<AuthorizationRequest> Read(string json) => AuthorizationRequest.Read(JsonDocument.Parse(json).RootElement);
}
