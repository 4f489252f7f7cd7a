using System.Text.Json;
using Credentials.Dids;
using Credentials.Dids.Methods;
using Credentials.Keys;
using Credentials.OpenId.Presentation.Dcql;
using Credentials.TestKit;

namespace Credentials.OpenId.Presentation;

/// <summary>Requests through the browser.</summary>
public sealed class DcApiRequestTests : IDisposable
{
    private const string Origin = "https://verifier.example";
    private const string Query = """{"credentials":[{"id":"a","format":"dc+sd-jwt","meta":{"vct_values":["urn:x"]}}]}""";

    private readonly SigningKey _key = SigningKey.Generate(KeyType.P256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void An_unsigned_request_names_no_client_no_origins_and_no_state()
    {
        DcApiRequest written = DcApiRequest.Of(Request(ResponseMode.DcApi));
        Assert.Equal("openid4vp-v1-unsigned", written.Protocol);
        Assert.False(written.Data.TryGetProperty("client_id", out _));
        Assert.False(written.Data.TryGetProperty("expected_origins", out _));
        Assert.False(written.Data.TryGetProperty("state", out _));
        Assert.True(DcApiRequest.ReadUnsigned(written.Data).Ok);
    }

    [Fact]
    public void A_client_and_origins_in_an_unsigned_request_are_passed_over()
    {
        AuthorizationRequest read = DcApiRequest.ReadUnsigned(JsonDocument.Parse(
            $$"""{"response_type":"vp_token","response_mode":"dc_api","nonce":"n","client_id":"x509_san_dns:bank.example","expected_origins":["https://evil.example"],"future":1,"dcql_query":{{Query}}}""").RootElement).Value!;
        Assert.Null(read.Client);
        Assert.Empty(read.ExpectedOrigins);
    }

    [Theory]
    [InlineData("direct_post")]
    [InlineData("dc_api.jwt")]
    [InlineData("fragment")]
    public void Refuses_another_response_mode_and_an_encrypted_one_without_key(string mode) =>
        Assert.False(DcApiRequest.ReadUnsigned(JsonDocument.Parse($$"""{"response_type":"vp_token","response_mode":"{{mode}}","nonce":"n","response_uri":"https://v.example/r","dcql_query":{{Query}}}""").RootElement).Ok);

    [Fact]
    public async Task A_signed_request_counts_for_the_origins_that_it_names_compared_as_texts()
    {
        string signed = await SignAsync(Request(ResponseMode.DcApi) with { ExpectedOrigins = [Origin] });
        Assert.Equal("openid4vp-v1-signed", DcApiRequest.Of(signed).Protocol);
        Assert.True((await CheckAsync(signed, Origin)).Ok);
        foreach (string other in new[] { Origin + "/", Origin + ":443", "https://VERIFIER.example", "https://evil.example", "" })
        {
            Assert.Equal(PresentationError.InvalidRequest, (await CheckAsync(signed, other)).Problem!.Code);
        }
    }

    [Fact]
    public async Task Refuses_a_signed_request_without_origins() => Assert.False((await CheckAsync(await SignAsync(Request(ResponseMode.DcApi)), Origin)).Ok);

    private AuthorizationRequest Request(string mode) => new()
    {
        Client = ClientIdentifier.Of("decentralized_identifier:" + DidJwk.Of(_key.PublicKey)),
        ResponseMode = mode,
        Nonce = "n",
        State = "s",
        Query = DcqlQuery.Parse(Utf8.Bytes(Query)).Require(),
    };

    private async Task<string> SignAsync(AuthorizationRequest request) => (await RequestObject.SignAsync(request, _key, DidJwk.Of(_key.PublicKey) + "#0", [], default)).Require();

    private static Task<Parsed<CheckedRequest>> CheckAsync(string signed, string origin) => new RequestCheck(DidResolver.Offline, [], TimeProvider.System).CheckDcApiAsync(signed, origin, default);
}
