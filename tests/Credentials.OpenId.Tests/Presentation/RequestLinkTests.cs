namespace Credentials.OpenId.Presentation;

/// <summary>Links and QR texts that carry a request.</summary>
public sealed class RequestLinkTests
{
    private const string Client = "client_id=x509_san_dns%3Averifier.example";
    private const string Place = "request_uri=https%3A%2F%2Fverifier.example%2Fr%2F1";

    [Theory]
    [InlineData("openid4vp://?")]
    [InlineData("https://wallet.example/present?")]
    [InlineData("")]
    public void Reads_a_reference_whatever_opens_the_wallet(string before)
    {
        RequestLink link = RequestLink.Read($"{before}{Client}&{Place}&request_uri_method=post&future=1").Value!;
        Assert.Equal(("https://verifier.example/r/1", true), (link.RequestUri, link.ByPost));
        Assert.False(RequestLink.Read($"{before}{Client}&{Place}").Value!.ByPost);
        Assert.False(RequestLink.Read($"{before}{Client}&{Place}&request_uri_method=get").Value!.ByPost);
    }

    [Fact]
    public void Writes_what_it_reads_again()
    {
        var link = new RequestLink(ClientIdentifier.Of("x509_san_dns:verifier.example")) { RequestUri = "https://verifier.example/r?a=1&b=ü", ByPost = true };
        Assert.Equal(link, RequestLink.Read(link.ToUri(AuthorizationRequest.DeepLink)).Value);
    }

    [Theory]
    [InlineData(Place, PresentationError.InvalidRequest)]
    [InlineData("client_id=&" + Place, PresentationError.InvalidRequest)]
    [InlineData(Client + "&" + Place + "&request=a.b.c", PresentationError.InvalidRequest)]
    [InlineData(Client + "&request=a.b.c&request_uri_method=post", PresentationError.InvalidRequest)]
    [InlineData(Client + "&" + Place + "&request_uri_method=POST", PresentationError.InvalidRequestUriMethod)]
    [InlineData(Client + "&" + Place + "&request_uri_method=put", PresentationError.InvalidRequestUriMethod)]
    [InlineData(Client + "&request_uri=http%3A%2F%2Fverifier.example%2Fr", PresentationError.InvalidRequest)]
    [InlineData(Client + "&request_uri=file%3A%2F%2F%2Fetc%2Fpasswd", PresentationError.InvalidRequest)]
    [InlineData(Client + "&" + Client + "&" + Place, PresentationError.InvalidRequest)]
    [InlineData(Client + "&response_type=vp_token&response_mode=direct_post&nonce=n&dcql_query=notjson", PresentationError.InvalidRequest)]
    public void Refuses_a_link_that_breaks_a_rule(string query, string code) => Assert.Equal(code, RequestLink.Read("openid4vp://?" + query).Problem!.Code);

    [Fact]
    public void Reads_objects_from_the_JSON_text_of_their_parameters()
    {
        const string Query = "response_type=vp_token&response_mode=direct_post&client_id=redirect_uri%3Ahttps%3A%2F%2Fv.example%2Fr&nonce=n"
            + "&dcql_query=%7B%22credentials%22%3A%5B%7B%22id%22%3A%22a%22%2C%22format%22%3A%22ldp_vc%22%2C%22meta%22%3A%7B%7D%7D%5D%7D"
            + "&client_metadata=%7B%22vp_formats_supported%22%3A%7B%22ldp_vc%22%3A%7B%7D%7D%7D";
        AuthorizationRequest request = RequestLink.Read("openid4vp://?" + Query).Value!.Parameters!;
        Assert.Equal("https://v.example/r", request.ResponseUri);
        Assert.True(request.ClientMetadata!.Takes("ldp_vc"));
        Assert.False(request.ClientMetadata.Takes("dc+sd-jwt"));
    }
}
